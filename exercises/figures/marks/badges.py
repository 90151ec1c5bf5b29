"""The numbers of a pair or a storyboard: digits drawn as strokes on a disc, for a drawing holds no text."""

from types import MappingProxyType
from typing import Final

import numpy as np

from exercises.figures.lines.curves import UNITS
from exercises.figures.marks.appearance import Appearance, PathMark
from exercises.figures.marks.pen import Pen
from exercises.figures.skeleton.geometry import Array

RADIUS: Final = 6.2
"""Centimetres."""
STROKE: Final = 0.24
"""A digit's line, as a share of the radius."""
ROUND: Final = 0.5523
"""How far a quarter circle's handles reach, as a share of its radius."""
DIGITS: Final = MappingProxyType(
    {
        1: "M-24-22 L4-44 L4 44",
        2: "M-25-22 C-24-52 25-52 25-20 C25-2-4 18-26 42 L28 42",
        3: "M-24-35 C-8-52 24-46 24-22 C24-6 8-2-6-2 C10-2 27 4 27 22 C27 46-8 54-27 34",
        4: "M12 44 L12-44 L-30 20 L30 20",
    }
)
"""Paths a hundred units to the radius, about the disc's middle."""


def badge(number: int, middle: tuple[float, float], pen: Pen) -> tuple[PathMark, ...]:
    """Return the badge of a number (1 to 4) about ``middle`` (px)."""
    radius = RADIUS * pen.centimetre
    at = np.array(middle) * UNITS
    disc = PathMark(Appearance(pen.colours["badge"]), _written(_circle() * radius + at, "MCCCC") + "z")
    letters, points = _parsed(DIGITS[number])
    digit = _written(points * radius / 100 + at, letters)
    return disc, PathMark(Appearance(stroke=pen.colours["badge_ink"], width=round(STROKE * radius)), digit)


def _circle() -> Array:
    quarters = [np.array([[1, 0], [1, ROUND], [ROUND, 1]])]
    for _ in range(3):
        quarters.append(np.column_stack([-quarters[-1][:, 1], quarters[-1][:, 0]]))
    return np.concatenate([*quarters, quarters[0][:1]])


def _parsed(path: str) -> tuple[str, Array]:
    letters = "".join(sign for sign in path if sign.isalpha())
    numbers = "".join(" " if sign.isalpha() else sign for sign in path).replace("-", " -").split()
    return letters, np.array(numbers, float).reshape(-1, 2)


def _written(points: Array, letters: str) -> str:
    """Return absolute path data: a point for each M and L, three for each C."""
    left = iter(np.rint(points).astype(int).tolist())
    said = []
    for letter in letters:
        taken = [next(left) for _ in range(3 if letter == "C" else 1)]
        said.append(letter + " ".join(f"{x} {y}" for x, y in taken))
    return "".join(said)
