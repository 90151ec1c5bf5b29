"""Stand-in wheels: the names, versions and requirements of a lock's packages, with nothing inside.

With them pip resolves a lock as it would on a machine of its own, without a network, and next to an index that has
gone on: of every package there is a newer release too.
"""

import hashlib
import re
import zipfile
from importlib import metadata

from packaging.utils import canonicalize_name

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


def wheel(folder, name, version):
    """Write the stand-in of one release into ``folder``; return its SHA-256."""
    stem = f"{canonicalize_name(name).replace('-', '_')}-{version}"
    path = folder / f"{stem}-py3-none-any.whl"
    files = {
        "METADATA": "\n".join([*facts(name, version), ""]),
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
