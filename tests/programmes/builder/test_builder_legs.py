"""One exercise with a dose of its own for each leg: two lines in one row, and one again."""

import pytest

from programmes.models import Prescription
from programmes.rules.changes import changes
from programmes.rules.twins import Distinction
from programmes.services import drafts, giving
from programmes.services.giving import give_version
from programmes.wording.differences import news_of, staff_summary
from tests.factories import ExerciseFactory, PatientFactory, PhysioFactory, PrescriptionFactory, given_version
from tests.programmes.drafts import HTMX, draft_of, form_of, physio_of, stamp_of, text_of, trail, url
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db
SHARED = ("rhythm", "weekdays", "days_a_week", "times_a_day", "note", "progression")


@pytest.fixture
def draft():
    draft = draft_of(PatientFactory(affected_side="right"), "Clamshell", "Bridge", "Lift", side="each")
    draft.prescriptions.filter(order=2).update(side="both")
    draft.prescriptions.update(sets=2, note="Slowly.")
    return draft


def press(draft, how, *, sent=None, client=None, headers=HTMX, row=None):
    row = row or draft.prescriptions.first()
    return (client or physio_of(draft)).post(url("draft_legs", draft, row.pk, how), sent, headers=headers, follow=True)


def rows(draft):
    return list(draft.prescriptions.values_list("exercise__name", "side", "sets", "reps", "order"))


def pair_form(draft, whole=None, **other):
    """Return what the page sends of a draft whose first two rows are the legs of one exercise."""
    sent = form_of(draft, whole)
    second = draft.prescriptions.all()[1]
    sent = {name: value for name, value in sent.items() if name not in {f"{second.pk}-{one}" for one in SHARED}}
    return sent | {f"{second.pk}-{name}": value for name, value in other.items()} | {"stamp": stamp_of(draft)}


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_a_line_for_each_leg_in_one_row_the_sore_one_first(draft, headers):
    answer = press(draft, "apart", headers=headers)
    assert rows(draft)[:2] == [("Clamshell", "right", 2, 10, 1), ("Clamshell", "left", 2, 10, 2)]
    page = answer.content.decode()
    first, second = draft.prescriptions.all()[:2]
    assert "This programme, 3 exercises</h2>" in page
    assert f'id="row-{first.pk}"' in page
    assert f'id="row-{second.pk}"' not in page
    for row, leg in ((first, "right"), (second, "left")):
        assert f'aria-label="Reps, Clamshell ({leg} leg)"' in page
        assert f'id="line-{row.pk}"' in page
    assert 'aria-label="Note to the patient, Clamshell"' in page
    assert f'name="{second.pk}-note"' not in page
    assert trail()[0] == ("change", "version")


def test_each_leg_keeps_its_own_numbers_and_both_share_days_and_note(draft):
    press(draft, "apart")
    first, second = draft.prescriptions.all()[:2]
    sent = pair_form(draft, reps="8-12", sets="1") | {f"{first.pk}-note": "Lie flat."}
    sent |= {f"{first.pk}-rhythm": "named", f"{first.pk}-weekdays": ["1", "4"], f"{first.pk}-times_a_day": "2"}
    answer = physio_of(draft).post(url("draft_save", draft), sent, headers=HTMX)
    assert answer.status_code == 200
    first, second = draft.prescriptions.all()[:2]
    assert (first.sets, first.reps, first.reps_to) == (2, 10, None)
    assert (second.sets, second.reps, second.reps_to) == (1, 8, 12)
    for row in (first, second):
        assert (row.note, row.weekdays, row.times_a_day, row.own_days) == ("Lie flat.", "14", 2, True)
    assert "Do 8 to 12 with your left leg" in text_of(answer)


def test_what_is_wrong_about_both_is_said_once_and_kept_for_both(draft):
    press(draft, "apart")
    first = draft.prescriptions.first()
    sent = pair_form(draft) | {f"{first.pk}-note": "x" * 201}
    answer = physio_of(draft).post(url("draft_save", draft), sent)
    assert answer.status_code == 422
    assert text_of(answer).count("Note to the patient: at most 200 characters. This has 201.") == 2  # summary, row
    assert "x" * 201 in answer.text
    assert {row.note for row in draft.prescriptions.all()} == {"Slowly."}


