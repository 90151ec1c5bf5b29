"""The dose of an exercise, and its one line. Pure: no database, no request.

Limits and wording: the project's domain rules. Seconds are whole seconds.
"""

import math
from dataclasses import dataclass

from exercises.sides import TAKE_TURNS, Side, SideMode

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
    def unusual(self) -> list[str]:
        """What deserves the question "is this right?", in words."""
        found = []
        if max(self.reps, self.reps_to or 0) > UNUSUAL_REPS:
            found.append(f"{span(self.reps, self.reps_to)} reps")
        if self.sets > UNUSUAL_SETS:
            found.append(f"{self.sets} sets")
        return found


def span(low: int, high: int | None) -> str:
    """Return a number or a range: ``10``, ``20–30``."""
    return f"{low}–{high}" if high and high != low else str(low)


def dose_parts(dose: Dose, side: str) -> list[str]:
    """Return the parts of the line that are about the dose: ``["3 × 10", "hold 5 s", "rest 30 s", "left leg"]``."""
    hold = f"hold {span(dose.hold_s, dose.hold_to_s)} s" if dose.hold_s else ""
    if dose.is_one_hold:
        parts = [f"{dose.sets} × {hold}" if dose.sets > 1 else hold]
    else:
        parts = [f"{dose.sets} × {span(dose.reps, dose.reps_to)}", hold]
    parts += [
        "each direction" if dose.directions > 1 else "",
        f"rest {dose.rest_s} s" if dose.rest_s else "",
        dose.load,
        dose.tempo,
        str(Side(side).label) if side else "",
    ]
    return [part for part in parts if part]


def dose_line(dose: Dose, side: str = "") -> str:
    """Return the dose as one line, as the library shows it: ``1 × 10 · hold 3 s · both legs``."""
    return " · ".join(dose_parts(dose, side))


def usual_line(dose: Dose, mode: str) -> str:
    """Return a dose nobody has yet been given, with how it treats the legs: ``1 × 10 · sore leg only``."""
    return " · ".join([*dose_parts(dose, ""), str(SideMode(mode).label)])


def minutes_for(dose: Dose, side: str) -> int:
    """Return about how long one sitting takes, upwards: getting ready, every rep and hold, the rests between sets.

    A range counts at its upper end; where the legs have their turn, the second takes as long as the first.
    """
    a_rep = SECONDS_A_REP + (dose.hold_to_s or dose.hold_s)
    moving = a_rep * (dose.reps_to or dose.reps) * dose.sets * dose.directions
    a_leg = moving + dose.rest_s * (dose.sets - 1)
    return math.ceil((GET_READY_S + a_leg * (2 if side in TAKE_TURNS else 1)) / 60)
