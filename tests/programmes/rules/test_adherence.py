import datetime as dt
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.rules.adherence import DayNote, Item, Log, Plan, Status, Window, adherence, planned
from programmes.rules.recent import GivenPlan
from programmes.rules.schedule import EVERY_DAY, Frequency
from programmes.wording.counts import day_in_words, tally_in_words, undue_in_words, window_in_words

MONDAY = dt.date(2026, 11, 9)
FORTNIGHT = Window(MONDAY, MONDAY + dt.timedelta(days=13))
LONG_AGO = dt.date(2026, 1, 1)
DAILY = Frequency(weekdays=EVERY_DAY)
TWICE_DAILY = Frequency(weekdays=EVERY_DAY, times_a_day=2)
MON_WED_FRI = Frequency(weekdays=frozenset({0, 2, 4}))
THREE_A_WEEK = Frequency(days_a_week=3)
AS_NEEDED = Frequency(as_needed=True)


def day(n):
    """Return the n-th day of the fortnight; 0 is its Monday."""
    return MONDAY + dt.timedelta(days=n)


def plan(*frequencies, first=LONG_AGO, last=None, pauses=()):
    """Return a plan of exercises A, B, … with these frequencies."""
    items = (Item(name, name, name, how_often) for name, how_often in zip("ABCDEF", frequencies, strict=False))
    return Plan(first, tuple(items), last, tuple(pauses))


def did(exercises, *days, done=True, paper=False):
    return [Log(day(n), name, name, done=done, paper=paper) for n, name in product(days, exercises)]


def count(plans, logs=(), window=FORTNIGHT, **kwargs):
    return adherence(plans if isinstance(plans, list) else [plans], logs, window, **kwargs)


# What is planned


@pytest.mark.parametrize(
    ("frequency", "rounds"),
    [
        (DAILY, 14),
        (TWICE_DAILY, 28),
        (MON_WED_FRI, 6),
        (THREE_A_WEEK, 6),
        (Frequency(days_a_week=7), 14),
        (Frequency(days_a_week=2, times_a_day=2), 8),
        (AS_NEEDED, 0),
        (None, 0),
    ],
)
def test_planned_in_a_fortnight(frequency, rounds):
    assert planned([plan(frequency)], FORTNIGHT) == rounds


@given(st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)), st.integers(1, 7))
def test_n_a_week_is_2n_in_any_14_days(first, n):
    window = Window(first, first + dt.timedelta(days=13))
    assert planned([Plan(first, (Item(1, 1, "A", Frequency(days_a_week=n)),))], window) == 2 * n


def test_planned_only_on_the_days_in_force():
    assert planned([plan(DAILY, first=day(3), last=day(9))], FORTNIGHT) == 7
    assert planned([plan(DAILY, first=day(20))], FORTNIGHT) == 0


def in_turn(starts, ended=None):
    """Return the plans of versions given on the days ``starts``, one after the other."""
    moments = [dt.datetime.combine(first, dt.time(9), tzinfo=dt.UTC) for first, _items in starts]
    ended_at = ended and dt.datetime.combine(ended, dt.time(23, 59), tzinfo=dt.UTC)
    return [
        GivenPlan(at, tuple(items), replaced_at, ended_at).in_zone(dt.UTC)
        for at, replaced_at, (_first, items) in zip(moments, [*moments[1:], None], starts, strict=False)
    ]


def test_each_version_counts_until_the_day_before_the_next():
    plans = in_turn([(day(0), plan(DAILY).items), (day(7), plan(MON_WED_FRI).items)])
    assert [p.last for p in plans] == [day(6), None]
    assert planned(plans, FORTNIGHT) == 7 + 3


def test_version_replaced_on_its_own_day_counts_for_nothing():
    plans = in_turn([(day(7), plan(TWICE_DAILY).items), (day(7), plan(DAILY).items)])
    assert planned(plans, FORTNIGHT) == 7


def test_ended_programme_plans_nothing_more():
    assert planned(in_turn([(day(0), plan(DAILY).items)], ended=day(4)), FORTNIGHT) == 5
    assert in_turn([]) == []


