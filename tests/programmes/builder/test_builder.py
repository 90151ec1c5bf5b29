import re

import pytest
from django.urls import reverse

from exercises.sides import SideMode
from programmes.models import Prescription, Version
from programmes.services import drafts
from tests.factories import (
    ExerciseFactory,
    PatientFactory,
    PrescriptionFactory,
    given_version,
)
from tests.programmes.drafts import HTMX, draft_of, form_of, physio_of, text_of, trail, url
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db


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
    assert "Posterior, side not known." in shown
    assert "Do not bend your hip past 90 degrees." in shown, "the words of the precautions, across the band"
    assert "Large print" in shown
    assert "Do 10 with each leg. Once a day on Monday, Wednesday and Friday." in shown
    assert trail() == [("look", "version")]


def test_builder_shows_what_the_surgeon_said_where_there_are_no_precautions():
    draft = draft_of(PatientFactory(hip_precautions="none", hip_precautions_note="Lifted in June"))
    assert "None. Surgeon: “Lifted in June”" in text_of(physio_of(draft).get(url("builder", draft)))


def test_builder_of_an_empty_draft_says_where_to_start():
    draft = draft_of()
    assert "Or press + on an exercise." in text_of(physio_of(draft).get(url("builder", draft)))


def test_builder_asks_once_which_hip_it_is():
    draft = draft_of(PatientFactory(affected_side=""), "Lift", side="", exercise__side_mode=SideMode.AFFECTED_ONLY)
    client = physio_of(draft)
    assert "Which hip is sore?" in text_of(client.get(url("builder", draft)))
    answer = client.post(url("draft_save", draft), form_of(draft, {"affected_side": "left"}), headers=HTMX)
    assert "Which hip is sore?" not in text_of(answer)
    assert draft.prescriptions.get().side == "left"
    assert trail() == [("look", "version"), ("change", "patient")]


def test_builder_shows_cautions_in_sight_and_matches_nothing():
    kept = {
        "falls": {"verdict": "nothing_special", "why": "Lies on a bed."},
        "posterior": {"verdict": "do_not_use", "why": "Legs crossed."},
    }
    pages = []
    for precautions in ("none", "posterior", "anterior"):
        patient = PatientFactory(hip_precautions=precautions)
        draft = draft_of(patient, "Bridge", exercise__cautions=["Acute back pain."], exercise__cautions_for=kept)
        page = physio_of(draft).get(url("builder", draft)).text
        row = page[page.index('<details class="weigh"') :]
        row = row[: row.index("</details>")]
        pages.append(re.sub(r"weigh-[0-9a-f-]{36}", "", row))
    assert pages[0] == pages[1] == pages[2]
    line, fold = pages[0].split("</summary>")
    assert re.findall(r"<span>([^<]+)</span>", line) == ["THR posterior: do not use", "Not all cautions are written"]
    assert "What to weigh up" in line
    for words in ("Legs crossed.", "At risk of falls", "Nothing special", "Lies on a bed.", "Acute back pain."):
        assert words in fold


def test_library_card_of_the_builder_has_the_line_too():
    draft = draft_of(PatientFactory())
    ExerciseFactory(cautions_for={"outer_hip_pain": {"verdict": "with_care", "why": "Keep it level."}})
    page = physio_of(draft).get(url("builder", draft)).text
    assert "GTPS: with care" in page[page.index('id="library-list"') :]


def test_row_says_which_leg_moves_and_which_hip_that_trains():
    draft = draft_of(PatientFactory(), "March", exercise__works="other", side="right")
    client = physio_of(draft)
    assert "Right leg moves · trains the left hip" in text_of(client.get(url("builder", draft)))
    row = draft.prescriptions.get()
    saved = client.post(url("draft_save", draft), form_of(draft, {f"{row.pk}-side": "left"}), headers=HTMX)
    assert "Left leg moves · trains the right hip" in text_of(saved)
    saved = client.post(url("draft_save", draft), form_of(draft, {f"{row.pk}-side": "each"}), headers=HTMX)
    assert "leg moves" not in text_of(saved)