def test_what_is_wrong_about_one_leg_stands_in_the_row_and_the_other_is_kept(draft):
    press(draft, "apart")
    first = draft.prescriptions.first()
    answer = physio_of(draft).post(url("draft_save", draft), pair_form(draft, reps="999") | {f"{first.pk}-sets": "3"})
    assert "Clamshell (left leg): Reps: a whole number from 1 to 100" in text_of(answer)
    assert [row[2:4] for row in rows(draft)[:2]] == [(3, 10), (2, 10)]


def test_the_same_for_both_goes_back_to_the_first_and_can_be_undone(draft):
    press(draft, "apart")
    first, second = draft.prescriptions.all()[:2]
    draft.prescriptions.filter(pk=second.pk).update(reps=6)
    client = physio_of(draft)
    draft.prescriptions.filter(pk=first.pk).update(reps=12)
    before = rows(draft)
    answer = press(draft, "alike", client=client)
    assert rows(draft) == [("Clamshell", "each", 2, 12, 1), ("Bridge", "both", 2, 10, 2), ("Lift", "each", 2, 10, 3)]
    assert "Clamshell: the same for both legs. You can put it back." in text_of(answer)
    assert "Clamshell with a dose for each leg" in text_of(answer)

    client.post(url("draft_put_back", draft, first.pk), headers=HTMX)
    assert rows(draft) == before
    assert "Put it back" not in text_of(client.get(url("builder", draft)))


def test_an_exercise_for_the_sore_leg_takes_turns_when_both_are_the_same(draft):
    draft.prescriptions.first().exercise.__class__.objects.update(side_mode="affected_only")
    draft.prescriptions.filter(order=1).update(side="right")
    press(draft, "apart")
    press(draft, "alike")
    assert draft.prescriptions.first().side == "in_turn"


def test_twice_and_late_change_it_once(draft):
    row = draft.prescriptions.first()
    for _ in range(2):
        assert press(draft, "apart", row=row).status_code == 200
    assert len(rows(draft)) == 4
    for _ in range(2):
        assert press(draft, "alike", row=row).status_code == 200
    assert len(rows(draft)) == 3
    draft.prescriptions.filter(pk=row.pk).delete()
    assert press(draft, "apart", row=row).status_code == 200
    assert press(draft, "sideways", row=row).status_code == 404


def test_both_legs_move_and_go_and_come_back_together(draft):
    press(draft, "apart")
    client, first, before = physio_of(draft), draft.prescriptions.first(), rows(draft)
    answer = client.post(url("draft_move", draft, first.pk, "down"), headers=HTMX)
    assert "Clamshell (right leg), now 2 of 3" in text_of(answer) or "Clamshell, now 2 of 3" in text_of(answer)
    assert [row[0] for row in rows(draft)] == ["Bridge", "Clamshell", "Clamshell", "Lift"]
    client.post(url("draft_move", draft, draft.prescriptions.last().pk, "up"), headers=HTMX)
    assert [row[0] for row in rows(draft)] == ["Bridge", "Lift", "Clamshell", "Clamshell"]
    for _ in range(2):
        client.post(url("draft_move", draft, first.pk, "up"), headers=HTMX)
    assert rows(draft) == before
    client.post(url("draft_remove", draft, first.pk), headers=HTMX)
    assert [row[0] for row in rows(draft)] == ["Bridge", "Lift"]
    client.post(url("draft_put_back", draft, first.pk), headers=HTMX)
    assert rows(draft) == before


def test_a_full_programme_says_so(draft):
    for place in range(4, 13):
        PrescriptionFactory(version=draft, order=place, exercise=ExerciseFactory())
    assert "at most 12 exercises. Remove one first." in text_of(press(draft, "apart"))
    assert draft.prescriptions.count() == 12


def test_legs_that_differ_in_more_than_the_dose_stay_two_rows(draft):
    press(draft, "apart")
    first, second = draft.prescriptions.all()[:2]
    draft.prescriptions.filter(pk=second.pk).update(note="Otherwise.")
    page = physio_of(draft).get(url("builder", draft)).content.decode()
    for row in (first, second):
        assert f'id="row-{row.pk}"' in page
        assert f'name="{row.pk}-note"' in page


