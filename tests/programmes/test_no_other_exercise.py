"""A patient is never offered a movement that the physiotherapist did not choose: not on the phone, not on paper."""

import html
import json
import re

import pytest

from exercises.library.loading import EXERCISES, FOLDER, load_exercises
from exercises.models import Exercise
from hipcare.clinics.models import Patient
from programmes.handouts.content import sheet_of
from programmes.handouts.proof import job_of
from tests.factories import PatientFactory, given_version
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db

ROWS = json.loads((FOLDER / EXERCISES).read_text(encoding="utf-8"))
PRECAUTIONS = [{"hip_precautions": kind} for kind in Patient.Precautions.values if kind not in ("", "other")] + [
    {"hip_precautions": "other", "hip_precautions_note": "Keep to what we told you."}
]
POSITIONS = {  # turns of phrase that put a person somewhere else
    "lying": r"lie on your back|lie down",
    "side_lying": r"lie on your (?:left |right )?side",
    "sitting": r"sit down|sit tall|sit up|sit and\b|sitting or",
    "standing": r"stand (?:at|beside|facing|tall|and(?! walk))\b|or standing",
    "kneeling": r"\bkneel",
}
MOVES = {  # what only some exercises do
    r"foot at a time|one foot at": set(),
    r"lift your hips": {"bridge", "bridge-half-height", "bridge-marching", "offset-bridge", "single-leg-bridge"},
    r"squeeze your bottom": {"buttock-squeeze"},
    r"slide (?:one|your \w+) heel": {"heel-slide"},
    r"drop out": {"knee-drop-out"},
    r"knees? out into|press (?:both |your )?knees out": {"seated-band-press-out"},
    r"ankle on your \w+ knee|ankle on the other": {"seated-figure-four", "lying-figure-four"},
    r"draw (?:slow )?circles": {"quadruped-hip-circles", "lying-knee-circles", "standing-hip-circles"},
    r"push your thigh": {"static-abduction-press"},
}


def names_of(row):
    return [row["name"], *([row["clinical_name"]] if row["clinical_name"] else []), *row["also_called"]]


def foreign(row):
    """Return what another exercise is called, save what is part of this one's own names."""
    own = " / ".join(names_of(row)).casefold()
    others = {name.casefold() for other in ROWS if other is not row for name in names_of(other)}
    return {name for name in others if name not in own}


def words_of(text):
    """Return what a person reads on a page or a sheet, pictures in words included."""
    body = text[text.index("<body") :]
    alts = " ".join(re.findall(r'\balt="([^"]*)"', body))
    bare = re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<(script|style)\b.*?</\1>", " ", body))
    return re.sub(r"\s+", " ", html.unescape(f"{bare} {alts}")).casefold()


def pages_of(version):
    """Yield what the patient reads of ``version``: Today, the exercise's page, the sheet."""
    client = client_of(version.patient.user)
    yield client.get("/today/").text
    yield client.get(f"/today/exercises/{version.prescriptions.get().pk}/").text
    version = version.__class__.objects.select_related("programme__patient__clinic").get(pk=version.pk)
    yield job_of(sheet_of(version, None, None)).markup


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["slug"])
def test_no_page_and_no_sheet_names_another_exercise(row):
    load_exercises()
    exercise = Exercise.objects.get(slug=row["slug"])
    side = "both" if exercise.side_mode == "bilateral" else "right"
    elsewhere = "|".join(words for position, words in POSITIONS.items() if position != row["position"])
    strange = {words for words, slugs in MOVES.items() if row["slug"] not in slugs}
    for precautions in PRECAUTIONS:
        patient = PatientFactory(**precautions)
        version = given_version(patient=patient, exercise=exercise, side=side, weekdays="0123456")
        for read in map(words_of, pages_of(version)):
            assert row["name"].casefold() in read
            assert {name for name in foreign(row) if re.search(rf"\b{re.escape(name)}\b", read)} == set()
            assert re.findall(elsewhere, read) == []
            assert [words for words in strange if re.search(words, read)] == []


def test_the_words_that_once_stood_there_would_be_found():
    """The list catches what patients under precautions were once offered."""
    lines = [
        ("standing-hip-flexion", "lie on your back and slide one heel to you"),
        ("standing-hip-flexion", "or sit down and lift one foot at a time"),
        ("side-lying-hip-abduction", "stand at a worktop and move your leg out"),
        ("bridge", "squeeze your bottom and do not lift"),
        ("clamshell", "sit and press your knees out into a band"),
        ("seated-march", "lie on your back and slide one heel to you"),
        ("lying-figure-four", "let one bent knee drop out to the side"),
    ]
    by_slug = {row["slug"]: row for row in ROWS}
    for slug, line in lines:
        elsewhere = [words for position, words in POSITIONS.items() if position != by_slug[slug]["position"]]
        strange = [words for words, slugs in MOVES.items() if slug not in slugs]
        assert any(re.search(words, line) for words in [*elsewhere, *strange]), line
