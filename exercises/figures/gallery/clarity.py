"""How clear pictures are, as a number: what an eye tells apart of two of them in grey on a small card.

A card is 40 mm along its longer side; its pixels are half a millimetre, about what is told apart at reading distance.
On it counts what grey leaves: the working leg, which is the one dark area, in full, and the rest of the figure, which
is pale, at ``PALE``. Room, ghost and arrows do not count: they help, but a picture has to say what it is without them.

How different two cards are is 1 - Ruzicka's likeness (the sum of the lesser values over the sum of the greater; of
plain silhouettes that is 1 - intersection over union), with one card moved over the other to where they agree most: an
eye compares shapes, not places. 0 is the same picture, 1 has nothing in common. The left leg is the right one's exact
mirror image, so the right one speaks for both.
"""

import functools
import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from exercises.figures.body.people import DEFAULT
from exercises.figures.body.worn import STRIPS
from exercises.figures.lines.curves import Flags
from exercises.figures.lines.study import surfaces_of
from exercises.figures.moving.animation import is_effort
from exercises.figures.pose.files import WornProp
from exercises.figures.pose.movements import Movement, read
from exercises.figures.scene.stage import Stage, set_up
from exercises.figures.scene.styles import Style
from exercises.figures.seen.raster import FAR, Field, Grid
from exercises.figures.skeleton.geometry import Array

SIDE: Final = 80
"""Pixels along a card's longer side: 40 mm, half a millimetre each."""
PALE: Final = 0.4
"""What counts of the figure beside its working leg."""
WORN: Final = 0.7
"""What counts of a band or a weight: between the leg it is on and the body."""
FINE: Final = 1.0
"""Pixels a centimetre of the figure before it is set on its card, where one takes 1.5 to 2.5 cm."""

START_TO_END: Final = 0.2
"""So different start and end have to be. Every picture that people read at 40 mm without help has more (seated march
0.23, bridge to half height 0.24, most 0.3 to 0.5); the small clam, which they did not, has 0.17."""
TWO_EXERCISES: Final = 0.25
"""So different the ends of any two exercises have to be. The nearest that people tell apart at 40 mm are the bridges
with both legs and with one (0.28); those they did not tell apart have less than 0.12."""
WORN_SEEN: Final = 4
"""So many pixels of a band or a weight are seen where it is all that tells two exercises apart: a square millimetre."""
NOT_YET: Final[Mapping[frozenset[str], str]] = MappingProxyType({})
"""What is still less different than that, and why: an exercise by itself, or two. A redrawn one leaves the list."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two pictures of ``exercises``, start and end of one or the ends of two, and how different they are (0 to 1)."""

    exercises: tuple[str, ...]
    apart: float

    @property
    def ends(self) -> tuple[tuple[str, str], ...]:
        """The exercise and the kind of each of the two pictures."""
        if len(self.exercises) > 1:
            return tuple((slug, "end") for slug in self.exercises)
        return ((self.exercises[0], "start"), (self.exercises[0], "end"))

    @property
    def words(self) -> str:
        what = " and ".join(self.exercises) if len(self.exercises) > 1 else f"{self.exercises[0]}: start and end"
        return f"{self.apart:.2f}  {what}"


def nearest_ends(slugs: Collection[str], person: str = DEFAULT) -> list[Likeness]:
    """Return every two of the exercises, the most alike first."""
    ends = {slug: cards(slug, person)[1] for slug in slugs}
    pairs = itertools.combinations(sorted(slugs), 2)
    return _sorted(Likeness(pair, apart(ends[pair[0]], ends[pair[1]])) for pair in pairs)


def nearest_ways(slugs: Collection[str], person: str = DEFAULT) -> list[Likeness]:
    """Return the exercises with how different their start and end are, the most alike first."""
    return _sorted(Likeness((slug,), apart(*cards(slug, person))) for slug in slugs)


def _sorted(found: Iterable[Likeness]) -> list[Likeness]:
    return sorted(found, key=lambda one: one.apart)


def unclear_ways(found: Iterable[Likeness]) -> list[str]:
    """Return which of them are unclear. A push or a squeeze has no way to go: its arrows tell what is done."""
    return [
        one.words
        for one in found
        if one.apart < START_TO_END
        and frozenset(one.exercises) not in NOT_YET
        and not is_effort(_stage(one.exercises[0], DEFAULT))
    ]


