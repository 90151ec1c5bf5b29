"""What a patient reads of a week and what the physiotherapist reads of it are the same numbers."""

import datetime as dt
from dataclasses import dataclass, replace

from hypothesis import given
from hypothesis import strategies as st

from programmes.rules import day as day_rules
from programmes.rules.adherence import Item, Log, Plan, Status, Window, adherence
from programmes.rules.day import WeekMark
from programmes.rules.schedule import Frequency

MONDAY = dt.date(2026, 11, 23)
WEEK = Window(MONDAY, MONDAY + dt.timedelta(days=6))
MARKS = {
    Status.FULL: WeekMark.DONE,
    Status.PART: WeekMark.PART,
    Status.NONE: WeekMark.PLAN,
    Status.REST: WeekMark.REST,
}


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


@given(any_rows, any_done, st.sampled_from(WEEK.days))
def test_days_done_and_planned_are_the_rounds_where_once_a_day_is_asked(rows, done, since):
    once = [replace(row, frequency=row.frequency and row.frequency.once_a_day) for row in rows]
    done = {key: [day for day in days if day >= since] for key, days in done.items()}
    week, found = day_rules.week_of(MONDAY, once, done, since=since), counted(once, done, since)
    assert (week.done, week.planned, week.extra) == (found.done, found.planned, found.extra)


@given(any_rows)
def test_days_planned_are_never_more_than_rounds_planned(rows):
    assert day_rules.week_of(MONDAY, rows, {}, since=MONDAY).planned <= counted(rows, {}).planned


@given(any_rows, any_done)
def test_days_done_are_whole_rounds_where_days_are_named(rows, done):
    rows = [row for row in rows if not (row.frequency and row.frequency.is_free)]
    week, found = day_rules.week_of(MONDAY, rows, done, since=MONDAY), counted(rows, done)
    assert week.done <= found.done
    assert (week.done == week.planned) >= (found.done == found.planned)


def test_a_free_day_is_done_beside_a_named_day_with_two_rounds_that_was_missed():
    rows = [
        Row("A", "left", Frequency(weekdays=frozenset({0}), times_a_day=2)),
        Row("B", "left", Frequency(days_a_week=2)),
    ]
    done = {("B", "left"): WEEK.days[:2]}
    week, found = day_rules.week_of(MONDAY, rows, done, since=MONDAY), counted(rows, done)
    assert (week.done, week.planned) == (1, 2)  # the first day lacks A, the second asks for B alone
    assert (found.done, found.planned) == (0, 2)  # both rounds lack A


def test_rounds_of_a_free_day_may_be_spread_over_days_that_are_then_not_whole():
    rows = [Row("A", "left", Frequency(days_a_week=1, times_a_day=3))]
    done = {("A", "left"): [WEEK.days[0], WEEK.days[1], WEEK.days[1]]}
    week, found = day_rules.week_of(MONDAY, rows, done, since=MONDAY), counted(rows, done)
    assert (week.done, week.planned) == (0, 1)
    assert (found.done, found.planned) == (3, 3)


@given(any_rows, any_done)
def test_every_day_has_the_same_mark(rows, done):
    week, found = day_rules.week_of(MONDAY, rows, done, since=MONDAY), counted(rows, done)
    assert [day.mark for day in week.days] == [MARKS[day.status] for day in found.days]


@given(any_rows, any_done)
def test_what_is_open_is_what_is_missing_in_the_count(rows, done):
    tallies = {tally.exercise: tally for tally in counted(rows, done).by_exercise}
    for row in rows:
        open_on = [day for day in WEEK.days if day_rules.is_open(row, day, done)]
        tally = tallies.get((row.exercise_id, row.side))
        missing = tally.planned - tally.done if tally else 0
        assert bool(open_on) == bool(missing)
