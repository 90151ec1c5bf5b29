"""Finding exercises: plain search and plain filters, nothing that knows a patient. Pure: rows in, rows out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exercises.models import Exercise

POSITIONS = {
    "lying": "On back",
    "side_lying": "On side",
    "sitting": "Sitting",
    "standing": "Standing",
    "kneeling": "Kneeling",
}
KINDS = {"strength": "Strength", "stretch": "Stretch", "mobility": "Mobility"}
TAGS = {"no_floor": "No floor", "no_equipment": "Bed or chair only", "bend_under_90": "Hip bends under 90°"}


def plain(text: str) -> str:
    """Return ``text`` as it is compared: small letters, hyphens and underscores as spaces."""
    return re.sub(r"[\s_-]+", " ", text.casefold()).strip()


def searched_text(exercise: "Exercise") -> str:
    """Return all that a search looks in: names, muscles, tags, what it is good for, what it takes."""
    lists = (exercise.also_called, exercise.muscles, exercise.tags, exercise.equipment)
    words = [exercise.name, exercise.clinical_name, exercise.why, *(text for texts in lists for text in texts)]
    return plain(" ".join(words))


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody looks for: every word, any of the positions, any of the kinds, all of the tags."""

    words: str = ""
    positions: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Say whether anything is asked for."""
        return bool(self.words or self.positions or self.kinds or self.tags)

    def finds(self, exercise: "Exercise") -> bool:
        """Say whether ``exercise`` is what is looked for."""
        text = searched_text(exercise)
        return (
            all(word in text for word in plain(self.words).split())
            and (not self.positions or exercise.position in self.positions)
            and (not self.kinds or exercise.kind in self.kinds)
            and self.tags <= set(exercise.tags)
        )

    def without_each(self) -> list[tuple[str, "Search"]]:
        """Return what can be taken away, in words, each with the search that is left: ``[("Sitting", …)]``."""
        left = [(f"“{self.words}”", replace(self, words=""))] if self.words else []
        for name, labels in (("positions", POSITIONS), ("kinds", KINDS), ("tags", TAGS)):
            chosen = getattr(self, name)
            left += [(labels[value], replace(self, **{name: chosen - {value}})) for value in labels if value in chosen]
        return left


def in_order(exercises: Iterable["Exercise"]) -> list["Exercise"]:
    """Return exercises by position, lying first, then by name."""
    return sorted(exercises, key=lambda exercise: ([*POSITIONS].index(exercise.position), exercise.name))


def find(exercises: Iterable["Exercise"], search: Search) -> list["Exercise"]:
    """Return those that ``search`` finds, in order."""
    return in_order(exercise for exercise in exercises if search.finds(exercise))
