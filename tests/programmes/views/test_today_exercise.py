"""How one exercise is done, as the patient reads it."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from programmes.models import Version
from tests.factories import ExerciseFactory, PatientFactory, PrescriptionFactory, given_version
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db


def test_progression_rule_is_read_as_the_physiotherapist_wrote_it_and_only_there():
    version = given_version(exercises=1, progression="When 12 feels easy on two days, tell me.")
    client, row = client_of(version.patient.user), version.prescriptions.get()
    text = client.get(f"/today/exercises/{row.pk}/").text
    assert "<b>When to go on</b>" in text
    assert "<bdi>When 12 feels easy on two days, tell me.</bdi>" in text
    plain = given_version(exercises=1)
    other = client_of(plain.patient.user).get(f"/today/exercises/{plain.prescriptions.get().pk}/").text
    assert "When to go on" not in other


def test_an_exercise_says_how_how_much_and_when_to_stop():
    version = given_version(exercises=2, weekdays="02", sets=2, hold_s=3, note="Slowly, as we practised.")
    row = list(version.prescriptions.all())[1]

    text = client_of(version.patient.user).get(f"/today/exercises/{row.pk}/").text

    for words in (
        "Exercise 2 of 2",
        row.name,
        "Lift your right knee.",
        "Lower it slowly. Then change legs.",
        "Stand tall.",
        "Once a day on Monday and Wednesday.",
        "From <bdi>Priya</bdi>",
        "Slowly, as we practised.",
        "your hip pinches",
        "the pain is 6 or more out of 10",
        "Helps you climb stairs.",
        'alt="Standing tall, one hand on a chair."',
        'alt="The right knee is lifted."',
    ):
        assert words in text
    assert re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", text) == [
        ("rounds", "2"),
        ("times", "10"),
        ("seconds hold", "3"),
    ]
    assert f'href="/today/?done={row.pk}#ex-{row.pk}"' in text
    assert "Too hard today?" not in text
    assert "{" not in text.split("<main")[1].split("</main>")[0]


def test_easings_fold_open():
    exercise = ExerciseFactory(easings=["Lift your {leg} knee half as high", "Hold on with both hands"])
    version = given_version(exercises=1, weekdays="0", exercise=exercise)

    text = client_of(version.patient.user).get(f"/today/exercises/{version.prescriptions.first().pk}/").text

    assert "Lift your right knee half as high. Or hold on with both hands.</span> It all counts." in text


def test_words_pinned_when_easings_and_swaps_were_one_list_offer_nothing():
    old = {**ExerciseFactory().pinned_text(), "easier": ["Sit down and lift one foot at a time"], "harder": ["Run"]}
    del old["easings"], old["works"]
    row = PrescriptionFactory(side="right", weekdays="0", text=old)
    version = row.version
    Version.objects.filter(pk=version.pk).update(
        number=1,
        review_on=timezone.localdate() + dt.timedelta(days=14),
        given_by=version.made_by,
        given_at=timezone.now(),
        hip_precautions="posterior",
        pain_ok_up_to=5,
    )

    for address in (f"/today/exercises/{row.pk}/", "/today/?again"):
        text = client_of(version.patient.user).get(address).text
        assert row.name in text
        for words in ("Too hard today?", "one foot at a time", "Run", "Trains"):
            assert words not in text


@pytest.mark.parametrize(
    ("works", "side", "words"),
    [
        ("other", "right", "Trains your left hip"),
        ("other", "left", "Trains your right hip"),
        ("both", "left", "Trains both hips"),
        ("moving", "left", ""),
        ("other", "each", ""),
    ],
)
def test_phone_says_whose_hip_is_trained_where_it_is_not_plain(works, side, words):
    version = given_version(exercises=1, weekdays="0123456", exercise=ExerciseFactory(works=works), side=side)
    for address in (f"/today/exercises/{version.prescriptions.get().pk}/", "/today/"):
        text = client_of(version.patient.user).get(address).text
        assert re.findall(r"Trains [^<]*", text) == ([words] if words else [])


def drawn_exercise(slug="clamshell", **changes):
    words = {"movement_alt": "The {leg} knee opens like a shell, then closes."}
    return ExerciseFactory(**{"slug": slug, "side_mode": "affected_only", **words, **changes})


def page_of(exercise, **patient):
    version = given_version(
        exercises=1, weekdays="0", exercise=exercise, side="left", patient=PatientFactory(**patient)
    )
    return client_of(version.patient.user).get(f"/today/exercises/{version.prescriptions.first().pk}/").text


def test_picture_is_still_until_the_patient_asks_for_the_moving_one():
    text = page_of(drawn_exercise())
    assert re.findall(r'name="picture" value="(\w+)"( checked)?', text) == [("moving", ""), ("still", " checked")]
    moving = re.search(r'<figure class="stage is-moving">(.*?)</figure>', text)[1]
    assert re.search(r'src="/pictures/maple/clamshell/left/animation/\w+/2-0-2-1\.svg"', moving)
    assert 'loading="lazy"' in moving
    assert 'alt="The left knee opens like a shell, then closes."' in moving
    still = text.split('is-still">')[1].split("</div>")[0]
    assert len(re.findall(r'loading="eager"', still)) == 2


@pytest.mark.parametrize(
    ("dose", "pace", "words"),
    [
        ({"reps": 1, "hold_s": 20, "hold_to_s": 30}, "2-30-2-1", "It holds for 30 seconds, while the ring fills."),
        ({"hold_s": 3}, "2-3-2-1", "It holds for 3 seconds, while the ring fills."),
        ({"hold_s": 1}, "2-1-2-1", "It holds for 1 second."),
        ({"directions": 2}, "2-0-2-2", "It goes one way, then the other way."),
    ],
)
def test_picture_moves_as_the_dose_asks_and_says_so(dose, pace, words):
    version = given_version(exercises=1, weekdays="0", exercise=drawn_exercise(), side="left", **dose)
    text = client_of(version.patient.user).get(f"/today/exercises/{version.prescriptions.first().pk}/").text
    moving = re.search(r'<figure class="stage is-moving">(.*?)</figure>', text)[1]
    assert f"/{pace}.svg" in moving
    assert f"<figcaption>{words}</figcaption>" in moving


def test_pictures_show_the_patients_person():
    text = page_of(drawn_exercise(), person="cedar")
    assert len(re.findall(r'src="/pictures/cedar/clamshell/left/(?:start|end|animation)/[\w/-]+\.svg"', text)) == 3
    assert "figures/clamshell" not in text


def test_upright_pictures_stand_side_by_side():
    assert 'class="theatre moves tall"' in page_of(drawn_exercise("standing-hip-flexion"))
    assert 'class="theatre moves"' in page_of(drawn_exercise())


def test_exercise_nobody_has_drawn_has_nothing_to_move():
    text = page_of(drawn_exercise("our-own"))
    assert 'name="picture"' not in text
    assert "animation" not in text
    assert "figures/none.svg" in text


def test_page_says_what_is_needed_where_it_is_felt_and_what_goes_wrong():
    exercise = ExerciseFactory(
        feel="The side of your hip.", mistakes=["Leaning back"], equipment=["Worktop", "Ankle weight"]
    )
    text = page_of(exercise)
    assert "The side of your hip." in text
    assert "<li>Leaning back</li>" in text
    assert "Worktop, Ankle weight." in text


def test_words_pinned_before_it_was_written_say_nothing_of_where_it_is_felt():
    exercise = ExerciseFactory(feel="The side of your hip.")
    old = exercise.pinned_text()
    del old["feel"]
    row = PrescriptionFactory(side="right", weekdays="0", text=old, exercise=exercise)
    assert row.feel == ""
    bare = page_of(ExerciseFactory())
    assert [words for words in ("Where you should feel it", "Common mistakes", "You need") if words in bare] == []
