"""What Today shows, put together from the patient's own rows in a fixed number of queries."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from hipcare.clinics.models import User
from hipcare.clinics.precautions import HipRules
from programmes.models import Handout, LookedAt, Prescription, SeenNews, Session, Version
from programmes.models.version import VersionQuerySet
from programmes.pages.beside_sessions import asks_of_the_morning_after, last_look
from programmes.pages.cards import PlaceGroup, in_places
from programmes.pages.last_days import LastDays
from programmes.pages.pain_guide import PainGuide, pain_guide
from programmes.pages.past_day import SavedSessions
from programmes.pages.patient_day import PatientDay
from programmes.rules import day as day_rules
from programmes.unsigned import sample_words
from programmes.wording import patients_day as words
from programmes.wording.differences import card_chips, names_stopped, news_of, precautions_changed, topics_changed
from programmes.wording.frequencies import days_line

BETWEEN_ROUNDS = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Followed:
    """The version that a patient follows, and whether they have said that they saw what changed with it."""

    version: Version
    is_seen: bool

    @classmethod
    def of(cls, version: Any) -> "Followed":
        return cls(version, version.is_seen)


def versions_for(user: User) -> VersionQuerySet:
    seen = SeenNews.objects.filter(version=OuterRef("pk"))
    return Version.objects.visible_to(user).select_related("programme", "given_by").annotate(is_seen=Exists(seen))


def version_to_follow(user: User) -> Followed | None:
    """Return the patient's current version; of a programme that has ended, the last one, to look at."""
    found = list(versions_for(user).current_first()[:2])
    if not found:
        return None
    version, before = found[0], found[-1]
    version.previous = before if before.number != version.number and before.programme == version.programme else None
    return Followed.of(version)


@dataclass(frozen=True, slots=True)
class PlanNews:
    """What is not as it was in the version before: a sentence each, what each card says, what stopped."""

    sentences: list[str]
    chips: dict[Any, str]
    stopped: list[str]


class Greeted:
    """A page that greets the patient."""

    @property
    def greeting(self) -> str:
        return words.greeting(timezone.localtime().hour)


@dataclass
class EmptyToday(Greeted):
    """The page of a patient who has been given nothing yet."""

    user: User
    date: dt.date

    @property
    def guide(self) -> PainGuide:
        return pain_guide(self.user.clinic)


