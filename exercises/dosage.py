"""The dose of an exercise, and its limits. Pure: no database, no request. Seconds are whole seconds."""

import math
from dataclasses import dataclass

from exercises.sides import TAKE_TURNS

SETS = (1, 10)
REPS = (1, 100)
HOLD_S = (0, 300)
REST_S = (0, 600)
DIRECTIONS = (1, 2)
UNUSUAL_REPS = 30
UNUSUAL_SETS = 5
SECONDS_A_REP = 4
GET_READY_S = 60


@dataclass(frozen=True, slots=True)
class Dose:
    """How much of one exercise: sets × reps (or a range), a hold (or a range), a rest, one or two directions."""

    sets: int = 1
    reps: int = 10
    reps_to: int | None = None
    hold_s: int = 0
    hold_to_s: int | None = None
    rest_s: int = 0
    directions: int = 1
    load: str = ""
    tempo: str = ""

    @property
    def is_one_hold(self) -> bool:
        """A stretch: held once, not repeated."""
        return self.reps == 1 and self.reps_to is None and self.hold_s > 0

    @property
    def has_unusual_reps(self) -> bool:
        return max(self.reps, self.reps_to or 0) > UNUSUAL_REPS

    @property
    def has_unusual_sets(self) -> bool:
        return self.sets > UNUSUAL_SETS


def minutes_for(dose: Dose, side: str) -> int:
    """Return about how long one sitting takes, upwards: getting ready, every rep and hold, the rests between sets.

    A range counts at its upper end; where the legs have their turn, the second takes as long as the first.
    """
    a_rep = SECONDS_A_REP + (dose.hold_to_s or dose.hold_s)
    moving = a_rep * (dose.reps_to or dose.reps) * dose.sets * dose.directions
    a_leg = moving + dose.rest_s * (dose.sets - 1)
    return math.ceil((GET_READY_S + a_leg * (2 if side in TAKE_TURNS else 1)) / 60)
