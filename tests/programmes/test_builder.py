import datetime as dt
import re
from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils import timezone

from exercises.sides import SideMode
from hipcare.audit.models import Entry
from hipcare.clinics.models import PairingCode
from programmes.models import Prescription, Version
from programmes.services import drafts
from tests.factories import (
    DraftFactory,
    ExerciseFactory,
    PatientFactory,
    PrescriptionFactory,
    TemplateFactory,
    TemplateItemFactory,
    given_version,
)
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def two_weeks_from_now():
    return timezone.localdate() + dt.timedelta(days=14)


def draft_of(patient=None, *names, **prescription):
    draft = DraftFactory(programme__patient=patient or PatientFactory(), review_on=two_weeks_from_now())
    for place, name in enumerate(names, start=1):
        PrescriptionFactory(version=draft, order=place, exercise__name=name, **prescription)
    return draft


def physio_of(draft):
    return client_of(draft.programme.patient.physiotherapist)


def form_of(draft, whole=None, **row):
    """Return what the page sends when nothing was changed, save ``whole`` and, in the first exercise, ``row``."""
    data = {"rhythm": "named", "weekdays": ["0", "2", "4"], "times_a_day": "1", "goal": draft.goal, "note": draft.note}
    data |= {"review_on": draft.review_on.isoformat() if draft.review_on else "", "reason": draft.reason}
    for place, one in enumerate(draft.prescriptions.all()):
        values = {"sets": one.sets, "reps": one.reps, "reps_to": "", "hold_s": "", "hold_to_s": "", "rest_s": ""}
        values |= {"side": one.side, "load": "", "tempo": "", "note": one.note} | (row if place == 0 else {})
        data |= {f"{one.pk}-{name}": value for name, value in values.items()}
    return data | (whole or {})


def url(name, draft, *more):
    return reverse(f"programmes:{name}", args=[draft.pk, *more])


def names(draft):
    return [row.name for row in draft.prescriptions.all()]


def trail():
    return list(Entry.objects.order_by("at").values_list("action", "subject"))


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


# Opening and looking


def test_open_leads_to_the_builder_of_the_one_draft():
    patient = PatientFactory()
    client = client_of(patient.physiotherapist)
    first = client.post(reverse("programmes:draft_open", args=[patient.pk]))
    again = client.post(reverse("programmes:draft_open", args=[patient.pk]))
    assert first.url == again.url == url("builder", Version.objects.get())
    assert trail() == [("change", "version")]


def test_builder_shows_the_facts_the_rows_and_leaves_one_look():
    draft = draft_of(PatientFactory(hip_precautions="posterior", large_print=True), "Bridge")
    answer = physio_of(draft).get(url("builder", draft))
    shown = text_of(answer)
    assert "Right hip" in shown
    assert "Hip osteoarthritis" in shown
    assert "Precautions: Posterior" in shown
    assert "Large print" in shown
    assert "1 × 10 · each leg · once a day · Mon Wed Fri" in shown
    assert trail() == [("look", "version")]


def test_builder_shows_what_the_surgeon_said_where_there_are_no_precautions():
    draft = draft_of(PatientFactory(hip_precautions="none", hip_precautions_note="Lifted in June"))
    assert "No precautions: Lifted in June" in text_of(physio_of(draft).get(url("builder", draft)))


def test_builder_of_an_empty_draft_says_where_to_start():
    draft = draft_of()
    assert "Pick a template, or press + on an exercise." in text_of(physio_of(draft).get(url("builder", draft)))


def test_builder_asks_once_which_hip_it_is():
    draft = draft_of(PatientFactory(affected_side=""), "Lift", side="", exercise__side_mode=SideMode.AFFECTED_ONLY)
    client = physio_of(draft)
    assert "Which hip is sore?" in text_of(client.get(url("builder", draft)))
    answer = client.post(url("draft_save", draft), form_of(draft, {"affected_side": "left"}), headers=HTMX)
    assert "Which hip is sore?" not in text_of(answer)
    assert draft.prescriptions.get().side == "left"
    assert trail() == [("look", "version"), ("change", "patient")]


