"""The renderer's process: warm, walled in, killed when it takes too long, replaced when it dies."""

import contextlib
import os
import resource
import signal
import socket
import sys
import threading
import time
from multiprocessing import Pipe
from pathlib import Path

import psutil
import pytest
from django.conf import settings

from exercises.figures import STATIC
from programmes.handouts.renderer import worker
from programmes.handouts.renderer.messages import FAILED, PDF, Job
from programmes.handouts.renderer.pool import Renderer, RendererError, command
from tests.programmes.handouts.sheets import press

SHEET = '<html lang="en"><head><title>x</title></head><body data-foot="x"><h1>Hello</h1></body></html>'
HELLO = Job(SHEET)
# A table that asks for a hundred thousand columns keeps the layout busy for minutes.
BOMB = Job(SHEET.replace("<h1>", '<table><tr><td colspan="100000">x</td></tr></table><h1>'))


@pytest.fixture(scope="module")
def shared():
    """Start one process for the tests that leave it as it was."""
    found = Renderer()
    yield found
    found.close()


@pytest.fixture
def renderer():
    """Start a process for this test alone."""
    found = Renderer()
    yield found
    found.close()


@pytest.fixture
def two_seconds(settings):
    settings.HANDOUT_SECONDS = 2


def process_of(renderer):
    return psutil.Process(renderer._child._process.pid)


def test_sheet_comes_back_with_its_pages(shared):
    rendered = shared.render(HELLO)
    assert rendered.pdf.startswith(b"%PDF-1.7")
    assert rendered.pages == 1


def test_process_stays_warm(shared):
    shared.render(HELLO)
    first = shared._child._process.pid
    shared.render(HELLO)
    assert shared._child._process.pid == first


def test_warming_does_not_wait(renderer):
    started = time.perf_counter()
    renderer.warm()
    assert time.perf_counter() - started < 0.3  # importing WeasyPrint takes longer than that
    pid = renderer._child._process.pid
    assert renderer.render(HELLO).pages == 1
    assert renderer._child._process.pid == pid


def test_process_knows_no_secret_and_holds_no_socket_of_ours(renderer, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "canary-key")
    monkeypatch.setenv("DATABASE_URL", "postgres://canary")
    with socket.create_server(("127.0.0.1", 0)):
        renderer.render(HELLO)
        process = process_of(renderer)
        assert "canary" not in str(process.environ())
        assert process.net_connections(kind="inet") == []
        assert not [opened.path for opened in process.open_files() if opened.path.endswith("sqlite3")]
        assert not any("django" in mapped.path for mapped in process.memory_maps() if mapped.path)


def test_bomb_is_killed_in_time_and_the_next_sheet_is_fine(renderer, two_seconds):
    renderer.warm()
    started = time.perf_counter()
    with pytest.raises(RendererError, match="too long"):
        renderer.render(BOMB)
    assert time.perf_counter() - started < 5
    assert renderer._child is None
    settings.HANDOUT_SECONDS = 15
    assert renderer.render(HELLO).pages == 1


def test_bomb_larger_than_the_line_holds_is_killed_too(two_seconds):
    deaf = Renderer([sys.executable, "-c", GREETING + "time.sleep(60)"])
    with pytest.raises(RendererError, match="too long"):
        deaf.render(Job("x" * 10_000_000))
    deaf.close()


@pytest.mark.parametrize("half", ["b'\\0\\0'", "b'\\0\\0\\0\\x09P'"], ids=["of a length", "of an answer"])
def test_process_that_stops_in_the_middle_of_an_answer_is_killed(two_seconds, half):
    stuck = Renderer([sys.executable, "-c", GREETING + f"import os; os.write(0, {half}); time.sleep(60)"])
    with pytest.raises(RendererError, match="too long"):
        stuck.render(HELLO)
    stuck.close()


GREETING = "import time; from multiprocessing import connection as c; line = c.Connection(0); line.send_bytes(b'R'); "


def test_process_that_never_greets_is_killed(two_seconds):
    silent = Renderer([sys.executable, "-c", "import time; time.sleep(60)"])
    with pytest.raises(RendererError, match="too long"):
        silent.render(HELLO)
    silent.close()


def test_process_that_cannot_start_says_why():
    renderer = Renderer([sys.executable, "-m", "programmes.handouts.renderer.worker", "not a number", "/nowhere"])
    with pytest.raises(RendererError, match="process ended"):
        renderer.render(HELLO)
    broken = Renderer([sys.executable, "-c", GREETING.replace("b'R'", repr(FAILED + b"OSError: no Pango"))])
    with pytest.raises(RendererError, match=r"cannot start \(OSError: no Pango\)"):
        broken.render(HELLO)


def test_killed_process_is_replaced(renderer):
    renderer.render(HELLO)
    first = process_of(renderer)
    first.kill()
    assert renderer.render(HELLO).pages == 1
    assert renderer._child._process.pid != first.pid
    assert not first.is_running()


def test_process_killed_in_the_middle_of_a_sheet_is_replaced_and_asked_again(renderer):
    renderer.render(HELLO)
    first = process_of(renderer)
    killer = threading.Timer(0.3, first.kill)
    killer.start()
    first.suspend()  # so that it cannot be faster than the killer
    assert renderer.render(HELLO).pages == 1
    killer.join()
    assert renderer._child._process.pid != first.pid


