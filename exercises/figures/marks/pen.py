"""A painting gets its colours and its line weight: the same painting serves every palette and every width in print."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from exercises.figures.lines.curves import UNITS
from exercises.figures.lines.sketches import Fill, InkLine, Painting, Tip
from exercises.figures.marks.appearance import Appearance, PathMark
from exercises.figures.marks.palettes import Colours

SEAM: Final = round(0.8 * UNITS)
"""Width of the stroke that hides hairlines between fills, in path units."""


@dataclass(frozen=True, slots=True)
class Pen:
    """What marks are drawn with: colours by material, and the outline's width in path units."""

    colours: Colours
    width: float
    centimetre: float
    """A centimetre in path units."""

    def line(self, share: float = 1.0) -> int:
        return round(self.width * share)

    def fills(self, fills: Iterable[Fill], seam: int = SEAM) -> tuple[PathMark, ...]:
        return tuple(self._fill(fill, seam) for fill in fills)

    def _fill(self, fill: Fill, seam: int) -> PathMark:
        colour = self.colours[fill.material]
        return PathMark(Appearance(colour, colour if seam else "", seam), fill.path)

    def lines(self, lines: Iterable[InkLine]) -> tuple[PathMark, ...]:
        return tuple(self._line(line) for line in lines)

    def _line(self, line: InkLine) -> PathMark:
        width = round(self.width * line.weight + self.centimetre * line.width)
        material = line.material if line.part else "outline"
        return PathMark(Appearance(stroke=self.colours[material], width=width), line.path)

    def tips(self, tips: Iterable[Tip]) -> tuple[PathMark, ...]:
        return tuple(
            PathMark(Appearance(self.colours[tip.material]), tip.path(self.width * tip.weight)) for tip in tips
        )

    def figure(self, painted: Painting) -> tuple[PathMark, ...]:
        flat, tops = self.fills(painted.fills), self.fills(painted.tops, seam=0)
        return (*flat, *tops, *self.lines(painted.lines), *self.tips(painted.tips))
