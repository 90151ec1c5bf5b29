"""How gunicorn serves HipCare: ``gunicorn --config hipcare/gunicorn.py hipcare.wsgi``.

Sync workers: one request at a time in each, so one persistent database connection each. They want a proxy in
front (README, "Deploy") that takes slow clients upon itself.
"""

import os
from pathlib import Path

bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT') or 8000}"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
worker_class = "sync"
timeout = 60  # longer than the slowest honest answer: a sheet (HANDOUT_SECONDS) behind a locked database (20 s)
graceful_timeout = 30  # what SIGTERM leaves a request in progress
max_requests = 10_000  # a fresh worker now and then, however small the leak
max_requests_jitter = 1_000
control_socket_disable = True  # nothing here is managed through a socket
loglevel = os.environ.get("GUNICORN_LOG_LEVEL") or "info"
if Path("/dev/shm").is_dir():  # noqa: S108 - a heartbeat must not wait for a disk
    worker_tmp_dir = "/dev/shm"  # noqa: S108


def post_worker_init(_worker: object) -> None:
    """Start this worker's renderer at once, so that the day's first sheet does not wait for it."""
    from programmes.handouts.renderer import warm  # noqa: PLC0415 - there are no settings before this moment

    warm()
