"""Many lines at once: laid out evenly, their corners found, smoothed between them. Lengths are px."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from exercises.figures.body.polylines import evenly
from exercises.figures.skeleton.geometry import Array

Indices = NDArray[np.int64]
Flags = NDArray[np.bool_]

STEP: Final = 1.0
"""How far apart a line's points are."""
FEWEST: Final = 4
"""Every line has so many pieces at least."""
CORNER_SPAN: Final = 4
"""A corner is a turn between this many points before and after."""


@dataclass(frozen=True, slots=True, eq=False)
class Strands:
    """Many lines in one array: ``points`` (n, 2); each line's ``starts``, ``counts``, and whether it is ``closed``."""

    points: Array
    starts: Indices
    counts: Indices
    closed: Flags

    @property
    def owners(self) -> Indices:
        """The number of the line each point belongs to."""
        return np.repeat(np.arange(len(self.starts)), self.counts)

    def beside(self, steps: int) -> Indices:
        """Return the index of the point ``steps`` further on the same line; open lines end where they end."""
        owners = self.owners
        starts, counts = self.starts[owners], self.counts[owners]
        at = np.arange(len(self.points)) - starts + steps
        found: Indices = starts + np.where(self.closed[owners], at % counts, np.clip(at, 0, counts - 1))
        return found

    def line(self, number: int) -> Array:
        start = self.starts[number]
        return self.points[start : start + self.counts[number]]


def resample(lines: Sequence[Array], closed: Sequence[bool], step: float = STEP) -> Strands:
    """Return lines laid out with points about ``step`` apart, each by itself: none hangs on how others are rounded."""
    laid = [evenly(line, FEWEST, step, closed=shut) for line, shut in zip(lines, closed, strict=True)]
    counts = np.array([len(line) for line in laid], np.int64)
    points = np.concatenate([np.zeros((0, 2)), *laid])
    return Strands(points, np.cumsum(counts) - counts, counts, np.array(closed, bool))


def corners(strands: Strands, degrees: Array) -> Flags:
    """Return which points are corners: where a line turns by more than ``degrees`` (one for each line)."""
    before, after = strands.beside(-CORNER_SPAN), strands.beside(CORNER_SPAN)
    back, on = strands.points - strands.points[before], strands.points[after] - strands.points
    turn = np.abs(np.arctan2(back[:, 0] * on[:, 1] - back[:, 1] * on[:, 0], (back * on).sum(axis=1)))
    turn[(turn <= np.deg2rad(np.repeat(degrees, strands.counts)))] = 0.0
    turn[_near_ends(strands)] = 0.0
    sharp: Flags = turn > 0
    for steps in range(1, CORNER_SPAN + 1):
        sharp &= (turn > turn[strands.beside(-steps)]) & (turn >= turn[strands.beside(steps)])
    return sharp


def _near_ends(strands: Strands) -> Flags:
    """Return which points are too near the ends of an open line, or on too short a one, to be corners."""
    counts = np.repeat(strands.counts, strands.counts)
    at = np.arange(len(strands.points)) - np.repeat(strands.starts, strands.counts)
    open_end = (at < CORNER_SPAN) | (at >= counts - CORNER_SPAN)
    near: Flags = (open_end & ~np.repeat(strands.closed, strands.counts)) | (counts < 2 * CORNER_SPAN + 2)
    return near


def smooth(strands: Strands, fixed: Flags, rounds: Indices) -> Strands:
    """Return lines smoothed for their number of ``rounds``; ``fixed`` points and open ends stay where they are."""
    before, after = strands.beside(-1), strands.beside(1)
    left = np.repeat(rounds, strands.counts)
    here = np.arange(len(strands.points))
    still = fixed | (before == here) | (after == here)
    points = strands.points
    for spent in range(int(rounds.max(initial=0))):
        share = np.where(still | (left <= spent), 0.0, 0.5)[:, None]
        points = points + share * ((points[before] + points[after]) / 2 - points)
    return Strands(points, strands.starts, strands.counts, strands.closed)
