"""The cards of Today: an exercise each, grouped by where it is done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from programmes.models import Prescription
from programmes.rules.day import Place, in_order, place_of
from programmes.wording.patients_day import place_in_words


@dataclass(frozen=True, slots=True)
class TodayCard:
    """One exercise, what to say of it when the sheet is new, and of what was done of it today."""

    row: Prescription
    chip: str
    done: str = ""
    is_first: bool = False

    @property
    def key(self) -> tuple[object, ...]:
        return (*self.row.key, self.chip, self.done, self.is_first)

    @property
    def is_further_down(self) -> bool:
        """Whether its pictures may wait until they come into sight."""
        return not self.is_first


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """The exercises done in one place."""

    place: Place
    heading: str
    cards: tuple[TodayCard, ...]


def in_places(
    rows: Iterable[Prescription], chips: Mapping[Any, str], done: Mapping[Any, str] | None = None
) -> list[PlaceGroup]:
    """Return ``rows`` as cards, in order, by where they are done; ``chips`` and ``done`` by prescription."""
    done, ordered = done or {}, in_order(rows)
    return [
        PlaceGroup(
            place,
            place_in_words(place),
            tuple(TodayCard(row, chips.get(row.pk, ""), done.get(row.pk, ""), row is ordered[0]) for row in together),
        )
        for place, together in groupby(ordered, key=place_of)
    ]
