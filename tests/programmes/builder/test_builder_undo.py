"""Whatever is taken out of a draft can be put back, with everything that was said in it."""

import pytest
from django.urls import reverse

from exercises.models import Exercise
from programmes.models import Prescription, Version
from programmes.services import drafts
from tests.factories import ExerciseFactory, PatientFactory, PhysioFactory, PrescriptionFactory, given_version
from tests.programmes.drafts import HTMX, draft_of, form_of, names, physio_of, text_of, trail, url
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db
DOSE = {"sets": 3, "reps": 8, "reps_to": 12, "hold_s": 5, "rest_s": 30, "load": "red band", "note": "Mind your back."}


@pytest.fixture
def draft():
    draft = draft_of(None, "Bridge", "Clamshell", "Lift")
    draft.prescriptions.filter(order=2).update(**DOSE, side="left")
    return draft


def everything(draft):
    return list(draft.prescriptions.values(*drafts.ROW_FIELDS, "pk", "order", "exercise"))


@pytest.mark.parametrize("headers", [HTMX, {}])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_removed_exercise_comes_back_as_it_was_where_it_was(draft, place, headers):
    client, before = physio_of(draft), everything(draft)
    row = draft.prescriptions.all()[place]
    shown = client.post(url("draft_remove", draft, row.pk), headers=headers, follow=True)
    assert f'formaction="{url("draft_put_back", draft, row.pk)}"' in shown.content.decode()
    assert f'aria-label="Put {row.name} back"' in shown.content.decode()

    answer = client.post(url("draft_put_back", draft, row.pk), headers=headers, follow=True)
    assert everything(draft) == before
    assert "Put it back" not in text_of(answer)
    assert trail().count(("change", "version")) == 2


def test_what_is_typed_when_it_is_put_back_is_kept_too(draft):
    client, row = physio_of(draft), draft.prescriptions.first()
    client.post(url("draft_remove", draft, row.pk))
    answer = client.post(url("draft_put_back", draft, row.pk), form_of(draft, {"goal": "Walk the dog."}), headers=HTMX)
    draft.refresh_from_db()
    assert draft.goal == "Walk the dog."
    assert "Bridge is back. 3 exercises in the programme." in text_of(answer)


def test_several_come_back_in_any_order_and_each_once(draft):
    client, rows, before = physio_of(draft), list(draft.prescriptions.all()), everything(draft)
    for row in rows[:2]:
        client.post(url("draft_remove", draft, row.pk))
    for row in (rows[1], rows[0], rows[0]):
        client.post(url("draft_put_back", draft, row.pk))
    assert everything(draft) == before
    assert Prescription.objects.count() == 3


def test_what_was_added_again_meanwhile_stands_beside_what_is_put_back(draft):
    client, row = physio_of(draft), draft.prescriptions.first()
    client.post(url("draft_remove", draft, row.pk))
    client.post(url("draft_add", draft), {"exercise": str(row.exercise_id)})
    answer = client.post(url("draft_put_back", draft, row.pk), headers=HTMX)
    assert answer.status_code == 200
    assert "Bridge is back." in text_of(answer)
    assert draft.prescriptions.filter(exercise=row.exercise_id).count() == 2
    assert draft.prescriptions.first().pk == row.pk


def test_a_full_programme_says_so_and_keeps_the_way_back(draft):
    client, row = physio_of(draft), draft.prescriptions.first()
    client.post(url("draft_remove", draft, row.pk))
    for place in range(4, 14):
        PrescriptionFactory(version=draft, order=place, exercise=ExerciseFactory())
    answer = client.post(url("draft_put_back", draft, row.pk), headers=HTMX)
    assert "at most 12 exercises. Remove one first." in text_of(answer)
    assert "Put it back" in text_of(answer)


def test_it_comes_back_on_the_days_the_others_have_by_now(draft):
    client, row = physio_of(draft), draft.prescriptions.first()
    client.post(url("draft_remove", draft, row.pk))
    client.post(url("draft_save", draft), form_of(draft, {"weekdays": ["1"]}))
    client.post(url("draft_put_back", draft, row.pk))
    assert {one.weekdays for one in draft.prescriptions.all()} == {"1"}