def test_pauses_are_out():
    assert planned([plan(DAILY, pauses=[Window(day(0), day(6))])], FORTNIGHT) == 7
    assert planned([plan(THREE_A_WEEK, pauses=[Window(day(0), day(6))])], FORTNIGHT) == 3


def test_n_a_week_is_in_proportion_to_the_days_in_force():
    assert planned([plan(THREE_A_WEEK, first=day(2))], Window(day(0), day(6))) == 2
    assert planned([plan(THREE_A_WEEK, first=day(6))], Window(day(0), day(6))) == 0


def test_named_days_are_not_counted_by_the_week():
    assert DAILY.times_in(7) == 0


def test_exercises_due_together_make_one_round():
    assert planned([plan(DAILY, MON_WED_FRI, AS_NEEDED)], FORTNIGHT) == 14
    assert planned([plan(DAILY, TWICE_DAILY)], FORTNIGHT) == 28


def test_exercises_on_different_days_add_up():
    assert planned([plan(MON_WED_FRI, Frequency(weekdays=frozenset({1, 3})))], FORTNIGHT) == 10


def test_named_and_free_days_share_rounds():
    assert planned([plan(MON_WED_FRI, Frequency(days_a_week=2))], FORTNIGHT) == 6
    assert planned([plan(MON_WED_FRI, Frequency(days_a_week=5))], FORTNIGHT) == 10


# What was done


def test_done_of_planned():
    found = count(plan(DAILY), did("A", *range(9)))
    assert (found.done, found.planned, found.extra) == (9, 14, 0)


def test_nothing_planned_is_not_due_and_never_a_fraction():
    found = count(plan(AS_NEEDED), did("A", 1, 2))
    assert not found.is_due
    assert (found.done, found.planned, found.extra) == (0, 0, 0)
    assert found.days_with_any == 2
    assert found.by_exercise == ()


def test_no_programme_at_all():
    found = count([])
    assert (found.planned, found.done) == (0, 0)
    assert {d.status for d in found.days} == {Status.REST}


def test_done_is_capped_each_day_and_the_rest_is_extra():
    found = count(plan(DAILY), did("A", 0, 0, 0, 1))
    assert (found.done, found.planned, found.extra) == (2, 14, 2)


def test_one_day_cannot_make_up_for_another():
    assert count(plan(TWICE_DAILY), did("A", 0, 0, 0, 0)).done == 2


def test_n_a_week_is_capped_each_week():
    found = count(plan(THREE_A_WEEK), did("A", 0, 1, 2, 3, 4))
    assert (found.done, found.planned, found.extra) == (3, 6, 2)


def test_n_a_week_counts_any_day_of_the_week():
    assert count(plan(THREE_A_WEEK), did("A", 4, 5, 6, 7, 8)).done == 5


def test_half_a_round_is_not_a_round():
    found = count(plan(DAILY, DAILY), did("A", 0) + did("AB", 1))
    assert (found.done, found.days_with_any) == (1, 2)
    assert [d.status for d in found.days[:2]] == [Status.PART, Status.FULL]


def test_a_round_may_be_done_in_two_sittings():
    found = count(plan(DAILY, DAILY), did("A", 0) + did("B", 0))
    assert (found.done, found.extra) == (1, 0)


def test_rounds_of_exercises_with_different_times_a_day():
    both = plan(DAILY, TWICE_DAILY)
    assert count(both, did("AB", 0)).done == 1
    assert count(both, did("ABB", 0)).done == 2
    assert count(both, did("BB", 0)).done == 1


def test_named_and_free_days_are_done_together():
    mixed = plan(MON_WED_FRI, Frequency(days_a_week=2))
    assert count(mixed, did("AB", 0, 2) + did("A", 4)).done == 3
    assert count(mixed, did("A", 0, 2, 4)).done == 1
    assert count(mixed, did("AB", 0, 2, 4)).extra == 1


def test_exercise_done_on_a_rest_day_is_extra():
    found = count(plan(MON_WED_FRI), did("A", 1))
    assert (found.done, found.extra) == (0, 1)
    assert day_in_words(found.days[1]) == "Tue 10 Nov: all done, extra"


