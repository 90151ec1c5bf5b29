"""What a patient tells the physiotherapist between visits: kept once, theirs until it is read, and never a chat."""

import datetime as dt
import re
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from hipcare.audit.models import Entry
from programmes.models import PatientMessage
from programmes.services.telling import READ_MEANWHILE, keep_message, look_at_message, take_back
from tests.factories import PatientFactory, given_version
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db
TELL = "/today/tell/"
SOFA = "Can I do it on the sofa?"


@pytest.fixture
def version():
    return given_version(exercises=1, weekdays="0123456")


@pytest.fixture
def patient(version):
    return version.patient


@pytest.fixture
def client(patient):
    return client_of(patient.user)


@pytest.fixture
def message(patient):
    return PatientMessage.objects.create(patient=patient, text=SOFA)


def said(text=SOFA, **more):
    return {"message": str(uuid.uuid4()), "text": text, **more}


def test_honest_line_and_the_number_come_before_the_field(client, version):
    text = client.get(TELL).text
    assert "Tell <bdi>Priya</bdi> before your next visit" in text
    honest, number, field = (text.index(one) for one in ("No one reads this between visits.", "tel:", "<textarea"))
    assert honest < number < field
    assert text.index(f"{version.review_on:%A}") < field
    assert 'href="/help/"' in text


@pytest.mark.parametrize("has_plan", [True, False])
def test_without_a_day_to_come_it_is_the_next_visit(has_plan, time_machine):
    patient = PatientFactory()
    if has_plan:
        given_version(patient=patient)
        time_machine.move_to(timezone.now() + dt.timedelta(days=40))
    assert "reads it with you at your next visit." in client_of(patient.user).get(TELL).text


def test_it_is_kept_shown_and_not_read_yet(client):
    answer = client.post(TELL, said())
    assert answer.url == f"{TELL}#kept"
    text = client.get(TELL).text
    assert PatientMessage.objects.get().text == SOFA
    assert 'id="kept" tabindex="-1">Kept for your next visit.' in text
    for words in (SOFA, "Not read yet", "Change it", "Take it back"):
        assert words in text


def test_sent_twice_it_is_there_once(client):
    sent = said()
    for _ in range(2):
        assert client.post(TELL, sent).status_code == 302
    assert PatientMessage.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"text": " "}, "Write what you want to say."),
        ({"text": "word " * 300}, "This is too long."),
        ({"text": "a\0b"}, "a letter we cannot keep"),
        ({"message": "bad"}, "This page is out of date."),
    ],
)
def test_refused_it_says_why_and_keeps_what_was_typed(client, sent, words):
    sent = said(**sent)
    response = client.post(TELL, sent)
    assert response.status_code == 422
    assert words in response.text
    assert sent["text"].replace("\0", "").strip()[:20] in response.text
    assert not PatientMessage.objects.exists()
    fresh = re.search(r'name="message" value="([^"]+)"', response.text)[1]
    assert uuid.UUID(fresh)


def test_it_can_be_changed_until_it_is_read(client, message):
    page = client.get(f"{TELL}{message.pk}/").text
    assert f'name="message" value="{message.pk}"' in page
    assert "Keep the change" in page
    client.post(TELL, said("On the bed?", message=message.pk))
    message.refresh_from_db()
    assert message.text == "On the bed?"


def test_read_meanwhile_it_stays_and_what_was_typed_is_there_to_send_as_a_new_one(client, message, version):
    look_at_message(message=message, by=version.given_by)
    response = client.post(TELL, said("On the bed?", message=message.pk))
    assert response.status_code == 422
    assert str(READ_MEANWHILE) in response.text
    assert "On the bed?" in response.text
    fresh = re.search(r'name="message" value="([^"]+)"', response.text)[1]
    assert fresh != str(message.pk)
    client.post(TELL, said("On the bed?", message=fresh))
    assert sorted(PatientMessage.objects.values_list("text", flat=True)) == [SOFA, "On the bed?"]


def test_read_already_there_is_nothing_to_change(client, message, version):
    look_at_message(message=message, by=version.given_by)
    assert client.get(f"{TELL}{message.pk}/").headers["Location"] == TELL
    text = client.get(TELL).text
    assert "<bdi>Priya</bdi> read this on" in text
    assert "Change it" not in text


