"""Drawing before anybody waits: now, or beside the server."""

import subprocess
import sys

import pytest

from exercises import ahead
from exercises.figures import Style, figure
from exercises.figures.gallery.ahead import draw_all

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


def test_process_ends_with_its_input(folder):
    command = [sys.executable, "-m", "exercises.figures.gallery.ahead", str(folder)]
    ended = subprocess.run(command, input=b"", capture_output=True, timeout=60, check=True)
    assert (ended.stdout, ended.stderr) == (b"", b"")
