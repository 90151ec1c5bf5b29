"""Which day a session is for, decided when it arrives. Pure: no database, no clock, no request.

A page can be older than the day: drawn before midnight, left open overnight or for weeks, drawn in another time zone.
All days here are days where the patient is now.
"""

import datetime as dt

BACK_DATING = dt.timedelta(days=7)
A_WHILE = dt.timedelta(minutes=10)
"""What arrives sooner after it was said did not wait."""
MOST_SKEW = dt.timedelta(minutes=30)
"""A phone whose clock is further off does not know the day; ``js/sending.js`` keeps the same rule."""


def day_meant(*, answered: dt.date | None, opened: dt.date | None, today: dt.date) -> dt.date | None:
    """Return the day a session is for, None where the patient has to be asked.

    ``answered`` is what the patient said, ``opened`` the day on which the page was drawn. A page of today, or of a day
    that has not come where the patient is now, is for today; where a night lies between, only the patient knows.
    """
    if answered is not None and answered >= today - BACK_DATING:
        return min(answered, today)
    return today if opened is not None and opened >= today else None


def days_to_choose(today: dt.date) -> list[dt.date]:
    """Return the days a session can be for, today first."""
    return [today - dt.timedelta(days=n) for n in range(BACK_DATING.days + 1)]


def can_have_been(moment: dt.datetime, now: dt.datetime) -> bool:
    """Say whether a moment that a phone tells can be true: a little ahead are many clocks."""
    return moment <= now + MOST_SKEW


def waited_since(said_at: dt.datetime | None, arrived: dt.datetime) -> dt.datetime | None:
    """Return when a session was said, where it waited; None where it came at once, or the phone's clock is wrong."""
    earliest = arrived - BACK_DATING - dt.timedelta(days=1)
    return said_at if said_at is not None and earliest <= said_at <= arrived - A_WHILE else None
