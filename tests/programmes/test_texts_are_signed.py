"""What the clinic says to its patients is signed before anything is given, save in a made-up clinic."""

import pytest
from django.urls import reverse

from hipcare.clinics.models import Clinic, TextSignature
from tests.factories import LeadFactory, sign_texts
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
