"""What HipCare needs of the machine it runs on: ``make`` asks here before it runs, tests or checks anything.

It is no part of the site: nothing of the site imports it, and it imports only Python's own library, because it runs
before there is anything else. Whatever is missing is installed where that needs no question; otherwise one sentence
says what to type.
"""

import argparse
import ctypes
import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from hipcare.operate.install_failures import apt_failure, pip_failure

ROOT = Path(__file__).resolve().parents[2]
VENV = Path(".venv")  # relative, as make starts in ROOT
MAC = sys.platform == "darwin"
MAC_LIBRARIES = (Path("/opt/homebrew/lib"), Path("/usr/local/lib"), Path("/opt/local/lib"))
MAC_CHROMES = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
LAST_LINES = 12  # of what an installer said before it failed
MAC_FIREFOX = Path("/Applications/Firefox.app/Contents/MacOS/firefox")
FIREFOXES = ("firefox-esr", "firefox")
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def stop(sentence: str) -> SystemExit:
    return SystemExit(f"\n{sentence}")


def say(sentence: str) -> None:
    print(sentence, flush=True)


def has_library(name: str) -> bool:
    """Say whether the shared library ``name``, e.g. ``pango-1.0.0`` (name and ABI number), can be loaded."""
    stem, _, number = name.rpartition(".")
    if MAC:
        return any((folder / f"lib{stem}.{number}.dylib").exists() for folder in MAC_LIBRARIES)
    try:
        ctypes.CDLL(f"lib{stem}.so.{number}")
    except OSError:
        return False
    return True


def has_pango() -> bool:
    return all(map(has_library, ("gobject-2.0.0", "pango-1.0.0", "pangoft2-1.0.0", "harfbuzz-subset.0")))


def has_chromium() -> bool:
    return any(map(shutil.which, CHROMIUMS)) or (MAC and any(path.exists() for path in MAC_CHROMES))


def has_firefox() -> bool:
    return any(map(shutil.which, FIREFOXES)) or (MAC and MAC_FIREFOX.exists())


def has_webkit() -> bool:
    return MAC or all(map(shutil.which, ("WebKitWebDriver", "xvfb-run")))


def postgres_programs() -> Path | None:
    """Return the folder with PostgreSQL's ``initdb`` and ``postgres``; Debian keeps them off the path."""
    on_path = shutil.which("initdb")
    if on_path and Path(on_path).resolve().with_name("postgres").exists():
        return Path(on_path).resolve().parent
    of_debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    return next((folder for folder in reversed(of_debian) if (folder / "initdb").exists()), None)


@dataclass(frozen=True)
class Need:
    """Something the machine must have: how to see it, and who brings it."""

    name: str
    is_there: Callable[[], object]
    debian: tuple[str, ...]
    brew: str


def _distribution() -> str:
    try:
        found = re.search(r'^ID="?(\w+)', Path("/etc/os-release").read_text(), re.MULTILINE)
    except OSError:
        return ""
    return found[1] if found else ""


NEEDS = {
    need.name: need
    for need in (
        Need(
            "venv",
            lambda: importlib.util.find_spec("ensurepip"),
            (f"python{sys.version_info.major}.{sys.version_info.minor}-venv",),
            "python",
        ),
        Need("Pango", has_pango, ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"), "pango"),
        Need(
            "Chromium",
            has_chromium,
            ("chromium-browser" if _distribution() == "ubuntu" else "chromium",),
            "--cask chromium",
        ),
        Need(
            "Firefox",
            has_firefox,
            ("firefox" if _distribution() == "ubuntu" else "firefox-esr",),
            "--cask firefox",
        ),
        Need("WebKit", has_webkit, ("webkit2gtk-driver", "xvfb", "xauth"), ""),  # a Mac has Safari, which is not asked
        Need("poppler", lambda: shutil.which("pdftotext"), ("poppler-utils",), "poppler"),
        Need("PostgreSQL", postgres_programs, ("postgresql",), "postgresql"),
    )
}


def ensure(name: str) -> None:
    """Make sure of the need ``name``: install it where that needs no question, or say the one command and stop."""
    need = NEEDS[name]
    if need.is_there():
        return
    if MAC:
        raise stop(f"{name} is missing. Type this, then start again:\n\n    brew install {need.brew}")
    _install(need)
    if not need.is_there():
        raise stop(f"{name} is still missing after installing {' '.join(need.debian)}. Look at the messages above.")


def _install(need: Need) -> None:
    if not shutil.which("apt-get"):
        raise stop(
            f"{need.name} is missing. Install it with your system's package manager "
            f"(Debian calls it {' '.join(need.debian)}), then start again."
        )
    command = f"apt-get install -y {' '.join(need.debian)}"
    as_root = _way_to_root()
    if as_root is None:
        raise stop(f"{need.name} is missing. Type this, then start again:\n\n    sudo {command}")
    say(f"  {need.name}: {command} …")
    in_english = ("env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8")
    apt = [*as_root, *in_english, "apt-get", "-o", "DPkg::Lock::Timeout=120", "-qq"]
    _, of_update = _run([*apt, "update"])
    failed, of_install = _run([*apt, "install", "-y", "--no-install-recommends", *need.debian])
    if failed:
        said = f"{of_update}{of_install}"
        say("\n".join(said.splitlines()[-LAST_LINES:]))
        raise stop(f"{need.name} could not be installed. {apt_failure(said)}:\n\n    {command}")


def _run(command: list[str]) -> tuple[int, str]:
    """Return the exit status of ``command`` and what it had to complain of; it is asked nothing."""
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False
    )
    return done.returncode, done.stderr


