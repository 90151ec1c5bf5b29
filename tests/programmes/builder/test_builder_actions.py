import re

import pytest
from django.urls import reverse

from hipcare.clinics.models import ProgressionList
from programmes.models import Version
from programmes.models.version import FrozenError
from programmes.services import drafts, undoing
from tests.factories import (
    ClinicFactory,
    ExerciseFactory,
    PatientFactory,
    TemplateFactory,
    TemplateItemFactory,
    given_version,
)
from tests.programmes.drafts import HTMX, draft_of, form_of, names, physio_of, text_of, trail, url
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db


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
    assert "Do 10 with your left leg. Do this twice." in text_of(answer)
    assert re.findall(r"<input[^>]*id=\"([^\"]*)", page) == ["builder-stamp"]


def test_autosave_says_what_is_wrong_beside_the_row_and_keeps_the_rest():
    draft = draft_of(None, "Bridge")
    answer = physio_of(draft).post(url("draft_save", draft), form_of(draft, sets="2", reps="999999999"), headers=HTMX)
    assert answer.status_code == 200
    assert "Reps: a whole number from 1 to 100, or two, for example 8 to 12." in text_of(answer)
    assert (draft.prescriptions.get().sets, draft.prescriptions.get().reps) == (2, 10)


def test_save_with_something_wrong_shows_the_page_again_with_what_was_typed():
    draft = draft_of(None, "Bridge")
    answer = physio_of(draft).post(url("draft_save", draft), form_of(draft, reps="999999999"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: Programme for" in page
    assert "Bridge: Reps: a whole number from 1 to 100, or two, for example 8 to 12." in text_of(answer)
    assert 'value="999999999"' in page


def test_a_quick_button_draws_the_whole_builder():
    draft = draft_of(None, "Bridge", weekdays="", times_a_day=None)
    sent = form_of(draft, {"quick": "daily", "weekdays": [], "times_a_day": ""})
    answer = physio_of(draft).post(url("draft_save", draft), sent, headers=HTMX)
    assert '<div id="builder"' in answer.content.decode()
    assert "Once a day, every day." in text_of(answer)


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


@pytest.mark.parametrize("word", ["current", "in-use"])  # the second: of a page that was open across an upgrade
def test_template_current_and_blank(word):
    given = given_version(exercises=2)
    draft = drafts.open_draft(patient=given.patient, by=given.given_by)
    client = physio_of(draft)
    client.post(url("draft_template", draft), {"template": "blank"})
    assert names(draft) == []
    client.post(url("draft_template", draft), {"template": word})
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


@pytest.mark.parametrize("place", [0, 1])
def test_remove_moves_the_focus_to_the_way_back(place):
    draft = draft_of(None, "Bridge", "Clamshell")
    rows = list(draft.prescriptions.all())
    answer = physio_of(draft).post(url("draft_remove", draft, rows[place].pk), form_of(draft), headers=HTMX)
    assert names(draft) == [rows[1 - place].name]
    assert re.search(rf'id="back-{rows[place].pk}"[^>]*autofocus', answer.content.decode())
    assert f"{rows[place].name} removed. 1 exercise in the programme. You can put it back." in text_of(answer)


def test_remove_of_the_last_row_leaves_an_empty_programme():
    draft = draft_of(None, "Bridge")
    answer = physio_of(draft).post(
        url("draft_remove", draft, draft.prescriptions.get().pk), form_of(draft), headers=HTMX
    )
    assert "Start from" in text_of(answer)
    assert "Or press + on an exercise." in text_of(answer)


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


# When to go on


def test_progression_rule_is_chosen_from_the_clinics_list_or_typed():
    draft = draft_of(None, "Bridge")
    clinic, physio = draft.patient.clinic, draft.patient.physiotherapist
    ProgressionList.objects.create(clinic=clinic, rules=["Ask me first."], changed_by=physio)
    ProgressionList.objects.create(clinic=ClinicFactory(), rules=["Theirs."], changed_by=physio)
    client = physio_of(draft)
    page = client.get(url("builder", draft)).text
    assert re.findall(r'<option value="([^"]*)"', page.split('<datalist id="progression-rules">')[1]) == [
        "Ask me first."
    ]
    assert 'list="progression-rules"' in page
    sent = form_of(draft, progression="When you can do 12, tell me.")
    answer = client.post(url("draft_save", draft), sent, headers=HTMX)
    assert "When to go on: <bdi>When you can do 12, tell me.</bdi>" in answer.text
    assert draft.prescriptions.get().progression == "When you can do 12, tell me."


def test_progression_rule_is_pinned_with_the_version_and_goes_along_into_the_next_draft():
    given = given_version(progression="When it is easy, tell me.")
    draft = drafts.open_draft(patient=given.patient, by=given.given_by)
    assert draft.prescriptions.get().progression == "When it is easy, tell me."
    gone = drafts.remove_prescription(prescription=draft.prescriptions.get(), by=given.given_by)
    assert undoing.put_back_row(draft=draft, contents=gone, by=given.given_by).row.progression
    with pytest.raises(FrozenError):
        given.prescriptions.get().save()


def test_progression_rule_that_is_too_long_is_shown_again_and_not_saved():
    draft = draft_of(None, "Bridge")
    sent = form_of(draft, progression="x" * 121)
    answer = physio_of(draft).post(url("draft_save", draft), sent)
    assert answer.status_code == 422
    assert "When to go on: at most 120 characters. This has 121." in text_of(answer)
    assert "x" * 121 in answer.text
    assert draft.prescriptions.get().progression == ""
