"""Hip precautions where they are read: the sheet, Today, each exercise's page, and the pages of staff."""

import datetime as dt
import html
import re

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from hipcare.clinics.models import PrecautionList
from hipcare.clinics.precautions import OURS, UNTIL
from programmes.models import Version
from programmes.services import drafts
from programmes.services.giving import give_version
from programmes.wording.differences import precautions_changed, precautions_differ
from tests.factories import LeadFactory, PatientFactory, given_version
from tests.programmes.drafts import two_weeks_from_now
from tests.programmes.handouts.sheets import given_sheet, pages_of, pdf_of
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db

MONDAY_MORNING = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
NOTE = "Until I see you in week 6."
KINDS = {  # choice: what is read of it besides the note
    "none": (),
    "posterior": (*OURS["posterior"].rules, UNTIL),
    "anterior": (*OURS["anterior"].rules, UNTIL),
    "other": (UNTIL,),
}
WHOSE = {"left": "For your left hip, since 26 October 2026.", "": "Since 26 October 2026.", "both": "For both hips,"}
COMBINATIONS = [
    (kind, note, side)
    for kind in KINDS
    for note in ("", NOTE)
    for side in WHOSE
    if kind != "other" or note  # "other" always says what
]
SET_BY = "Set by Priya Nair on 13 November 2026."


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to(MONDAY_MORNING)


def patient_with(kind, note="", side="", **more):
    patient = PatientFactory(
        hip_precautions=kind,
        hip_precautions_note=note,
        operated_side=side,
        hip_precautions_since=dt.date(2026, 10, 26),
        hip_precautions_on=dt.date(2026, 11, 13),
        **more,
    )
    patient.hip_precautions_by = patient.physiotherapist
    patient.save()
    return patient


def words_in(response):
    """Return the text of a page's main part."""
    main = response.content.decode().split("<main")[1].split("</main>")[0]
    main = re.sub(r"</?bdi>", "", main)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def on_the_sheet(version):
    return pages_of(pdf_of(version))[0]


def on_today(version):
    return words_in(client_of(version.patient.user).get("/today/"))


def on_the_exercise(version):
    return words_in(client_of(version.patient.user).get(f"/today/exercises/{version.prescriptions.first().pk}/"))


PLACES = {"sheet": on_the_sheet, "today": on_today, "exercise": on_the_exercise}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("kind", "note", "side"), COMBINATIONS)
def test_rules_note_and_side_are_read_in_every_place(place, kind, note, side):
    version = given_sheet(1, patient=patient_with(kind, note, side))

    words = PLACES[place](version)

    for rule in KINDS[kind]:
        assert rule in words
    if note:
        assert f"{'Note about your hip:' if kind == 'none' else 'Your surgeon said:'} {NOTE}" in words
    else:
        assert "Your surgeon said" not in words
        assert "Note about your hip" not in words
    assert (WHOSE[side] in words) == (kind != "none")
    assert (SET_BY in words) == (kind != "none")
    if kind == "none":
        for other in ("posterior", "anterior"):
            assert OURS[other].rules[1] not in words
        assert UNTIL not in words
    assert not re.search(r"posterior|anterior", words, re.IGNORECASE), "no Latin word for a patient"


def test_on_today_they_come_before_the_first_exercise_and_its_box():
    version = given_sheet(1, patient=patient_with("posterior", NOTE, "left"))
    page = client_of(version.patient.user).get("/today/").content.decode()
    first = page.index(OURS["posterior"].rules[0])
    assert first < page.index("<form") < page.index('name="done"')
    assert "<details" not in page[page.index('id="hip-rules"') : page.index(UNTIL)], "to be read at once"
    assert page.index("<summary>Which hip, since when") < page.index(SET_BY) < page.index("<form")


def test_on_the_exercise_they_come_before_how_to_do_it():
    version = given_sheet(1, patient=patient_with("posterior", NOTE, "left"))
    page = client_of(version.patient.user).get(f"/today/exercises/{version.prescriptions.first().pk}/").content.decode()
    assert page.index(OURS["posterior"].rules[0]) < page.index("How to do it")


def test_everybody_with_the_same_choice_reads_the_same_whatever_the_exercise():
    pages = []
    for slug in ("bridge", "seated-figure-four", "quadruped-hip-circles"):
        version = given_sheet(slugs=[slug], patient=patient_with("posterior", NOTE, "left"))
        pages.append(on_the_exercise(version))
    told = [re.search(r"After your hip operation .*? 13 November 2026\.", words)[0] for words in pages]
    assert told[0] == told[1] == told[2]


@pytest.mark.parametrize("place", PLACES)
def test_words_are_the_clinics_of_today_for_the_choice_that_was_pinned(place):
    version = given_sheet(1, patient=patient_with("posterior", NOTE, "left"))
    patient = version.patient
    patient.hip_precautions, patient.hip_precautions_note = "anterior", "Something else"
    patient.save()
    PrecautionList.objects.create(
        clinic=patient.clinic,
        kind="posterior",
        heading="Your new hip",
        rules=["Sit on high chairs."],
        source="Our surgeons",
        review_on=dt.date(2027, 5, 1),
        changed_by=LeadFactory(clinic=patient.clinic),
    )

    words = PLACES[place](Version.objects.get(pk=version.pk))

    assert "Your new hip" in words
    assert "Sit on high chairs." in words
    assert NOTE in words
    assert "Something else" not in words
    assert OURS["posterior"].rules[0] not in words


# What is pinned


