"""Cuboids: the straight-edged parts of props, and the shape of what a body lies on."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from exercises.figures.skeleton.geometry import MIRROR, Array

CORNERS = ((1, 1), (-1, 1), (-1, -1), (1, -1))


@dataclass(frozen=True, slots=True, eq=False)
class Box:
    """A cuboid: ``centre`` (3,) and ``half`` sizes (3,) in cm, ``axes`` (3, 3) with its own axes as columns.

    ``rounding`` is the radius of its four upright edges, as they are drawn.
    """

    name: str
    material: str
    centre: Array
    half: Array
    axes: Array
    rounding: float = 0.0

    def faces(self) -> Iterator[tuple[Array, Array]]:
        """Yield each face as its outward normal (3,) and its four corners (4, 3), in order."""
        for axis in range(3):
            first, second = (other for other in range(3) if other != axis)
            for sign in (1.0, -1.0):
                corners = np.zeros((4, 3))
                corners[:, axis] = sign * self.half[axis]
                corners[:, [first, second]] = np.array(CORNERS) * self.half[[first, second]]
                yield self.axes[:, axis] * sign, self.centre + corners @ self.axes.T

    def reflection(self) -> "Box":
        return Box(
            self.name, self.material, MIRROR @ self.centre, self.half, MIRROR @ self.axes @ MIRROR, self.rounding
        )
