"""A new patient, and what is put right in one: what may be typed, and what is kept of it."""

import datetime as dt
import re

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from hipcare.audit.models import Entry
from hipcare.clinics.forms.patient_form import PatientForm
from hipcare.clinics.models import Patient, PersonChoice, User
from tests.factories import LeadFactory, PatientFactory, PhysioFactory
from tests.structure.world import client_of, every_row

NEW = {
    "first_name": "Margaret",
    "last_name": "Ellis",
    "date_of_birth_day": "4",
    "date_of_birth_month": "3",
    "date_of_birth_year": "1955",
    "affected_side": "right",
    "condition": "Hip osteoarthritis",
    "hip_precautions": "none",
    "hip_precautions_note": "",
    "usual_pain": "4",
    "large_print": "on",
    "clinic_number": "AL-2041",
    "phone": "01632 960 118",
}


@pytest.fixture
def client(physio):
    return client_of(physio)


def typed(physio, **changes):
    return {**NEW, "physiotherapist": str(physio.pk), **changes}


def post(client, physio, **changes):
    return client.post(reverse("patient_create"), typed(physio, **changes))


@time_machine.travel("2026-11-23 10:00Z")
def test_new_patient_is_saved_whole(client, physio):
    response = post(client, physio)
    patient = Patient.objects.get()
    assert response.url == reverse("programmes:patient", args=[patient.pk])
    assert (patient.full_name, patient.date_of_birth, patient.age) == ("Margaret Ellis", dt.date(1955, 3, 4), 71)
    assert (patient.clinic, patient.physiotherapist) == (physio.clinic, physio)
    assert (patient.affected_side, patient.condition) == ("right", "Hip osteoarthritis")
    assert (patient.hip_precautions, patient.hip_precautions_on) == ("none", dt.date(2026, 11, 23))
    assert (patient.usual_pain, patient.large_print) == (4, True)
    assert (patient.clinic_number, patient.phone) == ("AL-2041", "01632 960 118")


def test_the_words_after_saving_name_the_patient_on_the_page_and_in_no_cookie(client, physio):
    response = post(client, physio)
    assert set(response.cookies) <= {"session", "csrf"}
    assert "Margaret Ellis is on your list." in client.get(response.url).text


def test_new_patient_has_a_sign_in_without_a_way_in(client, physio):
    post(client, physio)
    person = Patient.objects.get().user
    assert (person.role, person.email, person.name) == (User.Role.PATIENT, None, "Margaret")
    assert (person.clinic, person.has_usable_password()) == (physio.clinic, False)


def test_new_patient_leaves_one_row_in_the_trail(client, physio):
    post(client, physio)
    entry = Entry.objects.get()
    assert (entry.action, entry.actor, entry.patient) == (Entry.Action.CHANGE, physio.pk, Patient.objects.get().pk)


def test_the_least_is_enough(client, physio):
    empty = dict.fromkeys(("condition", "hip_precautions", "usual_pain", "clinic_number", "phone"), "")
    posted = typed(physio, affected_side="unknown", **empty)
    del posted["large_print"]
    client.post(reverse("patient_create"), posted)
    patient = Patient.objects.get()
    assert (patient.affected_side, patient.hip_precautions, patient.hip_precautions_on) == ("", "", None)
    assert (patient.usual_pain, patient.large_print) == (None, False)


@pytest.mark.parametrize(
    ("first", "last"),
    [("Zoë", "Ångström-Núñez"), ("محمد", "الأحمد"), ("小林", "さくら"), ("Jo 🌻", "O’Brien"), ("  Ann ", "Lee")],
)
def test_names_of_all_alphabets_are_kept(client, physio, first, last):
    post(client, physio, first_name=first, last_name=last)
    assert (Patient.objects.get().first_name, Patient.objects.get().last_name) == (first.strip(), last)


