import dataclasses

import numpy as np
import pytest

from exercises.figures.body.parts import Plane
from exercises.figures.room.boxes import Box
from exercises.figures.seen.camera import Camera
from exercises.figures.seen.raster import FAR, box_field, floor_field, halves, hull, lower, part_field, union
from exercises.figures.seen.regions import area, outlines
from exercises.figures.skeleton.geometry import about_y
from tests.exercises.figures.tracing import ball, stick

FRONT = Camera(0, 0, 4)


def covered(field):
    return sum(area(line) for line in outlines(field.inside, field.left, field.top))


def value_at(field, grid, x, y):
    return float(grid[y - field.top, x - field.left])


@pytest.mark.parametrize("camera", [FRONT, Camera(30, 20, 4), Camera(-110, -15, 3)])
def test_a_ball_is_a_disc_from_everywhere(camera):
    field = part_field(ball((2, 7, -4), 5), camera)
    assert abs(covered(field)) == pytest.approx(np.pi * (5 * camera.scale) ** 2, rel=0.003)


def test_a_balls_depth_is_its_front():
    field = part_field(ball((0, 0, 10), 5), FRONT)
    assert value_at(field, field.depth, 0, 0) == pytest.approx(60, abs=1e-3)
    assert value_at(field, field.depth, 16, 0) == pytest.approx(40 + 12, abs=0.05)
    assert value_at(field, field.inside, 0, 0) > 0 > value_at(field, field.inside, 21, 0)


def test_an_ellipsoids_outline_is_exact_when_it_is_turned():
    part = ball((0, 0, 0), (10, 3, 6))
    field = part_field(dataclasses.replace(part, shapes=about_y(35) @ part.shapes @ about_y(35).T), FRONT)
    wide = np.sqrt((10 * np.cos(np.deg2rad(35))) ** 2 + (6 * np.sin(np.deg2rad(35))) ** 2)
    assert abs(covered(field)) == pytest.approx(np.pi * wide * 3 * 16, rel=0.003)


def test_a_row_of_balls_is_one_smooth_body():
    field = part_field(stick((-10, 0, 0), (10, 0, 0), 3), FRONT)
    assert abs(covered(field)) == pytest.approx((20 * 6 + np.pi * 9) * 16, rel=0.005)
    assert value_at(field, field.depth, 13, 0) == pytest.approx(12, abs=0.05)


def test_a_part_smaller_than_a_pixel_is_a_speck():
    field = part_field(ball((0, 0, 0), 0.01), FRONT)
    assert abs(covered(field)) < 0.1
    assert np.isfinite(field.depth).all()


def test_fields_cannot_be_written_to():
    field = part_field(ball((0, 0, 0), 2), FRONT)
    with pytest.raises(ValueError, match="read-only"):
        field.inside[0, 0] = 1


def test_a_boxs_depth_is_its_nearest_face():
    box = Box("box", "wood", np.array([0.0, 0, 0]), np.array([5.0, 2, 3]), np.eye(3))
    field = box_field(box, FRONT)
    assert value_at(field, field.depth, 0, 0) == pytest.approx(12)
    assert value_at(field, field.inside, 18, 0) == pytest.approx(2)
    turned = box_field(box, Camera(0, 90, 4))
    assert value_at(turned, turned.depth, 0, 0) == pytest.approx(8)


def test_the_floor_is_seen_from_above_only():
    assert floor_field(Camera(0, 0), 100, 50) is None
    floor = floor_field(Camera(0, 30, 4, origin=(-50, -25)), 100, 50)
    assert floor.inside.min() > 0
    camera = Camera(0, 30, 4, origin=(-50, -25))
    x, y, depth = camera.place((3.0, 0.0, 2.0))
    assert value_at(floor, floor.depth, round(x), round(y)) == pytest.approx(depth, abs=1.0)


def test_halves_share_a_surface_and_leave_nothing_out():
    field = part_field(ball((0, 0, 0), 5), FRONT)
    left, right = halves(field, Plane(np.zeros(3), np.array([1.0, 0, 0])), FRONT)
    assert value_at(left, left.inside, 10, 0) > 0 > value_at(right, right.inside, 10, 0)
    assert covered(left) == pytest.approx(covered(right), rel=0.001)
    assert covered(left) + covered(right) == pytest.approx(covered(field), rel=0.003)


def test_a_union_shows_the_nearer_surface():
    near, far = part_field(ball((0, 0, 20), 3), FRONT), part_field(ball((2, 0, 0), 5), FRONT)
    both = union([far, near])
    assert value_at(both, both.depth, 0, 0) == pytest.approx(92, abs=0.01)
    assert value_at(both, both.depth, 20, 0) == pytest.approx(value_at(far, far.depth, 20, 0))
    assert np.array_equal(both.inside, union([near, far]).inside)


def test_a_lowered_field_is_further_away():
    field = part_field(ball((0, 0, 0), 2), FRONT)
    assert value_at(lower(field, 3), lower(field, 3).depth, 0, 0) == pytest.approx(5, abs=0.01)


def test_nothing_is_nearer_than_far():
    assert part_field(stick((0, 0, 0), (30, 30, 0), 1), FRONT).depth.min() >= FAR


def test_a_hull_runs_round_its_points():
    found = hull(np.array([[0, 0], [4, 0], [4, 3], [0, 3], [2, 1]], float))
    assert len(found) == 4
    assert abs(area(found)) == 12


def test_patches_apart_do_not_overlap():
    one, other = part_field(ball((0, 0, 0), 2), FRONT), part_field(ball((50, 0, 0), 2), FRONT)
    assert one.overlap(other) is None
    mine, yours = one.overlap(part_field(ball((2, 0, 0), 2), FRONT))
    assert one.inside[mine].shape == other.inside[yours].shape
