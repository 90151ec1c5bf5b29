"""The locks on a new machine in a year: the oldest pip we promise, and newer releases of everything on the index."""

import pytest

from tests import standins
from tests.locks import LOCKS, ROOT


def resolve(pip, lock, folder):
    """Let the pip in the folder ``pip`` resolve the text ``lock`` against stand-ins; return what came of it."""
    index = folder / "index"
    index.mkdir()
    return standins.install(pip, standins.index(lock, index), folder, "--dry-run", "--find-links", index)


@pytest.mark.parametrize("lock", LOCKS, ids=str)
@pytest.mark.parametrize("pip", standins.PIPS, ids=lambda path: path.stem)
def test_every_pip_we_promise_resolves_the_locks_beside_newer_releases(pip, lock, bring_pip, tmp_path):
    text = (ROOT / lock).read_text()
    done = resolve(bring_pip(pip), text, tmp_path)
    assert done.returncode == 0, done.stdout[-900:]
    assert standins.NEWER not in done.stdout.rpartition("Would install")[2]
    assert " Django-5.2." in done.stdout or " django-5.2." in done.stdout


def test_an_extra_missing_from_the_lock_would_be_caught(bring_pip, tmp_path):
    without = (ROOT / "requirements.txt").read_text().replace("fonttools[woff]==", "fonttools==")
    done = resolve(bring_pip(standins.PIPS[0]), without, tmp_path)
    assert done.returncode == 1
    assert "fonttools[woff]" in done.stdout
    assert "==" in done.stdout
