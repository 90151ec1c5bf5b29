import pytest
from django.urls import reverse

from exercises.sides import SideMode
from hipcare.clinics.models import PairingCode
from programmes.models import Version
from programmes.services import drafts
from tests.factories import (
    PatientFactory,
    PrescriptionFactory,
    given_version,
)
from tests.programmes.drafts import HTMX, draft_of, form_of, physio_of, stamp_of, text_of, trail, url

pytestmark = pytest.mark.django_db


def test_give_leads_to_the_handover_and_is_one_row_in_the_trail():
    draft = draft_of(None, "Bridge")
    answer = physio_of(draft).post(url("draft_give", draft), form_of(draft, sets="2"))
    assert answer.url == url("handover", draft)
    assert draft.prescriptions.get().sets == 2
    assert trail() == [("give", "version")]


def test_give_twice_lands_on_the_same_page():
    draft = draft_of(None, "Bridge")
    client, sent = physio_of(draft), form_of(draft)
    first = client.post(url("draft_give", draft), sent)
    again = client.post(url("draft_give", draft), sent)
    assert first.url == again.url
    assert PairingCode.objects.count() == 1


def test_give_by_htmx_goes_to_the_whole_page():
    draft = draft_of(None, "Bridge")
    answer = physio_of(draft).post(url("draft_give", draft), form_of(draft), headers=HTMX)
    assert answer["HX-Redirect"] == url("handover", draft)


def test_give_says_everything_that_is_missing_and_where_to_put_it_right():
    patient = PatientFactory(hip_precautions="", clinic__phone="")
    draft = draft_of(patient, "Bridge", side="", exercise__side_mode=SideMode.AFFECTED_ONLY)
    row = draft.prescriptions.get()
    sent = form_of(draft, {"weekdays": [], "times_a_day": "", "review_on": "", "goal": "Walk the dog."})
    answer = physio_of(draft).post(url("draft_give", draft), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There are 5 things to put right" in text_of(answer)
    for words, href in {
        "The help box needs the clinic phone. Add it on the clinic’s page.": reverse("clinic_settings"),
        "Answer the question about hip precautions. It may be “None”.": "#id_hip_precautions_0",
        "Choose the leg for Bridge.": f"#id_{row.pk}-side_0",
        "Choose the days and how many times a day.": "#id_weekdays_0",
        "Choose a review date.": "#id_review_on",
    }.items():
        assert f'<a href="{href}">{words}' in page, words
    draft.refresh_from_db()
    assert (draft.number, draft.goal) == (None, "Walk the dog.")
    assert trail() == [("change", "version")]


def test_give_with_something_wrong_gives_nothing():
    draft = draft_of(None, "Bridge")
    answer = physio_of(draft).post(url("draft_give", draft), form_of(draft, reps="0"))
    assert answer.status_code == 422
    assert not Version.objects.given().exists()


def test_give_asks_whether_the_unusual_is_right():
    draft = draft_of(None, "Bridge")
    client = physio_of(draft)
    asked = client.post(url("draft_give", draft), form_of(draft, reps="40"))
    assert "Bridge: 40 reps. Yes, this is right." in text_of(asked)
    again = client.post(url("draft_give", draft), form_of(draft, {"is_right": "Bridge: 40 reps"}, reps="41"))
    assert "Bridge: 41 reps. Yes, this is right." in text_of(again)
    given = client.post(url("draft_give", draft), form_of(draft, {"is_right": "Bridge: 41 reps"}, reps="41"))
    assert given.url == url("handover", draft)


def test_the_tick_stays_while_the_values_are_the_same():
    draft = draft_of(None, "Bridge")
    sent = form_of(draft, {"is_right": "Bridge: 40 reps", "review_on": ""}, reps="40")
    page = physio_of(draft).post(url("draft_give", draft), sent).content.decode()
    assert 'value="Bridge: 40 reps" checked' in page


def test_give_from_a_page_that_does_not_show_every_exercise_is_refused():
    draft = draft_of(None, "Bridge")
    sent = form_of(draft, {"stamp": stamp_of(draft)})
    PrescriptionFactory(version=draft, order=2, exercise__name="Clamshell")
    answer = physio_of(draft).post(url("draft_give", draft), sent)
    assert answer.status_code == 422
    assert "This programme was changed since you opened this page." in text_of(answer)
    assert "Somebody else added Clamshell." in text_of(answer)
    assert not Version.objects.given().exists()


def test_give_the_next_version_needs_a_reason_and_a_change():
    given = given_version()
    draft = drafts.open_draft(patient=given.patient, by=given.given_by)
    client = physio_of(draft)
    unchanged = client.post(url("draft_give", draft), form_of(draft, {"reason": "Because."}))
    assert "Nothing has changed since version 1" in text_of(unchanged)
    silent = client.post(url("draft_give", draft), form_of(draft, {"reason": " "}, sets="2"))
    assert "Say what you changed and why." in text_of(silent)
    assert "was 1 × 10" in text_of(silent)
    client.post(url("draft_give", draft), form_of(draft, {"reason": "Manages ten with ease."}, sets="2"))
    draft.refresh_from_db()
    assert (draft.number, draft.reason) == (2, "Manages ten with ease.")
