import sqlite3
import stat
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.factories import PatientFactory

pytestmark = pytest.mark.django_db(transaction=True)  # a copy is made of what is committed


def on_sqlite():
    return connection.vendor == "sqlite"


def backup(file):
    """Run ``manage.py backup`` and return what it said; PostgreSQL is told what to use instead."""
    said = StringIO()
    if on_sqlite():
        call_command("backup", str(file), stdout=said)
        return said.getvalue()
    with pytest.raises(CommandError, match="pg_dump"):
        call_command("backup", str(file), stdout=said)
    return ""


def patients_in(file):
    """Return the number of patients in the restored copy at ``file``, found whole."""
    restored = file.with_name("restored.sqlite3")
    restored.write_bytes(file.read_bytes())
    database = sqlite3.connect(restored)
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    (count,) = database.execute("SELECT count(*) FROM clinics_patient").fetchone()
    database.close()
    return count


def test_backup_restores_and_a_second_takes_the_place_of_the_first(tmp_path):
    file = tmp_path / "copy.sqlite3"
    PatientFactory()
    said = backup(file)
    if on_sqlite():
        assert "holds the whole database" in said
        assert patients_in(file) == 1
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        file.chmod(0o644)
    PatientFactory()
    backup(file)
    if on_sqlite():
        assert patients_in(file) == 2
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {path.name for path in tmp_path.iterdir()} <= {"copy.sqlite3", "restored.sqlite3"}
    assert file.exists() == on_sqlite()


def test_backup_into_no_folder_or_over_a_folder_leaves_nothing(tmp_path):
    for file in (tmp_path / "none" / "copy.sqlite3", tmp_path):
        with pytest.raises(CommandError, match="There is no new copy in" if on_sqlite() else "pg_dump"):
            call_command("backup", str(file))
    assert list(tmp_path.iterdir()) == []
    assert [path for path in tmp_path.parent.iterdir() if path.name.startswith(f".{tmp_path.name}")] == []


def test_backup_never_takes_the_place_of_the_database():
    name = connection.settings_dict["NAME"]
    with pytest.raises(CommandError, match="is the database itself" if on_sqlite() else "pg_dump"):
        call_command("backup", str(name))
    if on_sqlite():
        assert Path(name).stat().st_size > 0
