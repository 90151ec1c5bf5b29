from tests import locks


def test_locks_are_of_this_pyproject():
    assert locks.stale() == []


def test_a_changed_pyproject_makes_the_locks_stale(tmp_path, monkeypatch):
    (tmp_path / "tests").mkdir()
    for lock in locks.LOCKS:
        (tmp_path / lock).write_text((locks.ROOT / lock).read_text())
    project = (locks.ROOT / "pyproject.toml").read_text()
    (tmp_path / "pyproject.toml").write_text(project.replace('"segno==1.6.6"', '"segno==1.6.5"'))
    monkeypatch.setattr(locks, "ROOT", tmp_path)
    assert locks.stale() == ["requirements.txt", "tests/requirements.txt"]


def test_every_package_is_pinned_by_hash():
    for lock in locks.LOCKS:
        lines = (locks.ROOT / lock).read_text().splitlines()
        packages = [n for n, line in enumerate(lines) if "==" in line and not line.startswith((" ", "#"))]
        assert len(packages) > 20
        assert all(lines[n + 1].strip().startswith("--hash=sha256:") for n in packages)
