"""Values in, sentences out, in the reader's language. Nobody reads a sentence back."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def to_go(left: int, total: int) -> str:
    """Return how many of the day's exercises are left: "2 of 4 to go"."""
    if not left:
        return _("All done")
    return ngettext("%(left)d of %(total)d to go", "%(left)d of %(total)d to go", left) % {"left": left, "total": total}


def about_minutes(number: int) -> str:
    """Return about how long it takes: "About 6 minutes"."""
    return ngettext("About %(number)d minute", "About %(number)d minutes", number) % {"number": number}


def all_are_done(total: int) -> str:
    """Return what stands in the place of the list when everything in it is ticked: "4 of 4 exercises done"."""
    if total == 1:
        return _("Exercise done")
    words = ngettext("%(total)d of %(total)d exercise done", "%(total)d of %(total)d exercises done", total)
    return words % {"total": total}
