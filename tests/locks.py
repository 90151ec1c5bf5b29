"""Lock files that know which ``pyproject.toml`` they were made from: ``python tests/locks.py write|check``.

``check`` needs no network: each lock carries the hash of the dependencies it was made from in its first line.
"""

import hashlib
import json
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {Path("requirements.txt"): (), Path("tests/requirements.txt"): ("--extra", "test", "-c", "requirements.txt")}
MARK = "# Made by `make lock` from the dependencies in pyproject.toml with sha256 "


def first_line():
    """Return the line a current lock begins with."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = {key: project[key] for key in ("requires-python", "dependencies", "optional-dependencies")}
    return MARK + hashlib.sha256(json.dumps(wanted, sort_keys=True).encode()).hexdigest()


def write(*options):
    """Lock for every platform; what is pinned stays, unless ``options`` say ``--upgrade``."""
    for lock, extra in LOCKS.items():
        command = [
            *("uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--python-version", "3.11"),
            "--no-strip-extras",  # an old pip also looks for the pin of what a package asks for with an extra
            *("--custom-compile-command", "make lock", "pyproject.toml", *extra, "-o", str(lock), *options),
        ]
        subprocess.run(command, cwd=ROOT, check=True)
        written = (ROOT / lock).read_text().splitlines()
        packages = [line for line in written if not line.startswith("#")]
        (ROOT / lock).write_text("\n".join([first_line(), *packages, ""]))


def stale():
    """Return the locks that were made from other dependencies, or from none that they name."""
    return [str(lock) for lock in LOCKS if (ROOT / lock).read_text().partition("\n")[0] != first_line()]


if __name__ == "__main__":
    if sys.argv[1:2] == ["write"]:
        write(*sys.argv[2:])
    elif stale():
        raise SystemExit(f"pyproject.toml has changed since {' and '.join(stale())} was locked. Run: make lock")