LONG = "x" * 20_000
OPERATED = {
    "hip_precautions": "posterior",
    "hip_precautions_note": "Until week 6",
    "operated_side": "left",
    **{f"hip_precautions_since_{part}": value for part, value in (("day", "26"), ("month", "10"), ("year", "2026"))},
    **{
        f"hip_precautions_review_on_{part}": value for part, value in (("day", "30"), ("month", "11"), ("year", "2026"))
    },
}
BAD = [
    ({"first_name": ""}, "Enter the first name"),
    ({"last_name": " - "}, "Last name needs at least one letter"),
    ({"first_name": LONG}, "First name must be 40 characters or fewer"),
    ({"last_name": "y" * 41}, "Last name must be 40 characters or fewer"),
    ({"first_name": "Mar\x00garet"}, "First name holds a character that cannot be kept"),
    ({"condition": "hip\x00"}, "Condition holds a character that cannot be kept"),
    ({"condition": LONG}, "Condition must be 80 characters or fewer"),
    ({"clinic_number": LONG}, "must be 20 characters or fewer"),
    ({"phone": LONG}, "Phone must be 30 characters or fewer"),
    ({"phone": "call me"}, "Use numbers and spaces"),
    ({"phone": "\x00"}, "Phone holds a character that cannot be kept"),
    ({"date_of_birth_year": "51"}, "Year of birth must have 4 numbers"),
    ({"date_of_birth_year": "195S"}, "Year of birth must have 4 numbers"),
    ({"date_of_birth_year": "١٩٥٥"}, "Year of birth must have 4 numbers"),
    ({"date_of_birth_year": "9" * 20_000}, "Year of birth must have 4 numbers"),
    ({"date_of_birth_year": ""}, "The date of birth needs a year"),
    ({"date_of_birth_month": ""}, "The date of birth needs a month"),
    ({"date_of_birth_day": ""}, "The date of birth needs a day"),
    ({"date_of_birth_day": "", "date_of_birth_month": "", "date_of_birth_year": ""}, "Enter the date of birth"),
    ({"date_of_birth_day": "32"}, "Day of birth must be 1 to 31"),
    ({"date_of_birth_day": "0"}, "Day of birth must be 1 to 31"),
    ({"date_of_birth_day": "-1"}, "Day of birth must be 1 to 31"),
    ({"date_of_birth_day": "four"}, "Day of birth must be 1 to 31"),
    ({"date_of_birth_day": "1\x00"}, "Day of birth must be 1 to 31"),
    ({"date_of_birth_month": "13"}, "Month of birth must be 1 to 12"),
    ({"date_of_birth_month": "²"}, "Month of birth must be 1 to 12"),
    ({"date_of_birth_day": "30", "date_of_birth_month": "2"}, "There is no 30 February 1955"),
    ({"date_of_birth_day": "29", "date_of_birth_month": "2"}, "There is no 29 February 1955"),
    ({"date_of_birth_year": "0000"}, "There is no 4 March 0000"),
    ({"date_of_birth_year": "0051"}, "more than 120 years ago"),
    ({"date_of_birth_year": "1900"}, "more than 120 years ago"),
    ({"date_of_birth_day": "24", "date_of_birth_month": "11", "date_of_birth_year": "2026"}, "is in the future"),
    ({"date_of_birth_year": "9999"}, "is in the future"),
    ({"date_of_birth_day": "24", "date_of_birth_month": "11", "date_of_birth_year": "2008"}, "under 18"),
    ({"date_of_birth_year": "2015"}, "under 18"),
    ({"affected_side": ""}, "Choose the sore side"),
    ({"affected_side": "middle"}, "Choose the sore side"),
    ({"hip_precautions": "some"}, "Select a valid choice"),
    ({"hip_precautions": "other"}, "Say what the surgeon said"),
    ({"hip_precautions": "other", "hip_precautions_note": LONG}, "must be 200 characters or fewer"),
    ({"hip_precautions": "other", "hip_precautions_note": "\x00"}, "holds a character that cannot be kept"),
    *(({"hip_precautions": kind}, "Choose the operated hip, or “Not known yet”") for kind in ("posterior", "anterior")),
    ({"hip_precautions": "posterior", "operated_side": "middle"}, "Choose the operated hip"),
    ({**OPERATED, "hip_precautions_since_year": "26"}, "Year of the operation must have 4 numbers"),
    ({**OPERATED, "hip_precautions_since_month": ""}, "The date of the operation needs a month"),
    ({**OPERATED, "hip_precautions_since_year": "2027"}, "The date of the operation is in the future"),
    ({**OPERATED, "hip_precautions_review_on_day": "23"}, "The day to look again must be after today"),
    ({**OPERATED, "hip_precautions_review_on_day": "31"}, "There is no 31 November 2026"),
    ({"usual_pain": "11"}, "Usual pain must be a whole number from 0 to 10"),
    ({"usual_pain": "-1"}, "Usual pain must be a whole number from 0 to 10"),
    ({"usual_pain": "999999999"}, "Usual pain must be a whole number from 0 to 10"),
    ({"usual_pain": "9" * 20_000}, "Usual pain must be a whole number from 0 to 10"),
    ({"usual_pain": "4.5"}, "Usual pain must be a whole number from 0 to 10"),
    ({"usual_pain": "\x00"}, "Usual pain must be a whole number from 0 to 10"),
    ({"physiotherapist": "not-a-uuid"}, "is not a valid UUID"),
    ({"physiotherapist": "\x00"}, "Null characters are not allowed"),
]


