"""Days and times in words, in the reader's language: the one place that says how they are written.

The formats are letters of Django's ``date`` filter. They stand in the catalogue like any other words, so that a
translator puts the month before the day, or a day's name last.
"""

import datetime as dt

from django.utils.dateformat import format as written
from django.utils.dateformat import time_format
from django.utils.timezone import is_aware, localtime
from django.utils.translation import pgettext


def _day(day: dt.date) -> dt.date:
    """Return the day of a moment where the reader is."""
    return localtime(day) if isinstance(day, dt.datetime) and is_aware(day) else day


def weekday(day: dt.date) -> str:
    return written(_day(day), "l")


def short_weekday(day: dt.date) -> str:
    """Return "Mon"."""
    return written(_day(day), "D")


def weekday_and_date(day: dt.date) -> str:
    """Return "Monday 7 December"."""
    return written(_day(day), pgettext("a date: weekday, day, month", "l j F"))


def day_and_month(day: dt.date) -> str:
    """Return "7 December"."""
    return written(_day(day), pgettext("a date: day, month", "j F"))


def full_date(day: dt.date) -> str:
    """Return "7 December 2026"."""
    return written(_day(day), pgettext("a date: day, month, year", "j F Y"))


def month_and_year(day: dt.date) -> str:
    """Return "December 2026"."""
    return written(_day(day), pgettext("a date: month, year", "F Y"))


def short_day(day: dt.date) -> str:
    """Return "Mon 7 Dec"."""
    return written(_day(day), pgettext("a date: short weekday, day, short month", "D j M"))


def short_date(day: dt.date) -> str:
    """Return "7 Dec"."""
    return written(_day(day), pgettext("a date: day, short month", "j M"))


def short_date_and_year(day: dt.date) -> str:
    """Return "7 Dec 2026"."""
    return written(_day(day), pgettext("a date: day, short month, year", "j M Y"))


def short_date_and_time(moment: dt.datetime) -> str:
    """Return "7 Dec 18:05"."""
    return written(_day(moment), pgettext("a date: day, short month, time of day", "j M H:i"))


def short_day_and_time(moment: dt.datetime) -> str:
    """Return "Mon 7 Dec, 18:05"."""
    return written(_day(moment), pgettext("a date: short weekday, day, short month, time of day", "D j M, H:i"))


def short_date_year_and_time(moment: dt.datetime) -> str:
    """Return "7 Dec 2026, 18:05"."""
    return written(_day(moment), pgettext("a date: day, short month, year, time of day", "j M Y, H:i"))


def hour_and_minute(moment: dt.datetime) -> str:
    """Return "18:05", for staff."""
    return time_format(localtime(moment).time(), pgettext("a time of day, for staff", "H:i"))


def clock_time(moment: dt.datetime) -> str:
    """Return "6:05 pm", on the reader's clock."""
    return time_format(localtime(moment).time(), pgettext("a time of day", "g:i A")).lower()


def day_and_time(moment: dt.datetime) -> str:
    """Return "7 December, 18:05"."""
    return written(localtime(moment), pgettext("a date: day, month, time of day", "j F, H:i"))
