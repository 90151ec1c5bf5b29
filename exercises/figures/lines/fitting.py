"""Cubic curves laid through lines of points: as few as keep within an error, all lines in one go.

A cubic is laid through each stretch between two knots by least squares, its ends' directions given; stretches that
miss by too much are split where they miss most and laid again, then neighbours that would do as one are joined.
Curves that meet between corners share their direction, so that no joint shows. Lengths are px.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from exercises.figures.lines.strands import Flags, Indices, Strands
from exercises.figures.skeleton.geometry import SMALL, Array

ROUNDS: Final = 24
"""Splitting ends after this many rounds at the latest."""
JOININGS: Final = 4
"""How often neighbours are tried as one, odd and even ones in turn."""
EVENINGS: Final = 5
"""How often handles that meet are tried at one length."""
LEEWAY: Final = 1.15
"""How much further than asked a curve may miss so that its handle mirrors its neighbour's."""
TIE: Final = 1 - 1e-6
"""Of points missed alike, as far as rounding goes, the first is the worst: drawings do not hang on rounding."""
REFINEMENTS: Final = 2
"""How often each point's place along its curve is found anew."""


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """Cubics (n, 4, 2), in order along each line, and the number of the line each belongs to.

    ``mirrors`` says whose first handle is the reflection of the last handle before it.
    """

    cubics: Array
    owners: Indices
    mirrors: Flags


@dataclass(frozen=True, slots=True, eq=False)
class _Track:
    """Lines unrolled for fitting: closed ones start and end at a knot, each point knows both its directions."""

    points: Array
    along: Array
    leaving: Array
    coming: Array
    knots: Flags
    sharp: Flags
    owners: Indices


@dataclass(frozen=True, slots=True, eq=False)
class _Spans:
    """Stretches of a track, from the point ``first`` to ``last``.

    Of every point on them: the number of its stretch (``group``), its ``index``, its place (2, n), and how far along
    its stretch it is, from 0 to 1.
    """

    first: Indices
    last: Indices
    offsets: Indices
    group: Indices
    index: Indices
    points: Array
    even: Array


