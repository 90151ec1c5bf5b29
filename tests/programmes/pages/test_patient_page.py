import datetime as dt

import pytest
from django.utils import timezone

from exercises.models import Exercise
from hipcare.audit.models import Entry
from hipcare.clinics.models import Patient
from hipcare.clinics.services.devices import make_pairing_code
from programmes.models import Handout, Pause
from tests.factories import (
    ClinicFactory,
    DeviceFactory,
    DraftFactory,
    ExerciseFactory,
    PatientFactory,
    PerformedExerciseFactory,
    PhysioFactory,
    PrescriptionFactory,
    ProgrammeFactory,
    SessionFactory,
    given_version,
    pin,
)

NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
TODAY = NOON.date()
EVERY_DAY = "0123456"


@pytest.fixture
def clock(time_machine):
    """Stop the clock on a Monday at noon."""
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.fixture
def physio(db, clock):
    return PhysioFactory()


@pytest.fixture
def patient(physio):
    return PatientFactory(clinic=physio.clinic, physiotherapist=physio, last_name="Ellis")


@pytest.fixture
def exercises(db):
    return [ExerciseFactory(name=name) for name in ("Bridge", "Clamshell", "Leg back")]


@pytest.fixture
def give(clock, patient):
    """Return how to give ``patient`` a version with these exercises and doses, some days ago."""

    def _give(*doses, days_ago, programme=None, number=1):
        clock.move_to(NOON - dt.timedelta(days=days_ago), tick=False)
        programme = programme or ProgrammeFactory(patient=patient)
        draft = DraftFactory(programme=programme, made_by=patient.physiotherapist, goal="Walk to the allotment")
        for order, (exercise, dose) in enumerate(doses, 1):
            given = {"side": "both", "weekdays": EVERY_DAY, "text": exercise.pinned_text(), **dose}
            PrescriptionFactory(version=draft, order=order, exercise=exercise, **given)
        pin(draft, number=number, review_on=timezone.localdate())
        clock.move_to(NOON, tick=False)
        return draft

    return _give


def log(version, days_ago, *outcomes, **fields):
    day = NOON - dt.timedelta(days=days_ago)
    session = SessionFactory(version=version, **{"local_date": day.date(), "received_at": day, **fields})
    for row, outcome in zip(version.prescriptions.all(), outcomes, strict=True):
        PerformedExerciseFactory(session=session, prescription=row, outcome=outcome)
    return session


def look(staff, patient, **query):
    response = staff.get(f"/patients/{patient.pk}/", query)
    assert response.status_code == 200
    return response


def page_of(staff, patient):
    return " ".join(look(staff, patient).content.decode().split())


# Who may look, and what is kept of it


def test_a_look_leaves_one_row_in_the_trail(staff, physio, patient):
    look(staff, patient)
    entry = Entry.objects.get()
    assert (entry.action, entry.actor, entry.subject, entry.subject_id, entry.patient) == (
        Entry.Action.LOOK,
        physio.pk,
        "patient",
        patient.pk,
        patient.pk,
    )


def test_another_clinics_patient_is_not_there(staff):
    stranger = PatientFactory()
    assert staff.get(f"/patients/{stranger.pk}/").status_code == 404
    assert Entry.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_query_count_does_not_depend_on_rows(staff, give, patient, exercises, rows, django_assert_num_queries):
    programme = ProgrammeFactory(patient=patient)
    for number in range(1, rows + 1):
        doses = [(exercise, {"sets": number}) for exercise in exercises[:rows]]
        version = give(*doses, days_ago=20 - number, programme=programme, number=number)
        log(version, number, *["done"] * rows, note="Fine.")
        DeviceFactory(patient=patient)
        Handout.objects.create(
            version=version,
            pairing_code=make_pairing_code(patient=patient, by=patient.physiotherapist),
            printed_by=patient.physiotherapist,
            pages=2,
            sha256="0" * 64,
            pdf=b"%PDF",
        )
    with django_assert_num_queries(22):
        record = look(staff, patient).context["record"]
    assert len(record.entries) == len(record.steps) == len(record.devices) == len(record.sheets) == rows


