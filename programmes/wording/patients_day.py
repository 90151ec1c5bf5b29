"""The words of a patient's day: the greeting, places, what was done, the marks of the week."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from exercises.wording import span
from hipcare.moments import day_and_month
from programmes.rules.day import DayMark, Place, RoundOfDay
from programmes.wording.phrases import lowered

PLACES: Mapping[Place, object] = {
    Place.LYING: gettext_lazy("Lying down"),
    Place.KNEELING: gettext_lazy("On hands and knees"),
    Place.SITTING: gettext_lazy("Sitting"),
    Place.STANDING: gettext_lazy("Standing"),
}

MARKS: Mapping[DayMark, object] = {
    DayMark.DONE: gettext_lazy("done"),
    DayMark.PART: gettext_lazy("part done"),
    DayMark.NONE: gettext_lazy("saved, none done"),
    DayMark.PLANNED: gettext_lazy("planned, not filled in"),
    DayMark.REST: gettext_lazy("rest day"),
    DayMark.PAUSED: gettext_lazy("paused"),
    DayMark.NO_PLAN: gettext_lazy("no plan"),
    DayMark.TODAY: gettext_lazy("today"),
}


def greeting(hour: int) -> str:
    """Return the greeting for an hour of the day, 0 to 23."""
    if hour < 12:
        return _("Good morning")
    return _("Good afternoon") if hour < 18 else _("Good evening")


def place_in_words(place: Place) -> str:
    return str(PLACES[place])


def mark_in_words(mark: DayMark) -> str:
    """Return the mark of a day, for those who do not see it."""
    return str(MARKS[mark])


def week_called(first: dt.date, last: dt.date) -> str:
    """Return how a week is called: "23 November to 29 November", "23 November" for a day alone."""
    if first == last:
        return day_and_month(first)
    return _("%(first)s to %(last)s") % {"first": day_and_month(first), "last": day_and_month(last)}


def days_of_week(days: int, *, is_saved: bool) -> str:
    """Return "3 days with exercise", or that nothing of the week is saved."""
    if not is_saved:
        return _("Nothing saved")
    return ngettext("%(days)s day with exercise", "%(days)s days with exercise", days) % {"days": days}


def day_of_weeks(mark: DayMark, pain: int | None, *, is_paper: bool = False) -> str:
    """Return what there is to say of a day among others: "Part done. Worst pain: 4 out of 10."."""
    sentences = [
        f"{capfirst(mark_in_words(mark))}.",
        _("From your paper diary.") if is_paper else "",
        "" if pain is None else _("Worst pain: %(pain)s out of 10.") % {"pain": pain},
    ]
    return " ".join(filter(None, sentences))


def days_with_exercise(days: int, planned: int) -> str:
    """Return on how many of the last 7 days anything was done, beside how many were planned."""
    words = ngettext("%(days)s day with exercise in the last 7.", "%(days)s days with exercise in the last 7.", days)
    beside = ngettext("%(planned)s day was planned.", "%(planned)s days were planned.", planned) if planned else ""
    return f"{words} {beside}".strip() % {"days": days, "planned": planned}


def done_today(times: int, of: int | None) -> str:
    """Return "Done today", "Done 1 of 2 times today" where some are left ``of`` so many, or "" for nothing done."""
    if times and of is not None:
        words = ngettext("Done %(done)s of %(times)s time today", "Done %(done)s of %(times)s times today", of)
        return words % {"done": times, "times": of}
    return _("Done today") if times else ""


def done_of(done: int, asked: int) -> str:
    """Return how many exercises of a session were done: "3 of 5", "" where it holds words alone."""
    return _("%(done)s of %(asked)s") % {"done": done, "asked": asked} if asked else ""


def ticked_on_paper(number: int) -> str:
    """Return the same of a day of a paper diary, where nobody said what was not done: "3 ticked"."""
    return ngettext("%(number)s ticked", "%(number)s ticked", number) % {"number": number} if number else ""


def how_it_was_left(outcome: str, reason: str) -> str:
    """Return what is said of one exercise of a session: "Done", "Not done: too sore"."""
    said = {"done": _("Done"), "partly": _("Done in part")}.get(outcome, _("Not done"))
    return _("%(said)s: %(reason)s") % {"said": said, "reason": lowered(reason)} if reason else said


def more_than_asked(name: str, times: int, of: int) -> str:
    """Return that something was saved more often than a day asks for."""
    words = ngettext(
        "You saved “%(name)s” %(times)s times. Your plan asks for it %(of)s time a day.",
        "You saved “%(name)s” %(times)s times. Your plan asks for it %(of)s times a day.",
        of,
    )
    return words % {"name": name, "times": times, "of": of}


def ways(easings: Sequence[str]) -> str:
    """Return easings as sentences: "Make it smaller. Or lean on your forearms."."""
    sentences = [f"{_('Or %(way)s') % {'way': lowered(way)} if n else way}." for n, way in enumerate(easings)]
    return " ".join(sentences)


def to_go(left: int) -> str:
    """Return how many of the day's exercises are left: "2 to go"."""
    return ngettext("%(left)d to go", "%(left)d to go", left) % {"left": left} if left else _("All done")


