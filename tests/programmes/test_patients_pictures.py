"""Wherever a patient's exercises are shown, it is their leg and their person that the pictures show."""

import re

import pytest
from django.urls import reverse

from tests.factories import ExerciseFactory, PatientFactory, PrescriptionFactory, given_version
from tests.programmes.drafts import HTMX, draft_of, form_of, physio_of, url
from tests.programmes.handouts.sheets import given_sheet, job_for, press
from tests.programmes.handouts.test_pdf import elements, opened
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db

IMAGE = re.compile(r'<img class="picture" src="([^"]+)"[^>]* alt="([^"]*)"')
OF_THE_PATIENT = re.compile(
    r"/pictures/cedar/(clamshell|standing-hip-flexion|bridge)/(left|right|both)/(\w+)/[\w/-]+\.svg"
)
PRINTED = (("end", "40mm"), ("start", "60mm"), ("end", "60mm"))
LEFT_END = [("clamshell", "left", "end"), ("standing-hip-flexion", "left", "end"), ("bridge", "both", "end")]


@pytest.fixture
def patient():
    return PatientFactory(person="cedar", affected_side="left")


@pytest.fixture
def library():
    """Return an exercise of each kind: the sore leg's own, each leg's, and both legs'."""
    return [
        ExerciseFactory(slug="clamshell", name="Clamshell", side_mode="affected_only"),
        ExerciseFactory(slug="standing-hip-flexion", name="Knee lift", side_mode="each_side"),
        ExerciseFactory(slug="bridge", name="Bridge", side_mode="bilateral"),
    ]


def shown(page):
    """Return the pictures of exercises on a page, all but the portraits: what they are of, in order."""
    addresses = [address for address, _ in IMAGE.findall(page) if "/portrait-" not in address]
    assert addresses
    found = [OF_THE_PATIENT.fullmatch(address) for address in addresses]
    assert None not in found, addresses
    return [match.groups() for match in found]


def draft_with(patient, library, sides):
    draft = draft_of(patient)
    for order, (exercise, side) in enumerate(zip(library, sides, strict=True), start=1):
        PrescriptionFactory(version=draft, exercise=exercise, order=order, side=side)
    return draft


def given(patient, exercise, side):
    return given_version(patient=patient, exercise=exercise, side=side)


def builder(draft):
    """Return the rows and the library of a builder's page."""
    page = physio_of(draft).get(url("builder", draft)).content.decode()
    rows = "".join(re.findall(r'<li id="row-.*?</li>', page, re.DOTALL))
    return rows, page.split('id="library-list">')[1].split("</ul>")[0]


def test_builders_rows_show_the_leg_of_each_row(patient, library):
    rows, _ = builder(draft_with(patient, library, ["left", "each", "both"]))
    assert shown(rows) == LEFT_END


def test_builders_row_shows_the_leg_chosen_rather_than_the_sore_one(patient, library):
    rows, _ = builder(draft_with(patient, library, ["right", "in_turn", "both"]))
    assert shown(rows) == [("clamshell", "right", "end"), *LEFT_END[1:]]


def test_builders_row_changes_its_picture_with_the_leg(patient, library):
    draft = draft_with(patient, library[:1], ["right"])
    answer = physio_of(draft).post(url("draft_save", draft), form_of(draft, side="left"), headers=HTMX)
    assert shown(answer.content.decode()) == LEFT_END[:1]


def test_builders_library_shows_the_sore_leg(patient, library):
    _, cards = builder(draft_of(patient))
    assert sorted(shown(cards)) == sorted(LEFT_END)


def test_builders_narrowed_library_shows_the_sore_leg(patient, library):
    draft = draft_of(patient)
    answer = physio_of(draft).get(url("builder", draft), {"q": "clamshell"}, headers=HTMX)
    assert shown(answer.content.decode()) == LEFT_END[:1]


@pytest.mark.parametrize(("place", "side"), [(0, "left"), (1, "each"), (2, "both")])
def test_staffs_page_of_a_patient_shows_the_leg_and_the_person(patient, library, place, side):
    given(patient, library[place], side)
    page = client_of(patient.physiotherapist).get(reverse("programmes:patient", args=[patient.pk]))
    assert shown(page.content.decode()) == [LEFT_END[place]]


