"""Two people save one record: each writes only what they changed, and nobody's words are put back in silence."""

import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse

from hipcare.audit.models import Entry
from hipcare.clinics.models import Patient
from tests.factories import ClinicFactory, LeadFactory, PatientFactory, PhysioFactory
from tests.stamps import stamp_on
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db
NAME = re.compile(r'<(?:input|textarea|select)\b[^>]*\bname="([^"]+)"')


class Person:
    """Somebody with the patient's (or the clinic's) page open, drawn when they opened it."""

    def __init__(self, user, address):
        self.client, self.address = client_of(user), address
        response = self.client.get(address)
        form = response.context["form"]
        self.fields = {name: as_posted(form[name].value()) for name in form.fields}
        self.fields = {name: value for name, value in self.fields.items() if value != ""}
        if "date_of_birth" in self.fields:
            year, month, day = self.fields.pop("date_of_birth").split("-")
            self.fields |= {"date_of_birth_day": day, "date_of_birth_month": month, "date_of_birth_year": year}
        self.fields["stamp"] = stamp_on(response.text)

    def save(self, **changes):
        return self.client.post(self.address, {**self.fields, **changes})


def as_posted(value):
    return "on" if value is True else "" if value in (None, False) else str(value)


@pytest.fixture
def priya():
    return PhysioFactory(name="Priya Nair")


@pytest.fixture
def lee(priya):
    return PhysioFactory(name="Lee Novak", clinic=priya.clinic)


@pytest.fixture
def patient(priya):
    return PatientFactory(
        clinic=priya.clinic,
        physiotherapist=priya,
        last_name="Ellis",
        phone="01632 960 118",
        hip_precautions="none",
        hip_precautions_on=dt.date(2026, 10, 1),
        usual_pain=3,
    )


@pytest.fixture
def both(priya, lee, patient):
    """Return Priya and Lee, each with the page open since before anything changed."""
    address = reverse("patient_edit", args=[patient.pk])
    return Person(priya, address), Person(lee, address)


def kept(patient):
    return Patient.objects.get(pk=patient.pk)


@time_machine.travel("2026-11-28 22:00Z")
def test_older_page_that_corrects_the_phone_leaves_the_new_precautions(both, patient):
    priya, lee = both
    priya.save(hip_precautions="posterior", operated_side="unknown", hip_precautions_note="No bending past 90")
    with time_machine.travel("2026-11-29 07:00Z"):
        response = lee.save(phone="01632 960 119")
    assert response.status_code == 302
    now = kept(patient)
    assert (now.hip_precautions, now.hip_precautions_note) == ("posterior", "No bending past 90")
    assert (now.phone, now.hip_precautions_on) == ("01632 960 119", dt.date(2026, 11, 28))
    page = lee.client.get(response.url).text
    assert "Saved. Meanwhile Priya Nair changed: hip precautions, what the surgeon said. That is kept." in page


def test_only_the_fields_that_were_changed_are_in_the_trail(both, patient, lee):
    both[1].save(phone="01632 960 119", usual_pain="6")
    changed = Entry.objects.get(action=Entry.Action.CHANGE)
    assert (changed.actor, changed.fields) == (lee.pk, ["phone", "usual_pain"])


@time_machine.travel("2026-11-28 10:42Z")
def test_same_field_changed_by_both_is_refused_and_shown_with_who_and_when(both, patient):
    priya, lee = both
    priya.save(usual_pain="7")
    response = lee.save(usual_pain="5", phone="01632 960 119")
    page = " ".join(response.text.split())
    assert response.status_code == 409
    assert "<title>Error: Edit Margaret Ellis - HipCare</title>" in page
    for words in (
        "It was: 3",
        "Keep: 7<small>Priya Nair, 28 November, 10:42</small>",
        "Change to: 5<small>What you typed</small>",
        '<a href="#keep-usual_pain">Usual pain: Priya Nair changed this too. Choose which to keep</a>',
        'value="01632 960 119"',
    ):
        assert words in page
    assert (kept(patient).usual_pain, kept(patient).phone) == (7, "01632 960 118")


