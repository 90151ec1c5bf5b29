"""What happened with a patient, a short line for each thing, for staff."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hipcare.moments import short_date, short_date_and_time
from programmes.wording.phrases import joined_by_commas


def version_given(number: int | None) -> str:
    return _("Version %(number)s given") % {"number": number}


def review_date_of(number: int | None) -> str:
    return _("Review date of version %(number)s") % {"number": number}


def because(reason: str) -> str:
    return _("Reason: %(reason)s") % {"reason": reason}


def programme_ended() -> str:
    return _("Programme ended")


def pause_begins(last: dt.date | None) -> str:
    """Return that a pause begins, and until which day it is meant to last, if that is known."""
    return _("Pause begins, up to %(day)s") % {"day": short_date(last)} if last else _("Pause begins")


def last_day_of_pause() -> str:
    return _("Last day of the pause")


def session_done(done: int, total: int) -> str:
    """Return "3 of 4 exercises done"; a session may hold words alone."""
    if not total:
        return _("Words alone")
    words = ngettext("%(done)s of %(total)s exercise done", "%(done)s of %(total)s exercises done", total)
    return words % {"done": done, "total": total}


def not_ticked(names: Iterable[str]) -> str:
    return _("Not ticked: %(names)s") % {"names": joined_by_commas(names)}


def about_session(day: dt.date) -> str:
    return _("About the session of %(day)s") % {"day": short_date(day)}


def told() -> str:
    return _("Told between visits")


def read_by(name: str, at: dt.datetime) -> str:
    return _("Looked at by %(name)s %(moment)s") % {"name": name, "moment": short_date_and_time(at)}


def sessions_looked_at(up_to: dt.date | None) -> str:
    return _("Looked at the sessions up to %(day)s") % {"day": short_date(up_to)} if up_to else _("Looked at")


def sheet_printed(layout: str, number: int | None) -> str:
    return _("Printed: %(layout)s, version %(number)s") % {"layout": layout.lower(), "number": number}


def measured() -> str:
    return _("Measured")


def in_quotes(words: str) -> str:
    return f"“{words}”"


def sentences(parts: Sequence[str]) -> str:
    return joined_by_commas(part for part in parts if part)
