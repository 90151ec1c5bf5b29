"""Put the pictures side by side, to be looked at one by one."""

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import pluralize
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from exercises.figures import KINDS, Style
from exercises.figures.body.people import DEFAULT, PEOPLE
from exercises.figures.gallery.building import BuildError, Shelf, draw_each, every_slug, is_current
from exercises.figures.gallery.catalogue import library, name_to_draw
from exercises.figures.gallery.checking import refuse_unread
from exercises.figures.gallery.clarity import nearest_ends, nearest_ways
from exercises.figures.gallery.contact_sheet import ContactPicture, markup, pairs_markup
from exercises.figures.gallery.engine import sides_of
from exercises.figures.gallery.store import try_to_write, write_whole
from exercises.figures.gallery.subjects import Subject
from exercises.figures.marks.palettes import PALETTES
from exercises.management.asking import add_jobs, known_only, plain_words
from hipcare.operate.live_files import lives_on

DOTS_PER_INCH = "110"
WORST = 10


class Command(BaseCommand):
    """``manage.py figure_sheet``: every exercise, side, kind and person on a PDF, and each of its pages as a PNG."""

    help = "Make a contact sheet of the pictures as they would be drawn now: figures.pdf, and a PNG of each page."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slugs", nargs="*", metavar="slug", help="these exercises only; all where none is named")
        parser.add_argument(
            "--out", type=Path, default=settings.VAR_DIR / "figure-sheet", help="the folder to write to"
        )
        parser.add_argument("--person", action="append", choices=PEOPLE, help="this person only; may be said again")
        parser.add_argument("--kind", action="append", choices=KINDS, help="this kind only; may be said again")
        parser.add_argument("--palette", default="colour", choices=PALETTES, help="the colours")
        parser.add_argument(
            "--confusable", action="store_true", help="only the ten pairs that are hardest to tell apart, with numbers"
        )
        add_jobs(parser)

    def handle(self, *args: Any, out: Path, jobs: int, **options: Any) -> None:
        known_only(options["slugs"], every_slug(), jobs)
        with plain_words("There is no sheet.", "What was drawn so far is kept."):
            if options["confusable"]:
                self._show_confusable(options, out, jobs)
                return
            files = asked(**{name: options[name] for name in ("slugs", "person", "kind", "palette")})
            shown = self._drawn(files, out, jobs)
            self._set(markup(shown), shown, out)

    def _show_confusable(self, options: Mapping[str, Any], out: Path, jobs: int) -> None:
        refuse_unread(slugs := options["slugs"] or every_slug())
        person = (options["person"] or [DEFAULT])[0]
        pairs = [*nearest_ends(slugs, person)[:WORST], *nearest_ways(slugs, person)[:WORST]]
        for pair in pairs:
            self.stdout.write(pair.words)
        style = Style(palette="grey", line="40mm", person=person)
        looked_at = {
            pair: [Subject(slug, sides_of(slug)[-1], kind, style) for slug, kind in pair.ends] for pair in pairs
        }
        subjects = dict.fromkeys(one for two in looked_at.values() for one in two)
        shown = self._drawn({one: file_of(one) for one in subjects}, out, jobs)
        by_subject = {picture.subject: picture for picture in shown}
        rows = [(pair.words, by_subject[one], by_subject[other]) for pair, (one, other) in looked_at.items()]
        self._set(pairs_markup(rows), shown, out)

    def _drawn(self, files: Mapping[Subject, Path], out: Path, jobs: int) -> list[ContactPicture]:
        for folder in (settings.FIGURES_DIR, out):
            try_to_write(folder)
        self._draw(files, jobs)
        self.stdout.write(f"Setting {len(files)} pictures …")
        self.stdout.flush()
        return [ContactPicture(one, path.read_bytes()) for one, path in files.items()]

    def _set(self, sheet: str, shown: Sequence[ContactPicture], out: Path) -> None:
        pdf = out / "figures.pdf"
        if lives_on(pdf):
            raise CommandError(f"{pdf} leads to a file that HipCare runs on. Name another folder.")
        set_sheet(sheet, shown, pdf)
        self.stdout.write(str(pdf))
        self._as_png(pdf)

    def _draw(self, files: Mapping[Subject, Path], jobs: int) -> None:
        missing = [one for one, path in files.items() if not path.exists()]
        there = len(files) - len(missing)
        for count, drawn in enumerate(draw_each(missing, jobs), start=there + 1):
            if drawn.problem:
                raise BuildError({drawn.subject.words: drawn.problem})
            write_whole(files[drawn.subject], drawn.svg.encode())
            self.stdout.write(f"{count:4} of {len(files)}  {drawn.subject.words}  {drawn.seconds:.1f} s")
            self.stdout.flush()

    def _as_png(self, pdf: Path) -> None:
        program = shutil.which("pdftoppm")
        if program is None:
            raise CommandError("No PNG: pdftoppm is missing. Debian: apt-get install poppler-utils. The PDF is there.")
        for former in pdf.parent.glob("figures-*.png"):
            former.unlink()
        command = [program, "-r", DOTS_PER_INCH, "-png", str(pdf), str(pdf.with_suffix(""))]
        if subprocess.run(command, check=False).returncode:
            raise CommandError("No PNG: pdftoppm failed. The PDF is there.")
        count = len(list(pdf.parent.glob("figures-*.png")))
        self.stdout.write(f"{count} page{pluralize(count)} as PNG")


def asked(slugs: Sequence[str], person: Sequence[str], kind: Sequence[str], palette: str) -> dict[Subject, Path]:
    """Return what is to be on the sheet and the file of each, in its order: by exercise and side, a person a row.

    Raises ``FaultyPoseError`` where a pose file cannot be read.
    """
    refuse_unread(exercises := slugs or every_slug())
    sides = [(slug, side) for slug in dict.fromkeys(exercises) for side in sides_of(slug)]
    looks = [Style(palette=palette, person=one) for one in dict.fromkeys(person or PEOPLE)]
    kinds = list(dict.fromkeys(kind or KINDS))
    subjects = [Subject(slug, side, what, look) for (slug, side), look, what in product(sides, looks, kinds)]
    return {one: file_of(one) for one in subjects}


def file_of(subject: Subject) -> Path:
    """Return the file of a picture as it would be drawn now: the library's if that is current, else one to be kept."""
    built, shelf = library().get(subject.key), Shelf()
    if built and is_current(built, subject, shelf):
        return shelf.folder / built.name
    return settings.FIGURES_DIR / name_to_draw(subject)


class OnlyThese(URLFetcher):
    """Hands over the pictures on the sheet, and fetches nothing."""

    def __init__(self, shown: Sequence[ContactPicture]) -> None:
        super().__init__(allowed_protocols=())
        self._known = {one.address: one.still for one in shown}

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        return URLFetcherResponse(url, self._known[url], {"Content-Type": "image/svg+xml"})


def set_sheet(sheet: str, shown: Sequence[ContactPicture], pdf: Path) -> None:
    HTML(string=sheet, url_fetcher=OnlyThese(shown)).write_pdf(pdf)
