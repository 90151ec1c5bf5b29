"""Parts → marks: fills by limb, shade, face and ink, everything a figure is drawn with."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from exercises.figures import ink, regions
from exercises.figures.body.parts import FaceStroke, Part
from exercises.figures.camera import Camera
from exercises.figures.curves import Care
from exercises.figures.geometry import Array
from exercises.figures.ink import Cover, Surface
from exercises.figures.painted import Fill, Line, Painted, Sketch, Tip, tip, traced
from exercises.figures.raster import Field, Grid, halves, lowered, part_field, union
from exercises.figures.shade import dusk

__all__ = ["Fill", "Line", "Painted", "Tip", "paint"]

LAYER: Final = 0.02
"""Of two surfaces at one depth the earlier part is in front, by this many px."""
SMALLEST: Final = 0.5
"""Smaller specks of a fill are left out, in square cm."""
SHADE_SMALLEST: Final = 9.0
"""Smaller shades are, in square cm."""
SKIN_DEEP: Final = 0.35
"""How far a decal may lie under the surface it is painted on, in cm."""
STROKE_DEEP: Final = 0.7
"""How far a stroke may, in cm."""
EVEN: Final = frozenset({"glasses"})
"""Strokes as wide at their ends as in their middle; a brush draws all others."""
THIN: Final = 0.3
"""How wide a brush stroke's ends are, as a share of its middle."""
OUTLINE: Final = 1.0
WEIGHTS: Final = {ink.JUMP: 0.75, ink.HEM: 0.55}
"""Line weights: of the outline of the whole figure, and of lines within it."""
TIP: Final = 2.4
"""How long a line takes to fade out, in cm."""
FILL: Final = Care(0.45, 2)
SHADE: Final = Care(0.6, 9)
DECAL: Final = Care(0.15, 1)
STROKE: Final = Care(0.2, 0, 60.0)
INK: Final = Care(0.35, 2, 60.0)
SILHOUETTE: Final = Care(0.3, 2)


@dataclass(frozen=True, slots=True, eq=False)
class Limb:
    """Surfaces that are filled as one: where they are ``seen``, and where in the ``shade``, from (left, top) on."""

    material: str
    part: str
    left: int
    top: int
    seen: Grid
    shade: Grid


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """A figure worked out, its curves not yet laid: limbs, the face's features, inner lines and outline, and tips."""

    limbs: tuple[Limb, ...] = ()
    features: tuple[Sketch, ...] = ()
    lines: tuple[Sketch, ...] = ()
    tips: tuple[Tip, ...] = ()


def paint(parts: Sequence[Part], strokes: Sequence[FaceStroke], occluders: Sequence[Field], camera: Camera) -> Painted:
    """Return the marks of a figure that ``occluders`` (props, the floor) may hide."""
    found = study(parts, strokes, occluders, camera)
    flat = [sketch for limb in found.limbs for sketch in flat_sketches(limb, limb.seen, camera.scale)]
    shades = [sketch for limb in found.limbs for sketch in shade_sketches(limb, limb.shade, camera.scale)]
    marks = traced([*flat, *shades, *found.features, *found.lines])
    fills = [mark for mark in marks if isinstance(mark, Fill)]
    lines = [mark for mark in marks if isinstance(mark, Line)]
    return Painted(tuple(fills[: len(flat)]), tuple(fills[len(flat) :]), tuple(lines), found.tips)


def study(parts: Sequence[Part], strokes: Sequence[FaceStroke], occluders: Sequence[Field], camera: Camera) -> Study:
    """Return what is seen of a figure that ``occluders`` may hide, before its curves are laid."""
    surfaces = surfaces_of(parts, camera)
    if not surfaces:
        return Study()
    fields = [surface.field for surface in surfaces]
    everything = ink.cover([*fields, *occluders])
    decals = [(part, part_field(part, camera)) for part in parts if part.decal]
    features = [*_decals(decals, [*fields, *occluders], camera.scale), *_strokes(strokes, everything, camera)]
    inner, tips = _inner(surfaces, occluders, everything, camera.scale)
    lines = (*inner, *_outline(fields, occluders))
    return Study(tuple(_limbs(surfaces, occluders, camera.scale)), tuple(features), lines, tuple(tips))


def flat_sketches(limb: Limb, seen: Grid, scale: float) -> list[Sketch]:
    """Return the fill of a limb, or of the piece of it where ``seen`` is above 0: one sketch, or none."""
    lines = regions.outlines(seen, limb.left, limb.top, SMALLEST * scale**2)
    return [Sketch(Fill(limb.material, limb.part, ""), lines, FILL)] if lines else []


def shade_sketches(limb: Limb, shade: Grid, scale: float) -> list[Sketch]:
    """Return the shade of a limb, or of a piece of it: one sketch, or none."""
    lines = regions.outlines(shade, limb.left, limb.top, SHADE_SMALLEST * scale**2)
    return [Sketch(Fill(f"{limb.material}_s", limb.part, ""), lines, SHADE)] if lines else []


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
            found.append(Surface(f"{part.name}_{side}", f"leg_{side}", part.joined | names, half, part.name))
    return found


