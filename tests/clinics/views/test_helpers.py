"""A helper's phone and the pages about helpers: added by the patient or the clinic, closed but for the plan."""

import re
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from hipcare.audit.models import Entry
from hipcare.clinics.models import Device, Helper, PairingCode
from hipcare.clinics.services.devices import make_pairing_code
from hipcare.clinics.services.helping import add_helper, take_helper_away
from programmes.models import Session, SessionRevision
from tests.factories import SessionFactory, given_version
from tests.structure.world import client_of

HELPERS, J, YES, TODAY, WHO = "/phone/helpers/", "/j", "/j/yes", "/today/", "/who/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return given_version(exercises=1)


@pytest.fixture
def patient(version):
    return version.patient


@pytest.fixture
def phone(patient):
    return client_of(patient.user)


@pytest.fixture
def joanna(patient):
    return add_helper(patient=patient, name="Joanna", by=patient.user)


@pytest.fixture
def helping(joanna):
    return client_of(joanna)


def report(version, **more):
    sent = {"session": uuid.uuid4(), "version": version.pk, "done": version.prescriptions.get().pk, "pain": "7"}
    return {**sent, "day": timezone.localdate().isoformat(), **more}


# On the patient's phone


def test_the_patient_adds_a_helper_and_gets_a_code(phone, patient):
    assert f'href="{HELPERS}"' in phone.get("/phone/").text
    page = phone.post(HELPERS, {"name": " Joanna "}, follow=True).text

    helper, code = Helper.objects.get(), PairingCode.objects.get()
    assert (helper.name, helper.patient, code.helper, code.made_by) == ("Joanna", patient, helper, patient.user)
    assert code.typed_code in page
    assert 'src="data:image/svg+xml' in page
    assert "<bdi>Joanna</bdi></b> can see your plan" in phone.get("/phone/").text


def test_pressed_twice_makes_one_helper_and_the_newer_code_counts(phone):
    for _ in range(2):
        phone.post(HELPERS, {"name": "Joanna"})
    assert Helper.objects.count() == 1
    assert PairingCode.objects.still_open().count() == 1


@pytest.mark.parametrize(
    ("name", "words"),
    [("", "Type the name of who helps."), ("...", "at least one letter"), ("J" * 41, "Keep it to 40 letters.")],
)
def test_a_name_that_is_none_is_refused_in_words_and_kept(phone, name, words):
    refused = phone.post(HELPERS, {"name": name})

    assert refused.status_code == 422
    assert words in refused.text
    assert f'value="{name}"' in refused.text
    assert not Helper.objects.exists()


def test_a_sixth_is_refused_in_words(phone, patient):
    for name in ("Ada", "Ben", "Cleo", "Dan", "Eve"):
        add_helper(patient=patient, name=name, by=patient.user)
    refused = phone.post(HELPERS, {"name": "Finn"})
    assert (refused.status_code, "You can have 5 helpers." in refused.text) == (409, True)
    assert Helper.objects.count() == 5


def test_the_patient_takes_a_helper_away_after_one_question(phone, helping, joanna):
    stop = f"{HELPERS}{joanna.pk}/stop/"
    assert "Your plan goes off their phone at once." in phone.get(stop).text
    assert helping.get(TODAY).status_code == 200
    assert "<bdi>" not in phone.post(stop, follow=True).text.split("can no longer see your plan")[0][-30:]

    assert helping.get(TODAY).status_code == 302
    assert phone.get(stop).url == phone.post(stop).url == HELPERS
    assert phone.get(f"{HELPERS}{joanna.pk}/").status_code == 404


def test_the_number_of_queries_does_not_grow_with_helpers(phone, patient, django_assert_num_queries):
    for name in ("Ada", "Ben"):
        add_helper(patient=patient, name=name, by=patient.user)
        with django_assert_num_queries(3):  # session, person by device, helpers
            phone.get(HELPERS)


# In


