"""A real gunicorn with a port, a ``var/`` and a database of its own: started, killed, started again."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import requests

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60


def free_port():
    """Return a port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Server:
    """``url`` is where it answers; ``manage`` runs a command with its settings.

    ``postgres`` is the URL of a database server, or "" for SQLite; ``like`` another ``Server``, prepared and never
    started, to copy from.
    """

    def __init__(self, folder, postgres="", like=None, **settings):
        self.folder = Path(folder)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = None
        self.log = self.folder / "gunicorn.log"
        self._postgres = postgres
        self._database = f"hipcare_server_{secrets.token_hex(6)}" if postgres else ""
        self.environment = {
            **{name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ},
            **{name: value for name, value in os.environ.items() if name.startswith("DYLD_")},
            "ENV_FILE": os.devnull,
            "LOCAL_RUN": "true",
            "PORT": str(self.port),
            "PYTHONUNBUFFERED": "1",
            "SITE_URL": self.url,
            "VAR_DIR": str(self.folder),
            **settings,
        }
        if like:
            shutil.copytree(like.folder, self.folder, dirs_exist_ok=True)
        if postgres:
            template = f' TEMPLATE "{like._database}"' if like else ""
            self._on_postgres(f'CREATE DATABASE "{self._database}"{template}')
            self.environment["DATABASE_URL"] = urlunsplit(urlsplit(postgres)._replace(path=f"/{self._database}"))

    def manage(self, *arguments):
        """Run ``manage.py`` with ``arguments`` and return what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"manage.py {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}"
        return done.stdout

    def prepare(self, *options):
        """Make the database and the static files."""
        return self.manage("prepare", *options)

    def start(self):
        """Start gunicorn in a session of its own and wait until it answers."""
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "--config", "hipcare/gunicorn.py", "hipcare.wsgi"],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.wait_until_it_answers()

    def wait_until_it_answers(self):
        """Return once ``/healthz`` answers 200."""
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            assert self.process.poll() is None, f"gunicorn stopped:\n{self.log.read_text()}"
            try:
                if requests.get(f"{self.url}/healthz", timeout=START_SECONDS).status_code == 200:
                    return
            except requests.RequestException:
                pass
            time.sleep(0.1)
        raise AssertionError(f"no answer in {START_SECONDS} s:\n{self.log.read_text()}")

    def kill(self):
        """``kill -9`` the master and every worker at once, as a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """SIGTERM: finish what is in progress, then end. Return gunicorn's exit status."""
        self.process.terminate()
        return self.process.wait(timeout=40)

    def discard(self):
        """End whatever still runs, and drop the database."""
        if self.process and self.process.poll() is None:
            self.kill()
        if self._database:
            self._on_postgres(f'DROP DATABASE IF EXISTS "{self._database}" WITH (FORCE)')

    def _on_postgres(self, statement):
        with psycopg.connect(self._postgres, autocommit=True, connect_timeout=5) as connection:
            connection.execute(statement)
