import re

import numpy as np
import pytest

from exercises.figures.lines.curves import Care, numbers, paths
from exercises.figures.lines.fitting import fit
from exercises.figures.lines.strands import corners, resample, smooth
from tests.exercises.figures.tracing import furthest, traced

CAREFUL = Care(error=0.3, smooth=0)


def circle(radius, many=200):
    turn = np.linspace(0, 2 * np.pi, many, endpoint=False)
    return np.column_stack([100 + radius * np.cos(turn), 90 + radius * np.sin(turn)])


def wobbly(rng, many=400):
    turn = np.linspace(0, 2 * np.pi, many, endpoint=False)
    radius = 60 + sum(rng.normal(0, 9 / n) * np.sin(n * turn + rng.uniform(0, 6)) for n in range(1, 7))
    return np.column_stack([200 + radius * np.cos(turn), 150 + radius * np.sin(turn)])


def cubics_of(path):
    return sum(
        len(re.findall(r"-?\d+", run)) // {"c": 6, "s": 4, "l": 2}[run[0]] for run in re.findall(r"[csl][^csl]*", path)
    )


def test_a_circle_takes_few_curves_and_stays_round():
    (path,) = paths([circle(40)], [True], [CAREFUL])
    (points,) = traced(path)
    assert np.hypot(*(points - [100, 90]).T) == pytest.approx(np.full(len(points), 40), abs=0.4)
    assert cubics_of(path) <= 6
    assert path.startswith("M")
    assert path.endswith("z")


@pytest.mark.parametrize("seed", range(8))
def test_curves_follow_a_line_within_the_error(seed):
    line = wobbly(np.random.default_rng(seed))
    (path,) = paths([line], [True], [CAREFUL])
    (points,) = traced(path)
    assert furthest(points, line) < 0.3 * 1.15 + 0.25  # and what rounding to whole units adds
    assert furthest(line, points) < 0.3 * 1.15 + 0.25


def test_less_care_takes_fewer_numbers():
    line = wobbly(np.random.default_rng(3))
    close, loose = paths([line, line], [True, True], [CAREFUL, Care(error=1.5, smooth=4)])
    assert len(loose) < 0.8 * len(close)


def test_handles_that_meet_are_written_once():
    assert "s" in "".join(paths([wobbly(np.random.default_rng(5))], [True], [CAREFUL]))


def test_a_square_keeps_its_corners_and_straight_sides():
    square = np.array([[0, 0], [60, 0], [60, 60], [0, 60]], float)
    (path,) = paths([square], [True], [Care(error=0.3, smooth=3)])
    (points,) = traced(path)
    for corner in square:
        assert np.hypot(*(points - corner).T).min() < 0.3
    assert "c" not in path
    assert "l" in path


def test_open_lines_keep_their_ends():
    t = np.linspace(0, 1, 50)
    line = np.column_stack([200 * t, 60 * np.sin(5 * t)])
    (path,) = paths([line], [False], [Care(error=0.3, smooth=6)])
    (points,) = traced(path)
    assert points[0] == pytest.approx(line[0], abs=0.11)
    assert points[-1] == pytest.approx(line[-1], abs=0.11)
    assert "z" not in path


def test_many_lines_at_once_are_each_what_they_are_alone():
    rng = np.random.default_rng(7)
    lines = [wobbly(rng), circle(12), wobbly(rng)[:150], circle(3)]
    closed, cares = [True, True, False, True], [CAREFUL, Care(0.5, 3), CAREFUL, CAREFUL]
    together = paths(lines, closed, cares)
    alone = [paths([line], [shut], [care])[0] for line, shut, care in zip(lines, closed, cares, strict=True)]
    assert together == alone


def test_nothing_makes_no_path():
    assert paths([], [], []) == []


def test_a_line_of_two_points_and_one_of_none_length_are_drawn():
    two, none = paths([np.array([[0, 0], [9, 3.0]]), np.zeros((3, 2))], [False, False], [CAREFUL, CAREFUL])
    assert two == "M0 0l45 15" or two.startswith("M0 0")
    assert none.startswith("M0 0")


def test_path_data_is_whole_numbers_with_nothing_to_spare():
    (path,) = paths([wobbly(np.random.default_rng(11))], [True], [CAREFUL])
    assert re.fullmatch(r"M-?\d+( |-)\d+([csl]?[-\d ]+)+z", path)
    assert " -" not in path
    assert "  " not in path
    assert numbers([1, -2, 3]) == "1-2 3"


def test_smoothing_leaves_corners_where_they_are():
    strands = resample([np.array([[0, 0], [40, 0], [40, 40], [0, 40]], float)], [True])
    sharp = corners(strands, np.array([48.0]))
    assert sharp.sum() == 4
    calmed = smooth(strands, sharp, np.array([8]))
    assert np.array_equal(calmed.points[sharp], strands.points[sharp])


def test_neighbours_between_corners_share_a_direction():
    strands = resample([wobbly(np.random.default_rng(2))], [True])
    sharp = corners(strands, np.array([48.0]))
    curves = fit(strands, sharp, np.array([0.3]))
    coming = curves.cubics[:-1, 3] - curves.cubics[:-1, 2]
    leaving = curves.cubics[1:, 1] - curves.cubics[1:, 0]
    across = coming[:, 0] * leaving[:, 1] - coming[:, 1] * leaving[:, 0]
    assert np.abs(across / np.hypot(*coming.T) / np.hypot(*leaving.T)).max() < 1e-6
