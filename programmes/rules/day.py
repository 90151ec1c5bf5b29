"""A patient's day: what is still open, in which order, and what the week looks like. Pure: no database, no request.

*Open* is what is due on the day and has not been logged as done as often as it was asked for. Days are the
patient's own; weeks run from Monday to Sunday.
"""

import datetime as dt
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Protocol, TypeAlias, TypeVar

from exercises.dosage import Dose
from exercises.wording import span
from programmes.rules.changes import Change, Kind, changes, lowered
from programmes.rules.changes import Row as ComparedRow
from programmes.rules.schedule import LONG_DAYS, SHORT_DAYS, Frequency

DoneOn: TypeAlias = Mapping[tuple[Hashable, str], Sequence[dt.date]]
"""The days on which an exercise (its id and its leg) was logged as done, once for each time."""


class Row(ComparedRow, Protocol):
    """What this module reads of a prescription, besides what ``changes`` does."""

    @property
    def pk(self) -> Any: ...
    @property
    def side(self) -> str: ...
    @property
    def words(self) -> dict[str, Any]: ...
    @property
    def minutes(self) -> int: ...
    @property
    def frequency(self) -> Frequency | None: ...


R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class Place:
    """Where exercises are done, so that people get up and down as little as possible."""

    heading: str
    icon: str
    positions: tuple[str, ...]


PLACES = (
    Place("Lying down", "lying", ("lying", "side_lying")),
    Place("On hands and knees", "kneeling", ("kneeling",)),
    Place("Sitting", "sitting", ("sitting",)),
    Place("Standing", "standing", ("standing",)),
)


@dataclass(frozen=True, slots=True)
class Card:
    """One exercise on the page, what to say of it when the sheet is new, and of what was done of it today."""

    row: Row
    chip: str
    done: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The exercises done in one place."""

    place: Place
    cards: tuple[Card, ...]


def monday_of(day: dt.date) -> dt.date:
    """Return the Monday of the week of ``day``."""
    return day - dt.timedelta(days=day.weekday())


def is_open(row: Row, day: dt.date, done: DoneOn) -> bool:
    """Say whether ``row`` is due on ``day`` and still to be done; ``done`` covers that day's week."""
    how_often = row.frequency
    if how_often is None or not how_often.is_due_on(day):
        return False
    days = done.get((row.exercise_id, row.side), ())
    if how_often.days_a_week is not None and len({d for d in days if d != day}) >= how_often.days_a_week:
        return False
    return days.count(day) < how_often.times_a_day


def still_open(rows: Iterable[R], day: dt.date, done: DoneOn) -> list[R]:
    """Return those of ``rows`` that are open on ``day``."""
    return [row for row in rows if is_open(row, day, done)]


def is_done_on(row: Row, day: dt.date, done: DoneOn) -> bool:
    """Say whether ``row`` was done on ``day`` at least once."""
    return day in done.get((row.exercise_id, row.side), ())


def asked_on(rows: Iterable[R], day: dt.date, done: DoneOn) -> list[R]:
    """Return what ``day`` asked for: what is due and was done, or is open. Free days already used up ask nothing."""
    return [row for row in due_on(rows, day) if is_done_on(row, day, done) or is_open(row, day, done)]


def done_in_words(row: Row, day: dt.date, done: DoneOn) -> str:
    """Return "Done today", "Done 1 of 2 times today", or "" for what was not done on ``day``."""
    times = list(done.get((row.exercise_id, row.side), ())).count(day)
    if times and is_open(row, day, done) and row.frequency is not None:
        return f"Done {times} of {row.frequency.times_a_day} times today"
    return "Done today" if times else ""


def part_days(rows: Sequence[Row], done: DoneOn) -> set[dt.date]:
    """Return the days on which something was done and something was left; ``done`` covers their week."""
    return {day for day in set().union(*done.values()) if any(is_open(row, day, done) for row in rows)}


def due_on(rows: Iterable[R], day: dt.date) -> list[R]:
    """Return those of ``rows`` that are due on ``day``, done or not."""
    return [row for row in rows if row.frequency is not None and row.frequency.is_due_on(day)]


def when_needed(rows: Iterable[R]) -> list[R]:
    """Return those that are done only when the patient needs them."""
    return [row for row in rows if row.frequency is not None and row.frequency.as_needed]


def next_day(rows: Sequence[Row], day: dt.date, done: DoneOn) -> dt.date | None:
    """Return the first of the 14 days after ``day`` on which anything is open, or None."""
    for later in (day + dt.timedelta(days=n) for n in range(1, 15)):
        known = done if monday_of(later) == monday_of(day) else {}
        if any(is_open(row, later, known) for row in rows):
            return later
    return None


def day_in_words(day: dt.date, today: dt.date) -> str:
    """Return "Wednesday", or "Monday 30 November" where the name alone would be read as one of this week."""
    return f"{day:%A}" if abs((day - today).days) < 7 else f"{day:%A} {day.day} {day:%B}"


def minutes(rows: Iterable[Row]) -> int:
    """Return how long ``rows`` take, each done once, about."""
    return sum(row.minutes for row in rows)