@pytest.mark.parametrize(("choice", "then"), [("theirs", 7), ("mine", 5)])
def test_person_chooses_and_saves(both, patient, choice, then):
    priya, lee = both
    priya.save(usual_pain="7")
    page = lee.save(usual_pain="5", phone="01632 960 119").text
    response = lee.save(
        **{"usual_pain": "5", "phone": "01632 960 119", "keep-usual_pain": choice, "stamp": stamp_on(page)}
    )
    assert response.status_code == 302
    assert (kept(patient).usual_pain, kept(patient).phone) == (then, "01632 960 119")


def test_saving_again_without_choosing_is_asked_again_and_says_the_same(both, patient):
    priya, lee = both
    priya.save(usual_pain="7")
    page = lee.save(usual_pain="5").text
    again = lee.save(usual_pain="5", stamp=stamp_on(page))
    assert again.status_code == 409
    for words in ("It was: 3", "Keep: 7", "Change to: 5"):
        assert words in again.text
    assert kept(patient).usual_pain == 7


def test_third_change_while_choosing_is_asked_about_too(both, patient, priya):
    first, lee = both
    first.save(usual_pain="7")
    page = lee.save(usual_pain="5").text
    Person(priya, first.address).save(usual_pain="8")
    again = lee.save(**{"usual_pain": "5", "keep-usual_pain": "mine", "stamp": stamp_on(page)})
    assert again.status_code == 409
    assert "Keep: 8" in again.text
    assert kept(patient).usual_pain == 8


def test_refused_page_shows_what_is_kept_now_where_nothing_was_typed(both, patient):
    priya, lee = both
    priya.save(
        hip_precautions="posterior", operated_side="unknown", hip_precautions_note="No bending past 90", usual_pain="7"
    )
    page = lee.save(usual_pain="5").text
    assert '<option value="posterior" selected>' in page
    assert 'value="No bending past 90"' in page


def test_other_mistakes_do_not_hide_what_somebody_else_changed(both, patient):
    priya, lee = both
    priya.save(usual_pain="7")
    page = lee.save(usual_pain="eleven").text
    assert lee.save(usual_pain="5", stamp=stamp_on(page)).status_code == 409
    assert kept(patient).usual_pain == 7


def test_choice_and_note_of_the_precautions_are_one_thing(both, patient):
    priya, lee = both
    priya.save(hip_precautions="posterior", operated_side="unknown")
    response = lee.save(hip_precautions_note="Free to move, says the surgeon")
    assert response.status_code == 409
    for words in ("It was: None", "Keep: Posterior", "Change to: Free to move, says the surgeon"):
        assert words in response.text
    assert (kept(patient).hip_precautions, kept(patient).hip_precautions_note) == ("posterior", "")


@time_machine.travel("2026-11-28 22:00Z")
def test_check_of_older_precautions_is_no_check_of_the_new_ones(both, patient):
    priya, lee = both
    priya.save(hip_precautions="posterior", operated_side="unknown")
    with time_machine.travel("2026-11-29 07:00Z"):
        response = lee.save(precautions_checked="on")
        assert response.status_code == 422
        assert "Look at it, then tick again" in response.text
        assert not re.search(r'name="precautions_checked"[^>]*\schecked', response.text)
        assert kept(patient).hip_precautions_on == dt.date(2026, 11, 28)
        lee.save(
            hip_precautions="posterior",
            operated_side="unknown",
            precautions_checked="on",
            stamp=stamp_on(response.text),
        )
    assert (kept(patient).hip_precautions, kept(patient).hip_precautions_on) == ("posterior", dt.date(2026, 11, 29))


def test_both_changed_it_to_the_same(both, patient):
    priya, lee = both
    assert [person.save(usual_pain="7").status_code for person in (priya, lee)] == [302, 302]
    assert kept(patient).usual_pain == 7


def test_sending_twice_writes_once(both, patient):
    assert [both[0].save(usual_pain="7").status_code for _ in range(2)] == [302, 302]
    assert Entry.objects.filter(action=Entry.Action.CHANGE).count() == 1


def test_own_other_page_is_called_so(priya, patient):
    address = reverse("patient_edit", args=[patient.pk])
    one, other = Person(priya, address), Person(priya, address)
    one.save(usual_pain="7")
    page = other.save(usual_pain="5").text
    assert "Usual pain: You changed this too." in page
    assert "You, on another page, " in page


