"""What a drawing is made of: marks, each a path and how it looks.

Paths are SVG path data in whole units, ``curves.UNITS`` to the canvas pixel, widths too. A still holds nothing else, so
that a handout's form can hold it: no gradients, no masks, no text.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Appearance:
    """How a mark is painted: colours as #rrggbb, "" where there is none; widths in path units."""

    fill: str = ""
    stroke: str = ""
    width: int = 0
    opacity: float = 1.0
    """Of the fill only; strokes are opaque."""
    dash: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PathMark:
    """One path and its look."""

    look: Appearance
    path: str


def area(path: str, colour: str, *, seam: int = 0, opacity: float = 1.0) -> PathMark:
    """Return a filled path; ``seam`` is a stroke of the same colour that hides hairlines between neighbours."""
    return PathMark(Appearance(fill=colour, stroke=colour if seam else "", width=seam, opacity=opacity), path)


def line(path: str, colour: str, width: int, dash: tuple[int, ...] = ()) -> PathMark:
    return PathMark(Appearance(stroke=colour, width=width, dash=dash), path)
