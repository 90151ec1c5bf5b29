"""Pictures that are drawn when somebody first asks for them, and kept by the hash of what they are drawn from.

Several threads and processes may ask at once: whoever comes first draws, the others wait for that file. A file is
there whole or not at all. Names come from known words alone (``FigureFile``), never from what somebody sent.
"""

import fcntl
import logging
import os
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import chain, product
from pathlib import Path
from typing import Final

from exercises.figures.body.people import PEOPLE
from exercises.figures.gallery.catalogue import STATIC, FigureFile, figure, has_middle, slugs
from exercises.figures.gallery.engine import svg_of
from exercises.figures.gallery.subjects import Subject
from exercises.figures.marks.palettes import PALETTES
from exercises.figures.scene.styles import KINDS, LINES, MIDDLE, SIDES, Style

HOUR: Final = 3600
LOCKS: Final = 16
"""So many files are locked in turns; two pictures that share one wait for each other, and no lock is left behind."""
NOT_KEPT: Final = "A picture cannot be kept (%s); it is drawn again each time"
ROOM: Final = 1_000_000
"""Bytes there must be room for, before drawing begins: three moving pictures."""
log = logging.getLogger(__name__)


def svg_from(folder: Path, picture: FigureFile) -> bytes:
    """Return ``picture`` as SVG: from the library, from ``folder``, or drawn now and kept there."""
    if picture.subject is None:
        return (STATIC / picture.file).read_bytes()
    path = folder / picture.file
    with suppress(OSError):
        return path.read_bytes()
    with ExitStack() as mine:
        try:
            mine.enter_context(turn(folder, f"{zlib.crc32(picture.file.encode()) % LOCKS:02}"))
        except OSError as problem:
            log.warning(NOT_KEPT, problem)
            return svg_of(picture.subject).encode()
        with suppress(OSError):
            return path.read_bytes()  # another has drawn it meanwhile
        return _draw(picture.subject, path)


def _draw(subject: Subject, path: Path) -> bytes:
    drawn = svg_of(subject).encode()
    try:
        write_whole(path, drawn)
    except OSError as problem:
        log.warning(NOT_KEPT, problem)
    return drawn


@contextmanager
def turn(folder: Path, name: str) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f".lock-{name}").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that is there whole or not at all, even if the power fails."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem[:40]}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(unfinished).replace(path)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise


def try_to_write(folder: Path) -> None:
    """Make sure that pictures can be kept in ``folder``, or raise ``OSError`` with its name."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(ROOM))
            file.flush()
            os.fsync(file.fileno())
    except OSError as problem:
        raise OSError(problem.errno, problem.strerror, str(folder)) from None


def prune(folder: Path) -> int:
    """Remove what no request can name any more: drawings of former poses and engines. Return how many there were."""
    if not folder.is_dir():
        return 0
    styles = [Style(*words) for words in product(PALETTES, LINES, PEOPLE)]
    middles = product(filter(has_middle, slugs()), SIDES, [MIDDLE], styles)
    pictures = (figure(*asked) for asked in chain(product(slugs(), SIDES, KINDS, styles), middles))
    known = {folder / picture.file for picture in pictures}
    gone = [path for path in folder.glob("*/*") if path not in known and not is_being_written(path)]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def is_being_written(path: Path) -> bool:
    """Say whether a file may still be on its way; one that a power cut left is older."""
    if not path.name.startswith("."):
        return False
    try:
        return time.time() - path.stat().st_mtime < HOUR
    except FileNotFoundError:
        return True  # it has its own name by now
