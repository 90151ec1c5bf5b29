"""How often: which days, how many times a day. Pure: no database, no request.

Days of the week are 0 (Monday) to 6 (Sunday), as in ``datetime.date.weekday``.
"""

import datetime as dt
from dataclasses import dataclass

TIMES_A_DAY = (1, 6)
DAYS_A_WEEK = (1, 7)
EVERY_DAY = frozenset(range(7))
SHORT_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONG_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Frequency:
    """Named weekdays, or a number of days a week the patient picks, or as needed; and times a day."""

    weekdays: frozenset[int] = frozenset()
    days_a_week: int | None = None
    as_needed: bool = False
    times_a_day: int = 1

    def is_due_on(self, day: dt.date) -> bool:
        """Say whether this is to be done on ``day``; "n a week" may be done on any day, "as needed" is never due."""
        if self.as_needed:
            return False
        return self.days_a_week is not None or day.weekday() in self.weekdays


def day_and_month(day: dt.date) -> str:
    """Return "9 Nov"."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def short_day(day: dt.date) -> str:
    """Return "Mon 9 Nov"."""
    return f"{SHORT_DAYS[day.weekday()]} {day_and_month(day)}"


def joined(words: list[str]) -> str:
    """Return ``words`` as English lists them: "Monday, Wednesday and Friday"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def times(number: int) -> str:
    """Return "once", "twice", "3 times"."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def days_line(frequency: Frequency) -> str:
    """Return the days in short: ``Mon Wed Fri``, ``every day``, ``3 days a week``, ``as needed``."""
    if frequency.as_needed:
        return "as needed"
    if frequency.days_a_week is not None:
        return "every day" if frequency.days_a_week == 7 else f"{days_of(frequency.days_a_week)} a week"
    if frequency.weekdays == EVERY_DAY:
        return "every day"
    return " ".join(SHORT_DAYS[d] for d in sorted(frequency.weekdays))


def days_of(number: int) -> str:
    """Return "1 day", "3 days"."""
    return "1 day" if number == 1 else f"{number} days"


def frequency_parts(frequency: Frequency) -> list[str]:
    """Return the parts of the one line that are about time: ``["once a day", "Mon Wed Fri"]``."""
    if frequency.as_needed:
        return ["as needed"]
    return [part for part in (f"{times(frequency.times_a_day)} a day", days_line(frequency)) if part]


def frequency_sentence(frequency: Frequency) -> str:
    """Return how often as one sentence: "Once a day on Monday, Wednesday and Friday."."""
    if frequency.as_needed:
        return "Do this when you need it."
    how_often = f"{times(frequency.times_a_day).capitalize()} a day"
    if frequency.days_a_week is not None and frequency.days_a_week < 7:
        return f"{how_often} on {days_of(frequency.days_a_week)} a week. You choose the days."
    if frequency.days_a_week == 7 or frequency.weekdays == EVERY_DAY:
        return f"{how_often}, every day."
    if not frequency.weekdays:
        return f"{how_often}."
    return f"{how_often} on {joined([LONG_DAYS[d] for d in sorted(frequency.weekdays)])}."