@pytest.mark.parametrize(("changes", "words"), BAD, ids=lambda v: repr(v)[:60] if isinstance(v, dict) else None)
@time_machine.travel("2026-11-23 10:00Z")
def test_bad_input_is_named_kept_and_not_saved(client, physio, changes, words):
    before = every_row()
    response = post(client, physio, **changes)
    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>Error: New patient - HipCare</title>" in page
    assert page.count(words) >= 2, "in the summary, and above the field"
    assert 'role="alert"' in page
    assert "AL-2041" in page or "clinic_number" in changes
    for value in changes.values():
        assert value.replace("\x00", "\x00") in page or value in ("", "middle", "some", "not-a-uuid", "\x00", "other")
    assert every_row() == before


def test_person_of_18_today_is_an_adult(client, physio):
    with time_machine.travel("2026-11-23 10:00Z"):
        post(client, physio, date_of_birth_day="23", date_of_birth_month="11", date_of_birth_year="2008")
    assert Patient.objects.get().date_of_birth == dt.date(2008, 11, 23)


def test_each_mistake_leads_to_its_box(client, physio):
    page = post(client, physio, date_of_birth_year="51", affected_side="").content.decode()
    assert "There are 2 things to put right" in page
    assert '<a href="#id_date_of_birth_2">Year of birth must have 4 numbers</a>' in page
    assert '<a href="#id_affected_side_0">Choose the sore side</a>' in page
    assert page.count('aria-invalid="true"') == 1 + len(["left", "right", "both", "unknown"])


def test_precautions_needed_before_giving_are_not_called_optional(client):
    page = " ".join(client.get(reverse("patient_create")).content.decode().split())
    assert '<label class="form-label" for="id_hip_precautions"> Hip precautions </label>' in page
    assert 'What the surgeon said <span class="optional">(optional)</span>' in page


@pytest.mark.parametrize("month", ["March", "march", "MAR", "3", "03"])
def test_a_month_may_be_written_out(client, physio, month):
    post(client, physio, date_of_birth_month=month)
    assert Patient.objects.get().date_of_birth == dt.date(1955, 3, 4)


def test_impossible_date_marks_all_three_boxes(client, physio):
    page = post(client, physio, date_of_birth_day="31", date_of_birth_month="4").content.decode()
    assert page.count('aria-invalid="true"') == 3
    assert '<a href="#id_date_of_birth_0">There is no 31 April 1955</a>' in page


def test_physiotherapists_offered_are_the_clinics_own_who_work_there(client, physio):
    lead = LeadFactory(clinic=physio.clinic, name="Lee")
    PhysioFactory(clinic=physio.clinic, is_active=False, name="Gone")
    PatientFactory()  # of another clinic, with a physiotherapist there
    form = client.get(reverse("patient_create")).context["form"]
    assert set(form.fields["physiotherapist"].queryset) == {physio, lead}
    assert form["physiotherapist"].initial == physio.pk


def test_stranger_cannot_be_made_the_physiotherapist(client, physio):
    stranger = PhysioFactory()
    response = post(client, physio, physiotherapist=str(stranger.pk))
    assert "Choose a physiotherapist of your clinic" in response.content.decode()
    assert not Patient.objects.exists()


