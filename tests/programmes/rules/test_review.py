"""Facts of the review list: each key at its cut-off, their order, and that what was read is no news."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.rules.entries import ToldWords, pack_entries, unpack_entries
from programmes.rules.review import (
    LATER,
    NEWEST,
    Cutoffs,
    RecentSession,
    ReviewKey,
    has_passed,
    is_quiet,
    place_of,
    review_facts,
)

MONDAY = dt.date(2026, 11, 23)
NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def sessions(*rows):
    """Return sessions, the first today's, each a day older than the one before."""
    return [RecentSession(str(n), MONDAY - n * DAY, NOON - n * DAY, **row) for n, row in enumerate(rows)]


def pains(*said):
    return sessions(*({"pain": pain} for pain in said))


def mornings(*said):
    """Return sessions with answers: True is back to usual, False is not, "?" not sure yet, None no answer."""
    return [
        replace(
            one,
            settled=None if answer == "?" else answer,
            answered_at=None if answer is None else one.at + DAY,
        )
        for one, answer in zip(sessions(*({} for _ in said)), said, strict=True)
    ]


def keys(found, *, usual=None, looked_at=None, cutoffs=None):
    return [fact.key for fact in review_facts(found, cutoffs or Cutoffs(), usual=usual, looked_at=looked_at)]


EASY_DAY = {"is_whole": True, "is_easy": True}


@pytest.mark.parametrize(
    ("found", "usual", "expected"),
    [
        (pains(7, 4, 6), None, [ReviewKey.PAIN]),
        (pains(6, 6), None, [ReviewKey.PAIN]),
        (pains(5, 5, 5), None, []),  # the limit is OK; above it is not
        (pains(7, 5, 5), None, []),
        (pains(7, 4, 4, 9), None, []),  # the fourth is not of the last three
        (pains(7, None, None, 9), None, []),  # one that says nothing is a session too
        (mornings(False, True, False), None, [ReviewKey.UNSETTLED]),
        (mornings(False, None, None, None, False), None, [ReviewKey.UNSETTLED]),
        (mornings(False, True, True, False), None, []),
        (mornings(False, "?", "?", False), None, []),  # not sure yet is an answer, and says neither
        (mornings(None, None, None), None, []),
        (pains(5, 5, 4), 3, [ReviewKey.MOVED]),
        (pains(1, 1, 5), 3, [ReviewKey.MOVED]),
        (pains(4, 4, 5), 3, []),
        (pains(5, None, 5), 3, []),  # two pains have no median of three
        (pains(5, None, 5, 5), 3, [ReviewKey.MOVED]),
        (sessions({"sore": ("Bridge",)}, {"sore": ("Bridge", "Clamshell")}), None, [ReviewKey.SORE]),
        (sessions({"sore": ("Bridge",)}, {"sore": ("Clamshell",)}), None, []),
        (sessions(*[EASY_DAY] * 3), None, [ReviewKey.EASY]),
        (sessions(*[EASY_DAY] * 2), None, []),
        (sessions(EASY_DAY, EASY_DAY, {"is_whole": True}, EASY_DAY), None, []),
        (sessions(EASY_DAY, {"is_easy": True}, EASY_DAY), None, []),
        ([], 3, []),
    ],
)
def test_each_key_at_its_cut_off(found, usual, expected):
    assert keys(found, usual=usual) == expected


@pytest.mark.parametrize(
    ("cutoffs", "found", "expected"),
    [
        ({"pain_above": 7, "moved_by": 9}, pains(7, 7, 7), []),
        ({"pain_times": 1, "pain_of": 1}, pains(6, 0), [ReviewKey.PAIN]),
        ({"pain_times": 1, "pain_of": 1}, pains(0, 6), []),
        ({"unsettled_times": 1, "unsettled_of": 1}, mornings(False), [ReviewKey.UNSETTLED]),
        ({"moved_by": 4}, pains(6, 6, 5, 5), [ReviewKey.PAIN]),
        ({"sore_times": 1}, sessions({"sore": ("Bridge",)}), [ReviewKey.SORE]),
        ({"easy_times": 1}, sessions(EASY_DAY), [ReviewKey.EASY]),
    ],
)
def test_cut_offs_are_the_clinics(cutoffs, found, expected):
    assert keys(found, usual=3, cutoffs=Cutoffs(**cutoffs)) == expected


