"""Rows of pixels → smooth cubic curves → SVG path data; all lines of a drawing at once.

Path data is in whole units, ``UNITS`` to the pixel, each curve written from where the last one ended.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from exercises.figures.lines.fitting import Curves, fit
from exercises.figures.lines.strands import Flags, corners, resample, smooth
from exercises.figures.skeleton.geometry import SMALL, Array

__all__ = ["UNITS", "Care", "Curves", "Flags", "numbers", "path_data", "paths"]

UNITS: Final = 5
"""Path data is written in whole fifths of a pixel: half a millimetre of the figure, at four pixels a centimetre."""
STRAIGHT: Final = 0.12
"""A curve whose handles lie this near its chord, in px, is written as a straight line."""


@dataclass(frozen=True, slots=True)
class Care:
    """How closely lines are followed: within error px, after smooth rounds; turns over corner degrees stay."""

    error: float
    smooth: int
    corner: float = 48.0


def paths(lines: Sequence[Array], closed: Sequence[bool], cares: Sequence[Care]) -> list[str]:
    if not lines:
        return []
    strands = resample(lines, closed)
    sharp = corners(strands, np.array([care.corner for care in cares]))
    strands = smooth(strands, sharp, np.array([care.smooth for care in cares]))
    curves = fit(strands, sharp, np.array([care.error for care in cares]))
    return path_data(curves, strands.closed)


def path_data(curves: Curves, closed: Flags, units: int = UNITS) -> list[str]:
    whole = np.rint(curves.cubics * units).astype(np.int64)
    steps = (whole[:, 1:] - whole[:, :1]).reshape(-1, 6)
    letters = np.where(curves.mirrors, "s", "c")
    straight = _straight(steps.astype(float), STRAIGHT * units)
    letters[straight] = "l"
    letters[1:][straight[:-1] & (letters[1:] == "s")] = "c"  # only a curve has a handle to mirror
    bounds = np.searchsorted(curves.owners, np.arange(len(closed) + 1))
    starts, moves, said = whole[:, 0].tolist(), steps.tolist(), letters.tolist()
    texts = []
    for line, shut in enumerate(closed.tolist()):
        begin, end = int(bounds[line]), int(bounds[line + 1])
        run = "".join(_commands(moves[begin:end], said[begin:end]))
        texts.append(f"M{numbers(starts[begin])}{run}{'z' if shut else ''}" if run else "")
    return texts


FIRST: Final = {"c": 0, "s": 2, "l": 4}
"""Which of a curve's six numbers is the first that a command needs."""


def _commands(moves: Sequence[list[int]], letters: Sequence[str]) -> Iterator[str]:
    """Yield path commands, the letter only where it changes."""
    last = ""
    for move, letter in zip(moves, letters, strict=True):
        text = numbers(move[FIRST[letter] :])
        if letter != last:
            yield letter
        elif text[0] != "-":
            yield " "
        yield text
        last = letter


def numbers(values: Sequence[int]) -> str:
    """Return numbers as path data wants them: a minus sign separates by itself."""
    return " ".join(map(str, values)).replace(" -", "-")


def _straight(steps: Array, limit: float) -> Flags:
    """Return which curves, given as steps from their start (n, 6), are straight lines as far as can be seen."""
    ends = steps[:, 4:]
    along = ends / (np.hypot(ends[:, 0], ends[:, 1]) + SMALL)[:, None]
    off = np.abs(steps[:, 0:4:2] * along[:, 1:] - steps[:, 1:4:2] * along[:, :1])
    flat: Flags = off.max(axis=1) < limit
    return flat
