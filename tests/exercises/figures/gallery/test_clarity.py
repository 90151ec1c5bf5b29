"""Every picture is told from every other one in grey on a card of 40 mm, by number."""

import numpy as np
import pytest

from exercises.figures.gallery import clarity
from exercises.figures.gallery.clarity import (
    NOT_YET,
    SIDE,
    START_TO_END,
    TWO_EXERCISES,
    Likeness,
    apart,
    cards,
    nearest_ends,
    nearest_ways,
    unclear_ends,
    unclear_ways,
)
from exercises.figures.pose.movements import slugs

STOUTEST = "rowan"
"""Of a stout person the least is seen to move."""
NEAR = 0.1
"""A person changes less than this of a difference."""


def test_start_and_end_and_any_two_exercises_are_told_apart_and_no_clear_one_is_excused():
    """One test, for drawing the cards is what takes time."""
    ways, ends = nearest_ways(slugs()), nearest_ends(slugs())
    assert unclear_ways(ways) == []
    assert unclear_ends(ends) == []
    near = [one.exercises[0] for one in ways if one.apart < START_TO_END + NEAR]
    assert unclear_ways(nearest_ways(near, STOUTEST)) == []
    known = {frozenset(one.exercises): one.apart >= START_TO_END for one in ways}
    known |= {frozenset(one.exercises): one.apart >= TWO_EXERCISES for one in ends}
    assert set(NOT_YET) <= set(known)
    assert [one for one in NOT_YET if known[one]] == [], "clear by now: take it off the list"


def card(left, top, width, height, value=1.0):
    found = np.zeros((SIDE, SIDE), np.float32)
    found[top : top + height, left : left + width] = value
    return found


def test_difference_of_silhouettes_is_one_less_intersection_over_union():
    assert apart(card(10, 10, 20, 20), card(10, 10, 20, 10)) == pytest.approx(0.5)


def test_a_picture_elsewhere_on_its_card_is_the_same_picture():
    assert apart(card(10, 10, 20, 20), card(50, 40, 20, 20)) == pytest.approx(0, abs=1e-6)


def test_leg_that_works_counts_more_than_the_rest():
    start = np.maximum(card(10, 10, 10, 40, clarity.PALE), card(20, 10, 5, 20))
    other_body = np.maximum(card(10, 10, 10, 20, clarity.PALE), card(20, 10, 5, 20))
    other_leg = np.maximum(card(10, 10, 10, 40, clarity.PALE), card(20, 10, 20, 5))
    assert 0 < apart(start, other_body) < apart(start, other_leg) < 1


def test_a_card_holds_the_whole_picture_as_large_as_it_fits():
    start, end = cards("standing-hip-flexion", "maple")
    assert start.shape == end.shape == (SIDE, SIDE)
    assert set(np.unique(end).tolist()) == {0.0, np.float32(clarity.PALE).item(), 1.0}
    rows = np.flatnonzero(start.any(axis=1))
    assert np.ptp(rows) > 0.8 * SIDE


def test_a_push_goes_nowhere_and_a_clam_that_goes_nowhere_is_unclear():
    assert unclear_ways([Likeness(("buttock-squeeze",), 0.0)]) == []
    assert unclear_ways([Likeness(("clamshell",), 0.1)]) == ["0.10  clamshell: start and end"]


def test_what_is_worn_tells_two_apart_only_if_it_is_seen(monkeypatch):
    alike = Likeness(("clamshell", "clamshell-band"), 0.1)
    assert unclear_ends([alike]) == []
    monkeypatch.setattr(clarity, "WORN_SEEN", SIDE * SIDE)
    assert unclear_ends([alike]) == ["0.10  clamshell and clamshell-band"]
    assert unclear_ends([Likeness(("bridge", "clamshell"), 0.1)]) == ["0.10  bridge and clamshell"]
