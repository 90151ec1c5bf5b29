"""The renderer's process: ``python -m programmes.handouts.renderer.worker SECONDS FOLDER…``.

It has WeasyPrint and our drawing code, and nothing else: no Django, no database, no settings. Its standard input is the
line to the server: it reads jobs there and answers them until the line closes, it has made ``MOST_SHEETS``, or a limit
on memory or processor time stops it.
"""

import contextlib
import gc
import logging
import resource
import signal
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from programmes.handouts.renderer.messages import FAILED, PAGES, PDF, READY, Job

if TYPE_CHECKING:
    from programmes.handouts.renderer.press import Press

MEMORY = 1024 * 1024 * 1024  # of address space; a sheet of twelve exercises needs a third of it
MOST_SHEETS = 1_000  # WeasyPrint keeps some 24 KB for each document


def main() -> None:
    seconds, folders = int(sys.argv[1]), [Path(folder) for folder in sys.argv[2:]]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which closes the line
    logging.disable(logging.CRITICAL)  # a log line could quote what a sheet says
    line = Connection(sys.stdin.fileno())
    try:
        from programmes.handouts.renderer.press import Press  # noqa: PLC0415 - a missing Pango is an answer, not a dead process

        press = Press(*folders)
    except Exception as problem:  # noqa: BLE001 - whatever it is, the server's log must say it
        line.send_bytes(FAILED + f"{type(problem).__name__}: {problem}".encode())
        return
    limit(resource.RLIMIT_AS, MEMORY)
    gc.collect()
    gc.freeze()
    line.send_bytes(READY)
    serve(press, line, seconds)


def serve(press: "Press", line: Connection, seconds: int) -> None:
    for _ in range(MOST_SHEETS):
        try:
            message = line.recv_bytes()
        except (EOFError, OSError):
            return
        spent = resource.getrusage(resource.RUSAGE_SELF)
        limit(resource.RLIMIT_CPU, int(spent.ru_utime + spent.ru_stime) + seconds + 1)
        try:
            answer = answer_to(press, Job.from_bytes(message))
        except MemoryError:
            return  # what is left is not fit for another sheet
        line.send_bytes(answer)
        gc.collect()


def answer_to(press: "Press", job: Job) -> bytes:
    """Return the sheet, or the kind of error alone: its words may be the patient's."""
    try:
        printed = press.pdf(job)
    except MemoryError:
        raise
    except Exception as problem:  # noqa: BLE001 - one bad sheet must not cost the next one its renderer
        return FAILED + type(problem).__name__.encode()
    return PDF + PAGES.pack(printed.pages) + printed.pdf


def limit(what: int, most: int) -> None:
    """Lower a limit of this process, where the system lets us; macOS, for one, has none on address space."""
    with contextlib.suppress(ValueError, OSError):
        _soft, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


if __name__ == "__main__":
    main()
