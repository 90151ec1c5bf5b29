"""The same exercise in two rows of a version: what tells them apart, the leg or else the moment of the day. Pure."""

from collections.abc import Hashable, Iterable, Sequence
from enum import StrEnum
from typing import Protocol

from exercises.sides import TAKE_TURNS, Side
from programmes.rules.schedule import Frequency, PartOfDay


class Distinction(StrEnum):
    """What tells a row from the others of its exercise."""

    NOTHING = ""
    LEG = "leg"
    MOMENT = "moment"
    BOTH = "both"

    @property
    def by_leg(self) -> bool:
        return self in (Distinction.LEG, Distinction.BOTH)

    @property
    def by_moment(self) -> bool:
        return self in (Distinction.MOMENT, Distinction.BOTH)


class TwinRow(Protocol):
    """What is read of a prescription."""

    @property
    def exercise_id(self) -> Hashable: ...
    @property
    def side(self) -> str: ...
    @property
    def frequency(self) -> Frequency | None: ...


class LegRow(TwinRow, Protocol):
    """What is read of a prescription besides, to say whether another is the same for the other leg."""

    @property
    def own_days(self) -> bool: ...
    @property
    def own_times(self) -> bool: ...
    @property
    def progression(self) -> str: ...
    @property
    def note(self) -> str: ...


def moments_of(row: TwinRow) -> tuple[PartOfDay, ...]:
    return row.frequency.moments if row.frequency else ()


def apart_in(rows: Sequence[TwinRow]) -> list[Distinction]:
    """Return for each of ``rows``, all of one version, what tells it from the others of its exercise."""
    return [_apart(row, [other for other in rows if other is not row]) for row in rows]


def _apart(row: TwinRow, others: Iterable[TwinRow]) -> Distinction:
    sides = [other.side for other in others if other.exercise_id == row.exercise_id]
    if row.side in sides:
        return Distinction.BOTH if any(side != row.side for side in sides) else Distinction.MOMENT
    return Distinction.LEG if sides else Distinction.NOTHING


def say_the_same(one: TwinRow, other: TwinRow) -> bool:
    """Say whether two rows are for the same leg and cannot be told apart by the moments of the day."""
    return one.side == other.side and _can_meet(one, other)


def _can_meet(one: TwinRow, other: TwinRow) -> bool:
    """Say whether two rows are of one exercise, and no moments of the day keep them apart."""
    first, second = set(moments_of(one)), set(moments_of(other))
    is_told = bool(first and second) and not first & second
    return one.exercise_id == other.exercise_id and not is_told


def share_a_leg(one: TwinRow, other: TwinRow) -> bool:
    """Say whether two rows that do not say the same have one leg do both: "each leg" and "right leg"."""
    legs = {*_legs(one)} & {*_legs(other)}
    return one.side != other.side and bool(legs) and _can_meet(one, other)


def _legs(row: TwinRow) -> tuple[str, ...]:
    return (Side.LEFT, Side.RIGHT) if row.side in TAKE_TURNS else (row.side,) if row.side else ()


def repeated(rows: Sequence[TwinRow]) -> list[int]:
    """Return the places of those rows that say the same as one before them."""
    return [place for place, row in enumerate(rows) if any(say_the_same(before, row) for before in rows[:place])]


def sharing_a_leg(rows: Sequence[TwinRow]) -> list[tuple[int, int]]:
    """Return the places of those rows that ask a leg for what one before them asks it for as well, and of that one."""
    return [(n, place) for place, row in enumerate(rows) for n in range(place) if share_a_leg(rows[n], row)]


def other_legs(rows: Sequence[LegRow]) -> list[int]:
    """Return the places of those rows that are the one before them for the other leg, alike in all but the dose."""
    found: list[int] = []
    for place in range(1, len(rows)):
        if place - 1 not in found and _is_the_other_leg(rows[place - 1], rows[place]):
            found.append(place)
    return found


def _is_the_other_leg(one: LegRow, other: LegRow) -> bool:
    legs = {one.side, other.side}
    return one.exercise_id == other.exercise_id and legs == {Side.LEFT, Side.RIGHT} and _around(one) == _around(other)


def _around(row: LegRow) -> tuple[Hashable, ...]:
    return (row.own_days, row.own_times, row.frequency, row.progression, row.note)


def counted_as(exercise: Hashable, side: str, apart: str, moments: str) -> tuple[Hashable, ...]:
    """Return what a prescription is counted by: its exercise and its leg, and its moments where those tell it apart."""
    return (exercise, side, moments) if Distinction(apart).by_moment else (exercise, side)