# Head


def test_head_says_who_and_what_holds(staff, physio):
    patient = PatientFactory(
        clinic=physio.clinic,
        physiotherapist=physio,
        clinic_number="AL-2041",
        phone="01632 960 774",
        hip_precautions=Patient.Precautions.POSTERIOR,
        hip_precautions_on=dt.date(2026, 11, 9),
        large_print=True,
        usual_pain=0,
    )
    page = page_of(staff, patient)
    for words in (
        "Born 4 March 1955 (71)",
        "Clinic number AL-2041",
        "01632 960 774",
        "Right hip",
        "Hip osteoarthritis",
        "Posterior, side not known.",
        "Checked 9 Nov 2026.",
        "Large print",
        "<b>0</b> of 10",
        f"/patients/{patient.pk}/edit/",
    ):
        assert words in page


def test_what_is_not_known_is_said_so(staff, physio):
    patient = PatientFactory(
        clinic=physio.clinic, physiotherapist=physio, affected_side="", condition="", hip_precautions=""
    )
    page = page_of(staff, patient)
    assert "Not known yet" in page
    assert "Not asked yet" in page
    assert "Not written" in page


def test_actions_of_a_current_version(staff, give, patient, exercises):
    version = give((exercises[0], {}), days_ago=3)
    page = page_of(staff, patient)
    assert f'action="/versions/{version.pk}/print/" target="_blank"' in page
    assert f'href="/versions/{version.pk}/handover/"' in page
    assert f'action="/patients/{patient.pk}/draft/"' in page
    assert page.count("btn btn-primary") == 1
    assert "Make a programme" not in page


def test_without_programme_there_is_one_way_on(staff, patient):
    page = page_of(staff, patient)
    assert "No programme yet" in page
    assert page.count("btn btn-primary") == 1
    assert "Make a programme" in page
    assert "Last 14 days" not in page


@pytest.mark.parametrize("is_given", [False, True])
def test_with_a_draft_the_one_way_on_is_the_draft(staff, physio, give, patient, exercises, *, is_given):
    programme = give((exercises[0], {}), days_ago=3).programme if is_given else ProgrammeFactory(patient=patient)
    DraftFactory(programme=programme, made_by=physio)
    page = page_of(staff, patient)
    assert page.count("btn btn-primary") == 1
    assert page.count("Go on with the draft</button>") == 1
    assert "Make a programme" not in page
    assert "Change programme" not in page


def test_discard_asks_first_without_script_too(staff, physio, patient):
    draft = DraftFactory(programme=ProgrammeFactory(patient=patient), made_by=physio)
    question = page_of(staff, patient).split('<details class="asked"', 1)[1].split("</details>", 1)[0]
    assert '<summary class="btn btn-text">Discard</summary>' in question
    assert "Throw this draft away? You can put it back until you sign out." in question
    assert f'action="/drafts/{draft.pk}/discard/"' in question
    page = staff.post(f"/drafts/{draft.pk}/discard/", follow=True).content.decode()
    assert "Put the draft back" in page
    assert "Make a programme" in page


def test_draft_in_progress_is_shown(staff, physio, patient, clock):
    draft = DraftFactory(programme=ProgrammeFactory(patient=patient), made_by=physio)
    page = page_of(staff, patient)
    assert "Draft saved 23 Nov 12:00" in page
    assert f'href="/drafts/{draft.pk}/"' in page
    assert f'action="/drafts/{draft.pk}/discard/"' in page


def test_ended_programme_is_said_and_stays_readable(staff, give, patient, exercises):
    version = give((exercises[0], {}), days_ago=9)
    log(version, 8, "done")
    type(version.programme).objects.update(status="ended", ended_at=NOON - dt.timedelta(days=6))
    response = look(staff, patient)
    assert "No programme now" in response.content.decode()
    assert response.context["record"].counted.planned == 4
    assert len(response.context["record"].entries) == 1


# Programme