def test_a_helper_comes_in_by_the_code_under_their_own_name(phone, patient):
    phone.post(HELPERS, {"name": "Joanna"})
    client = Client()
    assert client.post(J, {"code": PairingCode.objects.get().typed_code}).url == YES
    asked = client.get(YES).text
    assert "Are you <bdi>Joanna</bdi>, who helps <bdi>Margaret</bdi>?" in asked
    assert "Yes, I am <bdi>Joanna</bdi>" in asked

    assert client.post(YES, {"answer": "yes"}).url == TODAY
    page = client.get(TODAY).text
    assert "You are helping <b><bdi>Margaret</bdi></b>. You are here as <bdi>Joanna</bdi>." in page
    assert Device.objects.get(helper__name="Joanna").patient == patient
    assert phone.get(TODAY).text.count("You are helping") == 0


def test_every_page_of_a_helper_says_whose_plan_it_is(helping, version):
    row = version.prescriptions.get().pk
    for page in (TODAY, f"/today/exercises/{row}/", "/phone/leave/", "/help/"):
        assert "You are helping <b><bdi>Margaret</bdi></b>" in helping.get(page).text, page


def test_a_used_code_leads_a_helper_who_is_in_back_to_today_and_nobody_else(helping, phone, joanna):
    phone.post(f"{HELPERS}{joanna.pk}/")
    token = PairingCode.objects.get().token

    assert helping.post(J, {"token": token}).url == TODAY
    assert phone.post(J, {"token": token}).url == YES
    assert "Are you <bdi>Joanna</bdi>" in phone.get(YES).text


def test_who_has_a_plan_of_their_own_can_help_on_the_same_phone(phone, joanna):
    own = given_version(exercises=1).patient
    own.first_name = "Walter"
    own.save()
    client = client_of(own.user)
    phone.post(f"{HELPERS}{joanna.pk}/")
    client.post(J, {"token": PairingCode.objects.get().token})
    assert "<bdi>Walter</bdi> stays signed in." in client.get(YES).text
    client.post(YES, {"answer": "yes"})

    assert "You are helping" in client.get(TODAY).text
    who = client.get(WHO).text
    assert "You help, as <bdi>Joanna</bdi>" in who
    client.post(WHO, {"device": Device.objects.get(patient=own).pk})
    assert "You are helping" not in client.get(TODAY).text


def test_a_helper_on_the_patients_own_phone_is_told_apart(patient, joanna, phone):
    phone.post(f"{HELPERS}{joanna.pk}/")
    code = PairingCode.objects.get(helper=joanna)
    phone.post(J, {"token": code.token})
    phone.post(YES, {"answer": "yes"})
    here = {device.helper_id: device for device in Device.objects.live()}
    assert set(here) == {None, joanna.pk}

    assert f'data-hc-person="{here[joanna.pk].kept_under}"' in phone.get(TODAY).text
    phone.post(WHO, {"device": here[None].pk})
    page = phone.get(TODAY).text
    assert f'data-hc-person="{patient.user.kept_under}"' in page
    assert "You are helping" not in page


def test_a_cut_off_helper_is_told_whom_to_ask(helping, joanna, patient):
    take_helper_away(helper=joanna, by=patient.user)
    page = helping.get(TODAY, follow=True).text

    assert "<bdi>Margaret</bdi> or the clinic took it off." in page
    assert "ask <bdi>Margaret</bdi> or" in page


def test_an_old_code_says_who_makes_a_new_one(phone, joanna):
    phone.post(f"{HELPERS}{joanna.pk}/")
    old = PairingCode.objects.get()
    phone.post(f"{HELPERS}{joanna.pk}/")

    page = Client().post(J, {"token": old.token}).text
    assert "It worked for one day, until a newer one was made." in page
    assert "<bdi>Margaret</bdi> can make a new one" in page


def test_a_helper_leaves_their_phone_in_their_own_name(helping, joanna):
    assert 'href="/phone/leave/"' in helping.get(TODAY).text
    assert "<bdi>Margaret</bdi>’s plan goes off this phone." in helping.get("/phone/leave/").text
    assert helping.post("/unpair/").url == J
    assert Entry.objects.get(action="unpair").actor == joanna.pk


# What they may do


