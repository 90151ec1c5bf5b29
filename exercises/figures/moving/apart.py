"""What moves and what does not: the drawings of one movement taken apart into still layers and what each adds.

Whatever looks the same in every drawing is drawn once, so that it cannot jitter and costs nothing twice:

- parts that never move are painted without the moving ones; what moves is painted over them where it is in front;
- of a limb that moves only somewhere (a shirt whose hem is lifted) the piece that is there in every drawing is still;
- a line is still where every drawing has it, and is drawn again only beside what moves.

All places are px of one picture. Fields are positive inside a shape and fall off by about one a px.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from exercises.figures.lines.curves import Flags
from exercises.figures.lines.ink import stretches
from exercises.figures.lines.sketches import Sketch, Tip
from exercises.figures.lines.study import Limb, Study
from exercises.figures.seen.raster import OUTSIDE, Grid
from exercises.figures.seen.regions import area, outlines
from exercises.figures.skeleton.geometry import Array

EDGE: Final = 2.5
"""How far beside a limb's edge, in px, its moving matters to a line."""
STILL: Final = 0.3
"""An edge that moves less than this, in px, stands still."""
SLIVER: Final = 1.0
"""Pieces of a limb thinner than this, in px, are covered by its outline."""
SMALLEST: Final = 5.0
"""Pieces of a limb smaller than this, in square px, are left out."""
REACH: Final = 2
"""By so many points pieces of a line go on beyond where they must."""
SHORTEST: Final = 8
"""A still piece of a line has so many points at least."""
ROOM: Final = 2
"""So many pixels around it belong to what is left of a limb."""
ALIKE: Final = 0.8
"""Shapes and tips as near as this, in px, are the same."""