def test_programme_shows_dose_leg_and_shared_days(staff, give, patient, exercises):
    give((exercises[0], {"hold_s": 3}), (exercises[1], {"side": "each"}), days_ago=3)
    record = look(staff, patient).context["record"]
    assert [(one.row.name, one.dose, one.days, one.chip) for one in record.programme] == [
        ("Bridge", "1 × 10 · hold 3 s", "", ""),
        ("Clamshell", "1 × 10", "", ""),
    ]
    assert record.days == "every day, once a day"


def test_days_stand_with_each_exercise_where_they_differ(staff, give, patient, exercises):
    give((exercises[0], {}), (exercises[1], {"weekdays": "024", "times_a_day": 2}), days_ago=3)
    record = look(staff, patient).context["record"]
    assert [one.days for one in record.programme] == ["every day, once a day", "Mon Wed Fri, twice a day"]
    assert record.days == ""


def test_an_exercise_that_changed_its_leg_is_counted_twice_and_called_by_the_leg(staff, give, patient, exercises):
    first = give((exercises[0], {"side": "both"}), (exercises[1], {"side": "each"}), days_ago=10)
    changed = (exercises[1], {"side": "right"})
    give((exercises[0], {"side": "both"}), changed, days_ago=3, programme=first.programme, number=2)
    record = look(staff, patient).context["record"]
    names = [name for name, _done in record.tallies]
    assert names == ["Bridge", "Clamshell (each leg)", "Clamshell (right leg)"]


def test_what_changed_is_on_the_chips_and_in_the_versions(staff, give, patient, exercises):
    bridge, clamshell, leg_back = exercises
    first = give((bridge, {}), (clamshell, {}), days_ago=10)
    give((bridge, {"sets": 2}), (leg_back, {}), days_ago=3, programme=first.programme, number=2)
    record = look(staff, patient).context["record"]
    assert [(one.row.name, one.chip) for one in record.programme] == [
        ("Bridge", "was 1 × 10"),
        ("Leg back", "new in version 2"),
    ]
    assert record.stopped == ["Clamshell"]
    assert [(step.version.number, step.changed, step.is_current) for step in record.steps] == [
        (2, "Bridge 1 × 10 to 2 × 10. New: Leg back. Stopped: Clamshell.", True),
        (1, "First version.", False),
    ]
    assert "Reason: Manages ten with ease." in page_of(staff, patient)


def test_later_edits_of_the_library_do_not_show(staff, give, patient, exercises):
    give((exercises[0], {}), days_ago=3)
    Exercise.objects.update(name="Renamed")
    assert "Renamed" not in page_of(staff, patient)


# Sessions


def test_session_tells_what_was_not_done_by_name(staff, give, patient, exercises):
    version = give((exercises[0], {}), (exercises[1], {}), (exercises[2], {}), days_ago=3)
    session = log(version, 1, "done", "partly", "skipped", pain=6, effort="hard", note="Pinched <at> the top.")
    session.performed.filter(outcome="skipped").update(reason="pain")
    (entry,) = look(staff, patient).context["record"].entries
    assert (entry.done, entry.total) == (1, 3)
    assert entry.not_done == ["Clamshell (partly)", "Leg back (pain)"]
    page = page_of(staff, patient)
    assert "1 of 3 exercises" in page
    assert "Pain <b>6</b>" in page
    assert "Hard" in page
    assert page.count("“<bdi>Pinched &lt;at&gt; the top.</bdi>”") == 2


def test_blank_is_not_said(staff, give, patient, exercises):
    log(give((exercises[0], {}), days_ago=3), 1, "done")
    page = page_of(staff, patient)
    assert "Pain not said" in page
    assert "Effort not said" in page


def stamps(staff, patient):
    return [entry.stamps for entry in look(staff, patient).context["record"].entries]


def test_plain_session_has_no_stamp(staff, give, patient, exercises):
    log(give((exercises[0], {}), days_ago=3), 1, "done")
    assert stamps(staff, patient) == [[]]


