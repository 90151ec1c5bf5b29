"""What is new, changed or stopped between two versions, as values. Pure: no database, no request.

``changes(old, new)`` takes two sequences of rows, such as prescriptions. A row is paired with one of the same exercise:
with one that is the same in all, else one for the same leg and moments of the day, else one for the same leg, else
whichever is left, in their order. A row for each leg that became one row a leg, or was two, is what both of them are.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Protocol

from exercises.dosage import Dose
from exercises.sides import TAKE_TURNS, Side
from programmes.rules.schedule import EVERY_DAY, Frequency
from programmes.rules.twins import Distinction, apart_in, moments_of


class ComparedRow(Protocol):
    """What ``changes`` reads of a prescription."""

    @property
    def pk(self) -> Any: ...
    @property
    def exercise_id(self) -> Hashable: ...
    @property
    def exercise_name(self) -> str: ...
    @property
    def dose(self) -> Dose: ...
    @property
    def side(self) -> str: ...
    @property
    def frequency(self) -> Frequency | None: ...
    @property
    def progression(self) -> str: ...


class DosePart(StrEnum):
    """What can differ, in the order of the one line; the progression rule stands below it."""

    COUNT = "count"
    HOLD = "hold"
    DIRECTIONS = "directions"
    REST = "rest"
    LOAD = "load"
    TEMPO = "tempo"
    EFFORT = "effort_of_10"
    PAIN = "pain"
    LEG = "leg"
    TIMES_A_DAY = "times_a_day"
    DAYS = "days"
    PROGRESSION = "progression"


LEGS = {Side.LEFT, Side.RIGHT}
AS_NEEDED = "as_needed"
EVERY_OTHER_DAY = "every_other_day"


@dataclass(frozen=True, slots=True)
class Difference:
    """One part that is not as it was; None where there is none.

    COUNT is (what is counted, sets, lowest, highest), HOLD is (seconds, at most), LOAD (grams, band, words), TEMPO (up,
    down, words). DAYS is weekdays, a number, AS_NEEDED, or EVERY_OTHER_DAY and which of the two days.
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
    apart: Distinction = Distinction.NOTHING
    """What says which row it is, where the exercise stands more than once, then or now."""

    @property
    def kind(self) -> ChangeKind:
        if self.was is None:
            return ChangeKind.NEW
        return ChangeKind.CHANGED if self.now else ChangeKind.STOPPED

    @property
    def is_same(self) -> bool:
        return self.kind is ChangeKind.CHANGED and not self.differences

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
    found = {
        DosePart.COUNT: _counted(dose),
        DosePart.HOLD: hold if dose.hold_s and not dose.is_one_hold else None,
        DosePart.DIRECTIONS: dose.directions if dose.goes_both_ways else None,
        DosePart.REST: dose.rest_s,
        DosePart.LOAD: _if_any(dose.load_g, dose.band, dose.load),
        DosePart.TEMPO: _if_any(dose.up_s, dose.down_s, dose.tempo),
        DosePart.EFFORT: None if dose.effort_of_10 is None else (dose.effort_of_10,),
        DosePart.PAIN: None if dose.pain_up_to is None else (dose.pain_up_to,),
        DosePart.LEG: row.side,
        **rhythm_of(row.frequency),
        DosePart.PROGRESSION: row.progression,
    }
    return {part: value for part, value in found.items() if value}


def _counted(dose: Dose) -> tuple[Any, ...]:
    """Return what is counted, sets, lowest and highest: reps, seconds of one hold, or minutes."""
    if dose.is_for_minutes:
        return ("minutes", dose.sets, dose.for_minutes, dose.for_minutes)
    if dose.is_one_hold:
        return ("hold", dose.sets, dose.hold_s, dose.hold_to_s or dose.hold_s)
    return ("reps", dose.sets, dose.reps, dose.reps_to or dose.reps)


def _if_any(*values: Any) -> tuple[Any, ...] | None:
    return values if any(values) else None


def rhythm_of(frequency: Frequency | None) -> dict[DosePart, Any]:
    if frequency is None:
        return {}
    if frequency.as_needed:
        return {DosePart.DAYS: AS_NEEDED}
    times = (frequency.times_a_day, frequency.moments) if frequency.moments else frequency.times_a_day
    return {DosePart.TIMES_A_DAY: times, DosePart.DAYS: _days(frequency)}


def _days(frequency: Frequency) -> Any:
    if frequency.every_other_day:
        return (EVERY_OTHER_DAY, frequency.starts_on.toordinal() % 2 if frequency.starts_on else None)
    return EVERY_DAY if frequency.is_every_day else frequency.days_a_week or frequency.weekdays