def test_what_the_patient_will_read_stands_in_the_row_in_full():
    note = "Keep the lift small. " * 9
    draft = draft_of(None, "Bridge", note=note.strip())
    page = physio_of(draft).get(url("builder", draft)).text
    folded = re.sub(r"<details.*?</details>", "", page, flags=re.DOTALL)
    assert note.strip() in folded, "not in a fold"
    assert "Do 10 with each leg." in folded


@pytest.mark.parametrize(
    ("sore", "side", "works", "said"),
    [
        ("left", "right", "moving", True),
        ("left", "left", "moving", False),
        ("left", "each", "moving", False),
        ("left", "right", "other", False),  # it trains the hip one stands on
        ("left", "right", "both", False),
        ("both", "right", "moving", False),
        ("", "right", "moving", False),
    ],
)
def test_the_other_leg_is_said_at_the_row(sore, side, works, said):
    draft = draft_of(PatientFactory(affected_side=sore), "Lift", side=side, exercise__works=works)
    saved = physio_of(draft).post(url("draft_save", draft), form_of(draft), headers=HTMX)
    for answer in (physio_of(draft).get(url("builder", draft)), saved):
        assert (f"Right leg. The sore hip is the {sore} one." in text_of(answer)) is said


def test_two_rows_one_for_each_leg_are_no_slip():
    draft = draft_of(PatientFactory(affected_side="left"), "Lift", side="right")
    row = draft.prescriptions.get()
    PrescriptionFactory(version=draft, order=2, exercise=row.exercise, side="left")
    assert "The sore hip is" not in text_of(physio_of(draft).get(url("builder", draft)))


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


def test_a_card_found_by_a_word_of_its_cautions_alone_says_so():
    draft = draft_of()
    ExerciseFactory(name="Bridge", cautions=["Labral tear: keep it small."])
    client = physio_of(draft)
    assert "Named in what to weigh up" in client.get(f"{url('builder', draft)}?q=FAI", headers=HTMX).text
    for query in ("q=bridge", ""):
        assert "Named in what to weigh up" not in client.get(f"{url('builder', draft)}?{query}", headers=HTMX).text


def test_builder_costs_the_same_for_one_row_and_three(django_assert_num_queries):
    for exercises in (1, 3):
        given = given_version(exercises=exercises)
        draft = drafts.open_draft(patient=given.patient, by=given.given_by)
        client = physio_of(draft)
        with django_assert_num_queries(21):
            client.get(url("builder", draft))


# What is no draft any more


ACTIONS = ["draft_template", "draft_add", "draft_discard"]


def test_a_save_that_comes_after_give_leads_on_to_the_handover_page():
    given = given_version()
    answer = client_of(given.given_by).post(url("draft_save", given), form_of(given), headers=HTMX)
    assert answer["HX-Redirect"] == url("handover", given)


def test_what_was_typed_after_give_is_said_not_to_be_in_it():
    given = given_version()
    client = client_of(given.given_by)
    answer = client.post(url("draft_save", given), form_of(given, {"goal": "Walk the dog."}), headers=HTMX)
    assert answer["HX-Redirect"] == reverse("programmes:patient", args=[given.patient.pk])
    assert "no longer changes" in text_of(client.get(answer["HX-Redirect"]))
    given.refresh_from_db()
    assert given.goal == ""


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


@pytest.mark.parametrize("name", ["builder", *ACTIONS, "draft_save", "draft_give"])
def test_a_strangers_draft_is_not_found(name):
    draft, stranger = draft_of(None, "Bridge"), PatientFactory().physiotherapist
    client = client_of(stranger)
    answer = client.get(url(name, draft)) if name == "builder" else client.post(url(name, draft), form_of(draft))
    assert answer.status_code == 404
    assert trail() == []
