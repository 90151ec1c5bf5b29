"""What one day of a paper diary says, and how what two people keyed in is put together. Pure.

A box without a mark says nothing: it was not logged, which is not to say that it was not done.
"""

import json
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

ANSWERS = ("pain", "morning", "words")


class DiaryBox(NamedTuple):
    """One box of a row: which prescription, and which time of the day."""

    prescription: Hashable
    round: int


@dataclass(frozen=True, slots=True)
class DayMarks:
    """The marks of one row.

    ``in_doubt`` names what whoever read the paper was not sure of, boxes and answers: a person has to look at those
    first. Somebody who keys in is never in doubt.
    """

    ticked: frozenset[DiaryBox] = frozenset()
    pain: int | None = None
    morning: str = ""
    words: str = ""
    in_doubt: frozenset[Hashable] = frozenset()

    @property
    def answers(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ANSWERS}

    @property
    def is_blank(self) -> bool:
        return not self.ticked and all(value in (None, "") for value in self.answers.values())

    @property
    def rounds(self) -> list[int]:
        """The times of the day that are marked; answers without a tick are of the first."""
        return sorted({box.round for box in self.ticked}) or ([] if self.is_blank else [1])

    def ticked_in(self, number: int) -> set[Hashable]:
        return {box.prescription for box in self.ticked if box.round == number}


@dataclass(frozen=True, slots=True)
class MarksTogether:
    """What two people's keying comes to, and the answers that both changed to different values."""

    marks: DayMarks
    conflicts: tuple[str, ...] = ()


def put_together(was: DayMarks, mine: DayMarks, now: DayMarks) -> MarksTogether:
    """Return ``now`` with what ``mine`` changed since ``was``, which the page showed.

    Two people never differ over a box: each ticks, or takes a tick away. Of an answer that both changed, mine counts.
    """
    ticked = (now.ticked | (mine.ticked - was.ticked)) - (was.ticked - mine.ticked)
    changed = {name: value for name, value in mine.answers.items() if value != was.answers[name]}
    conflicts = [
        name for name, value in changed.items() if now.answers[name] not in (was.answers[name], value, None, "")
    ]
    return MarksTogether(replace(now, ticked=ticked, **changed), tuple(conflicts))


def takes_back(before: DayMarks, after: DayMarks) -> bool:
    """Say whether something that was said is not said any more. To add, or to go on writing, takes nothing back."""
    differs = (after.answers[name] != before.answers[name] for name in ("pain", "morning") if _is_said(before, name))
    return bool(before.ticked - after.ticked) or any(differs) or not after.words.startswith(before.words)


def _is_said(marks: DayMarks, name: str) -> bool:
    return marks.answers[name] not in (None, "")


def packed(marks: DayMarks) -> dict[str, Any]:
    """Return ``marks`` as JSON can hold them."""
    return {"ticked": sorted([str(box.prescription), box.round] for box in marks.ticked), **marks.answers}


def written(marks: DayMarks) -> str:
    """Return the same as the text that a page carries and sends back."""
    return json.dumps(packed(marks), separators=(",", ":"))


def read(text: str, known: Mapping[str, Hashable]) -> DayMarks | None:
    """Return what ``written`` wrote, of the prescriptions ``known`` by their text; None for nonsense."""
    try:
        said = json.loads(text)
        ticked = frozenset(DiaryBox(known[pk], int(number)) for pk, number in said["ticked"])
        pain = None if said["pain"] is None else int(said["pain"])
        return DayMarks(ticked, pain, str(said["morning"]), str(said["words"]))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
