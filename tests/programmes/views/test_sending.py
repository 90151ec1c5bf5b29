"""What a phone's script is answered: taken once, asked, refused with reasons, and never as another person's."""

import datetime as dt
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programmes.models import PatientMessage, Session
from programmes.services.telling import look_at_message
from tests.factories import PatientFactory, given_version
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return given_version(exercises=2)


@pytest.fixture
def client(version):
    return client_of(version.patient.user)


def sent(client, version, /, *, days_ago=0, **changed):
    opened = timezone.now() - dt.timedelta(days=days_ago)
    said = {
        "session": uuid.uuid4(),
        "version": version.pk,
        "opened": int(opened.timestamp()),
        "person": version.patient.user.kept_under,
        "done": [row.pk for row in version.prescriptions.all()][:1],
    }
    return client.post(reverse("programmes:session_send"), said | changed)


def test_script_learns_who_is_here_and_gets_a_token(client, version):
    answer = client.get(reverse("programmes:who_is_here"))
    told = answer.json()
    assert told["person"] == version.patient.user.kept_under
    assert str(version.patient.user.pk) not in answer.content.decode()
    assert len(told["token"]) == 64
    assert abs(told["now"] - timezone.now().timestamp()) < 60
    assert "no-store" in answer["Cache-Control"]


def test_nobody_is_here_without_a_phone_that_is_paired(db):
    assert Client().get(reverse("programmes:who_is_here")).json()["person"] == ""


def test_sent_twice_is_saved_once(client, version):
    session = uuid.uuid4()
    for _ in range(2):
        answer = sent(client, version, session=session)
        assert (answer.status_code, answer.json()) == (200, {"page": f"/sessions/{session}/"})
    assert Session.objects.count() == 1


@pytest.mark.parametrize(
    ("minutes", "is_kept"), [(-5, False), (0, False), (9, False), (11, True), (2 * 24 * 60, True), (9 * 24 * 60, False)]
)
def test_what_waited_for_a_signal_keeps_when_it_was_said(client, version, minutes, is_kept):
    said_at = timezone.now().replace(microsecond=0) - dt.timedelta(minutes=minutes)
    today = timezone.localdate().isoformat()
    sent(client, version, said_at=int(said_at.timestamp()), which_day=today)
    session = Session.objects.get()
    assert session.performed_at == (said_at if is_kept else None)
    assert session.said_at == (session.performed_at or session.received_at)


def test_a_moment_that_makes_no_sense_keeps_nobody_from_saving(client, version):
    assert sent(client, version, said_at="soon").status_code == 200
    assert Session.objects.get().performed_at is None


def test_what_was_said_on_its_day_and_sent_later_is_not_called_written_later(client, version):
    day = timezone.localdate() - dt.timedelta(days=2)
    at_noon = timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
    sent(client, version, days_ago=2, said_at=int(at_noon.timestamp()), which_day=day.isoformat())
    text = client_of(version.given_by).get(reverse("programmes:patient", args=[version.patient.pk])).text
    assert "later" not in text
    Session.objects.update(performed_at=None)
    text = client_of(version.given_by).get(reverse("programmes:patient", args=[version.patient.pk])).text
    assert "written 2 days later" in text


def test_page_of_yesterday_is_asked_and_an_answer_is_taken(client, version):
    answer = sent(client, version, days_ago=1)
    assert (answer.status_code, answer.json()) == (409, {"ask": "day"})
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    assert sent(client, version, days_ago=1, which_day=yesterday.isoformat()).status_code == 200
    assert Session.objects.get().local_date == yesterday


def test_too_long_ago_says_so_and_whom_to_tell(client, version):
    day = timezone.localdate() - dt.timedelta(days=9)
    answer = sent(client, version, days_ago=9, which_day=day.isoformat())
    called = version.patient.physiotherapist.called
    assert (answer.status_code, answer.json()) == (
        422,
        {"reasons": [f"Too long ago to save. Tell {called} about it."]},
    )


@pytest.mark.parametrize(
    "changed",
    [{"done": []}, {"note": "x" * 2000}, {"session": "nonsense"}, {"version": "nonsense"}, {"done": [uuid.uuid4()]}],
    ids=["nothing", "long note", "session", "version", "exercise"],
)
def test_what_cannot_be_saved_is_refused_in_words(client, version, changed):
    answer = sent(client, version, **changed)
    assert answer.status_code == 422
    assert all(len(words) > 10 for words in answer.json()["reasons"])
    assert Session.objects.count() == 0


def test_nothing_is_taken_as_another_persons(client, version):
    other = PatientFactory()
    answer = sent(client, version, person=other.user.kept_under)
    assert (answer.status_code, answer.json()) == (409, {"ask": "person"})
    assert Session.objects.count() == 0


def told(client, version, /, **changed):
    said = {"message": uuid.uuid4(), "text": "On the sofa?", "person": version.patient.user.kept_under}
    return client.post(reverse("programmes:message_send"), said | changed)


def test_message_sent_twice_is_kept_once_and_leads_to_the_page_that_says_so(client, version):
    message = uuid.uuid4()
    for _ in range(2):
        answer = told(client, version, message=message)
        assert (answer.status_code, answer.json()) == (200, {"page": "/today/tell/#kept"})
    assert PatientMessage.objects.get().pk == message


def test_change_that_waited_while_the_message_was_read_is_kept_beside_it_once(client, version):
    message = PatientMessage.objects.create(patient=version.patient, text="On the sofa?")
    look_at_message(message=message, by=version.given_by)
    for _ in range(2):
        assert told(client, version, message=message.pk, text="On the bed?").status_code == 200
    assert sorted(PatientMessage.objects.values_list("text", "read_by")) == [
        ("On the bed?", None),
        ("On the sofa?", version.given_by_id),
    ]


@pytest.mark.parametrize("changed", [{"text": " "}, {"text": "x" * 1001}, {"message": "nonsense"}])
def test_message_that_cannot_be_kept_is_refused_in_words(client, version, changed):
    answer = told(client, version, **changed)
    assert answer.status_code == 422
    assert all(len(words) > 10 for words in answer.json()["reasons"])
    assert not PatientMessage.objects.exists()


def test_no_message_is_taken_as_another_persons_nor_under_its_id(client, version):
    other = PatientFactory()
    answer = told(client, version, person=other.user.kept_under)
    assert (answer.status_code, answer.json()) == (409, {"ask": "person"})
    theirs = PatientMessage.objects.create(patient=other, text="Mine")
    assert told(client, version, message=theirs.pk).status_code == 422
    theirs.refresh_from_db()
    assert theirs.text == "Mine"


def test_pages_where_what_was_begun_is_saved_are_named_to_the_script(client):
    text = client.get(reverse("programmes:waiting")).text
    none = uuid.UUID(int=0)
    assert f'{{"fill": "/today/days/{none}/", "change": "/sessions/{none}/change/"}}' in text
