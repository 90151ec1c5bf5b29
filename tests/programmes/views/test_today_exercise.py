"""How one exercise is done, as the patient reads it."""

import datetime as dt
import html
import re

import pytest
from django.utils import timezone

from programmes.models import Version
from tests.factories import (
    DraftFactory,
    ExerciseFactory,
    PatientFactory,
    PerformedExerciseFactory,
    PrescriptionFactory,
    SessionFactory,
    given_version,
    pin,
)
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db
EVERY_DAY = "0123456"


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
    version = given_version(exercises=2, weekdays=EVERY_DAY, sets=2, hold_s=3, note="Slowly, as we practised.")
    row = list(version.prescriptions.all())[1]

    text = client_of(version.patient.user).get(f"/today/exercises/{row.pk}/").text

    for words in (
        "Exercise 2 of 2",
        row.name,
        "Lift your right knee.",
        "Lower it slowly. Then change legs.",
        "Stand tall.",
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
        ("Sets", "2"),
        ("Times in each set", "10"),
        ("Hold each time for", "3 seconds"),
        ("How often", "Once a day, every day."),
    ]
    assert text.index('class="dock"') < text.index("<footer"), "the last landmark is the footer"
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


def address_of(row, query=""):
    return f"/today/exercises/{row.pk}/{query}"


def dock_of(text):
    """Return where the buttons at the foot lead, with their words; one that only the script shows aside."""
    dock = text.split('<nav class="dock"')[1]
    links = re.findall(r'<a class="btn[^"]*" href="([^"]*)"([^>]*)>.*?</svg>(?:<span>)?([^<]*)', dock, re.DOTALL)
    return [(html.unescape(where), words) for where, more, words in links if "hidden" not in more]


def test_done_leads_from_one_to_the_next_and_at_last_to_how_it_went():
    version = given_version(exercises=3, weekdays=EVERY_DAY)
    client, rows = client_of(version.patient.user), list(version.prescriptions.all())
    address, seen = address_of(rows[0]), []
    while address.startswith("/today/exercises/"):
        text = client.get(address.split("#")[0]).text
        seen.append(re.search(r"Exercise \d of 3", text)[0])
        ((address, words),) = dock_of(text)
    ticked = "&".join(f"done={pk}" for pk in sorted(str(row.pk) for row in rows))
    assert seen == ["Exercise 1 of 3", "Exercise 2 of 3", "Exercise 3 of 3"]
    assert (address, words) == (f"/today/?{ticked}#how-it-went", "Done, finish")
    finish = client.get(address.split("#")[0]).text
    assert finish.count(" checked") == 3
    assert '<h2 id="how-it-went" tabindex="-1"' in finish


def test_next_is_what_is_not_ticked_and_comes_round_to_what_was_left():
    version = given_version(exercises=3, weekdays=EVERY_DAY)
    client, (one, two, three) = client_of(version.patient.user), version.prescriptions.all()
    ((onwards, words),) = dock_of(client.get(address_of(one, f"?done={two.pk}")).text)
    assert (onwards.split("?")[0], words) == (address_of(three), "Done, next")
    ((onwards, words),) = dock_of(client.get(address_of(three, f"?done={two.pk}")).text)
    assert (onwards.split("?")[0], words) == (address_of(one), "Done, next")


def test_start_on_today_leads_to_the_first_that_is_open():
    version = given_version(exercises=2, weekdays=EVERY_DAY)
    client, (one, two) = client_of(version.patient.user), version.prescriptions.all()
    assert f'href="{address_of(one)}#now" data-hc-start' in client.get("/today/").text
    assert f'href="{address_of(two)}?done={one.pk}#now" data-hc-start' in client.get(f"/today/?done={one.pk}").text
    assert "data-hc-start" not in client.get(f"/today/?done={one.pk}&done={two.pk}").text


def given_two(*rows):
    """Return a version with a row of its own rhythm for each of ``rows``, and these rows."""
    draft = DraftFactory()
    for order, columns in enumerate(rows, 1):
        row = PrescriptionFactory(version=draft, order=order, **columns)
        row.text = row.exercise.pinned_text()
        row.save()
    version = pin(draft, number=1)
    return version, *version.prescriptions.all()


