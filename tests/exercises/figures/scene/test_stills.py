"""Whole drawings: what is in the file, how large it is, and that the coloured leg is the one asked for."""

import dataclasses
import functools
import gzip
import itertools

import numpy as np
import pytest

from exercises.figures import STATIC, figure
from exercises.figures.body.people import PEOPLE
from exercises.figures.gallery.engine import draw, sides_of
from exercises.figures.lines.curves import UNITS
from exercises.figures.marks.badges import RADIUS
from exercises.figures.marks.palettes import PALETTES
from exercises.figures.marks.svg import document, to_svg
from exercises.figures.pose.movements import read, slugs
from exercises.figures.scene.layers import layers
from exercises.figures.scene.stage import set_up, vertical_extent
from exercises.figures.scene.stills import GAP, still
from exercises.figures.scene.styles import LINES, Style
from exercises.figures.seen.camera import Camera
from exercises.figures.seen.raster import part_field, union
from exercises.figures.skeleton.solving import solve
from programmes.handouts.renderer.images import form_of
from tests.exercises.figures.paths import SVG, elements, filled, holds, parsed, polygons
from tests.walks import for_each

ONE_LEG = ("left", "right")
SLUGS = slugs()
STILLS = ("start", "end", "pair", "steps")
SOME = ("standing-hip-flexion", "clamshell-band", "lying-knee-circles")
FULLEST = ("static-abduction-press", "seated-band-press-out")
"""The exercises with the most to draw."""
HEAVIEST = ("cedar", "birch", "rowan")
"""The people with the most: glasses, a beard, long sleeves, a belly."""


@functools.cache
def drawn(slug, side="right", kind="end", style=Style()):  # noqa: B008 - a value that cannot change
    return draw(read(slug), side, kind, style)


def built(slug, side, kind):
    """Return what the library holds, which is what the engine draws: ``test_library_pictures``."""
    return (STATIC / figure(slug, side, kind).file).read_text(encoding="utf-8")


@functools.cache
def staged(slug, side):
    return set_up(read(slug), side, Style(), 2.0)


def view_box(svg):
    return tuple(int(number) for number in parsed(svg).get("viewBox").split())


def is_working_leg(stage, side, t):
    """Return whether the accent covers the bones of the leg that works, of the figure seen by an unmirrored camera."""
    skeleton, yaw = solve(stage.movement.pose_at(t)), stage.movement.camera.yaw
    if side == "left":
        skeleton, yaw = skeleton.reflection(), -yaw
    camera = Camera(yaw, stage.movement.camera.pitch, stage.camera.scale, stage.camera.origin)
    figure = document(1, 1, to_svg(layers(stage, t).figure))
    accent = filled(figure, {PALETTES["colour"].colours["accent"]})
    shares = {}
    for leg in "lr":
        bones = ((f"thigh_{leg}", range(8, 42, 3)), (f"shank_{leg}", range(0, 33, 3)))
        places = [camera.place(skeleton.frames[name].at((0, -down, 0))) for name, downs in bones for down in downs]
        shares[leg] = np.mean([holds(accent, place[:2] * UNITS) for place in places])
    working, other = (shares["l"], shares["r"]) if side == "left" else (shares["r"], shares["l"])
    if stage.movement.legs == "both":
        return working > 0.65 and other > 0.65
    return working > 0.75 and (t == 0 or other < working - 0.35)


@pytest.mark.parametrize("side", ONE_LEG)
@pytest.mark.parametrize("slug", SOME)
def test_the_coloured_leg_is_the_one_that_works(slug, side):
    """Of every exercise the built pictures are read: ``test_picture_sides``."""
    stage = staged(slug, side)
    for t in (0.0, stage.movement.end_t):
        assert is_working_leg(stage, side, t)


@pytest.mark.parametrize("side", ONE_LEG)
@pytest.mark.parametrize("slug", [slug for slug in SOME if read(slug).legs == "one"])
def test_swapped_colours_or_sides_would_be_noticed(slug, side):
    stage = staged(slug, side)
    colours = dict(stage.pen.colours)
    colours |= {f"leg_{leg}{tone}": colours[f"leg_{other}{tone}"] for leg, other in ("lr", "rl") for tone in ("", "_s")}
    swapped = dataclasses.replace(stage, pen=dataclasses.replace(stage.pen, colours=colours))
    assert not is_working_leg(swapped, side, stage.movement.end_t)
    assert not is_working_leg(stage, "left" if side == "right" else "right", stage.movement.end_t)


@pytest.mark.parametrize("slug", [*SOME, *FULLEST])
def test_the_left_drawing_is_exactly_the_reflected_right_one(slug):
    right, left = staged(slug, "right"), staged(slug, "left")
    assert (right.width, right.height) == (left.width, left.height)
    for t in (0.0, right.movement.end_t):
        ours, theirs = (union([part_field(part, one.camera) for part in one.body(t).parts]) for one in (right, left))
        assert theirs.left == right.width - (ours.right - 1)
        assert theirs.inside[:, ::-1] == pytest.approx(ours.inside, abs=1e-2)
        corners = [corner for box in right.furniture.boxes for _, face in box.faces() for corner in face]
        for corner in corners:
            x, y, z = right.camera.place(corner)
            assert left.camera.place(corner) == pytest.approx((right.width - x, y, z))


@for_each((slug, side) for slug in SLUGS for side in sides_of(slug))
def test_start_and_end_share_a_frame_that_crops_nothing(slug, side):
    start, end = built(slug, side, "start"), built(slug, side, "end")
    assert view_box(start) == view_box(end)
    assert is_within_its_frame(start)
    assert is_within_its_frame(end)


