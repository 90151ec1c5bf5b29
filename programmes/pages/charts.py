"""The small pictures of a fortnight, as coordinates; templates draw them. Pure: no database, no request, no clock.

Lengths are in the units of the drawing's own view box. A chart shows and does not judge: no zones in colour, each
point has its number, and what it says is also there in words (``title``) and as rows of a table.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hipcare.moments import short_day
from programmes.rules.adherence import Adherence, Day, DayNote, Status
from programmes.wording.counts import day_in_words, fortnight_in_words, note_in_words

MOST_PAIN = 10


@dataclass(frozen=True, slots=True)
class Bands:
    """The clinic's pain bands: fine up to ``fine``, OK up to ``ok``, above that stop for today."""

    fine: int = 2
    ok: int = 5


@dataclass(frozen=True, slots=True)
class Mark:
    """One day of the strip: the classes of its box, and its words."""

    classes: str
    words: str


def strip(days: Sequence[Day], today: dt.date | None = None) -> list[Mark]:
    """Return the strip's boxes in order; today's has the outline, unless it asks for nothing.

    A day without a plan is nothing at all: neither one of rest nor one on which something was missed.
    """
    return [Mark(_box_of(day, today), day_in_words(day)) for day in days]


def _box_of(day: Day, today: dt.date | None) -> str:
    if day.note is DayNote.NO_PLAN:
        return "strip-off"
    is_outlined = day.date == today and day.status not in (Status.TODAY, Status.REST, Status.PAUSED)
    return f"strip-{day.status.value}" + (" strip-today" if is_outlined else "")


@dataclass(frozen=True, slots=True)
class PainPair:
    """Usual and last pain on a ruler from 0 to 10, 102 wide. Positions are None where nothing was said."""

    usual: int | None
    last: int | None
    usual_x: int | None
    last_x: int | None
    is_high: bool
    ruler: str

    @property
    def diamond(self) -> str:
        x = self.last_x or 0
        return f"M{x} .5 L{x + 6.5:g} 7 L{x} 13.5 L{x - 6.5:g} 7Z"


def pain_pair(usual: int | None, last: int | None, bands: Bands) -> PainPair | None:
    if usual is None and last is None:
        return None

    def across(pain: int) -> int:
        return 6 + 9 * pain

    ticks = f"M{across(bands.fine)} 13.5v3M{across(bands.ok)} 12.5v5"
    return PainPair(
        usual=usual,
        last=last,
        usual_x=None if usual is None else across(usual),
        last_x=None if last is None else across(last),
        is_high=last is not None and last > bands.ok,
        ruler=f"M6 15H96M6 12.5v5{ticks}M96 12.5v5",
    )


# The fortnight chart: sessions over worst pain, on the same day columns.
WIDTH, HEIGHT = 770, 248
LEFT, RIGHT = 78, 760
TOP_OF_PAIN, FOOT_OF_PAIN = 78, 210


def pain_y(pain: float) -> float:
    return round(FOOT_OF_PAIN - pain * (FOOT_OF_PAIN - TOP_OF_PAIN) / MOST_PAIN, 1)


@dataclass(frozen=True, slots=True)
class Column:
    """One day of the chart; ``x`` is its middle. ``pain_y`` is None where no pain was said."""

    x: float
    left: float
    width: float
    day: Day
    is_weekend: bool
    is_today: bool
    pain: int | None
    pain_y: float | None
    is_high: bool

    @property
    def box(self) -> str:
        """Which mark the session row has: full, part, empty, none, rest or today; "off" where there was no plan."""
        if self.day.note is DayNote.NO_PLAN:
            return "off"
        if self.is_today and self.day.status in (Status.PART, Status.EMPTY):
            return Status.TODAY.value
        return Status.FULL.value if self.day.status is Status.PAPER else self.day.status.value

    @property
    def is_paper(self) -> bool:
        return self.day.is_paper

    @property
    def has_bar(self) -> bool:
        """Whether it was logged and none of it was done."""
        return self.day.status is Status.EMPTY

    @property
    def count(self) -> str:
        """In short: "2/4" where something was logged, else ""."""
        logged = self.day.status in (Status.FULL, Status.PART, Status.EMPTY, Status.PAPER)
        return f"{self.day.done}/{self.day.due}" if logged and self.day.due else ""

    @property
    def what(self) -> str:
        return note_in_words(self.day)

    @property
    def weekday(self) -> str:
        return short_day(self.day.date)[:2]

    @property
    def value_y(self) -> float:
        return round((self.pain_y or 0) - 12 - (2 if self.is_high else 0), 1)

    @property
    def diamond(self) -> str:
        return f"M{self.x:g} {(self.pain_y or 0) - 9:.1f}l9 9-9 9-9-9Z"


@dataclass(frozen=True, slots=True)
class Fortnight:
    """The chart of a window: columns, the lines across, and the same in words."""

    columns: tuple[Column, ...]
    bands: Bands
    usual: int | None
    title: str
    starts: Column | None = None
    """The first day of the first plan, where that is today and nothing was logged yet."""

    width, height, left, right = WIDTH, HEIGHT, LEFT, RIGHT
    days_width = WIDTH - LEFT
    top, foot = TOP_OF_PAIN, FOOT_OF_PAIN

    @property
    def line(self) -> str:
        points = [f"{c.x:g} {c.pain_y:g}" for c in self.columns if c.pain_y is not None]
        return f"M{' L'.join(points)}" if len(points) > 1 else ""

    @property
    def usual_y(self) -> float | None:
        return None if self.usual is None else pain_y(self.usual)

    @property
    def usual_at_start(self) -> bool:
        """Whether the label of the usual pain stands at the left, since the last day has a point of its own."""
        return self.columns[-1].pain_y is not None

    @property
    def band_lines(self) -> list[tuple[str, float]]:
        """The two thin lines between the clinic's bands, with their labels: "2/3"."""
        return [(f"{pain}/{pain + 1}", pain_y(pain + 0.5)) for pain in (self.bands.fine, self.bands.ok)]


def fortnight(
    found: Adherence,
    pains: Mapping[dt.date, int],
    *,
    usual: int | None,
    bands: Bands,
    today: dt.date | None = None,
    starts_today: bool = False,
) -> Fortnight:
    width = (RIGHT - LEFT) / len(found.days)
    columns = tuple(
        Column(
            x=round(LEFT + width * (place + 0.5), 1),
            left=round(LEFT + width * place, 1),
            width=round(width, 1),
            day=day,
            is_weekend=day.date.weekday() >= 5,
            is_today=day.date == today,
            pain=pains.get(day.date),
            pain_y=pain_y(pains[day.date]) if day.date in pains else None,
            is_high=pains.get(day.date, 0) > bands.ok,
        )
        for place, day in enumerate(found.days)
    )
    shown = {day.date: pains[day.date] for day in found.days if day.date in pains}
    words = fortnight_in_words(found, shown, usual, starts_today=starts_today)
    return Fortnight(columns, bands, usual, words, starts=columns[-1] if starts_today else None)
