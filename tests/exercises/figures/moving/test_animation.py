"""Reels: what is drawn once and what in every drawing, at which times, and how heavy the file is."""

import functools
import gzip
import re
from dataclasses import replace

import numpy as np
import pytest

from exercises.figures import STATIC, figure
from exercises.figures.gallery.engine import sides_of
from exercises.figures.lines.curves import UNITS, Care
from exercises.figures.lines.sketches import Fill, InkLine, Sketch
from exercises.figures.lines.study import Limb, Study
from exercises.figures.marks.palettes import COLOUR
from exercises.figures.moving import animation
from exercises.figures.moving.apart import take_apart
from exercises.figures.moving.reel import reel_in
from exercises.figures.pose.movements import read, slugs
from exercises.figures.scene.stage import set_up
from exercises.figures.scene.styles import Style
from exercises.figures.seen.camera import bounds
from tests.exercises.figures.paths import SVG, parsed, polygons

SIZE = (60, 80)
HALF = 1.0
CARE = Care(0.3, 0)


@functools.cache
def moving(slug, side="right"):
    """Return what the library holds, which is what the engine draws: ``test_library_pictures``."""
    return (STATIC / figure(slug, side, "animation").file).read_text(encoding="utf-8")


def strips(svg):
    """Return the groups that are moved along: each one's drawings."""
    groups = [group for group in parsed(svg).iter(f"{SVG}g") if group.get("class")]
    return [list(group) for group in groups]


@pytest.mark.parametrize("slug", ["standing-hip-flexion", "bridge", "quadruped-hip-circles"])
def test_a_reel_is_light_and_its_strips_are_as_long_as_it_says(slug):
    svg = moving(slug)
    assert len(gzip.compress(svg.encode(), 9)) <= 60 * 1024
    reel = reel_in(svg)
    for strip in strips(svg):
        assert len(strip) == reel.there + reel.turning