@pytest.mark.parametrize("colleagues", [1, 3])
def test_form_asks_the_database_as_often_for_few_as_for_many(physio, client, colleagues, django_assert_num_queries):
    PhysioFactory.create_batch(colleagues, clinic=physio.clinic)
    with django_assert_num_queries(3):  # session, person with clinic, colleagues
        client.get(reverse("patient_create"))


def test_form_sent_twice_makes_one_patient(client, physio):
    post(client, physio)
    page = post(client, physio).content.decode()
    assert Patient.objects.count() == 1
    assert (
        page.replace("<bdi>", "").replace("</bdi>", "").count("There is already a Margaret Ellis born 4 March 1955")
        >= 2
    )
    assert reverse("programmes:patient", args=[Patient.objects.get().pk]) in page
    assert "AL-2041" in page


def test_twin_is_found_whatever_the_capitals(client, physio):
    post(client, physio)
    post(client, physio, first_name="MARGARET", last_name="ellis")
    assert Patient.objects.count() == 1


def test_twin_is_added_when_meant(client, physio):
    post(client, physio)
    post(client, physio, twin_is_meant="on")
    assert Patient.objects.count() == 2


def test_namesake_of_another_clinic_is_no_twin(client, physio):
    PatientFactory(first_name="Margaret", last_name="Ellis")
    post(client, physio)
    assert Patient.objects.filter(clinic=physio.clinic).count() == 1


@pytest.fixture
def patient(physio):
    return PatientFactory(
        clinic=physio.clinic,
        physiotherapist=physio,
        last_name="Ellis",
        affected_side="",
        hip_precautions="posterior",
        hip_precautions_on=dt.date(2026, 10, 1),
    )


def edit(client, physio, patient, **changes):
    stamp = PatientForm(instance=Patient.objects.get(pk=patient.pk), by=physio).stamp
    kept = {"affected_side": "unknown", "hip_precautions": "posterior", "operated_side": "unknown", "stamp": stamp}
    same = {**kept, **changes}
    return client.post(reverse("patient_edit", args=[patient.pk]), typed(physio, **same))


def test_edit_shows_what_is_kept(client, patient):
    page = client.get(reverse("patient_edit", args=[patient.pk])).content.decode()
    assert 'value="1955"' in page
    assert 'value="unknown"' in page.split('name="affected_side"')[4]
    assert "checked" in page.split('value="unknown"')[1][:60]
    assert "Last checked on 1 October 2026" in page


def test_edit_saves_and_leaves_one_row_in_the_trail(client, physio, patient):
    response = edit(client, physio, patient, first_name="Maggie", affected_side="both")
    assert response.url == reverse("programmes:patient", args=[patient.pk])
    patient.refresh_from_db()
    assert (patient.first_name, patient.affected_side, patient.user.name) == ("Maggie", "both", "Maggie")
    assert list(Entry.objects.values_list("action", "patient")) == [("change", patient.pk)]


@time_machine.travel("2026-11-23 10:00Z")
@pytest.mark.parametrize(
    ("changes", "checked_on"),
    [
        ({}, dt.date(2026, 10, 1)),
        ({"precautions_checked": "on"}, dt.date(2026, 11, 23)),
        ({"hip_precautions": "none"}, dt.date(2026, 11, 23)),
        ({"hip_precautions_note": "No bending past 90 degrees"}, dt.date(2026, 11, 23)),
        ({"hip_precautions": ""}, None),
    ],
)
def test_day_of_the_check_moves_only_when_somebody_checked(client, physio, patient, changes, checked_on):
    edit(client, physio, patient, **changes)
    patient.refresh_from_db()
    assert patient.hip_precautions_on == checked_on


def operation_of(patient):
    return (patient.operated_side, patient.hip_precautions_since, patient.hip_precautions_review_on)


@time_machine.travel("2026-11-23 10:00Z")
def test_operation_is_kept_with_who_set_the_precautions(client, physio):
    post(client, physio, **OPERATED)
    patient = Patient.objects.get()
    assert operation_of(patient) == ("left", dt.date(2026, 10, 26), dt.date(2026, 11, 30))
    assert patient.affected_side == "right", "the other one may be sore"
    assert (patient.hip_precautions_by, patient.hip_precautions_on) == (physio, dt.date(2026, 11, 23))
    assert patient.precautions.note == "Until week 6"