def limbs(surfaces: Sequence[Surface]) -> list[list[Surface]]:
    """Return surfaces of one material that have grown together, as groups: each is filled as one."""
    groups: list[list[Surface]] = []
    for surface in surfaces:
        kin = [group for group in groups if any(_kin(surface, other) for other in group)]
        groups = [group for group in groups if group not in kin]
        groups.append([*(other for group in kin for other in group), surface])
    return groups


def _kin(one: Surface, other: Surface) -> bool:
    return one.material == other.material and one.grown(other)


def _limbs(surfaces: Sequence[Surface], occluders: Sequence[Field], scale: float) -> Iterator[Limb]:
    """Yield what is seen of each limb."""
    groups = limbs(surfaces)
    whole = [union([surface.field for surface in group]) for group in groups]
    for group, field in zip(groups, whole, strict=True):
        seen = regions.visible(field, [*(other for other in whole if other is not field), *occluders])
        if (seen > 0).any():
            shade = dusk(field, seen, group[0].material, scale)
            yield Limb(group[0].material, group[0].name, field.left, field.top, seen, shade)


def _decals(decals: Iterable[tuple[Part, Field]], fields: Sequence[Field], scale: float) -> list[Sketch]:
    """Return what is painted flat on a surface."""
    found = []
    for part, field in decals:
        seen = regions.visible(field, fields, SKIN_DEEP * scale)
        lines = regions.outlines(seen, field.left, field.top, 1.0)
        if lines:
            found.append(Sketch(Fill(part.material, part.name, ""), lines, DECAL))
    return found


def _strokes(strokes: Iterable[FaceStroke], seen: Cover, camera: Camera) -> list[Sketch]:
    """Return the lines of a face where nothing hides them, most of them as if drawn with a brush."""
    found = []
    for stroke in strokes:
        fine = _finer(camera.place(stroke.points))
        _, depth = seen.at(fine[:, :2])
        bare = np.concatenate([[False], fine[:, 2] > depth - STROKE_DEEP * camera.scale])
        for first, last in ink.stretches(bare):
            points = fine[first - 1 : last - 1, :2]
            if len(points) <= 8:
                continue
            if stroke.material in EVEN:
                found.append(
                    Sketch(Line(stroke.material, "head", "", 0.0, stroke.width), [points], STROKE, closed=False)
                )
            else:
                found.append(
                    Sketch(Fill(stroke.material, "head", ""), [_brushed(points, stroke.width * camera.scale)], STROKE)
                )
    return found


def _finer(points: Array) -> Array:
    """Return points (n, 3) of a line with more between them, half a pixel apart."""
    length = float(np.hypot(*np.diff(points[:, :2], axis=0).T).sum())
    places = np.linspace(0, len(points) - 1, max(2, round(length * 2)))
    return np.column_stack([np.interp(places, np.arange(len(points)), points[:, axis]) for axis in range(3)])


def _brushed(points: Array, width: float) -> Array:
    """Return the outline of a stroke along ``points`` (n, 2) that swells to ``width`` px and thins out again."""
    along = np.gradient(points, axis=0)
    along /= np.hypot(along[:, 0], along[:, 1])[:, None] + 1e-9
    swell = THIN + (1 - THIN) * np.sqrt(np.sin(np.linspace(0, np.pi, len(points))).clip(0))
    aside = np.column_stack([-along[:, 1], along[:, 0]]) * (swell * width / 2)[:, None]
    return np.concatenate([points + aside, (points - aside)[::-1]])


def _inner(
    surfaces: Sequence[Surface], occluders: Sequence[Field], everything: Cover, scale: float
) -> tuple[list[Sketch], list[Tip]]:
    """Return hems and inner lines, and the tips of those that fade out."""
    fields = [surface.field for surface in surfaces]
    shapes = []
    for number, field in enumerate(fields):
        seen = regions.visible(field, [*fields[:number], *fields[number + 1 :], *occluders])
        shapes += [(number, line) for line in regions.outlines(seen, field.left, field.top)]
    runs = ink.inner_lines(surfaces, shapes, everything, scale)
    sketches, tips = [], []
    for run in sorted(runs, key=lambda run: run.kind):
        mark = Line("ink", surfaces[run.owner].name, "", WEIGHTS[run.kind])
        points, ends = _tapered(run.points, run.fades, round(TIP * scale))
        tips += [tip(mark, end) for end in ends]
        if len(points) > 3:
            sketches.append(Sketch(mark, [points], INK, closed=run.closed))
    return sketches, tips


def _tapered(points: Array, fades: tuple[bool, bool], longest: int) -> tuple[Array, list[Array]]:
    """Return a line without its tips, and the tips, each from the line outwards."""
    length = min(longest, (len(points) - 1) // (1 + all(fades)))
    first, last = (length if fade else 0 for fade in fades)
    ends = [points[first::-1]] if first else []
    if last:
        ends.append(points[len(points) - 1 - last :])
    return points[first : len(points) - last], ends


def _outline(fields: Sequence[Field], occluders: Sequence[Field]) -> list[Sketch]:
    """Return the outline of the whole figure."""
    figure = union(fields)
    seen = regions.visible(figure, occluders)
    lines = regions.outlines(seen, figure.left, figure.top)
    return [Sketch(Line("ink", "", "", OUTLINE), [line], SILHOUETTE) for line in lines]
