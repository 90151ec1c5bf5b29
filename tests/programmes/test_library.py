"""Loading the starter templates, and the command that loads the whole library."""

import json
import shutil

import pytest
from django.core.management import CommandError, call_command

from exercises.library.loading import EXERCISES, FOLDER, LibraryError, load_exercises
from exercises.models import Exercise
from programmes.models import Template, TemplateItem
from programmes.services.templates import TEMPLATES, load_templates
from tests.factories import ClinicFactory, TemplateFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    """Return a copy of the library that a test may spoil."""
    shutil.copytree(FOLDER, tmp_path / "library")
    return tmp_path / "library"


def edit(folder, change, slug="gentle-start"):
    path = folder / TEMPLATES
    rows = json.loads(path.read_text(encoding="utf-8"))
    change(next(row for row in rows if row["slug"] == slug))
    path.write_text(json.dumps(rows), encoding="utf-8")


def everything():
    return [list(model.objects.order_by("pk").values()) for model in (Template, TemplateItem, Exercise)]


def test_loading_twice_changes_nothing():
    load_exercises()
    assert str(load_templates()) == "6 new, 0 changed, 0 unchanged"
    before = everything()
    assert str(load_templates()) == "0 new, 0 changed, 6 unchanged"
    assert everything() == before


def test_templates_take_the_doses_of_their_exercises():
    load_exercises()
    load_templates()
    assert TemplateItem.objects.exists()
    for item in TemplateItem.objects.select_related("exercise"):
        assert item.dose == item.exercise.dose


def test_starters_are_in_the_order_of_the_file():
    load_exercises()
    load_templates()
    starters = {
        template.slug: [item.exercise.slug for item in template.items.all()] for template in Template.objects.all()
    }
    assert list(starters.items()) == [
        ("hip-osteoarthritis", ["bridge", "clamshell", "standing-hip-extension", "standing-hip-flexion"]),
        ("outer-hip-pain", ["static-abduction-press", "bridge", "sit-to-stand"]),
        ("after-hip-replacement", ["heel-slide", "bridge", "standing-hip-extension", "standing-hip-flexion"]),
        ("gentle-start", ["bridge-half-height", "heel-slide", "seated-march", "sit-to-stand"]),
        ("stiff-hip", ["heel-slide", "knee-drop-out", "lying-knee-circles", "lying-figure-four"]),
        ("stronger-hips", ["offset-bridge", "clamshell-band", "sit-to-stand", "standing-knee-lift-ankle-weight"]),
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda row: row.update(name="Gently does it"),
        lambda row: row["items"].pop(),
        lambda row: row["items"].reverse(),
        lambda row: row["items"][0].update(note="A new note."),
        lambda row: row["items"][0].update(dose={"reps": 5}),
        lambda row: row.update(note="Wear shoes."),
        lambda row: row.pop("note"),
        lambda row: row["items"][1].update(leg="sore"),
    ],
)
def test_changes_reach_the_template_and_no_other(folder, change):
    load_exercises(folder)
    load_templates(folder)
    others = list(TemplateItem.objects.exclude(template__slug="gentle-start").order_by("pk").values())
    edit(folder, change)
    assert load_templates(folder).changed == ["gentle-start"]
    assert list(TemplateItem.objects.exclude(template__slug="gentle-start").order_by("pk").values()) == others
    assert load_templates(folder).changed == []


def test_template_may_say_what_differs_in_the_dose(folder):
    load_exercises(folder)
    edit(folder, lambda row: row["items"][0].update(dose={"reps": 5}))
    load_templates(folder)
    item = TemplateItem.objects.get(template__slug="gentle-start", order=1)
    assert (item.reps, item.hold_s) == (5, 3)


def test_what_has_gone_is_retired_and_a_clinics_own_left_alone(folder):
    own = TemplateFactory(clinic=ClinicFactory(), slug="gentle-start", name="Our own")
    load_exercises(folder)
    load_templates(folder)
    (folder / TEMPLATES).write_text("[]", encoding="utf-8")
    assert len(load_templates(folder).retired) == 6
    assert Template.objects.filter(clinic=None, retired=True).count() == 6
    own.refresh_from_db()
    assert (own.name, own.retired) == ("Our own", False)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda row: row.pop("name"), "templates.json: gentle-start: name: is missing."),
        (lambda row: row.update(days="Mon"), "templates.json: gentle-start: days: is not a key of the library."),
        (lambda row: row.update(items=[]), "templates.json: gentle-start: items: must be a list of exercises."),
        (lambda row: row.update(items="bridge"), "templates.json: gentle-start: items: must be a list of exercises."),
        (lambda row: row.update(name="N" * 61), "templates.json: gentle-start: name: Ensure this value has at most 60"),
        (lambda row: row.update(items=["bridge"]), "templates.json: gentle-start: items[1]: must be an object"),
        (
            lambda row: row["items"][1].update(exercise="plank"),
            "templates.json: gentle-start: items[2]: there is no exercise 'plank' in the library.",
        ),
        (lambda row: row["items"][0].update(days=3), "templates.json: gentle-start: items[1]: must be an object"),
        (lambda row: row["items"][0].update(dose={"rep": 3}), "templates.json: gentle-start: dose.rep: is not part"),
        (lambda row: row["items"][0].update(dose={"sets": 11}), "templates.json: gentle-start: sets: Ensure this"),
        (lambda row: row.update(note="n" * 301), "templates.json: gentle-start: note: Ensure this"),
        (lambda row: row["items"][1].update(leg="good"), "templates.json: gentle-start: items[2]: the leg can only be"),
        (lambda row: row["items"][0].update(leg="sore"), "templates.json: gentle-start: items[1]: the leg can only be"),
        (lambda row: row["items"][0].update(note="n" * 201), "templates.json: gentle-start: note: Ensure this"),
    ],
)
def test_mistakes_are_named_by_file_slug_and_key(folder, change, message):
    load_exercises()
    load_templates()
    before = everything()
    edit(folder, lambda row: row.update(name="Changed first"), slug="hip-osteoarthritis")
    edit(folder, change)
    with pytest.raises(LibraryError) as error:
        load_templates(folder)
    assert str(error.value).startswith(message)
    assert everything() == before, "one mistake, and nothing is written"


def test_command_says_what_it_did(capsys):
    call_command("load_library")
    assert capsys.readouterr().out == (
        "Exercises: 26 new, 0 changed, 0 unchanged.\nTemplates: 6 new, 0 changed, 0 unchanged.\n"
    )
    call_command("load_library")
    assert capsys.readouterr().out == (
        "Exercises: 0 new, 0 changed, 26 unchanged.\nTemplates: 0 new, 0 changed, 6 unchanged.\n"
    )


def test_command_loads_all_or_nothing(folder):
    edit(folder, lambda row: row.pop("name"))
    with pytest.raises(CommandError, match=r"^The library was not loaded\. templates\.json: gentle-start: name: is"):
        call_command("load_library", folder)
    assert not Exercise.objects.exists()
    (folder / EXERCISES).unlink()
    with pytest.raises(CommandError, match=r"exercises\.json: cannot be read"):
        call_command("load_library", folder)