def test_operated_hip_that_is_not_known_is_an_answer(client, physio):
    post(client, physio, hip_precautions="anterior", operated_side="unknown")
    assert operation_of(Patient.objects.get()) == ("", None, None)


@pytest.mark.parametrize("kind", ["none", ""])
def test_operation_is_not_asked_without_precautions_and_stays_as_it_was(client, physio, patient, kind):
    edit(client, physio, patient, **OPERATED)
    bad = {"operated_side": "middle", "hip_precautions_since_year": "26", "hip_precautions_review_on_day": "99"}
    assert edit(client, physio, patient, **{**OPERATED, **bad, "hip_precautions": kind}).status_code == 302
    patient.refresh_from_db()
    assert patient.hip_precautions == kind
    assert operation_of(patient) == ("left", dt.date(2026, 10, 26), dt.date(2026, 11, 30))
    assert patient.hip_precautions_note == "Until week 6", "kept for every choice"


@time_machine.travel("2026-11-23 10:00Z")
@pytest.mark.parametrize(
    ("changes", "is_set_anew"),
    [
        ({}, False),
        ({"first_name": "Maggie", "phone": "01632 960 119"}, False),
        ({"precautions_checked": "on"}, True),
        ({"operated_side": "right"}, True),
        ({"hip_precautions_since_day": "27"}, True),
        ({"hip_precautions_review_on_day": "29"}, True),
        ({"hip_precautions_note": "Until week 12"}, True),
        ({"hip_precautions": "anterior"}, True),
        ({"hip_precautions": "none"}, True),
    ],
)
def test_who_set_the_precautions_changes_only_with_them(client, physio, patient, changes, is_set_anew):
    edit(client, physio, patient, **OPERATED)
    colleague = PhysioFactory(clinic=physio.clinic)
    edit(client_of(colleague), physio, patient, **{**OPERATED, **changes})
    patient.refresh_from_db()
    assert patient.hip_precautions_by == (colleague if is_set_anew else physio)


def test_nobody_has_set_what_was_not_asked(client, physio, patient):
    edit(client, physio, patient, **OPERATED)
    edit(client, physio, patient, hip_precautions="")
    patient.refresh_from_db()
    assert (patient.hip_precautions_by, patient.hip_precautions_on) == (None, None)


@time_machine.travel("2026-12-23 10:00Z")
def test_day_to_look_again_that_has_passed_is_in_nobodys_way(client, physio, patient):
    Patient.objects.update(operated_side="left", hip_precautions_review_on=dt.date(2026, 11, 30))
    assert edit(client, physio, patient, **OPERATED).status_code == 302


def test_edit_says_who_checked_last_and_chooses_what_was_kept(client, physio, patient):
    edit(client, physio, patient, **OPERATED)
    page = client.get(reverse("patient_edit", args=[patient.pk])).content.decode()
    assert re.search(r"Last checked on \d+ \w+ \d{4} by Priya Nair", page)
    assert re.search(r'name="operated_side" value="left"[^>]*checked', page)
    Patient.objects.update(operated_side="")
    page = client.get(reverse("patient_edit", args=[patient.pk])).content.decode()
    assert re.search(r'name="operated_side" value="unknown"[^>]*checked', page), "carried over from before it was asked"


def test_new_patient_has_no_operated_hip_chosen(client):
    page = client.get(reverse("patient_create")).content.decode()
    assert not re.search(r'name="operated_side"[^>]*checked', page)


def test_refused_edit_keeps_the_patients_name_in_the_heading(client, physio, patient):
    page = edit(client, physio, patient, first_name="").content.decode()
    assert "<title>Error: Edit Margaret Ellis - HipCare</title>" in page
    patient.refresh_from_db()
    assert patient.first_name == "Margaret"


