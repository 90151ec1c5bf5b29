"""Loading the starter templates, and the command that loads the whole library."""

import json
import shutil

import pytest
from django.core.management import CommandError, call_command

from exercises.library.loading import EXERCISES, FOLDER, LibraryError, load_exercises
from exercises.models import Exercise
from programmes.models import Phase, Template, TemplateItem
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
    return [list(model.objects.order_by("pk").values()) for model in (Template, Phase, TemplateItem, Exercise)]


def test_loading_twice_changes_nothing():
    load_exercises()
    assert str(load_templates()) == "14 new, 0 changed, 0 unchanged"
    before = everything()
    assert str(load_templates()) == "0 new, 0 changed, 14 unchanged"
    assert everything() == before


def test_templates_take_the_doses_of_their_exercises():
    load_exercises()
    load_templates()
    assert TemplateItem.objects.exists()
    told = {"hip-osteoarthritis-gentle", "hip-osteoarthritis-strong", "outer-hip-pain-by-weeks", "five-minutes"}
    items = list(TemplateItem.objects.exclude(template__slug__in=told).select_related("exercise"))
    assert items
    for item in items:
        assert item.dose == item.exercise.dose


PUSH = ["static-abduction-press", "bridge"]
WALKS = ["bridge", "sit-to-stand", "seated-march", "standing-hip-abduction"]
RISES = ["bridge", "sit-to-stand", "standing-hip-abduction"]
FIRST_DAYS = ["buttock-squeeze", "heel-slide", "standing-hip-flexion", "standing-hip-abduction"]
LIFTS = ["standing-hip-flexion", "standing-hip-abduction"]


def test_starters_are_in_the_order_of_the_file():
    load_exercises()
    load_templates()
    starters = {
        template.slug: [item.exercise.slug for item in template.items.all()] for template in Template.objects.all()
    }
    assert list(starters.items()) == [
        ("hip-osteoarthritis", ["bridge", "clamshell", "standing-hip-extension", "standing-hip-flexion"]),
        ("hip-osteoarthritis-gentle", ["bridge-half-height", "clamshell-small", "heel-slide", "sit-to-stand"]),
        (
            "hip-osteoarthritis-strong",
            ["single-leg-bridge", "clamshell-band", "sit-to-stand", "standing-knee-lift-ankle-weight"],
        ),
        ("outer-hip-pain", ["static-abduction-press", "bridge", "sit-to-stand"]),
        ("outer-hip-pain-by-weeks", [*PUSH, *PUSH, "offset-bridge", *PUSH, "offset-bridge"]),
        ("after-hip-replacement", ["heel-slide", "bridge", "standing-hip-extension", "standing-hip-flexion"]),
        (
            "hip-replacement-posterior",
            [*FIRST_DAYS, "bridge", *LIFTS, "standing-hip-extension", *RISES, "standing-hip-extension"],
        ),
        (
            "hip-replacement-anterior",
            [*FIRST_DAYS, "bridge-half-height", "seated-march", *LIFTS, *WALKS],
        ),
        ("gentle-start", ["bridge-half-height", "heel-slide", "seated-march", "sit-to-stand"]),
        (
            "thin-bones-and-falls",
            ["sit-to-stand", "standing-toe-slide-back", "standing-hip-abduction", "seated-march"],
        ),
        ("stiff-hip", ["heel-slide", "knee-drop-out", "lying-knee-circles", "lying-figure-four"]),
        ("sitting-only", ["seated-march", "seated-band-press-out", "seated-figure-four"]),
        ("five-minutes", ["bridge", "sit-to-stand", "standing-hip-abduction"]),
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


BY_WEEKS = [
    {"weeks": [0, 2], "items": [{"exercise": "heel-slide"}, {"exercise": "bridge", "note": "Small."}]},
    {
        "weeks": [3, 6],
        "name": "Stronger",
        "description": "Once both sticks are gone.",
        "note": "Wear shoes to stand.",
        "items": [{"exercise": "bridge", "progression": "When 12 feels easy on two days, tell me."}],
    },
]


def by_weeks(row):
    row.pop("items")
    row["phases"] = json.loads(json.dumps(BY_WEEKS))


def test_template_may_hold_phases_each_with_its_own_items(folder):
    load_exercises(folder)
    load_templates(folder)
    edit(folder, by_weeks)
    assert load_templates(folder).changed == ["gentle-start"]
    template = Template.objects.get(slug="gentle-start")
    first, second = template.phases.all()
    assert (first.label, second.label) == ("Weeks 0 to 2", "Weeks 3 to 6: Stronger")
    assert (second.description, second.note) == ("Once both sticks are gone.", "Wear shoes to stand.")
    assert [item.exercise.slug for item in first.items.all()] == ["heel-slide", "bridge"]
    assert [item.progression for item in second.items.all()] == ["When 12 feels easy on two days, tell me."]
    assert [item.order for item in template.items.all()] == [1, 2, 3], "places go through all phases"
    before = everything()
    assert load_templates(folder).changed == []
    assert everything() == before
    assert "Gentle start (no floor)" in Exercise.objects.get(slug="bridge").in_templates


@pytest.mark.parametrize(
    "change",
    [
        lambda phases: phases.reverse(),
        lambda phases: phases.pop(),
        lambda phases: phases[0].update(weeks=[0, 1]),
        lambda phases: phases[0].update(name="First"),
        lambda phases: phases[0].update(description="First."),
        lambda phases: phases[1].update(note=""),
        lambda phases: phases[0]["items"].append({"exercise": "seated-march"}),
        lambda phases: phases[1]["items"].append(phases[0]["items"].pop()),
        lambda phases: phases[1]["items"][0].update(progression="When it is easy, tell me."),
    ],
)
def test_changes_reach_the_phases(folder, change):
    load_exercises(folder)
    edit(folder, by_weeks)
    load_templates(folder)
    edit(folder, lambda row: change(row["phases"]))
    assert load_templates(folder).changed == ["gentle-start"]
    assert load_templates(folder).changed == []


def test_phases_that_go_leave_the_items(folder):
    load_exercises(folder)
    items = []
    edit(folder, lambda row: (items.extend(row["items"]), by_weeks(row)))
    load_templates(folder)
    edit(folder, lambda row: (row.pop("phases"), row.update(items=items)))
    assert load_templates(folder).changed == ["gentle-start"]
    template = Template.objects.get(slug="gentle-start")
    assert (template.phases.count(), template.items.count()) == (0, len(items))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda row: row.update(items=[]), "items: is missing: a template has items or phases, not both."),
        (lambda row: row.pop("phases"), "items: is missing: a template has items or phases"),
        (lambda row: row.update(phases=[]), "phases: must be a list of phases."),
        (lambda row: row.update(phases=["weeks 0 to 2"]), "phases[1]: must be an object"),
        (lambda row: row["phases"][1].update(days=3), "phases[2]: must be an object"),
        (lambda row: row["phases"][0].pop("weeks"), "phases[1].weeks: must be the first and the last week"),
        (lambda row: row["phases"][0].update(weeks=[2, 0]), "phases[1].weeks: must be the first and the last"),
        (lambda row: row["phases"][0].update(weeks=[0, 2, 3]), "phases[1].weeks: must be the first and the last"),
        (lambda row: row["phases"][0].update(weeks=[0, 105]), "last_week: Ensure this value"),
        (lambda row: row["phases"][0].update(name="n" * 61), "name: Ensure this value"),
        (lambda row: row["phases"][1].pop("items"), "phases[2].items: must be a list of exercises."),
        (lambda row: row["phases"][1].update(items=["bridge"]), "phases[2].items[1]: must be an object"),
        (lambda row: row["phases"][1]["items"][0].update(progression="p" * 121), "progression: Ensure this value"),
    ],
)
def test_mistakes_in_phases_are_named_by_their_place(folder, change, message):
    load_exercises(folder)
    edit(folder, by_weeks)
    load_templates(folder)
    before = everything()
    edit(folder, change)
    with pytest.raises(LibraryError) as error:
        load_templates(folder)
    assert str(error.value).startswith(f"templates.json: gentle-start: {message}")
    assert everything() == before