def test_stamps_say_late_corrected_and_paper(staff, give, patient, exercises):
    version = give((exercises[0], {}), days_ago=9)
    log(version, 6, "done", received_at=NOON - dt.timedelta(days=3), source="paper")
    log(version, 5, "done", received_at=NOON - dt.timedelta(days=3))
    log(version, 1, "done", corrected_at=NOON - dt.timedelta(hours=2, minutes=20))
    assert stamps(staff, patient) == [["corrected 23 Nov 09:40"], ["written 2 days later"], ["paper diary"]]


def test_stamp_says_which_version_and_whether_it_was_replaced(staff, give, patient, exercises):
    first = give((exercises[0], {}), days_ago=9)
    second = give((exercises[0], {"sets": 2}), days_ago=5, programme=first.programme, number=2)
    log(first, 7, "done")
    log(first, 4, "done")
    log(second, 1, "done")
    assert stamps(staff, patient) == [
        [],
        ["for version 1, sent after version 2 was given"],
        ["for version 1"],
    ]


def test_times_are_the_clinics(client, clock, db):
    physio = PhysioFactory(clinic=ClinicFactory(time_zone="Asia/Tokyo"))
    client.force_login(physio, backend="hipcare.clinics.backends.StaffBackend")
    patient = PatientFactory(clinic=physio.clinic, physiotherapist=physio)
    SessionFactory(version=given_version(patient=patient), local_date=TODAY, received_at=NOON, corrected_at=NOON)
    page = page_of(client, patient)
    assert "saved 23 Nov 21:00" in page
    assert "corrected 23 Nov 21:00" in page


def test_sessions_come_in_pages(staff, give, patient, exercises):
    version = give((exercises[0], {}), days_ago=60)
    for days_ago in range(21):
        log(version, days_ago, "done")
    assert len(look(staff, patient).context["record"].entries) == 20
    assert len(look(staff, patient, page="2").context["record"].entries) == 1
    assert len(look(staff, patient, page="x").context["record"].entries) == 20


def test_nothing_logged_yet_says_since_when(staff, give, patient, exercises):
    give((exercises[0], {}), days_ago=3)
    assert "Nothing logged yet. Given on Fri 20 Nov." in page_of(staff, patient)


def test_strangers_sessions_are_not_counted(staff, give, patient, exercises):
    give((exercises[0], {}), days_ago=3)
    SessionFactory(note="Not hers.")
    record = look(staff, patient).context["record"]
    assert (record.entries, record.counted.done, record.quotes) == ([], 0, [])


def test_newest_five_notes_are_quoted(staff, give, patient, exercises):
    version = give((exercises[0], {}), days_ago=30)
    for days_ago in range(1, 8):
        log(version, days_ago, "done", note=f"Day {days_ago}.")
    log(version, 0, "done", note="  ")
    assert [session.note for session in look(staff, patient).context["record"].quotes] == [
        f"Day {days_ago}." for days_ago in range(1, 6)
    ]


# Fortnight


def test_chart_has_title_and_table_twin(staff, give, patient, exercises):
    patient.usual_pain = 3
    patient.save()
    version = give((exercises[0], {}), days_ago=30)
    log(version, 2, "done", pain=6)
    log(version, 2, "skipped", pain=4)
    page = page_of(staff, patient)
    assert "1 of 13 planned sessions done. Worst pain: 6 on 21 Nov. Usual pain 3." in page
    assert '<th scope="row">Sat 21 Nov</th> <td>All done</td> <td>6</td>' in page
    assert '<b class="ink">1 of 13</b> planned sessions done, written by the patient.' in page
    assert "1 of 13" in page


def test_nothing_due_is_no_fraction(staff, give, patient, exercises):
    give((exercises[0], {"as_needed": True}), days_ago=30)
    page = page_of(staff, patient)
    assert "No session was due" in page
    assert "of 0" not in page
    assert "%" not in page.split("<main")[1].replace("100%", "")