def test_exercise_done_in_a_pause_is_extra():
    found = count(plan(DAILY, pauses=[Window(day(0), day(13))]), did("A", 1))
    assert (found.done, found.planned, found.extra) == (0, 0, 1)
    assert day_in_words(found.days[0]) == "Mon 9 Nov: paused"
    assert day_in_words(found.days[1]) == "Tue 10 Nov: all done, extra"


@pytest.mark.parametrize(
    ("logs", "status", "words"),
    [
        (did("AB", 1), Status.PART, "Tue 10 Nov: 2 of 4 done, extra"),
        (did("ABCD", 1), Status.FULL, "Tue 10 Nov: all done, extra"),
        (did("ABCD", 1, done=False), Status.EMPTY, "Tue 10 Nov: logged, none done"),
        (did("E", 1), Status.FULL, "Tue 10 Nov: done, none planned"),
        ([], Status.PAUSED, "Tue 10 Nov: paused"),
    ],
)
def test_a_pause_added_afterwards_leaves_a_day_what_it_was_and_outside_the_count(logs, status, words):
    of_four = plan(DAILY, DAILY, DAILY, DAILY, AS_NEEDED, pauses=[Window(day(0), day(6))])
    found = count(of_four, logs)
    assert (found.days[1].status, day_in_words(found.days[1])) == (status, words)
    assert (found.done, found.planned) == (0, 7)
    assert found.extra == any(log.done for log in logs)


def test_part_done_on_a_rest_day_is_extra_too():
    found = count(plan(MON_WED_FRI, MON_WED_FRI), did("A", 1))
    assert day_in_words(found.days[1]) == "Tue 10 Nov: 1 of 2 done, extra"


def test_all_done_today_is_no_extra():
    found = count(plan(DAILY), did("A", 13), today=day(13))
    assert (day_in_words(found.days[13]), found.extra) == ("Sun 22 Nov: all done", 0)


def test_a_paused_day_is_among_the_days_with_exercise_only_where_something_was_done():
    paused = plan(DAILY, DAILY, pauses=[Window(day(0), day(6))])
    found = count(paused, did("A", 0, 8) + did("AB", 1, done=False) + [Log(day(2))])
    assert (found.days_with_any, found.days_in_force, found.has_pauses) == (2, 8, True)
    assert not count(plan(DAILY)).has_pauses


@pytest.mark.parametrize("frequency", [DAILY, THREE_A_WEEK])
def test_today_under_way_is_never_not_due(frequency):
    first = plan(frequency, frequency, frequency, frequency, first=day(13))
    found = count(first, did("ABC", 13), today=day(13))
    assert (found.is_due, found.under_way.done, found.under_way.due) == (False, 3, 4)
    assert undue_in_words(found) == "Today is not over yet: 3 of 4 done so far"
    assert tally_in_words(found.by_exercise[3]) == "today is not over yet"


def test_a_today_that_asks_for_nothing_is_not_under_way():
    last = day(13)  # a Sunday
    for asks_nothing in (plan(MON_WED_FRI, AS_NEEDED), plan(DAILY, pauses=[FORTNIGHT]), plan(DAILY, last=day(12))):
        found = count(asks_nothing, window=Window(last, last), today=last)
        assert found.under_way is None
        assert undue_in_words(found) == "No session was due"
    assert count(plan(DAILY)).under_way is None


def test_log_under_a_replaced_version_counts_for_the_same_exercise():
    plans = in_turn([(day(0), (Item("v1-a", "A", "A", DAILY),)), (day(7), (Item("v2-a", "A", "A", DAILY),))])
    found = count(plans, [Log(day(8), "v1-a", "A", done=True), Log(day(9), "v1-z", "Z", done=True)])
    assert (found.done, found.extra) == (1, 1)


