"""Stand-in wheels: the names, versions and requirements of a lock's packages, with nothing inside.

With them a pip of any age resolves a lock as it would on a machine of its own, without a network, and next to an index
that has gone on: of every package there is a newer release too.
"""

import hashlib
import io
import os
import re
import subprocess
import sys
import tarfile
import zipfile
from importlib import metadata
from pathlib import Path

from packaging.utils import canonicalize_name

# The pips that HipCare promises to be installed by; what pip 23.0 stands on is gone from Python 3.12.
PIPS = [
    wanted
    for wanted in sorted((Path(__file__).parent / "pips").glob("*.txt"))
    if wanted.stem != "23.0.1" or sys.version_info < (3, 12)
]
NEWER = "9999.0"
PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(?P<version>[^ ;]+)[^\\]*", re.MULTILINE)
SAID = ("Requires-Dist", "Provides-Extra")


def facts(name, version):
    """Return the lines of METADATA that a resolver reads; a package for another platform asks for nothing."""
    lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
    try:
        real = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return lines
    return lines + [f"{key}: {value}" for key in SAID for value in real.get_all(key, ())]


def wheel(folder, name, version, *more_facts):
    """Write the stand-in of one release into ``folder``; return its SHA-256."""
    stem = f"{canonicalize_name(name).replace('-', '_')}-{version}"
    path = folder / f"{stem}-py3-none-any.whl"
    files = {
        "METADATA": "\n".join([*facts(name, version), *more_facts, ""]),
        "WHEEL": "Wheel-Version: 1.0\nGenerator: standins\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    files["RECORD"] = "".join(f"{stem}.dist-info/{file},,\n" for file in (*files, "RECORD"))
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in files.items():
            archive.writestr(f"{stem}.dist-info/{file}", text)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def index(lock, folder):
    """Fill ``folder`` with every package that ``lock`` pins and a newer one; return the lock with their hashes."""
    lines = []
    for pinned in PINNED.finditer(lock):
        name, version = pinned["name"], pinned["version"]
        wheel(folder, name, NEWER)
        lines.append(f"{pinned[0].strip()} --hash=sha256:{wheel(folder, name, version)}\n")
    return "".join(lines)


def install(pip, requirements, folder, *options):
    """Let the pip in the folder ``pip`` install the text ``requirements``, heeding no settings; return what came."""
    wanted = folder / "wanted.txt"
    wanted.write_text(requirements)
    unset = {name: value for name, value in os.environ.items() if not name.lower().startswith(("pip_", "http", "all_"))}
    command = ["--disable-pip-version-check", "--no-input", "install", "--require-hashes", "--ignore-installed"]
    index = ["--no-index"] * ("--index-url" not in options)
    return subprocess.run(
        [sys.executable, pip / "pip", *command, *index, *options, "--requirement", wanted],
        env=unset | {"PIP_CONFIG_FILE": os.devnull},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def source_that_does_not_build(folder, name):
    """Write a source archive, version 1.0, whose build asks for a compiler that is not there; return its SHA-256."""
    path = folder / f"{name}-1.0.tar.gz"
    files = {
        "pyproject.toml": "[build-system]\nrequires = []\nbuild-backend = 'backend'\nbackend-path = ['.']\n",
        "PKG-INFO": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        "backend.py": "import os, subprocess\n"
        "def prepare_metadata_for_build_wheel(folder, *_):\n"
        f"    os.mkdir(f'{{folder}}/{name}-1.0.dist-info')\n"
        f"    os.replace('PKG-INFO', f'{{folder}}/{name}-1.0.dist-info/METADATA')\n"
        f"    return '{name}-1.0.dist-info'\n"
        "def build_wheel(*_):\n"
        "    subprocess.run(['no-such-compiler'], check=True)\n",
    }
    with tarfile.open(path, "w:gz") as archive:
        for file, text in files.items():
            entry = tarfile.TarInfo(f"{name}-1.0/{file}")
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text.encode()))
    return hashlib.sha256(path.read_bytes()).hexdigest()
