"""The start as a ghost: where the moving limb was, in what it wears there, as a tint with dashed lines."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

import numpy as np

from exercises.figures.body.parts import Part
from exercises.figures.lines.curves import Care, paths
from exercises.figures.lines.ink import mend, stretches
from exercises.figures.marks.appearance import Appearance, PathMark
from exercises.figures.pose.files import WornProp
from exercises.figures.pose.movements import Movement
from exercises.figures.scene.stage import Stage
from exercises.figures.seen.raster import Field, part_field, union
from exercises.figures.seen.regions import outlines, visible
from exercises.figures.skeleton.geometry import Array

LINE: Final = 0.6
OPACITY: Final = 0.5
GOES_WITH: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"foot": ("foot", "sole", "ankle", "toe"), "head": ("head", "hair", "nose")}
)
"""Parts that go with one a ghost names, by its stem."""
SEAMED: Final = ("ankle", "sole", "toe")
"""Parts whose edges tell what a foot wears: the hem and a shoe's opening, its sole, a sock's toe."""
WITHIN: Final = 0.35
"""A seam is drawn where it is so far inside the ghost's outline, in cm."""
SHORTEST: Final = 1.5
"""Shorter seams are left out, in cm."""
CLOSED: Final = Care(error=0.35, smooth=2)
OPEN: Final = Care(error=0.4, smooth=1, corner=60.0)


def ghost(stage: Stage) -> tuple[PathMark, ...]:
    parts = _parts(stage)
    fields = [part_field(part, stage.camera) for part in parts]
    if not fields:
        return ()
    whole = union(fields)
    found = outlines(visible(whole, stage.hiding), whole.left, whole.top)
    path = "".join(paths(found, [True] * len(found), [CLOSED] * len(found)))
    seams = [seam for line in _edges(stage, parts, fields) for seam in _within(line, whole, stage.camera.scale)]
    inner = "".join(paths(seams, [False] * len(seams), [OPEN] * len(seams)))
    ink = stage.pen.colours["ghost_ink"]
    width = stage.pen.line(LINE)
    dash = (round(width * 2.6), round(width * 3.6))
    return (
        PathMark(Appearance(stage.pen.colours["ghost"], ink, width, OPACITY, dash), path),
        *([PathMark(Appearance(stroke=ink, width=width, dash=dash), inner)] if inner else []),
    )


def _parts(stage: Stage) -> list[Part]:
    movement = stage.movement
    names = {name for limb in movement.ghost for name in _names(limb)} | _worn(movement)
    return [part for part in stage.body(0.0).parts if part.name in names]


def _names(limb: str) -> tuple[str, ...]:
    stem, _, side = limb.rpartition("_")
    return tuple(f"{part}_{side}" for part in GOES_WITH.get(stem, (stem,))) if stem else GOES_WITH.get(limb, (limb,))


def _worn(movement: Movement) -> set[str]:
    return {
        prop.type for prop in movement.props if isinstance(prop, WornProp) and set(prop.round) <= set(movement.ghost)
    }


def _edges(stage: Stage, parts: Sequence[Part], fields: Sequence[Field]) -> Iterator[Array]:
    worn = _worn(stage.movement)
    for number, part in enumerate(parts):
        if part.name in worn or part.name.rpartition("_")[0] in SEAMED:
            others = [*fields[:number], *fields[number + 1 :], *stage.hiding]
            yield from outlines(visible(fields[number], others), fields[number].left, fields[number].top)


def _within(line: Array, whole: Field, scale: float) -> Iterator[Array]:
    columns, rows = np.rint(line - (whole.left, whole.top)).astype(int).T
    rows, columns = rows.clip(0, whole.inside.shape[0] - 1), columns.clip(0, whole.inside.shape[1] - 1)
    shortest = round(SHORTEST * scale)
    inside = mend(whole.inside[rows, columns] > WITHIN * scale, shortest, shortest)
    if inside.all():
        yield line
    elif inside.any():
        yield from (np.take(line, range(first, last), axis=0, mode="wrap") for first, last in stretches(inside))
