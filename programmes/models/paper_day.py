"""One day of a paper diary, as staff keyed it in."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Self

from django.db import models

from hipcare.clinics.models import Patient, User
from programmes.models.session import Session
from programmes.models.version import Version
from programmes.rules.schedule import TIMES_A_DAY


def paper_day_id(version: uuid.UUID, day: dt.date) -> uuid.UUID:
    """Return the id of a day: the same whoever keys it in, so that two who do key in one day."""
    return uuid.uuid5(version, day.isoformat())


def paper_session_id(version: uuid.UUID, day: dt.date, number: int) -> uuid.UUID:
    """Return the id of the session that holds the ``number``-th time of a day."""
    return uuid.uuid5(paper_day_id(version, day), str(number))


def round_on_paper(session: Session) -> int:
    """Return which time of the day a session keyed in from paper holds; 0 where it came another way."""
    numbers = range(TIMES_A_DAY[0], TIMES_A_DAY[1] + 1)
    own = {paper_session_id(session.version_id, session.local_date, number): number for number in numbers}
    return own.get(session.pk, 0) if session.is_from_paper else 0


class PaperDayQuerySet(models.QuerySet["PaperDay"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(version__programme__patient__in=Patient.objects.visible_to(user))

    def of(self, sessions: Iterable[Session]) -> "dict[uuid.UUID, PaperDay]":
        """Return the days that those of ``sessions`` say that were keyed in, by session; without one, no query."""
        days = {one.pk: paper_day_id(one.version_id, one.local_date) for one in sessions if round_on_paper(one)}
        found = self.select_related("keyed_by").in_bulk(set(days.values())) if days else {}
        return {session: found[day] for session, day in days.items() if day in found}


class PaperDay(models.Model):
    """Who keyed it in last, and what it said before something was taken back. What it says now are its sessions.

    It has a session for each time of the day that is marked, and none once all of its marks are taken back.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="paper_days", db_index=False)
    day = models.DateField()
    keyed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    keyed_at = models.DateTimeField()
    before = models.JSONField(default=list, help_text="Each with who had keyed it in, until when it stood, its marks.")

    objects = PaperDayQuerySet.as_manager()

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["version", "day"], name="one_paper_day_per_version_and_day")]

    def __str__(self) -> str:
        return f"paper diary of {self.day:%Y-%m-%d}"
