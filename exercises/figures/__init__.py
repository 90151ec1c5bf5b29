"""Pictures of exercises: drawn from one pose description each, and asked for by one call, ``figure``.

A folder a stage, each knowing only those before it: ``pose`` (what ``poses/*.json`` says) → ``skeleton`` → ``body`` →
``room`` → ``seen`` → ``lines`` → ``marks`` → ``scene`` (stills) → ``moving``, and ``checks`` beside that. ``gallery``
keeps what was drawn.
"""

from exercises.figures.gallery.catalogue import (
    FOLDER,
    NO_FIGURE,
    ON_PAGES,
    REEL,
    STATIC,
    FigureFile,
    Film,
    figure,
    film_of,
    has_middle,
    is_drawn,
    portrait_of,
)
from exercises.figures.moving.film import Pace
from exercises.figures.scene.styles import KINDS, SIDES, Style

__all__ = [
    "FOLDER",
    "KINDS",
    "NO_FIGURE",
    "ON_PAGES",
    "REEL",
    "SIDES",
    "STATIC",
    "FigureFile",
    "Film",
    "Pace",
    "Style",
    "figure",
    "film_of",
    "has_middle",
    "is_drawn",
    "portrait_of",
]
