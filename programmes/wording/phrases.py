"""Small pieces that several sentences hold: a list, a range, a number of days."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext


def joined(words: Iterable[str]) -> str:
    """Return "Monday, Wednesday and Friday"."""
    *first, last = [*words] or [""]
    if not first:
        return last
    return _("%(items)s and %(last_item)s") % {"items": joined_by_commas(first), "last_item": last}


def joined_by_commas(words: Iterable[str]) -> str:
    """Return "partly, pain"."""
    return pgettext("between the items of a list", ", ").join(words)


def lowered(words: str) -> str:
    """Return words that stand alone elsewhere as they stand inside a sentence."""
    return words[:1].lower() + words[1:]


def range_of(low: int, high: int | None) -> str:
    """Return "10", "8 to 12"."""
    return _("%(low)s to %(high)s") % {"low": low, "high": high} if high and high != low else str(low)


def days_of(number: int) -> str:
    """Return "1 day", "3 days"."""
    return ngettext("%(number)s day", "%(number)s days", number) % {"number": number}


def minutes(number: int) -> str:
    """Return "1 minute", "20 minutes"."""
    return ngettext("%(number)s minute", "%(number)s minutes", number) % {"number": number}


def seconds(low: int, high: int | None = None) -> str:
    """Return "1 second", "20 to 30 seconds"; whole minutes as minutes."""
    if not high and low >= 60 and low % 60 == 0:
        return minutes(low // 60)
    return ngettext("%(amount)s second", "%(amount)s seconds", high or low) % {"amount": range_of(low, high)}
