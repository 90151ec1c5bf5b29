"""The dose of an exercise, and its limits. Pure: no database, no request. Whole seconds, minutes and grams."""

import math
from dataclasses import dataclass

from exercises.sides import TAKE_TURNS

SETS = (1, 10)
REPS = (1, 100)
HOLD_S = (0, 300)
REST_S = (0, 600)
DIRECTIONS = (1, 2)
LOAD_G = (250, 50_000)
LOAD_STEP_G = 250
TEMPO_S = (1, 30)
MINUTES = (1, 180)
EFFORT = (0, 10)
PAIN_UP_TO = (0, 9)
UNUSUAL_REPS = 30
UNUSUAL_SETS = 5
UNUSUAL_LOAD_G = 20_000
UNUSUAL_MINUTES = 60
SECONDS_A_REP = 4
GET_READY_S = 60


@dataclass(frozen=True, slots=True)
class Dose:
    """How much of one exercise: sets × reps (or a range), a hold (or a range), a rest, one or two directions.

    Beside it a load (grams, or a band by its colour; in ``load`` where it goes or what else it is), a tempo (seconds
    up and down, the hold between them; older ones in words), and, both out of 10, how hard it should feel and a pain
    limit of its own. With ``for_minutes`` it is so many minutes of something, and reps mean nothing.
    """

    sets: int = 1
    reps: int = 10
    reps_to: int | None = None
    hold_s: int = 0
    hold_to_s: int | None = None
    rest_s: int = 0
    directions: int = 1
    load: str = ""
    tempo: str = ""
    load_g: int | None = None
    band: str = ""
    up_s: int | None = None
    down_s: int | None = None
    for_minutes: int | None = None
    effort_of_10: int | None = None
    pain_up_to: int | None = None

    @property
    def is_for_minutes(self) -> bool:
        """Walking, cycling, the pool: minutes, not reps."""
        return self.for_minutes is not None

    @property
    def is_one_hold(self) -> bool:
        """A stretch: held once, not repeated."""
        return not self.is_for_minutes and self.reps == 1 and self.reps_to is None and self.hold_s > 0

    @property
    def goes_both_ways(self) -> bool:
        return self.directions > 1 and not self.is_for_minutes

    @property
    def has_unusual_reps(self) -> bool:
        return not self.is_for_minutes and max(self.reps, self.reps_to or 0) > UNUSUAL_REPS

    @property
    def has_unusual_sets(self) -> bool:
        return self.sets > UNUSUAL_SETS

    @property
    def has_unusual_load(self) -> bool:
        return (self.load_g or 0) > UNUSUAL_LOAD_G

    @property
    def has_unusual_minutes(self) -> bool:
        return (self.for_minutes or 0) * self.sets > UNUSUAL_MINUTES


def carried_over(old: Dose, new: Dose) -> list[str]:
    """Return which columns of ``old`` still mean something in an exercise whose usual dose is ``new``.

    Reps do where both count them, sets where neither is for minutes.
    """
    sets = [] if old.is_for_minutes or new.is_for_minutes else ["sets"]
    return [*sets, "reps", "reps_to"] if _counts_reps(old) and _counts_reps(new) else sets


def _counts_reps(dose: Dose) -> bool:
    return not (dose.is_one_hold or dose.is_for_minutes)


def minutes_for(dose: Dose, side: str) -> int:
    """Return about how long one sitting takes, upwards: getting ready, every rep and hold, the rests between sets.

    A range counts at its upper end; where the legs have their turn, the second takes as long as the first.
    """
    a_leg = _seconds_a_set(dose) * dose.sets + dose.rest_s * (dose.sets - 1)
    return math.ceil((GET_READY_S + a_leg * (2 if side in TAKE_TURNS else 1)) / 60)


def _seconds_a_set(dose: Dose) -> int:
    if dose.for_minutes is not None:
        return dose.for_minutes * 60
    moving = SECONDS_A_REP if dose.up_s is None or dose.down_s is None else dose.up_s + dose.down_s
    return (moving + (dose.hold_to_s or dose.hold_s)) * (dose.reps_to or dose.reps) * dose.directions
