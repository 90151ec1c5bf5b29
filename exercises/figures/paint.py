"""Parts → marks: fills by material, shade, face, and ink, as values without colours.

Marks name a material; palettes give it a colour, and line widths are multiples of the drawing's line weight. So one
painting can be written in any colours and at any weight. Path data is in tenths of a pixel.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from exercises.figures import curves, ink, regions
from exercises.figures.body.parts import FaceStroke, Part
from exercises.figures.camera import LIGHT, Camera
from exercises.figures.curves import Care
from exercises.figures.geometry import Array
from exercises.figures.ink import Cover, Run, Surface
from exercises.figures.raster import Field, Grid, halves, lowered, part_field, union

LAYER: Final = 0.02
"""Of two surfaces at one depth the earlier part is in front, by this many px."""
SMALLEST: Final = 0.5
"""Smaller specks of a fill are left out, in square cm."""
SKIN_DEEP: Final = 0.35
"""How far a decal may lie under the surface it is painted on, in cm."""
STROKE_DEEP: Final = 0.7
"""How far a stroke may, in cm."""
DUSK: Final = 0.16
"""Surfaces lit less than this are in the shade."""
CALM: Final = {"shirt": 2.0}
"""How far light is evened out over a material, in cm; 1.2 unless said."""
SHADE_SMALLEST: Final = 9.0
"""Smaller shades are left out, in square cm."""
OUTLINE, INNER, HEM = 1.0, 0.75, 0.55
"""Line weights."""
FILL: Final = Care(0.45, 2)
SHADE: Final = Care(0.6, 9)
DECAL: Final = Care(0.15, 1)
STROKE: Final = Care(0.25, 0, 60.0)
INK: Final = Care(0.35, 2, 60.0)
SILHOUETTE: Final = Care(0.3, 2)


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled path. ``part`` names the limb it belongs to."""

    material: str
    part: str
    path: str


