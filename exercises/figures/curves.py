"""Rows of pixels → smooth cubic curves → SVG path data; all lines of a drawing at once.

Lengths are px. Lines are resampled at one point a pixel and smoothed between their corners; a cubic is laid through
each stretch by least squares with the ends' directions given, and stretches that miss by too much are split and laid
again, all of them in one go. Curves that meet between corners share their direction, so that no joint shows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from exercises.figures.geometry import SMALL, Array

Indices = NDArray[np.int64]
Flags = NDArray[np.bool_]

UNITS: Final = 5
"""Path data is written in whole fifths of a pixel: half a millimetre of the figure, at four pixels a centimetre."""
STEP: Final = 1.0
"""How far apart a line's points are."""
CORNER_SPAN: Final = 4
"""A corner is a turn between this many points before and after."""
ROUNDS: Final = 24
"""Splitting ends after this many rounds at the latest."""
STRAIGHT: Final = 0.12
"""A curve whose handles lie this near its chord is written as a straight line."""


@dataclass(frozen=True, slots=True)
class Care:
    """How closely lines are followed: within error px, after smooth rounds; turns over corner degrees stay."""

    error: float
    smooth: int
    corner: float = 48.0


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
        """Return the points of one line."""
        start = self.starts[number]
        return self.points[start : start + self.counts[number]]


def resampled(lines: Sequence[Array], closed: Sequence[bool], step: float = STEP) -> Strands:
    """Return lines with points about ``step`` apart, at least four each."""
    rings = [np.concatenate([line, line[:1]]) if shut else line for line, shut in zip(lines, closed, strict=True)]
    points = np.concatenate([np.zeros((0, 2)), *rings])
    sizes = np.array([len(ring) for ring in rings], np.int64)
    firsts = np.cumsum(sizes) - sizes
    moves = np.diff(points, axis=0, prepend=points[:1])
    lengths = np.hypot(moves[:, 0], moves[:, 1])
    lengths[firsts] = 1.0  # a gap between lines, so that none of them runs into the next
    along = np.cumsum(lengths)
    begin, end = along[firsts], along[firsts + sizes - 1]
    pieces = np.maximum(np.rint((end - begin) / step).astype(np.int64), 4)
    shut = np.array(closed, bool)
    counts = pieces + ~shut
    starts = np.cumsum(counts) - counts
    places = (np.arange(counts.sum()) - np.repeat(starts, counts)) * np.repeat((end - begin) / pieces, counts)
    places += np.repeat(begin, counts)
    found = np.column_stack([np.interp(places, along, points[:, axis]) for axis in (0, 1)])
    return Strands(found, starts, counts, shut)


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


def smoothed(strands: Strands, fixed: Flags, rounds: Indices) -> Strands:
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


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """Cubics (n, 4, 2), in order along each line, and the number of the line each belongs to."""

    cubics: Array
    owners: Indices


@dataclass(frozen=True, slots=True, eq=False)
class _Track:
    """Lines unrolled for fitting: closed ones start and end at a knot, each point knows both its directions."""

    points: Array
    along: Array
    leaving: Array
    coming: Array
    knots: Flags
    owners: Indices


