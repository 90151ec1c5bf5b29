"""Have pictures drawn before somebody waits for them."""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterable

from django.conf import settings

from exercises.pictures import Picture, is_kept, keep_all

PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH")
"""All that the process which draws learns of its surroundings."""
log = logging.getLogger(__name__)


def make_ready(pictures: Iterable[Picture]) -> None:
    """Have every picture's file there now: this process draws from the front, another from the back, until they meet.

    Few have to be drawn, for giving a version draws ahead; all, where the person or the clinic's colours have changed.
    """
    if missing := [picture for picture in pictures if not is_kept(picture)]:
        draw_ahead(reversed(missing[1:]))
        keep_all(missing)


def draw_ahead(pictures: Iterable[Picture]) -> threading.Thread | None:
    """Have what is not there yet drawn beside the server, and do not wait; return who does, if there is anything.

    A process of its own draws, for in this one it would take turns with every page. There is one at a time, whoever
    asks for how much, and what is asked for twice is drawn once.
    """
    missing = [picture.subject.words for picture in pictures if picture.subject and not is_kept(picture)]
    return _queue.add(missing) if missing else None


class Queue:
    """What is to be drawn, in order, and the thread that sees to it as long as there is something."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lines: dict[str, None] = {}
        self._aside: threading.Thread | None = None

    def add(self, lines: Iterable[str]) -> threading.Thread:
        with self._lock:
            self._lines.update(dict.fromkeys(lines))
            if self._aside is None or not self._aside.is_alive():
                self._aside = threading.Thread(target=self._work, name="drawing ahead", daemon=True)
                self._aside.start()
            return self._aside

    def _work(self) -> None:
        while lines := self._next():
            try:
                _draw(lines)
            except Exception:
                log.exception("Nothing could be drawn ahead")
            with self._lock:
                for line in lines:
                    del self._lines[line]

    def _next(self) -> list[str]:
        """Return what waits. Where nothing does, the thread ends: the next ``add`` starts a new one."""
        with self._lock:
            if not self._lines:
                self._aside = None
            return list(self._lines)


_queue = Queue()


def _draw(lines: Iterable[str]) -> None:
    subprocess.run(
        [sys.executable, "-m", "exercises.figures.gallery.draw_ahead", str(settings.FIGURES_DIR)],
        input="".join(f"{line}\n" for line in lines).encode(),
        cwd=settings.BASE_DIR,
        env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
        check=True,
    )
