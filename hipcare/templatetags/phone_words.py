"""What the scripts on a patient's pages say, in the patient's language."""

from collections.abc import Callable
from typing import Any

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()

MOST_COUNTED = 20
"""Up to here each number has its own words; a phone that keeps more says it as of that many."""


@register.simple_tag
def release() -> str:
    """Return what tells the scripts and styles of this release from those of another."""
    return str(getattr(staticfiles_storage, "manifest_hash", "") or "unhashed")


@register.simple_tag
def phone_words() -> dict[str, Any]:
    """Return what the bar says; what is counted by what it is: days, messages, or some of each."""
    return {
        "noSignal": _("No signal. This page is kept on your phone."),
        "notSaved": {
            "days": _("What you ticked is kept on this phone. It is not saved yet."),
            "messages": _("We kept what you wrote before. It is not sent yet."),
            "both": _("We kept what you began before. It is not saved yet."),
        },
        "waiting": {"days": counted(_days_waiting), "messages": counted(_messages_waiting), "both": counted(_waiting)},
        "safe": {"days": counted(_days_safe), "messages": counted(_messages_safe), "both": counted(_safe)},
        "trouble": {
            "days": _("One day could not be sent. See why."),
            "messages": _("One message could not be sent. See why."),
            "both": _("Some of it could not be sent. See why."),
        },
        "sent": {"days": counted(_days_sent), "messages": counted(_messages_sent), "both": counted(_sent)},
    }


@register.simple_tag
def safe_titles() -> list[str]:
    """Return what a phone that is signed out says first, by how many days it keeps; first, with messages among them."""
    return [
        _("What you saved is safe on this phone"),
        *(
            ngettext("%(days)d day is safe on this phone", "%(days)d days are safe on this phone", days)
            % {"days": days}
            for days in range(1, MOST_COUNTED + 1)
        ),
    ]


def counted(words: Callable[[int], str]) -> dict[str, Any]:
    """Return each different sentence that ``words`` makes of a number, once, and which one each number has."""
    said = [words(number) for number in range(MOST_COUNTED + 1)]
    different = list(dict.fromkeys(said))
    return {"words": different, "which": [different.index(one) for one in said]}


def _days_waiting(days: int) -> str:
    return ngettext(
        "Saved on this phone. {0} day is waiting to send.",
        "Saved on this phone. {0} days are waiting to send.",
        days,
    )


def _messages_waiting(messages: int) -> str:
    return ngettext(
        "Saved on this phone. {0} message is waiting to send.",
        "Saved on this phone. {0} messages are waiting to send.",
        messages,
    )


def _waiting(things: int) -> str:
    return ngettext(
        "Saved on this phone. {0} is waiting to send.", "Saved on this phone. {0} are waiting to send.", things
    )


def _days_safe(days: int) -> str:
    return ngettext(
        "{0} day is safe on this phone. It is sent when your plan is open again.",
        "{0} days are safe on this phone. They are sent when your plan is open again.",
        days,
    )


def _messages_safe(messages: int) -> str:
    return ngettext(
        "{0} message is safe on this phone. It is sent when your plan is open again.",
        "{0} messages are safe on this phone. They are sent when your plan is open again.",
        messages,
    )


def _safe(things: int) -> str:
    return ngettext(
        "What you saved is safe on this phone. It is sent when your plan is open again.",
        "All {0} you saved are safe on this phone. They are sent when your plan is open again.",
        things,
    )


def _days_sent(days: int) -> str:
    return ngettext("Sent. {0} day is saved at the clinic.", "Sent. {0} days are saved at the clinic.", days)


def _messages_sent(messages: int) -> str:
    return ngettext(
        "Sent. {0} message is kept for your next visit.", "Sent. {0} messages are kept for your next visit.", messages
    )


def _sent(things: int) -> str:
    return ngettext("Sent. {0} is at the clinic.", "Sent. All {0} are at the clinic.", things)