def test_page_follows_the_leg_the_version_was_given_for(patient, library):
    """The sore side is put right afterwards: what was given stays as it is, in words and in pictures."""
    given(patient, library[1], "each")
    patient.affected_side = "right"
    patient.save()
    page = client_of(patient.physiotherapist).get(reverse("programmes:patient", args=[patient.pk]))
    assert shown(page.content.decode()) == [LEFT_END[1]]


@pytest.mark.parametrize(
    ("place", "side", "kinds"), [(0, "left", ["end"]), (1, "each", ["start", "end"]), (2, "both", ["end"])]
)
def test_today_shows_the_leg_and_the_person(patient, library, place, side, kinds):
    given(patient, library[place], side)
    page = client_of(patient.user).get(reverse("programmes:today")).content.decode()
    slug, drawn, _ = LEFT_END[place]
    assert shown(page) == [(slug, drawn, kind) for kind in kinds]


@pytest.mark.parametrize(("place", "side"), [(0, "left"), (1, "each"), (2, "both")])
def test_todays_exercise_shows_the_leg_and_the_person(patient, library, place, side):
    row = given(patient, library[place], side).prescriptions.get()
    page = client_of(patient.user).get(reverse("programmes:today_exercise", args=[row.pk])).content.decode()
    slug, drawn, _ = LEFT_END[place]
    assert shown(page) == [(slug, drawn, kind) for kind in ("start", "end", "animation")]


# What they say


def told(page):
    """Return the words of the pictures of exercises on a page."""
    return [words for address, words in IMAGE.findall(page) if "/portrait-" not in address]


@pytest.mark.parametrize("weekdays", ["0123456", ""], ids=["due", "only to look at"])
def test_todays_pictures_say_what_they_show_each_in_its_own_words(patient, library, weekdays):
    upright = given_version(patient=patient, exercise=library[1], side="left", weekdays=weekdays, days_a_week=None)
    page = client_of(patient.user).get(reverse("programmes:today")).content.decode()
    row = upright.prescriptions.get()
    assert (
        told(page)
        == [row.start_alt, row.end_alt]
        == ["Standing tall, one hand on a chair.", "The left knee is lifted."]
    )


@pytest.mark.parametrize(
    ("side", "turn"), [("left", ""), ("each", " Then change legs.")], ids=["one leg", "each leg in turn"]
)
def test_todays_only_picture_says_how_it_starts_and_ends_and_which_leg_comes_next(patient, library, side, turn):
    row = given(patient, library[0], side).prescriptions.get()
    assert told(client_of(patient.user).get(reverse("programmes:today")).content.decode()) == [
        f"{row.start_alt} {row.end_alt.removesuffix('.')}.{turn}"
    ]


def test_builders_rows_say_what_their_picture_shows_and_the_library_leaves_it_to_the_name(patient, library):
    rows, cards = builder(draft_with(patient, library, ["left", "each", "both"]))
    assert told(rows) == ["The left knee is lifted."] * 3
    assert told(cards) == [""] * 3
    assert re.findall(r"<h3>(.*?)</h3>", cards) == ["Bridge", "Clamshell", "Knee lift"]


def test_printed_sheet_shows_the_leg_and_the_person_and_says_so(patient):
    """Every figure of the PDF, in reading order: the ends in front, and start and whole movement of each behind."""
    version = given_sheet(3, patient=patient)
    job, rows = job_for(version), list(version.prescriptions.all())
    slugs = [(row.words["slug"], "both" if row.side == "both" else "left") for row in rows]
    asked = [f"cedar/{slug}-{side}-{kind}-{line}" for slug, side in slugs for kind, line in PRINTED]
    assert sorted(name.rpartition("-")[0] for name in job.pictures if name.startswith("cedar/")) == sorted(asked)
    with opened(press().pdf(job).pdf) as pdf:
        said = [str(node.get("/Alt", "")) for tag, node in elements(pdf) if tag == "/Figure"]
    code, *figures = said
    assert code == "Square code to open this plan on a phone"
    assert figures == [row.end_alt for row in rows] + [
        words for row in rows for words in (row.start_alt, row.movement_alt)
    ]
    assert "Lying on your right side on a mat, left leg resting on the right leg." in figures
