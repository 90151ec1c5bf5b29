"""Lines through points: laid out evenly, open or closed, and curves."""

import numpy as np
import pytest

from exercises.figures.body.polylines import catmull_rom, evenly, extend

CORNER = np.array([[0.0, 0.0], [3.0, 0.0], [3.0, 4.0]])


@pytest.mark.parametrize(("fewest", "step", "pieces"), [(7, np.inf, 7), (4, 0.5, 14), (4, 100.0, 4)])
def test_points_of_an_open_line_are_even_and_keep_its_ends(fewest, step, pieces):
    laid = evenly(CORNER, fewest, step)
    assert len(laid) == pieces + 1
    assert np.allclose(laid[[0, -1]], CORNER[[0, -1]])
    along = np.where(laid[:, 1] > 0, 3 + laid[:, 1], laid[:, 0])
    assert np.allclose(np.diff(along), 7 / pieces)


def test_closed_line_does_not_say_its_first_point_twice():
    laid = evenly(CORNER, 12, closed=True)
    assert len(laid) == 12
    assert np.allclose(laid[0], CORNER[0])
    assert np.allclose(np.hypot(*laid[-1]), 1)


def test_line_may_have_three_dimensions():
    assert evenly(np.eye(3), 6).shape == (7, 3)


def test_curve_goes_from_the_second_point_to_the_third():
    ends = extend(CORNER)
    first = catmull_rom(*ends[:4], np.array([[0.0], [1.0]]))
    assert np.allclose(first, CORNER[:2])
    straight = catmull_rom(*(np.array([float(x), 0.0]) for x in range(4)), np.array([[0.25]]))
    assert np.allclose(straight, [[1.25, 0.0]])