def _way_to_root() -> list[str] | None:
    """Return what to put before a command so that root runs it without a question, or None."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if asked.returncode == 0 else None


def ensure_port(port: str) -> None:
    """Stop when ``port`` is no port, or is in use on 127.0.0.1."""
    if not port.isdecimal() or not 1 <= int(port) <= 65535:
        raise stop(f"PORT={port} is not a port. Choose a number up to 65535: make run PORT=8001")
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", int(port)))
        except OSError as problem:
            why = "may only be used by root" if isinstance(problem, PermissionError) else "is in use"
            another = 8001 if port == "8000" else 8000
            raise stop(f"Port {port} {why}. Stop what uses it, or choose another: make run PORT={another}") from None


def put_var_aside(var: Path) -> None:
    if not var.is_dir():
        return
    lock = var / "server.lock"
    if lock.exists():
        with lock.open() as asked:
            try:
                fcntl.flock(asked, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise stop(f"A server is running on {var}/. Stop it with Ctrl-C, then start again.") from None
    old = var.with_name(f"{var.name}.old-{time.strftime('%Y%m%d-%H%M%S')}")
    var.rename(old)
    say(f"{var}/ is now {old}/")


def ensure_packages(requirements: Path) -> None:
    """Make ``.venv`` and install ``requirements`` into it by hash; nothing is done while the file stays the same."""
    ensure_environment()
    stamp = VENV / "installed" / requirements.as_posix().replace("/", "-")
    wanted = hashlib.sha256(requirements.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    number = len(re.findall(r"^[A-Za-z0-9][^\n]*==", requirements.read_text(), re.MULTILINE))
    say(f"  {number} packages from {requirements} (once) …")
    pip = [str(VENV / "bin/python"), "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    failed, said = _shown([*pip, "--require-hashes", "--requirement", str(requirements)])
    if failed:
        say("\n".join(said.splitlines()[-LAST_LINES:]))
        raise stop(pip_failure(said))
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(wanted)


def ensure_environment() -> None:
    python = VENV / "bin/python"
    if python.exists():
        works = subprocess.run(
            [str(python), "-c", "import sys, pip; sys.exit(sys.version_info < (3, 11))"],
            capture_output=True,
            check=False,
        )
        if works.returncode == 0:
            return
        raise stop("The .venv here does not work with this Python. Delete it, then start again:\n\n    rm -r .venv")
    ensure("venv")
    say("  .venv …")
    venv.create(VENV, with_pip=True, symlinks=True, clear=True)


def _shown(command: list[str]) -> tuple[int, str]:
    """Run ``command``, a pip, showing how far it is; return its exit status and all it said."""
    said: list[str] = []
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as running:
        for line in _milestones(running.stdout or (), said):
            say(line)
    return running.returncode, "".join(said)


def _milestones(lines: Iterable[str], said: list[str]) -> Iterator[str]:
    """Yield what of pip's chatter a person wants to read, and keep all of it."""
    collected = 0
    for line in lines:
        said.append(line)
        if line.startswith("Collecting"):
            collected += 1
            if collected % 10 == 0:
                yield f"    {collected} found"
        elif line.startswith("Installing collected"):
            yield "    installing"


PURPOSES = {
    "run": (Path("requirements.txt"), ("Pango",)),
    "run-fresh": (Path("requirements.txt"), ("Pango",)),
    "test": (Path("tests/requirements.txt"), ("Pango", "Chromium", "Firefox", "WebKit", "poppler", "PostgreSQL")),
    "check": (Path("tests/requirements.txt"), ()),
}


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m hipcare.operate.machine", description=__doc__)
    parser.add_argument("purpose", choices=PURPOSES)
    parser.add_argument("--port", default="")
    asked = parser.parse_args(arguments)
    if asked.port:
        ensure_port(asked.port)
    requirements, needs = PURPOSES[asked.purpose]
    os.chdir(ROOT)
    ensure_packages(requirements)
    for name in needs:
        ensure(name)
    if asked.purpose == "run-fresh":
        put_var_aside(Path("var"))


if __name__ == "__main__":
    main(sys.argv[1:])