def test_there_and_back_starts_at_the_start_and_stands_at_the_end():
    when = animation.times_of(read("bridge"))
    assert (when.there[0], when.there[-1], when.still) == (0, 1, len(when.there) - 1)
    assert when.turning == ()
    steps = np.diff(when.there)
    assert (steps > 0).all()
    assert steps[0] < steps[len(steps) // 2] > steps[-1]


CIRCLES = [slug for slug in slugs() if read(slug).loops]


@pytest.mark.parametrize("slug", CIRCLES)
def test_a_circle_is_lifted_once_and_goes_round_evenly_in_the_air(slug):
    movement = read(slug)
    when = animation.times_of(movement)
    first, last = animation.round_of(movement)
    assert 0 == when.there[0] < when.there[-1] < first == when.turning[0] < when.turning[-1] < last < 1
    assert np.ptp(np.diff(when.turning)) < 1e-9
    assert movement.pose_at(first) == movement.pose_at(last)
    assert [*when][when.still] == pytest.approx(movement.end_t, abs=0.02)


@pytest.mark.parametrize("slug", CIRCLES)
def test_nothing_is_set_down_while_it_goes_round(slug):
    movement = read(slug)
    first, last = animation.round_of(movement)
    resting = [contact for contact in movement.contacts if contact.times == (0, 0)]
    assert resting, "the leg that goes round rests somewhere at the start"
    stage = set_up(movement, "right", Style(), 3.0)
    for contact in resting:
        low, *round_ = [
            min(float(np.min(part.centres[:, 1])) for part in stage.body(t).parts if part.name == contact.part)
            for t in (0.0, *np.linspace(first, last, 9))
        ]
        assert min(round_) > low + 2


def test_a_circle_that_comes_nowhere_again_goes_round_from_its_start():
    movement = read("quadruped-hip-circles")
    keys = tuple(key for key in movement.keys if key.t not in animation.round_of(movement))
    assert animation.round_of(replace(movement, keys=keys)) == (0.0, 1.0)
    when = animation.times_of(replace(movement, keys=keys))
    assert (when.there, when.turning[0]) == ((0.0,), 0.0)


@pytest.mark.parametrize("end_t", [0.0, 0.99, 1.0])
def test_a_circle_whose_end_is_beyond_its_round_stands_beside_it(end_t):
    when = animation.times_of(replace(read("quadruped-hip-circles"), end_t=end_t))
    assert when.still in {len(when.there), len(when.there) + len(when.turning) - 1}


def test_a_reel_stands_at_the_end_behind_a_window():
    svg = moving("bridge")
    reel, root = reel_in(svg), parsed(svg)
    assert "<style" not in svg
    _, _, width, height = map(int, root.get("viewBox").split())
    (window,) = root
    assert (window.tag, window.get("width"), window.get("height")) == (f"{SVG}svg", str(width), str(height))
    assert reel.step == width
    moved = [group for group in root.iter(f"{SVG}g") if group.get("class")]
    assert {group.get("class") for group in moved} == {reel.name}
    assert {group.get("transform") for group in moved} == {f"translate({-width * (reel.there - 1)})"}


@pytest.mark.parametrize("slug", ["bridge", "seated-figure-four", "standing-hip-flexion"])
def test_ring_has_its_place_in_a_corner_where_nobody_is(slug):
    stage = set_up(read(slug), "right", Style(), animation.COARSE)
    reel = reel_in(moving(slug))
    (x, y), radius = reel.middle, reel.radius
    assert radius <= x <= stage.width * UNITS - radius
    assert radius <= y <= stage.height * UNITS - radius
    for t in (0.0, stage.movement.end_t):
        for part in stage.body(t).parts:
            low, high = bounds(stage.camera, [part])
            beside = (high * UNITS < (x - radius, y - radius)) | (low * UNITS > (x + radius, y + radius))
            assert beside.any(), part.name


def test_pushes_and_squeezes_are_those_that_hardly_move():
    efforts = {slug for slug in slugs() if animation.is_effort(set_up(read(slug), "right", Style(), 3.0))}
    assert efforts == {"buttock-squeeze", "static-abduction-press"}


@pytest.mark.parametrize("slug", ["buttock-squeeze", "static-abduction-press"])
def test_a_push_has_its_arrows_in_a_group_of_their_own(slug):
    svg = moving(slug)
    shown = [group for group in parsed(svg).iter(f"{SVG}g") if group.get("class") == f"{reel_in(svg).name}e"]
    assert len(shown) == 1
    blue = [path for path in shown[0].iter(f"{SVG}path") if path.get("fill") == COLOUR.colours["arrow"]]
    assert len(polygons("".join(path.get("d") for path in blue))) == len(read(slug).arrows)
    assert len(gzip.compress(svg.encode(), 9)) <= 60 * 1024


def test_what_moves_needs_no_arrow():
    colour = COLOUR.colours["arrow"]
    drawn = [moving(slug).partition(">")[2].partition(">")[2] for slug in ("buttock-squeeze", "bridge")]
    assert [colour in one for one in drawn] == [True, False]


def test_names_differ_between_drawings_on_one_page():
    pictures = [moving(slug, side) for slug in slugs() for side in sides_of(slug)]
    assert len({reel_in(svg).name for svg in pictures}) == len(pictures)


def test_it_needs_nothing_from_outside():
    svg = moving("bridge")
    assert not re.search(r"href|url\(|<script|@import|<image|<text|\sid=|\son\w+=", svg)


def test_still_parts_are_those_that_stay_in_place():
    stage = set_up(read("side-lying-hip-abduction"), "right", Style(), 3.0)
    bodies = [stage.body(t) for t in (0.0, 0.5, 1.0)]
    rests = animation.still_parts(bodies)
    names = [part.name for part in bodies[0].parts]
    still = {name for name, rest in zip(names, rests, strict=True) if rest}
    assert {"head", "hair", "shank_l", "fore_l"} <= still
    assert not {"thigh_r", "shank_r"} & still


@pytest.mark.parametrize("slug", ["standing-hip-flexion", "lying-figure-four"])
def test_head_and_face_of_a_figure_that_moves_a_leg_are_drawn_once(slug):
    stage = set_up(read(slug), "right", Style(), 3.0)
    hair = stage.pen.colours["hair"]
    assert moving(slug).count(f'fill="{hair}"') <= 2


# Taking apart, on drawings of two squares.


def square(left, top, size):
    """Return a field of a square."""
    y, x = np.mgrid[0 : SIZE[0], 0 : SIZE[1]]
    half = size / 2
    return (half - np.maximum(abs(x - left - half), abs(y - top - half))).astype(np.float32)


def ring(left, top, size):
    """Return the outline of a square, a point a pixel."""
    run = np.arange(size, dtype=float)
    low, high = np.zeros(size), np.full(size, float(size))
    sides = [(run, low), (high, run), (high - run, high), (low, high - run)]
    return np.concatenate([np.column_stack(side) for side in sides]) + np.array([left, top])


def limb(name, field, parts=None):
    return Limb(name, frozenset(parts or {name}), name, 0, 0, field)


def inked(*lines):
    return tuple(Sketch(InkLine("ink", "", "", 1.0), [line], CARE) for line in lines)


def inside(layer, name):
    return [line for sketch in layer.flats if sketch.mark.material == name for line in sketch.lines]


@pytest.fixture(scope="module")
def passing():
    """Return a square that stands still and one that passes in front of it, taken apart."""
    places = (2, 14, 50)
    wall = square(20, 20, 20)
    drawings_ = []
    for place in places:
        ball = square(place, 24, 12)
        outer = [ring(place, 24, 12), ring(20, 20, 20)]
        if place == 14:
            outer = [ring(14, 24, 12), ring(20, 20, 20)[visible_beside(ring(20, 20, 20), ball)]]
        limbs = (limb("ball", ball), limb("wall", np.minimum(wall, -ball)))
        drawings_.append(Study(limbs, lines=inked(*outer)))
    base = Study((limb("wall", wall),), lines=inked(ring(20, 20, 20)))
    return take_apart(drawings_, base, frozenset({"wall"}), HALF, SIZE)


def visible_beside(line, field):
    return field[line[:, 1].astype(int), line[:, 0].astype(int)] <= 0


def test_what_stands_still_is_filled_once_beneath(passing):
    assert inside(passing.beneath[0], "wall")
    assert not any(inside(layer, "wall") for layer in passing.fills)


def test_what_moves_is_filled_in_every_drawing(passing):
    assert all(inside(layer, "ball") for layer in passing.fills)
    assert not any(inside(layer, "ball") for layer in passing.beneath)


def length(lines):
    return sum(len(line) for sketch in lines for line in sketch.lines)


def test_still_lines_are_drawn_once_and_again_only_beside_what_moves(passing):
    assert length(passing.beneath[0].lines) + length(passing.between.lines) >= 70
    again = [length(layer.lines) for layer in passing.lines]
    assert again[0] == again[2] == 48
    assert 48 < again[1] < 48 + 40


def test_lines_of_all_drawings_lie_over_what_moves_and_those_it_covers_beneath(passing):
    covered = visible_beside(ring(20, 20, 20), -square(14, 24, 12))
    hidden = {tuple(point) for point in ring(20, 20, 20)[covered]}
    over = {tuple(point) for sketch in passing.between.lines for line in sketch.lines for point in line}
    assert len(hidden) > 5
    assert len(hidden & over) <= 2


def test_of_a_limb_that_changes_at_one_end_the_rest_is_still():
    longer = [np.maximum(square(10, 20, 20), square(28, 24, size)) for size in (4, 8, 12)]
    rows = [Study((limb("shirt", field),), lines=inked(ring(10, 20, 20))) for field in longer]
    apart = take_apart(rows, Study(), frozenset(), HALF, SIZE)
    core = inside(apart.beneath[1], "shirt")
    assert np.ptp(np.concatenate(core)[:, 1]) == pytest.approx(20, abs=1)
    assert not inside(apart.fills[0], "shirt")
    grown = inside(apart.fills[2], "shirt")
    assert np.concatenate(grown)[:, 0].min() > 25


def test_a_shade_that_stays_is_drawn_once():
    shade = Sketch(Fill("wall_s", "wall", ""), [ring(22, 22, 8)], CARE)
    other = Sketch(Fill("wall_s", "wall", ""), [ring(30, 22, 8)], CARE)
    rows = [Study((limb("wall", square(20, 20, 20)),), shades=row) for row in ((shade, other), (shade,))]
    apart = take_apart(rows, Study(), frozenset(), HALF, SIZE)
    assert [sketch.lines[0][0].tolist() for sketch in apart.beneath[1].tops] == [[22, 22]]
    assert [len(layer.tops) for layer in apart.fills] == [1, 0]
