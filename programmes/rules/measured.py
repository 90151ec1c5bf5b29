"""What was measured on one day, as values; and the one sum there is: a mean, with what went into it.

Nothing here says whether a number is good. The table of the chair stand is printed as its source has it.
"""

import datetime as dt
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

MOST_SCORE = 10
MOST_CHANGE = 5
MOST_ACTIVITIES = 5
MOST_STANDS = 60
SEAT_HEIGHTS_CM = (30, 70)
ONE_PLACE = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Scored:
    """How well one activity can be done, 0 to 10; ``activity`` is its id."""

    activity: str
    name: str
    score: int


@dataclass(frozen=True, slots=True)
class ChairStands:
    """Full stands in 30 seconds, and how they were done; a seat's height in centimetres."""

    count: int
    seat_height: int
    hands_used: bool
    walking_aid: str = ""
    counted_by: str = ""

    @property
    def is_standard(self) -> bool:
        """Whether the hands were not used; with hands it is an adapted count, never set beside the others."""
        return not self.hands_used

    @property
    def setting(self) -> tuple[int, str]:
        """What has to be the same for two counts to be set side by side."""
        return self.seat_height, self.walking_aid


@dataclass(frozen=True, slots=True)
class Measured:
    """All that was measured on one day; what was not asked is None or empty."""

    on: dt.date
    scores: tuple[Scored, ...] = ()
    pain: int | None = None
    change: int | None = None
    change_since: dt.date | None = None
    stands: ChairStands | None = None
    by: str = ""

    @property
    def mean(self) -> Decimal | None:
        return mean_of([one.score for one in self.scores])

    @property
    def activities(self) -> frozenset[str]:
        return frozenset(one.activity for one in self.scores)


def mean_of(scores: Sequence[int]) -> Decimal | None:
    """Return the mean to one decimal place, a half rounded up; None of nothing."""
    return (Decimal(sum(scores)) / len(scores)).quantize(ONE_PLACE, ROUND_HALF_UP) if scores else None


def in_runs(measured: Iterable[Measured], asked: Callable[[Measured], Hashable]) -> list[list[Measured]]:
    """Part ``measured`` wherever something else was ``asked`` than before: a line joins only what can be compared."""
    return [list(run) for _what, run in groupby(measured, asked)]


def start_before(starts: Iterable[dt.date], day: dt.date) -> dt.date | None:
    """Return when the programme that ran on ``day`` was first given, of the ``starts`` of all; None before any."""
    return max((start for start in starts if start <= day), default=None)


@dataclass(frozen=True, slots=True)
class ChairStandNorm:
    """One row of the table: the count from which on it no longer says "below average", for men and for women."""

    first_age: int
    last_age: int
    men: int
    women: int


CHAIR_STAND_NORMS = (
    ChairStandNorm(60, 64, men=14, women=12),
    ChairStandNorm(65, 69, men=12, women=11),
    ChairStandNorm(70, 74, men=12, women=10),
    ChairStandNorm(75, 79, men=11, women=10),
    ChairStandNorm(80, 84, men=10, women=9),
    ChairStandNorm(85, 89, men=8, women=8),
    ChairStandNorm(90, 94, men=7, women=4),
)
"""CDC (Centers for Disease Control and Prevention), STEADI, "Assessment: 30-Second Chair Stand"; hands not used."""


def norm_for(age: int) -> ChairStandNorm | None:
    return next((row for row in CHAIR_STAND_NORMS if row.first_age <= age <= row.last_age), None)
