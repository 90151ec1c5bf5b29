"""What one page says of the time up to a visit, as plain lines: facts with their days, no judgement and no advice."""

import datetime as dt
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hipcare.moments import full_date, short_date, short_date_and_time, short_date_and_year
from programmes.rules.adherence import Adherence, Day, DayNote, Status
from programmes.wording.counts import NOTES, pains_in_words, tally_in_words, undue_in_words, window_in_words
from programmes.wording.log_words import entered_by_helper
from programmes.wording.phrases import days_of, joined_by_commas
from programmes.wording.review_words import morning_in_words

LINE_LENGTH = 72
A_WEEK = 7
MARKS: Mapping[Status, str] = {
    Status.FULL: "x",
    Status.PAPER: "x",
    Status.PART: "/",
    Status.EMPTY: "n",
    Status.NONE: "o",
    Status.TODAY: "t",
    Status.REST: "-",
}
MARKS_BY_NOTE = {DayNote.NO_PLAN: ".", DayNote.PAUSED: "p"}
KEY: Mapping[str, object] = {
    "x": gettext_lazy("all done"),
    "/": gettext_lazy("part done"),
    "n": NOTES[DayNote.NONE_DONE],
    "o": NOTES[DayNote.NOTHING_LOGGED],
    "t": NOTES[DayNote.NOTHING_YET],
    "-": NOTES[DayNote.NOT_PLANNED],
    "p": NOTES[DayNote.PAUSED],
    ".": NOTES[DayNote.NO_PLAN],
}
ANSWERS = ("yes", "no", "not_sure", "")


@dataclass(frozen=True, slots=True)
class SummaryPart:
    """A heading, and what stands under it, a line each. ``is_strip``: on a screen and on paper it is drawn."""

    title: str
    lines: Sequence[str]
    is_strip: bool = False


def born(day: dt.date, age: int) -> str:
    return _("Born %(day)s (%(age)s)") % {"day": full_date(day), "age": age}


def precautions_line(precautions: str, checked: dt.date | None) -> str:
    words = _("Precautions: %(precautions)s") % {"precautions": precautions}
    return f"{words}, {_('checked %(day)s') % {'day': short_date_and_year(checked)}}" if checked else words


def version_since(number: int | None, since: dt.datetime, first: dt.datetime) -> str:
    """Return which version is in use since when, and since when there is a programme."""
    said = {"number": number, "since": short_date_and_year(since), "first": short_date_and_year(first)}
    if number == 1:
        return _("Version 1, since %(since)s") % said
    return _("Version %(number)s, since %(since)s. The first one was given on %(first)s") % said


def ended_on(at: dt.datetime) -> str:
    return _("The programme ended on %(day)s") % {"day": full_date(at)}


def review_on(day: dt.date) -> str:
    return _("Review on %(day)s") % {"day": full_date(day)}


def goal_line(goal: str) -> str:
    return _("Goal: “%(goal)s”") % {"goal": goal}


def counted_in_words(found: Adherence) -> list[str]:
    """Return what was done of what was planned, always with its window and who says so."""
    window = window_in_words(found.window)
    said = {"done": found.done, "planned": found.planned, "window": window, "extra": found.extra}
    if found.is_due:
        first = _("%(done)s of %(planned)s planned sessions, self-reported, %(window)s") % said
    elif found.under_way:
        first = _("%(today)s, self-reported, %(window)s") % {"today": undue_in_words(found), "window": window}
    else:
        first = _("No session was due, %(window)s") % said
    lines = [
        f"{first}{_(', %(extra)s extra') % said if found.extra else ''}",
        _days_with_any(found),
        _("By exercise, times done of times planned: %(each)s")
        % {"each": joined_by_commas(f"{one.name} {tally_in_words(one)}" for one in found.by_exercise)}
        if found.by_exercise
        else "",
    ]
    return [line for line in lines if line]


def _days_with_any(found: Adherence) -> str:
    """Return on how many days anything was done; paused days with nothing done are among none of them."""
    if not found.days_in_force:
        return ""
    days = {"days": found.days_with_any, "of": days_of(found.days_in_force)}
    words = _("Days with any exercise: %(days)s of %(of)s with a plan") % days
    return f"{words}{_(', paused days only where something was done') if found.has_pauses else ''}"


def strip_in_words(days: Sequence[Day]) -> list[str]:
    """Return a week a line, a mark for each day, and what the marks say."""
    marks = [MARKS_BY_NOTE.get(day.note) or MARKS[day.status] for day in days]
    starts = range(0, len(days), A_WEEK)
    lines = [f"{short_date(days[n].date)}: {' '.join(marks[n : n + A_WEEK])}" for n in starts]
    return [*lines, "; ".join(f"{mark} {KEY[mark]}" for mark in KEY if mark in marks)]


def pain_lines(usual: int | None, pains: Mapping[dt.date, int]) -> list[str]:
    """Return usual pain beside the worst that was said, then each day's worst."""
    before = _("Usual pain not asked yet") if usual is None else _("Usual %(usual)s of 10") % {"usual": usual}
    if not pains:
        return [before, _("No pain score was given")]
    first = _("%(usual)s → worst %(worst)s of 10") % {"usual": before, "worst": max(pains.values())}
    return [first, _("Worst of each day: %(scores)s") % {"scores": pains_in_words(pains)}]


def morning_lines(days: Mapping[str, Sequence[dt.date]]) -> list[str]:
    """Return for each answer on which days' mornings after it was given; ``""`` is where nothing was said."""
    return [on_days(morning_in_words(answer), days[answer]) for answer in ANSWERS if days.get(answer)]


def on_days(what: str, days: Iterable[dt.date]) -> str:
    """Return "Clamshell (too sore): 24 Nov, 27 Nov"."""
    return _("%(what)s: %(days)s") % {"what": what, "days": joined_by_commas(map(short_date, days))}


def said_on(day: dt.date, words: str, helper: str = "") -> str:
    """Return what was written on a day, or at a moment, in the words of who wrote it."""
    when = short_date_and_time(day) if isinstance(day, dt.datetime) else short_date(day)
    by = f", {entered_by_helper(helper)}" if helper else ""
    return f"{when}{by}: “{words}”"


def measured_on(day: dt.date, lines: Iterable[str]) -> str:
    return f"{short_date(day)}: {'; '.join(lines)}"


def and_more(number: int) -> str:
    return _("and %(number)s more on the patient’s page") % {"number": number}


def window_called(weeks: int) -> str:
    return _("Last %(weeks)s weeks") % {"weeks": weeks}


def since_version(number: int | None, day: dt.date) -> str:
    return _("Since version %(number)s, %(day)s") % {"number": number, "day": short_date(day)}


def made_by(name: str, at: dt.datetime, clinic: str) -> str:
    return _("%(clinic)s, %(name)s, %(moment)s") % {"clinic": clinic, "name": name, "moment": short_date_and_time(at)}


def as_text(head: Sequence[str], parts: Iterable[SummaryPart]) -> str:
    """Return all of it as plain text, no line longer than ``LINE_LENGTH``."""
    blocks = [_wrapped(head, ""), *(f"{part.title.upper()}\n{_wrapped(part.lines, '- ')}" for part in parts)]
    return "\n\n".join(blocks) + "\n"


def _wrapped(lines: Iterable[str], mark: str) -> str:
    return "\n".join(
        textwrap.fill(
            " ".join(line.split()),
            LINE_LENGTH,
            initial_indent=mark,
            subsequent_indent=" " * len(mark),
            break_on_hyphens=False,
        )
        for line in lines
    )
