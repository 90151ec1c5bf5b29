import dataclasses
import gzip
import random
import re

import numpy as np
import pytest

from exercises.figures.body.parts import FaceStroke, reflection
from exercises.figures.body.people import PEOPLE
from exercises.figures.body.whole import build
from exercises.figures.lines import ink
from exercises.figures.lines.curves import UNITS
from exercises.figures.lines.sketches import InkLine, Painting, tip
from exercises.figures.lines.study import paint, surfaces_of
from exercises.figures.pose.movements import read
from exercises.figures.room.boxes import Box
from exercises.figures.seen import regions
from exercises.figures.seen.camera import Camera, bounds
from exercises.figures.seen.raster import box_field, floor_field, part_field, union
from exercises.figures.seen.shade import shade_lines
from exercises.figures.skeleton.solving import solve
from tests.exercises.figures.framing import framed
from tests.exercises.figures.postures import random_camera, random_pose
from tests.exercises.figures.tracing import ball, stick, traced

FRONT = Camera(0, 0, 4)
WELL_FORMED = re.compile(r"(M-?\d+( |-)\d+([csl]-?\d+([ -]-?\d+|-\d+)*)+z?)+")


def figure(slug="clamshell", t=0.0, person="maple"):
    return build(solve(read(slug).pose_at(t)), PEOPLE[person])


def seen_by(camera, parts):
    return framed(camera, *bounds(camera, parts), 20)[0]


def painting(parts, camera=FRONT, occluders=(), strokes=()):
    return paint(parts, strokes, occluders, seen_by(camera, parts))


def marks_of(painted):
    return (*painted.fills, *painted.tops, *painted.lines)


def outline_of(painted):
    return [line for line in painted.lines if line.weight == 1.0 and line.part == ""]


def area_of(fills):
    return sum(abs(sum(regions.area(piece[:-1]) for piece in traced(fill.path))) for fill in fills)


@pytest.fixture(scope="module")
def lying():
    whole = figure()
    camera = seen_by(Camera(-14, 24), whole.parts)
    return whole, camera, paint(whole.parts, whole.strokes, [], camera)


def test_a_figure_is_made_of_fills_shade_lines_and_tips(lying):
    _, _, painted = lying
    assert {"leg_l", "leg_r", "shirt", "skin", "hair"} <= {fill.material for fill in painted.fills}
    assert any(top.material.endswith("_s") for top in painted.tops)
    assert {"eye", "brow"} <= {top.material for top in painted.tops}
    assert {line.material for line in painted.lines} >= {"ink"}
    assert painted.tips


def test_marks_say_which_part_they_belong_to(lying):
    whole, _, painted = lying
    names = {part.name for part in whole.parts} | {"pelvis_l", "pelvis_r", "head", ""}
    assert {mark.part for mark in (*marks_of(painted), *painted.tips)} <= names


def test_paths_are_whole_numbers_with_nothing_to_spare(lying):
    _, _, painted = lying
    for mark in marks_of(painted):
        assert WELL_FORMED.fullmatch(mark.path), mark.path


def test_a_figure_is_small(lying):
    _, _, painted = lying
    paths = "\n".join(mark.path for mark in marks_of(painted))
    assert len(paths) < 14_000
    assert len(gzip.compress(paths.encode(), 9)) < 6_500


def test_painting_again_gives_the_same(lying):
    whole, camera, painted = lying
    assert paint(whole.parts, whole.strokes, [], camera) == painted


def test_fills_lie_next_to_each_other_without_gaps(lying):
    whole, camera, painted = lying
    silhouette = union([surface.field for surface in surfaces_of(whole.parts, camera)])
    outer = abs(
        sum(regions.area(line) for line in regions.outlines(silhouette.inside, silhouette.left, silhouette.top))
    )
    assert area_of(painted.fills) == pytest.approx(outer, rel=0.01)


