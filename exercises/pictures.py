"""The one way to the picture of an exercise: asked of the exercise, or of what a version pinned of it; never of a slug.

A clinic may call an exercise of its own as one of the library is called, and that has no drawing: ``library_slug`` is
"" for it.
"""

from typing import Protocol

from exercises.figures import NO_FIGURE, FigureFile, Style, figure, is_drawn

__all__ = ["Picture", "Pictured", "Style", "is_pictured", "picture_of"]

PLAIN = Style()
Picture = FigureFile
"""What is shown: a drawing, or ``NO_FIGURE``. A photograph will be another value with a file, a width and a height."""


class Pictured(Protocol):
    """An exercise, or a row of a version with the words that were pinned of one."""

    @property
    def library_slug(self) -> str:
        """What the library calls it; "" for a clinic's own."""


def is_pictured(exercise: Pictured) -> bool:
    slug = exercise.library_slug
    return bool(slug) and is_drawn(slug)


def picture_of(exercise: Pictured, side: str, kind: str, style: Style = PLAIN) -> Picture:
    """Return the picture of an exercise with this leg; a side or kind that does not exist raises ``ValueError``."""
    return figure(exercise.library_slug, side, kind, style) if is_pictured(exercise) else NO_FIGURE
