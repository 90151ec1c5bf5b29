"""What a patient reads of a week and what the physiotherapist reads of it are the same numbers."""

import datetime as dt
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from programmes.rules import day as day_rules
from programmes.rules.adherence import Item, Log, Plan, Window, adherence, planned_days
from programmes.rules.day import DayMark, mark_of
from programmes.rules.schedule import Frequency

MONDAY = dt.date(2026, 11, 23)
WEEK = Window(MONDAY, MONDAY + dt.timedelta(days=6))


@dataclass(frozen=True)
class Row:
    exercise_id: str
    side: str
    frequency: Frequency | None
    minutes: int = 3
    words = {"position": "standing"}

    @property
    def counted_by(self):
        return (self.exercise_id, self.side)


frequencies = st.one_of(
    st.builds(Frequency, weekdays=st.frozensets(st.integers(0, 6), min_size=1), times_a_day=st.integers(1, 3)),
    st.builds(Frequency, days_a_week=st.integers(1, 7), times_a_day=st.integers(1, 3)),
    st.builds(
        Frequency,
        every_other_day=st.just(True),
        starts_on=st.integers(-3, 6).map(lambda n: MONDAY + dt.timedelta(days=n)),
        times_a_day=st.integers(1, 3),
    ),
    st.just(Frequency(as_needed=True)),
    st.none(),
)
keys = st.tuples(st.sampled_from("AB"), st.sampled_from(["left", "right", "each"]))
any_rows = st.lists(st.builds(lambda key, often: Row(*key, often), keys, frequencies), max_size=5).map(
    lambda rows: list({(row.exercise_id, row.side): row for row in rows}.values())
)
any_done = st.dictionaries(keys, st.lists(st.integers(0, 6).map(lambda n: WEEK.days[n]), min_size=1, max_size=9))


def counted(rows, done, since=MONDAY):
    items = [Item(n, (row.exercise_id, row.side), row.exercise_id, row.frequency) for n, row in enumerate(rows)]
    logs = [Log(day, key, key, done=True) for key, days in done.items() for day in days]
    return adherence([Plan(since, tuple(items))], logs, WEEK)


def plans(rows, since=MONDAY):
    items = [Item(n, (row.exercise_id, row.side), row.exercise_id, row.frequency) for n, row in enumerate(rows)]
    return [Plan(since, tuple(items))]


@given(any_rows, any_done, st.sampled_from(WEEK.days))
def test_days_with_exercise_are_days_with_anything_done_planned_or_not(rows, done, since):
    found = counted(rows, done, since)
    days = {day for each in done.values() for day in each}
    assert {day.date for day in found.days if day.has_any} == days
    assert found.days_with_any == len(days)


@given(any_rows, st.sampled_from(WEEK.days))
def test_days_planned_are_never_more_than_rounds_planned_nor_than_days_of_the_plan(rows, since):
    days = planned_days(plans(rows, since), WEEK)
    assert days <= counted(rows, {}, since).planned
    assert days <= (WEEK.last - since).days + 1
    named = [row for row in rows if row.frequency and not row.frequency.is_free]
    by_name = {day for day in WEEK.days if day >= since and any(row.frequency.times_on(day) for row in named)}
    assert planned_days(plans(named, since), WEEK) == len(by_name)


@given(any_rows, any_done, st.sampled_from(WEEK.days))
def test_an_unplanned_day_fills_no_planned_one(rows, done, since):
    found = counted(rows, done, since)
    unplanned = [day for day in found.days if day.date < since]
    assert all(mark_of(day) in {DayMark.NO_PLAN, DayMark.DONE} for day in unplanned)


@given(any_rows, any_done)
def test_what_is_open_is_what_is_missing_in_the_count(rows, done):
    tallies = {tally.exercise: tally for tally in counted(rows, done).by_exercise}
    for row in rows:
        open_on = [day for day in WEEK.days if day_rules.is_open(row, day, done)]
        tally = tallies.get((row.exercise_id, row.side))
        missing = tally.planned - tally.done if tally else 0
        assert bool(open_on) == bool(missing)
