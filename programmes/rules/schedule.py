"""How often: which days, how many times a day. Pure: no database, no request.

Days of the week are 0 (Monday) to 6 (Sunday), as in ``datetime.date.weekday``.
"""

import datetime as dt
from dataclasses import dataclass

TIMES_A_DAY = (1, 6)
DAYS_A_WEEK = (1, 7)
EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class Frequency:
    """Named weekdays, or a number of days a week the patient picks, or as needed; and times a day."""

    weekdays: frozenset[int] = frozenset()
    days_a_week: int | None = None
    as_needed: bool = False
    times_a_day: int = 1

    @property
    def is_every_day(self) -> bool:
        """Whether no day is left out, however that was said."""
        return not self.as_needed and (self.days_a_week or len(self.weekdays)) == len(EVERY_DAY)

    def is_due_on(self, day: dt.date) -> bool:
        """Say whether this is to be done on ``day``; "n a week" may be done on any day, "as needed" is never due."""
        if self.as_needed:
            return False
        return self.days_a_week is not None or day.weekday() in self.weekdays
