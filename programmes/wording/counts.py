"""What was planned and logged, in words: a window, a day, an exercise, all of it."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hipcare.moments import short_date, short_day
from programmes.rules.adherence import Day, DayNote, Tally, Window

NOTES: Mapping[DayNote, object] = {
    DayNote.ALL_DONE: gettext_lazy("all done"),
    DayNote.ALL_DONE_EXTRA: gettext_lazy("all done, extra"),
    DayNote.DONE_NONE_PLANNED: gettext_lazy("done, none planned"),
    DayNote.SOME_DONE: gettext_lazy("%(done)s of %(due)s done"),
    DayNote.NOTHING_LOGGED: gettext_lazy("planned, nothing logged"),
    DayNote.NOTHING_YET: gettext_lazy("today, nothing logged yet"),
    DayNote.TODAY_NOT_PLANNED: gettext_lazy("today, not planned"),
    DayNote.NOT_PLANNED: gettext_lazy("not planned"),
    DayNote.PAUSED: gettext_lazy("paused"),
}


def window_in_words(window: Window) -> str:
    """Return "10 Nov to 23 Nov"."""
    return _("%(first)s to %(last)s") % {"first": short_date(window.first), "last": short_date(window.last)}


def note_in_words(day: Day) -> str:
    """Return what there is to say of a day: "all done, from paper diary"."""
    words = str(NOTES[day.note]) % {"done": day.done, "due": day.due}
    return _("%(what)s, from paper diary") % {"what": words} if day.is_paper else words


def day_in_words(day: Day) -> str:
    """Return "Tue 10 Nov: all done"."""
    return _("%(day)s: %(what)s") % {"day": short_day(day.date), "what": note_in_words(day)}


def tally_in_words(tally: Tally) -> str:
    """Return "3 of 5", or "not due"."""
    if not tally.planned:
        return _("not due")
    return _("%(done)s of %(planned)s") % {"done": tally.done, "planned": tally.planned}
