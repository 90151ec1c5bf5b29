"""How often, in words: in the one line, and as a sentence."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, npgettext, pgettext_lazy

from hipcare.moments import short_day, weekday_and_date
from programmes.rules.schedule import EVERY_DAY, Frequency, PartOfDay
from programmes.wording.phrases import joined

ON_DAYS = (
    pgettext_lazy("do this once a day on …", "Monday"),
    pgettext_lazy("do this once a day on …", "Tuesday"),
    pgettext_lazy("do this once a day on …", "Wednesday"),
    pgettext_lazy("do this once a day on …", "Thursday"),
    pgettext_lazy("do this once a day on …", "Friday"),
    pgettext_lazy("do this once a day on …", "Saturday"),
    pgettext_lazy("do this once a day on …", "Sunday"),
)
ONCE_OR_TWICE = {1: gettext_lazy("once a day"), 2: gettext_lazy("twice a day")}
BEGINNING = {
    1: pgettext_lazy("begins a sentence", "Once a day"),
    2: pgettext_lazy("begins a sentence", "Twice a day"),
}


MOMENTS: Mapping[PartOfDay, object] = {
    PartOfDay.MORNING: gettext_lazy("morning"),
    PartOfDay.MIDDAY: gettext_lazy("midday"),
    PartOfDay.AFTERNOON: gettext_lazy("afternoon"),
    PartOfDay.EVENING: gettext_lazy("evening"),
    PartOfDay.BEDTIME: gettext_lazy("bedtime"),
}
AT_MOMENTS: Mapping[PartOfDay, object] = {
    PartOfDay.MORNING: gettext_lazy("in the morning"),
    PartOfDay.MIDDAY: gettext_lazy("at midday"),
    PartOfDay.AFTERNOON: gettext_lazy("in the afternoon"),
    PartOfDay.EVENING: gettext_lazy("in the evening"),
    PartOfDay.BEDTIME: gettext_lazy("at bedtime"),
}


def moment_names() -> dict[PartOfDay, str]:
    return {moment: str(name) for moment, name in MOMENTS.items()}


def moments_in_words(moments: Iterable[PartOfDay]) -> str:
    """Return "morning and evening"."""
    return joined(str(MOMENTS[moment]) for moment in moments)


def short_days() -> list[str]:
    """Return "Mon" to "Sun"."""
    return [str(WEEKDAYS_ABBR[day]) for day in sorted(EVERY_DAY)]


def times_a_day(number: int) -> str:
    """Return "once a day", "twice a day", "3 times a day"."""
    many = ngettext("%(number)s time a day", "%(number)s times a day", number) % {"number": number}
    return str(ONCE_OR_TWICE.get(number, many))


def times_line(frequency: Frequency) -> str:
    """Return the times in short: ``twice a day``, ``morning and evening``, ``twice a day (evening)``."""
    often = times_a_day(frequency.times_a_day)
    if not frequency.moments:
        return often
    moments = moments_in_words(frequency.moments)
    if len(frequency.moments) == frequency.times_a_day:
        return moments
    return _("%(how_often)s (%(moments)s)") % {"how_often": often, "moments": moments}


def days_line(frequency: Frequency) -> str:
    """Return the days in short: ``Mon Wed Fri``, ``every day``, ``3 days a week``, ``as needed``."""
    if frequency.as_needed:
        return _("as needed")
    if frequency.every_other_day:
        first = short_day(frequency.starts_on) if frequency.starts_on else ""
        return _("every other day from %(day)s") % {"day": first} if first else _("every other day")
    if frequency.is_every_day:
        return _("every day")
    if (number := frequency.days_a_week) is not None:
        return ngettext("%(number)s day a week", "%(number)s days a week", number) % {"number": number}
    return " ".join(short_days()[day] for day in sorted(frequency.weekdays))


def frequency_parts(frequency: Frequency) -> list[str]:
    """Return the parts of the one line that are about time: ``["once a day", "Mon Wed Fri"]``."""
    if frequency.as_needed:
        return [days_line(frequency)]
    return [part for part in (times_line(frequency), days_line(frequency)) if part]


def frequency_sentence(frequency: Frequency) -> str:
    """Return how often as one sentence: "Once a day on Monday, Wednesday and Friday."."""
    if frequency.as_needed:
        return _("Do this when you need it.")
    often = _beginning(frequency)
    if frequency.every_other_day:
        return _every_other_day(often, frequency.starts_on)
    if frequency.is_every_day:
        return _("%(how_often)s, every day.") % {"how_often": often}
    if (number := frequency.days_a_week) is not None:
        words = ngettext(
            "%(how_often)s on %(number)s day a week. You choose the days.",
            "%(how_often)s on %(number)s days a week. You choose the days.",
            number,
        )
        return words % {"how_often": often, "number": number}
    if not frequency.weekdays:
        return _("%(how_often)s.") % {"how_often": often}
    days = joined(str(ON_DAYS[day]) for day in sorted(frequency.weekdays))
    return _("%(how_often)s on %(days)s.") % {"how_often": often, "days": days}


def _every_other_day(often: str, starts_on: dt.date | None) -> str:
    if starts_on is None:
        return _("%(how_often)s, every other day.") % {"how_often": often}
    words = _("%(how_often)s, every other day. Start on %(day)s.")
    return words % {"how_often": often, "day": weekday_and_date(starts_on)}


def _beginning(frequency: Frequency) -> str:
    """Return "Twice a day", "In the morning and at bedtime", "3 times a day (once at bedtime)"."""
    number, moments = frequency.times_a_day, frequency.moments
    many = npgettext("begins a sentence", "%(number)s time a day", "%(number)s times a day", number)
    often = str(BEGINNING.get(number, many % {"number": number}))
    if not moments:
        return often
    at = joined(str(AT_MOMENTS[moment]) for moment in moments)
    if len(moments) == number:
        return capfirst(at)
    return _("%(how_often)s (once %(moments)s)") % {"how_often": often, "moments": at}