Size = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """Sketches in the order they are painted: flat fills, shade and features, lines, and lines' tips."""

    flats: tuple[Sketch, ...] = ()
    tops: tuple[Sketch, ...] = ()
    lines: tuple[Sketch, ...] = ()
    tips: tuple[Tip, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Apart:
    """A movement taken apart, from the back: what stands ``beneath``; each drawing's ``fills``; the lines and tips
    ``between`` that all drawings have; each drawing's own ``lines`` and tips.
    """

    beneath: tuple[Layer, ...]
    fills: tuple[Layer, ...]
    between: Layer
    lines: tuple[Layer, ...]


def take_apart(drawings: Sequence[Study], base: Study, still_parts: frozenset[str], half: float, size: Size) -> Apart:
    """Return drawings of one movement as what stands still and what each adds.

    ``base`` is a drawing of the ``still_parts`` alone, ``half`` is half the outline's width in px, ``size`` is the
    picture's rows and columns.
    """
    moving = [[limb for limb in one.limbs if not limb.parts <= still_parts] for one in drawings]
    cores, rests = _fills(moving, base.limbs, size)
    core = _laid(cores, size)
    filled = [np.maximum(core, _laid(limbs, size)) for limbs in rests]
    under, shared, own = _lines(drawings, base, (filled, [_laid(limbs, size) for limbs in moving]), half)
    tops = _common([_tops(one, still_parts) for one in drawings])
    tips = _common_tips([one.tips for one in drawings])
    return Apart(
        beneath=(Layer(_flats(base.limbs), base.shades, under), Layer(_flats(cores), tops)),
        fills=tuple(
            Layer(_flats(limbs), tuple(_without(_tops(one, still_parts), tops)))
            for one, limbs in zip(drawings, rests, strict=True)
        ),
        between=Layer(lines=shared, tips=tips),
        lines=tuple(
            Layer(lines=lines, tips=tuple(tip for tip in one.tips if not any(_same_tip(tip, other) for other in tips)))
            for one, lines in zip(drawings, own, strict=True)
        ),
    )


def _lines(
    drawings: Sequence[Study], base: Study, moving: tuple[Sequence[Grid], Sequence[Grid]], half: float
) -> tuple[tuple[Sketch, ...], tuple[Sketch, ...], list[tuple[Sketch, ...]]]:
    """Return the lines of what stands still that moving limbs may cover, those of all drawings, and each one's own.

    ``moving`` are the fields, in each drawing, of what is filled over the still layer, and of whole moving limbs.
    """
    filled, whole = moving
    size = (filled[0].shape[0], filled[0].shape[1])
    inked = [_dots(one.lines, size) for one in drawings]
    always = np.logical_and.reduce(inked) & ~_stirred([one.limbs for one in drawings], size)
    shared = _kept(drawings[0].lines, always, SHORTEST)
    shared_dots = _dots(shared, size)
    bare = [(field <= half) & ~_wider(dots, 1) for field, dots in zip(filled, inked, strict=True)]
    under = _kept(base.lines, ~np.logical_or.reduce([shared_dots, *bare]), SHORTEST)
    under_dots = _dots(under, size)
    own = [
        _kept(one.lines, ~(shared_dots | (under_dots & (field < -half - 0.5))))
        for one, field in zip(drawings, whole, strict=True)
    ]
    return under, shared, own


def _fills(moving: Sequence[Sequence[Limb]], base: Sequence[Limb], size: Size) -> tuple[list[Limb], list[list[Limb]]]:
    """Return what of moving limbs is there in every drawing, and what each drawing has to fill beside that.

    A limb is not filled where a part of it that stands still is painted already.
    """
    rests: list[list[Limb]] = [[] for _ in moving]
    cores: list[Limb] = []
    for name in dict.fromkeys((limb.material, limb.name) for limbs in moving for limb in limbs):
        rows = [(at, limb) for at, limbs in enumerate(moving) for limb in limbs if (limb.material, limb.name) == name]
        whole = [_over(limb, size) for _, limb in rows]
        core = np.minimum.reduce([limb.seen for limb in whole]) if len(rows) == len(moving) else None
        under = _laid([limb for limb in base if limb.parts <= rows[0][1].parts], size)
        choices = [(whole, None), ([_left(limb, under) for limb in whole], None)]
        if core is not None:
            choices.append(([_left(limb, np.maximum(core, under)) for limb in whole], core))
        best, core = min(choices, key=lambda choice: sum(map(_points, choice[0])))
        if core is not None:
            cores.append(replace(whole[0], seen=core))
        for (at, _), limb in zip(rows, best, strict=True):
            rests[at].append(limb)
    return cores, rests


def _stirred(drawings: Sequence[Sequence[Limb]], size: Size) -> Flags:
    most = np.zeros(size, np.float32)
    for name in dict.fromkeys((limb.material, limb.name) for limbs in drawings for limb in limbs):
        rows = ([limb for limb in limbs if (limb.material, limb.name) == name] for limbs in drawings)
        edges = [_laid(row, size).clip(-EDGE, EDGE) for row in rows]
        np.maximum(most, np.maximum.reduce(edges) - np.minimum.reduce(edges), out=most)
    found: Flags = most > STILL
    return found


def _over(limb: Limb, size: Size) -> Limb:
    return replace(limb, left=0, top=0, seen=_laid([limb], size))


def _left(limb: Limb, still: Grid) -> Limb:
    left = np.minimum(limb.seen, -still)
    near = _wider(left > SLIVER / 2, ROOM)
    return replace(limb, seen=np.where(near, left, np.float32(OUTSIDE)))


def _wider(mask: Flags, by: int) -> Flags:
    for axis in (0, 1):
        mask = np.logical_or.reduce([np.roll(mask, step, axis=axis) for step in range(-by, by + 1)])
    return mask


def _flats(limbs: Sequence[Limb]) -> tuple[Sketch, ...]:
    return tuple(sketch for limb in limbs for sketch in limb.fill(_pieces(limb)))


def _pieces(limb: Limb) -> list[Array]:
    found = outlines(limb.seen, limb.left, limb.top, SMALLEST)
    return [line for line in found if 2 * abs(area(line)) > SLIVER * _rim(line)]


def _rim(line: Array) -> float:
    return float(np.hypot(*(line - np.roll(line, 1, axis=0)).T).sum())


def _points(limb: Limb) -> int:
    return sum(map(len, _pieces(limb)))


def _laid(limbs: Sequence[Limb], size: Size) -> Grid:
    whole = np.full(size, OUTSIDE, np.float32)
    for limb in limbs:
        rows, columns = limb.seen.shape
        top, left = max(0, limb.top), max(0, limb.left)
        bottom, right = min(size[0], limb.top + rows), min(size[1], limb.left + columns)
        window = whole[top:bottom, left:right]
        np.maximum(
            window, limb.seen[top - limb.top : bottom - limb.top, left - limb.left : right - limb.left], out=window
        )
    return whole


def _dots(sketches: Sequence[Sketch], size: Size) -> Flags:
    dots = np.zeros((size[0] + 2, size[1] + 2), dtype=bool)
    for sketch in sketches:
        for line in sketch.lines:
            row, column = _pixels(line, size)
            for down in (0, 1, 2):
                for right in (0, 1, 2):
                    dots[row + down, column + right] = True
    return dots[1:-1, 1:-1]


def _pixels(points: Array, size: Size) -> tuple[Flags, Flags]:
    row = np.clip(np.rint(points[:, 1]).astype(int), 0, size[0] - 1)
    return row, np.clip(np.rint(points[:, 0]).astype(int), 0, size[1] - 1)


def _at(grid: Flags, points: Array) -> Flags:
    found: Flags = grid[_pixels(points, (grid.shape[0], grid.shape[1]))]
    return found


def _kept(sketches: Sequence[Sketch], wanted: Flags, shortest: int = 0) -> tuple[Sketch, ...]:
    """Return the pieces of lines in ``wanted`` pixels, each going on a little so that neighbours meet.

    Pieces of fewer than ``shortest`` points are left out.
    """
    found = []
    for sketch in sketches:
        for line in sketch.lines:
            mask = _longer(_at(wanted, line), shortest)
            if mask.all():
                found.append(replace(sketch, lines=[line]))
            elif mask.any():
                found += [
                    replace(sketch, lines=[piece], closed=False) for piece in _cut(line, mask, closed=sketch.closed)
                ]
    return tuple(found)


def _cut(line: Array, mask: Flags, *, closed: bool) -> list[Array]:
    """Return the stretches of a line where ``mask`` is true, REACH points longer at either end."""
    count = len(line)
    if not closed:
        mask = np.concatenate([mask, np.zeros(1 + 2 * REACH, dtype=bool)])
    grown = np.logical_or.reduce([np.roll(mask, step) for step in range(-REACH, REACH + 1)])
    if grown.all():
        return [np.concatenate([line, line[:1]])]
    pieces = [np.arange(first, last) % len(mask) for first, last in stretches(grown)]
    return [line[piece[piece < count]] for piece in pieces if (piece < count).sum() > 3]


def _longer(mask: Flags, shortest: int) -> Flags:
    if mask.all() or not mask.any():
        return mask
    kept = mask.copy()
    for first, last in stretches(mask):
        if last - first < shortest:
            kept[np.arange(first, last) % len(mask)] = False
    return kept


def _tops(one: Study, still_parts: frozenset[str]) -> list[Sketch]:
    moving = {limb.name for limb in one.limbs if not limb.parts <= still_parts}
    sketches = [*(shade for shade in one.shades if shade.mark.part in moving), *one.features]
    return [replace(sketch, lines=[line]) for sketch in sketches for line in sketch.lines]


def _common(drawings: Sequence[list[Sketch]]) -> tuple[Sketch, ...]:
    return tuple(
        sketch for sketch in drawings[0] if all(any(_same(sketch, other) for other in row) for row in drawings[1:])
    )


def _without(sketches: Sequence[Sketch], common: Sequence[Sketch]) -> list[Sketch]:
    return [sketch for sketch in sketches if not any(_same(sketch, other) for other in common)]


def _same(one: Sketch, other: Sketch) -> bool:
    """Return whether two sketches of one outline each look the same: their rims and middles are in one place."""
    if one.mark != other.mark:
        return False
    mine, yours = (
        np.concatenate([line.min(axis=0), line.max(axis=0), line.mean(axis=0)])
        for line in (one.lines[0], other.lines[0])
    )
    return bool(np.abs(mine - yours).max() < ALIKE)


def _common_tips(drawings: Sequence[Sequence[Tip]]) -> tuple[Tip, ...]:
    return tuple(tip for tip in drawings[0] if all(any(_same_tip(tip, other) for other in row) for row in drawings[1:]))


def _same_tip(one: Tip, other: Tip) -> bool:
    places = ((one.base, other.base), (one.middle, other.middle), (one.point, other.point))
    return all(abs(a - b) < ALIKE for mine, yours in places for a, b in zip(mine, yours, strict=True))
