"""The process that draws ahead: ``python -m exercises.figures.gallery.draw_ahead FOLDER``, then a picture a line.

Lines are ``Subject.words``. It steps back for whoever has to answer a page meanwhile, and waits for any other process
that draws ahead: a moving picture takes some hundred MB for a while.
"""

import logging
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from exercises.figures.gallery.catalogue import figure
from exercises.figures.gallery.store import svg_from, try_to_write, turn
from exercises.figures.scene.styles import Style

POLITENESS = 10
ONE_AT_A_TIME = "ahead"
log = logging.getLogger(__name__)


def draw_all(lines: Iterable[str], folder: Path) -> None:
    """Have the pictures of ``lines`` there; one that cannot be drawn does not cost the others.

    Where nothing can be kept, nothing is drawn: it would be for nobody.
    """
    try:
        try_to_write(folder)
        with turn(folder, ONE_AT_A_TIME):
            for line in lines:
                _draw(line, folder)
    except OSError as problem:
        log.warning("Nothing is drawn ahead, for it could not be kept: %s", problem)


def _draw(line: str, folder: Path) -> None:
    try:
        slug, side, kind, *style = line.split()
        svg_from(folder, figure(slug, side, kind, Style(*style)))
    except Exception:
        log.exception("Not drawn ahead: %s", line.strip())


if __name__ == "__main__":
    os.nice(POLITENESS)
    draw_all(sys.stdin, Path(sys.argv[1]))
