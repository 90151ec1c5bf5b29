"""What a phone's script is answered: taken once, asked, refused with reasons, and never as another person's."""

import datetime as dt
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programmes.models import Session
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
