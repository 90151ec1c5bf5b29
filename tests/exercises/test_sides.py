"""Left and right, exhaustively: every mode, every side, every affected side."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises.sides import Side, SideMode, in_words, leading_leg, picture_side, side_for, sides_of, with_change

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
