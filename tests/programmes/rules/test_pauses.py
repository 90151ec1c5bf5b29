import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.rules.adherence import Item, Log, Plan, Window, adherence, planned
from programmes.rules.pauses import (
    NO_END,
    PauseProblem,
    in_the_way,
    now_or_next,
    pause_problem,
    silent_days,
    silent_since,
    unpaused_days,
)
from programmes.rules.review import Cutoffs, is_quiet
from programmes.rules.schedule import EVERY_DAY, Frequency

MONDAY = dt.date(2026, 11, 23)
DAILY = Frequency(weekdays=EVERY_DAY)


def day(n):
    return MONDAY + dt.timedelta(days=n)


def pause(first, last=None):
    return Window(day(first), NO_END if last is None else day(last))


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        (pause(0, 0), None),
        (pause(0), None),
        (pause(-14, -8), None),
        (pause(3, 2), PauseProblem.REVERSED),
        (pause(-15, 2), PauseProblem.BEFORE_THE_PROGRAMME),
        (pause(366, 370), None),
        (pause(367, 370), PauseProblem.FAR_AHEAD),
        (pause(0, 366), None),
        (pause(0, 367), PauseProblem.TOO_LONG),
    ],
)
def test_which_days_can_be_paused(asked, problem):
    assert pause_problem(asked, begun=day(-14), today=MONDAY) is problem


@st.composite
def apart(draw, most=4):
    """Return pauses that share no day, the last perhaps without an end, within some months of the Monday."""
    edges = sorted(draw(st.lists(st.integers(-60, 60), min_size=0, max_size=2 * most, unique=True)))
    found = [pause(*pair) for pair in zip(edges[::2], edges[1::2], strict=False)]
    if found and draw(st.booleans()):
        found[-1] = Window(found[-1].first, NO_END)
    return draw(st.permutations(found))


@given(apart(), st.integers(-70, 70), st.integers(0, 30))
def test_two_that_share_a_day_are_told(pauses, first, length):
    asked = pause(first, first + length)
    shared = [one for one in pauses if any(each in one for each in asked.days)]
    assert in_the_way(asked, pauses) == min(shared, key=lambda one: one.first, default=None)


@given(apart(), st.integers(-70, 70))
def test_the_one_that_runs_goes_before_the_next(pauses, n):
    found = now_or_next(pauses, day(n))
    running = [one for one in pauses if day(n) in one]
    to_come = sorted((one for one in pauses if one.first > day(n)), key=lambda one: one.first)
    assert found == next(iter(running or to_come), None)


@given(apart(), st.integers(-70, 70))
def test_days_that_are_not_paused_are_all_the_others(pauses, n):
    until = day(90)
    found = []
    for one in unpaused_days(day(n), pauses):
        if one > until:
            break
        found.append(one)
    others = Window(day(n + 1), until).days if n < 90 else []
    assert found == [one for one in others if not any(one in each for each in pauses)]
    assert silent_days(day(n), until, pauses) == len(found)


@given(apart(), st.integers(-30, 30), st.integers(1, 14), st.integers(-90, 90))
def test_silence_is_right_on_each_later_day_with_nothing_written(pauses, last, cut_off, looked):
    """The day is worked out once. What the list says on any later day is what counting day by day would say."""
    since = silent_since(day(last), pauses, cut_off=cut_off, looked_on=day(looked))
    stretches, begins = [], day(last)
    for one in sorted(pauses, key=lambda one: one.first):
        if one.last > begins:
            stretches.append((begins, one.first - dt.timedelta(days=1)))
            begins = one.last
    if begins != NO_END:
        stretches.append((begins, day(400)))
    reached = [(first + dt.timedelta(days=cut_off), end, first) for first, end in stretches]
    unseen = [at for at, end, _first in reached if at <= end and day(looked) < at]
    for n in range(last, 120):
        says = is_quiet(since, day(n), Cutoffs(quiet_days=cut_off))
        is_last = bool(stretches) and since == stretches[-1][0]
        seen = is_last and is_quiet(since, day(looked), Cutoffs(quiet_days=cut_off))
        assert (says and not seen) == any(at <= day(n) for at in unseen)


@given(apart(), st.lists(st.integers(-20, 20)))
def test_a_pause_takes_its_own_days_out_and_no_others(pauses, done):
    window = Window(day(-20), day(20))
    plans = [Plan(day(-100), (Item(1, 1, "A", DAILY),), None, tuple(pauses))]
    paused = {one for one in window.days if any(one in each for each in pauses)}
    assert planned(plans, window) == len(window.days) - len(paused)
    found = adherence(plans, [Log(day(n), 1, 1, done=True) for n in done], window)
    on_days = {day(n) for n in done}
    assert found.done == len(on_days - paused)
    assert found.extra == len(done) - found.done, "what is logged in a pause is kept, and is extra"
    assert found.days_with_any == len(on_days)


def test_a_pause_of_one_programme_is_none_of_another():
    items = (Item(1, 1, "A", DAILY),)
    first, second = Plan(day(-14), items, day(-8), (pause(-10, 5),)), Plan(day(-7), items)
    assert planned([first, second], Window(day(-14), day(-1))) == 4 + 7
