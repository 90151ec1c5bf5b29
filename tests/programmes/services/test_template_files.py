"""A change in the file of the templates reaches the templates; a mistake is named, and all is as it was."""

import json

import pytest

from exercises.library.loading import LibraryError, load_exercises
from exercises.models import Exercise
from programmes.models import Template, TemplateItem
from programmes.services.templates import TEMPLATES, load_templates
from tests.factories import ClinicFactory, TemplateFactory
from tests.programmes.services.test_library import edit, everything

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


@pytest.fixture(scope="module")
def loaded(rows_of_the_module):
    """Have the exercises and the templates, as they stand."""
    rows_of_the_module(lambda: (load_exercises(), load_templates()))


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
    others = list(TemplateItem.objects.exclude(template__slug="gentle-start").order_by("pk").values())
    edit(folder, change)
    assert load_templates(folder).changed == ["gentle-start"]
    assert list(TemplateItem.objects.exclude(template__slug="gentle-start").order_by("pk").values()) == others
    assert load_templates(folder).changed == []


def test_template_may_say_what_differs_in_the_dose(folder):
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
    edit(folder, by_weeks)
    load_templates(folder)
    edit(folder, lambda row: change(row["phases"]))
    assert load_templates(folder).changed == ["gentle-start"]
    assert load_templates(folder).changed == []


def test_phases_that_go_leave_the_items(folder):
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
    edit(folder, by_weeks)
    load_templates(folder)
    before = everything()
    edit(folder, change)
    with pytest.raises(LibraryError) as error:
        load_templates(folder)
    assert str(error.value).startswith(f"templates.json: gentle-start: {message}")
    assert everything() == before


def test_what_has_gone_is_retired_and_a_clinics_own_left_alone(folder):
    own = TemplateFactory(clinic=ClinicFactory(), slug="gentle-start", name="Our own")
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
    before = everything()
    edit(folder, lambda row: row.update(name="Changed first"), slug="hip-osteoarthritis")
    edit(folder, change)
    with pytest.raises(LibraryError) as error:
        load_templates(folder)
    assert str(error.value).startswith(message)
    assert everything() == before, "one mistake, and nothing is written"