def unclear_ends(found: Iterable[Likeness]) -> list[str]:
    """Return which are taken for each other. What is worn tells two apart that are the same movement with and without
    it, if it is seen.
    """
    return [
        one.words
        for one in found
        if one.apart < TWO_EXERCISES and frozenset(one.exercises) not in NOT_YET and not _told_by_what_is_worn(one)
    ]


def _told_by_what_is_worn(one: Likeness) -> bool:
    first, second = (_worn(read(slug)) for slug in one.exercises)
    if first == second:
        return False
    return all(
        np.count_nonzero(cards(slug, DEFAULT)[1] == np.float32(WORN)) >= WORN_SEEN
        for slug, worn in zip(one.exercises, (first, second), strict=True)
        if worn
    )


def _worn(movement: Movement) -> frozenset[str]:
    """Return the materials of what is worn."""
    return frozenset(STRIPS[prop.type].material for prop in movement.props if isinstance(prop, WornProp))


def apart(one: Grid, other: Grid) -> float:
    """Return how different two cards are, moved to where they agree most."""
    shared = np.zeros((2 * SIDE, 2 * SIDE))
    for level, step in _levels(one, other):
        shared += step * _overlaps(one >= level, other >= level)
    whole = float(one.sum() + other.sum())
    return 1.0 - float(np.max(shared / (whole - shared)))


def _levels(one: Grid, other: Grid) -> Iterator[tuple[float, float]]:
    """Yield the values that are there, from the least, with how much more each is than the one before."""
    found = sorted({*np.unique(one).tolist(), *np.unique(other).tolist()} - {0.0})
    yield from ((level, level - before) for before, level in itertools.pairwise((0.0, *found)))


def _overlaps(one: Flags, other: Flags) -> Array:
    """Return how many pixels two shapes share wherever one is moved over the other."""
    room = (2 * SIDE, 2 * SIDE)
    turned = np.fft.rfft2(one, room) * np.conj(np.fft.rfft2(other, room))
    found: Array = np.fft.irfft2(turned, room)
    return found


@functools.cache
def cards(slug: str, person: str) -> tuple[Grid, Grid]:
    """Return start and end of an exercise as they are seen on a card: 0 where there is no figure."""
    stage = _stage(slug, person)
    return _card(stage, 0.0), _card(stage, stage.movement.end_t)


def _stage(slug: str, person: str) -> Stage:
    return set_up(read(slug), "right", Style(palette="grey", line="40mm", person=person), FINE)


def _card(stage: Stage, t: float) -> Grid:
    """Return a picture on its card: as large as it fits, in the middle."""
    seen = _seen(stage, t)
    step = max(stage.width, stage.height) / SIDE
    places = (np.arange(SIDE) + 0.5) * step
    rows, columns = (np.floor(places - (SIDE * step - size) / 2).astype(int) for size in seen.shape)
    there = np.outer((rows >= 0) & (rows < seen.shape[0]), (columns >= 0) & (columns < seen.shape[1]))
    picked = seen[rows.clip(0, seen.shape[0] - 1)][:, columns.clip(0, seen.shape[1] - 1)]
    found: Grid = np.where(there, picked, np.float32(0))
    return found


def _seen(stage: Stage, t: float) -> Grid:
    value = np.zeros((stage.height, stage.width), np.float32)
    depth = np.full_like(value, FAR)
    whole = Field(0, 0, value, depth)
    surfaces = surfaces_of(stage.body(t).parts, stage.camera)
    shown = [(surface.field, _value(stage.movement, surface.material)) for surface in surfaces]
    for field, counts in [*((field, 0.0) for field in stage.hiding), *shown]:
        if windows := whole.overlap(field):
            mine, theirs = windows
            nearer = (field.inside[theirs] > 0) & (field.depth[theirs] > depth[mine])
            value[mine][nearer], depth[mine][nearer] = counts, field.depth[theirs][nearer]
    return value


def _value(movement: Movement, material: str) -> float:
    if material in _worn(movement):
        return WORN
    working: Sequence[str] = ("leg_l", "leg_r") if movement.legs == "both" else ("leg_r",)
    return 1.0 if material in working else PALE