@pytest.mark.parametrize("stamp", ["", "nonsense", "a\0b", "x" * 20_000, "W10:1:sig"])
def test_page_without_a_good_stamp_asks_about_every_difference(both, patient, stamp):
    priya, lee = both
    priya.save(hip_precautions="posterior", operated_side="unknown")
    response = lee.save(phone="01632 960 119", stamp=stamp)
    page = " ".join(response.text.split())
    assert response.status_code == 409
    assert "Not the same as what is saved now" in page
    assert "Keep: Posterior" in page
    assert "Change to: None" in page
    assert "Change to: 01632 960 119" in page
    assert "It was:" not in page
    assert kept(patient).hip_precautions == "posterior"
    answers = {"keep-hip_precautions": "theirs", "keep-phone": "mine", "stamp": stamp_on(page)}
    assert lee.save(phone="01632 960 119", **answers).status_code == 302
    assert (kept(patient).hip_precautions, kept(patient).phone) == ("posterior", "01632 960 119")


def test_page_without_a_stamp_that_says_what_is_kept_is_saved(both, patient):
    assert both[0].save(stamp="").status_code == 302
    assert not Entry.objects.filter(action=Entry.Action.CHANGE).exists()


def test_stamp_of_another_patient_is_none(both, patient, priya):
    other = PatientFactory(clinic=priya.clinic, physiotherapist=priya, usual_pain=9)
    stamp = stamp_on(client_of(priya).get(reverse("patient_edit", args=[other.pk])).text)
    assert both[0].save(usual_pain="7", stamp=stamp).status_code == 409
    assert kept(patient).usual_pain == 3


def test_field_that_the_page_did_not_have_is_not_emptied(both, patient):
    lee = both[1]
    del lee.fields["usual_pain"]  # as from a page drawn before there was such a field
    assert lee.save(phone="01632 960 119").status_code == 302
    assert kept(patient).usual_pain == 3


def test_record_that_is_gone_is_not_made_anew(both, patient):
    patient.delete()
    assert both[0].save(usual_pain="7").status_code == 404
    assert not Patient.objects.exists()


def test_every_kind_of_field_is_shown_in_words(both, patient, lee):
    priya, other = both
    priya.save(date_of_birth_year="1956", affected_side="both", physiotherapist=lee.pk, condition="Groin strain")
    page = " ".join(
        other.save(
            date_of_birth_year="1957", affected_side="left", physiotherapist=patient.physiotherapist_id, condition=""
        ).text.split()
    )
    for words in ("It was: 4 March 1955", "Keep: 4 March 1956", "Change to: 4 March 1957", "Keep: Both hips"):
        assert words in page
    assert "Change to: nothing" in page
    assert "Change to: Priya Nair" not in page
    assert '<option value="' + str(lee.pk) + '" selected>' in page


def test_two_leads_save_the_clinic():
    clinic = ClinicFactory(name="Alder Lane", address="1 Old Road")
    priya, lee = (LeadFactory(clinic=clinic, name=name) for name in ("Priya Nair", "Lee Novak"))
    one, other = (Person(lead, reverse("clinic_settings")) for lead in (priya, lee))
    one.save(address="12 Alder Lane", pain_ok_up_to="6")
    refused = other.save(name="Alder Lane Physio", pain_fine_up_to="3")
    assert refused.status_code == 409
    assert "Second band ends at" in refused.text
    saved = other.save(name="Alder Lane Physio", pain_fine_up_to="3", pain_ok_up_to="6")
    clinic.refresh_from_db()
    assert saved.status_code == 409
    assert (clinic.address, clinic.name) == ("12 Alder Lane", "Alder Lane")
    answers = {"keep-pain_fine_up_to": "mine", "stamp": stamp_on(refused.text)}
    third = other.save(
        name="Alder Lane Physio", pain_fine_up_to="3", pain_ok_up_to="6", address="12 Alder Lane", **answers
    )
    clinic.refresh_from_db()
    assert third.status_code == 302
    assert (clinic.name, clinic.address) == ("Alder Lane Physio", "12 Alder Lane")
    assert (clinic.pain_fine_up_to, clinic.pain_ok_up_to) == (3, 6)