def test_one_exercise_given_for_each_leg_is_one_round_and_two_tallies():
    left, right = ("A", "left"), ("A", "right")
    legs = Plan(LONG_AGO, (Item("l", left, "A", DAILY), Item("r", right, "A", DAILY)))
    found = count(legs, [Log(day(n), key, key, done=True) for n, key in ((0, left), (0, right), (1, right))])
    assert (found.planned, found.done, found.extra) == (14, 1, 0)
    assert [(t.exercise, tally_in_words(t)) for t in found.by_exercise] == [(left, "1 of 14"), (right, "2 of 14")]
    assert [day_in_words(d) for d in found.days[:2]] == ["Mon 9 Nov: all done", "Tue 10 Nov: 1 of 2 done"]


def test_leg_of_the_version_before_is_not_the_other_leg():
    left, right = (Item(leg, ("A", leg), "A", DAILY) for leg in ("left", "right"))
    plans = in_turn([(day(0), (left,)), (day(7), (right,))])
    found = count(plans, [Log(day(8), "left", ("A", "left"), done=True)])
    assert (found.done, found.extra) == (0, 1)


def test_free_days_are_days_and_not_times_on_one_day():
    found = count(plan(THREE_A_WEEK), did("A", 0, 0, 0))
    assert (found.done, found.planned, found.extra) == (1, 6, 2)
    assert tally_in_words(found.by_exercise[0]) == "1 of 6"


def test_logs_outside_the_window_are_left_out():
    assert count(plan(DAILY), did("A", -1, 14)).days_with_any == 0


# Today


def test_today_counts_once_it_is_done():
    last = day(13)
    assert count(plan(DAILY), today=last).planned == 13
    assert count(plan(DAILY), did("A", 13), today=last).planned == 14
    assert count(plan(TWICE_DAILY), did("A", 13), today=last).planned == 27
    assert count(plan(DAILY, DAILY), did("A", 13), today=last).planned == 13
    assert count(plan(DAILY), today=last).by_exercise[0].planned == 13


# Each day


@pytest.mark.parametrize(
    ("logs", "status", "words"),
    [
        ([], Status.NONE, "Mon 9 Nov: planned, nothing logged"),
        (did("AB", 0), Status.FULL, "Mon 9 Nov: all done"),
        (did("A", 0), Status.PART, "Mon 9 Nov: 1 of 2 done"),
        (did("AB", 0, done=False), Status.EMPTY, "Mon 9 Nov: logged, none done"),
        ([Log(day(0))], Status.EMPTY, "Mon 9 Nov: logged, none done"),
        (did("AB", 0, done=False, paper=True), Status.EMPTY, "Mon 9 Nov: logged, none done, from paper diary"),
        (did("AB", 0, paper=True), Status.PAPER, "Mon 9 Nov: all done, from paper diary"),
        (did("A", 0, paper=True), Status.PART, "Mon 9 Nov: 1 of 2 done, from paper diary"),
    ],
)
def test_planned_day(logs, status, words):
    found = count(plan(MON_WED_FRI, MON_WED_FRI), logs).days[0]
    assert (found.status, day_in_words(found)) == (status, words)


def test_rest_day():
    assert day_in_words(count(plan(MON_WED_FRI)).days[1]) == "Tue 10 Nov: not planned"


def test_day_without_a_log_where_days_are_free_is_not_missed():
    assert {d.status for d in count(plan(THREE_A_WEEK)).days} == {Status.REST}
    assert day_in_words(count(plan(THREE_A_WEEK), did("A", 1)).days[1]) == "Tue 10 Nov: all done"


def test_day_with_only_an_as_needed_exercise():
    found = count(plan(MON_WED_FRI, AS_NEEDED), did("B", 0, 1))
    assert [day_in_words(d) for d in found.days[:2]] == ["Mon 9 Nov: 0 of 1 done", "Tue 10 Nov: done, none planned"]
    assert found.extra == 0


@pytest.mark.parametrize(
    ("frequency", "status", "words"),
    [
        (DAILY, Status.TODAY, "Sun 22 Nov: today, nothing logged yet"),
        (MON_WED_FRI, Status.REST, "Sun 22 Nov: today, not planned"),
        (THREE_A_WEEK, Status.TODAY, "Sun 22 Nov: today, nothing logged yet"),
    ],
)
def test_today_without_a_log(frequency, status, words):
    found = count(plan(frequency), today=day(13)).days[13]
    assert (found.status, day_in_words(found)) == (status, words)


