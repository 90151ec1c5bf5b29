"""The phases that a programme follows, as values. Pure: no database, no clock, no request.

A phase is known by its place, from 1. Weeks are what a template says a phase is meant for; no day is worked
out of them. What a template said when it was chosen is pinned as plain data, which JSON can hold, and read here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple


class Weeks(NamedTuple):
    """The first and the last week of a phase; the same where it lasts one."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class PinnedPhase:
    """A phase as its template had it: ``items`` are the columns of its exercises, with the name each had then."""

    place: int
    of: int
    name: str
    weeks: Weeks
    description: str
    note: str
    items: Sequence[Mapping[str, Any]]


def phase_at(follows: Mapping[str, Any], place: int | None) -> PinnedPhase | None:
    """Return the phase at a place of what is followed; None where there is none."""
    phases = follows.get("phases", [])
    if place is None or not 1 <= place <= len(phases):
        return None
    pinned = dict(phases[place - 1])
    return PinnedPhase(place=place, of=len(phases), weeks=Weeks(*pinned.pop("weeks")), **pinned)


def place_after(follows: Mapping[str, Any], place: int | None) -> int | None:
    """Return the next place; None after the last, and where no phases are followed."""
    return place + 1 if place is not None and phase_at(follows, place + 1) else None


def notes_of(follows: Mapping[str, Any]) -> set[str]:
    """Return the notes to the patient that its phases came with."""
    return {phase["note"] for phase in follows.get("phases", [])}
