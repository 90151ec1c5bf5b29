"""The dose's line, exhaustively where it has few cases, by hypothesis where it has many."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises import dosage
from exercises.dosage import Dose, minutes_for
from exercises.sides import Side
from exercises.wording import dose_line, dose_parts, span, unusual_parts


@pytest.mark.parametrize(
    ("low", "high", "words"), [(10, None, "10"), (8, 12, "8–12"), (10, 10, "10"), (0, None, "0"), (0, 5, "0–5")]
)
def test_span_reads_as_a_number_or_a_range(low, high, words):
    assert span(low, high) == words


@pytest.mark.parametrize(
    ("dose", "side", "line"),
    [
        (Dose(), "", "1 × 10"),
        (Dose(sets=3, hold_s=5, rest_s=30), "left", "3 × 10 · hold 5 s · rest 30 s · left leg"),
        (Dose(reps=8, reps_to=12), "each", "1 × 8–12 · each leg"),
        (Dose(reps=1, hold_s=20, hold_to_s=30), "each", "hold 20–30 s · each leg"),
        (Dose(sets=2, reps=1, hold_s=30), "right", "2 × hold 30 s · right leg"),
        (Dose(reps=1), "both", "1 × 1 · both legs"),
        (Dose(reps=1, reps_to=3, hold_s=5), "", "1 × 1–3 · hold 5 s"),
        (Dose(directions=2), "in_turn", "1 × 10 · each direction · each leg in turn"),
        (Dose(hold_s=3, hold_to_s=5), "both", "1 × 10 · hold 3–5 s · both legs"),
        (Dose(load="red band", tempo="3 seconds down"), "", "1 × 10 · red band · 3 seconds down"),
    ],
)
def test_dose_is_one_line(dose, side, line):
    assert dose_line(dose, side) == line


def test_unknown_side_is_a_mistake():
    with pytest.raises(ValueError, match="middle"):
        dose_parts(Dose(), "middle")


@pytest.mark.parametrize(
    ("dose", "is_one_hold"),
    [
        (Dose(reps=1, hold_s=20), True),
        (Dose(reps=1, hold_s=0), False),
        (Dose(reps=1, reps_to=2, hold_s=20), False),
        (Dose(reps=2, hold_s=20), False),
    ],
)
def test_stretch_is_held_once(dose, is_one_hold):
    assert dose.is_one_hold is is_one_hold


@pytest.mark.parametrize(
    ("dose", "words"),
    [
        (Dose(sets=5, reps=30), []),
        (Dose(reps=31), ["31 reps"]),
        (Dose(reps=10, reps_to=30), []),
        (Dose(reps=10, reps_to=100), ["10–100 reps"]),
        (Dose(sets=6), ["6 sets"]),
        (Dose(sets=10, reps=100), ["100 reps", "10 sets"]),
    ],
)
def test_unusual_numbers_ask_for_a_second_look(dose, words):
    assert unusual_parts(dose) == words


@pytest.mark.parametrize(
    ("dose", "side", "minutes"),
    [
        (Dose(), "left", 2),  # 60 + 40 s
        (Dose(), "", 2),
        (Dose(), "both", 2),
        (Dose(), "each", 3),  # 60 + 2 × 40 s
        (Dose(), "in_turn", 3),
        (Dose(reps=15), "both", 2),  # 120 s to the second
        (Dose(reps=16), "both", 3),
        (Dose(reps=8, reps_to=16), "both", 3),
        (Dose(hold_s=3), "both", 3),
        (Dose(reps=1, hold_s=20, hold_to_s=30), "each", 3),
        (Dose(directions=2), "each", 4),
        (Dose(sets=3, rest_s=60), "left", 5),  # 60 + 120 + 2 rests
        (Dose(sets=3, rest_s=60), "each", 9),
        (Dose(sets=1, rest_s=600), "left", 2),
        (Dose(sets=3, reps=20, hold_s=10), "each", 29),
    ],
)
def test_minutes_follow_the_dose(dose, side, minutes):
    assert minutes_for(dose, side) == minutes


def within(limits):
    return st.integers(*limits)


doses = st.builds(
    Dose,
    sets=within(dosage.SETS),
    reps=within(dosage.REPS),
    reps_to=st.none() | within(dosage.REPS),
    hold_s=within(dosage.HOLD_S),
    hold_to_s=st.none() | within(dosage.HOLD_S),
    rest_s=within(dosage.REST_S),
    directions=within(dosage.DIRECTIONS),
)


@given(dose=doses)
def test_legs_in_turn_take_longer_than_one_and_never_more_than_twice_as_long(dose):
    one, each = minutes_for(dose, "left"), minutes_for(dose, "each")
    assert 2 <= one <= each <= 2 * one


@given(dose=doses, side=st.sampled_from(Side))
def test_line_tells_every_number_that_matters_and_ends_with_the_side(dose, side):
    line = dose_line(dose, side)
    assert line.endswith(str(side.label))
    assert line.count(str(side.label)) == 1
    numbers = re.findall(r"\d+", line)
    assert str(dose.hold_s) in numbers or dose.hold_s == 0
    assert str(dose.rest_s) in numbers or dose.rest_s == 0
    assert str(dose.reps) in numbers or dose.is_one_hold
    assert str(dose.sets) in numbers or dose.is_one_hold
    assert ("each direction" in line) == (dose.directions == 2)
    assert "·  ·" not in line
    assert "None" not in line