def test_today_asks_for_nothing_once_the_weeks_free_days_are_used():
    found = count(plan(THREE_A_WEEK), did("A", 7, 9, 10), today=day(13)).days[13]
    assert (found.status, day_in_words(found)) == (Status.REST, "Sun 22 Nov: today, not planned")


def test_today_without_a_plan_or_in_a_pause_says_so():
    ended = adherence([Plan(day(0), (), day(5))], (), Window(day(0), day(13)), today=day(13))
    assert (ended.days[13].note, ended.days_in_force) == (DayNote.NO_PLAN, 6)
    paused = count(plan(DAILY, pauses=[Window(day(10), day(20))]), today=day(13))
    assert (paused.days[13].status, paused.days[13].note) == (Status.PAUSED, DayNote.PAUSED)
    assert paused.days_in_force == 10


# Each exercise


def test_by_exercise_counts_times():
    found = count(plan(DAILY, THREE_A_WEEK, AS_NEEDED), did("AA", 0) + did("B", 0, 1, 2, 3))
    assert [(t.name, tally_in_words(t)) for t in found.by_exercise] == [("A", "1 of 14"), ("B", "3 of 6")]


def test_exercise_with_no_day_in_the_window_is_not_due():
    found = count(plan(MON_WED_FRI), window=Window(day(1), day(1)))
    assert tally_in_words(found.by_exercise[0]) == "not due"


# What holds for any plan and any logs

frequencies = st.one_of(
    st.builds(Frequency, weekdays=st.frozensets(st.integers(0, 6), min_size=1), times_a_day=st.integers(1, 6)),
    st.builds(Frequency, days_a_week=st.integers(1, 7), times_a_day=st.integers(1, 3)),
    st.just(AS_NEEDED),
)
starts = st.lists(st.integers(-20, 20), min_size=1, max_size=3, unique=True).map(sorted)
any_logs = st.lists(
    st.builds(
        lambda n, name, done, paper: Log(day(n), name, name, done=done, paper=paper),
        st.integers(-2, 15),
        st.sampled_from("ABCZ"),
        st.booleans(),
        st.booleans(),
    ),
    max_size=40,
)


@st.composite
def any_plans(draw):
    return in_turn([(day(n), plan(*draw(st.lists(frequencies, max_size=3))).items) for n in draw(starts)])


@given(any_plans(), any_logs, st.none() | st.integers(0, 13).map(day))
def test_done_is_never_more_than_planned(plans, logs, today):
    found = adherence(plans, logs, FORTNIGHT, today=today)
    assert 0 <= found.done <= found.planned
    assert found.extra >= 0
    assert all(0 <= t.done <= t.planned for t in found.by_exercise)
    assert all(0 <= d.done <= d.due for d in found.days)
    for one in FORTNIGHT.days:
        single = adherence(plans, logs, Window(one, one), today=today)
        assert single.done <= single.planned


@given(any_plans(), any_logs, st.randoms(use_true_random=False))
def test_order_of_logs_does_not_matter(plans, logs, random):
    shuffled = list(logs)
    random.shuffle(shuffled)
    assert adherence(plans, shuffled, FORTNIGHT) == adherence(plans, logs, FORTNIGHT)


@given(any_plans(), any_logs, any_logs)
def test_more_logs_never_take_away(plans, logs, more):
    fewer, all_of_them = adherence(plans, logs, FORTNIGHT), adherence(plans, logs + more, FORTNIGHT)
    assert fewer.planned == all_of_them.planned
    assert fewer.done <= all_of_them.done


@given(any_plans())
def test_nothing_logged_is_nothing_done(plans):
    found = adherence(plans, [], FORTNIGHT)
    assert (found.done, found.extra, found.days_with_any) == (0, 0, 0)


def test_window_ending_today():
    window = Window.ending(day(13), days=14)
    assert window == FORTNIGHT
    assert len(window.days) == 14


def test_window_is_said_by_its_first_and_last_day():
    assert window_in_words(FORTNIGHT) == "9 Nov to 22 Nov"
