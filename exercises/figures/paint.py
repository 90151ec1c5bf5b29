"""Parts → marks: fills by limb, shade, face and ink, everything a figure is drawn with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from exercises.figures import ink, regions
from exercises.figures.body.parts import FaceStroke, Part
from exercises.figures.camera import Camera
from exercises.figures.curves import Care
from exercises.figures.geometry import SMALL, Array
from exercises.figures.ink import Cover, Figure, Surface
from exercises.figures.painted import Fill, Line, Painted, Sketch, Tip, tip, traced
from exercises.figures.raster import Field, Grid, halves, lowered, part_field, union
from exercises.figures.shade import shaded

__all__ = ["Fill", "Line", "Painted", "Tip", "paint"]

LAYER: Final = 0.02
"""Of two surfaces at one depth the earlier part is in front, by this many px."""
SMALLEST: Final = 0.5
"""Smaller specks of a fill are left out, in square cm."""
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
NARROW: Final = 1.4
"""Gaps and specks narrower than this get thinner outlines, in cm."""
TIP: Final = 2.4
"""How long a line takes to fade out, in cm."""
FILL: Final = Care(0.6, 2)
SHADE: Final = Care(0.8, 9)
DECAL: Final = Care(0.15, 1)
STROKE: Final = Care(0.2, 0, 60.0)
INK: Final = Care(0.35, 2, 60.0)
SILHOUETTE: Final = Care(0.3, 2)


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A figure before the camera, in fields: its surfaces, how they belong together, what may hide them."""

    surfaces: Sequence[Surface]
    figure: Figure
    occluders: Sequence[Field]
    seen: Cover
    scale: float

    @property
    def fields(self) -> list[Field]:
        """The surfaces' fields."""
        return [surface.field for surface in self.surfaces]


def paint(parts: Sequence[Part], strokes: Sequence[FaceStroke], occluders: Sequence[Field], camera: Camera) -> Painted:
    """Return the marks of a figure that ``occluders`` (props, the floor) may hide."""
    surfaces = surfaces_of(parts, camera)
    if not surfaces:
        return Painted()
    seen = ink.cover([*(surface.field for surface in surfaces), *occluders])
    scene = Scene(surfaces, ink.figure_of(surfaces), occluders, seen, camera.scale)
    limbs = _limbs(scene)
    decals = [(part, part_field(part, camera)) for part in parts if part.decal]
    flat, shades = _filled(scene, limbs)
    features = [*_decals(decals, scene), *_strokes(strokes, seen, camera)]
    inner, tips = _inner(scene, limbs)
    marks = traced([*flat, *shades, *features, *inner, *_outline(scene)])
    fills = [mark for mark in marks[: len(flat)] if isinstance(mark, Fill) and mark.path]
    tops = [mark for mark in marks[len(flat) :] if isinstance(mark, Fill) and mark.path]
    lines = [mark for mark in marks if isinstance(mark, Line) and mark.path]
    return Painted(tuple(fills), tuple(tops), tuple(lines), tuple(tips))


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


@dataclass(frozen=True, slots=True, eq=False)
class Limb:
    """Surfaces filled as one: the first of them, their common field, what is seen of it, and its outlines."""

    first: Surface
    field: Field
    seen: Grid
    outlines: list[Array]


def _limbs(scene: Scene) -> list[Limb]:
    """Return the limbs, and what is seen of each."""
    fields, limbs = scene.fields, scene.figure.limbs
    whole = [union([fields[member] for member in np.flatnonzero(limbs == limb)]) for limb in range(limbs.max() + 1)]
    found = []
    for number, field in enumerate(whole):
        seen = regions.visible(field, [*whole[:number], *whole[number + 1 :], *scene.occluders])
        lines = regions.outlines(seen, field.left, field.top, SMALLEST * scene.scale**2)
        found.append(Limb(scene.surfaces[scene.figure.first[number]], field, seen, lines))
    return found