def test_a_fact_names_what_it_counts_and_of_which():
    (fact,) = review_facts(pains(7, 4, 6), Cutoffs(), usual=None, looked_at=None)
    assert ([one.pain for one in fact.hits], [one.pain for one in fact.among]) == ([7, 6], [7, 4, 6])
    (fact,) = review_facts(
        sessions({"sore": ("A", "A")}, {"sore": ("B",)}, {"sore": ("B",)}), Cutoffs(), usual=None, looked_at=None
    )
    assert (fact.what, len(fact.hits)) == ("B", 2)
    (fact,) = review_facts(pains(4, 5, 1), Cutoffs(), usual=1, looked_at=None)
    assert fact.what == 4


def test_what_came_after_the_look_makes_the_fact_new_again():
    found = pains(7, 4, 6)
    assert keys(found, looked_at=NOON - DAY) == [ReviewKey.PAIN]
    assert keys(found, looked_at=NOON) == []
    changed = [replace(found[0], at=NOON + DAY), *found[1:]]
    assert keys(changed, looked_at=NOON) == [ReviewKey.PAIN]
    later = [RecentSession("new", MONDAY, NOON + DAY, pain=2), found[0], RecentSession("x", MONDAY, NOON, pain=9)]
    assert keys(later, looked_at=NOON) == []  # what came since is no part of it


def test_an_answer_of_the_morning_after_the_look_is_new():
    found = mornings(False, False)
    assert keys(found, looked_at=NOON) == [ReviewKey.UNSETTLED]
    assert keys(found, looked_at=NOON + DAY) == []


@pytest.mark.parametrize(("days_ago", "passed", "quiet"), [(0, False, False), (1, True, False), (7, True, True)])
def test_dates(days_ago, passed, quiet):
    day = MONDAY - days_ago * DAY
    assert (has_passed(day, MONDAY), is_quiet(day, MONDAY, Cutoffs())) == (passed, quiet)
    assert not has_passed(None, MONDAY)
    assert not is_quiet(None, MONDAY, Cutoffs())


# Of anything that can be

any_moment = st.integers(0, 1_000_000).map(lambda n: NOON - dt.timedelta(minutes=n))
any_session = st.builds(
    RecentSession,
    id=st.text("abc", min_size=1, max_size=3),
    day=st.dates(dt.date(2026, 1, 1), MONDAY),
    at=any_moment,
    pain=st.none() | st.integers(0, 10),
    is_whole=st.booleans(),
    is_easy=st.booleans(),
    settled=st.none() | st.booleans(),
    answered_at=st.none() | any_moment,
    sore=st.lists(st.sampled_from("ABC"), max_size=3).map(tuple),
)
any_sessions = st.lists(any_session, max_size=NEWEST + 3)
any_usual = st.none() | st.integers(0, 10)
any_cutoffs = st.builds(
    Cutoffs,
    *[st.integers(0, 9), *[st.integers(1, 5)] * 6, st.integers(1, 30), st.integers(1, 5)],
)
any_look = st.none() | any_moment


@given(any_sessions, any_cutoffs, any_usual, any_look)
def test_facts_stand_in_their_order_once_each_and_count_what_they_hold(found, cutoffs, usual, looked_at):
    facts = review_facts(found, cutoffs, usual=usual, looked_at=looked_at)
    assert [fact.key for fact in facts] == sorted({fact.key for fact in facts})
    for fact in facts:
        assert set(fact.hits) <= set(fact.among) <= set(found)
        assert fact.hits
        assert looked_at is None or fact.newest > looked_at


@given(any_sessions, any_cutoffs, any_usual, any_look)
def test_to_look_takes_facts_away_and_never_makes_one(found, cutoffs, usual, looked_at):
    everything = review_facts(found, cutoffs, usual=usual, looked_at=None)
    since = review_facts(found, cutoffs, usual=usual, looked_at=looked_at)
    assert [fact for fact in everything if fact in since] == since
    last = max((one.answered_at or one.at for one in found), default=NOON)
    last = max([last, *(one.at for one in found)])
    assert review_facts(found, cutoffs, usual=usual, looked_at=last) == []


@given(any_sessions, any_cutoffs, any_usual, st.booleans())
def test_a_row_stands_where_its_first_fact_does(found, cutoffs, usual, has_told):
    facts = review_facts(found, cutoffs, usual=usual, looked_at=None)
    first = min([*([ReviewKey.TOLD] if has_told else []), *(fact.key for fact in facts), LATER])
    assert place_of(facts, has_told=has_told) == first


@given(any_sessions, st.none() | st.builds(ToldWords, st.integers(1, 9), st.text(max_size=20), st.just(NOON)))
def test_entries_are_read_as_they_were_kept(found, told):
    assert unpack_entries(pack_entries(found, told)) == (found, told)
