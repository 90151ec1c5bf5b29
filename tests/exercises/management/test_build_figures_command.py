"""``manage.py build_figures``: what it says, what it refuses before it draws, and when it says that all is current."""

import errno
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from exercises.figures.gallery import building
from exercises.figures.gallery.building import (
    Shelf,
)
from exercises.management.commands import build_figures
from tests.exercises.libraries import files


def every_slug_now():
    return building.every_slug()


def test_command_tells_of_broken_poses_a_fault_a_line(command, shelf, broken):
    with pytest.raises(CommandError) as told:
        command()
    assert str(told.value).splitlines()[:3] == [
        "Nothing was changed. Mend these poses first:",
        "my pose.json: a file's name has small letters, digits and hyphens alone: seated-march.json",
        'my-broken.json: legs: one of one, both, not "three"',
    ]
    for words in ((), ("my-broken",), ("my pose", "bridge")):
        with pytest.raises(CommandError, match="Mend these poses first"):
            command("--check", *words)
    assert files(shelf) == {}


def test_file_in_the_way_is_named_before_anything_is_drawn(command, shelf, engine, settings):
    settings.FIGURES_DIR.write_text("")
    with pytest.raises(CommandError, match=rf"^Nothing was changed\. {settings.FIGURES_DIR}: File exists\.$"):
        command()
    assert engine.drawn == []
    assert files(shelf) == {}


def test_full_disk_is_told_before_anything_is_drawn(command, shelf, engine, monkeypatch):
    def fail(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(CommandError, match=rf"^Nothing was changed\. {shelf.folder}: No space left on device\.$"):
        command()
    assert engine.drawn == []
    assert files(shelf) == {}


def test_disk_that_fills_up_meanwhile_leaves_the_old_set_whole(command, shelf, engine, monkeypatch):
    command("clamshell")
    before, keep = files(shelf), Shelf.keep

    def fill_up(shelf, entry, svg):
        keep(shelf, entry, svg)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Shelf, "keep", fill_up)
    with pytest.raises(CommandError, match=r"^Nothing was changed\. No space left on device\.$"):
        command("bridge")
    assert files(shelf) == before


def test_command_says_what_it_removed(command, shelf, monkeypatch):
    command()
    monkeypatch.setattr(building, "every_slug", lambda: ["clamshell"])
    assert command() == (
        "Removed what the library no longer holds: bridge-both-animation, bridge-both-end, bridge-both-end-40mm, "
        "bridge-both-end-60mm, bridge-both-start and 1 more.\n"
    )


def test_prune_that_may_not_says_so(command, settings, monkeypatch):
    (settings.FIGURES_DIR / "rowan" / "a-folder").mkdir(parents=True)
    with pytest.raises(CommandError, match=r"^Not every former drawing was removed\. .*/rowan/a-folder: "):
        command("--prune")


@pytest.mark.parametrize(("processors", "jobs"), [(64, 4), (2, 2), (None, 1)])
def test_few_processes_draw_where_nobody_says_how_many(monkeypatch, processors, jobs):
    monkeypatch.setattr("os.cpu_count", lambda: processors)
    parser = build_figures.Command().create_parser("manage.py", "build_figures")
    assert parser.parse_args([]).jobs == jobs
    assert "400 MB" in parser.format_help()


@pytest.fixture
def command(engine, shelf, monkeypatch, settings, tmp_path):
    settings.FIGURES_DIR = tmp_path / "figures"
    monkeypatch.setattr(build_figures.Command, "shelf", lambda _command: shelf)
    monkeypatch.setattr(build_figures, "every_slug", every_slug_now)

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
    [
        (["plank"], r"There is no pose for plank\.$"),
        (["none", "../bridge"], "no pose for ../bridge, none."),
        (["brigde"], r"There is no pose for brigde\. Did you mean bridge\?"),
        (["--check", "--prune"], "--prune goes alone"),
        (["bridge", "--prune"], "--prune goes alone"),
    ],
)
def test_command_refuses_what_makes_no_sense(command, shelf, words, said):
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