@pytest.mark.parametrize("first", range(0, 200, 40))
def test_random_poses_and_cameras_are_painted(first):
    for seed in range(first, first + 40):
        rng = random.Random(seed)
        person = rng.choice(list(PEOPLE.values()))
        whole = build(solve(random_pose(rng)), person)
        yaw, pitch = random_camera(rng)
        camera = Camera(yaw, pitch, 2.0, mirror=rng.random() < 0.5)
        camera, width, height = framed(camera, *bounds(camera, whole.parts), 10)
        floor = floor_field(camera, width, height) if rng.random() < 0.3 else None
        painted = paint(whole.parts, whole.strokes, [floor] if floor else [], camera)
        for mark in marks_of(painted):
            assert WELL_FORMED.fullmatch(mark.path), (seed, mark.path)
            numbers = [int(number) for number in re.findall(r"-?\d+", mark.path)]
            assert max(map(abs, numbers)) < UNITS * 2 * max(width, height), seed
        for fill in painted.fills:
            points = np.concatenate(traced(fill.path))
            assert points.min() > -5
            assert (points < [width + 5, height + 5]).all()


def test_mirrored_parts_are_seen_as_the_exact_reflection():
    """A picture's pixel x becomes width - x: the camera's origin lies on whole pixels."""
    whole = figure("seated-figure-four", 0.4)
    parts = [part for part in whole.parts if not part.decal]
    camera = Camera(24, 12)
    camera, width, _ = framed(camera, *bounds(camera, parts), 8)
    other = Camera(24, 12, mirror=True)
    other, other_width, _ = framed(other, *bounds(other, parts), 8)
    turned = dataclasses.replace(other, yaw=-24, mirror=False)
    reflected = [reflection(part) for part in parts]
    assert width == other_width
    for plain, flipped in (
        (surfaces_of(parts, camera), surfaces_of(parts, other)),
        (surfaces_of(parts, camera), surfaces_of(reflected, turned)),
    ):
        fields, others = [one.field for one in plain], [one.field for one in flipped]
        for number, (one, two) in enumerate(zip(fields, others, strict=True)):
            seen = regions.visible(one, fields[:number] + fields[number + 1 :])
            flipped_one = regions.visible(two, others[:number] + others[number + 1 :])
            assert two.top == one.top
            assert two.left == width - (one.left + one.inside.shape[1] - 1)
            clear = np.abs(seen) < 20
            assert np.abs(seen - flipped_one[:, ::-1])[clear].max(initial=0) < 1e-3


def test_light_stays_upper_left_when_mirrored():
    plain = painting([ball((0, 0, 0), 12)], Camera(0, 0))
    flipped = painting([ball((0, 0, 0), 12)], Camera(0, 0, mirror=True))
    assert plain.tops == flipped.tops
    (shade,) = plain.tops
    (points,) = traced(shade.path)
    middle = np.concatenate(traced(plain.fills[0].path)).mean(axis=0)
    assert (points.mean(axis=0) > middle + 5).all()


def test_a_part_wholly_hidden_leaves_no_mark():
    painted = painting([ball((0, 0, 0), 10, "trunk"), ball((0, 0, 0), 3, "heart", material="lip")])
    assert {mark.part for mark in marks_of(painted)} == {"trunk", ""}


def test_a_figure_wholly_hidden_is_nothing():
    parts = [ball((0, 0, 0), 3)]
    wall = box_field(
        Box("wall", "wall", np.array([0, 0, 20.0]), np.array([30.0, 30, 1]), np.eye(3)), seen_by(FRONT, parts)
    )
    assert painting(parts, occluders=[wall]) == Painting()


def test_a_part_smaller_than_a_pixel_is_left_out():
    assert painting([ball((0, 0, 0), 0.05)]).fills == ()
    painted = painting([ball((0, 0, 0), 5), ball((30, 0, 0), 0.05, "crumb", material="lip")])
    assert {fill.part for fill in painted.fills} == {"ball"}


def test_nothing_at_all_is_painted_as_nothing():
    assert paint([], [], [], FRONT) == Painting()


def test_what_is_outside_of_the_picture_is_painted_there():
    painted = paint([ball((-500, 300, 900), 5)], [], [], FRONT)
    assert np.concatenate(traced(painted.fills[0].path)).mean(axis=0) == pytest.approx([-2000, -1200], abs=3)


def test_the_floor_cuts_what_is_sunk_into_it():
    camera = seen_by(Camera(0, 20), [ball((0, 4, 0), 5)])
    floor = floor_field(camera, 200, 200)
    whole, cut = (paint([ball((0, 4, 0), 5)], [], hiding, camera) for hiding in ((), (floor,)))
    assert 0.85 < area_of(cut.fills) / area_of(whole.fills) < 0.99


