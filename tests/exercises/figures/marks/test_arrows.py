"""Arrows: where they run, how they are drawn, and what they leave free. And the badges' numbers."""

import dataclasses

import numpy as np
import pytest

from exercises.figures.lines.curves import UNITS
from exercises.figures.marks import arrows
from exercises.figures.marks.badges import DIGITS, RADIUS, badge
from exercises.figures.marks.palettes import COLOUR, colours
from exercises.figures.marks.pen import Pen
from exercises.figures.pose.files import ArcArrow, PathArrow, RingArrow
from exercises.figures.pose.movements import read
from exercises.figures.seen.camera import Camera
from exercises.figures.skeleton.solving import solve
from tests.exercises.figures.paths import holds, polygons

FOUND = colours(COLOUR, {}, "one")
MOVEMENT = read("standing-hip-flexion")
LOOK = Camera(MOVEMENT.camera.yaw, MOVEMENT.camera.pitch)
ARC = ArcArrow("shank_r", ((13.0, -27.0), (19.0, -10.0), (15.0, 8.0)), t=1.0)
PATH = PathArrow("shank_r", (0.0, -36.0, 0.0), (0.1, 0.9), 10.0)
RING = RingArrow("shank_r", (0.0, 1.0, 0.0), 20.0, (-75.0, 235.0), t=1.0)
RIGHT = np.array([-1.0, 1.0])


def test_an_arc_goes_through_its_three_points():
    anchor = LOOK.place(solve(MOVEMENT.pose_at(1.0)).frames["shank_r"].origin)[:2]
    points = arrows.way(ARC, MOVEMENT, LOOK).points
    for x, y in ARC.pts:
        assert np.linalg.norm(points - anchor - np.array([x, -y]) * LOOK.scale, axis=1).min() < 2


def test_points_in_a_row_make_a_straight_arrow():
    arc = dataclasses.replace(ARC, pts=((0.0, 0.0), (5.0, 5.0), (10.0, 10.0)))
    points = arrows.way(arc, MOVEMENT, LOOK).points
    assert np.ptp(points.sum(axis=1)) < 1e-6
    two = arrows.way(dataclasses.replace(ARC, pts=((0.0, 0.0), (10.0, 10.0))), MOVEMENT, LOOK).points
    assert two == pytest.approx(points)


def test_a_path_keeps_its_distance_from_the_limb_it_follows():
    points = arrows.way(PATH, MOVEMENT, LOOK).points
    for t in np.linspace(*PATH.span, 9):
        heel = LOOK.place(solve(MOVEMENT.pose_at(float(t))).frames["shank_r"].at(PATH.local))[:2]
        assert np.linalg.norm(points - heel, axis=1).min() == pytest.approx(PATH.offset * LOOK.scale, abs=6)


def test_of_a_ring_the_far_half_is_behind():
    found = arrows.way(RING, MOVEMENT, LOOK)
    assert 0.3 < found.behind.mean() < 0.7
    assert found.points[found.behind][:, 1].mean() < found.points[~found.behind][:, 1].mean()


@pytest.mark.parametrize("arrow", [ARC, PATH, RING], ids=["arc", "path", "ring"])
def test_a_mirrored_arrow_is_the_reflection(arrow):
    right = arrows.way(arrow, MOVEMENT, LOOK)
    left = arrows.way(arrow, MOVEMENT, dataclasses.replace(LOOK, mirror=True))
    assert left.points == pytest.approx(right.points * RIGHT)
    assert (left.behind == right.behind).all()


@pytest.mark.parametrize("arrow", [ARC, PATH], ids=["arc", "path"])
def test_an_arrow_is_a_blade_with_a_pale_rim_under_it(arrow):
    found = arrows.way(arrow, MOVEMENT, LOOK)
    drawn = arrows.arrow_marks(found, LOOK.scale, FOUND)
    assert drawn.behind == ()
    rim, blade = drawn.front
    assert (rim.look.fill, blade.look.fill) == (FOUND["arrow_halo"], FOUND["arrow"])
    assert rim.look.width > blade.look.width
    assert rim.path == blade.path
    middle = found.points[len(found.points) // 2] * UNITS
    assert holds(polygons(blade.path), middle)


def test_a_ring_is_painted_in_two_halves():
    drawn = arrows.arrow_marks(arrows.way(RING, MOVEMENT, LOOK), LOOK.scale, FOUND)
    assert drawn.behind
    assert {mark.look.fill for mark in drawn.behind} == {FOUND["arrow"]}
    assert {mark.look.fill for mark in drawn.front} == {FOUND["arrow"], FOUND["arrow_halo"]}


def test_arrows_grow_with_the_line_and_short_ones_are_slight():
    assert arrows.scale_of(0.62) == 1
    assert arrows.scale_of(1.15) == pytest.approx(1.54, abs=0.01)
    short = dataclasses.replace(ARC, pts=((0.0, 0.0), (8.0, 0.0)))
    heights = [
        np.ptp(
            np.concatenate(
                polygons(arrows.arrow_marks(arrows.way(one, MOVEMENT, LOOK), LOOK.scale, FOUND).front[1].path)
            )[:, 1]
        )
        for one in (short, dataclasses.replace(ARC, pts=((0.0, 0.0), (30.0, 0.0))))
    ]
    assert heights[0] < 0.75 * heights[1]


@pytest.mark.parametrize("number", DIGITS)
def test_a_badge_is_a_disc_with_a_digit_well_inside(number):
    disc, digit = badge(number, (100.0, 50.0), Pen(FOUND, 10, 20))
    around = np.concatenate(polygons(disc.path))
    radius = np.linalg.norm(around - np.array([100, 50]) * UNITS, axis=1)
    assert radius == pytest.approx(RADIUS * 20, rel=0.02)
    strokes = np.concatenate(polygons(digit.path)) - np.array([100, 50]) * UNITS
    assert np.linalg.norm(strokes, axis=1).max() + digit.look.width / 2 < RADIUS * 20
    assert (digit.look.fill, digit.look.stroke) == ("", FOUND["badge_ink"])