def test_it_can_be_taken_back_until_it_is_read(client, message, version):
    other = PatientMessage.objects.create(patient=message.patient, text="Another")
    look_at_message(message=other, by=version.given_by)
    for _ in range(2):  # pressed twice
        assert "Taken back." in client.post(f"{TELL}{message.pk}/take-back/", follow=True).text
    assert str(READ_MEANWHILE) in client.post(f"{TELL}{other.pk}/take-back/", follow=True).text
    assert list(PatientMessage.objects.all()) == [other]


def test_an_id_of_somebody_else_is_none(client):
    other = PatientMessage.objects.create(patient=PatientFactory(), text="Mine")
    assert client.post(TELL, said(message=other.pk)).status_code == 404
    assert client.post(f"{TELL}{other.pk}/take-back/").status_code == 302
    other.refresh_from_db()
    assert other.text == "Mine"


def test_trail_knows_what_the_patient_did_and_when_and_never_the_words(client, patient):
    sent = said()
    for text in (SOFA, SOFA, "Can I do it in bed?"):
        client.post(TELL, {**sent, "text": text})
    client.post(f"{TELL}{sent['message']}/take-back/")
    client.post(f"{TELL}{sent['message']}/take-back/")

    entries = list(Entry.objects.filter(subject="patientmessage").order_by("at").values())
    assert [(one["action"], one["fields"]) for one in entries] == [
        ("change", None),
        ("change", ["text"]),
        ("change", ["taken_back"]),
    ]
    whose = {(one["actor"], one["patient"], str(one["subject_id"])) for one in entries}
    assert whose == {(patient.user_id, patient.pk, sent["message"])}
    assert not [one for one in entries if "sofa" in str(one) or "bed" in str(one)]


def test_staff_read_it_say_so_once_and_the_first_stays(message, version):
    staff = client_of(version.given_by)
    page = staff.get(f"/patients/{message.patient_id}/").text
    assert "Told you between visits" in page
    assert SOFA in page
    for _ in range(2):
        answer = staff.post(f"/messages/{message.pk}/looked-at/")
        assert answer.headers["Location"] == f"/patients/{message.patient_id}/#messages"
    message.refresh_from_db()
    assert message.read_by == version.given_by
    entry = Entry.objects.get(subject="patientmessage")
    assert (entry.action, entry.patient, entry.subject_id) == ("look", message.patient_id, message.pk)
    assert f"looked at by {version.given_by.name}" in staff.get(f"/patients/{message.patient_id}/").text


def test_words_that_were_changed_after_the_page_was_drawn_are_not_called_read(message, version):
    staff = client_of(version.given_by)
    drawn = int((message.written_at - dt.timedelta(minutes=5)).timestamp())
    answer = staff.post(f"/messages/{message.pk}/looked-at/", {"drawn": drawn}, follow=True)
    assert "since you opened this page" in answer.text
    message.refresh_from_db()
    assert not message.is_read

    later = int((message.written_at + dt.timedelta(minutes=5)).timestamp())
    staff.post(f"/messages/{message.pk}/looked-at/", {"drawn": later})
    message.refresh_from_db()
    assert message.is_read


def test_patient_who_told_nothing_has_no_box_for_it_on_the_staff_page(version):
    assert "Told you" not in client_of(version.given_by).get(f"/patients/{version.patient.pk}/").text


def test_services_are_gone_through_twice_without_trouble(patient, message):
    assert keep_message(message_id=message.pk, patient=patient, text=SOFA) == message
    take_back(message=message)
    take_back(message=message)
    read = PatientMessage.objects.create(
        patient=patient, text="x", read_at=timezone.now(), read_by=patient.physiotherapist
    )
    with pytest.raises(ValidationError):
        take_back(message=read)


@pytest.mark.parametrize("path", ["/today/", "/today/?again"])
def test_today_leads_there_with_a_plan_and_without(path, client):
    assert f'href="{TELL}"' in client.get(path).text
    assert f'href="{TELL}"' in client_of(PatientFactory().user).get(path).text