def test_builder_shows_cautions_and_matches_nothing():
    draft = draft_of(PatientFactory(), "Bridge", exercise__cautions=["Acute back pain."])
    shown = text_of(physio_of(draft).get(url("builder", draft)))
    assert "For you to weigh up" in shown
    assert "Acute back pain." in shown


def test_builder_shows_the_library_of_its_own_clinic_only():
    draft = draft_of()
    ours = ExerciseFactory(name="Ours", clinic=draft.patient.clinic)
    ExerciseFactory(name="Theirs", clinic=PatientFactory().clinic)
    ExerciseFactory(name="Retired", retired=True)
    shared = ExerciseFactory(name="Shared")
    answer = physio_of(draft).get(url("builder", draft))
    assert [card.exercise for card in answer.context["cards"]] == [ours, shared]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=bri", ["Bridge"]),
        ("q=BRIDGE+glute", ["Bridge"]),
        ("q=straight-leg", ["Knee lift"]),
        ("q=hip", []),
        ("position=standing", ["Knee lift"]),
        ("position=standing&position=lying", ["Bridge", "Knee lift"]),
        ("q=%00", ["Bridge", "Knee lift"]),
        ("q=" + "x" * 3_000, []),
        ("position=flying", []),
    ],
)
def test_the_library_is_narrowed_by_words_and_positions(query, found):
    draft = draft_of()
    ExerciseFactory(name="Bridge", position="lying", muscles=["gluteus maximus"])
    ExerciseFactory(name="Knee lift", position="standing", also_called=["Straight leg raise"])
    answer = physio_of(draft).get(f"{url('builder', draft)}?{query}", headers=HTMX)
    assert [card.exercise.name for card in answer.context["cards"]] == found
    assert 'id="library-list"' in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert trail() == [], "the library alone shows nothing of the record"


def test_builder_costs_the_same_for_one_row_and_three(django_assert_num_queries):
    for exercises in (1, 3):
        given = given_version(exercises=exercises)
        draft = drafts.open_draft(patient=given.patient, by=given.given_by)
        client = physio_of(draft)
        with django_assert_num_queries(11):
            client.get(url("builder", draft))


# Every button


def test_save_keeps_what_was_typed_and_goes_back_to_the_page():
    draft = draft_of(None, "Bridge", "Clamshell")
    sent = form_of(draft, {"goal": "Walk the dog.", "weekdays": ["1"]}, sets="4", side="left")
    answer = physio_of(draft).post(url("draft_save", draft), sent)
    assert answer.url == url("builder", draft)
    draft.refresh_from_db()
    assert draft.goal == "Walk the dog."
    assert [(row.sets, row.side, row.weekdays) for row in draft.prescriptions.all()] == [
        (4, "left", "1"),
        (1, "each", "1"),
    ]
    assert trail() == [("change", "version")]


def test_save_again_changes_nothing_and_leaves_no_row_in_the_trail():
    draft = draft_of(None, "Bridge")
    physio_of(draft).post(url("draft_save", draft), form_of(draft))
    assert trail() == []


def test_autosave_answers_with_what_follows_and_no_field():
    draft = draft_of(None, "Bridge")
    answer = physio_of(draft).post(url("draft_save", draft), form_of(draft, sets="2", side="left"), headers=HTMX)
    page = answer.content.decode()
    row = draft.prescriptions.get()
    assert answer["HX-Reswap"] == "none"
    assert f'id="face-{row.pk}" hx-swap-oob="true"' in page
    assert "2 × 10 · left leg" in text_of(answer)
    assert re.findall(r"<input[^>]*id=\"([^\"]*)", page) == ["builder-stamp"]


def test_autosave_says_what_is_wrong_beside_the_row_and_keeps_the_rest():
    draft = draft_of(None, "Bridge")
    answer = physio_of(draft).post(url("draft_save", draft), form_of(draft, sets="2", reps="999999999"), headers=HTMX)
    assert answer.status_code == 200
    assert "Reps: a whole number from 1 to 100." in text_of(answer)
    assert (draft.prescriptions.get().sets, draft.prescriptions.get().reps) == (2, 10)


