"""Ink: where lines are drawn inside a figure, and which.

A line follows the outline of a part's visible region. What lies just beyond decides: a part it grows into gets one
only where the depth jumps, so that the line of a bent knee or an armpit fades out; any other part gets one wherever it
lies behind or touches; another material gets a thin hem. Distances in px, jumps of depth in cm.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from exercises.figures.lines.strands import Flags, Indices, Strands, corners, resample, smooth
from exercises.figures.seen.raster import FAR, Field, Grid
from exercises.figures.skeleton.geometry import SMALL, Array

SMOOTHING: Final = 4
"""Rounds of smoothing of an outline before lines are taken from it."""
CORNER: Final = 48.0
"""Degrees: sharper turns of an outline stay."""
BESIDE: Final = 1.5
"""How far to both sides of an outline surfaces are looked for."""
SOFT_JUMP: Final = 1.5
"""Joined parts are parted by a line where the depth jumps by more."""
HARD_JUMP: Final = 0.35
"""Other parts touch where it jumps by less."""
SHORTEST: Final = 1.2
"""Shorter lines between limbs are left out, in cm."""
FAINTEST: Final = 0.6
"""Shorter creases are, in cm; they are too faint to be seen before they are that short."""
CALMING: Final = 6
"""Rounds in which depth is evened out along a line, so that pixels do not decide where it ends."""
GAP: Final = 1.6
"""Shorter gaps in a line are closed, in cm."""
BUTT: Final = 2
"""A line that runs into another goes on for this many points, so that both meet."""
NOTHING, HEM, JUMP = 0, 1, 2


@dataclass(frozen=True, slots=True, eq=False)
class SeenPart:
    """A part as it is drawn: its name, its material, the parts it grows into, and its field.

    ``whole`` names the part that a half was cut from.
    """

    name: str
    material: str
    joined: frozenset[str]
    field: Field
    whole: str = ""

    def is_grown_to(self, other: "SeenPart") -> bool:
        names, others = {self.name, self.whole or self.name}, {other.name, other.whole or other.name}
        return not (names.isdisjoint(other.joined) and others.isdisjoint(self.joined))


@dataclass(frozen=True, slots=True, eq=False)
class Kinship:
    """How a figure's surfaces belong together, by number.

    ``limbs`` (n,) says of which limb each is, ``first`` (m,) which is each limb's first; ``joined`` and ``alike``
    (n, n) which have grown together and which are of one material.
    """

    limbs: Indices
    first: Indices
    joined: Flags
    alike: Flags


def kinship_of(surfaces: Sequence[SeenPart]) -> Kinship:
    """Return how surfaces belong together: a limb is what is of one material and has grown together."""
    joined = np.array([[one.is_grown_to(other) for other in surfaces] for one in surfaces])
    alike = np.array([[one.material == other.material for other in surfaces] for one in surfaces])
    limbs = np.arange(len(surfaces))
    for one, other in np.argwhere(joined & alike):
        limbs[limbs == max(limbs[one], limbs[other])] = min(limbs[one], limbs[other])
    first, limbs = np.unique(limbs, return_inverse=True)
    return Kinship(limbs, first, joined, alike)


@dataclass(frozen=True, slots=True, eq=False)
class Cover:
    """What is seen at each pixel: the number of the surface there (-1 where there is none) and its depth."""

    left: int
    top: int
    owner: NDArray[np.int64]
    depth: Grid

    def at(self, points: Array) -> tuple[Indices, Array]:
        row = np.clip(np.rint(points[:, 1]).astype(int) - self.top, 0, self.owner.shape[0] - 1)
        column = np.clip(np.rint(points[:, 0]).astype(int) - self.left, 0, self.owner.shape[1] - 1)
        return self.owner[row, column], self.depth[row, column].astype(float)


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """A piece of an outline that gets a line: whose, of which kind, and which ends fade out.

    ``points`` (n, 2) are px of the picture, ``curves.UNITS`` of the drawing's units each.
    """

    owner: int
    kind: int
    points: Array
    closed: bool = False
    fades: tuple[bool, bool] = (False, False)


def cover(fields: Sequence[Field]) -> Cover:
    left, top = min(field.left for field in fields) - 4, min(field.top for field in fields) - 4
    right, bottom = max(field.right for field in fields) + 4, max(field.bottom for field in fields) + 4
    owner = np.full((bottom - top, right - left), -1, np.int64)
    depth = np.full(owner.shape, FAR, np.float32)
    for number, field in enumerate(fields):
        window = slice(field.top - top, field.bottom - top), slice(field.left - left, field.right - left)
        nearer = (field.inside > 0) & (field.depth > depth[window])
        depth[window][nearer] = field.depth[nearer]
        owner[window][nearer] = number
    return Cover(left, top, owner, depth)


@dataclass(frozen=True, slots=True, eq=False)
class _Wish:
    """What each point of outlines wants: the ``kind`` of its line, and whether a line ending there may ``fade``.

    Two surfaces share a line; it is drawn along the nearer one's outline, where it is ``mine``. ``beyond`` is the
    other surface, and ``deep`` says whether it lies so far behind that a line parts even what has grown together.
    """

    kind: Indices
    mine: Flags
    fade: Flags
    beyond: Indices
    deep: Flags

    def part(self, start: int, count: int) -> "_Wish":
        window = slice(start, start + count)
        mine, fade, deep = self.mine[window], self.fade[window], self.deep[window]
        return _Wish(self.kind[window], mine, fade, self.beyond[window], deep)


@dataclass(frozen=True, slots=True, eq=False)
class _Looked:
    """What is found along outlines: the surfaces just within and just beyond, and by how many cm depth jumps."""

    within: Indices
    beyond: Indices
    jump: Array


def limb_lines(figure: Kinship, outlines: Sequence[tuple[int, Array]], seen: Cover, scale: float) -> list[Run]:
    """Return the lines between limbs: where depth jumps, where they touch, and hems where they have grown together.

    ``outlines`` are those of each limb's visible region with the limb's number, ``scale`` is px per cm.
    """
    if not outlines:
        return []
    strands, own = _strands(outlines)
    looked = _look(strands, seen, len(figure.limbs), scale)
    limb = np.append(figure.limbs, -1)
    other, safe = looked.beyond, np.where(limb[looked.within] == own, looked.within, figure.first[own])
    meets = (other >= 0) & (limb[other] != own)
    nearer = (looked.jump > HARD_JUMP) | ((looked.jump >= -HARD_JUMP) & (limb[other] < own))
    joined = figure.joined[safe, other]
    parted = ~joined | (_calmed(strands, np.abs(looked.jump), meets & joined) > SOFT_JUMP)
    weak = np.where(figure.alike[safe, other], NOTHING, HEM)
    kind = np.where(meets, np.where(parted, JUMP, weak), NOTHING)
    none = np.zeros(len(kind), bool)
    wish = _Wish(kind, nearer, none, other, none)
    return _runs(strands, outlines, wish, (round(GAP * scale), round(SHORTEST * scale)))


def creases(figure: Kinship, outlines: Sequence[tuple[int, Array]], seen: Cover, scale: float) -> list[Run]:
    """Return the lines within limbs, where a part hides another; those between joined parts fade out.

    ``outlines`` are those of each surface's visible region with the surface's number.
    """
    if not outlines:
        return []
    strands, own = _strands(outlines)
    looked = _look(strands, seen, len(figure.limbs), scale)
    other = looked.beyond
    meets = (other >= 0) & (other != own) & (figure.limbs[other] == figure.limbs[own])
    joined = figure.joined[own, other]
    nearer = (looked.jump > HARD_JUMP) | ((looked.jump >= -HARD_JUMP) & (other < own))
    jump = _calmed(strands, np.abs(looked.jump), meets & joined)
    kind = np.where(meets & (~joined | (jump > SOFT_JUMP)), JUMP, NOTHING)
    wish = _Wish(kind, nearer, meets & joined & (kind == NOTHING), other, jump > SOFT_JUMP)
    return _runs(strands, outlines, wish, (round(GAP * scale), round(FAINTEST * scale)))


def _strands(outlines: Sequence[tuple[int, Array]]) -> tuple[Strands, Indices]:
    """Return outlines evenly laid and smoothed, and the number each point goes by."""
    many = len(outlines)
    strands = resample([line for _, line in outlines], [True] * many)
    sharp = corners(strands, np.full(many, CORNER))
    strands = smooth(strands, sharp, np.full(many, SMOOTHING))
    return strands, np.array([number for number, _ in outlines], np.int64)[strands.owners]


def _look(strands: Strands, seen: Cover, many: int, scale: float) -> _Looked:
    """Look to both sides of outlines; what is not one of the ``many`` surfaces of the figure is -1."""
    out = _outward(strands)
    beyond, far = seen.at(strands.points + BESIDE * out)
    within, near = seen.at(strands.points - BESIDE * out)
    within, beyond = (np.where(found < many, found, -1) for found in (within, beyond))
    return _Looked(within, beyond, (near - far) / scale)


def _outward(strands: Strands) -> Array:
    """Return the direction out of what closed lines enclose, at each point."""
    along = strands.points[strands.beside(1)] - strands.points[strands.beside(-1)]
    along /= (np.hypot(along[:, 0], along[:, 1]) + SMALL)[:, None]
    return np.column_stack([along[:, 1], -along[:, 0]])


def _calmed(strands: Strands, jump: Array, known: Flags) -> Array:
    """Return jumps of depth evened out along lines, counting only where they are ``known`` to be those of one body."""
    before, after = strands.beside(-2), strands.beside(2)
    weight = known.astype(float)
    value = np.minimum(jump, 2 * SOFT_JUMP) * weight
    for _ in range(CALMING):
        value = value / 2 + (value[before] + value[after]) / 4
        weight = weight / 2 + (weight[before] + weight[after]) / 4
    calmed: Array = np.where(known, value / (weight + SMALL), jump)
    return calmed


def _runs(strands: Strands, outlines: Sequence[tuple[int, Array]], wish: _Wish, limits: tuple[int, int]) -> list[Run]:
    found: list[Run] = []
    for number, (owner, _) in enumerate(outlines):
        mine = wish.part(int(strands.starts[number]), int(strands.counts[number]))
        found += _drawn(strands.line(number), owner, mine, limits)
    return found


def _drawn(points: Array, owner: int, wish: _Wish, limits: tuple[int, int]) -> list[Run]:
    if not wish.kind.any():
        return []
    drawn = mend((wish.kind > NOTHING) & wish.mine, *limits)
    drawn = drawn | (_grown(drawn, limits[1]) & (wish.kind > NOTHING))  # on along the neighbour's share: both meet
    strong = mend(wish.kind == JUMP, *limits) & drawn
    if strong.all() or (drawn.all() and not strong.any()):
        return [Run(owner, JUMP if strong.any() else HEM, points, closed=True)]
    runs = []
    for kind, mask in ((JUMP, strong), (HEM, drawn & ~strong)):
        for first, last in stretches(mask) if mask.any() else ():
            start, end = _ends(wish, drawn, first - 1, -1), _ends(wish, drawn, last, 1)
            at = np.arange(first - start[1], last + end[1]) % len(points)
            runs.append(Run(owner, kind, points[at], fades=(start[0], end[0])))
    return runs


def _grown(mask: Flags, by: int) -> Flags:
    """Return a ring of flags with every true stretch ``by`` points longer at either end."""
    ring = np.take(mask, np.arange(-by, len(mask) + by), mode="wrap")
    grown: Flags = np.convolve(ring, np.ones(2 * by + 1), "valid") > 0.5
    return grown


def _ends(wish: _Wish, drawn: Flags, beyond: int, step: int) -> tuple[bool, int]:
    """Return whether a line fades out before the point ``beyond`` it, and else for how many points it goes on.

    It fades where it ends freely: no other line meets it there or continues it. One does where a surface that has
    grown together with this one comes between it and what lies far behind both: a sleeve's two halves before a shirt.
    """
    at = (beyond + step * np.arange(BUTT)) % len(drawn)
    if not wish.fade[at].all() or drawn[at].any():
        return False, BUTT
    last = (beyond - step * np.arange(1, 1 + BUTT)) % len(drawn)
    continued = wish.deep[last].any() and not (wish.beyond[last][:, None] == wish.beyond[at]).any()
    return not continued, 0


def mend(mask: Flags, gap: int, shortest: int) -> Flags:
    """Return a ring of flags with gaps shorter than ``gap`` closed, then pieces shorter than ``shortest`` dropped."""
    for value, limit in ((False, gap), (True, shortest)):
        if mask.all() or not mask.any():
            return mask
        mask = mask.copy()
        for start, end in list(stretches(mask == value)):
            if end - start < limit:
                mask[np.arange(start, end) % len(mask)] = not value
    return mask


def stretches(mask: Flags) -> Iterator[tuple[int, int]]:
    """Yield where a ring of flags, not all alike, is true: first and one beyond the last, maybe past the end."""
    start = int(np.argmin(mask))
    change = np.diff(np.concatenate([[0], np.roll(mask, -start).astype(np.int8), [0]]))
    for first, last in zip(np.flatnonzero(change == 1), np.flatnonzero(change == -1), strict=True):
        yield int(first) + start, int(last) + start
