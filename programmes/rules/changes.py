"""What is new, changed or stopped between two versions, as values. Pure: no database, no request.

``changes(old, new)`` takes two sequences of rows, such as prescriptions. A row is paired with one of the same exercise:
with one that is the same in all, else one for the same leg, else whichever is left, in their order.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from exercises.dosage import Dose
from exercises.sides import TAKE_TURNS
from programmes.rules.schedule import EVERY_DAY, Frequency


class ComparedRow(Protocol):
    """What ``changes`` reads of a prescription."""

    @property
    def pk(self) -> Any: ...
    @property
    def exercise_id(self) -> Hashable: ...
    @property
    def name(self) -> str: ...
    @property
    def dose(self) -> Dose: ...
    @property
    def side(self) -> str: ...
    @property
    def frequency(self) -> Frequency | None: ...


class DosePart(StrEnum):
    """What can differ, in the order of the one line."""

    COUNT = "count"
    HOLD = "hold"
    DIRECTIONS = "directions"
    REST = "rest"
    LOAD = "load"
    TEMPO = "tempo"
    LEG = "leg"
    TIMES_A_DAY = "times_a_day"
    DAYS = "days"


AS_NEEDED = "as_needed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One part that is not as it was; None where there is none.

    COUNT is (is one hold, sets, lowest, highest), HOLD is (seconds, at most), DAYS is weekdays, a number or AS_NEEDED.
    """

    part: DosePart
    was: Any
    now: Any


class ChangeKind(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class DoseChange:
    """One row that is not as it was: ``was`` is None where it is new, ``now`` where it has stopped."""

    was: ComparedRow | None
    now: ComparedRow | None
    differences: tuple[Difference, ...] = ()
    is_one_of_several: bool = False
    """The exercise stands more than once, so that its name alone does not say which row."""

    @property
    def kind(self) -> ChangeKind:
        if self.was is None:
            return ChangeKind.NEW
        return ChangeKind.CHANGED if self.now else ChangeKind.STOPPED

    @property
    def row(self) -> ComparedRow:
        """The row it is about: as it is now, or as it was."""
        row = self.now or self.was
        assert row is not None  # noqa: S101 - one of them is always there
        return row


def parts_of(row: ComparedRow) -> dict[DosePart, Any]:
    """Return what a row says, part by part; what it does not say is not in it."""
    dose = row.dose
    hold = (dose.hold_s, dose.hold_to_s or dose.hold_s)
    lowest_and_highest = hold if dose.is_one_hold else (dose.reps, dose.reps_to or dose.reps)
    found = {
        DosePart.COUNT: (dose.is_one_hold, dose.sets, *lowest_and_highest),
        DosePart.HOLD: hold if dose.hold_s and not dose.is_one_hold else None,
        DosePart.DIRECTIONS: dose.directions if dose.directions > 1 else None,
        DosePart.REST: dose.rest_s,
        DosePart.LOAD: dose.load,
        DosePart.TEMPO: dose.tempo,
        DosePart.LEG: row.side,
        **rhythm_of(row.frequency),
    }
    return {part: value for part, value in found.items() if value}


def rhythm_of(frequency: Frequency | None) -> dict[DosePart, Any]:
    if frequency is None:
        return {}
    if frequency.as_needed:
        return {DosePart.DAYS: AS_NEEDED}
    days = EVERY_DAY if frequency.is_every_day else frequency.days_a_week or frequency.weekdays
    return {DosePart.TIMES_A_DAY: frequency.times_a_day, DosePart.DAYS: days}


def differences(was: ComparedRow, now: ComparedRow) -> tuple[Difference, ...]:
    before, after = parts_of(was), parts_of(now)
    return tuple(
        Difference(part, before.get(part), after.get(part)) for part in DosePart if before.get(part) != after.get(part)
    )


def on_the_card(row: ComparedRow) -> tuple[Any, ...]:
    """Return those values of a row that a patient's card says."""
    directions = 1 if row.dose.is_one_hold else row.dose.directions
    return (parts_of(row)[DosePart.COUNT], directions, row.side in TAKE_TURNS)


def changes(old: Iterable[ComparedRow], new: Iterable[ComparedRow]) -> list[DoseChange]:
    """Return what changed from ``old`` to ``new``: new and changed in the new order, then what stopped."""
    left, rows = list(old), list(new)
    count = {row.exercise_id: 0 for row in [*left, *rows]}
    for side_by_side in (left, rows):
        for exercise, times in Counter(row.exercise_id for row in side_by_side).items():
            count[exercise] = max(count[exercise], times)
    before = paired(left, rows)
    found = [DoseChange(was, now, differences(was, now) if was else ()) for now, was in zip(rows, before, strict=True)]
    stopped = [DoseChange(row, None) for row in left if not any(row is was for was in before)]
    return [
        DoseChange(one.was, one.now, one.differences, is_one_of_several=count[one.row.exercise_id] > 1)
        for one in [*found, *stopped]
        if one.kind is not ChangeKind.CHANGED or one.differences
    ]


def paired(old: Sequence[ComparedRow], new: Sequence[ComparedRow]) -> list[ComparedRow | None]:
    """Return for each row of ``new`` the one it was before."""
    before: dict[Hashable, list[ComparedRow]] = defaultdict(list)
    for row in old:
        before[row.exercise_id].append(row)
    found: list[ComparedRow | None] = [None] * len(new)
    same_in_all: Callable[[ComparedRow, ComparedRow], bool] = lambda was, now: not differences(was, now)  # noqa: E731
    for is_same in (same_in_all, lambda was, now: was.side == now.side, lambda _was, _now: True):
        for place, row in enumerate(new):
            if found[place] is None:
                found[place] = taken(before[row.exercise_id], row, is_same)
    return found


def taken(
    rows: list[ComparedRow], now: ComparedRow, is_same: Callable[[ComparedRow, ComparedRow], bool]
) -> ComparedRow | None:
    """Remove and return the first of ``rows`` that is the same as ``now``."""
    place = next((place for place, was in enumerate(rows) if is_same(was, now)), None)
    return None if place is None else rows.pop(place)
