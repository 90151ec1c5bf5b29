"""Load the shared library: exercises, the templates made of them, and topics."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from exercises.library.loading import FOLDER, LibraryError, load_exercises
from exercises.library.topic_files import load_topics
from programmes.services.templates import load_templates


class Command(BaseCommand):
    help = "Load fixtures/library. Safe to run again: it updates by slug, retires what has gone and deletes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=FOLDER, help="another folder with the same files")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """Load all of it or, with the reason, nothing."""
        try:
            with transaction.atomic():
                exercises = load_exercises(folder)
                templates = load_templates(folder)
                topics = load_topics(folder)
        except LibraryError as error:
            raise CommandError(f"The library was not loaded. {error}") from error
        self.stdout.write(f"Exercises: {exercises}.")
        self.stdout.write(f"Templates: {templates}.")
        self.stdout.write(f"Topics: {topics}.")
