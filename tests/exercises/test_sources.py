"""Sources that can be found again: what may be kept of one, how it is shown, and what the library refuses."""

import datetime as dt
import importlib
import json
import shutil

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from exercises.library.loading import EXERCISES, FOLDER, SOURCES, LibraryError, load_exercises
from exercises.models import Exercise, sources_to_find
from exercises.sources import Citation, sources_of, wrong_with_sources
from tests.factories import ExerciseFactory

LEAP = {
    "title": "The LEAP trial",
    "who": "Mellor and others",
    "year": "2018",
    "at": "https://doi.org/10.1136/bmj.k1662",
}


def test_source_says_where_to_read_it():
    kept = [
        {**LEAP, "read_on": "2026-11-29"},
        {"title": "Osteoarthritis", "at": "https://www.nice.org.uk/guidance/ng226"},
        {"title": "A guide", "at": "ask us", "to_check": "No address."},
    ]
    [trial, guideline, guide] = sources_of(kept)
    assert [one.is_linked for one in (trial, guideline, guide)] == [True, True, False]
    assert trial.shown_address == "10.1136/bmj.k1662"
    assert guideline.shown_address == "nice.org.uk/guidance/ng226"
    assert (trial.published, trial.day_read) == ("Mellor and others, 2018", dt.date(2026, 11, 29))
    assert (guideline.published, guideline.day_read) == ("", None)
    assert Citation(title="A").use == ""


@pytest.mark.parametrize(
    ("kept", "message"),
    [
        ("A paper.", "Write a list of sources"),
        (["A paper."], "A source has a title."),
        ([{"title": " "}], "A source has a title."),
        ([{**LEAP, "pages": "1"}], "'pages' is not one of title, who"),
        ([{**LEAP, "who": 3}], "All that is said of a source is text"),
        ([{**LEAP, "at": "https://doi.org/bmj.k1662"}], "'https://doi.org/bmj.k1662' has no DOI"),
        ([{**LEAP, "at": "http://nice.org.uk/x"}], "'http://nice.org.uk/x' is not an address"),
        ([{**LEAP, "at": "https://nice org"}], "'https://nice org' is not an address"),
        ([{**LEAP, "read_on": "today"}], "'today' is not a date"),
    ],
)
def test_what_cannot_be_found_again_is_refused(kept, message):
    assert wrong_with_sources(kept).startswith(message)
    with pytest.raises(ValidationError):
        sources_to_find(kept)
    assert wrong_with_sources([LEAP]) == wrong_with_sources([]) == ""


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "library")
    return tmp_path / "library"


def edit(path, change, slug):
    rows = json.loads(path.read_text(encoding="utf-8"))
    change(next(row for row in rows if row["slug"] == slug))
    path.write_text(json.dumps(rows), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "slug", "change", "message"),
    [
        (SOURCES, "leap-2018", lambda row: row.pop("title"), "title: is missing."),
        (SOURCES, "leap-2018", lambda row: row.update(at="http:x"), "at: 'http:x' is not an address"),
        (SOURCES, "leap-2018", lambda row: row.pop("read_on"), "read_on: is missing."),
        (SOURCES, "leap-2018", lambda row: row.pop("at"), "at: is missing."),
        (SOURCES, "willcox-2013", lambda row: row.pop("to_check"), "at: is missing."),
        (SOURCES, "leap-2018", lambda row: row.update(use="x"), "use: is not a key of the library."),
        (EXERCISES, "bridge", lambda row: row.update(sources=["A."]), "sources: must be a list"),
        (EXERCISES, "bridge", lambda row: row["sources"][0].update(source="x"), "sources: there is no source 'x'"),
    ],
)
def test_mistakes_in_the_register_are_named(db, folder, file, slug, change, message):
    edit(folder / file, change, slug)
    with pytest.raises(LibraryError) as error:
        load_exercises(folder)
    assert str(error.value).startswith(f"{file}: {slug}: {message}")
    assert not Exercise.objects.exists()


def test_changed_source_reaches_its_exercises_and_no_text_version(db, folder):
    load_exercises(folder)
    found = {"at": "https://doi.org/10.2519/jospt.2013.1", "read_on": "2026-11-29"}
    edit(folder / SOURCES, lambda row: row.update(found), "willcox-2013")
    assert load_exercises(folder).changed == ["clamshell", "clamshell-small", "clamshell-band"]
    clamshell = Exercise.objects.get(slug="clamshell")
    assert clamshell.text_version == 1
    assert found["at"] in [one.at for one in clamshell.comes_from]


def test_sources_that_were_sentences_become_titles(db):
    old, new = ExerciseFactory(sources=["A paper, 2014"]), ExerciseFactory(sources=[LEAP])
    importlib.import_module("exercises.migrations.0009_feel_and_sources_to_find").with_titles(apps, None)
    for row, sources in ((old, [{"title": "A paper, 2014"}]), (new, [LEAP])):
        row.refresh_from_db()
        assert row.sources == sources
