import numpy as np
import pytest

from exercises.figures.room.boxes import Box
from exercises.figures.seen.camera import Camera, bounds
from tests.exercises.figures.tracing import ball


def test_from_the_front_left_is_right_and_up_is_up():
    placed = Camera(yaw=0, pitch=0, scale=4).place([[1, 0, 0], [0, 1, 0], [0, 0, 1]])
    assert placed == pytest.approx(np.array([[4, 0, 0], [0, -4, 0], [0, 0, 4]]))


def test_yaw_goes_round_to_the_figures_left_and_pitch_above():
    from_left = Camera(yaw=90, pitch=0, scale=1)
    assert from_left.place((1, 0, 0)) == pytest.approx([0, 0, 1])
    from_above = Camera(yaw=0, pitch=90, scale=1)
    assert from_above.place((0, 1, 0)) == pytest.approx([0, 0, 1])


def test_the_origin_is_the_pictures_corner():
    assert Camera(0, 0, 2, origin=(10, -20)).place((3, 4, 5)) == pytest.approx([-4, 12, 10])


def test_a_mirrored_camera_sees_the_exact_reflection():
    rng = np.random.default_rng(1)
    points = rng.normal(0, 60, (50, 3))
    plain, mirrored = Camera(-68, 7, 4), Camera(-68, 7, 4, mirror=True)
    assert np.array_equal(mirrored.place(points), plain.place(points) * [-1, 1, 1])
    reflected = Camera(68, 7, 4).place(points * [-1, 1, 1])
    assert mirrored.place(points) == pytest.approx(reflected, abs=1e-9)


def test_bounds_hold_balls_boxes_and_points():
    camera = Camera(0, 0, 1)
    box = Box("box", "wood", np.array([20.0, 0, 0]), np.array([1.0, 2, 3]), np.eye(3))
    low, high = bounds(camera, [ball((0, 0, 0), (3, 5, 1))], [box], [[0, 40, 0]])
    assert low == pytest.approx([-3, -40])
    assert high == pytest.approx([21, 5])


def test_shapes_turn_with_the_camera():
    shape = np.diag([9.0, 1, 4])[None]
    assert Camera(90, 0, 1).shapes(shape)[0] == pytest.approx(np.diag([4.0, 1, 9]), abs=1e-9)
