"""A paper diary to key in: its grid with what is keyed in already, and what is logged otherwise."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from programmes.models import PaperDay, Prescription, Session, Version
from programmes.models.paper_day import round_on_paper
from programmes.pages.paper_rows import marks_of
from programmes.rules.adherence import Window
from programmes.rules.diary import DAYS, DiaryColumn, DiaryDay, DiaryGrid, diary_grid, first_day, so_far
from programmes.rules.paper_marks import DayMarks
from programmes.wording import diary_words as words


@dataclass
class DiaryPage:
    """The diary of ``version`` that begins on ``first``, in a fixed number of queries."""

    version: Version
    first: dt.date
    today: dt.date

    @cached_property
    def rows(self) -> list[Prescription]:
        return list(self.version.prescriptions.all())

    @cached_property
    def given_on(self) -> dt.date:
        return timezone.localdate(self.version.given_at)

    @cached_property
    def grid(self) -> DiaryGrid:
        columns = [DiaryColumn(row.pk, row.frequency) for row in self.rows]
        pauses = self.version.programme.paused_days
        days = Window(self.first, self.first + dt.timedelta(days=DAYS - 1)).days
        paused = {day for day in days if any(day in pause for pause in pauses)}
        return diary_grid(self.version.pk, columns, self.first, given_on=self.given_on, today=self.today, paused=paused)

    @cached_property
    def _sessions(self) -> list[Session]:
        """All that is logged on these days, however it came."""
        own = Session.objects.filter(version__programme__patient=self.version.patient)
        own = own.between(self.grid.first, self.grid.last).select_related("next_day", "version")
        return list(own.order_by("local_date", "pk").prefetch_related("performed"))

    def _is_here(self, session: Session) -> bool:
        return session.version_id == self.version.pk and round_on_paper(session) > 0

    @cached_property
    def marks(self) -> dict[dt.date, DayMarks]:
        keyed: dict[dt.date, list[Session]] = {day.date: [] for day in self.grid.days}
        for session in filter(self._is_here, self._sessions):
            keyed[session.local_date].append(session)
        return {day: marks_of(sessions) for day, sessions in keyed.items()}

    def why_closed(self, day: DiaryDay) -> str:
        """Return why nothing can be keyed in for a day, "" where it can."""
        return words.closed_in_words(day.closed, self.version.number, self.given_on) if day.closed else ""

    @cached_property
    def last_keyed(self) -> PaperDay | None:
        """The day that was keyed in last of these, with by whom."""
        days = PaperDay.objects.filter(version=self.version, day__range=(self.grid.first, self.grid.last))
        return days.select_related("keyed_by").order_by("-keyed_at").first()

    @property
    def logged_too(self) -> list[str]:
        """Which days are logged on the phone, or keyed in from another version's sheet, in a sentence each."""
        others = [one for one in self._sessions if not self._is_here(one)]
        phone = {one.local_date for one in others if not one.is_from_paper}
        paper = {(one.local_date, one.version.number) for one in others if one.is_from_paper}
        return [*filter(None, (words.logged_too(phone), words.on_other_paper(paper)))]

    @property
    def so_far(self) -> list[tuple[str, str]]:
        return words.so_far_in_words(so_far(self.grid.days, self.marks))

    @property
    def given_since(self) -> Version | None:
        """The version that came after this one, if one did: the sheet is read as the one it is of."""
        return Version.objects.after(self.version).first()


def likely_first_day(versions: Sequence[Version], version: Version, today: dt.date) -> dt.date:
    """Return the day that a diary of ``version`` most likely begins with."""
    keyed = PaperDay.objects.filter(version__in=versions).values_list("day", flat=True)
    return first_day(timezone.localdate(version.given_at), today, set(keyed))