def test_item_without_a_progression_takes_the_exercises(folder):
    load_exercises(folder)
    Exercise.objects.filter(slug="heel-slide").update(progression="When it feels easy, tell me.")
    load_templates(folder)
    item = TemplateItem.objects.get(template__slug="gentle-start", exercise__slug="heel-slide")
    assert item.progression == "When it feels easy, tell me."


def test_what_has_gone_is_retired_and_a_clinics_own_left_alone(folder):
    own = TemplateFactory(clinic=ClinicFactory(), slug="gentle-start", name="Our own")
    load_exercises(folder)
    load_templates(folder)
    (folder / TEMPLATES).write_text("[]", encoding="utf-8")
    assert len(load_templates(folder).retired) == 14
    assert Template.objects.filter(clinic=None, retired=True).count() == 14
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
        "Exercises: 26 new, 0 changed, 0 unchanged.\nTemplates: 14 new, 0 changed, 0 unchanged.\n"
        "Topics: 19 new, 0 changed, 0 unchanged.\n"
    )
    call_command("load_library")
    assert capsys.readouterr().out == (
        "Exercises: 0 new, 0 changed, 26 unchanged.\nTemplates: 0 new, 0 changed, 14 unchanged.\n"
        "Topics: 0 new, 0 changed, 19 unchanged.\n"
    )


def test_command_loads_all_or_nothing(folder):
    edit(folder, lambda row: row.pop("name"))
    with pytest.raises(CommandError, match=r"^The library was not loaded\. templates\.json: gentle-start: name: is"):
        call_command("load_library", folder)
    assert not Exercise.objects.exists()
    (folder / EXERCISES).unlink()
    with pytest.raises(CommandError, match=r"exercises\.json: cannot be read"):
        call_command("load_library", folder)
