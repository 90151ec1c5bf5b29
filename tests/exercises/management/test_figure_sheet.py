"""The contact sheet: every picture asked for, all vector, and a PNG of each page."""

import re
import subprocess
from dataclasses import replace
from io import BytesIO, StringIO

import numpy as np
import pikepdf
import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from exercises.figures import FOLDER, KINDS, STATIC, Style, figure
from exercises.figures.body.people import PEOPLE
from exercises.figures.gallery import contact_sheet
from exercises.figures.gallery.catalogue import library
from exercises.figures.gallery.contact_sheet import ContactPicture
from exercises.figures.gallery.subjects import Subject
from exercises.management.commands import figure_sheet
from exercises.management.commands.figure_sheet import asked, file_of, set_sheet
from tests.exercises.figures.paths import SVG, elements, parsed, polygons


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
    assert "   6 of 6  clamshell right end colour screen rowan" in said
    assert "Setting 6 pictures …" in said
    assert said.endswith("1 page as PNG\n")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["figures-1.png", "figures.pdf"]
    with pikepdf.open(tmp_path / "out" / "figures.pdf") as pdf:
        assert len(pdf.pages) == 1
        assert not any(isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image" for one in pdf.objects)
    page = Image.open(BytesIO((tmp_path / "out" / "figures-1.png").read_bytes()))
    assert page.width > page.height > 800


def test_second_sheet_draws_nothing(tmp_path):
    words = ["bridge", "--kind", "end", "--person", "rowan"]
    assert "1 of 1" in made(tmp_path / "out", *words)
    assert " of " not in made(tmp_path / "out", *words)


def test_what_is_there_counts_as_done(tmp_path):
    made(tmp_path / "out", "bridge", "--kind", "end", "--person", "rowan")
    said = made(tmp_path / "out", "bridge", "--kind", "end", "--kind", "start", "--person", "rowan")
    assert said.splitlines()[0].startswith("   2 of 2  bridge both start")


def shown(person, side="left", kind="end", svg=b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'):
    return ContactPicture(Subject("clamshell", side, kind, Style(person=person)), svg)


def test_every_page_has_the_title_of_what_goes_on_there(tmp_path):
    pictures = [shown(person, side, kind) for side in ("left", "right") for person in PEOPLE for kind in KINDS]
    set_sheet(contact_sheet.markup(pictures), pictures, tmp_path / "a.pdf")
    told = subprocess.run(["pdftotext", tmp_path / "a.pdf", "-"], capture_output=True, check=True, text=True).stdout
    pages = told.removesuffix("\f").split("\f")
    assert [page.splitlines()[0] for page in pages] == [
        f"clamshell, {side}" for side in ("left", "right") for _ in "abc"
    ]


@pytest.mark.parametrize(("palette", "page"), [("dark", (0x10, 0x19, 0x1D)), ("colour", (255, 255, 255))])
def test_page_is_what_the_pictures_are_made_to_be_looked_at_on(tmp_path, palette, page):
    picture = replace(shown("maple"), subject=Subject("clamshell", "left", "end", Style(palette=palette)))
    set_sheet(contact_sheet.markup([picture]), [picture], tmp_path / "a.pdf")
    command = ["pdftoppm", "-r", "20", "-png", "-singlefile", tmp_path / "a.pdf"]
    seen = Image.open(BytesIO(subprocess.run(command, capture_output=True, check=True).stdout)).convert("RGB")
    assert seen.getpixel((1, 1)) == seen.getpixel((seen.width // 2, seen.height // 2)) == page
    darkest, lightest = seen.convert("L").getextrema()
    assert lightest - darkest > 60, "captions are read"


def test_pictures_that_are_hard_to_tell_apart_are_told_with_numbers_and_drawn_side_by_side(tmp_path):
    slugs = ["bridge", "single-leg-bridge", "standing-hip-flexion"]
    said = made(tmp_path / "out", *slugs, "--confusable").splitlines()
    pairs = [line for line in said if re.match(r"0\.\d\d  ", line)]
    assert [line[6:] for line in pairs] == [
        "bridge and single-leg-bridge",
        "bridge and standing-hip-flexion",
        "single-leg-bridge and standing-hip-flexion",
        "bridge: start and end",
        "single-leg-bridge: start and end",
        "standing-hip-flexion: start and end",
    ]
    assert pairs[:3] == sorted(pairs[:3])
    assert pairs[3:] == sorted(pairs[3:])
    assert any("bridge both end grey 40mm maple" in line for line in said)
    told = subprocess.run(
        ["pdftotext", tmp_path / "out" / "figures.pdf", "-"], capture_output=True, check=True, text=True
    ).stdout
    assert all(line in " ".join(told.split()) for line in (" ".join(line.split()) for line in pairs))


@pytest.mark.parametrize(("kinds", "across"), [(1, 5), (2, 4), (3, 3), (5, 5)])
def test_row_holds_all_of_a_person(kinds, across):
    pictures = [shown(person, kind=kind) for person in PEOPLE for kind in KINDS[:kinds]]
    rows = contact_sheet._rows(pictures)
    assert [one for row in rows for one in row] == pictures
    assert {len(row) for row in rows[:-1]} == {across}


@pytest.mark.parametrize("slug", ["bridge", "quadruped-hip-circles"])
def test_moving_picture_shows_one_drawing_and_nothing_beside_it(slug):
    svg = (STATIC / figure(slug, "right", "animation").file).read_bytes()
    strips = [group for group in parsed(svg.decode()).iter(f"{SVG}g") if group.get("class") and len(group) > 1]
    stilled = [
        group for group in parsed(contact_sheet.still_frame(svg).decode()).iter(f"{SVG}g") if group.get("transform")
    ]
    _, _, width, height = map(int, parsed(svg.decode()).get("viewBox").split())
    assert len(strips) > 1
    assert {len(group) for group in stilled if group.get("class")} == {1}
    points = [
        np.concatenate(polygons(said["d"])) + shift
        for said, shift in elements(parsed(contact_sheet.still_frame(svg).decode()))
    ]
    low, high = np.concatenate(points).min(axis=0), np.concatenate(points).max(axis=0)
    assert (low >= 0).all()
    assert (high <= (width, height)).all()
    assert shown("maple", kind="end", svg=svg).still == svg
    assert len(shown("maple", kind="animation", svg=svg).still) < len(svg) / 2


def test_library_picture_is_taken_while_it_is_current_and_drawn_anew_after_a_change(folder, monkeypatch):
    subject = Subject("bridge", "both", "end", Style())
    built = replace(library()[subject.key], inputs=subject.token)
    monkeypatch.setattr(figure_sheet, "library", lambda: {subject.key: built})
    assert file_of(subject) == STATIC / FOLDER / built.name
    monkeypatch.setattr(figure_sheet, "library", lambda: {subject.key: replace(built, inputs="another")})
    assert file_of(subject).is_relative_to(folder)
    monkeypatch.setattr(figure_sheet, "library", dict)
    assert file_of(subject).is_relative_to(folder)


@pytest.mark.parametrize("where", ["folder", "out"])
def test_file_in_the_way_is_named_before_anything_is_drawn(folder, tmp_path, monkeypatch, where):
    monkeypatch.setattr("exercises.figures.gallery.building.svg_of", None)
    way = {"folder": folder, "out": tmp_path / "out"}[where]
    way.write_text("")
    with pytest.raises(CommandError, match=rf"^There is no sheet\. {way}: File exists\.$"):
        made(tmp_path / "out", "bridge", "--kind", "end", "--person", "rowan")


def test_sheet_never_goes_through_a_link_into_what_hipcare_runs_on(tmp_path, settings):
    key = tmp_path / "secret_key"
    key.write_text("kept")
    settings.VAR_DIR = tmp_path
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "figures.pdf").symlink_to(key)
    with pytest.raises(CommandError, match="leads to a file that HipCare runs on"):
        made(tmp_path / "out", "bridge", "--kind", "end", "--person", "rowan")
    assert key.read_text() == "kept"


def test_pose_that_cannot_be_read_is_told_and_does_not_cost_the_others(tmp_path, broken, monkeypatch):
    monkeypatch.setattr(figure_sheet, "every_slug", lambda: ["bridge", "my-broken"])
    with pytest.raises(CommandError, match=r"(?s)^There is no sheet\. Mend these poses first:.*my-broken\.json: "):
        made(tmp_path / "out", "--kind", "end", "--person", "rowan")
    assert "1 of 1" in made(tmp_path / "out", "bridge", "--kind", "end", "--person", "rowan")


def test_failing_program_is_named_and_the_pdf_stays(tmp_path, monkeypatch):
    monkeypatch.setattr(figure_sheet.shutil, "which", lambda _name: "/bin/false")
    with pytest.raises(CommandError, match=r"pdftoppm failed\. The PDF is there\."):
        made(tmp_path / "out", "bridge", "--kind", "end", "--person", "maple")
    assert (tmp_path / "out" / "figures.pdf").is_file()


def test_everything_is_asked_for_where_nothing_is_said():
    subjects = asked([], [], [], "colour")
    assert {one.style.person for one in subjects} == set(PEOPLE)
    assert {one.kind for one in subjects} == {"start", "end", "pair", "steps", "animation"}
    assert {(one.slug, one.side) for one in subjects} >= {("clamshell", "left"), ("clamshell", "right")}


def test_unknown_exercise_is_refused(tmp_path):
    with pytest.raises(CommandError, match=r"There is no pose for clamshel\. Did you mean clamshell\?"):
        made(tmp_path, "clamshel")


def test_missing_program_is_named_and_the_pdf_stays(tmp_path, monkeypatch):
    monkeypatch.setattr(figure_sheet.shutil, "which", lambda _name: None)
    with pytest.raises(CommandError, match=r"pdftoppm is missing\. Debian: apt-get install poppler-utils"):
        made(tmp_path / "out", "bridge", "--kind", "end", "--person", "maple")
    assert (tmp_path / "out" / "figures.pdf").is_file()


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (
            ValueError("a bad pose"),
            r"could not be drawn:\nbridge both end colour screen rowan: ValueError: a bad pose$",
        ),
        (KeyboardInterrupt(), "Stopped"),
    ],
)
def test_sheet_that_cannot_be_drawn_says_so(tmp_path, monkeypatch, problem, words):
    def fail(_subject):
        raise problem

    monkeypatch.setattr("exercises.figures.gallery.building.svg_of", fail)
    with pytest.raises(CommandError, match=words):
        made(tmp_path / "out", "bridge", "--kind", "end", "--person", "rowan")
    assert not list((tmp_path / "out").iterdir())
