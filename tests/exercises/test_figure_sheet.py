"""The contact sheet: every picture asked for, all vector, and a PNG of each page."""

from io import BytesIO, StringIO

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from exercises.figures.people import PEOPLE
from exercises.management.commands import figure_sheet
from exercises.management.commands.figure_sheet import asked


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FIGURES_DIR = tmp_path / "figures"
    return settings.FIGURES_DIR


def made(out, *words, **options):
    said = StringIO()
    call_command("figure_sheet", *words, out=out, jobs=1, stdout=said, **options)
    return said.getvalue()


def test_sheet_shows_each_picture_and_nothing_else(tmp_path):
    words = ["bridge", "clamshell", "--kind", "end", "--person", "maple", "--person", "rowan"]
    said = made(tmp_path / "out", *words)
    assert "   3 of 3  clamshell right end colour screen rowan" in said
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "figures-1.png",
        "figures-2.png",
        "figures-3.png",
        "figures.pdf",
    ]
    with pikepdf.open(tmp_path / "out" / "figures.pdf") as pdf:
        assert len(pdf.pages) == 3
        assert not any(isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image" for one in pdf.objects)
    page = Image.open(BytesIO((tmp_path / "out" / "figures-1.png").read_bytes()))
    assert page.width > page.height > 800


def test_second_sheet_draws_nothing(tmp_path):
    words = ["bridge", "--kind", "end", "--person", "rowan"]
    assert "1 of 1" in made(tmp_path / "out", *words)
    assert " of " not in made(tmp_path / "out", *words)


def test_everything_is_asked_for_where_nothing_is_said():
    subjects = asked([], [], [], "colour")
    assert {one.style.person for one in subjects} == set(PEOPLE)
    assert {one.kind for one in subjects} == {"start", "end", "pair", "steps", "animation"}
    assert {(one.slug, one.side) for one in subjects} >= {("clamshell", "left"), ("clamshell", "right")}


def test_unknown_exercise_is_refused(tmp_path):
    with pytest.raises(CommandError, match="no picture of plank"):
        made(tmp_path, "plank")


def test_missing_program_is_named_and_the_pdf_stays(tmp_path, monkeypatch):
    monkeypatch.setattr(figure_sheet.shutil, "which", lambda _name: None)
    with pytest.raises(CommandError, match=r"pdftoppm is missing\. Debian: apt-get install poppler-utils"):
        made(tmp_path / "out", "bridge", "--kind", "end", "--person", "maple")
    assert (tmp_path / "out" / "figures.pdf").is_file()


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (ValueError("a bad pose"), "bridge both end colour screen rowan could not be drawn"),
        (KeyboardInterrupt(), "Stopped"),
    ],
)
def test_sheet_that_cannot_be_drawn_says_so(tmp_path, monkeypatch, problem, words):
    def fail(_subject):
        raise problem

    monkeypatch.setattr("exercises.figures.gallery.building.svg_of", fail)
    with pytest.raises(CommandError, match=words):
        made(tmp_path / "out", "bridge", "--kind", "end", "--person", "rowan")
    assert not (tmp_path / "out").exists()
