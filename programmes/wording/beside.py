"""Two versions side by side, in words for staff."""

import datetime as dt
from collections.abc import Collection, Mapping

from django.utils.text import capfirst

from hipcare.clinics.precautions import HipPrecautions
from hipcare.moments import full_date
from programmes.rules.changes import ChangeKind, ComparedRow, DosePart
from programmes.rules.schedule import Frequency
from programmes.wording.differences import SEPARATOR, parts_in_words
from programmes.wording.frequencies import days_line, times_line

CHIPS: Mapping[ChangeKind, str] = {ChangeKind.NEW: "New", ChangeKind.CHANGED: "Changed", ChangeKind.STOPPED: "Stopped"}
NOT_IN_IT = "Not in it"
NOTHING = "None"


def row_in_words(row: ComparedRow, parts: Collection[DosePart]) -> str:
    """Return the one line of a row, with those of its parts: "1 × 10 · hold 3 s · both legs"."""
    return SEPARATOR.join(words for part, words in parts_in_words(row).items() if part in parts)


def quoted(words: str) -> str:
    return f"“{words}”" if words else NOTHING


def days_in_short(frequency: Frequency | None) -> str:
    return capfirst(days_line(frequency)) if frequency else NOTHING


def times_in_short(frequency: Frequency | None) -> str:
    return capfirst(times_line(frequency)) if frequency and not frequency.as_needed else NOTHING


def day_in_full(day: dt.date | None) -> str:
    return full_date(day) if day else NOTHING


def precautions_in_short(chosen: HipPrecautions) -> str:
    """Return "None", "Posterior, left hip", or "Other: “no weight on it”"."""
    operated = f", {chosen.operated}" if chosen.has_rules and chosen.operated_side else ""
    return f"{chosen.label}{operated}{f': {quoted(chosen.note)}' if chosen.note else ''}"
