"""The grid of a paper diary, and what is made of its marks."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.rules.diary import (
    DAYS,
    CellKind,
    ClosedDay,
    DiaryColumn,
    DiaryQuestion,
    closed_on,
    diary_grid,
    first_day,
    so_far,
)
from programmes.rules.paper_marks import ANSWERS, DayMarks, DiaryBox, put_together, read, takes_back, written
from programmes.rules.schedule import Frequency

MONDAY = dt.date(2026, 11, 23)
MON_WED_FRI = Frequency(frozenset({0, 2, 4}))
TWICE = Frequency(frozenset(range(7)), times_a_day=2)
THREE_A_WEEK = Frequency(days_a_week=3)
NEEDED = Frequency(as_needed=True, times_a_day=2)
SIX = Frequency(frozenset({0}), times_a_day=6)
A_DAY = dt.timedelta(days=1)

DATES = st.dates(dt.date(2024, 1, 1), dt.date(2030, 1, 1))
FREQUENCIES = st.one_of(
    st.none(),
    st.builds(Frequency, weekdays=st.frozensets(st.integers(0, 6), min_size=1), times_a_day=st.integers(1, 6)),
    st.builds(Frequency, days_a_week=st.integers(1, 7), times_a_day=st.integers(1, 6)),
    st.just(NEEDED),
    st.builds(Frequency, every_other_day=st.just(True), starts_on=DATES, times_a_day=st.integers(1, 6)),
)
BOXES = st.builds(DiaryBox, st.sampled_from("abcd"), st.integers(1, 3))
MARKS = st.builds(
    DayMarks,
    ticked=st.frozensets(BOXES, max_size=5),
    pain=st.one_of(st.none(), st.integers(0, 10)),
    morning=st.sampled_from(["", "yes", "no"]),
    words=st.sampled_from(["", "Sore", "Sore on stairs", "“Łatwo”"]),
)


def grid_of(*frequencies, first=MONDAY, given_on=MONDAY, **about):
    columns = [DiaryColumn(number, often) for number, often in enumerate(frequencies)]
    return diary_grid("v3", columns, first, given_on=given_on, **about)


def test_a_fortnight_of_three_days_a_week():
    grid = grid_of(MON_WED_FRI, MON_WED_FRI)
    assert grid.key == ("v3", MONDAY)
    assert [day.date.isoformat() for day in grid.days if day.is_planned] == [
        "2026-11-23",
        "2026-11-25",
        "2026-11-27",
        "2026-11-30",
        "2026-12-02",
        "2026-12-04",
    ]
    assert [cell.kind for cell in grid.days[1].cells] == [CellKind.DOT, CellKind.DOT]
    assert [len(cell.boxes) for cell in grid.days[1].cells] == [1, 1], "a dot can be ticked"
    assert [day.date for day in grid.days if day.begins_week] == [dt.date(2026, 11, 30)], "the heavy line"
    assert [*DiaryQuestion] == ["pain", "morning", "words"] == [*ANSWERS], "in the order of the paper"


def test_boxes_for_each_time_and_a_number_where_there_are_many():
    day = grid_of(TWICE, THREE_A_WEEK, NEEDED, SIX, None).days[0]
    assert [cell.kind for cell in day.cells] == [
        CellKind.PLANNED,
        CellKind.CHOSEN,
        CellKind.CHOSEN,
        CellKind.PLANNED,
        CellKind.DOT,
    ]
    assert [len(cell.boxes) for cell in day.cells] == [2, 1, 1, 6, 1]
    assert [cell.column.is_counted for cell in day.cells] == [False, False, False, True, False]


def test_the_patient_may_pick_any_day_of_a_free_week_and_what_is_needed_asks_for_none():
    assert all(day.is_planned for day in grid_of(THREE_A_WEEK).days)
    assert not any(day.is_planned for day in grid_of(NEEDED, None).days)


@given(frequencies=st.lists(FREQUENCIES, max_size=12), first=DATES, given_on=DATES, today=DATES, data=st.data())
def test_every_grid_is_whole(frequencies, first, given_on, today, data):
    paused = data.draw(st.sets(st.integers(0, DAYS).map(lambda n: first + n * A_DAY)))
    grid = grid_of(*frequencies, first=first, given_on=given_on, today=today, paused=paused)
    assert [day.date for day in grid.days] == [first + n * A_DAY for n in range(DAYS)]
    assert (grid.first, grid.last) == (first, first + 13 * A_DAY)
    assert [n for n, day in enumerate(grid.days) if day.begins_week] == [7]
    for day in grid.days:
        assert [cell.column for cell in day.cells] == list(grid.columns)
        boxes = [box for cell in day.cells for box in cell.boxes]
        assert len(boxes) == len(set(boxes)), "no two boxes of a day are the same"
        planned = sum(often.times_on(day.date) for often in frequencies if often)
        assert day.planned_boxes == (0 if day.is_paused else planned), "as many boxes as the plan asks for"
        assert (day.closed is None) == (given_on <= day.date <= today), "only days that were, under this version"
        assert not (day.is_paused and day.is_planned)


@given(frequencies=st.lists(FREQUENCIES, max_size=12), first=DATES, given_on=DATES)
def test_paper_knows_no_today(frequencies, first, given_on):
    printed = grid_of(*frequencies, first=first, given_on=given_on)
    assert ClosedDay.NOT_YET not in {day.closed for day in printed.days}


def test_why_a_day_is_closed():
    assert closed_on(MONDAY - A_DAY, given_on=MONDAY) is ClosedDay.BEFORE_IT_WAS_GIVEN
    assert closed_on(MONDAY, given_on=MONDAY, today=MONDAY) is None
    assert closed_on(MONDAY + A_DAY, given_on=MONDAY, today=MONDAY) is ClosedDay.NOT_YET
    assert closed_on(MONDAY, given_on=MONDAY, today=MONDAY + 400 * A_DAY) is None, "long ago is no reason"


@pytest.mark.parametrize(
    ("given_on", "today", "keyed", "first"),
    [
        ("2026-11-23", "2026-12-07", [], "2026-11-23"),  # two weeks to the day
        ("2026-11-09", "2026-12-07", [], "2026-11-23"),  # longer: the Monday of the last two whole weeks
        ("2026-11-09", "2026-12-06", [], "2026-11-23"),
        ("2026-11-25", "2026-12-07", [], "2026-11-25"),  # given on a Wednesday
        ("2026-11-09", "2026-12-07", ["2026-11-22"], "2026-11-23"),  # goes on where the last diary ended
        ("2026-11-09", "2026-12-07", ["2026-10-30", "2026-11-27"], "2026-11-28"),
        ("2026-11-09", "2026-12-07", ["2026-12-07"], "2026-11-23"),  # all of it keyed in: to look at it again
        ("2026-12-07", "2026-12-07", [], "2026-12-07"),
    ],
)
def test_the_day_a_diary_begins_with(given_on, today, keyed, first):
    day = dt.date.fromisoformat
    assert first_day(day(given_on), day(today), [day(one) for one in keyed]) == day(first)


@given(given_on=DATES, later=st.integers(0, 400), keyed=st.sets(DATES))
def test_a_diary_begins_on_a_day_that_was(given_on, later, keyed):
    today = given_on + later * A_DAY
    assert given_on <= first_day(given_on, today) <= today
    assert first_day(given_on, today, keyed) <= today


@given(was=MARKS, mine=MARKS, now=MARKS)
def test_nothing_that_two_keyed_in_is_lost(was, mine, now):
    found = put_together(was, mine, now)
    assert found.marks.ticked >= mine.ticked - was.ticked
    assert found.marks.ticked >= (now.ticked - was.ticked) - (was.ticked - mine.ticked)
    assert not found.marks.ticked & (was.ticked - mine.ticked), "a tick that I took away is away"
    for name in ANSWERS:
        kept, said, theirs, before = (one.answers[name] for one in (found.marks, mine, now, was))
        assert kept == (said if said != before else theirs)
        assert (name in found.conflicts) == (said != before and theirs not in (before, said, None, "")), (
            "what somebody else said, and does not count any more, is named"
        )


@given(was=MARKS, mine=MARKS)
def test_alone_and_sent_twice_it_is_as_it_was_keyed_in(was, mine):
    once = put_together(was, mine, was)
    assert (once.marks, once.conflicts) == (mine, ())
    assert put_together(was, mine, once.marks) == once


@given(before=MARKS, after=MARKS)
def test_to_add_takes_nothing_back(before, after):
    assert not takes_back(before, before)
    assert not takes_back(DayMarks(), after)
    assert takes_back(after, DayMarks()) == (not after.is_blank)
    both = put_together(DayMarks(), after, before).marks
    assert takes_back(before, both) == any(
        before.answers[name] not in (None, "", both.answers[name])
        and not (name == "words" and both.words.startswith(before.words))
        for name in ANSWERS
    )


@given(marks=MARKS)
def test_a_page_reads_back_what_it_carries(marks):
    known = {name: name for name in "abcd"}
    assert read(written(marks), known) == marks
    assert (marks.is_blank, bool(marks.rounds)) in {(True, False), (False, True)}


@pytest.mark.parametrize(
    "text", ["", "3", "{}", "[]", "null", '{"ticked":[["x",1]],"pain":null,"morning":"","words":""}', '{"ticked":3}']
)
def test_nonsense_says_nothing(text):
    assert read(text, {"a": "a"}) is None


def test_how_much_is_keyed_in():
    grid = grid_of(MON_WED_FRI, MON_WED_FRI, NEEDED)
    marks = {
        MONDAY: DayMarks(frozenset({DiaryBox(0, 1), DiaryBox(1, 1)}), pain=3),
        MONDAY + A_DAY: DayMarks(frozenset({DiaryBox(0, 1)})),
        MONDAY + 2 * A_DAY: DayMarks(pain=0),
    }
    assert so_far(grid.days, marks) == (2, 6, 3, 12, 2)
