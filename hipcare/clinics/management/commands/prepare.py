"""Bring this installation up to date: tables, cache, library, static files. Run again, it changes nothing."""

from typing import Any

from django.core.management import CommandParser, call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """``manage.py prepare``: what every start and every upgrade needs, in the right order."""

    help = "Bring the database, the exercise library and the static files up to date."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--demo", action="store_true", help="on an empty database, add a made-up clinic (local runs only)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run each step, saying which."""
        self._step("database", "migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        self._step("static files", "collectstatic", interactive=False, verbosity=0)

    def _step(self, what: str, command: str, **options: Any) -> None:
        self.stdout.write(f"  {what} …")
        self.stdout.flush()
        call_command(command, **options)