def ready(patient):
    draft = drafts.open_draft(patient=patient, by=patient.physiotherapist)
    drafts.save_draft(
        draft=draft, by=patient.physiotherapist, edits=drafts.Edits(version={"review_on": two_weeks_from_now()})
    )
    return draft


def test_giving_pins_choice_note_side_days_and_who():
    version = given_version(patient=patient_with("posterior", NOTE, "left"))
    patient = version.patient
    patient.hip_precautions, patient.operated_side = "anterior", "right"
    patient.hip_precautions_review_on = dt.date(2026, 12, 12)
    patient.save()

    second = give_version(draft=ready(patient), by=patient.physiotherapist, reason="Operated on again.")

    assert second.precautions == patient.precautions
    assert (second.hip_precautions, second.hip_precautions_note, second.operated_side) == ("anterior", NOTE, "right")
    assert (second.hip_precautions_by, second.hip_precautions_on) == ("Priya Nair", dt.date(2026, 11, 13))
    assert second.hip_precautions_review_on == dt.date(2026, 12, 12)
    assert Version.objects.get(pk=version.pk).hip_precautions == "posterior"


@pytest.mark.parametrize("label", ["Posterior", "None", "None: never operated", "Not asked yet", ""])
def test_no_label_can_be_pinned(label):
    version = given_version()
    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.create(
            programme=version.programme,
            number=2,
            reason="Because.",
            review_on=version.review_on,
            made_by=version.made_by,
            given_by=version.given_by,
            given_at=version.given_at,
            pain_fine_up_to=2,
            pain_ok_up_to=5,
            hip_precautions=label,
        )


@pytest.mark.parametrize(
    "changed",
    [
        {"hip_precautions": "anterior"},
        {"hip_precautions_note": "Until week 12."},
        {"operated_side": "right"},
        {"hip_precautions_since": dt.date(2026, 10, 27)},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_change_of_precautions_alone_is_given_and_said(changed):
    patient = patient_with("posterior", NOTE, "left")
    given_version(patient=patient)
    for name, value in changed.items():
        setattr(patient, name, value)
    patient.save()

    second = give_version(draft=ready(patient), by=patient.physiotherapist, reason="The surgeon wrote.")

    said = "Your hip rules have changed. Read them before you start."
    assert said in on_today(second)
    assert f"What changed: {said}" in " ".join(pages_of(pdf_of(second, previous=version_before(second))))
    staff = words_in(client_of(patient.physiotherapist).get(f"/patients/{patient.pk}/"))
    assert "Hip precautions: " in staff


def version_before(version):
    return Version.objects.get(programme=version.programme, number=version.number - 1)


@pytest.mark.parametrize(
    ("was", "now", "patients", "staffs"),
    [
        ("none", "posterior", "Your hip rules are new. Read them before you start.", "none to posterior"),
        ("posterior", "other", "Your hip rules have changed. Read them before you start.", "posterior to other"),
        ("anterior", "none", "You have no hip rules to keep to now. Not sure? Ask us before you start.", "to none"),
    ],
)
def test_what_changed_is_told_in_words(was, now, patients, staffs):
    old, new = patient_with(was, NOTE).precautions, patient_with(now, NOTE).precautions
    assert precautions_changed(old, new) == patients
    assert staffs in precautions_differ(old, new)


def test_who_checked_and_when_is_no_change_for_the_patient():
    patient = patient_with("posterior", NOTE, "left")
    before = patient.precautions
    patient.hip_precautions_by, patient.hip_precautions_on = LeadFactory(clinic=patient.clinic), dt.date(2026, 11, 20)
    assert precautions_changed(before, patient.precautions) == precautions_differ(before, patient.precautions) == ""


def test_side_and_day_out_of_use_are_no_change():
    assert precautions_differ(patient_with("none", side="left").precautions, patient_with("none").precautions) == ""
    lifted, noted = patient_with("none").precautions, patient_with("none", "Lifted.").precautions
    assert precautions_changed(lifted, noted) == "The note about your hip has changed."
    assert precautions_differ(lifted, noted) == "Hip precautions: other note."


# Staff


@pytest.mark.parametrize("address", ["/patients/{0.patient.pk}/", "/versions/{0.pk}/handover/"])
def test_staff_see_choice_side_day_note_and_who(address):
    version = given_version(patient=patient_with("posterior", NOTE, "left"))
    words = words_in(client_of(version.given_by).get(address.format(version)))
    assert f"Posterior, left hip, since 26 Oct 2026. Surgeon: “{NOTE}”" in words
    assert "Set by Priya Nair on 13 Nov 2026." in words


def test_staff_are_told_that_the_patient_still_reads_the_old_ones():
    version = given_version(patient=patient_with("none"))
    patient = version.patient
    assert "still reads" not in words_in(client_of(version.given_by).get(f"/patients/{patient.pk}/"))
    patient.hip_precautions = "posterior"
    patient.save()
    words = words_in(client_of(version.given_by).get(f"/patients/{patient.pk}/"))
    assert (
        "Hip precautions: none to posterior. The patient still reads the old ones: give the programme again." in words
    )


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("path", ["/today/", "/today/exercises/{}/"])
def test_rules_cost_one_query_however_many_exercises(rows, path):
    costs = []
    for kind in ("none", "posterior"):
        version = given_version(patient=patient_with(kind, NOTE), exercises=rows)
        client = client_of(version.patient.user)
        address = path.format(version.prescriptions.first().pk)
        client.get(address)  # what is drawn once is there
        with CaptureQueriesContext(connection) as counted:
            client.get(address)
        costs.append(len(counted))
    assert costs[1] == costs[0] + 1
