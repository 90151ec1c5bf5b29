"""Bring this installation up to date: tables, cache, library, static files. Run again, it changes nothing."""

import hashlib
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandParser, call_command
from django.core.management.base import BaseCommand, CommandError

from hipcare.clinics.demo_people import how_to_sign_in
from hipcare.clinics.models import Clinic
from hipcare.operate.hooks import preparations


class Command(BaseCommand):
    """``manage.py prepare``: what every start and every upgrade needs, in the right order."""

    help = "Bring the database, the exercise library and the static files up to date."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--demo", action="store_true", help="on an empty database, add a made-up clinic (local runs only)"
        )

    def handle(self, *args: Any, demo: bool, **options: Any) -> None:
        if demo and not settings.LOCAL_RUN:
            raise CommandError("--demo is for a local run (LOCAL_RUN=1): the demo clinic's password is known to all.")
        self._step("tables", "migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        is_for_demo = demo and not Clinic.objects.exists()
        for one in preparations():
            if is_for_demo or not one.is_demo:
                self._step(one.what, one.command, stdout=StringIO(), **one.options)
        self._collect_static()
        if demo:
            self.stdout.write(how_to_sign_in())

    def _step(self, what: str, command: str, **options: Any) -> None:
        self.stdout.write(f"  {what} …")
        self.stdout.flush()
        call_command(command, **options)

    def _collect_static(self) -> None:
        kept = Path(settings.STATIC_ROOT) / ".sources"
        now = fingerprint_of_static_files()
        if kept.exists() and kept.read_text() == now:
            return
        self._step("static files", "collectstatic", interactive=False, verbosity=0)
        kept.write_text(now)


def fingerprint_of_static_files() -> str:
    """Return the hash of the name and content of every static file, ours and the packages'."""
    found = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list(None), key=lambda one: one[0]):
            with storage.open(path) as content:
                found.update(path.encode() + b"\0" + hashlib.sha256(content.read()).digest())
    return found.hexdigest()
