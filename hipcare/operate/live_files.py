"""The files this installation lives on, so that no command that writes a file takes the place of one."""

import os
from pathlib import Path

from django.conf import settings
from django.db import connection

from hipcare.environment import SERVES

BESIDE = ("", "-wal", "-shm", "-journal")  # what SQLite keeps under the database's name


def followed(file: Path) -> Path:
    """Return where ``file`` leads, all links followed; its end need not be there."""
    return Path(os.path.realpath(file.expanduser()))


def lives_on(file: Path) -> bool:
    """Say whether this installation lives on ``file``, by whatever name, link or spelling it is called."""
    kept = {followed(own) for own in _own_files()}
    folders = [followed(Path(folder)) for folder in (settings.STATIC_ROOT, settings.FIGURES_DIR)]
    wanted = followed(file)
    if wanted in kept or any(wanted.is_relative_to(folder) for folder in folders):
        return True
    return wanted.exists() and any(own.exists() and own.samefile(wanted) for own in kept)


def _own_files() -> list[Path]:
    database = str(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else ""
    return [*(Path(f"{database}{end}") for end in BESIDE if database), SERVES, Path(settings.VAR_DIR) / "secret_key"]
