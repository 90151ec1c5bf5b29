"""Today as it was drawn before shows what is so now: whatever changes, and whenever an end comes by itself."""

import datetime as dt
import re
import uuid
from contextlib import suppress

import pytest
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exercises.signatures import Signature
from hipcare.clinics.models import Clinic, ClinicText, Patient, PrecautionList, User
from hipcare.clinics.models.clinic_text import ADVICE
from programmes.models import PatientSummary, Programme, Session, Version
from programmes.services.looking import mark_looked_at
from programmes.services.mornings import say_next_day
from programmes.services.seeing import mark_news_seen
from tests.factories import ExerciseFactory, PatientFactory, PhysioFactory, SessionFactory, given_version, sign_all_in
from tests.programmes.services.test_summaries import STEPS, Walk
from tests.structure.world import client_of

NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
NEW_EACH_TIME = re.compile(r'name="(?:csrfmiddlewaretoken|session|opened)" value="[^"]+"')
DEVICE = "hipcare.clinics.backends.DeviceBackend"


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.fixture
def version(db, clock):
    """Return a version of a made-up clinic's patient with hip precautions, begun ten days ago and logged since."""
    caches["pages"].clear()
    clock.move_to(NOON - dt.timedelta(days=10), tick=False)
    patient = PatientFactory(hip_precautions="posterior", clinic__is_demo=True)
    version = given_version(patient=patient, weekdays="0123456", exercise=ExerciseFactory(slug="bridge"))
    SessionFactory(version=version)
    clock.move_to(NOON, tick=False)
    return version


def today(user, query=""):
    """Return Today as ``user`` opens it, without what is new each time."""
    client = Client()
    client.force_login(User.objects.get(pk=user.pk), backend=DEVICE)
    return NEW_EACH_TIME.sub("", client.get(f"/today/{query}").content.decode())


def drawn_anew(user):
    caches["pages"].clear()
    return today(user)


def change(model, **values):
    model.objects.update(**values)


CHANGES = {
    "first name": lambda _v: change(Patient, first_name="Ines"),
    "person": lambda _v: change(Patient, person="rowan"),
    "language": lambda _v: change(Patient, language="ar"),
    "physiotherapist": lambda _v: change(User, called="Dr Nair"),
    "who gave it": lambda v: User.objects.filter(pk=v.given_by.pk).update(name="Kit Okoro", called="Kit"),
    "clinic's telephone": lambda _v: change(Clinic, phone="01632 960 999"),
    "clinic's sentence": lambda v: ClinicText.objects.create(
        clinic=v.patient.clinic, group=ADVICE, key="fine", words="Go on.", changed_by=v.given_by
    ),
    "hip rules": lambda v: PrecautionList.objects.create(
        clinic=v.patient.clinic,
        kind="posterior",
        heading="Mind",
        rules=["Sit on a high chair."],
        source="ours",
        review_on=NOON.date(),
        changed_by=v.given_by,
    ),
    "signature taken back": lambda _v: change(Signature, withdrawn_at=NOON),
    "signature given again": lambda v: (change(Signature, withdrawn_at=NOON), today(v.patient.user), sign_all_in(v)),
    "morning after": lambda v: say_next_day(
        session=Session.objects.get(version=v), answer="yes", today=NOON.date(), at=NOON - dt.timedelta(days=9)
    ),
    "looked at": lambda v: mark_looked_at(patient=v.patient, by=v.given_by, at=NOON),
    "who looked": lambda v: (
        mark_looked_at(patient=v.patient, by=PhysioFactory(clinic=v.patient.clinic, called="Kit"), at=NOON),
        today(v.patient.user),
        User.objects.filter(called="Kit").update(called="Dr Okoro"),
    ),
    "news seen": lambda v: (
        today(given_version(programme=v.programme, number=2, weekdays="0123456").patient.user),
        mark_news_seen(version=Version.objects.get(number=2), at=NOON),
    ),
    "session": lambda v: SessionFactory(version=v, local_date=NOON.date()),
    "version": lambda v: given_version(programme=v.programme, number=2, weekdays="0123456", note="Slowly."),
    "end": lambda _v: change(Programme, status="ended", ended_at=NOON),
    "last word": lambda _v: change(Programme, last_word="You walked to the sea."),
}


@pytest.mark.parametrize("what", CHANGES)
def test_each_thing_that_changes_is_shown(version, what):
    user = version.patient.user
    before = today(user)
    assert today(user) == before
    CHANGES[what](version)
    after = today(user)
    assert after == drawn_anew(user)
    assert after != before or what in {"who gave it", "signature given again", "morning after"}