def test_both_legs_together_and_what_is_told_apart_already_are_not_asked(draft):
    clamshell, bridge, _lift = draft.prescriptions.all()
    bridge.exercise.__class__.objects.filter(pk=bridge.exercise_id).update(side_mode="bilateral")
    page = physio_of(draft).get(url("builder", draft)).content.decode()
    assert f'id="apart-{clamshell.pk}"' in page
    assert f'id="apart-{bridge.pk}"' not in page
    press(draft, "apart", row=bridge)
    assert draft.prescriptions.count() == 3


def test_a_note_that_two_windows_wrote_is_asked_for_once_and_settled_for_both(draft):
    press(draft, "apart")
    client = physio_of(draft)
    lee = client_of(PhysioFactory(clinic=draft.patient.clinic, name="Lee Ferreira"))
    first = draft.prescriptions.first()
    mine = pair_form(draft) | {f"{first.pk}-note": "Mine."}
    mine["stamp"] = stamp_of(draft, "b")
    lees = pair_form(draft) | {f"{first.pk}-note": "Lee’s."}
    lee.post(url("draft_save", draft), lees, headers=HTMX)
    answer = client.post(url("draft_save", draft), mine, headers=HTMX)
    assert (
        answer.content.decode().count('value="' + f"{first.pk}-note:mine")
        + answer.content.decode().count(f"{draft.prescriptions.all()[1].pk}-note:mine")
        == 1
    )
    assert {row.note for row in draft.prescriptions.filter(exercise=first.exercise)} == {"Lee’s."}
    stamp = answer.content.decode().split('name="stamp" value="')[1].split('"')[0].replace("&quot;", '"')
    for key in (f"{first.pk}-note", f"{draft.prescriptions.all()[1].pk}-note"):
        if f"{key}:mine" in answer.content.decode():
            client.post(url("draft_save", draft), {**mine, "stamp": stamp, "settle": f"{key}:mine"}, headers=HTMX)
    assert {row.note for row in draft.prescriptions.filter(exercise=first.exercise)} == {"Mine."}


def test_what_another_changed_about_both_is_told_once(draft):
    press(draft, "apart")
    lee = client_of(PhysioFactory(clinic=draft.patient.clinic, name="Lee Ferreira"))
    first, mine = draft.prescriptions.first(), pair_form(draft)
    mine["stamp"] = stamp_of(draft, "b")
    lee.post(url("draft_save", draft), pair_form(draft) | {f"{first.pk}-note": "Lee’s."}, headers=HTMX)
    answer = text_of(physio_of(draft).post(url("draft_save", draft), mine, headers=HTMX))
    assert answer.count("Lee Ferreira changed Note to the patient, Clamshell to “Lee’s.”") == 1


def test_it_reads_right_where_it_is_given():
    given = given_version(side="each")
    draft = drafts.open_draft(patient=given.patient, by=given.given_by)
    old = list(given.prescriptions.select_related("exercise"))
    press(draft, "apart", row=draft.prescriptions.first(), client=client_of(given.given_by))
    draft.prescriptions.filter(order=2).update(reps=6)
    version = give_version(draft=draft, by=given.given_by, confirmed=giving.unusual(draft), reason="Stronger.")
    first, second = version.prescriptions.select_related("exercise")
    assert [row.told_apart for row in (first, second)] == [Distinction.LEG, Distinction.LEG]
    assert "right leg" in first.name + second.name
    name = first.exercise_name
    legs = [first.side, second.side]
    found = changes(old, [first, second])
    assert [(one.was, one.now.side) for one in found] == [(old[0], leg) for leg in legs]
    news = news_of(old, [first, second])
    assert len(news) == 2
    assert not any("new" in one or "stopped" in one for one in news)
    assert f"{name} ({legs[1]} leg) is now 6 times. It was 10 on each leg." in news[1]
    assert "New" not in staff_summary(found)


def test_one_dose_for_both_again_stops_nothing():
    given = given_version(side="right")
    row = given.prescriptions.select_related("exercise").get()
    other = Prescription(exercise=row.exercise, version=given, side="left", reps=6, order=2, weekdays=row.weekdays)
    each = Prescription(exercise=row.exercise, version=given, side="each", order=1, weekdays=row.weekdays)
    for one in (other, each):
        one.times_a_day, one.text = row.times_a_day, row.text
    (change,) = changes([row, other], [each])
    assert (change.was, change.now) == (row, each)
    assert len(changes([row, other], [row])) == 1
