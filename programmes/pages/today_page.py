"""What Today shows, put together from the patient's own rows in a fixed number of queries."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.utils import timezone

from hipcare.clinics.models import User
from hipcare.clinics.precautions import HipRules
from hipcare.clinics.services.texts import advice_of
from programmes.models import Handout, PerformedExercise, Prescription, Programme, Session, Version
from programmes.models.version import VersionQuerySet
from programmes.pages.cards import PlaceGroup, in_places
from programmes.rules import day as day_rules
from programmes.unsigned import sample_words
from programmes.wording import today as words
from programmes.wording.dates import day_ahead
from programmes.wording.differences import card_chips, news_of, precautions_changed

NEW_FOR = dt.timedelta(days=7)


@dataclass
class TodayPage:
    """One patient's page for one day. ``ticked`` are the ids to show as done.

    ``again`` asks for what is left of a day with something saved, ``once_more`` for all of it though it is done.
    """

    user: User
    day: dt.date
    version: Version | None
    again: bool = False
    once_more: bool = False
    scanned: str | None = None
    ticked: set[str] = field(default_factory=set)

    @cached_property
    def rows(self) -> list[Prescription]:
        """What the version holds, in the physiotherapist's order."""
        return list(self.version.prescriptions.all()) if self.version else []

    @cached_property
    def sample(self) -> str:
        """What to say where nobody registered has signed the words, in a made-up clinic."""
        return sample_words(self.user.clinic, self.rows)

    @cached_property
    def done(self) -> day_rules.DoneOn:
        """What was done in the week of ``day``, under whichever version."""
        monday = day_rules.monday_of(self.day)
        logged = PerformedExercise.objects.visible_to(self.user)
        return logged.done_by(self.user.patient, monday, monday + dt.timedelta(days=6))

    @cached_property
    def sessions(self) -> list[Session]:
        """What is saved for the day already, newest first."""
        return list(Session.objects.visible_to(self.user).filter(local_date=self.day).order_by("-received_at"))

    @property
    def has_ended(self) -> bool:
        """The programme is over; its exercises can still be looked at."""
        return self.version is not None and self.version.programme.status == Programme.Status.ENDED

    @cached_property
    def open(self) -> list[Prescription]:
        """What is still to be done."""
        return [] if self.has_ended else day_rules.in_order(day_rules.still_open(self.rows, self.day, self.done))

    @cached_property
    def is_saved(self) -> bool:
        """Show what is saved and no form: a way back through the browser must not end in a second session."""
        return bool(self.sessions) and not (self.once_more or (self.again and self.open))

    @property
    def query(self) -> str:
        """What an exercise's own page must hand back so that nothing ticked is lost."""
        return carried(self.ticked, once_more=self.once_more)

    @property
    def query_once_more(self) -> str:
        """The same, with everything offered though it is done."""
        return carried(self.ticked, once_more=True)

    @cached_property
    def offered(self) -> list[Prescription]:
        """What the page offers to tick: what is open; asked for again, what was due, or on a rest day everything."""
        if self.has_ended or self.is_saved:
            return []
        if self.open or not (self.again or self.once_more):
            return self.open
        regular = [row for row in self.rows if not row.as_needed]
        return day_rules.in_order(day_rules.due_on(self.rows, self.day) or regular)

    @cached_property
    def as_needed(self) -> list[Prescription]:
        """What can be ticked whenever it was needed."""
        return [] if self.has_ended or self.is_saved else day_rules.in_order(day_rules.when_needed(self.rows))

    @property
    def has_form(self) -> bool:
        """Whether there is anything to tick."""
        return bool(self.offered or self.as_needed)

    @cached_property
    def groups(self) -> list[PlaceGroup]:
        """The cards to tick, by place."""
        return in_places(self.offered, self.chips)

    @cached_property
    def needed_groups(self) -> list[PlaceGroup]:
        """The cards of what is done as needed, by place."""
        return in_places(self.as_needed, self.chips)

    @cached_property
    def shown_groups(self) -> list[PlaceGroup]:
        """The cards that can only be looked at."""
        shown = {row.pk for row in [*self.offered, *self.as_needed]}
        done = {row.pk: self._done_today(row) for row in self.rows}
        return in_places([row for row in self.rows if row.pk not in shown], self.chips, done)

    def _done_today(self, row: Prescription) -> str:
        is_open = day_rules.is_open(row, self.day, self.done)
        return words.done_today(
            day_rules.times_done(row, self.day, self.done),
            of=row.frequency.times_a_day if row.frequency and is_open else None,
        )

    @cached_property
    def asked(self) -> list[Prescription]:
        """What the day asked for, done or not."""
        return day_rules.asked_on(self.rows, self.day, self.done)

    @property
    def done_count(self) -> int:
        """How much of what the day asked for is done, over all its sessions; where it asked for nothing, of all."""
        return sum(day_rules.is_done_on(row, self.day, self.done) for row in self.asked or self.rows)

    @property
    def has_done(self) -> bool:
        """Whether anything was done that day, asked for or not."""
        return any(day_rules.is_done_on(row, self.day, self.done) for row in self.rows)

    @property
    def left(self) -> list[Prescription]:
        """What is offered and not ticked."""
        return [row for row in self.offered if str(row.pk) not in self.ticked]

    @property
    def marks(self) -> list[bool]:
        """One mark for each of what is offered, those ticked first, as the bar shows them."""
        return sorted((str(row.pk) in self.ticked for row in self.offered), reverse=True)

    @property
    def to_go(self) -> str:
        """How much is left, in words."""
        return words.to_go(len(self.left), len(self.offered))

    @property
    def time_left(self) -> str:
        """How long what is left takes, about; "" where nothing is."""
        return words.about_minutes(day_rules.minutes(self.left)) if self.left else ""

    @property
    def counted_words(self) -> dict[str, Any]:
        """What js/today.js says as ticks come and go: by how many are left, and by how many minutes they take."""
        total = len(self.offered)
        return {
            "toGo": [words.to_go(left, total) for left in range(total + 1)],
            "minutes": [words.about_minutes(n) for n in range(day_rules.minutes(self.offered) + 1)],
            "allDone": words.all_are_done(total),
        }

    @property
    def next_day(self) -> str:
        """When there is something to do again: "Wednesday"; "" where no day is known."""
        found = None if self.has_ended else day_rules.next_day(self.rows, self.day, self.done)
        return day_ahead(found, self.day) if found else ""

    @property
    def bands(self) -> tuple[str, str, str]:
        """The pain bands the version was given under, or the clinic's while there is none."""
        clinic = self.user.clinic
        return (
            bands_of(self.version) if self.version else words.pain_bands(clinic.pain_fine_up_to, clinic.pain_ok_up_to)
        )

    @cached_property
    def advice(self) -> dict[str, str]:
        """What the clinic tells everybody to do about pain and the next morning."""
        return advice_for(self.user, self.version)

    @property
    def is_past_review(self) -> bool:
        """Whether the day of the next check has gone by."""
        return self.version is not None and self.version.review_on is not None and self.version.review_on < self.day

    @property
    def greeting(self) -> str:
        """By the patient's clock."""
        return words.greeting(timezone.localtime().hour)

    @property
    def is_new(self) -> bool:
        """A changed sheet: for its first week, and until something has been logged under it on an earlier day."""
        version = self.version
        if version is None or version.given_at is None or version.number == 1 or self.has_ended:
            return False
        was_logged: bool = version.was_logged  # type: ignore[attr-defined]
        return not was_logged or version.given_at > timezone.now() - NEW_FOR

    @cached_property
    def before(self) -> Version | None:
        """The version before, while the change is news."""
        return self.version.previous if self.version and self.is_new else None

    @cached_property
    def rows_before(self) -> list[Prescription]:
        return list(self.before.prescriptions.all()) if self.before else []

    @cached_property
    def chips(self) -> dict[Any, str]:
        """What to say on the cards that are not as they were."""
        return card_chips(self.rows_before, self.rows) if self.is_new else {}

    @property
    def news(self) -> list[str]:
        """What is new, changed and stopped, a sentence each."""
        if self.version is None or self.before is None:
            return []
        rules = precautions_changed(self.before.precautions, self.version.precautions)
        return [*filter(None, [rules]), *news_of(self.rows_before, self.rows)]

    @cached_property
    def hip_rules(self) -> HipRules | None:
        """What to keep to under the version's hip precautions, as the clinic words it today."""
        return self.user.clinic.hip_rules(self.version.precautions) if self.version else None

    @cached_property
    def has_newer_sheet(self) -> bool:
        """Whether the sheet that was scanned is of an older version than this page."""
        if not self.scanned or self.version is None:
            return False
        sheets = Handout.objects.visible_to(self.user).filter(pairing_code=uuid.UUID(self.scanned))
        newest = sheets.order_by("-version__number").values_list("version__number", flat=True).first()
        return newest is not None and self.version.number is not None and newest < self.version.number


