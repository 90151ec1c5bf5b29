"""Props, and the strips worn on a body: where they are, how large, and the order they are painted in."""

import itertools

import numpy as np
import pytest

from exercises.figures.body.parts import reach, reflection
from exercises.figures.body.people import PEOPLE
from exercises.figures.body.whole import build
from exercises.figures.body.worn import worn
from exercises.figures.marks import joinery
from exercises.figures.marks.palettes import COLOUR, colours
from exercises.figures.pose.files import StandingProp, WornProp
from exercises.figures.pose.movements import read
from exercises.figures.room.boxes import Box
from exercises.figures.room.props import DEFAULT_SIZES, RAIL_TOP, SEAT_TOP, furniture, supports
from exercises.figures.seen.camera import Camera
from exercises.figures.skeleton.solving import solve
from tests.walks import for_each

UP, DOWN = (0, 1, 0), (0, -1, 0)
KINDS = ("floor", "mat", "chair", "bed", "worktop", "wall", "pillow", "cushion")
FOUND = colours(COLOUR, {}, "one")


def prop(kind, at=(0.0, 0.0, 0.0), size=None, yaw=0.0, around=(), along=0.0):
    return WornProp(kind, around, along) if around else StandingProp(kind, at, yaw, size)


def extent(made, axis):
    """Return how far furniture reaches along an axis: its least and its greatest coordinate."""
    corners = [corner[:, axis] for box in made.boxes for _, corner in box.faces()]
    way = np.eye(3)[axis]
    soft = [np.array([-reach(part, -way), reach(part, way)]) for part in made.soft]
    found = np.concatenate([*corners, *soft])
    return found.min(), found.max()


@pytest.mark.parametrize("kind", KINDS)
def test_a_prop_has_colours_for_all_its_sides(kind):
    made = furniture([prop(kind)])
    for box in made.boxes:
        assert {box.material, f"{box.material}_s", f"{box.material}_ink"} <= FOUND.keys()
    assert {part.material for part in made.soft} <= FOUND.keys()
    assert made.boxes or made.soft


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in {"floor", "wall"}])
def test_a_surface_is_the_top_of_what_is_drawn(kind):
    made = furniture([prop(kind, at=(3.0, 1.0, -2.0), yaw=30.0)])
    found = supports([prop(kind, at=(3.0, 1.0, -2.0), yaw=30.0)])
    tops = [surface.top for name, surface in found.items() if name != "floor"]
    assert max(tops) == pytest.approx(extent(made, 1)[1], abs=0.2)
    assert found["floor"].top == 0


@pytest.mark.parametrize("kind", ["mat", "worktop", "wall", "floor"])
def test_a_prop_is_as_large_as_its_size_says(kind):
    size = (90.0, 40.0, 50.0)
    made = furniture([prop(kind, size=size)])
    for axis in (0, 2):
        low, high = extent(made, axis)
        assert high - low == pytest.approx(size[axis], abs=0.1)


def test_a_chair_has_a_seat_to_sit_on_and_a_rail_to_hold_behind_it():
    found = supports([prop("chair", yaw=180.0)])
    assert (found["chair_seat"].top, found["chair_back"].top) == (SEAT_TOP, RAIL_TOP)
    assert found["chair_back"].centre[2] > 15
    assert extent(furniture([prop("chair")]), 1) == (0.0, RAIL_TOP)


def test_a_bed_is_drawn_from_its_mattress_down_and_no_deeper_than_it_stands():
    low, high = extent(furniture([prop("bed", size=(200.0, 48.0, 90.0))]), 1)
    assert high == 48
    assert 0 <= low < 48 - 17
    assert extent(furniture([prop("bed", size=(200.0, 12.0, 90.0))]), 1) == (0.0, 12.0)


@pytest.mark.parametrize("size", [(60.0, 14.0, 16.0), (16.0, 14.0, 60.0)])
def test_a_cushion_is_a_roll_along_its_longest_side(size):
    made = furniture([prop("cushion", size=size)])
    for axis in range(3):
        low, high = extent(made, axis)
        assert high - low == pytest.approx(size[axis], abs=1.0)
    assert extent(made, 1)[0] == pytest.approx(0, abs=0.5)


def test_a_mirrored_box_is_its_reflection():
    box = Box("chair", "wood", np.array([3.0, 4.0, 5.0]), np.array([1.0, 2.0, 3.0]), read_axes(40))
    corners = {tuple(np.round(corner, 6)) for _, face in box.reflection().faces() for corner in face}
    assert corners == {tuple(np.round(corner * (-1, 1, 1), 6)) for _, face in box.faces() for corner in face}


def read_axes(yaw):
    c, s = np.cos(np.radians(yaw)), np.sin(np.radians(yaw))
    return np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])


def test_mirrored_furniture_is_its_reflection():
    made = furniture([prop("chair", at=(20.0, 0.0, 3.0), yaw=25.0), prop("pillow", at=(30.0, 6.0, 0.0))])
    other = made.reflection()
    assert extent(other, 0) == pytest.approx(tuple(-x for x in reversed(extent(made, 0))))
    assert extent(other, 1) == pytest.approx(extent(made, 1))


