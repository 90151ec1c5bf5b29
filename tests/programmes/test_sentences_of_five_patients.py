"""What a physiotherapist wants to say to five patients, said: in the line, in plain words, on Today, on the sheet."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from programmes.handouts.content import sheet_of
from programmes.models import Version
from programmes.services.draft_values import Edits
from programmes.services.drafts import add_exercise, save_draft
from programmes.services.giving import give_version
from tests.factories import PatientFactory
from tests.programmes.drafts import draft_of, text_of
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db

EVERY_DAY = {"weekdays": "0123456", "times_a_day": 1}


def given(exercises, *again, side_mode="each_side"):
    """Give each of ``exercises``, a name with its columns, in turn; ``again`` are further rows of the first."""
    draft = draft_of(PatientFactory(), *exercises, exercise__side_mode=side_mode)
    by = draft.made_by
    rows = dict(zip([row.pk for row in draft.prescriptions.all()], exercises.values(), strict=True))
    save_draft(draft=draft, by=by, edits=Edits(schedule=EVERY_DAY, rows=rows))
    for columns in again:
        first = draft.prescriptions.first().exercise
        row = add_exercise(draft=draft, exercise=first, by=by, again=True)
        save_draft(draft=draft, by=by, edits=Edits(rows={row.pk: columns}))
    return give_version(draft=draft, by=by, edits=Edits(at=timezone.now()))


def said(version):
    return [(row.name, row.line, row.sentence) for row in version.prescriptions.all()]


def own_days(**days):
    return {"own_days": True, "weekdays": "", **days}


def own_times(number, moments=""):
    return {"own_times": True, "times_a_day": number, "moments": moments}


def today_of(version):
    return text_of(client_of(version.patient.user).get(reverse("programmes:today")))


def test_hip_osteoarthritis_walks_every_other_day_and_has_a_pain_limit_of_its_own():
    today = dt.date(2026, 11, 29)
    walk = {"for_minutes": 20, "side": "both", **own_days(every_other_day=True, starts_on=today + dt.timedelta(days=9))}
    version = given({"Walk": walk, "Leg back": {"side": "each", "pain_up_to": 3}})
    (_walk, line, sentence), (_back, _line, back) = said(version)
    assert line.startswith("20 min · once a day · every other day from ")
    assert sentence.startswith("Keep going for 20 minutes. Once a day, every other day. Start on ")
    assert back == "Do 10 with each leg. Pain up to 3 out of 10 is OK in this one. Once a day, every day."


def test_outer_hip_pain_pushes_twice_a_day_and_bridges_once():
    push = {"hold_s": 10, "reps": 5, "side": "both", **own_times(2, "03")}
    version = given({"Push": push, "Bridge": {"side": "both"}}, side_mode="bilateral")
    assert [line for _name, line, _sentence in said(version)] == [
        "1 × 5 · hold 10 s · both legs · morning and evening · every day",
        "1 × 10 · both legs · once a day · every day",
    ]
    assert said(version)[0][2] == (
        "Do 5 with both legs. Hold for 10 seconds each time. In the morning and in the evening, every day."
    )


def test_after_a_hip_replacement_it_is_in_blocks_of_the_day():
    version = given({"Ankle pumps": {"side": "both", **own_times(4, "04")}}, side_mode="bilateral")
    assert said(version)[0][2].endswith("4 times a day (once in the morning and at bedtime), every day.")
    assert "4 times a day (morning and bedtime)" in today_of(version)


@pytest.mark.parametrize(
    ("times", "moments", "words"),
    [(1, "", ""), (3, "", "3 times a day"), (2, "03", "Morning and evening"), (1, "3", "Evening")],
)
def test_today_says_when_and_how_many_times_where_that_is_more_than_once(times, moments, words):
    version = given({"Heel slide": {"side": "left", **own_times(times, moments)}})
    assert version.prescriptions.get().when_in_the_day == words
    assert words in today_of(version)
    assert "Once a day" not in today_of(version)


def test_a_runner_has_each_leg_for_itself_with_weight_tempo_and_effort():
    left = {"side": "left", "sets": 3, "load_g": 2000, "load": "at the ankle", "up_s": 3, "down_s": 3, "hold_s": 1}
    version = given({"Leg lift": left}, {"side": "right", "sets": 2, "reps": 8, "effort_of_10": 6})
    assert said(version) == [
        (
            "Leg lift (left leg)",
            "3 × 10 · hold 1 s · 2 kg at the ankle · 3 s up, 3 s down · left leg · once a day · every day",
            (
                "Do 10 with your left leg. Speed: 3 seconds up, hold for 1 second, 3 seconds down. Do this 3 times. "
                "Use 2 kg at the ankle. Once a day, every day."
            ),
        ),
        (
            "Leg lift (right leg)",
            "2 × 8 · feels 6/10 · right leg · once a day · every day",
            "Do 8 with your right leg. Do this twice. How hard it should feel: 6 out of 10. Once a day, every day.",
        ),
    ]
    today = today_of(version)
    assert "Leg lift (left leg)" in today
    assert "Leg lift (right leg)" in today
    assert "2 kg at the ankle" in today
    sheet = sheet_of(Version.objects.get(pk=version.pk), None, None)
    assert [block.name for block in sheet.exercises] == ["Leg lift (left leg)", "Leg lift (right leg)"]
    assert sheet.equipment.endswith("2 kg")


def test_easy_in_the_morning_and_full_in_the_evening():
    easy = {"side": "both", "sets": 1, **own_times(1, "0")}
    full = {"side": "both", "sets": 3, "band": "red", **own_times(1, "3")}
    version = given({"Bridge": easy}, full, side_mode="bilateral")
    assert said(version) == [
        (
            "Bridge (morning)",
            "1 × 10 · both legs · morning · every day",
            "Do 10 with both legs. In the morning, every day.",
        ),
        (
            "Bridge (evening)",
            "3 × 10 · red band · both legs · evening · every day",
            "Do 10 with both legs. Do this 3 times. Use the red band. In the evening, every day.",
        ),
    ]


def test_a_page_stops_at_the_exercises_own_limit():
    version = given({"Leg back": {"side": "left", "pain_up_to": 3}, "Bridge": {"side": "each"}})
    client = client_of(version.patient.user)
    own, usual = (
        text_of(client.get(reverse("programmes:today_exercise", args=[row.pk]))) for row in version.prescriptions.all()
    )
    assert "the pain is 4 or more out of 10" in own
    assert "6 or more" not in own
    assert "the pain is 6 or more out of 10" in usual
