"""The library's pictures are built once: only what changed, all or nothing, and it can be told when they are stale."""

import json
import os
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from exercises.figures.drawings import draw
from exercises.figures.gallery import building, subjects
from exercises.figures.gallery.building import BuildError, Shelf, build, left_over, out_of_date, wanted, whole_library
from exercises.figures.gallery.drawing import svg_of
from exercises.figures.gallery.subjects import Subject, digest
from exercises.figures.people import PEOPLE
from exercises.figures.poses import read
from exercises.figures.styles import PORTRAIT_POSE, Style
from exercises.management.commands import build_figures


class Engine:
    """Draws at once, and notes what; ``bad`` cannot be drawn."""

    def __init__(self):
        self.drawn, self.bad = [], {}

    def svg_of(self, subject):
        if subject.key in self.bad:
            raise self.bad[subject.key]
        self.drawn.append(subject.key)
        return f'<svg viewBox="0 0 2000 1000"><title>{subject.words}</title></svg>'


@pytest.fixture
def engine(monkeypatch):
    engine = Engine()
    monkeypatch.setattr(building, "svg_of", engine.svg_of)
    monkeypatch.setattr(building, "every_slug", lambda: ["bridge", "clamshell"])
    return engine


@pytest.fixture
def shelf(tmp_path):
    (tmp_path / "pictures").mkdir()
    return Shelf(tmp_path / "pictures", tmp_path / "built.json")


def built(shelf, *slugs):
    return build(slugs, shelf, jobs=1, report=lambda *_said: None, scratch=shelf.folder.parent / "scratch")


def files(shelf):
    return {path.name: path.read_bytes() for path in [*shelf.folder.iterdir(), shelf.manifest] if path.exists()}


def test_library_holds_what_pages_and_sheets_ask_for():
    assert [one.key for one in wanted(["clamshell"])] == [
        "clamshell-left-animation",
        "clamshell-right-animation",
        "clamshell-left-start",
        "clamshell-left-end",
        "clamshell-left-start-60mm",
        "clamshell-left-end-60mm",
        "clamshell-left-end-40mm",
        "clamshell-right-start",
        "clamshell-right-end",
        "clamshell-right-start-60mm",
        "clamshell-right-end-60mm",
        "clamshell-right-end-40mm",
    ]
    assert {one.side for one in wanted(["bridge"])} == {"both"}
    assert {f"portrait-{person}" for person in PEOPLE} <= {one.key for one in whole_library()}


def test_files_are_named_by_their_content(engine, shelf):
    assert built(shelf) == 12 + 6 + len(PEOPLE)
    entry = shelf.entries()["bridge-both-end-60mm"]
    svg = (shelf.folder / entry.name).read_bytes()
    assert entry.name == f"bridge-both-end-60mm-{digest(svg)}.svg"
    assert (entry.width, entry.height) == (400, 200)
    pictures = json.loads(shelf.manifest.read_text())["pictures"]
    assert list(pictures) == sorted(pictures)
    assert len(files(shelf)) == 1 + len(pictures)


def test_second_build_draws_and_writes_nothing(engine, shelf):
    built(shelf)
    before, times = files(shelf), {path: path.stat().st_mtime_ns for path in shelf.folder.iterdir()}
    engine.drawn.clear()
    assert built(shelf) == 0
    assert engine.drawn == []
    assert files(shelf) == before
    assert {path: path.stat().st_mtime_ns for path in shelf.folder.iterdir()} == times


def test_changed_pose_redraws_its_pictures_alone(engine, shelf, monkeypatch):
    built(shelf)
    engine.drawn.clear()
    pose = subjects._pose
    monkeypatch.setattr(subjects, "_pose", lambda slug: b"changed" if slug == "bridge" else pose(slug))
    subjects._token.cache_clear()
    assert {one.slug for one in out_of_date(whole_library(), shelf)} == {"bridge"}
    assert built(shelf) == 6
    assert all(key.startswith("bridge-both-") for key in engine.drawn)
    subjects._token.cache_clear()


def test_changed_pose_of_the_portraits_redraws_portraits(engine, shelf, monkeypatch):
    built(shelf)
    pose = subjects._pose
    monkeypatch.setattr(subjects, "_pose", lambda slug: b"changed" if slug == PORTRAIT_POSE else pose(slug))
    subjects._token.cache_clear()
    assert {one.key for one in out_of_date(whole_library(), shelf)} == {f"portrait-{person}" for person in PEOPLE}
    subjects._token.cache_clear()


def test_nothing_is_in_a_picture_but_what_the_hashed_engine_puts_there():
    subject = Subject("bridge", "both", "start", Style())
    assert svg_of(subject) == draw(read("bridge"), "both", "start", Style())


def test_changed_engine_redraws_everything(engine, shelf, monkeypatch):
    built(shelf)
    monkeypatch.setattr(subjects, "engine", lambda: "another")
    subjects._token.cache_clear()
    assert len(out_of_date(whole_library(), shelf)) == len(whole_library())
    subjects._token.cache_clear()


def test_one_exercise_alone_leaves_the_others_as_they_are(engine, shelf):
    assert built(shelf, "bridge") == 6
    assert built(shelf, "clamshell") == 12
    assert len(shelf.entries()) == 18


def test_bad_pose_leaves_the_old_set_whole_and_is_named(engine, shelf):
    built(shelf, "clamshell")
    before = files(shelf)
    engine.bad = {"bridge-both-end": ValueError("the knee cannot do that")}
    with pytest.raises(BuildError, match="bridge-both-end: ValueError: the knee cannot do that"):
        built(shelf)
    assert files(shelf) == before
    engine.bad = {}
    engine.drawn.clear()
    assert built(shelf) == 6 + len(PEOPLE)
    assert engine.drawn == ["bridge-both-end"]
    assert not list((shelf.folder.parent / "scratch").glob("*/*"))


