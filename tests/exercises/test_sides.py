"""Left and right, exhaustively: every mode, every side, every affected side."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises.sides import (
    Side,
    SideMode,
    Works,
    leading_leg,
    picture_side,
    side_for,
    sides_of,
    sore_side_for,
    trained_side,
)
from exercises.wording import in_words, moves_and_trains, trains, with_change

AFFECTED = ("left", "right", "both", "")


@pytest.mark.parametrize(
    ("mode", "affected", "side"),
    [
        ("each_side", "left", "each"),
        ("each_side", "right", "each"),
        ("each_side", "both", "each"),
        ("each_side", "", "each"),
        ("affected_only", "left", "left"),
        ("affected_only", "right", "right"),
        ("affected_only", "both", "in_turn"),
        ("affected_only", "", ""),
        ("bilateral", "left", "both"),
        ("bilateral", "right", "both"),
        ("bilateral", "both", "both"),
        ("bilateral", "", "both"),
    ],
)
def test_prescription_starts_with_the_side(mode, affected, side):
    assert side_for(mode, affected) == side


@pytest.mark.parametrize(
    ("mode", "sides"),
    [
        ("each_side", ["left", "right", "each"]),
        ("affected_only", ["left", "right", "in_turn"]),
        ("bilateral", ["both"]),
    ],
)
def test_physiotherapist_chooses_between(mode, sides):
    assert sides_of(mode) == sides


@pytest.mark.parametrize(("mode", "affected"), [*itertools.product(SideMode, AFFECTED)])
def test_the_side_it_starts_with_can_be_chosen(mode, affected):
    assert side_for(mode, affected) in [*sides_of(mode), ""]


def test_both_affected_reads_each_leg_in_turn():
    assert Side(side_for(SideMode.AFFECTED_ONLY, "both")).label == "each leg in turn"


@pytest.mark.parametrize(
    ("side", "affected", "leg"),
    [
        ("left", "right", "left"),
        ("right", "left", "right"),
        ("left", "", "left"),
        ("each", "left", "left"),
        ("each", "right", "right"),
        ("each", "both", "right"),
        ("each", "", "right"),
        ("in_turn", "both", "right"),
        ("in_turn", "left", "left"),
        ("both", "left", "left"),
        ("both", "", "right"),
        ("", "", "right"),
        ("", "left", "left"),
    ],
)
def test_leading_leg_is_the_sides_own_or_the_affected_one(side, affected, leg):
    assert leading_leg(side, affected) == leg
    assert picture_side(side, affected) == ("both" if side == "both" else leg)


@given(side=st.sampled_from([*Side.values, ""]), affected=st.sampled_from(AFFECTED), text=st.text())
def test_words_and_picture_name_the_same_leg(side, affected, text):
    shown = picture_side(side, affected)
    leg = leading_leg(side, affected)
    assert shown in {leg, "both"}
    other = {"left": "right", "right": "left"}[leg]
    plain = text.replace("{", "").replace("}", "")
    assert in_words(f"{plain}{{leg}}{plain}{{other}}", side, affected) == f"{plain}{leg}{plain}{other}"
    assert in_words(plain, side, affected) == plain


@pytest.mark.parametrize(
    ("side", "position", "last"),
    [
        ("each", "standing", "Lower it. Then change legs."),
        ("in_turn", "kneeling", "Lower it. Then change legs."),
        ("each", "side_lying", "Lower it. Then change sides."),
        ("in_turn", "side_lying", "Lower it. Then change sides."),
        *((side, "side_lying", "Lower it.") for side in ("left", "right", "both", "")),
    ],
)
def test_legs_that_take_turns_are_changed_in_the_last_step(side, position, last):
    steps = ["Lift it.", "Lower it."]
    assert with_change(steps, side, position) == ["Lift it.", last]
    assert steps == ["Lift it.", "Lower it."]
    assert with_change([], side, position) == []


@pytest.mark.parametrize(
    ("side", "ways", "last"),
    [
        ("left", 2, "Breathe. Do the other way too."),
        ("each", 2, "Breathe. Do the other way too. Then change legs."),
        ("each", 1, "Breathe. Then change legs."),
        ("left", 1, "Breathe."),
    ],
)
def test_circles_go_the_other_way_where_the_dose_says_so(side, ways, last):
    assert with_change(["Circle.", "Breathe."], side, "kneeling", ways) == ["Circle.", last]


@pytest.mark.parametrize(
    ("side", "works", "hip"),
    [
        ("left", "other", "right"),
        ("right", "other", "left"),
        ("left", "both", "both"),
        ("right", "both", "both"),
        *itertools.product(("left", "right"), ("moving",), ("",)),
        *itertools.product(("each", "in_turn", "both", ""), Works.values, ("",)),
    ],
)
def test_trained_hip_is_told_where_it_is_not_plainly_the_leg_that_moves(side, works, hip):
    assert trained_side(side, works) == hip
    assert bool(trains(side, works)) == bool(moves_and_trains(side, works)) == bool(hip)


def test_trained_hip_reads_for_patients_and_for_clinicians():
    assert (trains("right", "other"), trains("left", "both")) == ("Trains your left hip", "Trains both hips")
    assert moves_and_trains("right", "other") == "Right leg moves · trains the left hip"
    assert moves_and_trains("left", "both") == "Left leg moves · trains both hips"


@pytest.mark.parametrize(
    ("mode", "affected", "side"),
    [
        ("each_side", "left", "left"),
        ("each_side", "right", "right"),
        ("each_side", "both", "each"),
        ("each_side", "", ""),
        ("affected_only", "left", "left"),
        ("affected_only", "both", "in_turn"),
        ("affected_only", "", ""),
        ("bilateral", "left", "both"),
    ],
)
def test_what_is_meant_for_the_sore_leg_starts_with_it(mode, affected, side):
    assert sore_side_for(mode, affected) == side
    assert side in [*sides_of(mode), ""]
