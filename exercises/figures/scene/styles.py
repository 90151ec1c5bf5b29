"""What can be asked of a picture: which leg, which kind, in which style. Names only, so that a page asks cheaply."""

from collections.abc import Collection
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from exercises.figures.body.people import DEFAULT, PEOPLE
from exercises.figures.marks.palettes import COLOUR, PALETTES

SIDES: Final = ("left", "right", "both")
KINDS: Final = ("start", "end", "pair", "steps", "animation")
"""What there is of every exercise."""
MIDDLE: Final = "middle"
"""The third picture of the few that start and end do not explain."""
LINES: Final = MappingProxyType({"screen": 0.62, "60mm": 0.95, "40mm": 1.15})
"""The outline's width in centimetres of the figure, by where the picture is shown or how wide it is printed."""
PORTRAIT_POSE: Final = "standing-hip-flexion"
"""The exercise that portraits are drawn from: whoever stands there looks ahead."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a picture looks: its colours, its lines and who is in it. What does not exist raises ``ValueError``."""

    palette: str = COLOUR.key
    line: str = "screen"
    person: str = DEFAULT

    def __post_init__(self) -> None:
        one_of(PALETTES, self.palette, "palettes")
        one_of(LINES, self.line, "lines")
        one_of(PEOPLE, self.person, "people")

    @property
    def line_cm(self) -> float:
        """The outline's width in centimetres of the figure."""
        return LINES[self.line]


def one_of(known: Collection[str], asked: str, what: str) -> None:
    if asked not in known:
        raise ValueError(f"Among the {what} there is no {asked!r}, only {', '.join(known)}.")