def test_picture_without_a_size_is_a_mistake(engine, shelf, monkeypatch):
    monkeypatch.setattr(building, "svg_of", lambda _subject: "<svg/>")
    with pytest.raises(ValueError, match="how large"):
        built(shelf, "bridge")
    assert files(shelf) == {}


def test_exercise_that_is_gone_takes_its_pictures_along(engine, shelf, monkeypatch):
    built(shelf)
    (shelf.folder / "none.svg").write_text("<svg/>")
    monkeypatch.setattr(building, "every_slug", lambda: ["clamshell"])
    assert "bridge-both-end" in left_over(shelf)
    assert built(shelf) == 0
    assert left_over(shelf) == []
    assert not list(shelf.folder.glob("bridge-*"))
    assert (shelf.folder / "none.svg").exists()


@pytest.fixture
def command(engine, shelf, monkeypatch, settings, tmp_path):
    settings.FIGURES_DIR = tmp_path / "figures"
    monkeypatch.setattr(build_figures.Command, "shelf", lambda _command: shelf)
    monkeypatch.setattr(build_figures, "every_slug", lambda: ["bridge", "clamshell"])

    def called(*words, **options):
        said = StringIO()
        call_command("build_figures", *words, jobs=1, stdout=said, **options)
        return said.getvalue()

    return called


def test_command_tells_of_each_picture_and_the_time_left(command):
    lines = command("bridge").splitlines()
    assert lines[0].startswith("   1 of 6  bridge-both-animation  0.0 s, 0:0")
    assert lines[5].endswith("0:00 left")
    assert lines[6] == "6 pictures drawn."
    assert command("bridge") == "Every picture is up to date.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [(["plank"], "There is no pose for plank."), (["none", "../bridge"], "no pose for ../bridge, none.")],
)
def test_command_refuses_what_has_no_pose(command, shelf, words, said):
    with pytest.raises(CommandError, match=said):
        command(*words)
    assert files(shelf) == {}


def test_command_refuses_no_process():
    with pytest.raises(CommandError, match="at least 1"):
        call_command("build_figures", jobs=0)


def test_command_names_what_could_not_be_drawn(command, engine, shelf):
    engine.bad = {"bridge-both-end": ValueError("the knee cannot do that")}
    with pytest.raises(CommandError, match=r"(?s)Nothing was changed.*bridge-both-end: ValueError: the knee"):
        command()
    assert files(shelf) == {}


def test_ctrl_c_changes_nothing(command, engine, shelf):
    command("clamshell")
    before = files(shelf)
    engine.bad = {"bridge-both-end": KeyboardInterrupt()}
    with pytest.raises(CommandError, match=r"Stopped\. Nothing was changed") as stopped:
        command()
    assert stopped.value.returncode == 130
    assert files(shelf) == before


def spoil_a_file(shelf):
    (shelf.folder / shelf.entries()["bridge-both-end"].name).write_text("<svg>by hand</svg>")


def lose_a_file(shelf):
    (shelf.folder / shelf.entries()["bridge-both-end"].name).unlink()


def leave_a_file(shelf):
    (shelf.folder / "bridge-both-end-0123456789ab.svg").write_text("<svg/>")


def forget_an_entry(shelf):
    manifest = json.loads(shelf.manifest.read_text())
    del manifest["pictures"]["bridge-both-end"]
    shelf.manifest.write_text(json.dumps(manifest))


def lose_the_manifest(shelf):
    shelf.manifest.unlink()


@pytest.mark.parametrize(
    "spoil",
    [spoil_a_file, lose_a_file, leave_a_file, forget_an_entry, lose_the_manifest],
    ids=lambda spoil: spoil.__name__,
)
def test_check_sees_what_is_not_as_it_should_be_and_a_build_mends_it(command, engine, shelf, spoil):
    command()
    assert command("--check") == "Every picture is up to date.\n"
    whole = files(shelf)
    spoil(shelf)
    engine.drawn.clear()
    with pytest.raises(CommandError, match=r"Out of date: .*Draw them with: manage.py build_figures"):
        command("--check")
    assert engine.drawn == []
    command()
    assert command("--check") == "Every picture is up to date.\n"
    assert files(shelf) == whole


def test_check_of_one_exercise_minds_that_one(command, shelf):
    command("bridge")
    assert command("bridge", "--check") == "Every picture is up to date.\n"
    with pytest.raises(CommandError, match=r"Out of date: clamshell-left-animation, .* and 7 more"):
        command("clamshell", "--check")


def test_prune_forgets_former_drawings(command, settings):
    former = settings.FIGURES_DIR / "rowan" / "bridge-both-end-0123456789ab.svg"
    former.parent.mkdir(parents=True)
    former.write_text("<svg/>")
    assert command("--prune") == "1 former drawing removed.\n"
    assert not former.exists()


def test_processes_draw_side_by_side(shelf):
    found = []

    def report(drawn, *_said):
        found.append(drawn.subject.style.person)

    count = build(["portrait"], shelf, jobs=2, report=report, scratch=shelf.folder.parent / "scratch")
    assert count == len(PEOPLE)
    assert sorted(found) == sorted(PEOPLE)
    assert all(shelf.is_whole(entry) for entry in shelf.entries().values())


def killed(_subject):
    os._exit(9)


def test_killed_process_ends_the_build_and_says_why(engine, shelf, monkeypatch):
    monkeypatch.setattr(building, "drawn_now", killed)
    with pytest.raises(BuildError, match="A process was killed: is there enough memory"):
        build(["bridge"], shelf, jobs=2, report=lambda *_said: None, scratch=shelf.folder.parent / "scratch")
    assert files(shelf) == {}
