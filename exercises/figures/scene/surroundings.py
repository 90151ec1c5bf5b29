"""The room a figure is in, drawn: the ground, what stands on it, and the shadow that falls on it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from exercises.figures.body.parts import Part
from exercises.figures.body.whole import Body
from exercises.figures.lines.curves import Care, paths
from exercises.figures.marks import joinery
from exercises.figures.marks.appearance import Appearance, PathMark
from exercises.figures.room.boxes import Box
from exercises.figures.room.props import FLAT, supports
from exercises.figures.scene.stage import Stage
from exercises.figures.seen.raster import OUTSIDE, Field, Grid, box_field, ellipsoid_field, part_field
from exercises.figures.seen.regions import outlines, visible
from exercises.figures.seen.shade import shade_lines
from exercises.figures.skeleton.geometry import Array

LYING: Final = ("mat", "bed")
PROP_LINE: Final = 0.55
"""A prop's line, as a share of the figure's."""
SHADOW_OPACITY: Final = 0.14
SHADOW_LEAN: Final = (0.12, 0.05)
"""How far a shadow falls to the right and to the front of the picture, for each centimetre of height."""
SHADOW_BELOW: Final = 75.0
"""What is higher above the ground than this casts none: a shadow only tells where a body touches."""
SMALLEST: Final = 2.5
"""Smaller shadows are left out, in square cm."""
SOFT: Final = Care(error=1.1, smooth=6)
PLAIN: Final = Care(error=0.35, smooth=2)


def setting(stage: Stage) -> tuple[tuple[PathMark, ...], tuple[PathMark, ...]]:
    return _ground(stage), _standing(stage)


def _ground(stage: Stage) -> tuple[PathMark, ...]:
    boxes = [box for box in stage.furniture.boxes if box.name in LYING]
    discs = [part for part in stage.furniture.soft if part.material in FLAT]
    marks = [mark for disc in discs for mark in _soft(stage, disc, ())]
    return (*marks, *joinery.box_marks(boxes, stage.camera, stage.pen.colours, stage.pen.line(PROP_LINE)))


def _standing(stage: Stage) -> tuple[PathMark, ...]:
    boxes = [box for box in stage.furniture.boxes if box.name not in LYING]
    marks = joinery.box_marks(boxes, stage.camera, stage.pen.colours, stage.pen.line(PROP_LINE))
    fields = [box_field(box, stage.camera) for box in stage.furniture.boxes]
    for part in stage.furniture.soft:
        if part.material not in FLAT:
            marks += _soft(stage, part, fields)
    return tuple(marks)


def _soft(stage: Stage, part: Part, others: Sequence[Field]) -> list[PathMark]:
    field = part_field(part, stage.camera)
    seen = visible(field, others)
    colours, material = stage.pen.colours, part.material
    path = _path(outlines(seen, field.left, field.top), PLAIN)
    if f"{material}_s" not in colours:
        return [PathMark(Appearance(colours[material]), path)]
    shade = _path(shade_lines(field, seen, material, stage.camera.scale), SOFT)
    rim = Appearance(stroke=colours[f"{material}_ink"], width=stage.pen.line(PROP_LINE))
    return [
        PathMark(Appearance(colours[material]), path),
        PathMark(Appearance(colours[f"{material}_s"]), shade),
        PathMark(rim, path),
    ]


def _path(lines: Sequence[Array], care: Care) -> str:
    return "".join(paths(lines, [True] * len(lines), [care] * len(lines)))


def shadow(stage: Stage, body: Body) -> tuple[PathMark, ...]:
    """Return the shadow, on the mat or bed it lies on or on the floor, of what of the body is not far above it."""
    known = supports(stage.movement.props)
    lying = next((name for name in LYING if name in known), "")
    level = known[lying].top if lying else 0.0
    parts = [part for part in body.parts if not part.decal]
    centres = np.concatenate([part.centres[::2] for part in parts])
    low = centres[:, 1] < level + SHADOW_BELOW
    if not low.any():
        return ()
    flat, forms = centres[low], np.concatenate([part.shapes[::2] for part in parts])[low]
    flat = flat + (flat[:, 1:2] - level) * _lean(stage)
    flat[:, 1] = level
    forms[:, 1, :] = forms[:, :, 1] = 0.0
    forms[:, 1, 1] = 0.02
    field = ellipsoid_field(stage.camera.place(flat), stage.camera.shapes(forms))
    ground = [box_field(_top(box), stage.camera) for box in stage.furniture.boxes if box.name == lying]
    seen = _kept_on(field, ground[0] if ground else _frame(stage))
    path = _path(outlines(seen, field.left, field.top, SMALLEST * stage.camera.scale**2), SOFT)
    return (PathMark(Appearance(stage.pen.colours["shadow"], opacity=SHADOW_OPACITY), path),)


def _top(box: Box) -> Box:
    up = box.axes[:, 1] * box.half[1]
    return replace(box, centre=box.centre + up, half=box.half * (1.0, 0.0, 1.0))


def _lean(stage: Stage) -> Array:
    """Return how a shadow falls for each centimetre of height: always to the right and the front of the picture."""
    right = stage.camera.matrix[0] / stage.camera.scale
    leaning: Array = SHADOW_LEAN[0] * right + SHADOW_LEAN[1] * np.array([-right[2], 0.0, right[0]])
    return leaning


def _frame(stage: Stage) -> Field:
    rows, columns = (np.arange(size + 1, dtype=np.float32) for size in (stage.height, stage.width))
    inside = np.minimum.outer(np.minimum(rows, rows[::-1]), np.minimum(columns, columns[::-1]))
    return Field(0, 0, inside, inside)


def _kept_on(field: Field, mat: Field) -> Grid:
    kept = np.full_like(field.inside, OUTSIDE)
    shared = field.overlap(mat)
    if shared:
        mine, yours = shared
        kept[mine] = np.minimum(field.inside[mine], mat.inside[yours])
    return kept
