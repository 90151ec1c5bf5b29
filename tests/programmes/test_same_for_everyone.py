"""No page answers a score: whoever says 0 and whoever says 10 reads the same words."""

import re
import uuid

import pytest
from django.utils import timezone

from programmes.models import PerformedExercise
from tests.factories import ClinicFactory, PatientFactory, SessionFactory, given_version
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db
UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
PERSON = re.compile(r'data-hc-person="[^"]+"')
CLOCK = re.compile(r'\d{1,2}:\d\d [ap]m|name="opened" value="\d+"')
ENTERED = re.compile(r"<dt>(?:Worst pain|How hard)</dt><dd>[^<]*</dd>")
CHOSEN = re.compile(r" checked")
STAMP = re.compile(r'name="stamp" value="[^"]+"')  # carries what was entered, sealed


def bare(text):
    """Return a page without ids, tokens, times of day and what was entered."""
    for found in (UUID, TOKEN, PERSON, CLOCK, ENTERED, CHOSEN, STAMP):
        text = found.sub("", text)
    return text


def pages_after(pain, effort):
    """Return every page a patient sees once they have said ``pain`` and ``effort``, ticking one of two."""
    patient = PatientFactory(clinic=ClinicFactory(name="Alder Lane"), last_name="Ellis")
    version = given_version(patient=patient, exercises=2, weekdays="0123456", exercise__name="Bridge")
    client, first = client_of(version.patient.user), version.prescriptions.first()
    sent = {
        "session": str(uuid.uuid4()),
        "version": str(version.pk),
        "day": timezone.localdate().isoformat(),
        "done": [str(first.pk)],
        "pain": pain,
        "effort": effort,
    }
    saved = client.post("/today/save/", sent, follow=True)
    change = f"/sessions/{sent['session']}/change/"
    addresses = ("/today/", "/today/?again", f"/today/exercises/{first.pk}/", change, "/help/")
    return [saved.text, *(client.get(address).text for address in addresses)]


@pytest.mark.parametrize(("pain", "effort"), [("10", "hard"), ("6", "somewhat_hard"), ("", "")])
def test_every_page_is_the_same_whatever_was_said(pain, effort):
    said, nothing = pages_after(pain, effort), pages_after("0", "easy")
    assert [bare(page) for page in said] == [bare(page) for page in nothing]


def test_saved_thanks_everyone_and_shows_the_whole_guide():
    version = given_version(weekdays="0123456")
    session = SessionFactory(version=version, pain=9, effort="hard")
    assert not PerformedExercise.objects.filter(session=session).exists()

    text = client_of(version.patient.user).get(f"/sessions/{session.pk}/", follow=True).text

    assert re.search(r"<h1>\s*Saved. Thank you.\s*</h1>", text)
    assert "Well done" not in text
    for words in ("0–2", "3–5", "6–10", "What the pain numbers mean", "Next morning", 'href="/help/"'):
        assert words in text
