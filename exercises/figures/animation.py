"""The moving drawing: one SVG whose drawings follow each other, for an ``<img>``."""

from exercises.figures.curves import UNITS
from exercises.figures.scene import Stage, layers
from exercises.figures.svg import Words, document, written


def moving(stage: Stage, words: Words) -> str:
    """Return the moving drawing of an exercise."""
    return document(stage.width * UNITS, stage.height * UNITS, written(layers(stage, stage.movement.end_t)), words)
