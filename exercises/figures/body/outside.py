"""Finding a place on a body's skin: features are laid on whatever head they are drawn on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from exercises.figures.body.parts import Chain
from exercises.figures.body.polylines import catmull_rom, extend
from exercises.figures.skeleton.geometry import Array, Vector, unit, vector

FRONT: Final = vector((0.0, 0.0, 1.0))
FINENESS: Final = 5
"""Into how many pieces a curve lays the way from one given point to the next."""


@dataclass(frozen=True, slots=True, eq=False)
class Outside:
    """The outside of overlapping ellipsoids: ``centres`` (n, 3) and the inverses of their shapes (n, 3, 3)."""

    centres: Array
    inverses: Array

    @classmethod
    def of(cls, chains: Iterable[Chain]) -> "Outside":
        found = list(chains)
        shapes = np.concatenate([link.shapes for link in found])
        return cls(np.concatenate([link.centres for link in found]), np.linalg.inv(shapes))

    def cast(self, start: Vector, towards: Vector) -> Array:
        """Return the last place of the body that a ray meets; its start where it meets none."""
        direction = unit(towards)
        away = vector(start) - self.centres
        weighed = np.einsum("nij,j->ni", self.inverses, direction)
        a = weighed @ direction
        b = np.sum(weighed * away, axis=1)
        c = np.einsum("ni,nij,nj->n", away, self.inverses, away) - 1
        hit = b * b - a * c
        leave = np.where(hit > 0, (np.sqrt(np.maximum(hit, 0)) - b) / a, 0.0)
        return vector(start) + direction * max(0.0, float(leave.max()))

    def front(self, x: float, y: float, lift: float = 0.0) -> Array:
        """Return the foremost place at ``x``, ``y``, lifted off the skin by ``lift``."""
        return self.cast((x, y, 0.0), FRONT) + lift * FRONT

    def fronts(self, places: Sequence[tuple[float, float]], lift: float = 0.0) -> Array:
        return np.array([self.front(x, y, lift) for x, y in curve(places)])

    def outward(self, places: Sequence[Vector], middle: Vector, lift: float = 0.0) -> Array:
        """Return a curve through ``places``, moved along rays from ``middle`` until it lies ``lift`` above the skin."""
        rays = curve(places) - vector(middle)
        return np.array([self.cast(middle, ray) + unit(ray) * lift for ray in rays])


def curve(places: Sequence[Vector]) -> Array:
    """Return a smooth curve (Catmull-Rom) through given points."""
    given = np.array(places, dtype=np.float64)
    ends = extend(given)
    t = np.linspace(0.0, 1.0, FINENESS, endpoint=False)[:, None]
    pieces = [catmull_rom(*four, t) for four in zip(ends, ends[1:], ends[2:], ends[3:], strict=False)]
    return np.concatenate([*pieces, given[-1:]])