def test_sheet_that_cannot_be_drawn_leaves_the_process_warm(shared):
    shared.render(HELLO)
    first = shared._child._process.pid
    with pytest.raises(RendererError, match=r"refused this sheet \(ParseError\)"):
        shared.render(Job("<not xml"))
    with pytest.raises(RendererError, match=r"refused this sheet \(ValueError\)"):
        shared.render(Job(SHEET, pictures=("../../secret.svg",)))
    assert shared.render(HELLO).pages == 1
    assert shared._child._process.pid == first


def test_log_says_that_no_sheet_was_made_and_nothing_of_what_it_said(shared, caplog):
    with pytest.raises(RendererError):
        shared.render(Job("<html>Margaret"))
    assert "No sheet was made" in caplog.text
    assert "Margaret" not in caplog.text


def test_memory_is_limited(shared):
    shared.render(HELLO)
    soft, _hard = process_of(shared).rlimit(psutil.RLIMIT_AS)
    assert soft == worker.MEMORY


def test_sheet_that_wants_more_memory_than_there_is_fails_alone():
    start = "from programmes.handouts.renderer import worker; worker.MEMORY = 1_000_000; worker.main()"
    poor = Renderer([sys.executable, "-c", start, "15", str(STATIC)])
    with pytest.raises(RendererError, match="process ended"):
        poor.render(Job(SHEET.replace("Hello", "word " * 2_000_000)))
    poor.close()


def test_processor_time_is_limited_for_each_sheet(shared):
    for _ in range(2):
        shared.render(HELLO)
        process = process_of(shared)
        spent = process.cpu_times()
        soft, _hard = process.rlimit(psutil.RLIMIT_CPU)
        assert soft <= spent.user + spent.system + settings.HANDOUT_SECONDS + 2


def test_process_ends_when_the_server_goes(renderer):
    renderer.render(HELLO)
    process = process_of(renderer)
    renderer._child._line.close()
    process.wait(timeout=5)
    assert not process.is_running()


def test_interrupt_from_the_keyboard_does_not_reach_the_process(shared):
    shared.render(HELLO)
    process = process_of(shared)
    process.send_signal(signal.SIGINT)
    time.sleep(0.1)
    assert shared.render(HELLO).pages == 1
    assert process.is_running()


def test_closing_ends_the_process_and_clears_up(renderer):
    renderer.render(HELLO)
    process, scratch = process_of(renderer), Path(renderer._child._scratch)
    assert list(scratch.iterdir())
    renderer.close()
    assert not process.is_running()
    assert not scratch.exists()
    renderer.close()


def test_forked_server_starts_its_own_process(renderer):
    renderer.render(HELLO)
    first, process = renderer._child, process_of(renderer)
    first.parent = os.getpid() + 1  # as a forked server sees it
    assert renderer.render(HELLO).pages == 1
    assert renderer._child is not first
    assert process.is_running()
    process.wait(timeout=5)  # its line is closed in this process, which here is also the parent


def test_threads_take_turns(shared):
    found = []
    threads = [threading.Thread(target=lambda: found.append(shared.render(HELLO).pages)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [1, 1, 1, 1]


def served(press, *jobs):
    """Return what a worker answers to ``jobs``, and what of them it left."""
    ours, theirs = Pipe()
    with ours, theirs:
        for job in jobs:
            ours.send_bytes(job.to_bytes())
        if len(jobs) < worker.MOST_SHEETS:
            shut(ours)
        worker.serve(press, theirs, 1_000_000)
        left = theirs.recv_bytes() if theirs.poll() and len(jobs) > worker.MOST_SHEETS else None
        theirs.close()
        answers = []
        with contextlib.suppress(EOFError, ConnectionError):
            while True:
                answers.append(ours.recv_bytes())
    return answers, left


def shut(line):
    """Say that no more comes, and go on reading."""
    with socket.socket(fileno=os.dup(line.fileno())) as same:
        same.shutdown(socket.SHUT_WR)


def test_worker_serves_until_the_line_closes():
    (first, second), _left = served(press(), HELLO, Job("<"))
    assert first[:1] == PDF
    assert second == FAILED + b"ParseError"


def test_worker_ends_after_its_share(monkeypatch):
    monkeypatch.setattr(worker, "MOST_SHEETS", 2)
    answers, left = served(press(), *[HELLO] * 3)
    assert len(answers) == 2
    assert left == HELLO.to_bytes()


def test_worker_without_memory_goes():
    class Full:
        def pdf(self, *_args):
            raise MemoryError

    assert served(Full(), HELLO, HELLO) == ([], None)


def test_limit_is_set_where_the_system_lets_us():
    before = resource.getrlimit(resource.RLIMIT_CORE)
    worker.limit(resource.RLIMIT_CORE, 0)
    assert resource.getrlimit(resource.RLIMIT_CORE) == (0, before[1])
    resource.setrlimit(resource.RLIMIT_CORE, before)
    worker.limit(9999, 0)  # no such limit here: nothing happens


def test_limit_stays_below_the_hard_one():
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    worker.limit(resource.RLIMIT_NOFILE, before[1] + 1)
    assert resource.getrlimit(resource.RLIMIT_NOFILE) == (before[1], before[1])
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_command_starts_this_python_with_our_module():
    assert command()[:3] == [sys.executable, "-m", "programmes.handouts.renderer.worker"]
    assert command()[3:] == [str(settings.HANDOUT_SECONDS), str(STATIC), str(settings.FIGURES_DIR)]