def test_what_a_helper_saves_says_who_entered_it(helping, phone, joanna, version, staff_page):
    assert helping.post("/today/save/", report(version)).status_code == 302

    session = Session.objects.get()
    assert session.helper == joanna
    entry = Entry.objects.get(subject="session")
    assert (entry.actor, entry.subject_id, entry.patient) == (joanna.pk, session.pk, version.patient.pk)
    assert "Entered by <bdi>Joanna</bdi>, who helps." in phone.get(TODAY).text
    assert "entered by Joanna, who helps" in staff_page()


def test_staff_read_in_the_list_and_beside_the_words_that_a_helper_wrote_them(helping, version, staff_page):
    helping.post("/today/save/", report(version, note="Mum was tired"))

    staff = client_of(version.patient.physiotherapist)
    assert "Entered by Joanna, who helps" in re.sub(
        "</?bdi>", "", staff.get(f"/patients/?open={version.patient.pk}").text
    )
    assert "written by Joanna, who helps" in re.sub("</?bdi>", "", staff_page())


def test_a_helpers_phone_keeps_only_pages_that_a_helper_may_see(helping, phone):
    pages = helping.get("/today/pages/").json()["pages"]
    assert {helping.get(page).status_code for page in pages} == {200}
    assert set(phone.get("/today/pages/").json()["pages"]) - set(pages) == {"/today/tell/"}


def test_what_waited_on_the_phone_is_sent_in_the_helpers_name(helping, joanna, version, phone):
    person = Device.objects.get(helper=joanna).kept_under
    assert phone.post("/today/send/", report(version, person=person)).json() == {"ask": "person"}

    assert helping.post("/today/send/", report(version, person=person)).status_code == 200
    assert Session.objects.get().helper == joanna


def test_what_the_patient_saves_says_nothing_of_helpers(phone, version, joanna, staff_page):
    phone.post("/today/save/", report(version))

    assert Session.objects.get().helper is None
    assert not Entry.objects.filter(subject="session").exists()
    assert "who helps" not in staff_page().split("Paired phones")[0]


def test_sent_twice_is_one_session_and_one_line_in_the_trail(helping, version):
    sent = report(version)
    for _ in range(2):
        helping.post("/today/save/", sent)
    assert Session.objects.count() == Entry.objects.filter(subject="session").count() == 1


def test_the_patient_corrects_what_a_helper_entered_and_both_stay_known(helping, phone, joanna, version):
    sent = report(version)
    helping.post("/today/save/", sent)
    phone.post("/today/save/", {**sent, "pain": "3"})

    session = Session.objects.get()
    assert (session.pain, session.helper) == (3, None)
    revision = SessionRevision.objects.get()
    assert (revision.answers["pain"], revision.helper) == (7, joanna)


def test_a_helper_sees_what_they_entered_and_not_what_the_patient_said(helping, version):
    SessionFactory(version=version, pain=9, note="Only for Priya.")
    page = helping.get(TODAY).text
    assert "Only for Priya." not in page
    assert "<dd>9" not in page
    assert "Only who entered this can change it." in page

    helping.post("/today/save/", report(version, note="On the bed."))
    page = helping.get(TODAY).text
    assert "On the bed." in page
    assert "Only for Priya." not in page


def test_a_helper_changes_only_what_they_entered(helping, version):
    hers = SessionFactory(version=version)
    helping.post("/today/save/", report(version))
    own = Session.objects.exclude(pk=hers.pk).get()

    assert helping.get(f"/sessions/{hers.pk}/change/").status_code == 404
    assert helping.get(f"/sessions/{own.pk}/change/").status_code == 200


def test_what_the_patient_saved_is_not_corrected_under_its_id_by_a_helper(helping, phone, version):
    """The id stands on Today, for the phone to forget what it kept."""
    sent = report(version)
    phone.post("/today/save/", sent)
    assert str(sent["session"]) in helping.get(TODAY).text

    assert helping.post("/today/save/", {**sent, "pain": "1"}).status_code == 404
    assert helping.post("/today/send/", {**sent, "pain": "1"}).status_code == 422
    assert (Session.objects.get().pain, Session.objects.get().helper) == (7, None)


def test_a_lost_reply_is_no_trouble_though_the_patient_corrected_it_meanwhile(helping, phone, version):
    sent = report(version)
    helping.post("/today/send/", sent)
    phone.post("/today/save/", {**sent, "pain": "3"})

    assert helping.post("/today/send/", sent).status_code == 200
    assert Session.objects.get().pain == 3


