"""Work shared out over processes, which end with the last piece of it, or on Ctrl-C."""

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TypeVar

Piece = TypeVar("Piece")
Result = TypeVar("Result")


class KilledError(Exception):
    """A process was killed, as for want of memory."""

    def __init__(self) -> None:
        super().__init__("A process was killed: is there enough memory? --jobs 1 takes the least.")


def each_done(work: Callable[[Piece], Result], pieces: Sequence[Piece], jobs: int) -> Iterator[Result]:
    if jobs == 1 or len(pieces) < 2:
        yield from map(work, pieces)
        return
    context = multiprocessing.get_context("spawn")  # a fork would take the database's connection along
    processes = ProcessPoolExecutor(min(jobs, len(pieces)), context)
    try:
        with _no_ctrl_c():
            waiting: list[Future[Result]] = [processes.submit(work, one) for one in pieces]
        for finished in as_completed(waiting):
            yield finished.result()
    except BrokenProcessPool:
        raise KilledError from None
    finally:
        processes.shutdown(cancel_futures=True)


@contextmanager
def _no_ctrl_c() -> Iterator[None]:
    """Leave Ctrl-C to this process: those that are started meanwhile never hear of it, not even as they begin."""
    former = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, former)