def test_a_split_part_is_two_halves_of_the_legs_materials(lying):
    _, _, painted = lying
    assert {fill.material for fill in painted.fills if fill.part.startswith("pelvis")} == {"leg_l", "leg_r"}


def test_a_decal_is_painted_where_its_ground_is_seen():
    ground = ball((0, 0, 0), 6)
    eye = dataclasses.replace(ball((1, 0, 5.9), (1, 1, 0.4), "eye", material="eye"), decal=True)
    assert [top.part for top in painting([ground, eye]).tops if top.material == "eye"] == ["eye"]
    behind = painting([ground, eye], Camera(180, 0))
    assert not [top for top in behind.tops if top.material == "eye"]


def test_strokes_are_painted_where_they_are_seen():
    ground = ball((0, 0, 0), 6)
    turn = np.linspace(-0.6, 0.6, 12)
    brow = FaceStroke("brow", 0.6, np.column_stack([6.1 * np.sin(turn), 0 * turn, 6.1 * np.cos(turn)]))
    rim = FaceStroke("glasses", 0.4, brow.points + np.array([0, 1, 0]))
    painted = painting([ground], strokes=[brow, rim])
    assert [top.material for top in painted.tops if top.part == "head"] == ["brow"]
    assert [(line.material, line.width) for line in painted.lines if line.part == "head"] == [("glasses", 0.4)]
    away = painting([ground], Camera(180, 0), strokes=[brow, rim])
    assert not [mark for mark in marks_of(away) if mark.part == "head"]
    half = painting([ground], Camera(90, 0), strokes=[brow])
    assert area_of([top for top in half.tops if top.part == "head"]) < area_of([painted.tops[-1]])


def test_narrow_gaps_are_lined_more_thinly():
    pillars = [stick((-4.3, -9, 0), (-4.3, 9, 0), 4, "one"), stick((4.3, -9, 0), (4.3, 9, 0), 4, "two")]
    bars = [stick((-5, y, 0), (5, y, 0), 2, f"bar{y}") for y in (-9, 9)]
    weights = sorted(line.weight for line in painting([*pillars, *bars]).lines if line.part == "")
    assert weights[0] < 0.8
    assert weights[-1] == 1.0


def test_a_tip_runs_from_the_lines_full_width_to_a_point():
    points = np.column_stack([np.linspace(10, 20, 9), np.zeros(9)])
    found = tip(InkLine("ink", "arm", "", 0.75), points)
    (outline,) = traced(found.path(10.0))
    assert outline[0] == pytest.approx([10, 1], abs=0.11)
    assert outline[-1] == pytest.approx([10, -1], abs=0.11)
    assert outline[:, 0].max() == pytest.approx(20, abs=0.11)
    (wider,) = traced(found.path(20.0))
    assert wider[0] == pytest.approx([10, 2], abs=0.11)


def test_shade_grows_without_jumps():
    """A ball that grows bit by bit: no shade, a little shade, more shade."""
    sizes = np.arange(2.5, 4.0, 0.02)
    areas = []
    for size in sizes:
        field = part_field(ball((0, 0, 0), size), FRONT)
        areas.append(sum(abs(regions.area(line)) for line in shade_lines(field, field.inside, "skin", 4.0)) / 16)
    assert areas[0] == 0
    assert areas[-1] > 5
    assert np.abs(np.diff(areas)).max() < 1.5


def test_lines_hold_still_while_something_else_moves():
    """The head's lines are the same to a unit, wherever the leg is."""
    one, other = figure("clamshell", 0.0), figure("clamshell", 0.3)
    camera = seen_by(Camera(-14, 24), [*one.parts, *other.parts])
    first, second = (paint(whole.parts, whole.strokes, [], camera) for whole in (one, other))
    still = {"head", "hair", "neck"}
    assert [fill for fill in first.fills if fill.part in still] == [fill for fill in second.fills if fill.part in still]


def test_surfaces_keep_their_order_and_leave_decals_out():
    parts = [ball((0, 0, 0), 3, "a"), dataclasses.replace(ball((0, 0, 3), 1, "b"), decal=True), ball((0, 0, 0), 3, "c")]
    surfaces = surfaces_of(parts, FRONT)
    assert [surface.name for surface in surfaces] == ["a", "c"]
    assert (ink.cover([surface.field for surface in surfaces]).owner != 1).all()
