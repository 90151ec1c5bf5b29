import os
import sqlite3
import stat
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from hipcare.clinics.models import Patient
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


def names_of(path, folder):
    """Return ways to call the file ``path``: by itself, another spelling, a link, a link to a link, relative."""
    spelt = Path(f"{path.parent}/./../{path.parent.name}//{path.name}")
    link = folder / "link"
    link.symlink_to(path)
    second = folder / "second"
    second.symlink_to("link")
    names = [path, spelt, link, second, Path(os.path.relpath(path))]
    if path.exists():
        hard = path.with_name("hard-link")
        hard.unlink(missing_ok=True)
        os.link(path, hard)
        names.append(hard)
    return names


@pytest.mark.parametrize("end", ["", "-wal", "-shm", "-journal"])
def test_backup_never_takes_the_place_of_the_database_by_any_name(end, tmp_path):
    PatientFactory()
    path = Path(f"{connection.settings_dict['NAME']}{end}")
    for name in names_of(path, tmp_path):
        with pytest.raises(CommandError, match="is a file that HipCare runs on" if on_sqlite() else "pg_dump"):
            call_command("backup", str(name))
    path.with_name("hard-link").unlink(missing_ok=True)
    assert Patient.objects.count() == 1
    if on_sqlite():
        assert Path(connection.settings_dict["NAME"]).stat().st_size > 0


@pytest.mark.parametrize("name", ["secret_key", "server.lock", "static/copy.sqlite3", "figures/copy.sqlite3"])
def test_backup_never_takes_the_place_of_what_else_is_in_var(name, settings):
    file = Path(settings.VAR_DIR) / name
    with pytest.raises(CommandError, match="is a file that HipCare runs on" if on_sqlite() else "pg_dump"):
        call_command("backup", str(file))
    assert not file.with_name("copy.sqlite3").exists()


def test_backup_takes_the_place_of_copies_only(tmp_path):
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Alder Lane")
    for other in (letter, Path("/dev/null")):
        with pytest.raises(CommandError, match="is no SQLite database. It stays" if on_sqlite() else "pg_dump"):
            call_command("backup", str(other))
    assert letter.read_text() == "Dear Alder Lane"


def test_backup_follows_a_link_and_leaves_it(tmp_path):
    (tmp_path / "disk").mkdir()
    link = tmp_path / "newest.sqlite3"
    link.symlink_to("disk/monday.sqlite3")  # not there yet
    for _ in range(2):
        backup(link)
        if on_sqlite():
            assert link.is_symlink()
            assert patients_in(tmp_path / "disk" / "monday.sqlite3") == 0