def differences(was: ComparedRow, now: ComparedRow) -> tuple[Difference, ...]:
    before, after = parts_of(was), parts_of(now)
    return tuple(
        Difference(part, before.get(part), after.get(part)) for part in DosePart if before.get(part) != after.get(part)
    )


def on_the_card(row: ComparedRow) -> tuple[Any, ...]:
    """Return those values of a row that a patient's card says."""
    directions = 1 if row.dose.is_one_hold or row.dose.is_for_minutes else row.dose.directions
    return (parts_of(row)[DosePart.COUNT], directions, row.side in TAKE_TURNS)


def changes(old: Iterable[ComparedRow], new: Iterable[ComparedRow]) -> list[DoseChange]:
    """Return what changed from ``old`` to ``new``: new and changed in the new order, then what stopped."""
    return [one for one in side_by_side(old, new) if not one.is_same]


def side_by_side(old: Iterable[ComparedRow], new: Iterable[ComparedRow]) -> list[DoseChange]:
    """Return each row of ``new`` with what it was in ``old``, also where it is the same; then what stopped."""
    left, rows = list(old), list(new)
    count = {row.exercise_id: 0 for row in [*left, *rows]}
    for group in (left, rows):
        for exercise, times in Counter(row.exercise_id for row in group).items():
            count[exercise] = max(count[exercise], times)
    aparts = {id(row): apart for group in (left, rows) for row, apart in zip(group, apart_in(group), strict=True)}
    before = paired(left, rows)
    found = [DoseChange(was, now, differences(was, now) if was else ()) for now, was in zip(rows, before, strict=True)]
    gone = [row for row in left if not any(row is was for was in before)]
    stopped = [DoseChange(row, None) for row in gone if not _goes_on(row, rows, before)]
    return [
        replace(
            one,
            apart=aparts.get(id(one.row))
            or (Distinction.LEG if count[one.row.exercise_id] > 1 else Distinction.NOTHING),
        )
        for one in [*found, *stopped]
    ]


def paired(old: Sequence[ComparedRow], new: Sequence[ComparedRow]) -> list[ComparedRow | None]:
    """Return for each row of ``new`` the one it was before."""
    before: dict[Hashable, list[ComparedRow]] = defaultdict(list)
    for row in old:
        before[row.exercise_id].append(row)
    found: list[ComparedRow | None] = [None] * len(new)
    same_in_all: Callable[[ComparedRow, ComparedRow], bool] = lambda was, now: not differences(was, now)  # noqa: E731
    same_leg: Callable[[ComparedRow, ComparedRow], bool] = lambda was, now: was.side == now.side  # noqa: E731
    same_moments: Callable[[ComparedRow, ComparedRow], bool] = (  # noqa: E731
        lambda was, now: was.side == now.side and moments_of(was) == moments_of(now)
    )
    for is_same in (same_in_all, same_moments, same_leg, lambda _was, _now: True):
        for place, row in enumerate(new):
            if found[place] is None:
                found[place] = taken(before[row.exercise_id], row, is_same)
    for place, row in enumerate(new):
        if found[place] is None and row.side in LEGS:
            found[place] = _for_each_leg_before(row, new, found)
    return found


def _for_each_leg_before(
    row: ComparedRow, new: Sequence[ComparedRow], found: Sequence[ComparedRow | None]
) -> ComparedRow | None:
    """Return the row that was for each leg and is, for the other leg, another one of ``new`` now."""
    others = [was for now, was in zip(new, found, strict=True) if _is_the_other_leg(row, now)]
    return next((was for was in others if was is not None and was.side in TAKE_TURNS), None)


def _goes_on(row: ComparedRow, new: Sequence[ComparedRow], before: Sequence[ComparedRow | None]) -> bool:
    """Say whether a row for one leg is, with the one for the other leg, a row for each leg now."""
    return any(
        was is not None and now.side in TAKE_TURNS and _is_the_other_leg(row, was)
        for now, was in zip(new, before, strict=True)
    )


def _is_the_other_leg(one: ComparedRow, other: ComparedRow) -> bool:
    return (
        one.exercise_id == other.exercise_id and {one.side, other.side} == LEGS and moments_of(one) == moments_of(other)
    )


def taken(
    rows: list[ComparedRow], now: ComparedRow, is_same: Callable[[ComparedRow, ComparedRow], bool]
) -> ComparedRow | None:
    """Remove and return the first of ``rows`` that is the same as ``now``."""
    place = next((place for place, was in enumerate(rows) if is_same(was, now)), None)
    return None if place is None else rows.pop(place)
