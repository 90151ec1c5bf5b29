"""How often: which days, how many times a day, at which moments of it. Pure: no database, no request.

Days of the week are 0 (Monday) to 6 (Sunday), as in ``datetime.date.weekday``.
"""

import datetime as dt
from dataclasses import dataclass, replace
from enum import IntEnum

TIMES_A_DAY = (1, 6)
DAYS_A_WEEK = (1, 7)
EVERY_DAY = frozenset(range(7))
EVERY_OTHER = dt.timedelta(days=2)


class PartOfDay(IntEnum):
    """A moment of the day at which one of its times may be done, in the order of the day."""

    MORNING = 0
    MIDDAY = 1
    AFTERNOON = 2
    EVENING = 3
    BEDTIME = 4


@dataclass(frozen=True, slots=True)
class Frequency:
    """Named weekdays, or a number of days a week the patient picks, or every other day, or as needed; times a day.

    "Every other day" counts from ``starts_on``; until that day is known no day is due. ``moments`` name some or all of
    the day's times.
    """

    weekdays: frozenset[int] = frozenset()
    days_a_week: int | None = None
    as_needed: bool = False
    times_a_day: int = 1
    every_other_day: bool = False
    starts_on: dt.date | None = None
    moments: tuple[PartOfDay, ...] = ()

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
        return replace(self, times_a_day=1, moments=())

    def is_due_on(self, day: dt.date) -> bool:
        """Say whether this is to be done on ``day``; "n a week" may be done on any day, "as needed" is never due."""
        return self.is_free or self.times_on(day) > 0

    def times_on(self, day: dt.date) -> int:
        """Return how many times it is due on ``day``, as its days are known beforehand; free days are not."""
        return self.times_a_day if self._names(day) and not (self.is_free or self.as_needed) else 0

    def _names(self, day: dt.date) -> bool:
        if self.every_other_day:
            return self.starts_on is not None and day >= self.starts_on and not (day - self.starts_on) % EVERY_OTHER
        return self.is_every_day or day.weekday() in self.weekdays

    def times_in(self, days: int) -> int:
        """Return how many times it is due in ``days`` days of one week, where its days are free: the nearest whole."""
        return (2 * self.days_a_week * days + 7) // 14 * self.times_a_day if self.is_free and self.days_a_week else 0


def next_start(starts_on: dt.date | None, day: dt.date) -> dt.date:
    """Return the first day from ``day`` on that "every other day from ``starts_on``" asks for; without one, ``day``."""
    if starts_on is None:
        return day
    return max(starts_on, day + (starts_on - day) % EVERY_OTHER)
