"""Versions given when a sentence was pinned: each keeps what was chosen and what the surgeon said."""

import datetime as dt
import importlib

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from programmes.models import Version

step = importlib.import_module("programmes.migrations.0006_precautions_pinned")
BEFORE = ("programmes", "0005_last_changes_of_a_draft")
LABELS = ("none", "posterior", "anterior", "other")
PINNED = {
    # sentence: (choice and note on the record of today, choice and note that were pinned)
    "None": (("none", ""), ("none", "")),
    "None: never operated": (("none", "never operated"), ("none", "never operated")),
    "Posterior": (("none", ""), ("posterior", "")),
    "Posterior: not past 90: ask": (("posterior", ""), ("posterior", "not past 90: ask")),
    "Anterior": (("anterior", ""), ("anterior", "")),
    "Other: no weight on it": (("posterior", ""), ("other", "no weight on it")),
    "No bending past 90": (("other", "No bending past 90"), ("other", "No bending past 90")),
    "Do not cross your legs": (("none", ""), ("other", "Do not cross your legs")),
    "Posterior: as the letter says": (
        ("other", "Posterior: as the letter says"),
        ("other", "Posterior: as the letter says"),
    ),
    "Nonesuch": (("none", ""), ("other", "Nonesuch")),
    "Other": (("none", ""), ("other", "Other")),
}


@pytest.mark.parametrize(("sentence", "record", "pinned"), [(s, *both) for s, both in PINNED.items()])
def test_sentence_is_taken_apart_once(sentence, record, pinned):
    assert step.choice_and_note(sentence, *record) == pinned


@pytest.mark.parametrize(
    ("kind", "note"),
    [(kind, note) for kind in LABELS for note in ("", "Until week 6", "None: or so") if note or kind != "other"],
)
def test_way_back_and_forth_keeps_choice_and_note(kind, note):
    assert step.choice_and_note(step.as_sentence(kind, note), kind, note) == (kind, note)


@pytest.fixture
def old_state(transactional_db):
    """Yield the models as they were before; what is there afterwards is brought up to date."""
    executor = MigrationExecutor(connection)
    executor.migrate([BEFORE])
    people = [leaf for leaf in executor.loader.graph.leaf_nodes() if leaf[0] != BEFORE[0]]
    yield executor.loader.project_state([BEFORE, *people]).apps
    forward = MigrationExecutor(connection)
    forward.migrate(forward.loader.graph.leaf_nodes())


def given(apps, number, sentence, *, kind="none", note=""):
    """Write a given version as it used to be."""
    model = apps.get_model
    clinic = model("clinics", "Clinic").objects.create(name=f"Clinic {number}")
    people = model("clinics", "User").objects
    physio = people.create(clinic=clinic, role="physiotherapist", name="Priya Nair", email=f"p{number}@example.org")
    patient = model("clinics", "Patient").objects.create(
        clinic=clinic,
        user=people.create(clinic=clinic, role="patient", name="Peter"),
        first_name="Peter",
        last_name="Lund",
        date_of_birth=dt.date(1957, 9, 15),
        physiotherapist=physio,
        hip_precautions=kind,
        hip_precautions_note=note,
    )
    return (
        model("programmes", "Version")
        .objects.create(
            programme=model("programmes", "Programme").objects.create(patient=patient),
            number=1,
            made_by=physio,
            given_by=physio,
            given_at=timezone.now(),
            review_on=dt.date(2027, 1, 1),
            pain_fine_up_to=2,
            pain_ok_up_to=5,
            hip_precautions=sentence,
        )
        .pk
    )


def test_given_versions_are_carried_over_and_stay_frozen(old_state):
    made = {
        given(old_state, place, sentence, kind=record[0], note=record[1]): pinned
        for place, (sentence, (record, pinned)) in enumerate(PINNED.items())
    }

    forward = MigrationExecutor(connection)
    forward.migrate(forward.loader.graph.leaf_nodes())

    found = Version.objects.values_list("pk", "hip_precautions", "hip_precautions_note")
    assert {pk: (kind, note) for pk, kind, note in found} == made
    with pytest.raises(DatabaseError, match="a given version is frozen"), transaction.atomic():
        Version.objects.update(hip_precautions="none")
