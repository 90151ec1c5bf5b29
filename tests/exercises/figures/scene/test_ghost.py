"""The ghost of the start: it wears what the figure wears, and its seams lie within its outline."""

import dataclasses

import numpy as np
import pytest

from exercises.figures.pose.files import WornProp
from exercises.figures.pose.movements import read
from exercises.figures.scene.ghost import ghost
from exercises.figures.scene.stage import set_up
from exercises.figures.scene.styles import Style
from tests.exercises.figures.tracing import traced

SHOD = "standing-hip-abduction"
WEIGHTED = "standing-knee-lift-ankle-weight"


def ghost_of(movement, side="right"):
    return ghost(set_up(movement, side, Style(), 3.0))


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_ghost_in_shoes_has_a_hem_an_opening_and_a_sole(side):
    tint, seams = ghost_of(read(SHOD), side)
    assert tint.look.fill
    assert not seams.look.fill
    assert seams.look.dash == tint.look.dash
    assert seams.path.count("M") >= 3


def test_a_ghost_in_socks_has_a_toe():
    movement = read("side-lying-hip-abduction")
    assert movement.feet == "socks"
    assert len(ghost_of(movement)) == 2


def test_a_ghost_without_a_foot_has_no_seams():
    assert len(ghost_of(read("bridge"))) == 1


def test_a_ghost_wears_the_weight_of_its_leg():
    worn = read(WEIGHTED)
    bare = dataclasses.replace(worn, props=tuple(prop for prop in worn.props if not isinstance(prop, WornProp)))
    assert ghost_of(worn)[0].path != ghost_of(bare)[0].path
    assert ghost_of(worn)[1].path != ghost_of(bare)[1].path


def test_no_ghost_is_named_and_none_is_drawn():
    assert ghost_of(dataclasses.replace(read(SHOD), ghost=())) == ()


def test_seams_lie_within_the_ghost():
    tint, seams = ghost_of(read(SHOD))
    whole, within = (np.concatenate(traced(found.path)) for found in (tint, seams))
    assert (whole.min(axis=0) < within.min(axis=0)).all()
    assert (within.max(axis=0) < whole.max(axis=0)).all()
