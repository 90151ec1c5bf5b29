"""The list as it was drawn before shows what is so now: whatever changes, for whoever asks, and however."""

import datetime as dt
import re
from contextlib import suppress

import pytest
from django.contrib import messages
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.test import Client

from hipcare.clinics.models import Clinic, Patient, User
from programmes.services.looking import mark_looked_at
from tests.factories import (
    DraftFactory,
    ExerciseFactory,
    PatientFactory,
    PerformedExerciseFactory,
    PhysioFactory,
    SessionFactory,
    given_version,
)
from tests.programmes.services.test_summaries import STEPS, Walk

NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
NEW_EACH_TIME = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
STAFF = "hipcare.clinics.backends.StaffBackend"


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.fixture
def version(db, clock):
    """Return a version given ten days ago to a patient with usual pain; beside them stand 25 others."""
    clear()
    clock.move_to(NOON - dt.timedelta(days=10), tick=False)
    version = given_version(
        patient=PatientFactory(usual_pain=1), weekdays="0123456", exercise=ExerciseFactory(slug="bridge")
    )
    clock.move_to(NOON, tick=False)
    theirs = {"clinic": version.patient.clinic, "physiotherapist": version.given_by}
    PatientFactory.create_batch(25, last_name="Zimmer", **theirs)
    return version


def clear():
    caches["pages"].clear()
    caches["fragments"].clear()


class Reader:
    """Somebody of the staff at their own browser."""

    def __init__(self, user):
        self.client = Client()
        self.client.force_login(User.objects.get(pk=user.pk), backend=STAFF)

    def reads(self, query="", **headers):
        """Return the list, without what is new each time."""
        self.answer = self.client.get(f"/patients/{query}", headers=headers)
        return NEW_EACH_TIME.sub("", self.answer.content.decode())

    def searches(self, words):
        self.client.post("/patients/search/", {"q": words})
        return self.reads("?found=")

    def reads_anew(self, query=""):
        clear()
        return self.reads(query)


def change(model, **values):
    model.objects.update(**values)


