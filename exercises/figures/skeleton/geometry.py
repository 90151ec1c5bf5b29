"""Points, directions and frames of the drawing room.

Lengths are centimetres, angles degrees. Axes of the world and of an upright body: x to the figure's left, y up, z to
the figure's front; the floor is y = 0. Points are arrays of shape (3,) or (n, 3).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Vector = Array | Sequence[float]

MIRROR = np.diag([-1.0, 1.0, 1.0])
"""Reflects x: turns a figure authored for the right leg into one for the left."""

SMALL = 1e-12


def vector(values: Vector) -> Array:
    return np.asarray(values, dtype=np.float64)


def unit(values: Vector) -> Array:
    """Return the direction of a vector, length 1; a vector of no length stays one."""
    found = vector(values)
    length: Array = found / (np.linalg.norm(found) + SMALL)
    return length


def about_x(degrees: float) -> Array:
    """Return the rotation about x: positive turns y towards z (the figure bends forward)."""
    c, s = _turn(degrees)
    return np.array([[1.0, 0.0, 0.0], [0.0, c, -s], [0.0, s, c]])


def about_y(degrees: float) -> Array:
    """Return the rotation about y: positive turns z towards x (the figure turns to its left)."""
    c, s = _turn(degrees)
    return np.array([[c, 0.0, s], [0.0, 1.0, 0.0], [-s, 0.0, c]])


def about_z(degrees: float) -> Array:
    """Return the rotation about z: positive turns x towards y (the figure leans to its right)."""
    c, s = _turn(degrees)
    return np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])


def _turn(degrees: float) -> tuple[float, float]:
    radians = np.deg2rad(degrees)
    return float(np.cos(radians)), float(np.sin(radians))


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A segment's own axes: ``axes`` has them as columns (3, 3), ``origin`` is its upper joint (3,)."""

    axes: Array
    origin: Array

    def at(self, local: Vector) -> Array:
        """Return the world place of a ``local`` point (3,), or of many (n, 3)."""
        return self.origin + vector(local) @ self.axes.T

    def child(self, offset: Vector, turn: Array) -> "Frame":
        """Return the frame of a segment joined at ``offset`` and turned by ``turn`` against this one."""
        return Frame(self.axes @ turn, self.at(offset))

    def reflection(self) -> "Frame":
        """Return the reflection in x = 0, its own x axis turned back so that it stays right-handed."""
        return Frame(MIRROR @ self.axes @ MIRROR, MIRROR @ self.origin)


def between(first: Frame, second: Frame, origin: Vector, share: float = 0.5) -> Frame:
    """Return a frame at ``origin`` turned from ``first`` towards ``second`` by ``share`` (0 to 1)."""
    mixed = first.axes * (1 - share) + second.axes * share
    left, _, right = np.linalg.svd(mixed)
    left[:, 2] *= np.sign(np.linalg.det(left @ right))  # opposite axes have no middle: any turn, but no reflection
    return Frame(left @ right, vector(origin))
