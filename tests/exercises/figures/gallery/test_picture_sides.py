"""The side in a picture's name and the leg that is coloured in it agree, file by file."""

import functools
import re

import numpy as np
import pytest

from exercises.figures import Style, figure
from exercises.figures.gallery.building import Shelf
from exercises.figures.gallery.catalogue import library
from exercises.figures.gallery.store import svg_from
from exercises.figures.lines.curves import UNITS
from exercises.figures.marks.palettes import PALETTES
from exercises.figures.moving.animation import COARSE
from exercises.figures.pose.movements import read
from exercises.figures.scene.stage import SCALE, set_up
from exercises.figures.seen.camera import Camera
from exercises.figures.skeleton.solving import solve
from tests.exercises.figures.paths import elements, holds, parsed, polygons
from tests.walks import for_each

KEY = re.compile(
    r"(?P<slug>[a-z-]+)-(?P<side>left|right|both)-(?P<kind>start|middle|end|animation)(-(?P<line>\d\dmm))?"
)
BONES = (("thigh", range(8, 42, 3)), ("shank", range(0, 33, 3)))
"""Centimetres down from hip and knee."""
PICTURES = {key: KEY.fullmatch(key) for key in library() if not key.startswith("portrait-")}
ON_DEMAND = [
    ("clamshell", "left", "end", Style(person="rowan")),
    ("clamshell", "right", "end", Style(person="rowan")),
    ("standing-hip-flexion", "left", "start", Style("grey", "40mm", "cedar")),
    ("standing-hip-flexion", "right", "start", Style("grey", "40mm", "cedar")),
    ("bridge", "both", "end", Style("dark")),
]


@functools.cache
def origin_of(slug, side, style):
    """Return where a picture's window begins, in cm: whole ones, alike at any scale."""
    return set_up(read(slug), side, style, 1.0).camera.origin


def shares(svg, slug, side, kind, style):
    """Return how much of the working leg's bones, and of the other's, is under the colour of a working leg.

    The bones are those of the figure itself, reflected for the left leg, before a camera that reflects nothing.
    """
    movement, scale = read(slug), COARSE if kind == "animation" else SCALE
    if kind == "middle":
        movement = movement.halfway
    skeleton, yaw = solve(movement.pose_at(0.0 if kind == "start" else movement.end_t)), movement.camera.yaw
    if side == "left":
        skeleton, yaw = skeleton.reflection(), -yaw
    left, top = origin_of(slug, side, style)
    camera = Camera(yaw, movement.camera.pitch, scale, (round(left * scale), round(top * scale)))
    accent = painted(svg, PALETTES[style.palette].colours["accent"])
    found = {}
    for leg in "lr":
        places = [skeleton.frames[f"{bone}_{leg}"].at((0, -down, 0)) for bone, downs in BONES for down in downs]
        points = [camera.place(place)[:2] * UNITS for place in places]
        found[leg] = float(np.mean([any(holds(outlines, point) for outlines in accent) for point in points]))
    return (found["l"], found["r"]) if side == "left" else (found["r"], found["l"])


def painted(svg, colour):
    """Return the outlines of each path filled in ``colour``."""
    return [
        [line + shift for line in polygons(said["d"])]
        for said, shift in elements(parsed(svg))
        if said.get("fill") == colour
    ]


def is_of(svg, slug, side, kind, style):
    """Say whether the leg that is coloured in a picture is that of ``side``."""
    working, other = shares(svg, slug, side, kind, style)
    if side == "both":
        return working > 0.65 and other > 0.65
    return working > 0.75 and (kind == "start" or other < working - 0.35)


def built(key):
    return (Shelf().folder / library()[key].name).read_text(encoding="utf-8")


def test_every_built_picture_says_which_side_it_is_of():
    assert [key for key, said in PICTURES.items() if said is None] == []


@for_each(PICTURES)
def test_name_and_coloured_leg_of_a_built_picture_agree(key):
    said = PICTURES[key]
    assert library()[key].name.startswith(f"{key}-")
    style = Style(line=said["line"] or "screen")
    asked = said["slug"], said["side"], said["kind"], style
    assert is_of(built(key), *asked), shares(built(key), *asked)


@pytest.mark.parametrize("asked", ON_DEMAND, ids=lambda asked: f"{asked[0]}-{asked[1]}-{asked[3].person}")
def test_name_and_coloured_leg_of_a_picture_drawn_on_demand_agree(asked, tmp_path):
    slug, side, kind, _ = asked
    picture = figure(*asked)
    assert f"/{slug}-{side}-{kind}-" in picture.file
    assert is_of(svg_from(tmp_path, picture).decode(), *asked)


@for_each(sorted({said["slug"] for said in PICTURES.values() if said["side"] == "left"}))
def test_a_left_picture_under_the_right_ones_name_would_be_noticed(slug):
    for kind in ("start", "end"):
        assert not is_of(built(f"{slug}-left-{kind}"), slug, "right", kind, Style())
