"""Every value of a draft by its key, and who changed each of them last."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from hipcare.clinics.models import User
from programmes.models import LastChange, Prescription, Version
from programmes.models.rhythm import DAYS_FIELDS, TIMES_FIELDS
from programmes.rules.merging import ORDER
from programmes.rules.twins import other_legs

HOW_OFTEN, TIMES = "how_often", "times"  # each one value, although it stands in several fields
GROUPS = {HOW_OFTEN: DAYS_FIELDS, TIMES: TIMES_FIELDS}
OWN = {HOW_OFTEN: "own_days", TIMES: "own_times"}
RANGES = {"reps": ("reps", "reps_to"), "hold_s": ("hold_s", "hold_to_s")}  # each one value: 10, or [8, 12]
GROUP_OF = {name: group for group, names in GROUPS.items() for name in (*names, OWN[group])}
GROUP_OF |= {name: group for group, names in RANGES.items() for name in names}
VERSION_VALUES = ("goal", "note", "review_on", "reason", "topics")
ROW_VALUES = tuple(name for name in (*Prescription.DOSE_FIELDS, "side", "progression", "note") if name not in GROUP_OF)


@dataclass(frozen=True, slots=True)
class Edits:
    """What a form has checked and wants kept, by field name; ``rows`` by prescription.

    ``schedule`` is for the programme, and so for every row without a rhythm of its own. ``affected_side`` and
    ``hip_precautions`` answer what the record does not say yet, once, and ``person`` says who is in the pictures; they
    go to the patient's record. ``window`` is the one they were made in, ``at`` when; None is now.
    """

    version: Mapping[str, Any] = field(default_factory=dict)
    rows: Mapping[uuid.UUID, Mapping[str, Any]] = field(default_factory=dict)
    schedule: Mapping[str, Any] = field(default_factory=dict)
    affected_side: str = ""
    hip_precautions: str = ""
    person: str = ""
    window: str = ""
    at: dt.datetime | None = None


NO_EDITS = Edits()


def plain(value: Any) -> Any:
    if isinstance(value, uuid.UUID):
        return str(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def rhythm_of(group: str, fields: Mapping[str, Any]) -> list[Any]:
    return [plain(fields[name]) for name in GROUPS[group]]


def rhythm_in(thing: Version | Prescription, group: str) -> list[Any]:
    return rhythm_of(group, {name: getattr(thing, name) for name in GROUPS[group]})


def range_of(group: str, fields: Mapping[str, Any]) -> int | list[int]:
    low, high = (fields[name] for name in RANGES[group])
    return low if high is None else [low, high]


def range_columns(group: str, value: int | Sequence[int]) -> dict[str, int | None]:
    low, high = (value, None) if isinstance(value, int) else value
    return dict(zip(RANGES[group], (low, high), strict=True))


def key_of(row: Any, name: str) -> str:
    return f"{getattr(row, 'pk', row)}-{name}"


def keys_of(thing: Version | Prescription, changed: Collection[str]) -> set[str]:
    """Return the keys under which changed fields are known; what a row takes over from the programme has none."""
    names = {GROUP_OF.get(name, name) for name in changed}
    if isinstance(thing, Version):
        return names
    own = {name for name in OWN if _is_own(thing, name) or OWN[name] in changed}
    return {key_of(thing, name) for name in names if name not in OWN or name in own}


def _is_own(row: Prescription, group: str) -> bool:
    return bool(getattr(row, OWN[group]))


def values_of(draft: Version, rows: Sequence[Prescription]) -> dict[str, Any]:
    found = {name: plain(getattr(draft, name)) for name in VERSION_VALUES}
    found[ORDER] = [str(row.pk) for row in rows]
    for group in GROUPS:
        found[group] = rhythm_in(draft, group)
        for row in rows:
            found[key_of(row, group)] = rhythm_in(row, group) if _is_own(row, group) else None
    for row in rows:
        found |= {key_of(row, name): getattr(row, name) for name in ROW_VALUES}
        found |= {key_of(row, name): range_of(name, vars(row)) for name in RANGES}
        found[key_of(row, "exercise")] = str(row.exercise_id)
    return found


def leg_by_leg(rows: list[Prescription]) -> list[list[Prescription]]:
    """Return a draft's rows in groups: a row alone, or with the one below it that is the same for the other leg."""
    seconds = other_legs(rows)
    return [rows[n : n + 1 + (n + 1 in seconds)] for n in range(len(rows)) if n not in seconds]


def last_changes(draft: Version) -> dict[str, LastChange]:
    return {change.key: change for change in LastChange.objects.filter(version=draft).select_related("by")}


def note_changes(draft: Version, keys: Iterable[str], by: User, edits: Edits) -> None:
    """Write down who changed the values of ``keys``, when and in which window."""
    at = edits.at or timezone.now()
    LastChange.objects.bulk_create(
        [LastChange(version=draft, key=key, by=by, at=at, window=edits.window) for key in set(keys)],
        update_conflicts=True,
        unique_fields=["version", "key"],
        update_fields=["by", "at", "window"],
    )
