"""The locks on a new machine in a year: the oldest pip we promise, and newer releases of everything on the index."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import standins
from tests.locks import LOCKS, ROOT

PIPS = sorted((ROOT / "tests/pips").glob("*.txt"))
# Python 3.12 took away what pip 23.0 stands on; its distributions bring a newer one.
PROMISED = [pip for pip in PIPS if pip.stem != "23.0.1" or sys.version_info < (3, 12)]
NOTHING_SET = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}


@pytest.fixture(scope="session")
def bring(pytestconfig, tmp_path_factory):
    """Return a function that gives the folder of a pip: brought once by its hash, then kept in pytest's cache."""

    def kept(wanted):
        folder = pytestconfig.cache.mkdir("pips") / wanted.stem
        if not folder.exists():
            new = tmp_path_factory.mktemp("pip") / "new"
            command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps"]
            subprocess.run([*command, "--require-hashes", "--target", new, "--requirement", wanted], check=True)
            moved = shutil.copytree(new, folder.with_name(f"{wanted.stem}.{os.getpid()}"))
            try:
                moved.rename(folder)
            except OSError:  # another process was first
                shutil.rmtree(moved)
        return folder

    return kept


def resolve(pip: Path, lock: str, folder: Path):
    """Let the pip in the folder ``pip`` resolve the text ``lock`` against stand-ins; return what came of it."""
    index = folder / "index"
    index.mkdir()
    wanted = folder / "lock.txt"
    wanted.write_text(standins.index(lock, index))
    command = ["--disable-pip-version-check", "install", "--dry-run", "--ignore-installed", "--no-index"]
    return subprocess.run(
        [sys.executable, pip / "pip", *command, "--find-links", index, "--require-hashes", "--requirement", wanted],
        env=NOTHING_SET | {"PIP_CONFIG_FILE": os.devnull},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("lock", LOCKS, ids=str)
@pytest.mark.parametrize("pip", PROMISED, ids=lambda path: path.stem)
def test_every_pip_we_promise_resolves_the_locks_beside_newer_releases(pip, lock, bring, tmp_path):
    text = (ROOT / lock).read_text()
    done = resolve(bring(pip), text, tmp_path)
    assert done.returncode == 0, done.stdout[-500:] + done.stderr
    assert standins.NEWER not in done.stdout.rpartition("Would install")[2]
    assert " Django-5.2." in done.stdout or " django-5.2." in done.stdout


def test_an_extra_missing_from_the_lock_would_be_caught(bring, tmp_path):
    without = (ROOT / "requirements.txt").read_text().replace("fonttools[woff]==", "fonttools==")
    done = resolve(bring(PROMISED[0]), without, tmp_path)
    assert done.returncode == 1
    assert "fonttools[woff]" in done.stderr
    assert "==" in done.stderr
