"""How gunicorn serves HipCare: ``gunicorn --config hipcare/gunicorn.py hipcare.wsgi``.

Sync workers: one request at a time in each, so one persistent database connection each. They want a proxy in
front (README, "Deploy") that takes slow clients upon itself.
"""

import fcntl
import importlib
import socket
from pathlib import Path

from environs import validate

from hipcare.environment import SERVES, env, make_var_dir, read_or_stop


def an_address(said: str) -> None:
    if said.startswith(("unix:/", "fd://")) and (said.startswith("unix:") or said[5:].isdecimal()):
        return
    host, _, port = said.rpartition(":")
    try:
        if port.isdecimal() and 1 <= int(port) <= 65535 and host:
            socket.getaddrinfo(host.strip("[]"), int(port))
            return
    except (OSError, UnicodeError):
        pass  # no such host
    raise ValueError(f"{said} is no address; try 127.0.0.1:8000 or unix:/run/hipcare/socket")


_port = read_or_stop(env.int, "PORT", 8000, validate=validate.Range(1, 65535))
bind = read_or_stop(env.str, "BIND", f"127.0.0.1:{_port}", validate=an_address)
workers = read_or_stop(env.int, "WORKERS", 2, validate=validate.Range(1, 512))
worker_class = "sync"
timeout = 60  # longer than the slowest honest answer: a sheet (HANDOUT_SECONDS) behind a locked database (2 s)
graceful_timeout = 30  # what SIGTERM leaves a request in progress
max_requests = 10_000  # a fresh worker now and then, however small the leak
max_requests_jitter = 1_000
control_socket_disable = True  # nothing here is managed through a socket
_levels = validate.OneOf(["debug", "info", "warning", "error", "critical"])
loglevel = read_or_stop(env.str, "GUNICORN_LOG_LEVEL", "info", validate=_levels)
if Path("/dev/shm").is_dir():  # noqa: S108 - a heartbeat must not wait for a disk
    worker_tmp_dir = "/dev/shm"  # noqa: S108


def on_starting(server: object) -> None:
    """Say, as long as this server or a worker of it lives, that ``VAR_DIR`` is in use; a crash cannot leave it said."""
    importlib.import_module("hipcare.settings")  # what is wrong in them ends this process, not one worker after another
    make_var_dir()
    held = SERVES.open("a")
    fcntl.flock(held, fcntl.LOCK_SH)
    server.held = held  # type: ignore[attr-defined]  # as long as gunicorn's own arbiter


def post_worker_init(_worker: object) -> None:
    from hipcare.operate.hooks import warm_up  # noqa: PLC0415 - there are no settings before this moment

    warm_up()
