"""Words that nobody registered has signed: marked for staff, not given; a sample for a made-up clinic's patients."""

import pytest
from django.urls import reverse

from exercises.models import Signature
from hipcare.clinics.models import Clinic
from programmes import unsigned
from programmes.handouts.content import sheet_of
from programmes.handouts.versions import with_everything
from programmes.services import drafts
from tests.factories import ExerciseFactory, LeadFactory, PrescriptionFactory, given_version, sign
from tests.programmes.drafts import draft_of, form_of, physio_of, text_of, url
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db


def give(draft, client):
    return client.post(url("draft_give", draft), form_of(draft))


@pytest.fixture
def draft():
    """Return a draft with a signed exercise and two that are not."""
    draft = draft_of(None, "Bridge")
    for order, name in enumerate(["Clamshell", "Heel slide"], start=2):
        PrescriptionFactory(version=draft, order=order, exercise__name=name)
    return draft


def test_physio_is_told_what_is_not_signed_and_whom_to_ask(draft):
    LeadFactory(clinic=draft.patient.clinic, name="Lee Ferreira")
    answer = give(draft, physio_of(draft))
    assert answer.status_code == 422
    words = "Clamshell and Heel slide are not signed by a registered physiotherapist. Ask Lee Ferreira to sign them."
    assert words in text_of(answer)
    draft.refresh_from_db()
    assert not draft.is_given


def test_lead_is_led_to_the_page_that_signs(draft):
    answer = give(draft, client_of(LeadFactory(clinic=draft.patient.clinic)))
    assert "Read and sign them first." in text_of(answer)
    assert f'href="{reverse("exercises:signatures")}"' in answer.content.decode()


def test_clinic_without_a_lead_still_gets_a_sentence(draft):
    assert "Ask your clinic lead to sign them." in text_of(give(draft, physio_of(draft)))


def test_what_is_signed_is_given(draft):
    sign(draft.patient.clinic, *(row.exercise for row in draft.prescriptions.all()))
    assert give(draft, physio_of(draft)).url == reverse("programmes:handover", args=[draft.pk])


def test_made_up_clinic_gives_without(draft):
    Clinic.objects.update(is_demo=True)
    assert give(draft, physio_of(draft)).url == reverse("programmes:handover", args=[draft.pk])


def test_next_version_asks_again_and_the_given_one_goes_on():
    given = given_version()
    Signature.objects.all().delete()
    draft = drafts.open_draft(patient=given.patient, by=given.given_by)
    refused = physio_of(draft).post(url("draft_give", draft), form_of(draft, {"reason": "More."}, sets="2"))
    assert "is not signed by a registered physiotherapist." in text_of(refused)
    patient = client_of(given.patient.user)
    assert patient.get(reverse("programmes:today")).status_code == 200
    assert client_of(given.given_by).post(reverse("programmes:print", args=[given.pk])).status_code == 200


def test_builder_marks_rows_and_cards(draft):
    answer = physio_of(draft).get(url("builder", draft))
    rows = {row.name for row in draft.prescriptions.all() if row.pk in answer.context["unsigned"]}
    cards = {card.exercise.name for card in answer.context["cards"] if not card.is_signed}
    assert rows == cards == {"Clamshell", "Heel slide"}
    assert answer.content.decode().count("Not signed") == 4


def test_handover_marks_what_was_given_unsigned():
    given = given_version(exercises=2)
    client, here = client_of(given.given_by), reverse("programmes:handover", args=[given.pk])
    assert "Not signed" not in client.get(here).content.decode()
    Signature.objects.first().delete()
    assert client.get(here).content.decode().count("Not signed") == 1


def test_library_that_changes_leaves_what_was_given_signed():
    given = given_version()
    exercise = given.prescriptions.get().exercise
    exercise.steps = ["Something else."]
    exercise.save()
    page = client_of(given.given_by).get(reverse("programmes:handover", args=[given.pk])).content.decode()
    assert "Not signed" not in page


# The patient of a made-up clinic


def pages_of(version):
    client = client_of(version.patient.user)
    row = version.prescriptions.first()
    today = client.get(reverse("programmes:today")).content.decode()
    return today, client.get(reverse("programmes:today_exercise", args=[row.pk])).content.decode()


def test_patient_of_a_made_up_clinic_reads_that_the_words_are_a_sample():
    given = given_version()
    Signature.objects.all().delete()
    Clinic.objects.update(is_demo=True)
    given = with_everything(given)
    assert all(page.count(str(unsigned.SAMPLE)) == 1 for page in pages_of(given))
    assert sheet_of(given, None, None).unsigned == str(unsigned.SAMPLE)


def test_nobody_else_does(django_assert_num_queries):
    given = given_version()
    assert not any(str(unsigned.SAMPLE) in page for page in pages_of(given))
    Signature.objects.all().delete()
    assert not any(str(unsigned.SAMPLE) in page for page in pages_of(given))
    given = with_everything(given)
    with django_assert_num_queries(0):
        assert sheet_of(given, None, None).unsigned == ""
    Clinic.objects.update(is_demo=True)
    sign(given.patient.clinic, given.prescriptions.get().exercise)
    assert not any(str(unsigned.SAMPLE) in page for page in pages_of(given))


def test_unused_exercise_of_the_library_stops_nobody(draft):
    sign(draft.patient.clinic, *(row.exercise for row in draft.prescriptions.all()))
    ExerciseFactory(name="Never prescribed")
    assert give(draft, physio_of(draft)).status_code == 302
