"""Copy the whole SQLite database into one file, while people work."""

import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection


class Command(BaseCommand):
    """``manage.py backup FILE``: the file is always a whole copy, the last one or this one."""

    help = "Copy the SQLite database into FILE, which is replaced when the copy is complete."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Copy into a file beside ``file``, then put it in its place."""
        if connection.vendor != "sqlite":
            raise CommandError("This copies SQLite. The database here is PostgreSQL: use pg_dump -Fc.")
        if file.exists() and file.samefile(connection.settings_dict["NAME"]):
            raise CommandError(f"{file} is the database itself. Name another file, on another disk.")
        try:
            copy_to(file)
        except (OSError, DatabaseError) as problem:
            raise CommandError(f"There is no new copy in {file}: {problem}") from problem
        self.stdout.write(f"{file} holds the whole database ({file.stat().st_size:,} bytes).")


def copy_to(file: Path) -> None:
    """Put a copy of the database at ``file``, readable by its owner alone (``mkstemp``)."""
    unfinished, name = tempfile.mkstemp(dir=file.absolute().parent, prefix=f".{file.name}.")
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [name])
        os.fsync(unfinished)
        Path(name).replace(file)
    finally:
        os.close(unfinished)
        Path(name).unlink(missing_ok=True)
