"""The camera: from the world in centimetres to a picture in pixels.

Orthographic, so that mats stay parallel and sizes can be compared. Picture axes: x right, y down, z towards the
viewer, all in pixels; pixel centres have whole coordinates.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from exercises.figures.body.parts import Part
from exercises.figures.room.boxes import Box
from exercises.figures.skeleton.geometry import Array, Vector, about_x, about_y, vector

LIGHT: Final = (-0.45, -0.72, 0.62)
"""Where light comes from, in picture axes: upper left, a little in front, whichever leg is drawn."""


@dataclass(frozen=True, slots=True)
class Camera:
    """Looks at the world from ``yaw`` degrees beside its front and ``pitch`` degrees above, ``scale`` px per cm.

    ``origin`` is the picture's upper left corner in whole pixels from the world's origin. ``mirror`` reflects world and
    camera in x = 0, exactly: the picture of the other leg.
    """

    yaw: float
    pitch: float
    scale: float = 4.0
    origin: tuple[int, int] = (0, 0)
    mirror: bool = False

    @property
    def matrix(self) -> Array:
        """The (3, 3) that turns world directions in cm into picture directions in px."""
        sideways = -self.scale if self.mirror else self.scale
        turned: Array = about_x(self.pitch) @ about_y(-self.yaw)
        turned *= np.array([[sideways], [-self.scale], [self.scale]])
        return turned

    def place(self, points: Vector) -> Array:
        placed: Array = vector(points) @ self.matrix.T - np.array([*self.origin, 0.0])
        return placed

    def shapes(self, shapes: Array) -> Array:
        matrix = self.matrix
        seen: Array = matrix @ shapes @ matrix.T
        return seen


def bounds(
    camera: Camera, parts: Iterable[Part] = (), boxes: Iterable[Box] = (), points: Vector = ()
) -> tuple[Array, Array]:
    corners = [camera.place(points)[:, :2]] if len(points) else []
    for part in parts:
        middle, shapes = camera.place(part.centres)[:, :2], camera.shapes(part.shapes)
        reach = np.sqrt(np.stack([shapes[:, 0, 0], shapes[:, 1, 1]], axis=1))
        corners += [middle - reach, middle + reach]
    corners += [camera.place(corner)[:, :2] for box in boxes for _, corner in box.faces()]
    found = np.concatenate(corners)
    return found.min(axis=0), found.max(axis=0)
