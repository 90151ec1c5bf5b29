"""The server's side of the renderer: one warm process for each server worker, killed when it takes too long.

``render`` is the only call that waits. ``warm`` starts the process and returns at once; a server calls it when a worker
has forked, so that the first sheet of the day does not pay for the imports.
"""

import atexit
import contextlib
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from multiprocessing import Pipe

from django.conf import settings

from exercises import ahead
from exercises.figures import STATIC
from programmes.handouts.renderer.messages import FAILED, PAGES, PDF, READY, Job, Rendered

log = logging.getLogger("hipcare.handouts")

# All that the process learns of its surroundings: no key, no address of a database.
PASSED_ON = (*ahead.PASSED_ON, "DYLD_FALLBACK_LIBRARY_PATH", "XDG_CACHE_HOME")


class RendererError(Exception):
    """No sheet came: it took too long, the process died, or it could not draw this one."""


class Renderer:
    """Starts, asks, kills and replaces the renderer's process. Threads take turns."""

    def __init__(self, command: list[str] | None = None) -> None:
        self._command = command
        self._lock = threading.Lock()
        self._child: Child | None = None

    def warm(self) -> None:
        """Start the process if there is none, and do not wait for it."""
        with self._lock:
            self._living_child()

    def render(self, job: Job) -> Rendered:
        with self._lock:
            try:
                return self._ask_twice(job)
            except RendererError as problem:
                log.warning("No sheet was made: %s", problem)
                raise

    def _ask_twice(self, job: Job) -> Rendered:
        """Ask the process; where one that had worked before is gone, ask its successor, once."""
        child = self._living_child()
        try:
            return self._ask(child, job)
        except GoneError:
            if not child.is_used:
                raise
            return self._ask(self._living_child(), job)

    def _ask(self, child: "Child", job: Job) -> Rendered:
        try:
            return child.ask(job, float(settings.HANDOUT_SECONDS))
        finally:
            if child.is_broken:
                self._drop()

    def close(self) -> None:
        with self._lock:
            self._drop()

    def _living_child(self) -> "Child":
        if self._child is not None and self._child.parent != os.getpid():
            self._child.forget()
            self._child = None
        if self._child is None or not self._child.is_alive:
            self._drop()
            self._child = Child(self._command or command())
        return self._child

    def _drop(self) -> None:
        if self._child is not None:
            self._child.kill()
        self._child = None


class GoneError(RendererError):
    """The process is no more."""


class Child:
    """One renderer's process, and the line to it. It is killed at its time limit, whatever it is doing."""

    def __init__(self, command: list[str]) -> None:
        self.parent = os.getpid()
        self.is_broken = False
        self.is_used = False
        self._is_ready = False
        self._scratch = tempfile.mkdtemp(prefix="hipcare-renderer-")
        self._line, theirs = Pipe()
        with theirs:
            self._process: subprocess.Popen[bytes] = subprocess.Popen(
                command,
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                close_fds=True,
                cwd=settings.BASE_DIR,
                env={name: os.environ[name] for name in PASSED_ON if name in os.environ} | {"TMPDIR": self._scratch},
            )

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, job: Job, seconds: float) -> Rendered:
        """Return the sheet within ``seconds``, the start of the process included."""
        with self._at_most(seconds):
            if not self._is_ready:
                self._wait_until_ready()
            self._line.send_bytes(job.to_bytes())
            answered = self._line.recv_bytes()
        self.is_used = True
        if answered[:1] != PDF:
            raise RendererError(f"The renderer refused this sheet ({answered[1:].decode()}).")
        (pages,) = PAGES.unpack_from(answered, 1)
        return Rendered(answered[1 + PAGES.size :], pages)

    def kill(self) -> None:
        """End the process, whatever it is doing, and clear up after it."""
        self._process.kill()
        self._process.wait()
        self._line.close()
        shutil.rmtree(self._scratch, ignore_errors=True)

    def forget(self) -> None:
        """Let go of a process that belongs to the parent of this one."""
        self._line.close()
        self._process.returncode = 0  # or it would be waited for, here where it is nobody's child

    @contextlib.contextmanager
    def _at_most(self, seconds: float) -> Iterator[None]:
        """Kill the process after ``seconds``, which ends whatever waits for the line, and say so."""
        is_late = threading.Event()

        def end() -> None:
            is_late.set()
            self._process.kill()

        timer = threading.Timer(seconds, end)
        timer.start()
        try:
            yield
        except (EOFError, OSError):
            self.is_broken = True
            if is_late.is_set():
                raise RendererError("The sheet took too long.") from None
            raise GoneError("The renderer's process ended.") from None
        finally:
            timer.cancel()

    def _wait_until_ready(self) -> None:
        greeting = self._line.recv_bytes()
        if greeting != READY:
            self.is_broken = True
            reason = greeting.removeprefix(FAILED).decode(errors="replace")
            raise RendererError(f"The renderer cannot start ({reason}).")
        self._is_ready = True


def command() -> list[str]:
    """Return how the process is started: this Python, our module, the time it may take, the folders of figures."""
    worker = [sys.executable, "-m", "programmes.handouts.renderer.worker", str(settings.HANDOUT_SECONDS)]
    return [*worker, str(STATIC), str(settings.FIGURES_DIR)]


renderer = Renderer()
atexit.register(renderer.close)
warm: Callable[[], None] = renderer.warm