def fitted(strands: Strands, sharp: Flags, error: Array) -> Curves:
    """Return cubics that follow the lines within ``error`` px (one for each line), broken only at ``sharp`` points."""
    track = _unrolled(strands, sharp)
    at = np.flatnonzero(track.knots)
    inner = track.owners[at[:-1]] == track.owners[at[1:]]
    first, last = at[:-1][inner], at[1:][inner]
    done: list[tuple[Indices, Array]] = []
    for turn in range(ROUNDS):
        if not len(first):
            break
        cubics, miss, worst = _laid(track, first, last)
        good = (miss <= error[track.owners[first]]) | (last - first < 3) | (turn == ROUNDS - 1)
        done.append((first[good], cubics[good]))
        bad = ~good
        room = np.minimum(3, (last - first)[bad] // 2)
        middle = np.clip(worst[bad], first[bad] + room, last[bad] - room)
        first, last = np.concatenate([first[bad], middle]), np.concatenate([middle, last[bad]])
    starts = np.concatenate([np.zeros(0, np.int64), *(start for start, _ in done)])
    cubics = np.concatenate([np.zeros((0, 4, 2)), *(found for _, found in done)])
    order = np.argsort(starts, kind="stable")
    return Curves(cubics[order], track.owners[starts[order]])


def _unrolled(strands: Strands, sharp: Flags) -> _Track:
    """Return the lines ready for fitting; a closed one without corners gets knots at its start and half way."""
    many, total = len(strands.starts), len(strands.points)
    owners = strands.owners
    local = np.arange(total) - strands.starts[owners]
    first = np.full(many, total)
    np.minimum.at(first, owners[sharp], local[sharp])
    round_one = strands.closed & (first == total)
    first = np.where(strands.closed & ~round_one, first, 0)
    sizes = strands.counts + strands.closed
    begins = np.cumsum(sizes) - sizes
    line = np.repeat(np.arange(many), sizes)
    place = np.arange(sizes.sum()) - begins[line]
    order = strands.starts[line] + (place + first[line]) % strands.counts[line]
    knots = sharp[order]
    knots[begins] = knots[begins + sizes - 1] = True
    knots[(begins + sizes // 2)[round_one]] = True
    points = strands.points[order]
    moves = np.diff(points, axis=0, prepend=points[:1])
    leaving, coming = _directions(strands, sharp)
    return _Track(points, np.cumsum(np.hypot(moves[:, 0], moves[:, 1])), leaving[order], coming[order], knots, line)


def _directions(strands: Strands, sharp: Flags) -> tuple[Array, Array]:
    """Return each point's direction as the line leaves it and as it comes to it: one, save at corners and ends."""
    points = strands.points
    ahead, behind = strands.beside(2), strands.beside(-2)
    both = points[ahead] - points[behind]
    here = np.arange(len(points))
    first, last = strands.beside(-1) == here, strands.beside(1) == here
    on = 4 * points[ahead] - 3 * points - points[strands.beside(4)]
    back = 3 * points - 4 * points[behind] + points[strands.beside(-4)]
    leaving = np.where((sharp | first)[:, None], on, both)
    coming = np.where((sharp | last)[:, None], back, both)
    return _units(leaving), _units(coming)


def _units(vectors: Array) -> Array:
    found: Array = vectors / (np.hypot(vectors[:, 0], vectors[:, 1]) + SMALL)[:, None]
    return found


def _laid(track: _Track, first: Indices, last: Indices) -> tuple[Array, Array, Indices]:
    """Return a cubic for each stretch of points, by how far it misses them at worst, and where."""
    counts = last - first + 1
    offsets = np.cumsum(counts) - counts
    stretch = np.repeat(np.arange(len(first)), counts)
    index = np.arange(counts.sum()) - offsets[stretch] + first[stretch]
    points = track.points[index]
    begin = track.along[first]
    u = (track.along[index] - begin[stretch]) / np.maximum(track.along[last] - begin, SMALL)[stretch]
    for turn in range(3):
        cubics = _least_squares(track, (first, last), points, u, (stretch, offsets))
        at, slope, bend = _at(cubics[stretch], u)
        off = at - points
        if turn < 2:
            steep = (slope**2).sum(axis=1) + (off * bend).sum(axis=1)
            u = np.clip(
                u - np.where(steep > SMALL, (off * slope).sum(axis=1) / np.maximum(steep, SMALL), 0.0), 0.0, 1.0
            )
    square = (off**2).sum(axis=1)
    miss = np.maximum.reduceat(square, offsets)
    worst = np.minimum.reduceat(np.where(square == miss[stretch], index, len(track.points)), offsets)
    return cubics, np.sqrt(miss), worst


def _least_squares(
    track: _Track, ends: tuple[Indices, Indices], points: Array, u: Array, groups: tuple[Indices, Indices]
) -> Array:
    """Return the cubics whose handles, along the ends' directions, bring them nearest to the points."""
    (first, last), (stretch, offsets) = ends, groups
    start, end = track.points[first], track.points[last]
    out, back = track.leaving[first], -track.coming[last]
    v = 1 - u
    near, far = 3 * u * v * v, 3 * u * u * v
    rest = points - start[stretch] * (v**3 + near)[:, None] - end[stretch] * (u**3 + far)[:, None]
    sums = np.add.reduceat(
        np.column_stack([near * near, near * far, far * far, near[:, None] * rest, far[:, None] * rest]),
        offsets,
        axis=0,
    )
    a, b, c = sums[:, 0], sums[:, 1] * (out * back).sum(axis=1), sums[:, 2]
    x, y = (sums[:, 3:5] * out).sum(axis=1), (sums[:, 5:7] * back).sum(axis=1)
    determinant = a * c - b * b
    chord = np.hypot(*(end - start).T)
    solid = determinant > 1e-9
    safe = np.where(solid, determinant, 1.0)
    one, two = (x * c - y * b) / safe, (a * y - b * x) / safe
    fair = solid & (np.minimum(one, two) > 1e-2 * chord) & (np.maximum(one, two) < 3 * chord + 5)
    one, two = np.where(fair, one, chord / 3), np.where(fair, two, chord / 3)
    return np.stack([start, start + out * one[:, None], end + back * two[:, None], end], axis=1)


def _at(cubics: Array, u: Array) -> tuple[Array, Array, Array]:
    """Return the place, first and second derivative of one cubic for each parameter."""
    a, b, c, d = (cubics[:, i] for i in range(4))
    t, v = u[:, None], 1 - u[:, None]
    place = v * v * (v * a + 3 * t * b) + t * t * (3 * v * c + t * d)
    slope = 3 * (v * v * (b - a) + 2 * t * v * (c - b) + t * t * (d - c))
    bend = 6 * (v * (c - 2 * b + a) + t * (d - 2 * c + b))
    return place, slope, bend


def paths(lines: Sequence[Array], closed: Sequence[bool], cares: Sequence[Care]) -> list[str]:
    """Return the path data of each line."""
    if not lines:
        return []
    strands = resampled(lines, closed)
    sharp = corners(strands, np.array([care.corner for care in cares]))
    strands = smoothed(strands, sharp, np.array([care.smooth for care in cares]))
    curves = fitted(strands, sharp, np.array([care.error for care in cares]))
    return written(curves, strands.closed)


def written(curves: Curves, closed: Flags, units: int = UNITS) -> list[str]:
    """Return the path data of each line: whole numbers, each curve from where the last one ended."""
    whole = np.rint(curves.cubics * units).astype(np.int64)
    steps = (whole[:, 1:] - whole[:, :1]).reshape(-1, 6)
    straight = _straight(steps.astype(float), STRAIGHT * units)
    texts = ["" for _ in closed]
    bounds = np.searchsorted(curves.owners, np.arange(len(closed) + 1))
    firsts, moves, flat = whole[:, 0].tolist(), steps.tolist(), straight.tolist()
    for line, shut in enumerate(closed.tolist()):
        begin, end = int(bounds[line]), int(bounds[line + 1])
        if begin < end:
            texts[line] = f"M{numbers(firsts[begin])}{_moves(moves[begin:end], flat[begin:end])}{'z' if shut else ''}"
    return texts


def _moves(moves: list[list[int]], straight: list[bool]) -> str:
    """Return path commands, the letter only where it changes."""
    said, last = [], ""
    for move, flat in zip(moves, straight, strict=True):
        letter, values = ("l", move[4:]) if flat else ("c", move)
        text = numbers(values)
        said.append(letter + text if letter != last else text if text[0] == "-" else " " + text)
        last = letter
    return "".join(said)


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
