"""What was released stays as it was: no migration of a release changes, and every release is kept."""

import json
import re

import pytest

from tests.releases.keep import ROOT, migrations
from tests.releases.rows import BEFORE_THE_FIRST, FOLDER, read, releases


@pytest.mark.parametrize("release", releases())
def test_migrations_of_a_release_never_change(release):
    released = json.loads((FOLDER / release / "migrations.json").read_text())
    assert len(released) >= 6
    now = migrations()
    changed = [path for path, sha in released.items() if now.get(path) != sha]
    assert changed == [], "people's databases stand at these; write a new migration instead"


@pytest.mark.parametrize("release", releases())
def test_rows_of_a_release_stand_at_its_last_migrations(release):
    leaves, rows = read(release)
    released = json.loads((FOLDER / release / "migrations.json").read_text())
    for app in ("audit", "clinics", "exercises", "programmes"):
        last = max(path.rpartition("/")[2] for path in released if f"{app}/migrations/" in path)
        assert (app, last.removesuffix(".py")) in leaves
    filled = {table for table, _ in rows}
    assert filled >= {
        "audit_entry",
        "clinics_device",
        "clinics_patient",
        "exercises_exercise",
        "programmes_handout",
        "programmes_session",
        "programmes_sessionrevision",
    }


def test_every_release_in_the_changelog_is_kept():
    headings = re.findall(r"^## (\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert headings
    assert sorted([BEFORE_THE_FIRST, *headings]) == releases()