def fit(strands: Strands, sharp: Flags, error: Array) -> Curves:
    """Return cubics that follow the lines within ``error`` px (one for each line), broken only at ``sharp`` points."""
    track = _unrolled(strands, sharp)
    limits = error[track.owners]
    first, last, cubics = _split(track, limits)
    for turn in range(JOININGS):
        first, last, cubics = _joined(track, limits, (first, last, cubics), turn % 2)
    cubics, mirrors = _evened(track, limits, (first, last, cubics))
    return Curves(cubics, track.owners[first], mirrors)


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
    knots = sharp[order].copy()
    knots[begins] = knots[begins + sizes - 1] = True
    knots[(begins + sizes // 2)[round_one]] = True
    points = strands.points[order]
    leaving, coming = _directions(strands, sharp)
    return _Track(points, _lengths(points, begins), leaving[order], coming[order], knots, sharp[order], line)


def _lengths(points: Array, begins: Indices) -> Array:
    """Return how far along its line each point is, in px; a line begins at each of ``begins``."""
    moves = np.diff(points, axis=0, prepend=points[:1])
    lines = np.split(np.hypot(moves[:, 0], moves[:, 1]), begins[1:])
    return np.concatenate([np.zeros(0), *(np.cumsum(line) - line[0] for line in lines if len(line))])


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


def _split(track: _Track, limits: Array) -> tuple[Indices, Indices, Array]:
    """Return cubics through all lines, and the points from and to which each runs, in order."""
    at = np.flatnonzero(track.knots)
    inner = track.owners[at[:-1]] == track.owners[at[1:]]
    first, last = at[:-1][inner], at[1:][inner]
    done = [(first[:0], last[:0], np.zeros((0, 4, 2)))]
    for turn in range(ROUNDS):
        if not len(first):
            break
        spans = _spans(track, first, last)
        cubics, u = _laid(track, spans)
        miss, worst = _missed(spans, cubics, u)
        good = (miss <= limits[first]) | (last - first < 3) | (turn == ROUNDS - 1)
        done.append((first[good], last[good], cubics[good]))
        first, last, worst = first[~good], last[~good], worst[~good]
        room = np.minimum(3, (last - first) // 2)
        middle = np.clip(worst, first + room, last - room)
        first, last = np.concatenate([first, middle]), np.concatenate([middle, last])
    first, last, cubics = (np.concatenate(found) for found in zip(*done, strict=True))
    order = np.argsort(first, kind="stable")
    return first[order], last[order], cubics[order]


def _joined(
    track: _Track, limits: Array, laid: tuple[Indices, Indices, Array], start: int
) -> tuple[Indices, Indices, Array]:
    first, last, cubics = laid
    owners = track.owners[first]
    place = np.arange(len(first)) - np.searchsorted(owners, owners)
    follows = np.append((last[:-1] == first[1:]) & ~track.sharp[last[:-1]], False)
    pair = np.flatnonzero(follows & (place % 2 == start))
    if not len(pair):
        return laid
    spans = _spans(track, first[pair], last[pair + 1])
    tried, u = _laid(track, spans)
    miss, _ = _missed(spans, tried, u)
    good = miss <= limits[first[pair]]
    pair, tried = pair[good], tried[good]
    last, cubics = last.copy(), cubics.copy()
    last[pair], cubics[pair] = last[pair + 1], tried
    kept = np.ones(len(first), bool)
    kept[pair + 1] = False
    return first[kept], last[kept], cubics[kept]


def _evened(track: _Track, limits: Array, laid: tuple[Indices, Indices, Array]) -> tuple[Array, Flags]:
    """Return the cubics with handles that meet made equally long where that does, and which ones mirror."""
    first, last, cubics = laid
    mirrors = np.zeros(len(first), bool)
    if len(first) < 2:
        return cubics, mirrors
    mirrors[1:] = (last[:-1] == first[1:]) & ~track.sharp[first[1:]]
    spans = _spans(track, first, last)
    for _ in range(EVENINGS):
        tried = _with_even_handles(cubics, mirrors)
        miss, _ = _missed(spans, tried, _places(spans, tried))
        bad = miss > LEEWAY * limits[first]
        bad &= mirrors | np.append(mirrors[1:], False)
        if not bad.any():
            break
        mirrors &= ~bad
        mirrors[1:] &= ~bad[:-1]
    return _with_even_handles(cubics, mirrors), mirrors


def _with_even_handles(cubics: Array, mirrors: Flags) -> Array:
    """Return the cubics whose first handle mirrors the one before it, both of them of their middle length."""
    at = np.flatnonzero(mirrors)
    before, after = cubics[at - 1, 3] - cubics[at - 1, 2], cubics[at, 1] - cubics[at, 0]
    one, other = np.hypot(before[:, 0], before[:, 1]), np.hypot(after[:, 0], after[:, 1])
    even = np.sqrt(one * other) + SMALL
    found = cubics.copy()
    found[at - 1, 2] = cubics[at - 1, 3] - before * (even / (one + SMALL))[:, None]
    found[at, 1] = cubics[at, 0] + after * (even / (other + SMALL))[:, None]
    return found


def _spans(track: _Track, first: Indices, last: Indices) -> _Spans:
    counts = last - first + 1
    offsets = np.cumsum(counts) - counts
    group = np.repeat(np.arange(len(first)), counts)
    index = np.arange(len(group)) - offsets[group] + first[group]
    begin = track.along[first]
    length = np.maximum(track.along[last] - begin, SMALL)
    even = (track.along[index] - begin[group]) / length[group]
    return _Spans(first, last, offsets, group, index, track.points.T[:, index], even)


def _laid(track: _Track, spans: _Spans) -> tuple[Array, Array]:
    """Return a cubic for each stretch of points, and each point's place along it."""
    u = spans.even
    cubics = _least_squares(track, spans, u)
    for _ in range(REFINEMENTS):
        u = _nearer(spans, _powers(cubics), u)
        cubics = _least_squares(track, spans, u)
    return cubics, u


def _places(spans: _Spans, cubics: Array) -> Array:
    powers, u = _powers(cubics), spans.even
    for _ in range(REFINEMENTS):
        u = _nearer(spans, powers, u)
    return u


def _powers(cubics: Array) -> tuple[Array, Array, Array, Array]:
    """Return cubics (n, 4, 2) as the coefficients (2, n) of u to the power of 0, 1, 2 and 3."""
    a, b, c, d = (cubics[:, i].T for i in range(4))
    return a, 3 * (b - a), 3 * (c - 2 * b + a), d - a + 3 * (b - c)


def _nearer(spans: _Spans, powers: tuple[Array, Array, Array, Array], u: Array) -> Array:
    """Return places along cubics nearer to the points: a step of Newton's."""
    a, b, c, d = (power[:, spans.group] for power in powers)
    off = ((d * u + c) * u + b) * u + a - spans.points
    slope = (3 * d * u + 2 * c) * u + b
    bend = 6 * d * u + 2 * c
    square = _dot(slope, slope)
    steep = np.maximum(square + _dot(off, bend), square / 4) + SMALL  # never a leap where the curve is far off
    found: Array = np.clip(u - _dot(off, slope) / steep, 0.0, 1.0)
    return found


def _dot(one: Array, other: Array) -> Array:
    found: Array = one[0] * other[0] + one[1] * other[1]
    return found


def _missed(spans: _Spans, cubics: Array, u: Array) -> tuple[Array, Indices]:
    """Return by how many px each cubic misses its points at worst, and which point that is."""
    a, b, c, d = (power[:, spans.group] for power in _powers(cubics))
    off = ((d * u + c) * u + b) * u + a - spans.points
    square = _dot(off, off)
    miss = np.maximum.reduceat(square, spans.offsets)
    there = np.where(square >= TIE * miss[spans.group], spans.index, spans.index.max() + 1)
    return np.sqrt(miss), np.minimum.reduceat(there, spans.offsets)


def _least_squares(track: _Track, spans: _Spans, u: Array) -> Array:
    """Return the cubics whose handles, along the ends' directions, bring them nearest to the points."""
    start, end = track.points[spans.first].T, track.points[spans.last].T
    out, back = track.leaving[spans.first].T, -track.coming[spans.last].T
    v = 1 - u
    near, far = 3 * u * v * v, 3 * u * u * v
    rest = spans.points - start[:, spans.group] * (v * v * v + near) - end[:, spans.group] * (u * u * u + far)
    terms = np.stack([near * near, near * far, far * far, *(near * rest), *(far * rest)])
    a, b, c, *sums = np.add.reduceat(terms, spans.offsets, axis=1)
    b = b * _dot(out, back)
    x, y = _dot(np.stack(sums[:2]), out), _dot(np.stack(sums[2:]), back)
    determinant = a * c - b * b
    chord = np.hypot(*(end - start))
    solid = determinant > 1e-9
    safe = np.where(solid, determinant, 1.0)
    one, two = (x * c - y * b) / safe, (a * y - b * x) / safe
    fair = solid & (np.minimum(one, two) > 1e-2 * chord) & (np.maximum(one, two) < 3 * chord + 5)
    one, two = np.where(fair, one, chord / 3), np.where(fair, two, chord / 3)
    return np.stack([start, start + out * one, end + back * two, end]).transpose(2, 0, 1)
