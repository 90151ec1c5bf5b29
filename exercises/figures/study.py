"""A figure worked out but not yet written: where its limbs are seen, and its lines as rows of points.

``paint`` goes straight on to curves; a moving drawing first takes apart what moves and what does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from exercises.figures import ink, paint
from exercises.figures.body.parts import FaceStroke, Part
from exercises.figures.camera import Camera
from exercises.figures.geometry import Array
from exercises.figures.painted import Fill, Sketch, Tip
from exercises.figures.raster import Field, Grid, part_field


@dataclass(frozen=True, slots=True, eq=False)
class Limb:
    """Surfaces filled as one: their material, the parts they are, and where they are seen from (left, top) on."""

    material: str
    parts: frozenset[str]
    name: str
    left: int
    top: int
    seen: Grid

    def filled(self, lines: Sequence[Array]) -> tuple[Sketch, ...]:
        """Return the fill of what lies within ``lines``."""
        return (Sketch(Fill(self.material, self.name, ""), lines, paint.FILL),) if lines else ()


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """A figure's limbs with their flat fills, the shades on them, the face's features, all lines, and their tips."""

    limbs: tuple[Limb, ...] = ()
    shades: tuple[Sketch, ...] = ()
    features: tuple[Sketch, ...] = ()
    lines: tuple[Sketch, ...] = ()
    tips: tuple[Tip, ...] = ()


def study(parts: Sequence[Part], strokes: Sequence[FaceStroke], occluders: Sequence[Field], camera: Camera) -> Study:
    """Return what is seen of a figure that ``occluders`` may hide."""
    surfaces = paint.surfaces_of(parts, camera)
    if not surfaces:
        return Study()
    seen = ink.cover([*(surface.field for surface in surfaces), *occluders])
    scene = paint.Scene(surfaces, ink.figure_of(surfaces), occluders, seen, camera.scale)
    limbs = paint._limbs(scene)
    decals = [(part, part_field(part, camera)) for part in parts if part.decal]
    shades = paint._filled(scene, limbs)[1]
    features = [*paint._decals(decals, scene), *paint._strokes(strokes, seen, camera)]
    inner, tips = paint._inner(scene, limbs)
    found = []
    for number, limb in enumerate(limbs):
        names = frozenset(surfaces[member].name for member in np.flatnonzero(scene.figure.limbs == number))
        found.append(Limb(limb.first.material, names, limb.first.name, limb.field.left, limb.field.top, limb.seen))
    return Study(tuple(found), tuple(shades), tuple(features), (*inner, *paint._outline(scene)), tuple(tips))