def test_the_way_back_belongs_to_the_person_and_the_draft(draft):
    row = draft.prescriptions.first()
    physio_of(draft).post(url("draft_remove", draft, row.pk))
    lee = client_of(PhysioFactory(clinic=draft.patient.clinic))
    assert "Put it back" not in text_of(lee.get(url("builder", draft)))
    lee.post(url("draft_put_back", draft, row.pk))
    assert names(draft) == ["Clamshell", "Lift"]


def test_a_way_back_to_an_exercise_that_is_no_more_is_not_shown(draft):
    client, row = physio_of(draft), draft.prescriptions.first()
    client.post(url("draft_remove", draft, row.pk))
    Exercise.objects.filter(pk=row.exercise_id).delete()
    assert "Put it back" not in text_of(client.get(url("builder", draft)))


def test_a_draft_thrown_away_comes_back_whole(draft):
    Version.objects.filter(pk=draft.pk).update(goal="Walk the dog.", note="Gently.", name="Gentle start", reason="Why")
    draft.refresh_from_db()
    before = [{**row, "pk": None} for row in everything(draft)]
    client, patient = physio_of(draft), draft.patient
    page = client.post(url("draft_discard", draft), follow=True)
    assert "You can put the draft back." in text_of(page)
    assert reverse("programmes:draft_restore", args=[patient.pk]) in page.content.decode()
    assert "Walk the dog" not in page.request["PATH_INFO"]

    answer = client.post(reverse("programmes:draft_restore", args=[patient.pk]))
    back = Version.objects.get()
    assert answer.url == url("builder", back)
    assert [{**row, "pk": None} for row in everything(back)] == before
    for name in ("goal", "note", "name", "reason", "review_on", "made_by"):
        assert getattr(back, name) == getattr(draft, name), name
    assert "The draft is back, as it was." in text_of(client.get(answer.url))
    assert "Put the draft back" not in text_of(client.get(reverse("programmes:patient", args=[patient.pk])))


def test_a_draft_put_back_twice_or_by_somebody_else_is_there_once(draft):
    client, patient = physio_of(draft), draft.patient
    client.post(url("draft_discard", draft))
    client_of(PhysioFactory(clinic=patient.clinic)).post(reverse("programmes:draft_restore", args=[patient.pk]))
    assert not Version.objects.exists()
    for _ in range(2):
        client.post(reverse("programmes:draft_restore", args=[patient.pk]))
    assert Version.objects.count() == 1


def test_a_new_draft_is_in_the_way_of_the_one_thrown_away_and_said():
    given = given_version()
    client, patient = client_of(given.given_by), given.patient
    draft = drafts.open_draft(patient=patient, by=given.given_by)
    client.post(url("draft_discard", draft))
    client.post(reverse("programmes:draft_open", args=[patient.pk]))
    page = client.post(reverse("programmes:draft_restore", args=[patient.pk]), follow=True)
    assert "There is another draft by now. Discard that one, then put this one back." in text_of(page)
    assert "Put the draft back" in text_of(page)


def test_a_strangers_patient_has_no_draft_to_put_back():
    stranger = PatientFactory()
    client = client_of(PatientFactory().physiotherapist)
    assert client.post(reverse("programmes:draft_restore", args=[stranger.pk])).status_code == 404


def test_the_starting_points_of_two_drafts_are_remembered_apart(draft):
    physio = draft.patient.physiotherapist
    other = draft_of(PatientFactory(clinic=physio.clinic, physiotherapist=physio), "Squat")
    client = client_of(physio)
    for one in (draft, other):
        client.post(url("draft_template", one), {"template": "blank"})
    for one in (draft, other):
        client.post(url("draft_template", one), {"template": "before"})
    assert (names(draft), names(other)) == (["Bridge", "Clamshell", "Lift"], ["Squat"])
