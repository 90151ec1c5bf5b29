"""Drawing before anybody waits: now, or beside the server."""

import subprocess
import sys
import threading
import time

import pytest

from exercises import ahead
from exercises.figures import Style, figure
from exercises.figures.gallery.draw_ahead import ONE_AT_A_TIME, draw_all
from exercises.figures.gallery.store import turn

ROWAN = Style(person="rowan")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FIGURES_DIR = tmp_path / "figures"
    return settings.FIGURES_DIR


def test_pictures_are_drawn_beside_the_server(folder):
    pictures = [figure("bridge", "both", kind, ROWAN) for kind in ("start", "end")]
    aside = ahead.draw_ahead(pictures)
    aside.join(timeout=60)
    assert all((folder / picture.file).read_bytes().startswith(b"<svg ") for picture in pictures)
    assert ahead.draw_ahead(pictures) is None


def test_library_needs_nobody(folder):
    assert ahead.draw_ahead([figure("bridge", "both", "end")]) is None
    ahead.make_ready([figure("bridge", "both", "end")])
    assert not folder.exists()


def test_picture_is_ready_when_it_has_to_be(folder):
    picture = figure("bridge", "both", "end", Style(person="cedar", line="60mm", palette="grey"))
    ahead.make_ready([picture])
    assert (folder / picture.file).is_file()


def test_one_that_cannot_be_drawn_does_not_cost_the_others(folder, caplog):
    good = figure("bridge", "both", "end", ROWAN)
    draw_all(["plank left end colour screen rowan\n", "rubbish\n", f"{good.subject.words}\n"], folder)
    assert (folder / good.file).is_file()
    assert [record.getMessage() for record in caplog.records] == [
        "Not drawn ahead: plank left end colour screen rowan",
        "Not drawn ahead: rubbish",
    ]


def test_nothing_is_drawn_that_cannot_be_kept(folder, caplog, monkeypatch):
    drawn = []
    monkeypatch.setattr("exercises.figures.gallery.store.svg_of", drawn.append)
    folder.write_text("")
    draw_all([f"{figure('bridge', 'both', 'end', ROWAN).subject.words}\n"], folder)
    assert drawn == []
    (told,) = caplog.records
    assert told.getMessage().startswith("Nothing is drawn ahead, for it could not be kept: [Errno ")
    assert told.exc_info is None


def test_process_ends_with_its_input(folder):
    command = [sys.executable, "-m", "exercises.figures.gallery.draw_ahead", str(folder)]
    ended = subprocess.run(command, input=b"", capture_output=True, timeout=60, check=True)
    assert (ended.stdout, ended.stderr) == (b"", b"")


@pytest.fixture
def rounds(monkeypatch):
    """Return what each round of drawing was to draw; the first round waits for ``rounds.go_on``."""
    rounds = Rounds()
    monkeypatch.setattr(ahead, "_draw", rounds.draw)
    return rounds


class Rounds(list):
    def __init__(self):
        self.go_on, self.problem = threading.Event(), None

    def draw(self, lines):
        self.append(list(lines))
        assert self.go_on.wait(10)
        if self.problem:
            raise self.problem


def names(aside, rounds):
    rounds.go_on.set()
    aside.join(timeout=10)
    assert not aside.is_alive()
    return [[line.split()[2] for line in drawn] for drawn in rounds]


def test_one_thread_draws_whoever_asks_and_nothing_twice(rounds):
    start, end = (figure("bridge", "both", kind, ROWAN) for kind in ("start", "end"))
    aside = ahead.draw_ahead([start])
    while not rounds:
        time.sleep(0.01)
    assert ahead.draw_ahead([start, end]) is aside
    assert ahead.draw_ahead([end]) is aside
    assert names(aside, rounds) == [["start"], ["end"]]


def test_process_that_fails_is_told_and_the_next_is_drawn(rounds, caplog):
    rounds.problem = OSError("no process to be had")
    start = figure("bridge", "both", "start", ROWAN)
    assert names(ahead.draw_ahead([start]), rounds) == [["start"]]
    assert [record.getMessage() for record in caplog.records] == ["Nothing could be drawn ahead"]
    rounds.problem = None
    assert names(ahead.draw_ahead([start]), rounds) == [["start"], ["start"]]


def test_processes_draw_in_turn(folder):
    """A moving picture takes some hundred MB: never two at once, however many processes were started."""
    line = f"{figure('bridge', 'both', 'end', ROWAN).subject.words}\n"
    with turn(folder, ONE_AT_A_TIME):
        waits = threading.Thread(target=draw_all, args=([line], folder))
        waits.start()
        waits.join(timeout=0.5)
        assert waits.is_alive()
    waits.join(timeout=60)
    assert not waits.is_alive()
