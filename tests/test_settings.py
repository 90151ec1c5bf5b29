"""The tests' own settings: what a developer's shell or ``.env`` says never reaches them."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ASK = (
    "from tests import settings as s; "
    "print(s.DATABASES['default']['NAME'], s.DEBUG, s.LOCAL_RUN, s.VAR_DIR, s.STAFF_SECOND_FACTOR, sep='|')"
)


def asked(**environment):
    """Return what a fresh process makes of the tests' settings under ``environment``."""
    run = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.strip().split("|")


def test_a_real_database_in_the_shell_or_a_file_is_not_touched(tmp_path):
    file = tmp_path / "developers.env"
    file.write_text("DATABASE_URL=postgresql://real@db.example/patients\nDEBUG=true\nSTAFF_SECOND_FACTOR=true\n")
    name, debug, local_run, var, second_factor = asked(
        ENV_FILE=str(file), DATABASE_URL="postgresql://real@db.example/patients", VAR_DIR=str(tmp_path), LOCAL_RUN="no"
    )
    assert name == f"{var}/hipcare.sqlite3"
    assert var != str(tmp_path)
    assert (debug, local_run, second_factor) == ("False", "True", "False")


def test_another_database_has_to_be_named_for_tests():
    assert asked(TEST_DATABASE_URL="postgresql://hipcare@/throwaway")[0] == "throwaway"


def test_every_run_has_a_folder_of_its_own_and_takes_it_away():
    one, other = asked()[3], asked()[3]
    assert one != other
    assert not Path(one).exists()
