"""A patient's weeks, Monday to Sunday, counted by the one counter: what each day holds, and the worst pain written."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch, Subquery
from django.utils import timezone

from hipcare.clinics.models import User
from programmes.models import Handout, Prescription, Session, Version
from programmes.pages import fortnight
from programmes.rules.adherence import Day, Log, Window, adherence
from programmes.rules.day import DayMark, mark_of, monday_of
from programmes.wording import patients_day as words

WEEKS_ON_A_PAGE = 8
A_WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class DayOfWeek:
    """One day up to today: its mark, and what there is to say of it."""

    date: dt.date
    mark: DayMark
    words: str


@dataclass(frozen=True, slots=True)
class Week:
    """One week up to today, its newest day first."""

    days: tuple[DayOfWeek, ...]
    days_with_any: int
    is_saved: bool

    @property
    def name(self) -> str:
        return words.week_called(self.days[-1].date, self.days[0].date)

    @property
    def done_in_words(self) -> str:
        return words.days_of_week(self.days_with_any, is_saved=self.is_saved)


@dataclass
class PastWeeks:
    """Some weeks up to ``last``, newest first, in a fixed number of queries; none before the first plan or session."""

    user: User
    today: dt.date
    last: dt.date

    @cached_property
    def _versions(self) -> list[Version]:
        rows = Prefetch("prescriptions", Prescription.objects.defer("text"))
        given = Version.objects.visible_to(self.user).given().select_related("programme")
        return list(given.prefetch_related(rows, "programme__pauses"))

    @cached_property
    def _earliest(self) -> dt.date:
        """The first day there is anything to say of; ``today`` where there is none."""
        given = [timezone.localdate(one.given_at) for one in self._versions if one.given_at]
        first = (
            Session.objects.visible_to(self.user).order_by("local_date").values_list("local_date", flat=True).first()
        )
        return min([*given, first or self.today, self.today])

    @cached_property
    def _window(self) -> Window:
        since = monday_of(self.last) - (WEEKS_ON_A_PAGE - 1) * A_WEEK
        return Window(max(since, self._earliest), self.last)

    @cached_property
    def _sessions(self) -> list[Session]:
        found = Session.objects.visible_to(self.user).between(self._window.first, self._window.last)
        return list(found.prefetch_related("performed"))

    @cached_property
    def all(self) -> list[Week]:
        logs: dict[dt.date, list[Log]] = defaultdict(list)
        for log in fortnight.logs_of(self._sessions, fortnight.exercises_of(self._versions)):
            logs[monday_of(log.day)].append(log)
        mondays = sorted({monday_of(day) for day in self._window.days}, reverse=True)
        return [self._week(monday, logs[monday]) for monday in mondays]

    def _week(self, monday: dt.date, logs: list[Log]) -> Week:
        last = min(monday + A_WEEK - dt.timedelta(days=1), self._window.last)
        zone = timezone.get_current_timezone()
        plans = [plan.in_zone(zone) for plan in fortnight.given_plans(self._versions, are_named=False)]
        found = adherence(plans, logs, Window(max(monday, self._window.first), last), today=self.today)
        pains = fortnight.worst_pains(self._sessions)
        days = [self._day(day, pains.get(day.date)) for day in reversed(found.days)]
        return Week(tuple(days), found.days_with_any, is_saved=bool(logs))

    def _day(self, day: Day, pain: int | None) -> DayOfWeek:
        mark = mark_of(day)
        return DayOfWeek(day.date, mark, words.day_of_weeks(mark, pain, is_paper=day.is_paper))

    @cached_property
    def own_sheet(self) -> Handout | None:
        """The newest sheet of the plan that is followed, or was last."""
        followed = Version.objects.visible_to(self.user).current_first().values("pk")[:1]
        return Handout.objects.visible_to(self.user).without_bytes().filter(version=Subquery(followed)).first()

    @property
    def older(self) -> dt.date | None:
        """The last day of the weeks before these; None where there is nothing to say of them."""
        before = monday_of(self._window.first) - dt.timedelta(days=1)
        return before if before >= self._earliest else None
