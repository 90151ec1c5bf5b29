"""A picture is of an exercise, not of its name: a clinic's own "bridge" is never shown with the library's drawing."""

import re
import subprocess
from typing import NamedTuple

import pytest
from django.template import Context, Template
from django.urls import reverse
from PIL import Image

from exercises.figures import NO_FIGURE, STATIC, Style, figure
from exercises.models import Exercise
from exercises.pictures import is_pictured, picture_of
from programmes.handouts.beforehand import draw_for
from programmes.handouts.content import sheet_of
from programmes.handouts.layouts import FULL
from programmes.handouts.proof import proof_of
from programmes.handouts.renderer.press import Press
from programmes.handouts.versions import with_everything
from programmes.models import Prescription
from tests.factories import ClinicFactory, ExerciseFactory, PatientFactory, PrescriptionFactory, given_version
from tests.programmes.drafts import draft_of, physio_of, url
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db

OURS = "exercises/figures/bridge"


@pytest.fixture
def clinic():
    return ClinicFactory()


@pytest.fixture
def own(clinic):
    """Return a clinic's own exercise that bears the slug of one of the library's."""
    ExerciseFactory(slug="bridge", name="Bridge")
    return ExerciseFactory(slug="bridge", name="Our own bridge", clinic=clinic)


@pytest.fixture
def version(own):
    patient = PatientFactory(clinic=own.clinic)
    return given_version(patient=patient, exercise=own, side="both", weekdays="0123456")


def test_the_librarys_bridge_has_its_drawing_and_a_clinics_own_has_none(own):
    ours = Exercise.objects.get(slug="bridge", clinic=None)
    style = Style(person="rowan")
    assert picture_of(ours, "both", "end", style) == figure("bridge", "both", "end", style)
    assert picture_of(own, "both", "end", style) == NO_FIGURE
    assert (is_pictured(ours), is_pictured(own)) == (True, False)


def test_exercise_of_the_library_that_nobody_has_drawn_has_no_picture():
    assert picture_of(ExerciseFactory(slug="not-drawn-yet"), "both", "end") == NO_FIGURE


@pytest.mark.parametrize(("side", "kind"), [("up", "end"), ("both", "smell")])
def test_picture_that_cannot_be_is_refused(side, kind):
    with pytest.raises(ValueError, match="there is no"):
        picture_of(ExerciseFactory(slug="bridge"), side, kind)


def test_pinned_words_know_whose_exercise_they_are_of(version, django_assert_num_queries):
    with django_assert_num_queries(1):
        (row,) = Prescription.objects.filter(version=version)
        assert row.words["slug"] == "bridge"
        assert not is_pictured(row)
    unfetched = Prescription(exercise=row.exercise, text=row.text)
    assert not is_pictured(unfetched)


def pages_of(version):
    patient, physio = version.patient, version.given_by
    today, staff = client_of(patient.user), client_of(physio)
    yield today.get(reverse("programmes:today"))
    yield today.get(reverse("programmes:today_exercise", args=[version.prescriptions.get().pk]))
    yield staff.get(reverse("programmes:patient", args=[patient.pk]))
    yield staff.get(reverse("exercises:detail", args=[version.prescriptions.get().exercise_id]))


def test_no_page_shows_the_librarys_drawing_for_it(version):
    for answer in pages_of(version):
        page = answer.content.decode()
        assert "Our own bridge" in page
        assert OURS not in page
        assert NO_FIGURE.file in page


def test_builder_does_not_either(own):
    draft = draft_of(PatientFactory(clinic=own.clinic))
    PrescriptionFactory(version=draft, exercise=own, side="both")
    page = physio_of(draft).get(url("builder", draft)).content.decode()
    row = page[page.index('id="face-') :]
    assert NO_FIGURE.file in row[: row.index("</div>")]


def test_no_sheet_does_and_none_is_drawn_ahead(version, monkeypatch):
    sheet = sheet_of(with_everything(version), None, None)
    assert sheet.pictures == []
    asked = []
    monkeypatch.setattr("programmes.handouts.beforehand.draw_ahead", asked.extend)
    draw_for(version)
    assert asked == []


def test_template_cannot_ask_by_slug():
    asking = Template('{% load figures %}{% figure_img slug "both" "end" %}')
    with pytest.raises(AttributeError):
        asking.render(Context({"slug": "bridge"}))


# A picture of another kind, say a photograph, is made in exercises/pictures.py, and nothing else has to know


class Photograph(NamedTuple):
    """What a photograph would be to whoever shows it."""

    width: int = 400
    height: int = 300
    file: str = "photographs/4f2a.jpg"
    subject: None = None
    is_built: bool = True
    is_upright: bool = False


@pytest.fixture
def photographs(monkeypatch):
    monkeypatch.setattr("exercises.pictures.is_drawn", lambda _slug: True)
    monkeypatch.setattr("exercises.pictures.figure", lambda *_asked: Photograph())
    monkeypatch.setattr("exercises.pictures.film_of", lambda *_asked: None)  # a photograph does not move
    return given_version(exercise=ExerciseFactory(slug="own"), side="both", weekdays="0123456")


def test_every_page_of_an_exercise_shows_a_photograph_as_it_would_a_drawing(photographs):
    _today, *of_the_exercise = pages_of(photographs)
    for answer in (_today, of_the_exercise[0], of_the_exercise[2]):
        assert "photographs/4f2a.jpg" in answer.content.decode()


def test_a_sheet_prints_a_photograph(photographs, tmp_path):
    (tmp_path / "photographs").mkdir()
    Image.new("RGB", (400, 300), "#a05030").save(tmp_path / Photograph().file)
    job = proof_of(with_everything(photographs), None, None, FULL).job
    assert job.pictures == (Photograph().file,)
    (tmp_path / "sheet.pdf").write_bytes(Press(STATIC, tmp_path).pdf(job).pdf)
    listed = subprocess.run(["pdfimages", "-list", tmp_path / "sheet.pdf"], capture_output=True, text=True, check=True)
    assert re.findall(r"image\s+400\s+300", listed.stdout)