def test_given_today_it_starts_today(staff, give, patient, exercises):
    give((exercises[0], {}), days_ago=0)
    page = page_of(staff, patient)
    assert '<p class="quiet mb-0"> Starts today. </p>' in page
    assert "10 Nov to 23 Nov. Starts today. No pain score was given." in page
    assert 'text-anchor="end">starts today</text>' in page
    for said in ("No session was due", "written by the patient.", "of 14", "of 0", "Days with any exercise"):
        assert said not in page


@pytest.mark.parametrize(("weekdays", "boxes"), [("6", ["none", "rest"]), (EVERY_DAY, ["none", "today"])])
def test_today_is_drawn_as_it_was_planned_and_days_before_the_plan_are_blank(
    staff, give, patient, exercises, *, weekdays, boxes
):
    give((exercises[0], {"weekdays": weekdays}), days_ago=1)  # a Sunday
    record = look(staff, patient).context["record"]
    assert [column.box for column in record.chart.columns] == ["off"] * 12 + boxes
    assert "0 of 2" in page_of(staff, patient)


def test_days_with_any_exercise_are_of_those_with_a_plan(staff, give, patient, exercises):
    version = give((exercises[0], {}), days_ago=2)
    log(version, 1, "done")
    assert '<dt>Days with any exercise</dt><dd class="digits">1 of 3</dd>' in page_of(staff, patient)


def test_days_of_a_pause_count_where_something_was_done_and_the_page_says_so(staff, give, patient, exercises):
    version = give((exercises[0], {}), (exercises[1], {}), days_ago=4)
    log(version, 2, "done", "skipped")
    log(version, 3, "skipped", "skipped")
    Pause.objects.create(
        programme=version.programme,
        first_day=TODAY - dt.timedelta(days=3),
        last_day=TODAY - dt.timedelta(days=1),
        made_by=version.given_by,
    )
    page = page_of(staff, patient)
    assert "paused days only where something was done</span></dt><dd" in page
    assert '<dd class="digits">1 of 3</dd>' in page
    assert "<td>1 of 2 done, extra</td>" in page
    assert "<td>Logged, none done</td>" in page


def test_the_first_day_is_not_over_while_anything_is_left(staff, give, patient, exercises):
    version = give((exercises[0], {}), (exercises[1], {}), days_ago=0)
    log(version, 0, "done", "skipped")
    page = page_of(staff, patient)
    assert "Today is not over yet: 1 of 2 done so far, written by the patient." in page
    assert "10 Nov to 23 Nov. Today is not over yet: 1 of 2 done so far." in page
    assert '<dd class="digits">today is not over yet</dd>' in page
    for said in ("No session was due", "not due"):
        assert said not in page


# Sheets and devices


@pytest.fixture
def hand_out(patient):
    """Return how to keep a sheet of a version: printed some days ago, with a code in this state or without one."""

    def _hand_out(version, *, days_ago=0, **code):
        by = patient.physiotherapist
        kept = make_pairing_code(patient=patient, by=by) if code else None
        for name, value in code.items():
            setattr(kept, name, value)
        if kept:
            kept.save()
        printed_at = NOON - dt.timedelta(days=days_ago)
        fields = {"printed_by": by, "printed_at": printed_at, "pages": 2, "sha256": "0" * 64, "pdf": b"%PDF"}
        return Handout.objects.create(version=version, pairing_code=kept, **fields)

    return _hand_out


def test_sheets_can_be_printed_again(staff, give, patient, exercises, hand_out):
    version = give((exercises[0], {}), days_ago=3)
    sheet = hand_out(version)
    page = page_of(staff, patient)
    assert f'action="/sheets/{sheet.pk}/" target="_blank"' in page
    assert "Version 1, full sheet" in page
    assert "Older sheets" not in page


@pytest.mark.parametrize(
    ("code", "marks"),
    [
        ({}, []),
        ({"closed_at": None}, []),
        ({"closed_at": NOON}, ["its code no longer works"]),
        ({"expires_at": NOON}, ["its code no longer works"]),
        ({"wrong_tries": 5}, ["its code no longer works"]),
        ({"used_at": NOON}, ["code used on 23 Nov 2026"]),
        ({"used_at": NOON, "closed_at": NOON, "expires_at": NOON}, ["code used on 23 Nov 2026"]),
    ],
    ids=["no code", "open", "closed", "run out", "burnt", "used", "used and over"],
)
def test_sheet_says_what_became_of_its_code(staff, give, patient, exercises, hand_out, *, code, marks):
    hand_out(give((exercises[0], {}), days_ago=3), **code)
    (sheet,) = look(staff, patient).context["record"].sheets
    assert sheet.marks == marks


