"""What is new, changed or stopped between two versions. Pure: no database, no request.

``changes(old, new)`` takes two sequences of rows with ``exercise_id``, ``name``, ``line`` (the one line) and
``short_dose`` (as a patient's card has it), such as prescriptions. Exercises are matched by ``exercise_id``; where
one is given twice (once for each leg), rows that did not change are matched first, then the rest in their order.
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from exercises.sides import TAKE_TURNS, Side
from hipcare.clinics.precautions import NONE, HipPrecautions
from programmes.rules.dosage import WITH_LEG, seconds

SEPARATOR = " · "
HOLD_OR_REST = re.compile(r"(hold|rest) (\d+)(?:–(\d+))? s")
EACH_DIRECTION = "each direction"
LEGS = {str(side.label): side for side in Side}


class Row(Protocol):
    """What ``changes`` reads of a prescription."""

    @property
    def exercise_id(self) -> Hashable: ...
    @property
    def name(self) -> str: ...
    @property
    def line(self) -> str: ...
    @property
    def short_dose(self) -> str: ...


class Kind(StrEnum):
    """What happened to an exercise."""

    NEW = "new"
    CHANGED = "changed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Change:
    """One exercise that is not as it was. ``was`` and ``now`` are the one line, "" where there is none.

    ``words`` is a plain sentence for the patient, ``staff_words`` the chip that staff read.
    """

    kind: Kind
    name: str
    was: str
    now: str
    exercise_id: Hashable
    words: str

    @property
    def staff_words(self) -> str:
        """The chip: "was 1 × 10", "new" or "stopped": the parts of the old line that are not in the new one."""
        if self.kind is not Kind.CHANGED:
            return str(self.kind)
        kept = self.now.split(SEPARATOR)
        gone = [part for part in self.was.split(SEPARATOR) if part not in kept]
        added = [part for part in kept if part not in self.was.split(SEPARATOR)]
        return f"was {' · '.join(gone)}" if gone else f"now with {' · '.join(added)}"


def changes(old: Iterable[Row], new: Iterable[Row]) -> list[Change]:
    """Return what changed from ``old`` to ``new``: new and changed in the new order, then what stopped."""
    before: dict[Hashable, list[Row]] = defaultdict(list)
    for row in old:
        before[row.exercise_id].append(row)
    rows = list(new)
    unchanged = [take(before[row.exercise_id], row.line) for row in rows]
    found = [
        changed(take(before[row.exercise_id]), row) for row, same in zip(rows, unchanged, strict=True) if same is None
    ]
    return found + [stopped(row) for rest in before.values() for row in rest]


def take(rows: list[Row], line: str | None = None) -> Row | None:
    """Remove and return the first of ``rows``, or the first whose one line is ``line``."""
    for place, row in enumerate(rows):
        if line in (None, row.line):
            return rows.pop(place)
    return None


def changed(was: Row | None, now: Row) -> Change:
    """Return that ``now`` is new, or differs from ``was``."""
    if was is None:
        words = f"{now.name} is new: {lowered(now.short_dose)}."
        return Change(Kind.NEW, now.name, "", now.line, now.exercise_id, words)
    if was.short_dose != now.short_dose:
        words = f"{now.name} is now {lowered(now.short_dose)}. It was {lowered(was.short_dose)}.{besides(was, now)}"
    else:
        words = f"{now.name} has changed. Read it again before you start."
    return Change(Kind.CHANGED, now.name, was.line, now.line, now.exercise_id, words)


def besides(was: Row, now: Row) -> str:
    """Return what differs besides the short dose, as sentences to add to it; "" where that tells all."""
    before, after = untold(was), untold(now)
    differing = [about for about in ("hold", "rest", "leg", "") if before.get(about) != after.get(about)]
    if "hold" in differing and HOLD_OR_REST.search(now.line.split(SEPARATOR)[0]):
        differing.remove("hold")  # a stretch: its short dose is the hold
    if "" in differing:
        return " Other parts have changed too: read it again."
    return "".join(in_a_sentence(about, after.get(about)) for about in differing)


def untold(row: Row) -> dict[str, str]:
    """Return the parts of the one line that the short dose leaves out, by what they are about: "hold", "leg", ""."""
    found: dict[str, str] = {}
    for part in row.line.split(SEPARATOR)[1:]:
        timed = HOLD_OR_REST.fullmatch(part)
        about = timed[1] if timed else "leg" if part in LEGS else ""
        if part != EACH_DIRECTION:
            found[about] = found.get(about, "") + part
    return found


def in_a_sentence(about: str, part: str | None) -> str:
    """Return one part as a patient reads it: " The hold is now 5 seconds."; nothing for a leg the short dose has."""
    if about == "leg":
        side = LEGS.get(part or "")
        return "" if side is None or side in TAKE_TURNS else f" Do it{WITH_LEG[side]} now."
    what = "rest between rounds" if about == "rest" else about
    timed = HOLD_OR_REST.fullmatch(part or "")
    if timed is None:
        return f" There is no {what} now."
    return f" The {what} is now {seconds(int(timed[2]), int(timed[3]) if timed[3] else None)}."


def stopped(was: Row) -> Change:
    """Return that ``was`` is no longer given."""
    return Change(Kind.STOPPED, was.name, was.line, "", was.exercise_id, f"{was.name} has stopped. Leave it out now.")


def lowered(words: str) -> str:
    """Return ``words`` as they stand inside a sentence."""
    return words[:1].lower() + words[1:]


def precautions_changed(was: HipPrecautions, now: HipPrecautions) -> str:
    """Return what to tell a patient whose hip precautions are not as they were; "" where they are."""
    if was.said == now.said:
        return ""
    if now.has_rules:
        return f"Your hip rules {'have changed' if was.has_rules else 'are new'}. Read them before you start."
    if was.has_rules:
        return "You have no hip rules to keep to now. Not sure? Ask us before you start."
    return "The note about your hip has changed." if now.note else ""


def precautions_differ(was: HipPrecautions, now: HipPrecautions) -> str:
    """Return the same for staff: "Hip precautions: posterior to none.", "Hip precautions: other note."; or ""."""
    if was.said == now.said:
        return ""
    if was.kind != now.kind:
        return f"Hip precautions: {was.kind or NONE} to {now.kind or 'not asked'}."
    pairs = {
        "note": (was.note, now.note),
        "operated hip": (was.operated_side, now.operated_side),
        "start": (was.since, now.since),
    }
    return f"Hip precautions: other {' and '.join(name for name, (old, new) in pairs.items() if old != new)}."


def summary(found: Sequence[Change]) -> str:
    """Return the changes in a line for staff: "Bridge 1 × 10 to 2 × 10. New: Clamshell. Stopped: Step-up."."""
    parts = [f"{change.name} {difference(change)}" for change in found if change.kind is Kind.CHANGED]
    for kind in (Kind.NEW, Kind.STOPPED):
        names = [change.name for change in found if change.kind is kind]
        parts += [f"{kind.capitalize()}: {', '.join(names)}"] if names else []
    return "".join(f"{part}. " for part in parts).strip()


def difference(change: Change) -> str:
    """Return the parts that differ: "1 × 10 to 2 × 10", "without hold 3 s"."""
    was, now = change.was.split(SEPARATOR), change.now.split(SEPARATOR)
    gone = SEPARATOR.join(part for part in was if part not in now)
    added = SEPARATOR.join(part for part in now if part not in was)
    if gone and added:
        return f"{gone} to {added}"
    return f"without {gone}" if gone else f"with {added}"
