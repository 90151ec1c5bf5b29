"""Copy the whole SQLite database into one file, while people work."""

import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from hipcare.operate.live_files import followed, lives_on

SQLITE = b"SQLite format 3\0"  # what every database of SQLite begins with


class Command(BaseCommand):
    """``manage.py backup FILE``: the file is always a whole copy, the last one or this one."""

    help = "Copy the SQLite database into FILE, which is replaced when the copy is complete."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Copy into a file beside ``file``, or beside where it leads as a link, then put it in its place."""
        if connection.vendor != "sqlite":
            raise CommandError("This copies SQLite. The database here is PostgreSQL: use pg_dump -Fc.")
        try:
            refuse_unless_a_copy(file)
            copy_to(followed(file))
        except (OSError, DatabaseError) as problem:
            raise CommandError(f"There is no new copy in {file}: {problem}") from problem
        self.stdout.write(f"{file} holds the whole database ({file.stat().st_size:,} bytes).")


def refuse_unless_a_copy(file: Path) -> None:
    if lives_on(file):
        raise CommandError(f"{file} is a file that HipCare runs on. Name another, on another disk.")
    there = followed(file)
    if there.is_dir():
        raise CommandError(f"There is no new copy in {file}: it is a folder. Name a file in it.")
    if there.exists() and not (there.is_file() and is_a_copy(there)):
        raise CommandError(f"{file} is there and is no SQLite database. It stays; name another file.")


def is_a_copy(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(len(SQLITE)) in {b"", SQLITE}


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
