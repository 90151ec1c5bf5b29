"""How often: which days, how many times a day. Pure: no database, no request.

Days of the week are 0 (Monday) to 6 (Sunday), as in ``datetime.date.weekday``.
"""

import datetime as dt
from dataclasses import dataclass, replace

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

    @property
    def is_free(self) -> bool:
        """Whether the patient chooses the days: "n a week". Seven a week names every day."""
        return self.days_a_week is not None and not self.as_needed and not self.is_every_day

    @property
    def once_a_day(self) -> "Frequency":
        """The same days, once on each."""
        return replace(self, times_a_day=1)

    def is_due_on(self, day: dt.date) -> bool:
        """Say whether this is to be done on ``day``; "n a week" may be done on any day, "as needed" is never due."""
        return self.is_free or self.times_on(day) > 0

    def times_on(self, day: dt.date) -> int:
        """Return how many times it is due on ``day`` by the day's name; free days have no names."""
        is_named = not self.as_needed and (self.is_every_day or day.weekday() in self.weekdays)
        return self.times_a_day if is_named and not self.is_free else 0

    def times_in(self, days: int) -> int:
        """Return how many times it is due in ``days`` days of one week, where its days are free: the nearest whole."""
        return (2 * self.days_a_week * days + 7) // 14 * self.times_a_day if self.is_free and self.days_a_week else 0