def carried(ticked: Iterable[str], *, once_more: bool = False) -> str:
    """Return the query that carries ticks between Today and an exercise's own page: "?done=a&done=b", or ""."""
    query = urlencode([("done", one) for one in sorted(ticked)] + [("once-more", "1")] * once_more)
    return f"?{query}" if query else ""


def versions_for(user: User, day: dt.date) -> VersionQuerySet:
    """Return the patient's versions, each with whether it was logged under before ``day``: then it is no news."""
    earlier = Session.objects.visible_to(user).filter(version=OuterRef("pk"), local_date__lt=day)
    return Version.objects.visible_to(user).select_related("programme", "given_by").annotate(was_logged=Exists(earlier))


def version_to_follow(user: User, day: dt.date) -> Version | None:
    """Return the patient's current version; of a programme that has ended, the last one, to look at."""
    found = list(versions_for(user, day).current_first()[:2])
    for version, before in pairwise(found):
        version.previous = before if before.programme_id == version.programme_id else None
    return found[0] if found else None


def advice_for(user: User, version: Version | None) -> dict[str, str]:
    """Return what the clinic tells everybody, for the bands that ``version`` was given under."""
    clinic = user.clinic
    return advice_of(clinic, clinic.pain_ok_up_to if version is None else version.pain_ok_up_to or 0)


def bands_of(version: Version) -> tuple[str, str, str]:
    """Return the pain bands that a given ``version`` was given under; none is given without."""
    return words.pain_bands(version.pain_fine_up_to or 0, version.pain_ok_up_to or 0)