def on_phone() -> str:
    """Return what a phone says of a day that it keeps and the clinic has not."""
    return _("Saved on this phone")


def round_in_words(found: RoundOfDay) -> str:
    """Return which go of the day it is: "Round 1 of 2"."""
    return _("Round %(number)s of %(of)s") % {"number": found.number, "of": found.of}


def rhythm(days: str, round_now: str) -> str:
    """Return what a card says of when it is due: "Mon Wed Fri", "Round 1 of 2 today", both, or ""."""
    today = _("%(round)s today") % {"round": round_now} if round_now else ""
    return ". ".join(filter(None, (capfirst(days), today)))


def about_minutes(number: int) -> str:
    """Return about how long it takes: "About 6 minutes", "" for no time."""
    return (
        ngettext("About %(number)d minute", "About %(number)d minutes", number) % {"number": number} if number else ""
    )


def exercise_of(number: int, total: int) -> str:
    """Return the place of an exercise in the order of the day: "Exercise 2 of 5"."""
    return _("Exercise %(number)s of %(total)s") % {"number": number, "total": total}


def done_and_on(*, is_last: bool) -> str:
    """Return what the button of an exercise's page says, which ticks it and goes on."""
    return _("Done, finish") if is_last else _("Done, next")


def ticked_and_on(*, is_last: bool) -> str:
    """Return the same for an exercise that is ticked already."""
    return _("Ticked. Finish") if is_last else _("Ticked. Next")


def pain_bands(fine: int, okay: int) -> tuple[str, str, str]:
    """Return the three bands as they are read: "0–2", "3–5", "6–10"; ``fine`` and ``okay`` are their last numbers."""
    return span(0, fine), span(fine + 1, okay), span(okay + 1, 10)


def still_to_do(left: int) -> str:
    """Return how many exercises of a day are left: "2 still to do today."."""
    return ngettext("%(left)s still to do today.", "%(left)s still to do today.", left) % {"left": left}


def words_are_saved() -> str:
    """Return what to say where a session holds words and no tick."""
    return _("What you said is saved.")


def saved_of_day(saved: int, asked: int) -> str:
    """Return how much of what a day ``asked`` for is saved, 0 on a rest day: "2 of 4 exercises are saved."."""
    if not saved:
        return _("What you did is saved.")
    if asked > saved:
        words = ngettext(
            "%(saved)s of %(asked)s exercises is saved.", "%(saved)s of %(asked)s exercises are saved.", saved
        )
        return words % {"saved": saved, "asked": asked}
    if saved == 1:
        return _("Your exercise is saved.")
    if asked:
        return ngettext("All %(saved)s exercises are saved.", "All %(saved)s exercises are saved.", saved) % {
            "saved": saved
        }
    return ngettext("%(saved)s exercises are saved.", "%(saved)s exercises are saved.", saved) % {"saved": saved}
