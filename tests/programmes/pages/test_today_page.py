"""Today as the patient finds it: due, done, resting, ended, new; and how one exercise is done."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from exercises.models import Exercise
from hipcare.audit.models import Entry
from hipcare.clinics.services.devices import make_pairing_code
from programmes.models import Handout, PerformedExercise, Programme, SeenNews
from programmes.rules.schedule import Frequency
from tests.factories import (
    ExerciseFactory,
    PatientFactory,
    PerformedExerciseFactory,
    SessionFactory,
    TopicFactory,
    given_version,
)
from tests.programmes.handouts.sheets import given_sheet
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db
TODAY = "/today/"
EVERY_DAY = "0123456"
MONDAY_MORNING = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to(MONDAY_MORNING)


def page(version, query=""):
    return client_of(version.patient.user).get(TODAY + query).text


def logged(version, *places, **session):
    """Save a session of today with the exercises at ``places`` done."""
    saved = SessionFactory(version=version, **session)
    for place, row in enumerate(version.prescriptions.all()):
        outcome = "done" if place in places else "skipped"
        PerformedExerciseFactory(session=saved, prescription=row, outcome=outcome)
    return saved


def to_tick(text):
    return re.findall(r'type="checkbox" name="done" value="([^"]+)"', text)


def test_what_is_due_can_be_ticked_and_nothing_else_is_shown():
    version = given_version(exercises=2, weekdays="0")
    stranger = given_version(exercises=1, weekdays="0")

    text = page(version)

    assert to_tick(text) == [str(row.pk) for row in version.prescriptions.all()]
    assert stranger.prescriptions.first().name not in text
    for words in (
        "Monday 23 November",
        "Good morning, <bdi>Margaret</bdi>",
        "2 to go",
        "About 6 minutes",
        "Show me",
    ):
        assert words in text
    assert "Anything new or worse?" in text
    assert text.count('name="pain"') == 11


def test_only_pictures_that_a_phone_may_show_at_once_are_fetched_at_once():
    """The largest of them is what a page is timed by; it is never put off until it is scrolled to."""
    version = given_sheet(*Exercise.objects.filter(clinic=None).order_by("slug")[:4])
    cards = re.findall(r"<article.*?</article>", page(version), re.DOTALL)
    assert [set(re.findall(r'loading="(\w+)"', card)) for card in cards] == [{"eager"}, {"eager"}, {"lazy"}, {"lazy"}]


def test_the_foot_says_whose_plan_it_is_and_who_looks():
    version = given_version(exercises=1, weekdays="0")

    text = page(version)

    assert "<bdi>Priya Nair</bdi>, physiotherapist" in text
    assert "No one checks this app between visits." in text
    assert "Monday 7 December" in text
    assert 'href="tel:+441632960118"' in text
    assert version.patient.last_name not in text
    assert "Hip osteoarthritis" not in text


def test_the_pain_guide_is_whole_whatever_was_answered():
    version = given_version(exercises=1, weekdays="0")
    client = client_of(version.patient.user)
    guides = set()
    for pain in ("", "0", "10"):
        sent = {"session": "bad", "version": version.pk, "day": "2026-11-23", "pain": pain}
        text = client.post("/today/save/", sent).text
        guides.add(re.search(r'<ul class="guide" role="list">.*?</ul>', text, re.DOTALL).group())

    (guide,) = guides
    assert all(band in guide for band in ("0–2", "3–5", "6–10"))


def test_cards_show_the_patients_own_side():
    bridge = ExerciseFactory(slug="standing-hip-flexion", name="Standing knee lift")
    version = given_version(
        exercises=1, weekdays="0", exercise=bridge, side="left", patient=PatientFactory(affected_side="left")
    )

    text = page(version)

    assert "standing-hip-flexion-left-end-" in text
    assert "standing-hip-flexion-right" not in text
    assert "Left leg" in text


@pytest.mark.parametrize("query", ["", "?again"])
def test_a_rest_day_names_the_next_and_keeps_the_figures(query):
    version = given_version(exercises=2, weekdays="24")

    text = page(version, query)

    if query:
        assert len(to_tick(text)) == 2
        assert "No exercises today" not in text
    else:
        assert "No exercises today" in text
        assert "Next: Wednesday." in text
        assert to_tick(text) == []
        assert text.count("Show me") == 2


def test_a_day_a_week_from_now_is_named_with_its_date():
    version = given_version(exercises=1, weekdays="0")
    logged(version, 0)

    assert "Next: Monday 30 November." in page(version)


def test_no_plan_yet():
    text = client_of(PatientFactory().user).get(TODAY).text

    assert "No exercises yet" in text
    assert "<bdi>Priya</bdi> has not given you a plan yet." in text
    assert "What the pain numbers mean" in text


def test_an_ended_plan_can_still_be_looked_at():
    version = given_version(exercises=2, weekdays=EVERY_DAY)
    Programme.objects.update(status="ended", ended_at=timezone.now())

    text = page(version)

    assert "This plan has ended" in text
    assert "It ended on Monday 23 November, with <bdi>Priya</bdi>." in text
    assert "You can still look at your exercises. New ticks are not saved." in text
    assert to_tick(text) == []
    assert text.count("Show me") == 2
    assert to_tick(page(version, "?again")) == []


def test_an_ended_plan_has_last_words_whom_to_ring_what_to_read_the_days_and_no_dead_button():
    topic = TopicFactory()
    version = given_version(exercises=2, weekdays=EVERY_DAY, topics=[topic], note="Keep up the bridge.")
    Programme.objects.update(status="ended", ended_at=timezone.now())

    text = page(version)

    assert "Keep up the bridge." in text
    assert "Call the clinic. Ask for a check of your hip." in text
    assert text.count('href="tel:') == 2
    assert topic.title in text
    assert text.count('href="/today/days/') == 6
    assert 'href="/today/weeks/"' in text
    main = text[text.index("<main") : text.index("</main>")]
    assert "<button" not in main
    assert "<input" not in main
    assert "data-hc-start" not in text
    assert client_of(version.patient.user).get(f"/today/topics/{version.pk}/1/").status_code == 200


def test_a_plan_that_ended_on_a_day_with_a_session_says_one_thing():
    version = given_version(exercises=2, weekdays=EVERY_DAY)
    logged(version, 0, 1)
    Programme.objects.update(status="ended", ended_at=timezone.now())

    text = page(version)

    assert "This plan has ended" in text
    assert "That is today done" not in text


def test_the_active_plan_goes_before_one_that_ended_later():
    old = given_version(exercises=1, weekdays="0")
    Programme.objects.update(status="ended", ended_at=timezone.now())
    new = given_version(patient=old.patient, exercises=1, weekdays="0")

    assert to_tick(page(new)) == [str(new.prescriptions.first().pk)]


def test_a_draft_is_not_shown():
    from tests.factories import DraftFactory, PrescriptionFactory  # noqa: PLC0415 - used here alone

    version = given_version(exercises=1, weekdays="0")
    hidden = PrescriptionFactory(version=DraftFactory(programme=version.programme), order=1)

    text = page(version)
    assert to_tick(text) == [str(version.prescriptions.first().pk)]
    assert client_of(version.patient.user).get(f"/today/exercises/{hidden.pk}/").status_code == 404


def test_saved_today_says_so_and_offers_to_change_or_do_it_again():
    version = given_version(exercises=2, weekdays="0")
    session = logged(version, 0, 1)

    text = page(version)

    assert "Saved. Thank you" in text
    assert "All 2 exercises are saved." in text
    assert f"/sessions/{session.pk}/change/" in text
    assert "Do it again" in text
    assert to_tick(text) == []
    assert 'href="/today/?once-more=1"' in text
    assert len(to_tick(page(version, "?once-more=1"))) == 2


@pytest.mark.parametrize(("weekdays", "query"), [("0", "?again"), ("0", "?done=x"), ("24", "?again")])
def test_a_way_back_after_everything_is_saved_offers_no_second_session(weekdays, query):
    version = given_version(exercises=2, weekdays=weekdays)
    logged(version, 0, 1)

    text = page(version, query)

    assert "Saved. Thank you" in text
    assert 'name="session"' not in text
    assert to_tick(text) == []


def test_what_is_left_of_the_day_is_offered():
    version = given_version(exercises=3, weekdays="0")
    logged(version, 0)

    assert "2 still to do today." in page(version)
    assert "Do the rest" in page(version)
    again = page(version, "?again")
    assert to_tick(again) == [str(row.pk) for row in list(version.prescriptions.all())[1:]]
    assert "2 to go" in again


def test_all_sessions_of_the_day_count_and_each_can_be_changed():
    version = given_version(exercises=3, weekdays="0")
    morning = logged(version, 0)
    evening = logged(version, 1, received_at=timezone.now() + dt.timedelta(hours=9))

    text = page(version)

    assert "2 of 3 exercises are saved." in text
    assert "1 still to do today." in text
    assert text.count("Done today") == 2
    for session, at in ((morning, "9:00 am"), (evening, "6:00 pm")):
        assert f'href="/sessions/{session.pk}/change/"' in text
        assert f"Change what you saved at {at}" in text


def test_only_what_was_done_as_needed_is_not_said_to_be_of_the_day():
    version = given_version(exercises=1, weekdays="0")
    add(version, ExerciseFactory(), 2, 1, weekdays="", times_a_day=None, as_needed=True)
    logged(version, 1)

    text = page(version)
    assert "What you did is saved." in text
    assert "1 still to do today." in text


def test_cards_say_the_hold_and_the_note_and_the_plans_note_comes_first():
    version = given_sheet(0, note="Little and often.")
    add(version, ExerciseFactory(name="Bridge"), 1, 2, reps=10, hold_s=3, note="Squeeze first.")
    add(version, ExerciseFactory(name="Stretch"), 2, 1, reps=1, hold_s=20)

    text = page(version)

    assert "2 sets of 10, hold 3 seconds" in text
    assert text.count("Each leg") == 2
    assert "on each leg" not in text
    assert "<b><bdi>Priya</bdi>:</b> <bdi>Squeeze first.</bdi>" in text
    assert "Hold 20 seconds</p>" in text
    assert text.index("From <bdi>Priya</bdi>") < text.index("Little and often.") < text.index("Bridge")
    assert text.count("Little and often.") == 1


def test_twice_a_day_is_offered_twice():
    version = given_version(exercises=1, weekdays="0", times_a_day=2)
    logged(version, 0)

    assert "Next round: later today." in page(version)
    assert "Start now: Round 2 of 2" in page(version)
    assert "Done 1 of 2 times today" in page(version)
    logged(version, 0)
    assert "Next round" not in page(version)
    assert "That is today done" in page(version)


def test_the_next_round_is_offered_by_itself_an_hour_later(time_machine):
    version = given_version(exercises=2, weekdays="0", times_a_day=2)
    assert "Round 1 of 2</small>" in page(version)
    logged(version, 0, 1)
    assert to_tick(page(version)) == []
    time_machine.move_to(MONDAY_MORNING + dt.timedelta(hours=1, minutes=1))
    text = page(version)
    assert "Round 2 of 2</small>" in text
    assert len(to_tick(text)) == 2


def test_the_rest_of_a_round_is_no_next_round(time_machine):
    version = given_version(exercises=2, weekdays="0", times_a_day=2)
    logged(version, 0)
    time_machine.move_to(MONDAY_MORNING + dt.timedelta(hours=3))
    text = page(version)
    assert "2 still to do today." in text
    assert to_tick(text) == []
    assert "Round 2 of 2 today" in page(version, "?again")


def test_a_card_says_when_it_is_due_only_where_the_plan_does_not(monkeypatch):
    version = given_version(exercises=1, weekdays="0")
    add(version, ExerciseFactory(), 2, 1, weekdays="01234", times_a_day=2)
    monkeypatch.setattr(type(version), "frequency", Frequency(weekdays=frozenset({0})))
    text = page(version)
    assert text.count('class="when-due"') == 1
    assert "Mon Tue Wed Thu Fri. Round 1 of 2 today" in text


def test_a_session_too_old_to_change_can_be_read(time_machine):
    version = given_version(exercises=1, weekdays="0")
    session = logged(version, 0, received_at=timezone.now() - dt.timedelta(hours=49))

    text = page(version)
    assert f'id="session-{session.pk}"' in text
    assert "It can no longer be changed." in text
    assert "Change this" not in text


def test_words_alone_saved_today():
    version = given_version(exercises=1, weekdays="0")
    SessionFactory(version=version, note="Not today")

    assert "What you said is saved." in page(version)


def test_free_days_are_done_when_they_are_done():
    version = given_version(exercises=1, weekdays="", days_a_week=1)
    row = version.prescriptions.first()
    assert to_tick(page(version)) == [str(row.pk)]
    logged(version, 0, local_date=dt.date(2026, 11, 24))

    assert "No exercises today" in page(version)
    assert "Next: Monday 30 November." in page(version)


def test_what_is_done_as_needed_waits_at_the_end_and_is_not_counted():
    version = given_version(exercises=1, weekdays="", times_a_day=None, as_needed=True)

    text = page(version)

    assert "When you need it" in text
    assert "Do these when you need them." in text
    assert len(to_tick(text)) == 1
    assert "to go" not in text


def test_the_exercises_own_page_ticks_by_its_address():
    version = given_version(exercises=2, weekdays="0")
    first = version.prescriptions.first()
    before = PerformedExercise.objects.count()

    text = page(version, f"?done={first.pk}&done=nonsense")

    assert f'value="{first.pk}" checked' in text
    assert "1 to go" in text
    assert PerformedExercise.objects.count() == before
    both = "&".join(f"done={row.pk}" for row in version.prescriptions.all())
    assert "All done" in page(version, f"?{both}")


def test_ticking_by_address_after_saving_asks_first_and_keeps_the_tick():
    version = given_version(exercises=2, weekdays="0")
    logged(version, 0, 1)
    first = version.prescriptions.first().pk

    asked = page(version, f"?done={first}")
    assert f'href="/today/?done={first}&amp;once-more=1"' in asked
    assert f'value="{first}" checked' in page(version, f"?done={first}&once-more=1")


def test_ticks_in_the_address_go_to_the_exercises_own_page_and_back():
    version = given_version(exercises=2, weekdays="0")
    first, second = sorted(str(row.pk) for row in version.prescriptions.all())
    client = client_of(version.patient.user)

    assert f'href="/today/exercises/{second}/?done={first}"' in client.get(f"{TODAY}?done={first}").text
    shown = client.get(f"/today/exercises/{second}/?done={first}&once-more=1").text
    assert f'href="/today/?done={first}&amp;done={second}&amp;once-more=1#how-it-went"' in shown
    assert f'href="/today/?done={first}&amp;once-more=1"' in shown
    assert 'href="/today/"' in client.get(f"/today/exercises/{second}/").text


def test_a_refused_page_keeps_its_ticks_through_an_exercises_own_page():
    version = given_version(exercises=2, weekdays="0")
    first = version.prescriptions.first().pk
    sent = {"session": "bad", "version": version.pk, "day": "2026-11-23", "done": first}

    assert f"/?done={first}" in client_of(version.patient.user).post("/today/save/", sent).text


def test_the_browser_restores_nothing_into_the_form():
    version = given_version(exercises=1, weekdays="0")

    assert re.search(r'<form [^>]*action="/today/save/" novalidate autocomplete="off"', page(version))


# A new version


@pytest.fixture
def changed():
    """Give a second version: one exercise as it was, one with another dose, one new, one stopped."""
    first = given_version(exercises=3, weekdays="0")
    same, more, stopped = first.prescriptions.all()
    new = ExerciseFactory(name="Bridge")
    second = given_version(programme=first.programme, number=2, exercises=0)
    for order, (exercise, sets) in enumerate(((same.exercise, 1), (more.exercise, 2), (new, 1)), 1):
        add(second, exercise, order, sets)
    return first, second, stopped


def add(version, exercise: Exercise, order, sets, **fields):
    """Write a row into a given version, past the guard that keeps it frozen."""
    row = version.prescriptions.model(
        **{"version": version, "exercise": exercise, "order": order, "sets": sets, "side": "each"}
        | {"times_a_day": 1, "weekdays": "0"}
        | fields
    )
    row.text = exercise.pinned_text()
    version.prescriptions.bulk_create([row])


def test_a_new_version_says_what_changed(changed):
    _first, second, stopped = changed

    text = page(second)

    assert "<bdi>Priya</bdi> changed your plan on 23 November" in text
    assert "Changed: was 10 on each leg" in text
    assert '<span class="chip chip-mist">New</span>' in text
    assert f"{stopped.name} has stopped. Leave it out now." in text


def test_news_stays_until_it_was_seen(changed, time_machine):
    second = changed[1]
    seen = f"/today/news/{second.pk}/"
    logged(second, 0)
    time_machine.move_to(MONDAY_MORNING + dt.timedelta(days=21))
    client = client_of(second.patient.user)
    assert "changed your plan" in page(second)
    assert "Stopped. Leave it out now." in page(second)

    for _ in range(2):
        assert client.post(seen).url == TODAY

    assert SeenNews.objects.count() == 1
    assert "changed your plan" not in page(second)
    assert "Stopped. Leave it out now." not in page(second)
    assert "Changed: was" not in page(second)


def test_a_refused_page_says_what_is_news_as_today_does(changed, time_machine):
    _first, second, _stopped = changed
    time_machine.move_to(MONDAY_MORNING + dt.timedelta(days=9))
    client = client_of(second.patient.user)

    for is_news in (True, False):
        sent = {"session": "bad", "version": second.pk, "day": "2026-12-02"}
        for answer in (client.get(TODAY), client.post("/today/save/", sent)):
            assert ("changed your plan" in answer.text) is is_news
            assert ("Changed: was" in answer.text) is is_news
        client.post(f"/today/news/{second.pk}/")


def test_the_first_version_is_no_news():
    assert "changed your plan" not in page(given_version(exercises=1, weekdays="0"))


def sheet(version, code):
    return Handout.objects.create(
        version=version,
        pairing_code=code,
        printed_by=version.given_by,
        pages=1,
        sha256=str(version.pk).replace("-", ""),
        pdf=b"%PDF",
    )


def test_a_sheet_of_an_older_version_says_that_there_is_a_newer_one(changed):
    first, second, _stopped = changed
    code = make_pairing_code(patient=first.patient, by=first.given_by)
    sheet(first, code)
    client = client_of(first.patient.user)
    newer = "There is a newer sheet. Ask for a new one or use this page."

    assert newer not in client.get(TODAY).text
    client.post("/j", {"token": code.token})
    assert newer in client.get(TODAY).text
    sheet(second, code)
    assert newer not in client.get(TODAY).text


def test_a_scanned_code_of_no_sheet_says_nothing():
    version = given_version(exercises=1, weekdays="0")
    code = make_pairing_code(patient=version.patient, by=version.given_by)
    client = client_of(version.patient.user)
    client.post("/j", {"token": code.token})

    assert "newer sheet" not in client.get(TODAY).text


def test_a_check_gone_by_is_a_fact_and_the_plan_goes_on(time_machine):
    version = given_version(exercises=1, weekdays=EVERY_DAY)
    time_machine.move_to(MONDAY_MORNING + dt.timedelta(days=15))

    text = page(version)

    assert "Your next check was planned for" in text
    assert len(to_tick(text)) == 1


def test_opening_pages_leaves_nothing_in_the_trail():
    version = given_version(exercises=1, weekdays="0")
    page(version)

    assert not Entry.objects.exists()


@pytest.mark.parametrize("is_changed", [False, True])
def test_today_costs_the_same_for_1_and_3_exercises(is_changed, django_assert_num_queries):
    for exercises in (1, 3):
        version = given_version(exercises=exercises, weekdays="0")
        if is_changed:
            version = given_version(programme=version.programme, number=2, exercises=exercises, weekdays="0")
        client = client_of(version.patient.user)
        code = make_pairing_code(patient=version.patient, by=version.given_by)
        client.post("/j", {"token": code.token})
        with django_assert_num_queries(13 if is_changed else 12):
            client.get(TODAY)
        row = version.prescriptions.first()
        with django_assert_num_queries(9):
            client.get(f"/today/exercises/{row.pk}/")
