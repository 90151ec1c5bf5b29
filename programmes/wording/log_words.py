"""What staff read of a saved session beside its answers: how it came in, what was not done, what came too late."""

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hipcare.moments import short_date_and_time, short_day
from programmes.wording.answer_words import Answered, answers_for_staff, in_one_line
from programmes.wording.phrases import days_of, joined_by_commas


def under_version(number: int | None, newer: int | None) -> str:
    """Return for which version it was, where another has come since: ``newer`` had come before it was sent."""
    if newer is None:
        return _("for version %(number)s") % {"number": number}
    words = _("for version %(number)s, sent after version %(newer)s was given")
    return words % {"number": number, "newer": newer}


def written_later(days: int) -> str:
    return _("written %(days)s later") % {"days": days_of(days)}


MORNINGS: Mapping[str, object] = {
    "yes": gettext_lazy("next morning: hip back to its usual"),
    "no": gettext_lazy("next morning: hip not back to its usual"),
    "not_sure": gettext_lazy("next morning: not sure yet"),
}


def morning_after(answer: str) -> str:
    """Return what the patient said of the next morning: words, and no judgement."""
    return str(MORNINGS[answer])


def corrected(at: dt.datetime) -> str:
    return _("corrected %(moment)s") % {"moment": short_date_and_time(at)}


def day_was(day: dt.date) -> str:
    return _("day was %(day)s") % {"day": short_day(day)}


def entered_by_helper(name: str) -> str:
    return _("entered by %(name)s, who helps") % {"name": name}


def keyed_in_by(name: str) -> str:
    return _("from paper, keyed in by %(name)s") % {"name": name}


def not_done(name: str, reason: str, *, is_partly: bool) -> str:
    """Return "Clamshell (partly, pain)", or the name alone."""
    said = joined_by_commas(part for part in (_("partly") if is_partly else "", reason) if part)
    return _("%(name)s (%(said)s)") % {"name": name, "said": said} if said else name


def came_too_late(at: dt.datetime, done: int, said: Answered, hurt: str = "") -> str:
    """Return what was sent when the session could no longer be changed, in a sentence."""
    words = _("Sent %(moment)s, too late to change the entry: %(done)s done, %(answers)s.")
    sent = {"moment": short_date_and_time(at), "done": done, "answers": in_one_line(answers_for_staff(said, hurt))}
    return f"{words % sent} “{said.note}”" if said.note else words % sent