def test_newest_sheet_of_the_current_version_comes_first_and_the_rest_is_folded_away(
    staff, give, patient, exercises, hand_out
):
    first = give((exercises[0], {}), days_ago=9)
    second = give((exercises[0], {"sets": 2}), days_ago=5, programme=first.programme, number=2)
    closed, newest = hand_out(second, days_ago=4, closed_at=NOON), hand_out(second, days_ago=3)
    replaced = hand_out(first, days_ago=1, closed_at=NOON)
    record = look(staff, patient).context["record"]
    assert record.newest_sheet.handout == newest
    assert [(sheet.handout, sheet.marks) for sheet in record.older_sheets] == [
        (closed, ["its code no longer works"]),
        (replaced, ["replaced by version 2", "its code no longer works"]),
    ]
    shown, older = page_of(staff, patient).split("<summary>Older sheets (2)</summary>")
    assert f"/sheets/{newest.pk}/" in shown
    assert '<details class="older">' in shown
    assert "Replaced by version 2, its code no longer works" in older
    assert f"/sheets/{replaced.pk}/" in older
    assert older.count("csrfmiddlewaretoken") >= 2


def test_current_version_without_a_sheet_says_so(staff, give, patient, exercises, hand_out):
    first = give((exercises[0], {}), days_ago=9)
    hand_out(first)
    give((exercises[0], {"sets": 2}), days_ago=5, programme=first.programme, number=2)
    page = page_of(staff, patient)
    assert "None of version 2 yet." in page
    assert "Older sheets (1)" in page


def test_sheet_of_an_ended_programme_says_so(staff, give, patient, exercises, hand_out):
    version = give((exercises[0], {}), days_ago=9)
    hand_out(version)
    type(version.programme).objects.update(status="ended", ended_at=NOON)
    page = page_of(staff, patient)
    assert "Its programme has ended" in page
    assert "Older sheets (1)" in page


@pytest.mark.parametrize(
    ("was", "now", "words"),
    [
        ("both", "left", "This programme was given for both hips. The record now says left hip."),
        ("left", "", "This programme was given for the left hip. The record now says not known yet."),
        ("", "right", "This programme was given while the sore side was not known. The record now says right hip."),
        ("right", "right", ""),
    ],
)
def test_programme_given_for_another_side_says_so(staff, give, patient, exercises, *, was, now, words):
    Patient.objects.update(affected_side=was)
    patient.refresh_from_db()
    give((exercises[0], {}), days_ago=3)
    Patient.objects.update(affected_side=now)
    response = look(staff, patient)
    assert response.context["record"].side_moved == words
    assert ('<p class="note note-look">This programme' in response.content.decode()) == bool(words)


def test_only_devices_still_paired_are_listed(staff, patient):
    device = DeviceFactory(patient=patient, name="Phone, Chrome")
    DeviceFactory(patient=patient, name="Old tablet", unpaired_at=NOON)
    DeviceFactory(name="Stranger's phone")
    page = page_of(staff, patient)
    assert f'action="/devices/{device.pk}/unpair/"' in page
    assert "Old tablet" not in page
    assert "Stranger" not in page


def test_a_new_code_leads_to_where_it_is_shown(staff, patient, give, exercises):
    version = give((exercises[0], {}), days_ago=3)
    handover = f"/versions/{version.pk}/handover/"
    assert f'<input type="hidden" name="next" value="{handover}">' in page_of(staff, patient)

    shown = staff.post(f"/patients/{patient.pk}/code/", {"next": handover}, follow=True)

    assert shown.redirect_chain == [(handover, 302)]
    assert "Works once" in shown.content.decode()
