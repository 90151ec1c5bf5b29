"""What was planned and logged, in words: a window, a day, an exercise, all of it."""

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hipcare.moments import short_date, short_day
from programmes.rules.adherence import Adherence, Day, DayNote, Tally, Window
from programmes.wording.phrases import days_of, joined

NOTES: Mapping[DayNote, object] = {
    DayNote.ALL_DONE: gettext_lazy("all done"),
    DayNote.ALL_DONE_EXTRA: gettext_lazy("all done, extra"),
    DayNote.DONE_NONE_PLANNED: gettext_lazy("done, none planned"),
    DayNote.SOME_DONE: gettext_lazy("%(done)s of %(due)s done"),
    DayNote.SOME_DONE_EXTRA: gettext_lazy("%(done)s of %(due)s done, extra"),
    DayNote.NONE_DONE: gettext_lazy("logged, none done"),
    DayNote.NOTHING_LOGGED: gettext_lazy("planned, nothing logged"),
    DayNote.NOTHING_YET: gettext_lazy("today, nothing logged yet"),
    DayNote.TODAY_NOT_PLANNED: gettext_lazy("today, not planned"),
    DayNote.NOT_PLANNED: gettext_lazy("not planned"),
    DayNote.NO_PLAN: gettext_lazy("no plan"),
    DayNote.PAUSED: gettext_lazy("paused"),
}


def window_in_words(window: Window) -> str:
    """Return "10 Nov to 23 Nov"."""
    return _("%(first)s to %(last)s") % {"first": short_date(window.first), "last": short_date(window.last)}


def fortnight_in_words(
    found: Adherence, pains: Mapping[dt.date, int], usual: int | None, *, starts_today: bool = False
) -> str:
    """Return what the chart of a fortnight shows: sessions, worst pains, usual pain; a sentence each."""
    about = {"days": days_of(len(found.days)), "window": window_in_words(found.window)}
    done = {"done": found.done, "planned": found.planned}
    sentences = [
        _("Sessions and worst pain for %(days)s, %(window)s.") % about,
        _("%(done)s of %(planned)s planned sessions done.") % done
        if found.is_due
        else f"{undue_in_words(found, starts_today=starts_today)}.",
        _("Worst pain: %(scores)s.") % {"scores": pains_in_words(pains)} if pains else _("No pain score was given."),
        _("Usual pain %(pain)s.") % {"pain": usual} if usual is not None else "",
    ]
    return " ".join(filter(None, sentences))


def undue_in_words(found: Adherence, *, starts_today: bool = False) -> str:
    """Return what to say in the place of a fraction: today's rounds count once they are done."""
    if starts_today:
        return _("Starts today")
    if (today := found.under_way) is not None:
        return _("Today is not over yet: %(done)s of %(due)s done so far") % {"done": today.done, "due": today.due}
    return _("No session was due")


def pains_in_words(pains: Mapping[dt.date, int]) -> str:
    """Return "4 on 11 Nov and 6 on 13 Nov"."""
    return joined(
        _("%(pain)s on %(day)s") % {"pain": pain, "day": short_date(day)} for day, pain in sorted(pains.items())
    )


def note_in_words(day: Day) -> str:
    """Return what there is to say of a day: "all done, from paper diary"."""
    words = str(NOTES[day.note]) % {"done": day.done, "due": day.due}
    return _("%(what)s, from paper diary") % {"what": words} if day.is_paper else words


def day_in_words(day: Day) -> str:
    """Return "Tue 10 Nov: all done"."""
    return _("%(day)s: %(what)s") % {"day": short_day(day.date), "what": note_in_words(day)}


def tally_in_words(tally: Tally) -> str:
    """Return "3 of 5", or "not due", which nothing is that today asks for."""
    if not tally.planned and tally.is_under_way:
        return _("today is not over yet")
    if not tally.planned:
        return _("not due")
    return _("%(done)s of %(planned)s") % {"done": tally.done, "planned": tally.planned}
