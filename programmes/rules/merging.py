"""Two windows, one draft: what each of them changed is kept, field by field. Pure: no database, no clock, no request.

A value has a key: "goal", "how_often", "<prescription>-reps". Values are plain, as JSON can hold them.
"""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

WINDOW = re.compile(r"[0-9a-f-]{1,36}")
ORDER = "rows"  # the key of the list of prescriptions


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a page showed when it was drawn.

    ``window`` is the one it is open in, ``was`` every value by its key. ``asked`` are the values of others that the
    page shows beside its own: the person has not chosen yet.
    """

    window: str = ""
    was: Mapping[str, Any] = field(default_factory=dict)
    asked: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str) -> "Stamp":
        """Return the stamp that a page sent; an empty one where it sent none, or nonsense."""
        try:
            window, was, asked = json.loads(text)
        except (ValueError, TypeError):
            return cls()
        if not (isinstance(was, dict) and isinstance(asked, dict) and WINDOW.fullmatch(str(window))):
            return cls()
        return cls(str(window), was, asked)

    def __str__(self) -> str:
        return json.dumps([self.window, self.was, self.asked], separators=(",", ":"))

    def settled(self, key: str) -> "Stamp":
        """Return the stamp once the person has chosen: what the other wrote is known, and no conflict any more."""
        known = {key: self.asked[key]} if key in self.asked else {}
        asked = {name: value for name, value in self.asked.items() if name != key}
        return Stamp(self.window, {**self.was, **known}, asked)


@dataclass(frozen=True, slots=True)
class Merge:
    """By key: what is written; what both changed to different values; what others changed and the page did not show."""

    written: frozenset[str]
    conflicts: frozenset[str]
    news: frozenset[str]


def moved(stamp: Stamp, now: Mapping[str, Any]) -> set[str]:
    """Return what is not as it was when the page was drawn; of what the page does not know nobody can say."""
    return {key for key, value in now.items() if key in stamp.was and stamp.was[key] != value and key != ORDER}


def merge(stamp: Stamp, mine: Mapping[str, Any], now: Mapping[str, Any], own: Collection[str] = ()) -> Merge:
    """Put together what a page sends (``mine``) and what is there ``now``.

    ``own`` are the values that this very window wrote last: they are no conflict with it, even if it never heard that
    they were kept.
    """
    away = moved(stamp, now)
    by_others = away - set(own)
    here = {key: value for key, value in mine.items() if key in now and value != now[key]}
    touched = {key for key, value in here.items() if key in away - by_others or value != stamp.was.get(key, now[key])}
    conflicts = touched & by_others
    agreed = {key for key in mine if key in now and mine[key] == now[key]}
    told = {key for key in by_others if stamp.asked.get(key) == now[key]}
    return Merge(frozenset(touched - conflicts), frozenset(conflicts), frozenset(by_others - conflicts - agreed - told))
