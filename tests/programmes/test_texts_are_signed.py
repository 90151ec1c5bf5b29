"""What the clinic says to its patients is signed before anything is given, save in a made-up clinic."""

import pytest
from django.urls import reverse

from hipcare.clinics.models import Clinic, TextSignature
from programmes.handouts.content import UNSIGNED_ADVICE, sheet_of
from programmes.handouts.versions import with_everything
from tests.clinics.views.test_wording import typed
from tests.factories import LeadFactory, given_version, sign_texts
from tests.programmes.drafts import draft_of, form_of, text_of, url
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db
REFUSED = "What your clinic says about pain and when to get help is not signed by a registered physiotherapist."


@pytest.fixture
def draft():
    draft = draft_of(None, "Bridge")
    TextSignature.objects.all().delete()
    return draft


def give(draft):
    client = client_of(LeadFactory(clinic=draft.patient.clinic))
    return client.post(url("draft_give", draft), form_of(draft))


def test_nothing_is_given_before_it_is_signed(draft):
    answer = give(draft)

    assert answer.status_code == 422
    assert f"{REFUSED} Read and sign it first." in text_of(answer)
    assert f'href="{reverse("clinic_says")}"' in answer.text


def test_signed_it_is_given(draft):
    sign_texts(draft.patient.clinic)

    assert give(draft).url == reverse("programmes:handover", args=[draft.pk])


def test_a_made_up_clinic_gives_without(draft):
    Clinic.objects.update(is_demo=True)

    assert give(draft).url == reverse("programmes:handover", args=[draft.pk])


def test_what_was_given_says_on_paper_phone_and_desk_that_the_words_are_not_signed_any_more():
    given = given_version()
    staff, patient = client_of(given.given_by), client_of(given.patient.user)
    address, mark = reverse("programmes:handover", args=[given.pk]), "Not yet signed by a registered physiotherapist."
    assert sheet_of(with_everything(given), None, None).unsigned == ""
    assert "is not signed now" not in staff.get(address).text
    assert mark not in patient.get("/help/").text
    TextSignature.objects.all().delete()
    assert sheet_of(with_everything(given), None, None).unsigned == UNSIGNED_ADVICE
    assert "What your clinic says to patients is not signed now." in staff.get(address).text
    assert mark in patient.get("/help/").text


@pytest.mark.parametrize("saved", ["Help list saved.", "Hip rules saved."])
def test_whoever_changes_the_words_is_told_to_have_them_signed(saved):
    lead = LeadFactory()
    sign_texts(lead.clinic)
    address = {"Help list saved.": "/clinic/help/calf/", "Hip rules saved.": "/clinic/hip-rules/posterior/"}[saved]
    changed = {"words": "Your calf is big and sore"} if "help" in address else {"rules": "Do not bend your hip far."}
    client = client_of(lead)
    page = client.post(address, typed(client, address, **changed), follow=True).text
    assert f"{saved} It is not signed now: sign what your clinic says before the next programme is given." in page
