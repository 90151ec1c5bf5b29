"""A library of pictures to be built in a test: an engine that draws at once, an empty shelf, a folder of poses."""

import shutil

import pytest

from exercises.figures.gallery import building, checking, subjects
from exercises.figures.gallery.building import Shelf, build
from exercises.figures.scene.styles import PORTRAIT_POSE


class Engine:
    """Draws at once, and notes what; ``bad`` cannot be drawn, ``amiss`` is found in poses and their reflections."""

    def __init__(self):
        self.drawn, self.bad, self.amiss, self.looked_at = [], {}, {}, []

    def svg_of(self, subject):
        if subject.key in self.bad:
            raise self.bad[subject.key]
        self.drawn.append(subject.key)
        return f'<svg viewBox="0 0 2000 1000"><title>{subject.words}</title></svg>'

    def findings(self, movement, _dress, *, mirrored=False):
        self.looked_at.append((movement.slug, mirrored))
        return self.amiss.get((movement.slug, mirrored), ())


@pytest.fixture(name="engine")
def make_engine(monkeypatch):
    engine = Engine()
    monkeypatch.setattr(building, "svg_of", engine.svg_of)
    monkeypatch.setattr(building, "every_slug", lambda: ["bridge", "clamshell"])
    monkeypatch.setattr(checking, "findings", engine.findings)
    return engine


@pytest.fixture(name="shelf")
def make_shelf(tmp_path):
    (tmp_path / "pictures").mkdir()
    return Shelf(tmp_path / "pictures", tmp_path / "built.json")


@pytest.fixture(name="broken")
def make_broken(engine, monkeypatch, tmp_path):
    """Put a pose beside the others that cannot be read, and one whose name cannot stand in an address."""
    poses = tmp_path / "poses"
    poses.mkdir()
    for slug in ("bridge", "clamshell", PORTRAIT_POSE):
        shutil.copy(subjects.POSES / f"{slug}.json", poses)
    (poses / "my-broken.json").write_text('{"legs": "three"}')
    (poses / "my pose.json").write_bytes((poses / "bridge.json").read_bytes())
    monkeypatch.setattr("exercises.figures.pose.movements.FOLDER", poses)
    monkeypatch.setattr(building, "every_slug", lambda: sorted(path.stem for path in poses.glob("*.json")))
    return poses


def built(shelf, *slugs):
    return build(slugs, shelf, jobs=1, report=lambda *_said: None, scratch=shelf.folder.parent / "scratch")


def files(shelf):
    return {path.name: path.read_bytes() for path in [*shelf.folder.iterdir(), shelf.manifest] if path.exists()}