def is_within_its_frame(svg):
    _, _, width, height = view_box(svg)
    for said, shift in elements(parsed(svg)):
        points = np.concatenate(polygons(said["d"])) + shift
        half = int(said.get("stroke-width", 0)) / 2
        if (points.min(axis=0) < half).any() or (points.max(axis=0) > np.array([width, height]) - half).any():
            return False
    return True


def test_a_line_beside_the_frame_would_be_noticed():
    svg = built("bridge", "both", "end")
    _, _, width, height = view_box(svg)
    assert not is_within_its_frame(svg.replace(f"0 0 {width} {height}", f"0 0 {width - 200} {height}"))
    assert not is_within_its_frame(svg.replace("</svg>", '<path d="M3 9l5 5" stroke-width="12"/></svg>'))


@pytest.mark.parametrize("kind", STILLS)
@pytest.mark.parametrize("slug", SOME)
def test_a_still_holds_paths_and_groups_only(slug, kind):
    svg = drawn(slug, "left", kind)
    root = parsed(svg)
    assert {element.tag for element in root.iter()} <= {f"{SVG}{tag}" for tag in ("svg", "g", "path")}
    for element in root.iter():
        assert not {"id", "style", "class", "href", "filter", "mask", "opacity"} & element.attrib.keys()
    assert all(number.isdigit() for number in root.get("viewBox").split())


@pytest.mark.parametrize("kind", ["end", "pair"])
@pytest.mark.parametrize("slug", SOME)
def test_a_handout_can_hold_a_still_as_paths(slug, kind):
    assert form_of(f"figure:{slug}", drawn(slug, "right", kind, Style("grey", "60mm")).encode()) is not None


@pytest.mark.parametrize("slug", FULLEST)
def test_a_pair_is_light(slug):
    """Start and end together of every exercise are weighed as they are built: ``test_library_pictures``."""
    svg = drawn(slug, "right", "pair").encode()
    assert len(svg) <= 36 * 1024
    assert len(gzip.compress(svg, 9)) <= 13 * 1024


@pytest.mark.parametrize("person", HEAVIEST)
@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("slug", FULLEST)
def test_start_and_end_are_light_whoever_is_drawn(slug, side, person):
    svgs = [drawn(slug, side, kind, Style(person=person, line="60mm")).encode() for kind in ("start", "end")]
    assert sum(map(len, svgs)) <= 36_000
    assert len(gzip.compress(b"".join(svgs), 9)) <= 13 * 1024


@pytest.mark.parametrize("slug", SOME)
def test_pair_and_steps_are_numbered_from_one(slug):
    for kind, count in (("pair", 2), ("steps", 4 if read(slug).loops else 3)):
        assert len(list(badges(drawn(slug, "right", kind)))) == count


def badges(svg, scale=4.0):
    """Return the middles of the badges' discs: they are as wide as high, filled, and have no line."""
    size = 2 * RADIUS * scale * UNITS
    for said, shift in elements(parsed(svg)):
        if said.get("fill") == PALETTES["colour"].colours["badge"] and "stroke" not in said:
            points = np.concatenate(polygons(said["d"])) + shift
            if np.ptp(points, axis=0) == pytest.approx((size, size), rel=0.02):
                yield points.mean(axis=0)


@for_each(SLUGS)
def test_no_body_is_under_a_badge(slug):
    """At half the scale, where everything lies in the same places and takes a quarter of the pixels."""
    stage = set_up(read(slug), "right", Style(), 2.0)
    middles = list(badges(still(stage, "pair"), 2.0))
    first = vertical_extent(stage, 0.0)[0] if stage.lying else 0
    figures = [stage.body(t) for t in (0.0, stage.movement.end_t)]
    column = middles[0][0] / UNITS, (middles[1][0] / UNITS - (0 if stage.lying else stage.width + GAP * 2.0))
    for body, x, cut in zip(figures, column, (first, 0), strict=True):
        whole = union([part_field(part, stage.camera) for part in body.parts])
        y = middles[0][1] / UNITS + cut
        row, at = round(y) - whole.top, round(x) - whole.left
        if 0 <= row < whole.inside.shape[0] and 0 <= at < whole.inside.shape[1]:
            assert whole.inside[row, at] < 0


def test_one_painting_is_written_at_three_weights():
    stages = [set_up(read("standing-hip-flexion"), "right", Style(line=line)) for line in LINES]
    marks = [layers(stage, 1.0).figure for stage in stages]
    lines = [[mark for mark in one if mark.look.stroke and not mark.look.fill] for one in marks]
    shift = np.array([stage.camera.origin for stage in stages])
    assert [len(one) for one in lines] == [len(lines[0])] * 3
    widths = [max(mark.look.width for mark in one) for one in lines]
    assert widths == sorted(set(widths))
    assert np.abs(shift - shift[0]).max() <= 8


@pytest.mark.parametrize("person", PEOPLE)
def test_everybody_can_be_drawn_in_every_palette(person):
    found = {drawn("side-lying-hip-abduction", "left", "end", Style(palette, person=person)) for palette in PALETTES}
    assert len(found) == len(PALETTES)


@pytest.mark.parametrize(("side", "kind"), [("middle", "end"), ("left", "film")])
def test_what_does_not_exist_is_refused(side, kind):
    with pytest.raises(ValueError, match="there is no"):
        draw(read("bridge"), side, kind, Style())


def test_drawing_twice_gives_the_same_file():
    first, second = (draw(read("heel-slide"), "left", "pair", Style()) for _ in range(2))
    assert first == second


def test_ghost_and_arrow_are_in_the_end_only():
    colours = PALETTES["colour"].colours
    for name, (kind, there) in itertools.product(("arrow", "ghost"), (("start", False), ("end", True))):
        assert bool(filled(drawn("standing-hip-flexion", "right", kind), {colours[name]})) is there