@for_each(itertools.product(range(-170, 180, 35), (5, 25), (False, True)))
def test_no_part_of_a_chair_is_painted_over_one_in_front_of_it(yaw, pitch, mirror):
    """Wherever two boxes are seen at one place, the nearer one is painted later."""
    camera = Camera(yaw, pitch, 1.0, mirror=mirror)
    ordered = joinery.in_depth_order(furniture([prop("chair")]).boxes, camera)
    points = [inner_points(box) for box in ordered]
    for first, early in enumerate(points):
        for late in points[first + 1 :]:
            a, b = camera.place(early), camera.place(late)
            near = np.abs(a[:, None, :2] - b[None, :, :2]).max(axis=2) < 0.05
            assert not (near & (a[:, None, 2] > b[None, :, 2] + 0.2)).any()


def inner_points(box):
    """Return places inside a box."""
    steps = np.stack(np.meshgrid(*([np.linspace(-0.99, 0.99, 5)] * 3)), axis=-1).reshape(-1, 3)
    return box.centre + (steps * box.half) @ box.axes.T


def test_boxes_are_painted_in_three_tones_and_round_ones_with_one_rim():
    camera = Camera(24, 12)
    sharp, round_ = (
        Box("chair", "wood", np.zeros(3), np.array([5.0, 5.0, 5.0]), np.eye(3), rounding) for rounding in (0.0, 2.0)
    )
    marks = joinery.box_marks([sharp], camera, FOUND, 7)
    assert {mark.look.fill for mark in marks} == {FOUND["wood"], FOUND["wood_s"], FOUND["wood_d"]}
    assert all(mark.look.stroke == FOUND["wood_ink"] and mark.look.width == 7 for mark in marks)
    lines = [mark for mark in joinery.box_marks([round_], camera, FOUND, 7) if mark.look.stroke]
    assert len({mark.path for mark in lines}) == 2


def test_a_box_seen_from_below_shows_no_top():
    box = Box("chair", "wood", np.zeros(3), np.array([5.0, 5.0, 5.0]), np.eye(3))
    assert FOUND["wood"] not in {mark.look.fill for mark in joinery.box_marks([box], Camera(10, -20), FOUND, 7)}


@pytest.fixture(scope="module")
def dressed():
    skeleton = solve(read("clamshell").pose_at(1.0))
    return skeleton, build(skeleton, next(iter(PEOPLE.values()))).parts


def test_a_band_goes_round_both_thighs_where_it_is_said(dressed):
    skeleton, parts = dressed
    band = worn([prop("band", around=("thigh_l", "thigh_r"), along=30.0)], parts, skeleton)[0]
    for side in "lr":
        frame = skeleton.frames[f"thigh_{side}"]
        assert min(np.linalg.norm(band.centres - frame.at((0, -30.0, 0)), axis=1)) < 12
        thigh = next(part for part in parts if part.name == f"thigh_{side}")
        out = frame.at((0, -30.0, 0)) - skeleton.frames[f"thigh_{'r' if side == 'l' else 'l'}"].at((0, -30.0, 0))
        assert reach(band, out) > reach(slice_of(thigh, frame, 30.0), out) - 0.5


def slice_of(part, frame, along):
    """Return the ellipsoids of a limb about a place on it."""
    near = np.abs(-((part.centres - frame.origin) @ frame.axes[:, 1]) - along) < 2
    return type(part)(part.name, part.material, part.centres[near], part.shapes[near])


def test_a_weight_is_a_cuff_of_even_width_round_one_shank(dressed):
    skeleton, parts = dressed
    cuff = worn([prop("weight", around=("shank_r",), along=33.0)], parts, skeleton)[0]
    frame = skeleton.frames["shank_r"]
    heights = -((cuff.centres - frame.origin) @ frame.axes[:, 1])
    assert heights == pytest.approx(33.0, abs=0.3)
    assert np.ptp((cuff.centres - frame.origin) @ frame.axes[:, 0]) > 5


def test_what_is_worn_is_not_among_the_furniture_and_only_it_is_worn(dressed):
    skeleton, parts = dressed
    both = [prop("mat"), prop("belt", around=("thigh_l", "thigh_r"), along=20.0)]
    assert {box.name for box in furniture(both).boxes} == {"mat"}
    assert [part.name for part in worn(both, parts, skeleton)] == ["belt"]


def test_a_strip_of_a_mirrored_body_is_the_reflection(dressed):
    skeleton, parts = dressed
    cuff = prop("weight", around=("shank_r",), along=33.0)
    other = prop("weight", around=("shank_l",), along=33.0)
    swapped = [
        type(part)(part.name[:-1] + ("l" if part.name.endswith("r") else "r"), *fields(reflection(part)))
        for part in parts
        if part.name in {"shank_l", "shank_r"}
    ]
    right = reflection(worn([cuff], parts, skeleton)[0])
    left = worn([other], swapped, skeleton.reflection())[0]
    for way in ((1, 0, 0), (-1, 0, 0), UP, DOWN, (0, 0, 1), (0, 0, -1)):
        assert reach(left, way) == pytest.approx(reach(right, way), abs=0.1)


def fields(part):
    return part.material, part.centres, part.shapes


def test_sizes_are_known_for_all_that_may_leave_them_out():
    assert DEFAULT_SIZES.keys() == set(KINDS) - {"chair"}
