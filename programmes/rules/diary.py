"""The grid of a paper diary: two weeks, a row a day, a column an exercise. Pure: no database, no clock, no request.

The screen on which a diary is keyed in has this shape, and so has the printed one. A grid is named by its version and
its first day. Where an exercise is done once or twice a day there is a box for each time; where more often, one box
to write the number in. On a day that does not ask for it stands a dot, which can be ticked all the same.
"""

import datetime as dt
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import NamedTuple

from programmes.rules.paper_marks import DayMarks, DiaryBox
from programmes.rules.schedule import TIMES_A_DAY, Frequency

WEEK = dt.timedelta(days=7)
DAYS = 14
MOST_BOXES = 2
MOST_TIMES = TIMES_A_DAY[1]


class DiaryQuestion(StrEnum):
    """What is asked of each day beside the exercises, in the order of the columns."""

    PAIN = "pain"
    MORNING = "morning"
    WORDS = "words"


class CellKind(StrEnum):
    """What stands where a day and an exercise meet."""

    PLANNED = "planned"
    CHOSEN = "chosen"  # a box on every day: the patient picks the days, or does it when it is needed
    DOT = "dot"


class ClosedDay(Enum):
    """Why nothing can be written down for a day."""

    BEFORE_IT_WAS_GIVEN = "before"
    NOT_YET = "later"


@dataclass(frozen=True, slots=True)
class DiaryColumn:
    """One prescription of the version."""

    prescription: Hashable
    frequency: Frequency | None

    @property
    def rounds(self) -> int:
        often = self.frequency
        return often.times_a_day if often and not often.as_needed else 1

    @property
    def is_counted(self) -> bool:
        """Whether its boxes hold a number."""
        return self.rounds > MOST_BOXES

    def kind_on(self, day: dt.date) -> CellKind:
        often = self.frequency
        if often is None:
            return CellKind.DOT
        if often.as_needed or often.is_free:
            return CellKind.CHOSEN
        return CellKind.PLANNED if often.is_due_on(day) else CellKind.DOT


@dataclass(frozen=True, slots=True)
class DiaryCell:
    """Where a day and an exercise meet, with one box for each time; a dot has one, a number stands for any of them."""

    column: DiaryColumn
    kind: CellKind

    @property
    def boxes(self) -> tuple[DiaryBox, ...]:
        rounds = MOST_TIMES if self.column.is_counted else 1 if self.kind is CellKind.DOT else self.column.rounds
        return tuple(DiaryBox(self.column.prescription, number + 1) for number in range(rounds))


@dataclass(frozen=True, slots=True)
class DiaryDay:
    """One row; above the one that begins the second week stands the heavy line."""

    date: dt.date
    cells: tuple[DiaryCell, ...]
    begins_week: bool = False
    is_paused: bool = False
    closed: ClosedDay | None = None

    @property
    def is_planned(self) -> bool:
        """Whether it asks for something, or the patient may pick it."""
        return any(cell.kind is CellKind.PLANNED or _is_free(cell) for cell in self.cells)

    @property
    def planned_boxes(self) -> int:
        return sum(cell.column.rounds for cell in self.cells if cell.kind is CellKind.PLANNED)


def _is_free(cell: DiaryCell) -> bool:
    often = cell.column.frequency
    return cell.kind is CellKind.CHOSEN and often is not None and often.is_free


@dataclass(frozen=True, slots=True)
class DiaryGrid:
    """The diary of one version from one day on."""

    version: Hashable
    columns: tuple[DiaryColumn, ...]
    days: tuple[DiaryDay, ...]

    @property
    def key(self) -> tuple[Hashable, dt.date]:
        return self.version, self.first

    @property
    def first(self) -> dt.date:
        return self.days[0].date

    @property
    def last(self) -> dt.date:
        return self.days[-1].date


def diary_grid(
    version: Hashable,
    columns: Iterable[DiaryColumn],
    first: dt.date,
    *,
    given_on: dt.date,
    today: dt.date | None = None,
    paused: Collection[dt.date] = (),
) -> DiaryGrid:
    """Return the grid of ``version``, given on ``given_on``; on paper there is no ``today``, and no day is to come."""
    columns = tuple(columns)
    days = [first + dt.timedelta(days=n) for n in range(DAYS)]
    return DiaryGrid(
        version,
        columns,
        tuple(
            DiaryDay(
                date=day,
                cells=tuple(DiaryCell(one, CellKind.DOT if day in paused else one.kind_on(day)) for one in columns),
                begins_week=day == first + WEEK,
                is_paused=day in paused,
                closed=closed_on(day, given_on=given_on, today=today),
            )
            for day in days
        ),
    )


def closed_on(day: dt.date, *, given_on: dt.date, today: dt.date | None = None) -> ClosedDay | None:
    """Return why nothing can be written down for ``day``, if so. How long ago it was does not matter to paper."""
    if day < given_on:
        return ClosedDay.BEFORE_IT_WAS_GIVEN
    return ClosedDay.NOT_YET if today is not None and day > today else None


def first_day(given_on: dt.date, today: dt.date, keyed: Collection[dt.date] = ()) -> dt.date:
    """Return the day that a diary brought back ``today`` begins with, most likely.

    That is the day after the last one ``keyed``, or else the one it was given on; where that is longer ago than the
    diary is long, the Monday of its first week if its last day is in this week or the one before.
    """
    follows = max(keyed) + dt.timedelta(days=1) if keyed else given_on
    earliest = today - dt.timedelta(days=DAYS - 1)
    monday = earliest - dt.timedelta(days=earliest.weekday())
    return follows if monday <= follows <= today else max(monday, given_on)


class SoFar(NamedTuple):
    """How much of a diary is keyed in: days and boxes, of those that were planned, and days with a pain score."""

    days: int
    of_days: int
    boxes: int
    of_boxes: int
    pains: int


def so_far(days: Sequence[DiaryDay], marks: Mapping[dt.date, DayMarks]) -> SoFar:
    said = [marks.get(day.date, DayMarks()) for day in days]
    return SoFar(
        days=sum(bool(one.ticked) for one in said),
        of_days=sum(bool(day.planned_boxes) for day in days),
        boxes=sum(len(one.ticked) for one in said),
        of_boxes=sum(day.planned_boxes for day in days),
        pains=sum(one.pain is not None for one in said),
    )
