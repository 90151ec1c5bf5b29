"""Every value of a draft by its key, and who changed each of them last."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from hipcare.clinics.models import User
from programmes.models import LastChange, Prescription, Version
from programmes.rules.merging import ORDER

HOW_OFTEN, TIMES_A_DAY = "how_often", "times_a_day"
RHYTHM_FIELDS = ("weekdays", "days_a_week", "as_needed")  # they mean something only together
VERSION_VALUES = ("goal", "note", "review_on", "reason")
ROW_VALUES = (
    "sets",
    "reps",
    "reps_to",
    "hold_s",
    "hold_to_s",
    "rest_s",
    "side",
    "load",
    "tempo",
    "progression",
    "note",
)


@dataclass(frozen=True, slots=True)
class Edits:
    """What a form has checked and wants kept, by field name; ``rows`` by prescription.

    ``schedule`` is for all rows. ``affected_side`` answers, once, which hip it is, and ``person`` says who is in the
    pictures; both go to the patient's record. ``window`` is the one they were made in, ``at`` when; None is now.
    """

    version: Mapping[str, Any] = field(default_factory=dict)
    rows: Mapping[uuid.UUID, Mapping[str, Any]] = field(default_factory=dict)
    schedule: Mapping[str, Any] = field(default_factory=dict)
    affected_side: str = ""
    person: str = ""
    window: str = ""
    at: dt.datetime | None = None


NO_EDITS = Edits()


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def rhythm_of(fields: Any) -> list[Any]:
    return [fields[name] for name in RHYTHM_FIELDS]


def key_of(row: Any, name: str) -> str:
    return f"{getattr(row, 'pk', row)}-{name}"


def keys_of(row: Prescription, name: str) -> list[str]:
    """Return the keys under which a field of a row is known; how often is one value for all rows."""
    if name in RHYTHM_FIELDS:
        return [HOW_OFTEN]
    return [name if name == TIMES_A_DAY else key_of(row, name)]


def values_of(draft: Version, rows: Sequence[Prescription]) -> dict[str, Any]:
    found = {name: plain(getattr(draft, name)) for name in VERSION_VALUES}
    found[ORDER] = [str(row.pk) for row in rows]
    for row in rows[:1]:
        found[HOW_OFTEN] = rhythm_of({name: getattr(row, name) for name in RHYTHM_FIELDS})
        found[TIMES_A_DAY] = row.times_a_day
    for row in rows:
        found |= {key_of(row, name): getattr(row, name) for name in ROW_VALUES}
        found[key_of(row, "exercise")] = str(row.exercise_id)
    return found


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