def to_tick(text):
    return re.findall(r'type="checkbox" name="done" value="([^"]+)"', text)


def saved(version, *rows):
    session = SessionFactory(version=version)
    for row in rows:
        PerformedExerciseFactory(session=session, prescription=row, outcome="done")


def test_what_is_left_of_a_saved_day_can_be_done_from_its_page():
    version = given_version(exercises=2, weekdays=EVERY_DAY)
    client, (one, two) = client_of(version.patient.user), version.prescriptions.all()
    saved(version, one)
    text = client.get(address_of(two)).text
    assert "Exercise 1 of 1" in text
    assert dock_of(text) == [(f"/today/?done={two.pk}#how-it-went", "Done, finish")]
    assert to_tick(client.get(f"/today/?done={two.pk}").text) == [str(two.pk)]


def test_page_of_what_is_done_and_saved_says_so_and_offers_it_once_more():
    version = given_version(exercises=2, weekdays=EVERY_DAY)
    client, (one, two) = client_of(version.patient.user), version.prescriptions.all()
    saved(version, one, two)
    text = client.get(address_of(one)).text
    assert "You have done this today, and it is saved." in text
    assert dock_of(text) == [("/today/", "Back to Today")]
    assert f'href="{address_of(one)}?once-more=1"' in text
    again = client.get(address_of(one, "?once-more=1")).text
    ((onwards, words),) = dock_of(again)
    assert (onwards, words) == (f"{address_of(two)}?done={one.pk}&once-more=1#now", "Done, next")
    assert to_tick(client.get(f"/today/?done={one.pk}&once-more=1").text) == [str(one.pk), str(two.pk)]


def test_page_of_an_ended_plan_says_so_and_ticks_nothing():
    version = given_version(exercises=1, weekdays=EVERY_DAY)
    type(version.programme).objects.update(status="ended", ended_at=timezone.now())
    text = client_of(version.patient.user).get(address_of(version.prescriptions.get())).text
    assert "This plan has ended. You can still look at it." in text
    assert dock_of(text) == [("/today/", "Back to Today")]


def test_page_of_an_old_plan_leads_to_the_plan_now():
    old = given_version(exercises=1, weekdays=EVERY_DAY)
    given_version(programme=old.programme, number=2, exercises=1, weekdays=EVERY_DAY)
    text = client_of(old.patient.user).get(address_of(old.prescriptions.get())).text
    assert "This is from an old plan." in text
    assert dock_of(text) == [("/today/", "Back to Today")]
    assert "Exercise 1 of 1" not in text


def test_page_on_a_rest_day_says_when_and_lets_it_be_done_anyway(time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC))  # a Tuesday
    version = given_version(exercises=2, weekdays="02")
    client, row = client_of(version.patient.user), version.prescriptions.first()
    text = client.get(address_of(row)).text
    assert "<b>Not for today.</b> Next: Wednesday." in text
    assert dock_of(text) == [("/today/", "Back to Today")]
    assert f'href="{address_of(row)}?again=1"' in text
    anyway = client.get(address_of(row, "?again=1")).text
    assert dock_of(anyway)[0][1] == "Done, next"
    assert 'href="/today/?again=1"' in anyway  # the way back keeps what was asked for


def test_an_exercise_for_another_day_among_those_of_today_only_says_when(time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC))
    version, one, two = given_two({"weekdays": EVERY_DAY}, {"weekdays": "02"})
    text = client_of(version.patient.user).get(address_of(two)).text
    assert "Next: Wednesday." in text
    assert "Do it today anyway" not in text
    assert dock_of(client_of(version.patient.user).get(address_of(one)).text)[0][1] == "Done, finish"


def test_exercise_for_when_it_is_needed_leads_into_the_order_of_the_day():
    version, one, needed = given_two({"weekdays": EVERY_DAY}, {"as_needed": True, "times_a_day": None})
    text = client_of(version.patient.user).get(address_of(needed)).text
    assert "Exercise " not in text.split("<main")[1].split("<h1")[0]
    assert dock_of(text) == [(f"{address_of(one)}?done={needed.pk}#now", "Done, next")]