def test_edit_goes_back_to_the_page_that_asked(client, physio, patient):
    page = client.get(reverse("patient_edit", args=[patient.pk]), {"next": "/drafts/1/"}).content.decode()
    assert '<input type="hidden" name="next" value="/drafts/1/">' in page
    assert edit(client, physio, patient, next="/drafts/1/").url == "/drafts/1/"


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:go()"])
def test_edit_never_leads_elsewhere(client, physio, patient, elsewhere):
    page = client.get(reverse("patient_edit", args=[patient.pk]), {"next": elsewhere}).content.decode()
    assert "elsewhere" not in page
    assert "javascript" not in page
    assert edit(client, physio, patient, next=elsewhere).url == reverse("programmes:patient", args=[patient.pk])


def test_edit_keeps_a_physiotherapist_who_has_left(client, physio, patient):
    gone = PhysioFactory(clinic=physio.clinic, is_active=False)
    patient.physiotherapist = gone
    patient.save()
    edit(client, gone, patient)
    patient.refresh_from_db()
    assert patient.physiotherapist == gone


def test_strangers_patient_is_not_found(client, physio):
    stranger = PatientFactory()
    assert client.get(reverse("patient_edit", args=[stranger.pk])).status_code == 404
    assert edit(client, physio, stranger).status_code == 404


@time_machine.travel("2026-11-23 10:00Z")
@pytest.mark.parametrize(
    ("year", "person"),
    [("2000", "aspen"), ("1982", "aspen"), ("1981", "maple"), ("1957", "maple"), ("1956", "birch"), ("1930", "birch")],
)
def test_new_patient_has_somebody_of_about_their_age_in_the_pictures(client, physio, year, person):
    post(client, physio, date_of_birth_year=year)
    assert Patient.objects.get().person == person


def test_person_chosen_by_hand_stays_whatever_the_age(client, physio, patient):
    post(client, physio, last_name="Okoro", person="cedar")
    okoro = Patient.objects.get(last_name="Okoro")
    assert okoro.person == "cedar"
    edit(client, physio, okoro, date_of_birth_year="1999")
    okoro.refresh_from_db()
    assert okoro.person == "cedar"


def test_form_offers_everybody_who_is_drawn_with_a_portrait(client):
    page = client.get(reverse("patient_create")).content.decode()
    for key, words in PersonChoice.choices:
        assert f'name="person" value="{key}"' in page
        assert f"/portrait-{key}-" in page
        assert f"{words}</span>" in page
    assert not re.findall(r'name="person" value="\w+"[^>]*checked', page)
    assert "If you leave this, it is somebody of about their age." in page


def test_form_of_a_patient_shows_who_is_chosen(client, patient):
    page = client.get(reverse("patient_edit", args=[patient.pk])).content.decode()
    assert re.findall(r'name="person" value="(\w+)"[^>]*checked', page) == [patient.person]
    assert "If you leave this" not in page


def test_person_is_changed_with_one_row_in_the_trail(client, physio, patient):
    edit(client, physio, patient, person="rowan")
    patient.refresh_from_db()
    assert patient.person == "rowan"
    assert list(Entry.objects.values_list("action", "patient")) == [("change", patient.pk)]


@pytest.mark.parametrize("sent", ["", None])
def test_person_stays_where_nobody_chose(client, physio, patient, sent):
    Patient.objects.update(person="rowan")
    edit(client, physio, patient, **({} if sent is None else {"person": sent}))
    patient.refresh_from_db()
    assert patient.person == "rowan"


@pytest.mark.parametrize("sent", ["nobody", "maple\0", "x" * 20_000])
def test_person_who_is_not_there_is_refused_in_words(client, physio, patient, sent):
    response = edit(client, physio, patient, person=sent)
    assert response.status_code == 422
    assert "Choose one of the people shown" in response.content.decode()
    patient.refresh_from_db()
    assert patient.person == "maple"


def test_database_refuses_a_person_nobody_draws(patient):
    with pytest.raises(IntegrityError, match="pictures_show_somebody_who_is_drawn"), transaction.atomic():
        Patient.objects.filter(pk=patient.pk).update(person="nobody")


def test_a_new_page_begins_in_the_first_field_and_a_refused_one_in_its_summary(client, physio):
    anew = client.get(reverse("patient_create")).content.decode()
    refused = post(client, physio, first_name="").content.decode()
    assert re.findall(r'<input[^>]*name="(\w+)"[^>]* autofocus', anew) == ["first_name"]
    assert " autofocus" not in refused
