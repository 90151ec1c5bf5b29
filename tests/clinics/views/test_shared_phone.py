"""Two people on one phone: added by a code, told apart at each opening, and each goes alone."""

import uuid

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from hipcare.audit.models import Entry
from hipcare.clinics.models import Device
from hipcare.clinics.services.devices import make_pairing_code, pair, unpair
from programmes.models import Session as Sitting
from tests.factories import DeviceFactory, given_version

J, YES, TODAY, WHO = "/j", "/j/yes", "/today/", "/who/"

pytestmark = pytest.mark.django_db


def person(name):
    version = given_version(exercises=1)
    version.patient.first_name = name
    version.patient.save()
    return version.patient


@pytest.fixture
def margaret():
    return person("Margaret")


@pytest.fixture
def walter():
    return person("Walter")


@pytest.fixture
def phone(margaret, walter):
    """Return the browser of both; Walter came last and is here."""
    client = Client()
    add(client, margaret)
    add(client, walter)
    return client


def ask(client, patient):
    code = make_pairing_code(patient=patient, by=patient.physiotherapist)
    assert client.post(J, {"token": code.token}).url == YES
    return code


def add(client, patient):
    ask(client, patient)
    assert client.post(YES, {"answer": "yes"}).url == TODAY


def device_of(patient):
    return Device.objects.live().get(patient=patient)


def choose(client, patient):
    return client.post(WHO, {"device": device_of(patient).pk})


def shown(client):
    """Return whose Today the phone shows, "?" where it asks who is here, "" where it is out."""
    response = client.get(TODAY)
    if response.status_code == 302:
        return "?" if response.url == WHO else ""
    return next(name for name in ("Margaret", "Walter") if f", <bdi>{name}</bdi></p>" in response.text)


def test_another_patients_code_asks_to_add_and_takes_nothing_away(margaret, walter):
    client = Client()
    add(client, margaret)
    code = ask(client, walter)

    asked = client.get(YES).text
    assert "This phone is <bdi>Margaret</bdi>’s. Add <bdi>Walter</bdi> too?" in asked
    assert "<bdi>Margaret</bdi> stays signed in." in asked
    assert shown(client) == "Margaret"

    assert client.post(YES, {"answer": "no"}).url == TODAY
    assert shown(client) == "Margaret"
    code.refresh_from_db()
    assert code.is_open


def test_who_was_added_is_here_and_both_stay_in(phone, margaret, walter):
    assert shown(phone) == "Walter"
    assert {device.patient for device in Device.objects.live()} == {margaret, walter}
    assert set(Device.objects.values_list("session_key", flat=True)) == {phone.session.session_key}
    assert Session.objects.count() == 1


def test_who_is_here_is_asked_at_each_opening(phone, margaret, walter):
    del phone.cookies["here"]  # half an hour later
    assert shown(phone) == "?"
    page = phone.get(WHO).text
    assert "Who is here?" in page
    assert page.index("<b><bdi>Margaret</bdi></b>") < page.index("<b><bdi>Walter</bdi></b>")
    for patient in (margaret, walter):
        assert patient.last_name not in page

    assert choose(phone, margaret).url == TODAY
    assert shown(phone) == "Margaret"
    assert phone.cookies["here"]["max-age"] == 30 * 60
    assert phone.cookies["here"]["httponly"]


def test_a_phone_of_one_is_never_asked(margaret):
    client = Client()
    add(client, margaret)
    client.cookies.pop("here", None)

    assert shown(client) == "Margaret"
    assert "Someone else?" not in client.get(TODAY).text


def test_every_page_leads_to_the_others(phone, walter):
    words = "This is <bdi>Walter</bdi>’s plan. Someone else?"
    for page in (TODAY, "/phone/", "/phone/leave/", f"/today/exercises/{exercise_of(walter)}/"):
        assert words in phone.get(page).text, page


def exercise_of(patient):
    return patient.programmes.get().versions.get().prescriptions.get().pk


def test_nothing_that_was_posted_is_lost_to_the_question(phone, walter):
    version = walter.programmes.get().versions.get()
    del phone.cookies["here"]
    sent = {"session": uuid.uuid4(), "version": version.pk, "done": exercise_of(walter)}

    assert phone.post("/today/save/", {**sent, "day": version_day()}).status_code == 302
    assert Sitting.objects.get().version == version


def version_day():
    from django.utils import timezone  # noqa: PLC0415

    return timezone.localdate().isoformat()


