"""A template given from the list: the patient chosen, their draft begun with it, nothing given."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from programmes.models import Version
from programmes.services import drafts
from tests.factories import (
    PatientFactory,
    PhaseFactory,
    PhysioFactory,
    PrescriptionFactory,
    TemplateFactory,
    TemplateItemFactory,
    given_version,
)
from tests.programmes.drafts import text_of
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return PhysioFactory()


@pytest.fixture
def patient(by):
    return PatientFactory(clinic=by.clinic, physiotherapist=by, first_name="Ruth", last_name="Bailey")


@pytest.fixture
def template():
    return TemplateItemFactory(template__name="Hip osteoarthritis", exercise__name="Bridge").template


def address(template):
    return reverse("programmes:template_give", args=[template.pk])


def press(by, template, patient=None, **said):
    chosen = {"patient": str(patient.pk)} if patient else {}
    return client_of(by).post(address(template), {**chosen, **said})


def draft_of(patient):
    return Version.objects.drafts().filter(programme__patient=patient).first()


def offered(answer):
    return [one.full_name for one in answer.context["choice"].patients]


def test_opens_the_patients_draft_from_the_template_and_gives_nothing(by, patient, template):
    answer = press(by, template, patient)
    draft = draft_of(patient)
    assert answer.url == reverse("programmes:builder", args=[draft.pk])
    assert [row.name for row in draft.prescriptions.all()] == ["Bridge"]
    assert (draft.template_id, draft.number) == (template.pk, None)
    assert not Version.objects.given().exists()


def test_the_phase_that_is_chosen_is_the_one_that_opens(by, patient):
    template = TemplateFactory(name="By weeks")
    for order, name in enumerate(("Heel slide", "Squat"), start=1):
        phase = PhaseFactory(template=template, order=order)
        TemplateItemFactory(template=template, phase=phase, order=order, exercise__name=name)
    page = text_of(client_of(by).get(address(template)))
    assert "Weeks 2 to 4" in page
    wrong = press(by, template, patient, phase="7")
    assert (wrong.status_code, "Choose one of the phases." in text_of(wrong)) == (422, True)
    press(by, template, patient, phase="2")
    assert [row.name for row in draft_of(patient).prescriptions.all()] == ["Squat"]


def test_own_patients_stand_first_with_what_tells_them_apart(by):
    PatientFactory(clinic=by.clinic, first_name="Ada", last_name="Ali", clinic_number="AL-1")
    PatientFactory(clinic=by.clinic, first_name="Ada", last_name="Ali", date_of_birth=dt.date(1951, 3, 17))
    mine = PatientFactory(
        clinic=by.clinic, physiotherapist=by, first_name="Zoe", last_name="Zahn", affected_side="left"
    )
    given_version(patient=mine)
    PatientFactory(first_name="Of another", last_name="Clinic")
    PatientFactory(clinic=by.clinic, first_name="Long", last_name="Gone", archived_at=timezone.now())
    answer = client_of(by).get(address(TemplateFactory()))
    assert offered(answer) == ["Zoe Zahn", "Ada Ali", "Ada Ali"]
    words = text_of(answer)
    assert "17 March 1951 (" in words
    assert words.count("2 with this name") == 2
    assert ", version 1" in words
    assert "Left hip" in words


def test_search_finds_by_birth_date_and_keeps_who_is_chosen(by, patient, template):
    PatientFactory(clinic=by.clinic, first_name="Ada", last_name="Ali", date_of_birth=dt.date(1951, 3, 17))
    answer = press(by, template, patient, find="yes", q="17/3/1951")
    assert (answer.status_code, offered(answer)) == (200, ["Ruth Bailey", "Ada Ali"])
    assert offered(press(by, template, find="yes", q="ali")) == ["Ada Ali"]
    none = press(by, template, find="yes", q="Nobody\0here")
    assert "Nobody found for" in text_of(none)
    assert draft_of(patient) is None, "to look for somebody changes nothing"


def test_more_than_fit_are_said(by, template):
    PatientFactory.create_batch(13, clinic=by.clinic)
    answer = client_of(by).get(address(template))
    assert len(offered(answer)) == 12
    assert "There are more: find the patient by name" in text_of(answer)


@pytest.mark.parametrize("chosen", ["", "nonsense", "00000000-0000-4000-8000-000000000000"])
def test_nobody_chosen_is_said_beside_the_list(by, template, chosen):
    answer = client_of(by).post(address(template), {"patient": chosen})
    assert (answer.status_code, "Choose a patient of the list, or find one." in text_of(answer)) == (422, True)


def test_strangers_and_archived_patients_cannot_be_chosen(by, template, patient):
    stranger = PatientFactory()
    assert press(by, template, stranger).status_code == 422
    patient.archived_at = timezone.now()
    patient.save()
    assert press(by, template, patient).status_code == 422
    assert not Version.objects.exists()


def test_a_draft_that_is_there_is_asked_about_and_put_aside_not_lost(by, patient, template):
    there = drafts.open_draft(patient=patient, by=by)
    PrescriptionFactory(version=there, exercise__name="Clamshell", sets=4)
    asked = press(by, template, patient)
    assert asked.status_code == 422
    assert "Ruth Bailey has a draft , begun by" in text_of(asked)
    assert [row.name for row in there.prescriptions.all()] == ["Clamshell"], "not before it is answered"
    client = client_of(by)
    stamp = {"draft": f"{patient.pk} {Version.objects.get(pk=there.pk).stamp}"}
    opened = client.post(address(template), {"patient": str(patient.pk), **stamp})
    assert [row.name for row in there.prescriptions.all()] == ["Bridge"]
    assert "As it was before" in text_of(client.get(opened.url))
    client.post(reverse("programmes:draft_template", args=[there.pk]), {"template": "before"})
    assert [(row.name, row.sets) for row in there.prescriptions.all()] == [("Clamshell", 4)]


def test_a_draft_changed_since_it_was_asked_about_is_asked_about_again(by, patient, template):
    there = drafts.open_draft(patient=patient, by=by)
    stale = {"draft": f"{patient.pk} 2026-01-01T00:00:00+00:00"}
    answer = press(by, template, patient, **stale)
    assert answer.status_code == 422
    assert "The draft has changed since you opened this page." in text_of(answer)
    assert not there.prescriptions.exists()


def test_twice_asks_about_the_draft_of_the_first(by, patient, template):
    assert press(by, template, patient).status_code == 302
    assert press(by, template, patient).status_code == 422
    assert Version.objects.drafts().count() == 1


def test_a_template_that_was_deleted_meanwhile_is_not_given(by, patient, template):
    type(template).objects.filter(pk=template.pk).update(retired=True)
    assert press(by, template, patient).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_choosing_costs_the_same_for_one_and_three(by, template, number, django_assert_num_queries):
    for patient in PatientFactory.create_batch(number, clinic=by.clinic):
        given_version(patient=patient)
    client = client_of(by)
    with django_assert_num_queries(5):
        client.get(address(template))