def test_a_helper_finds_no_past_days_messages_or_questions_to_the_patient(helping, phone, version):
    links = ("/today/days/", 'href="/today/tell/"', "/today/next-day/", 'href="/phone/"')
    assert all(link not in helping.get(TODAY).text for link in links)
    assert "/today/days/" in phone.get(TODAY).text


def test_saved_for_another_day_leads_a_helper_to_today_with_a_word(helping, version):
    day = timezone.localdate() - timezone.timedelta(days=1)
    page = helping.post("/today/save/", report(version, which_day=day.isoformat()), follow=True)

    assert page.status_code == 200
    assert "Saved for " in page.text
    assert Session.objects.get().local_date == day


def test_who_is_taken_away_while_something_waits_loses_nothing(helping, phone, joanna, version):
    """It stays on the phone until they are in again, under the same key; then it is sent once."""
    sent = report(version, person=Device.objects.get(helper=joanna).kept_under)
    take_helper_away(helper=joanna, by=version.patient.user)
    assert helping.post("/today/send/", sent).status_code == 302
    assert not Session.objects.exists()

    phone.post(HELPERS, {"name": "Joanna"})
    helping.post(J, {"token": PairingCode.objects.still_open().get(helper=joanna).token})
    helping.post(YES, {"answer": "yes"})
    assert helping.post("/today/send/", sent).status_code == 200
    assert Session.objects.get().helper == joanna


def test_todays_kept_page_is_not_the_patients(helping, phone, version):
    """Both open Today twice: the page that is kept of one is never shown to the other."""
    for _ in range(2):
        assert "You are helping" in helping.get(TODAY).text
        assert "You are helping" not in phone.get(TODAY).text


# For staff


@pytest.fixture
def staff_page(client, patient):
    client.force_login(patient.physiotherapist, backend="hipcare.clinics.backends.StaffBackend")
    return lambda: client.get(f"/patients/{patient.pk}/").text


def test_staff_add_a_helper_beside_the_phones_and_get_a_code(client, patient, staff_page):
    assert f'href="/patients/{patient.pk}/helpers/"' in staff_page()
    page = client.post(f"/patients/{patient.pk}/helpers/", {"name": "Joanna"}, follow=True).text

    helper, code = Helper.objects.get(), PairingCode.objects.get()
    assert code.typed_code in page
    assert f'data-hc-copy="{code.link}"' in page
    shown = staff_page()
    assert "<bdi>Joanna</bdi>" in shown
    assert "not in yet" in shown
    assert f'action="/helpers/{helper.pk}/stop/"' in shown


def test_staff_are_told_what_is_wrong_with_a_name_and_that_five_are_enough(client, patient, staff_page):
    address = f"/patients/{patient.pk}/helpers/"
    staff_page()
    assert "Type the name of who helps." in client.post(address, {"name": ""}).text
    for name in ("Ada", "Ben", "Cleo", "Dan", "Eve"):
        add_helper(patient=patient, name=name, by=patient.user)
    refused = client.post(address, {"name": "Finn"})
    assert (refused.status_code, "There are 5 helpers already." in refused.text) == (422, True)


def test_staff_take_a_helper_away_at_once(client, patient, helping, joanna, staff_page):
    assert "Phone, Chrome" in staff_page()
    page = client.post(f"/helpers/{joanna.pk}/stop/", follow=True).text

    assert "Joanna no longer helps: signed out everywhere." in page
    assert helping.get(TODAY).status_code == 302
    assert f"/helpers/{joanna.pk}/" not in staff_page()


def test_a_helpers_phone_is_not_listed_as_the_patients(helping, phone, staff_page):
    assert staff_page().count('action="/devices/') == 1
    assert phone.get("/phone/").text.count("<li>") == 1


def test_the_clinics_code_for_the_patient_stays(client, patient, joanna, staff_page):
    code = make_pairing_code(patient=patient, by=patient.physiotherapist)
    staff_page()
    client.post(f"/helpers/{joanna.pk}/")
    code.refresh_from_db()
    assert code.is_open
