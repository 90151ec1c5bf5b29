"""Draw the library's pictures anew where their poses or the engine have changed."""

import os
from typing import Any

from django.conf import settings
from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import pluralize

from exercises.figures.gallery.building import (
    BuildError,
    Drawn,
    Shelf,
    build,
    every_slug,
    left_over,
    out_of_date,
    whole_library,
)
from exercises.figures.gallery.kept import prune
from exercises.figures.gallery.subjects import PORTRAIT

FIRST_FEW = 5


class Command(BaseCommand):
    """``manage.py build_figures``: the static pictures, named by their content, and the manifest that names them."""

    help = "Draw the library's pictures that are out of date into exercises/static/exercises/figures/."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slugs", nargs="*", metavar="slug", help="these exercises only; all where none is named")
        parser.add_argument("--check", action="store_true", help="draw nothing; fail if anything is out of date")
        parser.add_argument("--prune", action="store_true", help="draw nothing; forget former drawings in VAR_DIR")
        parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes at once (one a processor)")

    def handle(self, *args: Any, slugs: list[str], check: bool, prune: bool, jobs: int, **options: Any) -> None:
        """Draw, and say so picture by picture."""
        if unknown := sorted(set(slugs) - {PORTRAIT, *every_slug()}):
            raise CommandError(f"There is no pose for {', '.join(unknown)}.")
        if jobs < 1:
            raise CommandError("--jobs: at least 1.")
        if prune:
            self._prune()
        elif check:
            self._check(slugs)
        else:
            self._build(slugs, jobs)

    def _build(self, slugs: list[str], jobs: int) -> None:
        try:
            count = build(slugs, self.shelf(), jobs=jobs, report=self._report, scratch=settings.FIGURES_DIR)
        except BuildError as problem:
            raise CommandError(f"Nothing was changed. These could not be drawn:\n{problem}") from None
        except KeyboardInterrupt:
            raise CommandError(
                "Stopped. Nothing was changed; what is drawn waits for the next time.", returncode=130
            ) from None
        self.stdout.write(f"{count} picture{pluralize(count)} drawn." if count else "Every picture is up to date.")

    def _check(self, slugs: list[str]) -> None:
        shelf = self.shelf()
        stale = [one.key for one in out_of_date(whole_library(), shelf) if not slugs or one.slug in slugs]
        wrong = [*stale, *([] if slugs else left_over(shelf))]
        if wrong:
            more = f" and {len(wrong) - FIRST_FEW} more" if len(wrong) > FIRST_FEW else ""
            named = ", ".join(wrong[:FIRST_FEW])
            raise CommandError(f"Out of date: {named}{more}. Draw them with: manage.py build_figures")
        self.stdout.write("Every picture is up to date.")

    def _prune(self) -> None:
        count = prune(settings.FIGURES_DIR)
        self.stdout.write(f"{count} former drawing{pluralize(count)} removed.")

    def _report(self, drawn: Drawn, count: int, of: int, left: float) -> None:
        outcome = f"failed: {drawn.problem}" if drawn.problem else f"{drawn.seconds:.1f} s"
        minutes, seconds = divmod(round(left), 60)
        self.stdout.write(f"{count:4} of {of}  {drawn.subject.key}  {outcome}, {minutes}:{seconds:02} left")
        self.stdout.flush()

    def shelf(self) -> Shelf:
        """Return where the pictures stand."""
        return Shelf()
