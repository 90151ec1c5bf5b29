"""Hands: flat on a mat, hanging, closed round a rail, a fist."""

import itertools

import numpy as np
import pytest

from exercises.figures.body import hands
from exercises.figures.body.parts import reach, reflection
from exercises.figures.body.people import PEOPLE
from exercises.figures.skeleton.geometry import MIRROR, Frame, about_x, about_y, about_z
from tests.walks import for_each

PERSON = PEOPLE["maple"]
WRIST = Frame(about_y(20) @ about_x(-35) @ about_z(12), np.array([14.0, 90.0, 6.0]))
UPRIGHT = Frame(np.eye(3), np.zeros(3))
GRIPS = (0.0, 0.1, 0.25, 0.55, 0.8, 1.0)
grips = pytest.mark.parametrize("grip", GRIPS)


def both(wrist):
    return {"hand_l": wrist, "hand_r": wrist.reflection()}


def left(grip, wrist=UPRIGHT):
    return [part for part in hands.parts(both(wrist), {"l": grip, "r": grip}, PERSON) if part.name == "hand_l"]


def farthest(parts, direction):
    return max(reach(part, direction) for part in parts)


@grips
def test_hand_is_made_of_sound_ellipsoids_few_enough_to_draw_fast(grip):
    made = left(grip, WRIST)
    assert sum(len(part.centres) for part in made) <= 90
    for part in made:
        assert np.isfinite(part.centres).all()
        assert (np.linalg.eigvalsh(part.shapes) > 0).all()


@for_each(itertools.product(GRIPS, PEOPLE.values()))
def test_right_hand_mirrors_the_left_exactly(grip, person):
    made = hands.parts(both(WRIST), {"l": grip, "r": grip}, person)
    lefts = [part for part in made if part.name == "hand_l"]
    rights = [part for part in made if part.name == "hand_r"]
    for one, other in zip(lefts, rights, strict=True):
        assert np.array_equal(reflection(one).centres, other.centres)
        assert np.array_equal(reflection(one).shapes, other.shapes)
    lines = hands.strokes(both(WRIST), {"l": grip, "r": grip})
    half = len(lines) // 2
    for line, twin in zip(lines[:half], lines[half:], strict=True):
        assert np.array_equal(line.points @ MIRROR, twin.points)


def test_hand_is_as_long_as_an_adult_of_172_cm_has_it():
    assert farthest(left(0.0), (0, -1, 0)) == pytest.approx(18.0, abs=0.5)


def test_hand_closes_with_its_grip():
    lengths = [farthest(left(grip), (0, -1, 0)) for grip in GRIPS]
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[-1] < 12


def test_flat_hand_is_flat_enough_to_lie_on_a_mat():
    made = left(0.0)
    assert farthest(made, (1, 0, 0)) + farthest(made, (-1, 0, 0)) <= 4.6


def test_thumb_stands_off_a_flat_hand_and_lies_by_a_relaxed_one():
    spread = [farthest(left(grip), (0, 0, 1)) for grip in (0.0, 0.25)]
    assert spread[0] > spread[1] + 0.8


def test_fingers_close_towards_the_palm_and_the_thumb_opposes_them():
    fist = left(1.0)
    palm, fingers, thumb = fist
    assert farthest(fist, (-1, 0, 0)) > farthest(left(0.0), (-1, 0, 0)) + 2
    tip = thumb.centres[-1]
    assert fingers.centres[:, 2].min() < tip[2] < fingers.centres[:, 2].max() + 2
    assert tip[0] < palm.centres[:, 0].min() - 2


def test_gripping_fingers_leave_room_for_a_rail():
    """At the grip of the pose files a rail four centimetres thick fits between palm and finger tips."""
    _, fingers, _ = left(0.5)
    assert -fingers.centres[:, 0].min() >= 3


def test_outer_fingers_curl_further():
    bones = [hands._joints(finger, 1.0, UPRIGHT, 0.25)[-1] for finger in hands.FINGERS]
    bent = [float(np.arccos(np.clip(bone.axes[1, 1], -1, 1))) for bone in bones]
    assert bent[0] < bent[1] < bent[3]


def test_fingers_have_three_lines_between_them_on_each_hand():
    lines = hands.strokes(both(WRIST), {"l": 0.25, "r": 0.25})
    assert len(lines) == 6
    assert {line.material for line in lines} == {"skin_line"}
    assert all(np.isfinite(line.points).all() for line in lines)


def test_stout_people_have_thicker_fingers():
    def thick(person):
        made = hands.parts(both(UPRIGHT), {"l": 0.0, "r": 0.0}, person)
        return made[1].shapes[:, 0, 0].max()

    assert thick(PEOPLE["rowan"]) > thick(PEOPLE["alder"])
