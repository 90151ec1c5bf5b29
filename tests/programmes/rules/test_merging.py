"""Two windows, one draft: the rule itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.rules.merging import Stamp, merge

WORDS = st.sampled_from(["", "x", "y", "z"])


@pytest.mark.parametrize(
    ("was", "mine", "now", "written", "conflict", "news"),
    [
        ("", "", "", False, False, False),
        ("", "x", "", True, False, False),
        ("", "", "y", False, False, True),
        ("", "y", "y", False, False, False),
        ("", "x", "y", False, True, False),
    ],
)
def test_each_value_is_written_kept_asked_or_told(was, mine, now, written, conflict, news):
    found = merge(Stamp("a", {"goal": was}), {"goal": mine}, {"goal": now})
    assert (bool(found.written), bool(found.conflicts), bool(found.news)) == (written, conflict, news)


@given(was=WORDS, mine=WORDS, now=WORDS)
def test_nothing_is_lost_without_a_word(was, mine, now):
    found = merge(Stamp("a", {"goal": was}), {"goal": mine}, {"goal": now})
    kept = mine if found.written else now
    if mine not in (was, kept):
        assert found.conflicts == {"goal"}
    if now not in (was, kept):
        assert found.conflicts == {"goal"}


@given(was=WORDS, mine=WORDS, now=WORDS)
def test_what_this_window_wrote_last_gives_way_to_what_it_sends_now(was, mine, now):
    found = merge(Stamp("a", {"goal": was}), {"goal": mine}, {"goal": now}, own={"goal"})
    assert (mine if found.written else now) == mine
    assert not found.conflicts | found.news


def test_a_value_that_is_gone_is_not_written():
    assert not merge(Stamp("a", {"r-reps": 1}), {"r-reps": 2}, {}).written


def test_of_a_page_that_says_nothing_all_is_written():
    assert merge(Stamp(), {"goal": "x"}, {"goal": "y"}).written == {"goal"}


def test_what_is_asked_already_is_no_news():
    stamp = Stamp("a", {"goal": ""}, {"goal": "y"})
    assert not merge(stamp, {}, {"goal": "y"}).news
    assert merge(stamp, {}, {"goal": "z"}).news == {"goal"}


def test_a_stamp_reads_back_what_it_writes():
    stamp = Stamp("a1-b", {"goal": "“Gehen”", "rows": ["x"]}, {"goal": None})
    assert Stamp.read(str(stamp)) == stamp


def test_a_chosen_value_is_measured_by_what_was_chosen_from():
    stamp = Stamp("a", {"goal": "x"}, {"goal": "y"}).settled("goal")
    assert (stamp.was, stamp.asked) == ({"goal": "y"}, {})