@pytest.mark.parametrize("hours", [1, 6, 12, 24, 47, 49, 24 * 8])
def test_what_ends_by_itself_ends_on_the_page_too(version, clock, hours):
    newer = given_version(programme=version.programme, number=2, weekdays="0123456")
    user = newer.patient.user
    SessionFactory(version=newer, local_date=NOON.date())
    today(user)
    clock.move_to(NOON + dt.timedelta(hours=hours), tick=False)
    assert today(user) == drawn_anew(user)


@pytest.mark.parametrize("seed", range(4))
def test_page_is_right_after_every_step_of_a_walk(db, clock, seed):
    patient = PatientFactory()
    walk = Walk(patient, clock, seed)
    for step in ["give", "session", *walk.chance.choices(STEPS, k=20)]:
        today(patient.user)
        with suppress(ValidationError):
            getattr(walk, step)()
        assert today(patient.user) == drawn_anew(patient.user), step


def test_each_opening_has_a_token_an_id_and_a_moment_of_its_own_and_can_be_saved(version, clock):
    client = Client(enforce_csrf_checks=True)
    client.force_login(version.patient.user, backend=DEVICE)
    first = client.get("/today/").content.decode()
    clock.move_to(NOON + dt.timedelta(minutes=5), tick=False)
    second = client.get("/today/").content.decode()
    found = [dict(re.findall(r'name="(\w+)" value="([^"]+)"', page)) for page in (first, second)]
    for name in ("csrfmiddlewaretoken", "session", "opened"):
        assert found[0][name] != found[1][name], name
    row = version.prescriptions.get()
    answer = client.post("/today/save/", found[1] | {"done": str(row.pk), "pain": "3", "effort": "easy"})
    assert answer.status_code == 302
    assert Session.objects.get(pk=uuid.UUID(found[1]["session"])).local_date == NOON.date()


def test_nobody_is_shown_the_page_of_somebody_else(version):
    other = PatientFactory(
        first_name="Ines", clinic=version.patient.clinic, physiotherapist=version.patient.physiotherapist
    )
    given_version(patient=other, weekdays="0123456")
    assert "Ines" not in today(version.patient.user)
    assert ">Ines<" in today(other.user)


def test_nothing_is_kept_where_no_summary_would_tell_of_a_change(version):
    PatientSummary.objects.all().delete()
    today(version.patient.user)
    Session.objects.update(local_date=NOON.date())  # past the services, as the summary was
    assert today(version.patient.user) == drawn_anew(version.patient.user)


def test_ticks_and_messages_are_never_kept(version):
    row = version.prescriptions.get()
    user = version.patient.user
    assert "checked" in today(user, f"?done={row.pk}")
    assert "checked" not in today(user)


@pytest.mark.parametrize("rows", [1, 3])
def test_page_drawn_before_costs_the_same_few_queries(version, rows, client):
    given_version(programme=version.programme, number=2, exercises=rows, weekdays="0123456")
    client.force_login(version.patient.user, backend=DEVICE)
    client.get("/today/")
    with CaptureQueriesContext(connection) as counted:
        client.get("/today/")
    assert len(counted) == 6  # session, person, version, texts, hip rules, signatures of a made-up clinic


def test_phone_that_has_the_page_is_not_sent_it_again_until_it_says_something_else(version, clock):
    client = client_of(version.patient.user)
    has = client.get("/today/")["ETag"]

    def asked(has):
        answer = client.get("/today/", headers={"if-none-match": f"W/{has}"})
        return answer.status_code, len(answer.content)

    assert asked(has) == (304, 0)
    caches["pages"].clear()  # another process
    assert asked(has) == (304, 0)
    assert asked('"nonsense"')[0] == 200
    assert client.get("/today/?again", headers={"if-none-match": has}).status_code == 200
    other = client_of(version.patient.user)  # whose tokens are others
    assert other.get("/today/", headers={"if-none-match": has}).status_code == 200
    clock.move_to(NOON + dt.timedelta(hours=8), tick=False)  # good evening
    assert asked(has)[0] == 200


def test_worker_is_sent_again_only_once_it_has_changed(client):
    has = client.get("/sw.js")["ETag"]
    assert client.get("/sw.js", headers={"if-none-match": has}).status_code == 304
    assert client.get("/sw.js", headers={"if-none-match": '"older"'}).status_code == 200
