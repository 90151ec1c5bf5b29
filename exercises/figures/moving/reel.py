"""What a reel says of itself in its own SVG, for whoever makes a film of it."""

import re
from dataclasses import dataclass
from typing import Final

WINDOW: Final = "<svg data-reel="
"""How the SVG begins behind whose edges the drawings lie that are not shown."""
SAID: Final = re.compile(WINDOW + '"([^"]*)"')


@dataclass(frozen=True, slots=True)
class Reel:
    """The drawings of one movement, side by side, and what a film has to know of them.

    ``there`` of them lead from the start to the end, or to where it goes round; then come ``turning``, a whole round.
    They are ``step`` wide and called ``name``. A ring has its ``middle`` and ``radius`` here, in the drawing's units.
    """

    name: str
    step: int
    there: int
    turning: int
    middle: tuple[int, int]
    radius: int
    ink: str
    paper: str

    @property
    def said(self) -> str:
        x, y = self.middle
        words = (self.name, self.step, self.there, self.turning, x, y, self.radius, self.ink, self.paper)
        return " ".join(map(str, words))


def reel_in(svg: str) -> Reel:
    """Return what a reel says of itself; a drawing that is none raises ``ValueError``."""
    found = SAID.search(svg)
    if found is None:
        raise ValueError("This is not a reel.")
    name, *numbers, ink, paper = found[1].split()
    step, there, turning, x, y, radius = map(int, numbers)
    return Reel(name, step, there, turning, (x, y), radius, ink, paper)