def in_order(rows: Iterable[R]) -> list[R]:
    """Return ``rows`` by where they are done, least getting up first; the physiotherapist's order within a place."""
    return sorted(rows, key=lambda row: PLACES.index(place_of(row)))


def place_of(row: Row) -> Place:
    """Return where ``row`` is done."""
    return next(place for place in PLACES if row.words["position"] in place.positions)


def in_places(rows: Iterable[Row], chips: Mapping[Any, str], done: Mapping[Any, str] | None = None) -> list[Group]:
    """Return ``rows`` as cards, in order, by where they are done; ``chips`` and ``done`` by prescription."""
    done = done or {}
    return [
        Group(place, tuple(Card(row, chips.get(row.pk, ""), done.get(row.pk, "")) for row in together))
        for place, together in groupby(in_order(rows), key=place_of)
    ]


def chips(old: Sequence[Row], new: Sequence[Row]) -> dict[Any, str]:
    """Return what to say on the cards of ``new`` that are not as they were: "New", "Changed: was 10 on each leg"."""
    found = {(change.exercise_id, change.now): change for change in changes(old, new)}
    pairs = ((row, found.get((row.exercise_id, row.line))) for row in new)
    return {row.pk: chip(row, change, old) for row, change in pairs if change is not None}


def chip(row: Row, change: Change, old: Iterable[Row]) -> str:
    """Return the words of one chip."""
    if change.kind is Kind.NEW:
        return "New"
    was = next((one for one in old if (one.exercise_id, one.line) == (change.exercise_id, change.was)), None)
    if was is None or was.short_dose == row.short_dose:
        return "Changed"
    return f"Changed: was {lowered(was.short_dose)}"


def ways(easings: Sequence[str]) -> str:
    """Return easings as sentences: "Make it smaller. Or lean on your forearms."."""
    return "".join(f"{'Or ' + lowered(way) if n else way}. " for n, way in enumerate(easings)).strip()


def greeting(hour: int) -> str:
    """Return the greeting for an hour of the day, 0 to 23."""
    if hour < 12:
        return "Good morning"
    return "Good afternoon" if hour < 18 else "Good evening"


@dataclass(frozen=True, slots=True)
class Tile:
    """A number of the dose, large, and what it counts."""

    number: str
    what: str


def tiles(dose: Dose) -> list[Tile]:
    """Return the dose in large numbers: 2 rounds × 10 times × 3 seconds hold."""
    hold = span(dose.hold_s, dose.hold_to_s).replace("–", " to ")
    seconds = "second hold" if hold == "1" else "seconds hold"
    count = span(dose.reps, dose.reps_to).replace("–", " to ")
    found = [
        Tile(str(dose.sets), "rounds") if dose.sets > 1 else None,
        None if dose.is_one_hold else Tile(count, "times each way" if dose.directions > 1 else "times"),
        Tile(hold, seconds) if dose.hold_s else None,
    ]
    return [tile for tile in found if tile is not None]


def pain_bands(fine: int, okay: int) -> tuple[str, str, str]:
    """Return the three bands as they are read: "0–2", "3–5", "6–10"; ``fine`` and ``okay`` are their last numbers."""
    return span(0, fine), span(fine + 1, okay), span(okay + 1, 10)


@dataclass(frozen=True, slots=True)
class WeekDay:
    """One day of the week's row. ``mark`` is "done", "part", "plan" or "rest"."""

    short: str
    long: str
    mark: str
    is_today: bool

    @property
    def words(self) -> str:
        """The mark in words, for those who do not see it."""
        return {"done": "done", "part": "part done", "plan": "planned", "rest": "rest day"}[self.mark]


@dataclass(frozen=True, slots=True)
class Week:
    """The week of one day: seven marks, days done and days planned."""

    days: tuple[WeekDay, ...]
    done: int
    planned: int


def week_of(
    day: dt.date,
    rows: Sequence[Row],
    done: Collection[dt.date],
    *,
    since: dt.date,
    part: Collection[dt.date] = (),
) -> Week:
    """Return the week of ``day``: ``done`` are the days with anything done, ``since`` the day the plan began.

    ``part`` are those of the days done on which something was left, since then.

    Where the patient chooses the days, only their number is planned. Never more done than planned.
    """
    dates = [monday_of(day) + dt.timedelta(days=n) for n in range(7)]
    named = {date for date in dates if date >= since and any(_names(row, date) for row in rows)}
    free = max((row.frequency.days_a_week or 0 for row in rows if row.frequency is not None), default=0)
    planned = max(len(named), free)
    begun = {date: "part" if date in part and date >= since else "done" for date in done}
    marks = [begun.get(date, "plan" if date in named else "rest") for date in dates]
    days = tuple(
        WeekDay(SHORT_DAYS[n], LONG_DAYS[n], mark, date == day)
        for n, (date, mark) in enumerate(zip(dates, marks, strict=True))
    )
    return Week(days, min(marks.count("done"), planned), planned)


def _names(row: Row, day: dt.date) -> bool:
    """Say whether ``row`` is due on ``day`` by the day's name, not by the patient's choice."""
    how_often = row.frequency
    return how_often is not None and how_often.days_a_week in (None, 7) and how_often.is_due_on(day)