def _filled(scene: Scene, limbs: Sequence[Limb]) -> tuple[list[Sketch], list[Sketch]]:
    """Return the flat fills and the shades on them."""
    fills, shades = [], []
    for limb in limbs:
        material, name = limb.first.material, limb.first.name
        if limb.outlines:
            fills.append(Sketch(Fill(material, name, ""), limb.outlines, FILL))
            dark = shaded(limb.field, limb.seen, material, scene.scale)
            shades += [Sketch(Fill(f"{material}_s", name, ""), dark, SHADE)] if dark else []
    return fills, shades


def _decals(decals: Iterable[tuple[Part, Field]], scene: Scene) -> list[Sketch]:
    """Return what is painted flat on a surface."""
    found = []
    for part, field in decals:
        seen = regions.visible(field, [*scene.fields, *scene.occluders], SKIN_DEEP * scene.scale)
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
    along /= np.hypot(along[:, 0], along[:, 1])[:, None] + SMALL
    swell = THIN + (1 - THIN) * np.sqrt(np.sin(np.linspace(0, np.pi, len(points))).clip(0))
    aside = np.column_stack([-along[:, 1], along[:, 0]]) * (swell * width / 2)[:, None]
    return np.concatenate([points + aside, (points - aside)[::-1]])


def _inner(scene: Scene, limbs: Sequence[Limb]) -> tuple[list[Sketch], list[Tip]]:
    """Return hems and inner lines, and the tips of those that fade out."""
    between = [(number, line) for number, limb in enumerate(limbs) for line in limb.outlines]
    runs = [(limbs[run.owner].first, run) for run in ink.limb_lines(scene.figure, between, scene.seen, scene.scale)]
    within = [(number, line) for number in _companions(scene.figure) for line in _part_outlines(scene, number)]
    runs += [(scene.surfaces[run.owner], run) for run in ink.creases(scene.figure, within, scene.seen, scene.scale)]
    sketches, tips = [], []
    for owner, run in sorted(runs, key=lambda found: found[1].kind):
        points, ends = _tapered(run.points, run.fades, round(TIP * scene.scale))
        slight = min(1.0, 0.3 + len(run.points) / (2 * TIP * scene.scale)) if all(run.fades) else 1.0
        mark = Line("ink", owner.name, "", round(WEIGHTS[run.kind] * slight, 2))
        tips += [tip(mark, end) for end in ends]
        if len(points) > 3:
            sketches.append(Sketch(mark, [points], INK, closed=run.closed))
    return sketches, tips


def _companions(figure: Figure) -> list[int]:
    """Return the surfaces that share their limb with others."""
    sizes = np.bincount(figure.limbs)
    return [int(number) for number in np.flatnonzero(sizes[figure.limbs] > 1)]


def _part_outlines(scene: Scene, number: int) -> list[Array]:
    """Return the outlines of what is seen of one surface."""
    fields = scene.fields
    field = fields[number]
    seen = regions.visible(field, [*fields[:number], *fields[number + 1 :], *scene.occluders])
    return regions.outlines(seen, field.left, field.top)


def _tapered(points: Array, fades: tuple[bool, bool], longest: int) -> tuple[Array, list[Array]]:
    """Return a line without its tips, and the tips, each from the line outwards."""
    length = min(longest, (len(points) - 1) // (1 + all(fades)))
    first, last = (length if fade else 0 for fade in fades)
    ends = [points[first::-1]] if first else []
    if last:
        ends.append(points[len(points) - 1 - last :])
    return points[first : len(points) - last], ends


def _outline(scene: Scene) -> list[Sketch]:
    """Return the outline of the whole figure."""
    figure = union(scene.fields)
    seen = regions.visible(figure, scene.occluders)
    lines = regions.outlines(seen, figure.left, figure.top)
    return [Sketch(Line("ink", "", "", _room(line, scene.scale)), [line], SILHOUETTE) for line in lines]


def _room(outline: Array, scale: float) -> float:
    """Return the weight of an outline: less round a narrow gap or a speck, so that ink does not fill it."""
    rim = np.hypot(*(outline - np.roll(outline, 1, axis=0)).T).sum()
    width = 2 * abs(regions.area(outline)) / float(rim) / scale
    return OUTLINE * round(min(1.0, max(0.4, width / NARROW)), 1)
