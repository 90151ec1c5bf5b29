"""The band: which hip, precautions, how often, until when; and what the programme was started from."""

import datetime as dt

import pytest
from django.utils import timezone

from hipcare.audit.models import Entry
from programmes.services import drafts
from programmes.services.starting_points import start_from_template
from tests.factories import PatientFactory, TemplateFactory, TemplateItemFactory, given_version
from tests.programmes.drafts import HTMX, draft_of, form_of, physio_of, stamp_of, text_of, url

pytestmark = pytest.mark.django_db


def save(draft, whole, headers=HTMX):
    sent = form_of(draft, {"stamp": stamp_of(draft), **whole})
    return physio_of(draft).post(url("draft_save", draft), sent, headers=headers)


@pytest.mark.parametrize("kind", ["none", "posterior", "anterior"])
def test_precautions_that_nobody_asked_are_answered_in_the_builder(kind):
    draft = draft_of(PatientFactory(hip_precautions=""), "Bridge")
    assert "Precautions not asked yet" in text_of(physio_of(draft).get(url("builder", draft)))
    answer = save(draft, {"hip_precautions": kind, "goal": "Walk the dog."})
    draft.patient.refresh_from_db()
    draft.refresh_from_db()
    said = draft.patient.precautions
    assert (said.kind, said.set_by, said.set_on) == (kind, draft.patient.physiotherapist.name, timezone.localdate())
    assert draft.goal == "Walk the dog."
    assert "not asked yet" not in text_of(answer)
    assert f"Precautions: {kind.capitalize()}" in text_of(answer), "said once, for who does not see it"
    last = Entry.objects.order_by("at").last()
    assert (last.action, last.subject) == (Entry.Action.CHANGE, "patient")


def test_precautions_that_the_record_has_are_not_changed_from_a_page_of_before():
    draft = draft_of(PatientFactory(hip_precautions=""), "Bridge")
    sent = form_of(draft, {"stamp": stamp_of(draft), "hip_precautions": "none"})
    patient = draft.patient
    patient.hip_precautions = "posterior"
    patient.save()
    answer = physio_of(draft).post(url("draft_save", draft), sent, headers=HTMX)
    patient.refresh_from_db()
    assert patient.hip_precautions == "posterior"
    assert "Precautions: Posterior" in text_of(answer), "what is so is said"


def test_precautions_of_nobody_are_refused_and_the_rest_kept():
    draft = draft_of(PatientFactory(hip_precautions=""), "Bridge")
    answer = save(draft, {"hip_precautions": "spicy", "goal": "Walk the dog."}, headers={})
    draft.patient.refresh_from_db()
    draft.refresh_from_db()
    assert (draft.patient.hip_precautions, draft.goal) == ("", "Walk the dog.")
    assert "Choose one of the precautions." in text_of(answer)


def test_give_goes_to_the_first_field_that_is_missing():
    draft = draft_of(PatientFactory(hip_precautions=""), "Bridge")
    answer = physio_of(draft).post(url("draft_give", draft), form_of(draft, {"review_on": ""}), headers=HTMX)
    assert answer.status_code == 422
    assert 'data-hc-focus="id_hip_precautions_0"' in answer.text


@pytest.mark.parametrize(
    ("quick", "stored"),
    [
        ("daily", {"weekdays": "0123456", "times_a_day": 1}),
        ("mon-wed-fri", {"weekdays": "024", "times_a_day": 1}),
        ("every-other", {"every_other_day": True, "weekdays": "", "times_a_day": 1}),
        ("three-a-week", {"days_a_week": 3, "weekdays": "", "times_a_day": 1}),
        ("as-needed", {"as_needed": True, "weekdays": ""}),
    ],
)
def test_one_press_chooses_the_days_and_is_seen_to_be_chosen(quick, stored):
    draft = draft_of(None, "Bridge", weekdays="", times_a_day=None)
    answer = save(draft, {"quick": quick, "weekdays": [], "times_a_day": ""})
    draft.refresh_from_db()
    assert {name: getattr(draft, name) for name in stored} == stored
    pressed = answer.text.partition(f'id="quick-{quick}"')[2].partition(">")[0]
    assert 'aria-pressed="true"' in pressed


def test_the_foot_lists_what_is_still_to_choose():
    draft = draft_of(PatientFactory(hip_precautions=""), "Bridge", weekdays="", times_a_day=None)
    draft.review_on = None
    draft.save()
    page = text_of(physio_of(draft).get(url("builder", draft)))
    assert "Still to choose: precautions, days, review date" in page
    soon = timezone.localdate() + dt.timedelta(days=20)
    rest = save(draft, {"hip_precautions": "none", "review_on": soon.isoformat()})
    assert "Still to choose" not in text_of(rest)


def test_what_it_was_started_from_and_how_many_rows_differ():
    template = TemplateFactory(name="Stiff hip")
    for order in (1, 2):
        TemplateItemFactory(template=template, order=order)
    draft = draft_of()
    start_from_template(draft=draft, template=template, by=draft.made_by)
    client = physio_of(draft)
    assert "Started from Stiff hip Start again" in text_of(client.get(url("builder", draft)))
    assert "Started from Stiff hip , 1 row differs" in text_of(save_first(draft, sets="3"))


def save_first(draft, **row):
    return physio_of(draft).post(
        url("draft_save", draft), form_of(draft, {"stamp": stamp_of(draft)}, **row), headers=HTMX
    )


def test_a_draft_of_the_version_in_use_says_so():
    given = given_version(exercises=2)
    draft = drafts.open_draft(patient=given.patient, by=given.given_by)
    assert "Started from Version 1 Start again" in text_of(physio_of(draft).get(url("builder", draft)))


def test_the_cards_of_an_empty_draft_show_the_exercises_and_cost_the_same_for_two_templates_and_six(
    django_assert_num_queries,
):
    draft = draft_of()
    client = physio_of(draft)
    for number in range(3):
        for _two in range(2):
            TemplateItemFactory(template=TemplateFactory(), order=1)
        if number == 0:
            with django_assert_num_queries(21):
                answer = client.get(url("builder", draft))
            assert answer.text.count("1 exercise: ") == 2
    with django_assert_num_queries(21):
        client.get(url("builder", draft))


def test_what_is_pasted_is_never_cut():
    draft = draft_of(None, "Bridge")
    page = physio_of(draft).get(url("builder", draft)).text
    fields = [tag for tag in page.split("<input")[1:] if 'type="text"' in tag.partition(">")[0]]
    assert [tag for tag in fields if "maxlength" in tag.partition(">")[0]] == []
    answer = save_first(draft, note="x" * 260)
    assert "Note to the patient: at most 200 characters. This has 260." in text_of(answer)