def test_what_is_one_persons_is_not_saved_or_seen_as_the_others(phone, margaret, walter):
    version = margaret.programmes.get().versions.get()
    sent = {"session": uuid.uuid4(), "version": version.pk, "done": exercise_of(margaret), "day": version_day()}

    assert phone.post("/today/save/", sent).status_code == 404
    assert phone.get(f"/today/exercises/{exercise_of(margaret)}/").status_code == 404
    assert not Sitting.objects.exists()
    choose(phone, margaret)
    assert phone.post("/today/save/", sent).status_code == 302


def test_each_has_a_key_of_their_own_for_what_the_phone_keeps(phone, margaret, walter):
    pages = [phone.get(TODAY).text, choose(phone, margaret) and phone.get(TODAY).text]

    for page, patient in zip(pages, (walter, margaret), strict=True):
        assert f'data-hc-person="{patient.user.kept_under}"' in page
    assert walter.user.kept_under != margaret.user.kept_under


def test_nothing_of_who_was_here_stays_in_the_session(phone, margaret):
    session = phone.session
    session["kept words"] = "Walter's"
    session.save()

    choose(phone, margaret)

    assert {key for key in dict(phone.session.items()) if not key.startswith("_")} == set()


@pytest.mark.parametrize("device", ["", "nonsense", "00000000-0000-4000-8000-000000000000"])
def test_a_wrong_answer_asks_again(phone, device):
    response = phone.post(WHO, {"device": device})

    assert response.status_code == 200
    assert "Who is here?" in response.text
    assert shown(phone) == "Walter"


def test_nobody_becomes_who_is_on_another_phone(phone, margaret):
    elsewhere = DeviceFactory(session_key="elsewhere")

    phone.post(WHO, {"device": elsewhere.pk})

    assert shown(phone) == "Walter"
    assert Client().post(WHO, {"device": elsewhere.pk}).url == J


def test_a_session_key_known_before_adding_opens_nothing(margaret, walter):
    """A key that somebody planted or saw is changed when a person is added, for all who are on the phone."""
    client, spy = Client(), Client()
    add(client, margaret)
    spy.cookies["session"] = client.cookies["session"].value
    add(client, walter)

    assert (shown(spy), spy.get(WHO).url) == ("", J)
    assert shown(client) == "Walter"


def test_one_leaves_and_the_other_stays(phone, margaret, walter):
    response = phone.post("/unpair/")

    assert response.url == WHO
    assert "Clear-Site-Data" not in response.headers  # it would take what Margaret has not sent
    assert "Walter" not in phone.get(WHO).text
    for page in (TODAY, "/"):
        assert "Who is here?" in phone.get(page, follow=True).text
    choose(phone, margaret)
    assert shown(phone) == "Margaret"
    assert Entry.objects.get(action="unpair").patient == walter.pk

    assert phone.post("/unpair/").headers["Clear-Site-Data"] == '"cache", "storage"'


def test_the_clinic_takes_one_off_and_the_other_stays(phone, margaret, walter):
    unpair(device=device_of(walter), by=walter.physiotherapist)

    told = phone.get(TODAY, follow=True).text
    assert "This phone is signed out" in told
    assert 'href="/who/"' in told
    choose(phone, margaret)
    assert shown(phone) == "Margaret"


def test_who_is_not_here_can_be_taken_off_too(phone, margaret):
    unpair(device=device_of(margaret), by=margaret.physiotherapist)

    assert shown(phone) == "Walter"
    assert "Someone else?" not in phone.get(TODAY).text


def test_a_yes_that_comes_too_late_takes_nobody_away(margaret, walter, monkeypatch):
    client = Client()
    add(client, margaret)
    code = ask(client, walter)
    monkeypatch.setattr("hipcare.clinics.services.devices.open_code", lambda _pk: code)
    pair(code=code, session_key="another phone", device_name="Phone")

    response = client.post(YES, {"answer": "yes"})

    assert (response.status_code, "This code has been used" in response.text) == (422, True)
    assert shown(client) == "Margaret"


def test_a_fourth_person_is_refused_in_words(phone):
    add(phone, person("Ada"))
    code = ask(phone, person("Ben"))

    assert "3 people use this phone." in phone.get(YES).text
    assert phone.post(YES, {"answer": "yes"}).status_code == 422
    code.refresh_from_db()
    assert code.is_open
    assert Device.objects.live().count() == 3


def test_sharing_costs_no_query(phone, margaret, django_assert_num_queries):
    with django_assert_num_queries(2):  # session, person by device
        phone.get("/")
