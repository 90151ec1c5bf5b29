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

from hipcare.machine import postgres_programs

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


@contextlib.contextmanager
def throw_away():
    """Give the URL of a new PostgreSQL, and end it."""
    programs = postgres_programs()
    if programs is None:
        raise SystemExit("PostgreSQL is missing. `make test` installs it, or says how.")
    options, account = who_runs_it()
    with tempfile.TemporaryDirectory(prefix="hipcare-pg-", ignore_cleanup_errors=True) as folder:
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)
        data, log = Path(folder) / "data", Path(folder) / "log"
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", "hipcare", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"],
            check=True,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            **options,
        )
        with log.open("w") as out:
            server = subprocess.Popen(
                [
                    programs / "postgres",
                    "-D",
                    data,
                    "-k",
                    folder,
                    "-h",
                    "",
                    "-c",
                    "fsync=on",
                    "-c",
                    "max_connections=60",
                ],
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,  # Ctrl-C is for the command; the server is ended below
                **options,
            )
        try:
            url = f"postgresql://hipcare@/postgres?host={quote(folder, safe='')}"
            wait_until_it_answers(url, server, log)
            yield url
        finally:
            server.send_signal(signal.SIGINT)  # fast shutdown
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def wait_until_it_answers(url, server, log):
    """Return once a connection succeeds."""
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(url, connect_timeout=2).close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                raise SystemExit(f"PostgreSQL did not start:\n{log.read_text()}") from None
            time.sleep(0.1)
        else:
            return


def end(number, _frame):
    """Turn a polite kill into an exit that cleans up."""
    raise SystemExit(128 + number)


if __name__ == "__main__":
    if not shutil.which(sys.argv[1]):
        raise SystemExit(f"No such command: {sys.argv[1]}")
    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGHUP, end)
    with throw_away() as address:
        print(f"PostgreSQL: {address}", flush=True)
        status = subprocess.run(sys.argv[1:], env={**os.environ, "TEST_DATABASE_URL": address}, check=False).returncode
    raise SystemExit(status)
