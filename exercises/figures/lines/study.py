"""A figure worked out but not yet written: its limbs and where they are seen, its shades and lines as rows of points.

``paint`` lays curves through all of it at once; a moving drawing first takes apart what moves and what does not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from exercises.figures.body.parts import FaceStroke, Part
from exercises.figures.lines import features, ink
from exercises.figures.lines.curves import Care
from exercises.figures.lines.ink import Cover, Kinship, Run, SeenPart
from exercises.figures.lines.sketches import Fill, InkLine, Painting, Sketch, Tip, tip, trace
from exercises.figures.seen import regions
from exercises.figures.seen.camera import Camera
from exercises.figures.seen.raster import Field, Grid, halves, lower, part_field, union
from exercises.figures.seen.shade import shade_lines
from exercises.figures.skeleton.geometry import Array

LAYER: Final = 0.02
"""Of two surfaces at one depth the earlier part is in front, by this many px."""
SMALLEST: Final = 0.5
"""Smaller specks of a fill are left out, in square cm."""
OUTLINE: Final = 1.0
WEIGHTS: Final = {ink.JUMP: 0.75, ink.HEM: 0.55}
"""Line weights: of the outline of the whole figure, and of lines within it."""
NARROW: Final = 1.4
"""Gaps and specks narrower than this get thinner outlines, in cm."""
TIP: Final = 2.4
"""How long a line takes to fade out, in cm."""
FAINT: Final = 0.22
"""Lighter lines are left out."""
FILL: Final = Care(0.9, 3)
SHADE: Final = Care(0.9, 9)
INK: Final = Care(0.4, 2, 60.0)
SILHOUETTE: Final = Care(0.3, 2)


@dataclass(frozen=True, slots=True, eq=False)
class Limb:
    """Surfaces filled as one: their material, the parts they are, and where they are seen from (left, top) on."""

    material: str
    parts: frozenset[str]
    name: str
    left: int
    top: int
    seen: Grid

    def fill(self, lines: Sequence[Array]) -> tuple[Sketch, ...]:
        return (Sketch(Fill(self.material, self.name, ""), lines, FILL),) if lines else ()


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """A figure's limbs, their flat fills, the shades on them, the face's features, all lines, and their tips."""

    limbs: tuple[Limb, ...] = ()
    shades: tuple[Sketch, ...] = ()
    features: tuple[Sketch, ...] = ()
    lines: tuple[Sketch, ...] = ()
    tips: tuple[Tip, ...] = ()
    fills: tuple[Sketch, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _View:
    """What the camera sees: surfaces and how they belong together, what may hide them, and what is on top."""

    surfaces: Sequence[SeenPart]
    figure: Kinship
    occluders: Sequence[Field]
    cover: Cover
    scale: float

    @property
    def fields(self) -> list[Field]:
        return [surface.field for surface in self.surfaces]

    def members(self, limb: int) -> list[SeenPart]:
        return [self.surfaces[int(number)] for number in np.flatnonzero(self.figure.limbs == limb)]


def study(parts: Sequence[Part], strokes: Sequence[FaceStroke], occluders: Sequence[Field], camera: Camera) -> Study:
    """Return what is seen of a figure that ``occluders`` (props, the floor) may hide."""
    surfaces = surfaces_of(parts, camera)
    if not surfaces:
        return Study()
    everything = [*(surface.field for surface in surfaces), *occluders]
    view = _View(surfaces, ink.kinship_of(surfaces), occluders, ink.cover(everything), camera.scale)
    whole = [union([surface.field for surface in view.members(limb)]) for limb in range(len(view.figure.first))]
    limbs = [_limb(view, whole, number) for number in range(len(whole))]
    outlines = [regions.outlines(limb.seen, limb.left, limb.top, SMALLEST * camera.scale**2) for limb in limbs]
    seen = [number for number, lines in enumerate(outlines) if lines]
    flat = [part for part in parts if part.decal]
    inner, tips = _inner(view, limbs, [(number, line) for number in seen for line in outlines[number]])
    return Study(
        limbs=tuple(limbs),
        shades=tuple(sketch for number in seen for sketch in _shade(limbs[number], whole[number], camera.scale)),
        features=(*features.decals(flat, everything, camera), *features.strokes(strokes, view.cover, camera)),
        lines=(*inner, *_outline(view)),
        tips=tuple(tips),
        fills=tuple(sketch for number in seen for sketch in limbs[number].fill(outlines[number])),
    )


def paint(parts: Sequence[Part], strokes: Sequence[FaceStroke], occluders: Sequence[Field], camera: Camera) -> Painting:
    found = study(parts, strokes, occluders, camera)
    marks = trace([*found.fills, *found.shades, *found.features, *found.lines])
    fills = [mark for mark in marks if isinstance(mark, Fill)]
    flat, tops = fills[: len(found.fills)], fills[len(found.fills) :]
    lines = [mark for mark in marks if isinstance(mark, InkLine)]
    return Painting(
        tuple(mark for mark in flat if mark.path),
        tuple(mark for mark in tops if mark.path),
        tuple(mark for mark in lines if mark.path),
        found.tips,
    )


def surfaces_of(parts: Iterable[Part], camera: Camera) -> list[SeenPart]:
    found: list[SeenPart] = []
    for part in parts:
        if part.decal:
            continue
        field = lower(part_field(part, camera), LAYER * len(found))
        if part.split is None:
            found.append(SeenPart(part.name, part.material, part.joined, field))
            continue
        names = {f"{part.name}_l", f"{part.name}_r"}
        for side, half in zip("lr", halves(field, part.split, camera), strict=True):
            found.append(SeenPart(f"{part.name}_{side}", f"leg_{side}", part.joined | names, half, part.name))
    return found


def _limb(view: _View, whole: Sequence[Field], number: int) -> Limb:
    field, members = whole[number], view.members(number)
    seen = regions.visible(field, [*whole[:number], *whole[number + 1 :], *view.occluders])
    names = frozenset(surface.name for surface in members)
    return Limb(members[0].material, names, members[0].name, field.left, field.top, seen)


def _shade(limb: Limb, field: Field, scale: float) -> list[Sketch]:
    lines = shade_lines(field, limb.seen, limb.material, scale)
    return [Sketch(Fill(f"{limb.material}_s", limb.name, ""), lines, SHADE)] if lines else []


def _inner(view: _View, limbs: Sequence[Limb], outlines: Sequence[tuple[int, Array]]) -> tuple[list[Sketch], list[Tip]]:
    runs = [(limbs[run.owner].name, run) for run in ink.limb_lines(view.figure, outlines, view.cover, view.scale)]
    within = [(number, line) for number in _companions(view.figure) for line in _part_outlines(view, number)]
    creases = ink.creases(view.figure, within, view.cover, view.scale)
    runs += [(view.surfaces[run.owner].name, run) for run in creases]
    sketches, tips = [], []
    for name, run in sorted(runs, key=lambda found: found[1].kind):
        mark = InkLine("ink", name, "", _weight(run, view.scale))
        if mark.weight >= FAINT:
            points, ends = _tapered(run.points, run.fades, round(TIP * view.scale))
            tips += [tip(mark, end) for end in ends]
            sketches += [Sketch(mark, [points], INK, closed=run.closed)] if len(points) > 3 else []
    return sketches, tips


def _weight(run: Run, scale: float) -> float:
    """Return the weight of a line: a short one that fades out is faint, so that none appears at once."""
    full = TIP * scale * sum(run.fades)
    return round(WEIGHTS[run.kind] * min(1.0, len(run.points) / max(full, 1.0)) ** 2, 2)


def _companions(figure: Kinship) -> list[int]:
    sizes = np.bincount(figure.limbs)
    return [int(number) for number in np.flatnonzero(sizes[figure.limbs] > 1)]


def _part_outlines(view: _View, number: int) -> list[Array]:
    fields = view.fields
    field = fields[number]
    seen = regions.visible(field, [*fields[:number], *fields[number + 1 :], *view.occluders])
    return regions.outlines(seen, field.left, field.top)


def _tapered(points: Array, fades: tuple[bool, bool], longest: int) -> tuple[Array, list[Array]]:
    """Return a line without its tips, and the tips, each from the line outwards."""
    length = min(longest, (len(points) - 1) // (1 + all(fades)))
    first, last = (length if fade else 0 for fade in fades)
    ends = [points[first::-1]] if first else []
    if last:
        ends.append(points[len(points) - 1 - last :])
    return points[first : len(points) - last], ends


def _outline(view: _View) -> list[Sketch]:
    figure = union(view.fields)
    seen = regions.visible(figure, view.occluders)
    lines = regions.outlines(seen, figure.left, figure.top)
    return [Sketch(InkLine("ink", "", "", _room(line, view.scale)), [line], SILHOUETTE) for line in lines]


def _room(outline: Array, scale: float) -> float:
    """Return the weight of an outline: less round a narrow gap or a speck, so that ink does not fill it."""
    rim = np.hypot(*(outline - np.roll(outline, 1, axis=0)).T).sum()
    width = 2 * abs(regions.area(outline)) / float(rim) / scale
    return OUTLINE * round(min(1.0, max(0.4, width / NARROW)), 1)
