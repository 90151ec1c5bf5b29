"""Days as a patient says them, seen from today."""

import datetime as dt

from django.utils.translation import gettext as _

from hipcare.moments import weekday, weekday_and_date

A_WEEK = dt.timedelta(days=7)


def day_called(day: dt.date, today: dt.date) -> str:
    """Return "Today, Sunday 29 November", "Yesterday, …", or "Friday 27 November"."""
    if day == today:
        return _("Today, %(day)s") % {"day": weekday_and_date(day)}
    if day == today - dt.timedelta(days=1):
        return _("Yesterday, %(day)s") % {"day": weekday_and_date(day)}
    return weekday_and_date(day)


def day_ahead(day: dt.date, today: dt.date) -> str:
    """Return "Wednesday", or "Monday 30 November" where the name alone would be read as one of this week."""
    return weekday(day) if abs(day - today) < A_WEEK else weekday_and_date(day)
