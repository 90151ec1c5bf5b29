"""What staff read where they key in a paper diary: the full name of each box, why a day is closed, what became."""

import datetime as dt
from collections.abc import Iterable

from hipcare.moments import full_date, short_day, weekday_and_date
from programmes.rules.diary import CellKind, ClosedDay, SoFar
from programmes.wording.phrases import joined

MORNINGS = {"yes": "Yes", "no": "No"}
ASKED = {
    "pain": "Worst pain, 0 to 10",
    "yes": "Next morning back to usual: yes",
    "no": "Next morning back to usual: no",
    "words": "In a few words",
}
SAYS = {"pain": "pain", "morning": "the next morning", "words": "the words"}


def box_called(name: str, day: dt.date, number: int, of: int, kind: CellKind) -> str:
    """Return "Bridge, Tuesday 24 November", which time of the day it is, and that it is not planned."""
    parts = [name, f"time {number} of {of}" if of > 1 else "", weekday_and_date(day)]
    return ", ".join(filter(None, [*parts, "not planned" if kind is CellKind.DOT else ""]))


def number_called(name: str, day: dt.date, kind: CellKind) -> str:
    """Return the same for a box that holds how many times it was done."""
    return ", ".join(
        filter(None, [name, "times done", weekday_and_date(day), "not planned" if kind is CellKind.DOT else ""])
    )


def answer_called(name: str, day: dt.date) -> str:
    return f"{ASKED[name]}, {weekday_and_date(day)}"


def closed_in_words(closed: ClosedDay, number: int | None, given_on: dt.date) -> str:
    if closed is ClosedDay.NOT_YET:
        return "This day has not come yet."
    return f"Version {number} was given on {full_date(given_on)}."


def overruled_in_words(answer: str, day: dt.date, theirs: object, mine: object, by: str) -> str:
    """Return what somebody else keyed in meanwhile, and that this person's counts."""
    said, now = (MORNINGS.get(str(value), str(value)) for value in (theirs, mine))
    counts = f"“{now}” counts now" if mine not in (None, "") else "Nothing counts now"
    return f"{short_day(day)}, {SAYS[answer]}: {by} keyed in “{said}” meanwhile. {counts}; both are kept."


def logged_too(days: Iterable[dt.date]) -> str:
    """Return which days the patient has saved otherwise: both count, up to what was planned. "" for none."""
    named = [short_day(day) for day in sorted(days)]
    return f"Logged on the phone: {joined(named)}. Paper and phone are both kept." if named else ""


def on_other_paper(numbers: Iterable[tuple[dt.date, int | None]]) -> str:
    """Return which days are keyed in from the sheet of another version, "" for none."""
    named = [f"{short_day(day)} (version {number})" for day, number in sorted(numbers)]
    return f"Keyed in from another version’s sheet: {joined(named)}. Both are kept." if named else ""


def so_far_in_words(so_far: SoFar) -> list[tuple[str, str]]:
    """Return how much is keyed in: "Days", "3 of 6 planned"."""
    return [
        ("Days", f"{so_far.days} of {so_far.of_days} planned" if so_far.of_days else str(so_far.days)),
        ("Boxes", f"{so_far.boxes} of {so_far.of_boxes}" if so_far.of_boxes else str(so_far.boxes)),
        ("Pain", f"{so_far.pains} said"),
    ]
