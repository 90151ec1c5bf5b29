"""How much a programme asks of a patient, counted, not judged. Pure: no database, no request."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol

METER = 7


class DosedRow(Protocol):
    """What is counted of a prescription."""

    times_a_day: int | None

    @property
    def words(self) -> dict[str, Any]: ...
    @property
    def minutes(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Burden:
    """The counts: exercises, minutes on a day when all are due, and how often one has to get up or down."""

    exercises: int
    minutes: int
    changes_of_position: int

    @property
    def meter(self) -> list[bool]:
        """Boxes, one for each exercise, filled for those there are."""
        return [place < self.exercises for place in range(max(METER, self.exercises))]


def burden(rows: Sequence[DosedRow]) -> Burden:
    """Count ``rows`` in the order in which they are done."""
    positions = [row.words["position"] for row in rows]
    return Burden(
        exercises=len(rows),
        minutes=sum(row.minutes * (row.times_a_day or 1) for row in rows),
        changes_of_position=sum(one != other for one, other in pairwise(positions)),
    )
