"""The library's pictures: which there are to be, which are out of date, and drawing those, in parallel.

A build writes nothing before every picture is drawn: then the new files, then the manifest that names them, then the
old files go. Whatever stops it half-way leaves a set that belongs together.
"""

import fcntl
import json
import os
import re
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from exercises.figures.body.people import PEOPLE
from exercises.figures.gallery.catalogue import (
    FOLDER,
    MANIFEST,
    NO_FIGURE,
    STATIC,
    BuiltPicture,
    name_to_draw,
    read_manifest,
)
from exercises.figures.gallery.checking import refuse_faulty, refuse_unread, unread
from exercises.figures.gallery.engine import sides_of, svg_of
from exercises.figures.gallery.processes import each_done
from exercises.figures.gallery.store import try_to_write, write_whole
from exercises.figures.gallery.subjects import PORTRAIT, POSES, Subject, digest, portrait
from exercises.figures.pose.movements import read
from exercises.figures.scene.styles import MIDDLE, Style

SHOWN: Final = (("start", "screen"), ("end", "screen"), ("start", "60mm"), ("end", "60mm"), ("end", "40mm"))
"""What is asked for of each side: pairs on screen and on the back of a sheet, the end alone on its front."""
BETWEEN: Final = ((MIDDLE, "screen"), (MIDDLE, "60mm"), (MIDDLE, "40mm"))
"""What is asked for besides of an exercise with a third picture."""
LARGEST: Final = 400
"""The longer side of a picture in CSS pixels, where nothing else says how large it is."""
BOX: Final = re.compile(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"')
STILLS_IN_A_MOVEMENT: Final = 10
"""About how much longer an animation takes than a still."""


class BuildError(Exception):
    """Pictures that could not be drawn: ``failed`` says why, by key. Nothing was changed."""

    def __init__(self, failed: Mapping[str, str]) -> None:
        super().__init__("\n".join(f"{key}: {reason}" for key, reason in sorted(failed.items())))
        self.failed = failed


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the library's pictures stand: the folder of the files, and the manifest."""

    folder: Path = STATIC / FOLDER
    manifest: Path = MANIFEST

    def entries(self) -> dict[str, BuiltPicture]:
        return read_manifest(self.manifest) if self.manifest.exists() else {}

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait until nobody else changes this shelf, and have it until the end; whoever is killed lets go of it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        held = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield
        finally:
            os.close(held)

    def is_whole(self, built: BuiltPicture) -> bool:
        """Say whether the file is there, with the content that its name says."""
        path = self.folder / built.name
        return path.is_file() and built.name.endswith(f"-{digest(path.read_bytes())}.svg")

    def keep(self, built: BuiltPicture, svg: str) -> None:
        write_whole(self.folder / built.name, svg.encode())
        (self.folder / built.name).chmod(0o644)

    def name(self, entries: Mapping[str, BuiltPicture]) -> None:
        lines = (f"    {json.dumps(key)}: {json.dumps(asdict(built))}" for key, built in sorted(entries.items()))
        write_whole(self.manifest, ('{\n  "pictures": {\n' + ",\n".join(lines) + "\n  }\n}\n").encode())
        self.manifest.chmod(0o644)

    def strays(self) -> list[str]:
        named = {built.name for built in self.entries().values()} | {Path(NO_FIGURE.file).name}
        return sorted(path.name for path in self.folder.glob("*.svg") if path.name not in named)

    def sweep(self) -> None:
        for name in self.strays():
            (self.folder / name).unlink()


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished picture, or in ``problem`` why there is none, and the seconds it took."""

    subject: Subject
    svg: str
    problem: str
    seconds: float


Report = Callable[[Drawing, int, int, float], None]
"""Is told of each finished picture: which, the how-manieth, of how many, and about the seconds that are left."""


def every_slug() -> list[str]:
    return sorted(path.stem for path in POSES.glob("*.json"))


def pictures_of(slugs: Iterable[str]) -> list[Subject]:
    """Return the pictures of the library for these exercises; what takes longest comes first."""
    sides = [(slug, side) for slug in slugs for side in sides_of(slug)]
    moving = [Subject(slug, side, "animation", Style()) for slug, side in sides]
    stills = [
        (slug, side, *shown) for slug, side in sides for shown in (*SHOWN, *(BETWEEN if read(slug).middle else ()))
    ]
    return [*moving, *(Subject(slug, side, kind, Style(line=line)) for slug, side, kind, line in stills)]


def subjects_for(slugs: Collection[str]) -> list[Subject]:
    """Return the library's pictures of these exercises, or every one for none; "portrait" stands for the portraits.

    Raises ``FaultyPoseError`` where a pose file of theirs cannot be read.
    """
    exercises = [slug for slug in slugs if slug != PORTRAIT] if slugs else every_slug()
    refuse_unread(exercises)
    return [*pictures_of(exercises), *(map(portrait, PEOPLE) if PORTRAIT in slugs or not slugs else ())]


def out_of_date(subjects: Iterable[Subject], shelf: Shelf) -> list[Subject]:
    """Return those that are not there as they would be drawn now. Draws nothing."""
    entries = shelf.entries()
    return [one for one in subjects if not is_current(entries.get(one.key), one, shelf)]


def leftovers(shelf: Shelf) -> list[str]:
    """Return what the manifest names and the library no longer holds, and files that nothing names."""
    return [*_gone(shelf), *shelf.strays()]


def _gone(shelf: Shelf) -> list[str]:
    """Return what the manifest names and the library no longer holds; a pose that cannot be read keeps its pictures."""
    slugs = every_slug()
    readable = [slug for slug in slugs if not unread(slug)]
    spared = tuple(f"{slug}-" for slug in slugs if slug not in readable)
    known = {one.key for one in [*pictures_of(readable), *map(portrait, PEOPLE)]}
    return sorted(key for key in shelf.entries() if key not in known and not key.startswith(spared))


def is_current(built: BuiltPicture | None, subject: Subject, shelf: Shelf) -> bool:
    return built is not None and built.inputs == subject.token and shelf.is_whole(built)


@dataclass(frozen=True, slots=True)
class BuildOutcome:
    """What a build did: how many pictures it drew, and what it removed that the library no longer holds."""

    drawn: int
    removed: Sequence[str]


def build(slugs: Collection[str], shelf: Shelf, *, jobs: int, report: Report, scratch: Path) -> BuildOutcome:
    """Draw what is out of date of these exercises, or of the whole library for none.

    Of two builds of one shelf at once, the second waits and finds what the first has drawn.

    Raises ``FaultyPoseError`` for poses that are not to be drawn and ``OSError`` where nothing can be written, both
    before anything is drawn, and ``BuildError`` with every picture that could not be drawn. Then all is as it was, and
    what could be drawn waits in ``scratch`` for the next time.
    """
    with shelf.alone():
        return _build(slugs, shelf, jobs, report, scratch)


def _build(slugs: Collection[str], shelf: Shelf, jobs: int, report: Report, scratch: Path) -> BuildOutcome:
    subjects = out_of_date(subjects_for(slugs), shelf)
    refuse_faulty({one.pose for one in subjects}, jobs)
    for folder in (shelf.folder, shelf.manifest.parent, scratch) if subjects else ():
        try_to_write(folder)
    found = _drawings(subjects, jobs, report, scratch)
    if failed := {drawn.subject.key: drawn.problem for drawn in found if drawn.problem}:
        raise BuildError(failed)
    removed = _put(found, shelf)
    for drawn in found:
        with suppress(OSError):
            (scratch / name_to_draw(drawn.subject)).unlink()
    return BuildOutcome(len(found), removed)


def _drawings(subjects: Sequence[Subject], jobs: int, report: Report, scratch: Path) -> list[Drawing]:
    """Return the drawings, those that wait in ``scratch`` first; what is drawn now is put there."""
    waiting = {one: path for one in subjects if (path := scratch / name_to_draw(one)).exists()}
    found = [Drawing(one, path.read_text(encoding="utf-8"), "", 0.0) for one, path in waiting.items()]
    for drawn in _reported([one for one in subjects if one not in waiting], len(waiting), jobs, report):
        found.append(drawn)
        if not drawn.problem:
            write_whole(scratch / name_to_draw(drawn.subject), drawn.svg.encode())
    return found


def _put(found: Sequence[Drawing], shelf: Shelf) -> Sequence[str]:
    fresh = {drawn.subject.key: (entry_of(drawn), drawn.svg) for drawn in found}
    gone, removed = _gone(shelf), leftovers(shelf)
    kept = {key: built for key, built in shelf.entries().items() if key not in gone}
    try:
        for built, svg in fresh.values():
            shelf.keep(built, svg)
        if fresh or gone:
            shelf.name(kept | {key: built for key, (built, _svg) in fresh.items()})
    except BaseException:
        with suppress(OSError):
            shelf.sweep()
        raise
    shelf.sweep()
    return removed


def entry_of(drawn: Drawing) -> BuiltPicture:
    size = BOX.search(drawn.svg)
    if size is None:
        raise ValueError(f"{drawn.subject.key} does not say how large it is.")
    width, height = (float(number) for number in size.groups())
    scale = LARGEST / max(width, height)
    name = f"{drawn.subject.key}-{digest(drawn.svg.encode())}.svg"
    return BuiltPicture(name, round(width * scale), round(height * scale), drawn.subject.token)


def _reported(subjects: Sequence[Subject], there: int, jobs: int, report: Report) -> Iterator[Drawing]:
    """Yield the drawings and tell of each; what is ``there`` from a build that was stopped counts as done."""
    started, done, all_work = time.monotonic(), 0, sum(map(_work, subjects))
    for count, drawn in enumerate(draw_each(subjects, jobs), start=there + 1):
        done += _work(drawn.subject)
        left = (time.monotonic() - started) / done * (all_work - done)
        report(drawn, count, there + len(subjects), left)
        yield drawn


def _work(subject: Subject) -> int:
    return STILLS_IN_A_MOVEMENT if subject.kind == "animation" else 1


def draw_each(subjects: Sequence[Subject], jobs: int) -> Iterator[Drawing]:
    """Yield the drawings as they are finished, from ``jobs`` processes. Raises ``KilledError``."""
    yield from each_done(draw_now, subjects, jobs)


def draw_now(subject: Subject) -> Drawing:
    started = time.monotonic()
    try:
        svg, problem = svg_of(subject), ""
    except Exception as error:  # noqa: BLE001 - one bad pose is told with its name, and the others are looked at too
        svg, problem = "", f"{type(error).__name__}: {error}"
    return Drawing(subject, svg, problem, time.monotonic() - started)
