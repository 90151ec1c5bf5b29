"""Pictures of exercises: drawn from one pose description each, and asked for by one call, ``figure``.

The engine's rooms, in order: ``poses`` (data) → ``skeleton`` → ``body`` → ``camera``, ``raster``, ``regions``,
``curves``, ``ink``, ``paint`` → ``scene`` → ``drawings`` (SVG). ``gallery`` keeps what was drawn.
"""

from exercises.figures.gallery.pictures import (
    FOLDER,
    NO_FIGURE,
    ON_PAGES,
    STATIC,
    Picture,
    figure,
    figure_or_none,
    is_drawn,
    portrait_of,
)
from exercises.figures.styles import KINDS, SIDES, Style

__all__ = [
    "FOLDER",
    "KINDS",
    "NO_FIGURE",
    "ON_PAGES",
    "SIDES",
    "STATIC",
    "Picture",
    "Style",
    "figure",
    "figure_or_none",
    "is_drawn",
    "portrait_of",
]
