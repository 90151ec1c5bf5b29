"""Run a command beside a throw-away PostgreSQL: ``python tests/postgres.py pytest …``.

The server listens on a socket in a temporary folder only, and ends with the command, whatever ends that.
``TEST_DATABASE_URL`` tells the command where it is.
"""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import psycopg

from hipcare.operate.machine import postgres_programs

START_SECONDS = 30


def who_runs_it():
    """Return ``subprocess`` options: PostgreSQL refuses root, so root lends it to an account without rights."""
    if os.geteuid() != 0:
        return {}, None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            account = pwd.getpwnam(name)
            return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}, account
    raise SystemExit("PostgreSQL does not run as root, and there is no account 'nobody' to run it.")


class Postgres:
    """A PostgreSQL of one's own in ``folder``; ``url`` is where it answers once it is started."""

    def __init__(self, folder):
        programs = postgres_programs()
        if programs is None:
            raise SystemExit("PostgreSQL is missing. `make test` installs it, or says how.")
        self.folder, self.programs = Path(folder), programs
        self.url = f"postgresql://hipcare@/postgres?host={quote(str(folder), safe='')}"
        self._log = self.folder / "log"
        self._options, account = who_runs_it()
        self._server = None
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)
        options = ["-U", "hipcare", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"]
        self._run(subprocess.run, "initdb", *options, check=True, stdout=subprocess.DEVNULL)

    def start(self):
        """Start it, listening on a socket in its folder only, and wait until it answers."""
        with self._log.open("a") as out:
            options = ["-k", self.folder, "-h", "", "-c", "fsync=on", "-c", "max_connections=60"]
            # A session of its own: Ctrl-C is for the command; the server is stopped after it.
            self._server = self._run(
                subprocess.Popen, "postgres", *options, stdout=out, stderr=out, start_new_session=True
            )
        until = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._server.poll() is not None or time.monotonic() > until:
                raise SystemExit(f"PostgreSQL did not start:\n{self._log.read_text()}")
            time.sleep(0.1)

    def stop(self, how=signal.SIGINT):
        """Stop it: SIGINT lets nobody finish but leaves everything tidy, SIGQUIT leaves at once."""
        if self._server is None or self._server.poll() is not None:
            return
        self._server.send_signal(how)
        try:
            self._server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()

    def _run(self, how, program, *options, **more):
        command = [self.programs / program, "-D", self.folder / "data", *options]
        return how(command, cwd=self.folder, stdin=subprocess.DEVNULL, **self._options, **more)

    def _answers(self):
        try:
            psycopg.connect(self.url, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True


@contextlib.contextmanager
def throw_away():
    """Give a running PostgreSQL, and end it and its folder, whatever happens."""
    with tempfile.TemporaryDirectory(prefix="hipcare-pg-", ignore_cleanup_errors=True) as folder:
        server = Postgres(folder)
        try:
            server.start()
            yield server
        finally:
            server.stop()


def end(number, _frame):
    """Turn a polite kill into an exit that cleans up."""
    raise SystemExit(128 + number)


if __name__ == "__main__":
    if not shutil.which(sys.argv[1]):
        raise SystemExit(f"No such command: {sys.argv[1]}")
    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGHUP, end)
    with throw_away() as postgres:
        environment = {**os.environ, "TEST_DATABASE_URL": postgres.url}
        status = subprocess.run(sys.argv[1:], env=environment, check=False).returncode
    raise SystemExit(status)
