"""The mean with its inputs, the runs that may be joined by a line, and the printed table of the chair stand."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.rules.measured import (
    CHAIR_STAND_NORMS,
    ChairStands,
    Measured,
    Scored,
    in_runs,
    mean_of,
    norm_for,
    start_before,
)

SCORES = st.lists(st.integers(0, 10), min_size=1, max_size=5)
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1))
LISTS = st.lists(st.lists(st.sampled_from("abc"), unique=True, max_size=3), max_size=12)


def measured(activities, day=dt.date(2026, 11, 23)):
    return Measured(on=day, scores=tuple(Scored(one, one, 5) for one in activities))


@pytest.mark.parametrize(
    ("scores", "mean"),
    [([3, 5, 4], "4.0"), ([3, 4, 4], "3.7"), ([1, 2], "1.5"), ([0, 0, 0, 1], "0.3"), ([10], "10.0")],
)
def test_mean_has_one_place_and_a_half_goes_up(scores, mean):
    assert str(mean_of(scores)) == mean


def test_nothing_has_no_mean():
    assert mean_of([]) is None
    assert Measured(on=dt.date(2026, 11, 23), pain=3).mean is None


@given(SCORES)
def test_mean_is_the_nearest_tenth_to_the_true_one(scores):
    found, exact = mean_of(scores), Fraction(sum(scores), len(scores))
    assert min(scores) <= found <= max(scores)
    assert Fraction(-1, 20) < Fraction(found) - exact <= Fraction(1, 20)
    assert found == mean_of(scores[::-1])


@given(LISTS)
def test_runs_part_where_other_activities_were_asked_about_and_lose_nothing(lists):
    found = in_runs([measured(one) for one in lists], lambda one: one.activities)
    assert [one for run in found for one in run] == [measured(one) for one in lists]
    assert all(len({one.activities for one in run}) == 1 for run in found)
    assert all(a[-1].activities != b[0].activities for a, b in pairwise(found))


@given(st.lists(DAYS), DAYS)
def test_the_programme_of_a_day_is_the_newest_that_had_begun(starts, day):
    found = start_before(starts, day)
    begun = [one for one in starts if one <= day]
    assert found == (max(begun) if begun else None)


def test_with_hands_it_is_an_adapted_count():
    assert ChairStands(11, 44, hands_used=False).is_standard
    assert not ChairStands(11, 44, hands_used=True).is_standard


def test_the_table_is_that_of_its_source():
    """CDC, STEADI, "Assessment: 30-Second Chair Stand", the column "below average": fewer than these."""
    assert [(row.first_age, row.last_age, row.men, row.women) for row in CHAIR_STAND_NORMS] == [
        (60, 64, 14, 12),
        (65, 69, 12, 11),
        (70, 74, 12, 10),
        (75, 79, 11, 10),
        (80, 84, 10, 9),
        (85, 89, 8, 8),
        (90, 94, 7, 4),
    ]


@given(st.integers(18, 120))
def test_every_age_of_the_table_has_one_row_and_no_other_has_any(age):
    row = norm_for(age)
    assert (row is not None) == (60 <= age <= 94)
    assert row is None or row.first_age <= age <= row.last_age


def test_values_hold_the_mean_as_a_decimal():
    said = Measured(on=dt.date(2026, 11, 23), scores=(Scored("a", "Stairs", 3), Scored("b", "Socks", 4)))
    assert (said.mean, said.activities) == (Decimal("3.5"), {"a", "b"})
