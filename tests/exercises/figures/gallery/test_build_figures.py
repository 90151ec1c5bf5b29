"""The library's pictures are built once: only what changed, all or nothing, and never from a pose that is amiss."""

import ast
import json
import os
import threading
from dataclasses import asdict, replace

import pytest
from grimp import build_graph

from exercises.figures.body.people import PEOPLE
from exercises.figures.gallery import building, checking, subjects
from exercises.figures.gallery.building import (
    BuildError,
    BuildOutcome,
    build,
    leftovers,
    out_of_date,
    pictures_of,
    subjects_for,
)
from exercises.figures.gallery.catalogue import BuiltPicture
from exercises.figures.gallery.checking import FaultyPoseError, refuse_faulty
from exercises.figures.gallery.processes import KilledError
from exercises.figures.gallery.subjects import digest
from exercises.figures.marks.palettes import PALETTES
from exercises.figures.pose.movements import read
from exercises.figures.pose.postures import FixedTarget
from exercises.figures.scene.styles import PORTRAIT_POSE
from tests.exercises.libraries import built, files


def test_library_holds_what_pages_and_sheets_ask_for():
    assert [one.key for one in pictures_of(["clamshell"])] == [
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
    assert {one.side for one in pictures_of(["bridge"])} == {"both"}
    assert {f"portrait-{person}" for person in PEOPLE} <= {one.key for one in subjects_for(())}


def test_files_are_named_by_their_content(engine, shelf):
    assert built(shelf).drawn == 12 + 6 + len(PEOPLE)
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
    assert built(shelf) == BuildOutcome(0, [])
    assert engine.drawn == []
    assert files(shelf) == before
    assert {path: path.stat().st_mtime_ns for path in shelf.folder.iterdir()} == times


def test_changed_pose_redraws_its_pictures_alone(engine, shelf, monkeypatch):
    built(shelf)
    engine.drawn.clear()
    pose = subjects._pose
    monkeypatch.setattr(subjects, "_pose", lambda slug: b"changed" if slug == "bridge" else pose(slug))
    subjects._token.cache_clear()
    assert {one.slug for one in out_of_date(subjects_for(()), shelf)} == {"bridge"}
    assert built(shelf).drawn == 6
    assert all(key.startswith("bridge-both-") for key in engine.drawn)
    subjects._token.cache_clear()


def test_changed_pose_of_the_portraits_redraws_portraits(engine, shelf, monkeypatch):
    built(shelf)
    pose = subjects._pose
    monkeypatch.setattr(subjects, "_pose", lambda slug: b"changed" if slug == PORTRAIT_POSE else pose(slug))
    subjects._token.cache_clear()
    assert {one.key for one in out_of_date(subjects_for(()), shelf)} == {f"portrait-{person}" for person in PEOPLE}
    subjects._token.cache_clear()


def outside_of_the_hash(graph, module):
    """Return what of the figures drawing a picture runs that its hash does not know, by code or by value."""
    used = {module, *graph.find_upstream_modules(module)}
    names = {one.removeprefix("exercises.figures.").replace(".", "/") + ".py" for one in used}
    asked = module.removeprefix("exercises.figures.").replace(".", "/") + ".py"
    return {name for name in names if "/" in name} - subjects.modules_of(asked) - subjects.TABLES


@pytest.mark.parametrize("kind", ["start", "end", "animation", "portrait"])
def test_every_module_that_draws_a_kind_is_in_its_hash(kind):
    graph = build_graph("exercises", cache_dir=None)
    module = "exercises.figures." + subjects.drawn_by(kind).removesuffix(".py").replace("/", ".")
    assert outside_of_the_hash(graph, module) == set()
    graph.add_import(importer="exercises.figures.lines.ink", imported="exercises.figures.checks.gaps")
    assert "checks/gaps.py" in outside_of_the_hash(graph, module)


def test_tables_hold_nothing_that_draws_but_the_values_that_are_hashed():
    """What is asked of a table elsewhere is a type, a choice or a value of ``_look``."""
    asked = {
        alias.name
        for module in subjects.modules_of("moving/animation.py", "scene/stills.py", "scene/portraits.py")
        for node in ast.walk(ast.parse((subjects.ENGINE / module).read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module
        if node.module.removeprefix(subjects.PACKAGE).replace(".", "/") + ".py" in subjects.TABLES
        for alias in node.names
    }
    types = {"Beard", "Build", "DrawnPerson", "Face", "HairStyle", "Sleeves", "Colours", "Style"}
    choices = {"MIDDLE"}
    assert asked - types - choices <= {"PEOPLE", "PALETTES", "colours", "PORTRAIT_POSE"}


@pytest.mark.parametrize(
    ("module", "kinds"),
    [
        ("moving/apart.py", {"animation"}),
        ("scene/ghost.py", {"start", "end", "animation"}),
        ("scene/stills.py", {"start", "end"}),
        ("scene/portraits.py", {"portrait"}),
        ("body/legs.py", {"start", "end", "animation", "portrait"}),
        ("moving/film.py", set()),
        ("gallery/clarity.py", set()),
        ("checks/gaps.py", set()),
    ],
)
def test_changed_code_redraws_what_it_draws(engine, shelf, monkeypatch, module, kinds):
    built(shelf)
    code_of = subjects.code_of
    changed = (subjects.ENGINE / module).read_text(encoding="utf-8")
    monkeypatch.setattr(subjects, "code_of", lambda source: code_of(source) + ("# new" if source == changed else ""))
    forget_tokens()
    assert {one.kind for one in out_of_date(subjects_for(()), shelf)} == kinds
    monkeypatch.undo()
    forget_tokens()


def forget_tokens():
    subjects._token.cache_clear()
    subjects.source_of.cache_clear()


def test_changed_person_redraws_pictures_of_that_person(engine, shelf, monkeypatch):
    built(shelf)
    stouter = {key: replace(person, words="x") if key == "rowan" else person for key, person in PEOPLE.items()}
    monkeypatch.setattr(subjects, "PEOPLE", stouter)
    forget_tokens()
    assert [one.key for one in out_of_date(subjects_for(()), shelf)] == ["portrait-rowan"]
    forget_tokens()


def test_changed_colour_redraws_pictures_in_that_palette(engine, shelf, monkeypatch):
    built(shelf)
    dark = replace(PALETTES["dark"], colours={**PALETTES["dark"].colours, "floor": "#000000"})
    monkeypatch.setattr(subjects, "PALETTES", {**PALETTES, "dark": dark})
    forget_tokens()
    assert out_of_date(subjects_for(()), shelf) == []
    colour = replace(PALETTES["colour"], colours={**PALETTES["colour"].colours, "floor": "#000000"})
    monkeypatch.setattr(subjects, "PALETTES", {**PALETTES, "colour": colour})
    forget_tokens()
    assert len(out_of_date(subjects_for(()), shelf)) == len(subjects_for(()))
    forget_tokens()


def test_build_that_was_stopped_goes_on_where_it_was(engine, shelf):
    """Ctrl-C, a power cut, a killed process: each picture is kept as soon as it is drawn."""
    engine.bad = {"bridge-both-start-60mm": KeyboardInterrupt()}
    with pytest.raises(KeyboardInterrupt):
        built(shelf, "bridge")
    assert files(shelf) == {}
    done = list(engine.drawn)
    assert done == ["bridge-both-animation", "bridge-both-start", "bridge-both-end"]
    engine.bad, told = {}, []
    engine.drawn.clear()
    scratch = shelf.folder.parent / "scratch"
    build(["bridge"], shelf, jobs=1, report=lambda _one, count, of, _left: told.append((count, of)), scratch=scratch)
    assert not set(done) & set(engine.drawn)
    assert told == [(4, 6), (5, 6), (6, 6)]
    assert len(shelf.entries()) == 6


def test_two_builds_at_once_draw_once(engine, shelf):
    both = [threading.Thread(target=built, args=(shelf,)) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join(timeout=60)
    assert len(engine.drawn) == len(set(engine.drawn)) == 12 + 6 + len(PEOPLE)
    assert out_of_date(subjects_for(()), shelf) == leftovers(shelf) == []


def test_one_exercise_alone_leaves_the_others_as_they_are(engine, shelf):
    assert built(shelf, "bridge").drawn == 6
    assert built(shelf, "clamshell").drawn == 12
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
    assert built(shelf).drawn == 6 + len(PEOPLE)
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
    gone = leftovers(shelf)
    assert "bridge-both-end" in gone
    assert built(shelf) == BuildOutcome(0, gone)
    assert leftovers(shelf) == []
    assert not list(shelf.folder.glob("bridge-*"))
    assert (shelf.folder / "none.svg").exists()


def test_wrong_pose_is_not_drawn_and_all_that_is_amiss_is_told(engine, shelf):
    built(shelf, "clamshell")
    before = files(shelf)
    engine.drawn.clear()
    engine.amiss = {("bridge", False): ("bridge.json: b", "bridge.json: a")}
    with pytest.raises(FaultyPoseError, match=r"^bridge\.json: a\nbridge\.json: b$"):
        built(shelf)
    assert engine.drawn == []
    assert files(shelf) == before


def test_left_leg_is_looked_at_where_it_is_drawn(engine, shelf):
    built(shelf, "bridge")
    built(shelf, "clamshell")
    assert engine.looked_at == [("bridge", False), ("clamshell", False), ("clamshell", True)]
    engine.amiss = {("clamshell", True): ("clamshell.json: a",)}
    with pytest.raises(FaultyPoseError, match=r"^clamshell\.json: a$"):
        refuse_faulty(["clamshell"], 1)


def test_real_poses_are_looked_at(monkeypatch):
    movement = read("standing-hip-flexion")
    start = replace(
        movement.keys[0].pose, arm_l=replace(movement.keys[0].pose.arm_l, target=FixedTarget((90.0, 92.0, 3.0)))
    )
    wrong = replace(movement, keys=tuple(replace(key, pose=start) for key in movement.keys))
    assert checking.faults("standing-hip-flexion") == ()
    monkeypatch.setattr(checking, "read", lambda _slug: wrong)
    told = checking.faults("standing-hip-flexion")
    assert told[0].startswith("standing-hip-flexion.json: start.arm_l.wrist_at: arm_l misses it by ")


def test_broken_pose_does_not_keep_others_from_being_drawn(shelf, broken, engine):
    shelf.manifest.write_text(json.dumps({"pictures": {"my-broken-both-end": asdict(BuiltPicture("a.svg", 1, 1))}}))
    (shelf.folder / "a.svg").write_text("<svg/>")
    assert built(shelf, "bridge") == BuildOutcome(6, [])
    assert "my-broken-both-end" in shelf.entries()
    assert (shelf.folder / "a.svg").exists()


def test_processes_draw_side_by_side(shelf):
    found = []

    def report(drawn, *_said):
        found.append(drawn.subject.style.person)

    count = build(["portrait"], shelf, jobs=2, report=report, scratch=shelf.folder.parent / "scratch")
    assert count.drawn == len(PEOPLE)
    assert sorted(found) == sorted(PEOPLE)
    assert all(shelf.is_whole(entry) for entry in shelf.entries().values())


def killed(_subject):
    os._exit(9)


def test_killed_process_ends_the_build_and_says_why(engine, shelf, monkeypatch):
    monkeypatch.setattr(building, "draw_now", killed)
    monkeypatch.setattr(building, "refuse_faulty", lambda *_said: None)
    with pytest.raises(KilledError, match="A process was killed: is there enough memory"):
        build(["bridge"], shelf, jobs=2, report=lambda *_said: None, scratch=shelf.folder.parent / "scratch")
    assert files(shelf) == {}


WRITTEN = '''"""What it draws."""
ANGLE = 3  # degrees
"""How far it turns."""

def turned(é: int) -> str:
    """Return é, in
    two lines."""
    # why
    return f"{é} # no comment" + """kept
    """
'''


def test_remarks_in_the_engine_leave_its_pictures_as_they_are():
    polished = WRITTEN.replace("What it draws", "It draws").replace("# why", "# a better reason\n\n    # in two lines")
    polished = polished.replace("  # degrees", "").replace("two lines.", "three\n\n    lines.")
    assert subjects.code_of(polished) == subjects.code_of(WRITTEN)
    assert subjects.code_of(WRITTEN).splitlines() == [
        "ANGLE = 3",
        "def turned(é: int) -> str:",
        '    return f"{é} # no comment" + """kept',
        '    """',
    ]


@pytest.mark.parametrize(("was", "now"), [("3", "4"), ("# no comment", "# comment"), ("kept", "kept kept"), ("+", "*")])
def test_changed_code_of_the_engine_is_seen(was, now):
    assert subjects.code_of(WRITTEN.replace(was, now, 1)) != subjects.code_of(WRITTEN)
