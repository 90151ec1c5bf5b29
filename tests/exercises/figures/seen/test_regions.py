import numpy as np
import pytest

from exercises.figures.seen.camera import Camera
from exercises.figures.seen.raster import part_field
from exercises.figures.seen.regions import area, outlines, visible
from tests.exercises.figures.tracing import ball

FRONT = Camera(0, 0, 4)


def seen_area(part, *others, bias=0.0):
    field = part_field(part, FRONT)
    seen = visible(field, [part_field(other, FRONT) for other in others], bias)
    return -sum(area(line) for line in outlines(seen, field.left, field.top))


def test_what_nothing_hides_is_seen_whole():
    assert abs(seen_area(ball((0, 0, 0), 5), ball((30, 0, 0), 5))) == pytest.approx(np.pi * 400, rel=0.003)


def test_a_smaller_ball_in_front_takes_its_disc_away():
    hidden = seen_area(ball((0, 0, 0), 5), ball((0, 0, 20), 2))
    assert abs(hidden) == pytest.approx(np.pi * (400 - 64), rel=0.003)


def test_a_ball_behind_takes_nothing_away():
    assert abs(seen_area(ball((0, 0, 0), 5), ball((0, 0, -20), 4))) == pytest.approx(np.pi * 400, rel=0.003)


def test_what_is_wholly_hidden_has_no_outline():
    field = part_field(ball((0, 0, 0), 2), FRONT)
    seen = visible(field, [part_field(ball((0, 0, 20), 6), FRONT)])
    assert outlines(seen, field.left, field.top) == []


def test_two_that_run_into_each_other_share_one_border():
    one, other = ball((-3, 0, 0), 5), ball((3, 0, 0), 5)
    together = abs(seen_area(one, other)) + abs(seen_area(other, one))
    angle = np.arccos(3 / 5)
    lens = 2 * (25 * angle - 15 * np.sin(angle))
    assert together == pytest.approx((2 * np.pi * 25 - lens) * 16, rel=0.004)


def test_a_bias_lets_what_is_just_under_a_surface_be_seen():
    assert seen_area(ball((0, 0, 0), 2), ball((0, 0, -3.2), 5.3)) == 0
    assert abs(seen_area(ball((0, 0, 0), 2), ball((0, 0, -3.2), 5.3), bias=4)) > 100


def test_inside_is_on_the_right_of_an_outline_on_the_screen():
    field = part_field(ball((0, 0, 0), 5), FRONT)
    (line,) = outlines(field.inside, field.left, field.top)
    along = np.roll(line, -1, axis=0) - line
    right = np.column_stack([-along[:, 1], along[:, 0]])
    assert ((line * right).sum(axis=1) < 0).all()


def test_a_hole_runs_the_other_way_round_and_specks_are_left_out():
    field = part_field(ball((0, 0, 0), 5), FRONT)
    seen = visible(field, [part_field(ball((0, 0, 20), 1), FRONT)])
    outer, hole = sorted(outlines(seen, field.left, field.top), key=lambda line: -abs(area(line)))
    assert area(outer) * area(hole) < 0
    assert len(outlines(seen, field.left, field.top, smallest=100)) == 1


def test_an_outline_may_touch_the_patchs_rim():
    (line,) = outlines(np.ones((4, 6), np.float32), 10, 20)
    assert line.min(axis=0) == pytest.approx([10 - 1 / 6, 20 - 1 / 6])
    assert line.max(axis=0) == pytest.approx([15 + 1 / 6, 23 + 1 / 6])