@dataclass(frozen=True, slots=True)
class Line:
    """A drawn path: ``weight`` times the drawing's line weight and ``width`` cm more wide."""

    material: str
    part: str
    path: str
    weight: float
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Painted:
    """A figure's marks in the order they are painted: flat ``fills``, then ``tops`` (shade, eyes), then ``lines``."""

    fills: tuple[Fill, ...]
    tops: tuple[Fill, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """A mark before its curves are laid: the lines, how closely they are followed, what is made of their path."""

    lines: Sequence[Array]
    closed: bool
    care: Care
    mark: Fill | Line


def paint(parts: Sequence[Part], strokes: Sequence[FaceStroke], occluders: Sequence[Field], camera: Camera) -> Painted:
    """Return the marks of a figure that ``occluders`` (props, the floor) may hide."""
    surfaces = surfaces_of(parts, camera)
    if not surfaces:
        return Painted((), (), ())
    fields = [surface.field for surface in surfaces]
    everything = ink.cover([*fields, *occluders])
    decals = [(part, part_field(part, camera)) for part in parts if part.decal]
    fills, shades = _filled(surfaces, occluders, camera.scale)
    faces = _decals(decals, [*fields, *occluders], camera.scale)
    lines = [*_strokes(strokes, everything, camera), *_inked(surfaces, occluders, everything, camera.scale)]
    marks = _written([*fills, *shades, *faces, *lines])
    flat = tuple(mark for mark in marks[: len(fills)] if isinstance(mark, Fill) and mark.path)
    tops = tuple(mark for mark in marks[len(fills) :] if isinstance(mark, Fill) and mark.path)
    return Painted(flat, tops, tuple(mark for mark in marks if isinstance(mark, Line) and mark.path))


def surfaces_of(parts: Iterable[Part], camera: Camera) -> list[Surface]:
    """Return the surfaces of parts that are not decals, a split one as two halves."""
    found: list[Surface] = []
    for part in parts:
        if part.decal:
            continue
        field = lowered(part_field(part, camera), LAYER * len(found))
        if part.split is None:
            found.append(Surface(part.name, part.material, part.joined, field))
            continue
        names = {f"{part.name}_l", f"{part.name}_r"}
        for side, half in zip("lr", halves(field, part.split, camera), strict=True):
            found.append(Surface(f"{part.name}_{side}", f"leg_{side}", part.joined | names | {part.name}, half))
    return found


def limbs(surfaces: Sequence[Surface]) -> list[list[Surface]]:
    """Return surfaces of one material that have grown together, as groups: they are filled as one."""
    groups: list[list[Surface]] = []
    for surface in surfaces:
        kin = [group for group in groups if any(_related(surface, other) for other in group)]
        groups = [group for group in groups if group not in kin]
        groups.append([*(other for group in kin for other in group), surface])
    return groups


def _related(one: Surface, other: Surface) -> bool:
    halved = {one.name.rsplit("_", 1)[0], other.name.rsplit("_", 1)[0]}
    joined = other.name in one.joined or one.name in other.joined or bool(halved & (one.joined & other.joined))
    return one.material == other.material and joined


def _filled(surfaces: Sequence[Surface], occluders: Sequence[Field], scale: float) -> tuple[list[Sketch], list[Sketch]]:
    """Return the flat fills and the shades on them."""
    groups = limbs(surfaces)
    whole = [union([surface.field for surface in group]) for group in groups]
    fills, shades = [], []
    for group, field in zip(groups, whole, strict=True):
        seen = regions.visible(field, [*(other for other in whole if other is not field), *occluders])
        lines = regions.outlines(seen, field.left, field.top, SMALLEST * scale**2)
        if not lines:
            continue
        material, name = group[0].material, group[0].name
        fills.append(Sketch(lines, closed=True, care=FILL, mark=Fill(material, name, "")))
        dark = np.minimum(seen, (DUSK - _light(field, CALM.get(material, 1.2) * scale)) * np.float32(6 * scale))
        lines = regions.outlines(dark, field.left, field.top, SHADE_SMALLEST * scale**2)
        if lines:
            shades.append(Sketch(lines, closed=True, care=SHADE, mark=Fill(f"{material}_s", name, "")))
    return fills, shades


def _light(field: Field, reach: float) -> Grid:
    """Return how much light each pixel gets, evened out over about ``reach`` px."""
    down, right = np.gradient(field.depth)
    light = (LIGHT[2] - LIGHT[0] * right - LIGHT[1] * down) / np.sqrt(1 + right**2 + down**2)
    weight = (field.inside > 1).astype(np.float32)
    radius = max(2, round(reach))
    found: Grid = _blurred(light * weight, radius) / (_blurred(weight, radius) + np.float32(1e-3))
    return found


def _blurred(grid: Grid, radius: int) -> Grid:
    """Return the grid averaged twice over squares of 2 ``radius`` + 1 pixels."""
    size = 2 * radius + 1
    for _ in range(2):
        for axis in (0, 1):
            wide = [(radius + 1, radius) if axis == other else (0, 0) for other in (0, 1)]
            sums = np.cumsum(np.pad(grid, wide), axis=axis, dtype=np.float64)
            ahead = sums[size:] if axis == 0 else sums[:, size:]
            behind = sums[:-size] if axis == 0 else sums[:, :-size]
            grid = ((ahead - behind) / size).astype(np.float32)
    return grid


def _decals(decals: Iterable[tuple[Part, Field]], fields: Sequence[Field], scale: float) -> list[Sketch]:
    """Return what is painted flat on a surface."""
    found = []
    for part, field in decals:
        seen = regions.visible(field, fields, SKIN_DEEP * scale)
        lines = regions.outlines(seen, field.left, field.top, 1.0)
        if lines:
            found.append(Sketch(lines, closed=True, care=DECAL, mark=Fill(part.material, part.name, "")))
    return found


def _strokes(strokes: Iterable[FaceStroke], seen: Cover, camera: Camera) -> list[Sketch]:
    """Return the lines of a face where nothing hides them."""
    found = []
    for stroke in strokes:
        points = camera.place(stroke.points)
        count = max(2, round(float(np.hypot(*np.diff(points[:, :2], axis=0).T).sum()) * 2))
        places = np.linspace(0, len(points) - 1, count)
        fine = np.column_stack([np.interp(places, np.arange(len(points)), points[:, axis]) for axis in range(3)])
        _, depth = seen.at(fine[:, :2])
        bare = np.concatenate([[False], fine[:, 2] > depth - STROKE_DEEP * camera.scale])
        for first, last in ink.stretches(bare):
            if last - first > 8:
                mark = Line(stroke.material, "head", "", 0.0, stroke.width)
                found.append(Sketch([fine[first - 1 : last - 1, :2]], closed=False, care=STROKE, mark=mark))
    return found


def _inked(surfaces: Sequence[Surface], occluders: Sequence[Field], everything: Cover, scale: float) -> list[Sketch]:
    """Return hems, inner lines and the outline of the whole figure."""
    fields = [surface.field for surface in surfaces]
    shapes = []
    for number, field in enumerate(fields):
        seen = regions.visible(field, [*fields[:number], *fields[number + 1 :], *occluders])
        shapes += [(number, line) for line in regions.outlines(seen, field.left, field.top)]
    inner, hems = ink.inner_lines(surfaces, shapes, everything, scale)
    figure = union(fields)
    seen = regions.visible(figure, occluders)
    outline = regions.outlines(seen, figure.left, figure.top)
    return [
        *(_line(surfaces, run, HEM) for run in hems),
        *(_line(surfaces, run, INNER) for run in inner),
        *(Sketch([line], closed=True, care=SILHOUETTE, mark=Line("ink", "", "", OUTLINE)) for line in outline),
    ]


def _line(surfaces: Sequence[Surface], run: Run, weight: float) -> Sketch:
    mark = Line("ink", surfaces[run.owner].name, "", weight)
    return Sketch([run.points], closed=run.closed, care=INK, mark=mark)


def _written(sketches: Sequence[Sketch]) -> list[Fill | Line]:
    """Return the marks of sketches, all their curves laid at once."""
    lines = [line for sketch in sketches for line in sketch.lines]
    closed = [sketch.closed for sketch in sketches for _ in sketch.lines]
    cares = [sketch.care for sketch in sketches for _ in sketch.lines]
    texts = iter(curves.paths(lines, closed, cares))
    return [_with_path(sketch.mark, "".join(next(texts) for _ in sketch.lines)) for sketch in sketches]


def _with_path(mark: Fill | Line, path: str) -> Fill | Line:
    if isinstance(mark, Fill):
        return Fill(mark.material, mark.part, path)
    return Line(mark.material, mark.part, path, mark.weight, mark.width)