@dataclass
class TodayPage(Greeted):
    """One patient's page for one day. ``ticked`` are the ids to show as done.

    ``again`` asks for what is left of a day with something saved, ``once_more`` for all of it though it is done.
    """

    followed: Followed
    day: PatientDay
    again: bool = False
    once_more: bool = False
    scanned: str | None = None
    ticked: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, followed: Followed, user: User, date: dt.date, **asked: Any) -> "TodayPage":
        return cls(followed, PatientDay(user, date, followed.version), **asked)

    @property
    def version(self) -> Version:
        return self.followed.version

    @cached_property
    def morning_after(self) -> Session | None:
        """The session to ask about, before anything is done today."""
        is_asked = not (self.sessions or self.day.has_ended or self.day.user.helper)
        return asks_of_the_morning_after(self.day.user, self.day.date) if is_asked else None

    @cached_property
    def last_look(self) -> LookedAt | None:
        return last_look(self.day.user)

    @cached_property
    def last_days(self) -> LastDays:
        return LastDays(self.day.user, self.day.date)

    @property
    def yesterday(self) -> dt.date:
        return self.day.date - dt.timedelta(days=1)

    @cached_property
    def sample(self) -> str:
        """What to say where nobody registered has signed the words, in a made-up clinic."""
        return sample_words(self.day.user.clinic, self.day.rows)

    @cached_property
    def saved(self) -> SavedSessions:
        return SavedSessions(self.day.user, self.day.date, self.version, self.day.user.shows_past)

    @property
    def sessions(self) -> list[Session]:
        return [one.session for one in self.saved.all]

    @property
    def _wants_more(self) -> bool:
        return self.once_more or (self.again and bool(self.day.open))

    @cached_property
    def is_saved(self) -> bool:
        """Show what is saved and no form: a way back through the browser must not end in a second session.

        The next round of the day is offered by itself once the last one is some time ago.
        """
        is_next_round = self.next_round is not None and self.sessions[0].received_at <= timezone.now() - BETWEEN_ROUNDS
        return bool(self.sessions) and not (self._wants_more or is_next_round)

    @cached_property
    def next_round(self) -> day_rules.RoundOfDay | None:
        """The round that is to come, where whole rounds of today are saved."""
        if not (self.sessions and day_rules.is_between_rounds(self.day.rows, self.day.date, self.day.done)):
            return None
        return day_rules.common_round(self.day.open, self.day.date, self.day.done)

    @property
    def next_round_in_words(self) -> str:
        return words.round_in_words(self.next_round) if self.next_round else ""

    @cached_property
    def round(self) -> day_rules.RoundOfDay | None:
        """The round that all of what is offered belongs to."""
        return day_rules.common_round(self.offered, self.day.date, self.day.done)

    @property
    def round_in_words(self) -> str:
        return words.round_in_words(self.round) if self.round else ""

    @property
    def rhythm(self) -> dict[Any, str]:
        """When a card is due, where it is not when the whole plan is, and its own round where they differ."""
        return {row.pk: words.rhythm(self._own_days(row), self._own_round(row)) for row in self.day.rows}

    def _own_days(self, row: Prescription) -> str:
        plan = self.version.frequency
        is_plans_own = row.frequency is None or plan is None or row.frequency.once_a_day == plan.once_a_day
        return "" if is_plans_own or row.frequency is None else days_line(row.frequency)

    def _own_round(self, row: Prescription) -> str:
        found = None if self.round else day_rules.round_of(row, self.day.date, self.day.done)
        return words.round_in_words(found) if found else ""

    @property
    def query(self) -> str:
        """What an exercise's own page must hand back so that nothing ticked is lost."""
        return carried(self.ticked, once_more=self.once_more, again=self.again)

    @property
    def start(self) -> str:
        """Where "Start" leads: to the first exercise that is not ticked, on its own page; "" where all are."""
        first = next(iter(self.left), None)
        return f"{reverse('programmes:today_exercise', args=[first.pk])}{self.query}#now" if first else ""

    @property
    def query_once_more(self) -> str:
        return carried(self.ticked, once_more=True)

    @cached_property
    def offered(self) -> list[Prescription]:
        """What the page offers to tick: what is open; asked for again, what was due, or on a rest day everything."""
        if self.day.has_ended or self.is_saved:
            return []
        if self.day.open or not (self.again or self.once_more):
            return self.day.open
        regular = [row for row in self.day.rows if not row.as_needed]
        return day_rules.in_order(day_rules.due_on(self.day.rows, self.day.date) or regular)

    @cached_property
    def as_needed(self) -> list[Prescription]:
        """What can be ticked whenever it was needed."""
        return [] if self.day.has_ended or self.is_saved else day_rules.in_order(day_rules.when_needed(self.day.rows))

    @property
    def has_form(self) -> bool:
        return bool(self.offered or self.as_needed)

    @cached_property
    def groups(self) -> list[PlaceGroup]:
        return in_places(self.offered, self.chips, rhythm=self.rhythm)

    @cached_property
    def needed_groups(self) -> list[PlaceGroup]:
        return in_places(self.as_needed, self.chips)

    @cached_property
    def shown_groups(self) -> list[PlaceGroup]:
        to_tick = {row.pk for row in [*self.offered, *self.as_needed]}
        rest = [row for row in self.day.rows if row.pk not in to_tick]
        return in_places(rest, self.chips, {row.pk: self._done_today(row) for row in rest})

    def _done_today(self, row: Prescription) -> str:
        is_open = day_rules.is_open(row, self.day.date, self.day.done)
        return words.done_today(
            day_rules.times_done(row, self.day.date, self.day.done),
            of=row.frequency.times_a_day if row.frequency and is_open else None,
        )

    @property
    def left(self) -> list[Prescription]:
        return [row for row in self.offered if str(row.pk) not in self.ticked]

    @property
    def to_go(self) -> str:
        return words.to_go(len(self.left))

    @property
    def time_left(self) -> str:
        return words.about_minutes(day_rules.minutes(self.left))

    @property
    def counted_words(self) -> dict[str, Any]:
        """What js/today.js says as ticks come and go: by how many are left, and by how many minutes they take."""
        return {
            "onPhone": words.on_phone(),
            "toGo": [words.to_go(left) for left in range(len(self.offered) + 1)],
            "minutes": [words.about_minutes(n) for n in range(day_rules.minutes(self.offered) + 1)],
        }

    @property
    def is_past_review(self) -> bool:
        return self.version.review_on is not None and self.version.review_on < self.day.date

    @property
    def is_alone(self) -> bool:
        """Whether the patient carries on alone: there is no next check."""
        return self.version.programme.alone_since is not None and not self.day.has_ended

    @cached_property
    def news(self) -> PlanNews | None:
        before = self.version.previous if not self.followed.is_seen and not self.day.has_ended else None
        if before is None:
            return None
        was = list(before.prescriptions.all())
        rules = precautions_changed(before.precautions, self.version.precautions)
        topics = topics_changed(*([one.title for one in each.readings] for each in (before, self.version)))
        sentences = [*filter(None, [rules]), *news_of(was, self.day.rows), *topics]
        return PlanNews(sentences, card_chips(was, self.day.rows), names_stopped(was, self.day.rows))

    @property
    def chips(self) -> dict[Any, str]:
        return self.news.chips if self.news else {}

    @cached_property
    def hip_rules(self) -> HipRules | None:
        return self.day.user.clinic.hip_rules(self.version.precautions)

    @cached_property
    def has_newer_sheet(self) -> bool:
        """Whether the sheet that was scanned is of an older version than this page."""
        if not self.scanned:
            return False
        sheets = Handout.objects.visible_to(self.day.user).filter(pairing_code=uuid.UUID(self.scanned))
        newest = sheets.order_by("-version__number").values_list("version__number", flat=True).first()
        return newest is not None and self.version.number is not None and newest < self.version.number


def carried(ticked: Iterable[str], *, once_more: bool = False, again: bool = False) -> str:
    """Return the query that carries ticks between Today and an exercise's own page: "?done=a&done=b", or "".

    What was asked for ``again`` goes along where no tick says so.
    """
    asked = [("done", one) for one in sorted(ticked)] or [("again", "1")] * (again and not once_more)
    query = urlencode(asked + [("once-more", "1")] * once_more)
    return f"?{query}" if query else ""
