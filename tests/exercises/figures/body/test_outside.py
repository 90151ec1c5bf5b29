"""Finding places on a body's skin."""

import numpy as np
import pytest

from exercises.figures.body.outside import Outside, curve
from exercises.figures.body.parts import ball
from exercises.figures.body.skull import HOME

BALLS = Outside.of([ball(HOME, (0, 0, 0), (2, 3, 4)), ball(HOME, (0, 0, 3), (1, 1, 2))])


def test_cast_finds_the_last_place_a_ray_meets():
    assert BALLS.cast((0, 0, 0), (0, 1, 0)) == pytest.approx([0, 3, 0])
    assert BALLS.cast((0, 0, 0), (0, 0, 1)) == pytest.approx([0, 0, 5])
    assert BALLS.cast((0, 0, 0), (0, 0, -9)) == pytest.approx([0, 0, -4])


def test_cast_that_meets_nothing_stays_where_it_is():
    assert BALLS.cast((9, 0, 0), (1, 0, 0)) == pytest.approx([9, 0, 0])
    assert BALLS.cast((9, 0, 0), (0, 1, 0)) == pytest.approx([9, 0, 0])


def test_fronts_lie_on_the_skin_lifted_to_the_viewer():
    places = BALLS.fronts([(-1.5, 0), (0, 0), (1.5, 0)], lift=0.2)
    assert places[len(places) // 2] == pytest.approx([0, 0, 5.2])
    assert places[0] == pytest.approx([-1.5, 0, 4 * np.sqrt(1 - 0.75**2) + 0.2])


def test_outward_keeps_the_rays_from_the_middle():
    places = BALLS.outward([(0, 1, 0), (0, 9, 0)], (0, 0, 0), lift=0.5)
    assert places == pytest.approx(np.tile([0, 3.5, 0], (len(places), 1)))


def test_curve_goes_through_what_is_given_and_stays_smooth():
    given = [(0, 0), (1, 2), (3, 2), (4, 0)]
    laid = curve(given)
    for place in given:
        assert np.abs(laid - place).sum(axis=1).min() < 1e-12
    turns = np.diff(np.unwrap(np.arctan2(*np.diff(laid, axis=0).T[::-1])))
    assert np.abs(turns).max() < np.deg2rad(40)
