"""What is painted on a surface: eyes as flat decals, and the lines of face and hands, as if drawn with a brush."""

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from exercises.figures.body.parts import FaceStroke, Part
from exercises.figures.lines import ink
from exercises.figures.lines.curves import Care
from exercises.figures.lines.ink import Cover
from exercises.figures.lines.sketches import Fill, InkLine, Sketch
from exercises.figures.seen import regions
from exercises.figures.seen.camera import Camera
from exercises.figures.seen.raster import Field, part_field
from exercises.figures.skeleton.geometry import SMALL, Array

SKIN_DEEP: Final = 0.35
"""How far a decal may lie under the surface it is painted on, in cm."""
STROKE_DEEP: Final = 0.7
"""How far a stroke may, in cm."""
GAP: Final = 1.0
"""Shorter gaps in a stroke are closed, in cm."""
SHORTEST: Final = 1.0
"""Shorter pieces of a stroke are left out, in cm."""
EVEN: Final = frozenset({"glasses"})
"""Strokes as wide at their ends as in their middle; a brush draws all others."""
THIN: Final = 0.3
"""How wide a brush stroke's ends are, as a share of its middle."""
FINE: Final = 0.5
"""How far apart a stroke's points are, in px."""
DECAL: Final = Care(0.15, 1)
STROKE: Final = Care(0.3, 0, 60.0)


def decals(parts: Iterable[Part], fields: Sequence[Field], camera: Camera) -> list[Sketch]:
    found = []
    for part in parts:
        field = part_field(part, camera)
        seen = regions.visible(field, fields, SKIN_DEEP * camera.scale)
        lines = regions.outlines(seen, field.left, field.top, 1.0)
        if lines:
            found.append(Sketch(Fill(part.material, part.name, ""), lines, DECAL))
    return found


def strokes(lines: Iterable[FaceStroke], seen: Cover, camera: Camera) -> list[Sketch]:
    found = []
    for line in lines:
        fine = _finer(camera.place(line.points))
        for points in _bare(fine, seen, camera.scale):
            if line.material in EVEN:
                mark = InkLine(line.material, "head", "", 0.0, line.width)
                found.append(Sketch(mark, [points], STROKE, closed=False))
            else:
                outline = _brushed(points, line.width * camera.scale)
                found.append(Sketch(Fill(line.material, "head", ""), [outline], STROKE))
    return found


def _bare(points: Array, seen: Cover, scale: float) -> list[Array]:
    """Return the pieces (m, 2) of a line (n, 3) that are not hidden."""
    _, depth = seen.at(points[:, :2])
    gap, shortest = (round(length * scale / FINE) for length in (GAP, SHORTEST))
    beyond = np.zeros(gap, bool)  # the line's ends are no gap
    bare = ink.mend(np.concatenate([beyond, points[:, 2] > depth - STROKE_DEEP * scale]), gap, shortest)
    return [points[first - gap : last - gap, :2] for first, last in ink.stretches(bare)] if bare.any() else []


def _finer(points: Array) -> Array:
    length = float(np.hypot(*np.diff(points[:, :2], axis=0).T).sum())
    places = np.linspace(0, len(points) - 1, max(2, round(length / FINE)))
    return np.column_stack([np.interp(places, np.arange(len(points)), points[:, axis]) for axis in range(3)])


def _brushed(points: Array, width: float) -> Array:
    """Return the outline of a stroke along ``points`` (n, 2) that swells to ``width`` px and thins out again."""
    along = np.gradient(points, axis=0)
    along /= np.hypot(along[:, 0], along[:, 1])[:, None] + SMALL
    swell = THIN + (1 - THIN) * np.sqrt(np.sin(np.linspace(0, np.pi, len(points))).clip(0))
    aside = np.column_stack([-along[:, 1], along[:, 0]]) * (swell * width / 2)[:, None]
    return np.concatenate([points + aside, (points - aside)[::-1]])