CHANGES = {
    "first name": lambda _v, _clock: change(Patient, first_name="Ines"),
    "birthday": lambda _v, _clock: change(Patient, date_of_birth=dt.date(1940, 1, 1)),
    "side": lambda _v, _clock: change(Patient, affected_side="left"),
    "usual pain": lambda _v, _clock: change(Patient, usual_pain=3),
    "patient": lambda v, _clock: PatientFactory(clinic=v.patient.clinic, physiotherapist=v.given_by),
    "patient who has gone": lambda v, _clock: Patient.objects.exclude(pk=v.patient.pk).first().delete(),
    "bands": lambda _v, _clock: change(Clinic, pain_ok_up_to=7),
    "clinic's name": lambda _v, _clock: change(Clinic, name="Fell Street"),
    "made-up clinic": lambda _v, _clock: change(Clinic, is_demo=True),
    "reader's name": lambda v, _clock: User.objects.filter(pk=v.given_by.pk).update(name="Kit Okoro"),
    "session": lambda v, _clock: SessionFactory(version=v),
    "note": lambda v, _clock: SessionFactory(version=v, note="Sore at night."),
    "pain": lambda v, _clock: SessionFactory(version=v, pain=9),
    "done": lambda v, _clock: PerformedExerciseFactory(
        session=SessionFactory(version=v), prescription=v.prescriptions.get()
    ),
    "draft": lambda v, _clock: DraftFactory(programme=v.programme),
    "new version": lambda v, _clock: given_version(programme=v.programme, number=2),
    "day": lambda _v, clock: clock.move_to(NOON + dt.timedelta(days=1), tick=False),
    "clinic number": lambda _v, _clock: change(Patient, last_name="Zimmer", clinic_number="AL-7"),
    "cut-offs": lambda _v, _clock: change(Clinic, look_quiet_days=30),
    "look": lambda v, _clock: mark_looked_at(patient=v.patient, by=v.given_by, at=NOON),
    "archived": lambda _v, _clock: change(Patient, archived_at=NOON),
    "zone": lambda _v, clock: (
        clock.move_to(NOON + dt.timedelta(hours=10), tick=False),
        change(Clinic, time_zone="Pacific/Auckland"),
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_each_thing_that_changes_is_shown(version, clock, what):
    reader = Reader(version.given_by)
    before = reader.reads()
    assert reader.reads() == before
    CHANGES[what](version, clock)
    after = reader.reads()
    assert after != before
    assert after == reader.reads_anew()


ASKED = [
    "",
    *("?whose=all", "?whose=archived", "?whose=all&letter=z", "?show=look", "?show=draft"),
    *("?show=review", "?show=quiet", "?show=none", "?sort=last", "?sort=review", "?page=2", "?found=&sort=last"),
]


@pytest.mark.parametrize("query", ASKED)
def test_each_thing_that_is_asked_for_is_shown(version, query):
    reader = Reader(version.given_by)
    for other in ASKED:
        reader.reads(other)
    shown = reader.reads(query)
    assert shown == reader.reads_anew(query)
    assert shown not in [reader.reads(other) for other in ASKED if other != query]


def test_words_searched_for_are_told_apart_though_the_address_is_the_same(version):
    reader = Reader(version.given_by)
    found = [reader.searches(words) for words in ("ellis", "zimmer", "nobody")]
    assert len(set(found)) == 3
    assert [reader.searches(words) for words in ("ellis", "zimmer", "nobody")] == found


def test_part_and_page_are_told_apart(version):
    reader = Reader(version.given_by)
    assert "<html" in reader.reads()
    assert "<html" not in reader.reads(**{"HX-Request": "true"})
    assert "<html" in reader.reads()


def test_each_reader_has_their_own_name_and_each_clinic_its_own_patients(version):
    colleague = PhysioFactory(clinic=version.patient.clinic, name="Kit Okoro")
    stranger = PatientFactory(last_name="Stranger").physiotherapist
    pages = [Reader(user).reads("?whose=all") for user in (version.given_by, colleague, stranger)]
    assert ["Kit Okoro" in page for page in pages] == [False, True, False]
    assert ["Stranger" in page for page in pages] == [False, False, True]
    assert ["Zimmer" in page for page in pages] == [True, True, False]


def test_each_opening_has_a_token_of_its_own_that_can_be_sent(version):
    reader = Reader(version.given_by)
    reader.client.handler.enforce_csrf_checks = True
    tokens = []
    for _ in range(2):
        reader.reads()
        tokens.append(NEW_EACH_TIME.findall(reader.answer.content.decode())[0])
    assert tokens[0] != tokens[1]
    posted = {"q": "ellis", "csrfmiddlewaretoken": tokens[1]}
    assert reader.client.post("/patients/search/", posted).status_code == 302


def test_the_name_of_a_colleague_who_looked_is_the_one_of_now(version):
    colleague, reader = PhysioFactory(clinic=version.patient.clinic, name="Kit Okoro"), Reader(version.given_by)
    mark_looked_at(patient=version.patient, by=colleague, at=NOON)
    assert "Kit Okoro, Mon 23 Nov" in reader.reads()
    User.objects.filter(pk=colleague.pk).update(name="Kit Lund")
    assert "Kit Lund, Mon 23 Nov" in reader.reads()


def test_a_message_is_said_once(version):
    reader = Reader(version.given_by)
    plain = reader.reads()
    request = reader.answer.wsgi_request
    messages.success(request, "Saved.")
    request._messages.update(reader.answer)
    reader.client.cookies.update(reader.answer.cookies)
    request.session.save()
    assert "Saved." in reader.reads()
    assert reader.reads() == plain


def test_words_that_the_list_does_not_know_are_not_kept(version):
    reader = Reader(version.given_by)
    reader.reads("?from=somewhere")
    assert caches["pages"]._cache == {}


@pytest.mark.parametrize("seed", range(2))
def test_list_is_right_after_every_step_of_a_walk(db, clock, seed):
    patient = PatientFactory()
    reader, walk = Reader(patient.physiotherapist), Walk(patient, clock, seed)
    for step in ["give", "session", *walk.chance.choices(STEPS, k=20)]:
        reader.reads()
        with suppress(ValidationError):
            getattr(walk, step)()
        reader = Reader(patient.physiotherapist)  # signed in still, however long ago
        assert reader.reads() == reader.reads_anew(), step


def test_what_changes_while_it_is_drawn_is_not_kept_under_what_was_before(version, monkeypatch):
    from programmes.views.staff import patients  # noqa: PLC0415

    reader, drawn = Reader(version.given_by), patients._drawn

    def while_somebody_writes(*asked):
        page = drawn(*asked)
        change(Patient, first_name="Ines")
        return page

    monkeypatch.setattr(patients, "_drawn", while_somebody_writes)
    reader.reads()
    assert caches["pages"]._cache == {}


def test_list_drawn_before_costs_three_queries(version, django_assert_num_queries):
    reader = Reader(version.given_by)
    reader.reads()
    with django_assert_num_queries(3):  # session, person, the clinic's summary
        reader.reads()
