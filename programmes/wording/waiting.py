"""What the list of what waits on a phone says: its script picks from these, for the rows are on the phone alone."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MOST_EXERCISES = 30
MOST_PAIN = 10


def words_of_what_waits() -> dict[str, Any]:
    """Return whole phrases, counts counted out; "{0}" stands where the phone puts a time of its own."""
    return {
        "done": [_exercises(count) for count in range(MOST_EXERCISES + 1)],
        "pain": [_("Pain %(number)d out of 10") % {"number": number} for number in range(MOST_PAIN + 1)],
        "savedAt": _("Saved on this phone at {0}"),
        "notSaved": _("Kept on this phone. Not saved yet."),
        "save": _("Save it"),
        "open": _("Open it"),
        "about": {
            "tell": _("For your next visit"),
            "fill": _("A day filled in"),
            "change": _("A change to what you saved"),
        },
        "chooseDay": _("Choose the day"),
        "whichDay": _("A night has gone by. We need to know which day this was."),
        "otherPerson": _("This is for another person. It is sent when their plan is open here."),
        "surely": _("It is not saved anywhere else. Press again to take it away."),
    }


def _exercises(count: int) -> str:
    return ngettext("%(count)d exercise done", "%(count)d exercises done", count) % {"count": count}
