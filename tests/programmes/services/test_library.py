"""Loading the starter templates, and the command that loads the whole library."""

import json

import pytest
from django.core.management import CommandError, call_command

from exercises.library.loading import EXERCISES, load_exercises
from exercises.models import Exercise
from programmes.models import Phase, Template, TemplateItem
from programmes.services.templates import TEMPLATES, load_templates

pytestmark = pytest.mark.django_db


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


def test_item_without_a_progression_takes_the_exercises(folder):
    load_exercises(folder)
    Exercise.objects.filter(slug="heel-slide").update(progression="When it feels easy, tell me.")
    load_templates(folder)
    item = TemplateItem.objects.get(template__slug="gentle-start", exercise__slug="heel-slide")
    assert item.progression == "When it feels easy, tell me."


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