def test_save_with_something_wrong_shows_the_page_again_with_what_was_typed():
    draft = draft_of(None, "Bridge")
    answer = physio_of(draft).post(url("draft_save", draft), form_of(draft, reps="999999999"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: Programme for" in page
    assert "Bridge: Reps: a whole number from 1 to 100." in text_of(answer)
    assert 'value="999999999"' in page


def test_a_quick_button_draws_the_whole_builder():
    draft = draft_of(None, "Bridge", weekdays="", times_a_day=None)
    sent = form_of(draft, {"quick": "daily", "weekdays": [], "times_a_day": ""})
    answer = physio_of(draft).post(url("draft_save", draft), sent, headers=HTMX)
    assert '<div id="builder">' in answer.content.decode()
    assert "once a day · every day" in text_of(answer)


def test_template_replaces_the_rows_and_keeps_what_was_typed():
    draft = draft_of(None, "Bridge")
    item = TemplateItemFactory(template__name="Gentle start", exercise__name="Clamshell")
    sent = form_of(draft, {"template": str(item.template.pk), "goal": "Walk the dog."})
    answer = physio_of(draft).post(url("draft_template", draft), sent, headers=HTMX)
    draft.refresh_from_db()
    assert (names(draft), draft.goal, draft.name) == (["Clamshell"], "Walk the dog.", "Gentle start")
    assert draft.prescriptions.get().line.endswith("once a day · Mon Wed Fri")
    assert "1 exercise in the programme." in text_of(answer)
    assert trail() == [("change", "version")]


def test_template_in_use_and_blank():
    given = given_version(exercises=2)
    draft = drafts.open_draft(patient=given.patient, by=given.given_by)
    client = physio_of(draft)
    client.post(url("draft_template", draft), {"template": "blank"})
    assert names(draft) == []
    client.post(url("draft_template", draft), {"template": "in-use"})
    assert names(draft) == names(given)


def test_a_starting_point_can_be_undone_and_done_again():
    draft = draft_of(None, "Bridge", "Clamshell")
    client = physio_of(draft)
    sent = form_of(draft, {"template": "blank"}, sets="4", note="Mind your back.")
    assert "As it was before" in text_of(client.post(url("draft_template", draft), sent, headers=HTMX))
    assert names(draft) == []
    client.post(url("draft_template", draft), {"template": "before"})
    rows = list(draft.prescriptions.all())
    assert [(row.name, row.sets, row.note, row.weekdays) for row in rows] == [
        ("Bridge", 4, "Mind your back.", "024"),
        ("Clamshell", 1, "", "024"),
    ]
    assert len(trail()) == 2


def test_what_was_before_belongs_to_its_draft_and_is_offered_only_when_there_was_something():
    draft = draft_of(None, "Bridge")
    physio = draft.patient.physiotherapist
    client = client_of(physio)
    other = draft_of(PatientFactory(clinic=physio.clinic, physiotherapist=physio))
    client.post(url("draft_template", draft), {"template": "blank"})
    assert "As it was before" not in text_of(client.get(url("builder", other)))
    assert client.post(url("draft_template", other), {"template": "before"}).status_code == 404
    client.post(url("draft_template", draft), {"template": "blank"})
    assert "As it was before" not in text_of(client.get(url("builder", draft)))


@pytest.mark.parametrize("chosen", ["", "nonsense", "\x00", "theirs", "before"])
def test_template_that_is_not_ours_is_not_found(chosen):
    draft = draft_of(None, "Bridge")
    theirs = TemplateFactory(clinic=PatientFactory().clinic)
    sent = {"template": str(theirs.pk) if chosen == "theirs" else chosen}
    assert physio_of(draft).post(url("draft_template", draft), sent).status_code == 404
    assert names(draft) == ["Bridge"]


def test_the_pill_of_the_starting_point_is_pressed():
    given = given_version()
    draft = drafts.open_draft(patient=given.patient, by=given.given_by)
    item = TemplateItemFactory(template__name="Gentle start")
    client = physio_of(draft)

    def pressed():
        return [pill.name for pill in client.get(url("builder", draft)).context["pills"] if pill.chosen]

    assert pressed() == ["Version 1, now in use"]
    client.post(url("draft_template", draft), {"template": str(item.template.pk)})
    assert pressed() == ["Gentle start"]


def test_add_puts_it_last_and_says_so():
    draft = draft_of(None, "Bridge")
    exercise = ExerciseFactory(name="Clamshell")
    answer = physio_of(draft).post(
        url("draft_add", draft), form_of(draft, {"exercise": str(exercise.pk)}), headers=HTMX
    )
    assert names(draft) == ["Bridge", "Clamshell"]
    assert "Clamshell added. 2 exercises in the programme." in text_of(answer)
    assert re.search(rf'id="card-{exercise.pk}"[^>]* autofocus', answer.content.decode())


def test_add_without_script_goes_back_to_the_narrowed_library():
    draft = draft_of(None, "Bridge")
    exercise = ExerciseFactory(name="Clamshell")
    sent = form_of(draft, {"exercise": str(exercise.pk), "q": "clam", "position": ["standing"]})
    answer = physio_of(draft).post(url("draft_add", draft), sent)
    assert answer.url == f"{url('builder', draft)}?q=clam&position=standing#card-{exercise.pk}"


def test_add_of_a_stranger_clinics_exercise_is_not_found():
    draft = draft_of(None, "Bridge")
    theirs = ExerciseFactory(clinic=PatientFactory().clinic)
    assert physio_of(draft).post(url("draft_add", draft), {"exercise": str(theirs.pk)}).status_code == 404


def test_add_of_a_thirteenth_is_refused_and_keeps_what_was_typed():
    draft = draft_of(None, *[f"Exercise {n}" for n in range(12)])
    sent = form_of(draft, {"exercise": str(ExerciseFactory().pk), "goal": "Walk the dog."})
    answer = physio_of(draft).post(url("draft_add", draft), sent)
    draft.refresh_from_db()
    assert answer.status_code == 422
    assert "at most 12 exercises" in text_of(answer)
    assert (draft.prescriptions.count(), draft.goal) == (12, "Walk the dog.")


def test_move_says_where_it_is_now_and_keeps_the_focus():
    draft = draft_of(None, "Bridge", "Clamshell")
    row = draft.prescriptions.first()
    answer = physio_of(draft).post(url("draft_move", draft, row.pk, "down"), form_of(draft, sets="3"), headers=HTMX)
    assert names(draft) == ["Clamshell", "Bridge"]
    assert "Bridge, now 2 of 2" in text_of(answer)
    assert re.search(rf'id="down-{row.pk}"[^>]*autofocus', answer.content.decode())
    assert draft.prescriptions.get(pk=row.pk).sets == 3
    assert trail() == [("change", "version")]


def test_move_sideways_and_of_strangers_rows_is_not_found():
    draft, other = draft_of(None, "Bridge"), draft_of(None, "Clamshell")
    row, theirs = draft.prescriptions.get(), other.prescriptions.get()
    client = physio_of(draft)
    assert client.post(url("draft_move", draft, row.pk, "sideways")).status_code == 404
    assert client.post(url("draft_move", draft, theirs.pk, "up")).status_code == 404


@pytest.mark.parametrize(("place", "focus"), [(0, 1), (1, 0)])
def test_remove_moves_the_focus_to_the_neighbour(place, focus):
    draft = draft_of(None, "Bridge", "Clamshell")
    rows = list(draft.prescriptions.all())
    answer = physio_of(draft).post(url("draft_remove", draft, rows[place].pk), form_of(draft), headers=HTMX)
    assert names(draft) == [rows[focus].name]
    assert re.search(rf'id="remove-{rows[focus].pk}"[^>]*autofocus', answer.content.decode())


def test_remove_of_the_last_row_leaves_an_empty_programme():
    draft = draft_of(None, "Bridge")
    answer = physio_of(draft).post(
        url("draft_remove", draft, draft.prescriptions.get().pk), form_of(draft), headers=HTMX
    )
    assert "Pick a template" in text_of(answer)
    assert re.search(r'id="tray"[^>]*autofocus', answer.content.decode())


def test_remove_twice_is_no_mistake():
    draft = draft_of(None, "Bridge", "Clamshell")
    row, sent = draft.prescriptions.first(), form_of(draft)
    client = physio_of(draft)
    client.post(url("draft_remove", draft, row.pk), sent)
    answer = client.post(url("draft_remove", draft, row.pk), sent, follow=True)
    assert names(draft) == ["Clamshell"]
    assert "no longer in this programme" in text_of(answer)


def test_an_action_keeps_a_wrong_value_as_typed_and_still_acts():
    draft = draft_of(None, "Bridge", "Clamshell")
    row = draft.prescriptions.first()
    sent = form_of(draft, {"times_a_day": "often"}, reps="lots")
    answer = physio_of(draft).post(url("draft_move", draft, row.pk, "down"), sent, headers=HTMX)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert names(draft) == ["Clamshell", "Bridge"]
    assert 'value="lots"' in page
    assert 'value="often"' in page


def test_rows_forged_into_the_form_are_ignored():
    draft, other = draft_of(None, "Bridge"), draft_of(None, "Clamshell")
    sent = form_of(draft) | form_of(other, sets="9")
    physio_of(draft).post(url("draft_save", draft), sent)
    assert other.prescriptions.get().sets == 1


def test_discard_leads_back_to_the_patient():
    draft = draft_of(None, "Bridge")
    answer = physio_of(draft).post(url("draft_discard", draft))
    assert answer.url == reverse("programmes:patient", args=[draft.patient.pk])
    assert not Version.objects.exists()


# Giving


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
    edit = reverse("patient_edit", args=[patient.pk])
    for words, href in {
        "The help box needs the clinic phone. Add it on the clinic’s page.": reverse("clinic_settings"),
        "Answer the question about hip precautions": f"{edit}?next={quote(url('builder', draft), safe='')}",
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


def test_give_from_a_page_that_is_behind_is_refused():
    draft = draft_of(None, "Bridge")
    sent = form_of(draft)
    PrescriptionFactory(version=draft, order=2, exercise__name="Clamshell")
    answer = physio_of(draft).post(url("draft_give", draft), sent)
    assert answer.status_code == 422
    assert "changed in another tab" in text_of(answer)


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


# What is no draft any more


ACTIONS = ["draft_save", "draft_template", "draft_add", "draft_discard"]


@pytest.mark.parametrize("name", ["builder", *ACTIONS])
def test_a_given_version_leads_back_to_the_patient(name):
    given = given_version()
    client = client_of(given.given_by)
    sent = {"template": "blank", "exercise": str(ExerciseFactory().pk)}
    answer = client.get(url(name, given)) if name == "builder" else client.post(url(name, given), sent)
    assert answer.url == reverse("programmes:patient", args=[given.patient.pk])
    assert "no longer changes" in text_of(client.get(answer.url))
    assert Prescription.objects.filter(version=given).count() == 1


def test_a_draft_given_between_reading_and_writing_leads_back_to_the_patient(monkeypatch):
    draft = draft_of(None, "Bridge")
    save = drafts.save_draft

    def gone_meanwhile(**kwargs):
        Version.objects.filter(pk=draft.pk).delete()
        return save(**kwargs)

    monkeypatch.setattr(drafts, "save_draft", gone_meanwhile)
    answer = physio_of(draft).post(url("draft_save", draft), form_of(draft), headers=HTMX)
    assert answer["HX-Redirect"] == reverse("programmes:patient", args=[draft.patient.pk])


@pytest.mark.parametrize("name", ["builder", *ACTIONS, "draft_give"])
def test_a_strangers_draft_is_not_found(name):
    draft, stranger = draft_of(None, "Bridge"), PatientFactory().physiotherapist
    client = client_of(stranger)
    answer = client.get(url(name, draft)) if name == "builder" else client.post(url(name, draft), form_of(draft))
    assert answer.status_code == 404
    assert trail() == []
