"""Draw the library's pictures anew where their poses or the engine have changed."""

from typing import Any

from django.conf import settings
from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import pluralize

from exercises.figures.gallery.building import Drawing, Shelf, build, every_slug, leftovers, out_of_date, subjects_for
from exercises.figures.gallery.checking import refuse_faulty
from exercises.figures.gallery.store import prune
from exercises.figures.gallery.subjects import PORTRAIT
from exercises.management.asking import add_jobs, known_only, plain_words, some_of

UP_TO_DATE = "Every picture is up to date."


class Command(BaseCommand):
    """``manage.py build_figures``: the static pictures, named by their content, and the manifest that names them."""

    help = "Draw the library's pictures that are out of date into exercises/static/exercises/figures/."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slugs", nargs="*", metavar="slug", help="these exercises only; all where none is named")
        parser.add_argument(
            "--check", action="store_true", help="draw nothing; fail if a pose is amiss or anything out of date"
        )
        parser.add_argument("--prune", action="store_true", help="draw nothing; forget former drawings in VAR_DIR")
        add_jobs(parser)

    def handle(self, *args: Any, slugs: list[str], check: bool, prune: bool, jobs: int, **options: Any) -> None:
        if prune:
            if check or slugs:
                raise CommandError("--prune goes alone: it is about drawings in VAR_DIR, not about the library.")
            self._prune()
            return
        known_only(slugs, [PORTRAIT, *every_slug()], jobs)
        if check:
            with plain_words("Nothing was drawn.", "Nothing was changed."):
                self._check(slugs, jobs)
        else:
            with plain_words("Nothing was changed.", "Nothing was changed; what is drawn waits for the next time."):
                self._build(slugs, jobs)

    def _build(self, slugs: list[str], jobs: int) -> None:
        done = build(slugs, self.shelf(), jobs=jobs, report=self._report, scratch=settings.FIGURES_DIR)
        if done.removed:
            self.stdout.write(f"Removed what the library no longer holds: {some_of(done.removed)}.")
        if done.drawn:
            self.stdout.write(f"{done.drawn} picture{pluralize(done.drawn)} drawn.")
        elif not done.removed:
            self.stdout.write(UP_TO_DATE)

    def _check(self, slugs: list[str], jobs: int) -> None:
        shelf, subjects = self.shelf(), subjects_for(slugs)
        refuse_faulty({one.pose for one in subjects}, jobs)
        wrong = [*(one.key for one in out_of_date(subjects, shelf)), *([] if slugs else leftovers(shelf))]
        if wrong:
            raise CommandError(f"Out of date: {some_of(wrong)}. Draw them with: manage.py build_figures")
        self.stdout.write(UP_TO_DATE)

    def _prune(self) -> None:
        with plain_words("Not every former drawing was removed.", "Not every former drawing was removed."):
            count = prune(settings.FIGURES_DIR)
        self.stdout.write(f"{count} former drawing{pluralize(count)} removed.")

    def _report(self, drawn: Drawing, count: int, of: int, left: float) -> None:
        outcome = f"failed: {drawn.problem}" if drawn.problem else f"{drawn.seconds:.1f} s"
        minutes, seconds = divmod(round(left), 60)
        self.stdout.write(f"{count:4} of {of}  {drawn.subject.key}  {outcome}, {minutes}:{seconds:02} left")
        self.stdout.flush()

    def shelf(self) -> Shelf:
        return Shelf()
