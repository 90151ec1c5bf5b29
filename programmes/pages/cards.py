"""The cards of Today: an exercise each, grouped by where it is done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from programmes.models import Prescription
from programmes.rules.day import Place, in_order, place_of
from programmes.wording.patients_day import place_in_words

NEAR_TOP = 2  # cards that a phone may show at once, the second with the larger picture


@dataclass(frozen=True, slots=True)
class TodayCard:
    """One exercise; what to say of it when the sheet is new, of what was done of it today, and of when it is due."""

    row: Prescription
    chip: str
    done: str = ""
    is_near_top: bool = False
    rhythm: str = ""

    @property
    def key(self) -> tuple[object, ...]:
        return (*self.row.key, self.chip, self.done, self.is_near_top, self.rhythm)

    @property
    def is_further_down(self) -> bool:
        """Whether its pictures may wait until they come into sight."""
        return not self.is_near_top


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """The exercises done in one place."""

    place: Place
    heading: str
    cards: tuple[TodayCard, ...]


def in_places(
    rows: Iterable[Prescription],
    chips: Mapping[Any, str],
    done: Mapping[Any, str] | None = None,
    rhythm: Mapping[Any, str] | None = None,
) -> list[PlaceGroup]:
    """Return ``rows`` as cards, in order, by where they are done; ``chips`` and the others by prescription."""
    done, rhythm, ordered = done or {}, rhythm or {}, in_order(rows)

    def card(row: Prescription) -> TodayCard:
        said = chips.get(row.pk, ""), done.get(row.pk, "")
        return TodayCard(row, *said, is_near_top=row in ordered[:NEAR_TOP], rhythm=rhythm.get(row.pk, ""))

    return [
        PlaceGroup(
            place,
            place_in_words(place),
            tuple(card(row) for row in together),
        )
        for place, together in groupby(ordered, key=place_of)
    ]
