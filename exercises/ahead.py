"""Have pictures drawn before somebody waits for them."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterable

from django.conf import settings

from exercises.figures import Picture

PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH")
"""All that the process which draws learns of its surroundings."""


def make_ready(pictures: Iterable[Picture]) -> None:
    """Have every picture's file there now."""
    if to_draw := [picture for picture in pictures if not picture.is_built]:
        from exercises.figures.gallery.kept import svg_from  # noqa: PLC0415 - numpy, for the first who needs it

        for picture in to_draw:
            svg_from(settings.FIGURES_DIR, picture)


def draw_ahead(pictures: Iterable[Picture]) -> threading.Thread | None:
    """Have what is not there yet drawn beside the server, and do not wait; return who does, if there is anything.

    A process of its own draws, for in this one it would take turns with every page.
    """
    to_draw = [picture for picture in pictures if not picture.is_built]
    missing = [picture for picture in to_draw if not (settings.FIGURES_DIR / picture.file).exists()]
    if not missing:
        return None
    lines = "".join(f"{picture.subject.words}\n" for picture in missing if picture.subject)
    aside = threading.Thread(target=_draw, args=(lines,), name="drawing ahead", daemon=True)
    aside.start()
    return aside


def _draw(lines: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "exercises.figures.gallery.ahead", str(settings.FIGURES_DIR)],
        input=lines.encode(),
        cwd=settings.BASE_DIR,
        env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
        check=False,
    )
