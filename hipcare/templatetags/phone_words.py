"""What the scripts on a patient's pages say, in the patient's language."""

from typing import Any

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()

MOST_COUNTED = 20
"""Days that are counted out; a phone that keeps more says as many."""


@register.simple_tag
def release() -> str:
    """Return what tells the scripts and styles of this release from those of another."""
    return str(getattr(staticfiles_storage, "manifest_hash", "") or "unhashed")


@register.simple_tag
def phone_words() -> dict[str, Any]:
    return {
        "noSignal": _("No signal. This page is kept on your phone."),
        "notSaved": _("We kept what you ticked before. It is not saved yet."),
        "waiting": [_waiting(days) for days in range(MOST_COUNTED + 1)],
        "safe": [_safe(days) for days in range(MOST_COUNTED + 1)],
        "trouble": _("One day could not be sent. See why."),
        "sent": [_sent(days) for days in range(MOST_COUNTED + 1)],
    }


@register.simple_tag
def safe_titles() -> list[str]:
    """Return what a phone that is signed out says first, by how many days it keeps."""
    return [
        ngettext("%(days)d day is safe on this phone", "%(days)d days are safe on this phone", days) % {"days": days}
        for days in range(MOST_COUNTED + 1)
    ]


def _waiting(days: int) -> str:
    return ngettext(
        "Saved on this phone. %(days)d day is waiting to send.",
        "Saved on this phone. %(days)d days are waiting to send.",
        days,
    ) % {"days": days}


def _safe(days: int) -> str:
    return ngettext(
        "%(days)d day is safe on this phone. It is sent when your plan is open again.",
        "%(days)d days are safe on this phone. They are sent when your plan is open again.",
        days,
    ) % {"days": days}


def _sent(days: int) -> str:
    return ngettext(
        "Sent. %(days)d day is saved at the clinic.", "Sent. %(days)d days are saved at the clinic.", days
    ) % {"days": days}
