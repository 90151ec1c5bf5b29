"""How one exercise is done, as the patient reads it."""

import re

import pytest

from tests.factories import ExerciseFactory, given_version
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db


def test_an_exercise_says_how_how_much_and_when_to_stop():
    version = given_version(exercises=2, weekdays="02", sets=2, hold_s=3, note="Slowly, as we practised.")
    row = list(version.prescriptions.all())[1]

    text = client_of(version.patient.user).get(f"/today/exercises/{row.pk}/").text

    for words in (
        "Exercise 2 of 2",
        row.name,
        "Lift your right knee.",
        "Lower it slowly. Then change legs.",
        "Stand tall.",
        "Once a day on Monday and Wednesday.",
        "From Priya",
        "Slowly, as we practised.",
        "your hip pinches",
        "the pain is 6 or more out of 10",
        "Helps you climb stairs.",
        'alt="Standing tall, one hand on a chair."',
        'alt="The right knee is lifted."',
    ):
        assert words in text
    assert re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", text) == [
        ("rounds", "2"),
        ("times", "10"),
        ("seconds hold", "3"),
    ]
    assert f'href="/today/?done={row.pk}#ex-{row.pk}"' in text
    assert "Too hard today?" not in text
    assert "{" not in text.split("<main")[1].split("</main>")[0]


def test_easier_ways_fold_open():
    exercise = ExerciseFactory(easier=["Lift your {leg} knee half as high", "Sit down and lift"])
    version = given_version(exercises=1, weekdays="0", exercise=exercise)

    text = client_of(version.patient.user).get(f"/today/exercises/{version.prescriptions.first().pk}/").text

    assert "Lift your right knee half as high. Or sit down and lift. It all counts." in text
