"""Put the pictures side by side, to be looked at one by one."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from exercises.figures import KINDS, Picture, Style, figure
from exercises.figures.gallery.building import each_drawn
from exercises.figures.gallery.contact import Shown, markup
from exercises.figures.gallery.drawing import sides_drawn
from exercises.figures.gallery.kept import svg_from, write_whole
from exercises.figures.gallery.pictures import slugs as drawn_slugs
from exercises.figures.gallery.subjects import Subject
from exercises.figures.palettes import PALETTES
from exercises.figures.people import PEOPLE

DOTS_PER_INCH = "110"


class Command(BaseCommand):
    """``manage.py figure_sheet``: every exercise, side, kind and person on a PDF, and each of its pages as a PNG."""

    help = "Make a contact sheet of the pictures: figures.pdf, all vector, and a PNG of each page."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slugs", nargs="*", metavar="slug", help="these exercises only; all where none is named")
        parser.add_argument(
            "--out", type=Path, default=settings.VAR_DIR / "figure-sheet", help="the folder to write to"
        )
        parser.add_argument("--person", action="append", choices=PEOPLE, help="this person only; may be said again")
        parser.add_argument("--kind", action="append", choices=KINDS, help="this kind only; may be said again")
        parser.add_argument("--palette", default="colour", choices=PALETTES, help="the colours")
        parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes at once (one a processor)")

    def handle(self, *args: Any, out: Path, jobs: int, **options: Any) -> None:
        """Draw what is not there yet, then set the sheet."""
        subjects = asked(**{name: options[name] for name in ("slugs", "person", "kind", "palette")})
        try:
            self._draw(subjects, jobs)
        except KeyboardInterrupt:
            raise CommandError("Stopped. What was drawn so far is kept.", returncode=130) from None
        out.mkdir(parents=True, exist_ok=True)
        self.stdout.write(f"Setting {len(subjects)} pictures …")
        self.stdout.flush()
        pdf = out / "figures.pdf"
        set_sheet([Shown(one, svg_from(settings.FIGURES_DIR, picture_of(one))) for one in subjects], pdf)
        self.stdout.write(str(pdf))
        self._as_png(pdf)

    def _draw(self, subjects: Sequence[Subject], jobs: int) -> None:
        pictures = {
            one: settings.FIGURES_DIR / picture_of(one).file for one in subjects if not picture_of(one).is_built
        }
        missing = [one for one, path in pictures.items() if not path.exists()]
        for count, drawn in enumerate(each_drawn(missing, jobs), start=1):
            if drawn.problem:
                raise CommandError(f"{drawn.subject.words} could not be drawn: {drawn.problem}")
            write_whole(pictures[drawn.subject], drawn.svg.encode())
            self.stdout.write(f"{count:4} of {len(missing)}  {drawn.subject.words}  {drawn.seconds:.1f} s")
            self.stdout.flush()

    def _as_png(self, pdf: Path) -> None:
        """Write each page as a PNG beside the PDF."""
        program = shutil.which("pdftoppm")
        if program is None:
            raise CommandError("No PNG: pdftoppm is missing. Debian: apt-get install poppler-utils. The PDF is there.")
        for former in pdf.parent.glob("figures-*.png"):
            former.unlink()
        subprocess.run([program, "-r", DOTS_PER_INCH, "-png", str(pdf), str(pdf.with_suffix(""))], check=True)
        self.stdout.write(f"{len(list(pdf.parent.glob('figures-*.png')))} pages as PNG")


def asked(slugs: Sequence[str], person: Sequence[str], kind: Sequence[str], palette: str) -> list[Subject]:
    """Return what is to be on the sheet, in its order: by exercise and side, a person a row."""
    known = drawn_slugs()
    if unknown := sorted(set(slugs) - set(known)):
        raise CommandError(f"There is no picture of {', '.join(unknown)}.")
    sides = [(slug, side) for slug in (slugs or known) for side in sides_drawn(slug)]
    looks = [Style(palette=palette, person=one) for one in person or PEOPLE]
    return [Subject(*where, what, look) for where, look, what in product(sides, looks, kind or KINDS)]


def picture_of(subject: Subject) -> Picture:
    """Return the picture of ``subject``."""
    return figure(subject.slug, subject.side, subject.kind, subject.style)


class OnlyThese(URLFetcher):
    """Hands over the pictures on the sheet, and fetches nothing."""

    def __init__(self, shown: Sequence[Shown]) -> None:
        super().__init__(allowed_protocols=())
        self._known = {one.address: one.svg for one in shown}

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Return the picture of an address."""
        return URLFetcherResponse(url, self._known[url], {"Content-Type": "image/svg+xml"})


def set_sheet(shown: Sequence[Shown], pdf: Path) -> None:
    """Write the sheet as a PDF."""
    HTML(string=markup(shown), url_fetcher=OnlyThese(shown)).write_pdf(pdf)
