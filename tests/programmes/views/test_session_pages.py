"""Saving and changing a session through the pages: what is refused, what is kept, what is said."""

import datetime as dt
import re
import uuid
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from programmes.models import PerformedExercise, Session, SessionRevision
from tests.factories import SessionFactory, given_version
from tests.stamps import stamp_on
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db
SAVE = "/today/save/"


@pytest.fixture
def version():
    return given_version(exercises=3, weekdays="0123456")


@pytest.fixture
def client(version):
    return client_of(version.patient.user)


def said(version, /, **more):
    """Return what the page posts with the first exercise ticked."""
    return {
        "session": str(uuid.uuid4()),
        "version": str(version.pk),
        "day": timezone.localdate().isoformat(),
        "done": [str(version.prescriptions.first().pk)],
        "pain": "2",
        "effort": "somewhat_hard",
        "note": "A bit stiff.",
        **more,
    }


def test_saving_leads_to_what_was_saved(client, version):
    sent = said(version)

    response = client.post(SAVE, sent, follow=True)

    assert response.redirect_chain == [(f"/sessions/{sent['session']}/", 302), ("/today/", 302)]
    assert f'data-hc-saved="{sent["session"]}"' in response.text
    for words in (
        "Saved. Thank you",
        "1 of 3 exercises is saved.",
        "<dd>1 of 3</dd>",
        "2 out of 10",
        "Somewhat hard",
        "A bit stiff.",
        "Change this",
    ):
        assert words in response.text
    assert "Your next check with <bdi>Priya</bdi>:" in response.text
    assert "No one checks this app between visits." in response.text
    assert Session.objects.get().version == version


def test_everything_ticked_and_nothing_said(client, version):
    done = [str(row.pk) for row in version.prescriptions.all()]

    text = client.post(SAVE, said(version, done=done, pain="", effort="", note=""), follow=True).text

    assert "All 3 exercises are saved." in text
    assert text.count("not said") == 2


def test_part_of_a_day_is_part_done_and_the_rest_is_offered(client, version):
    first, *rest = (str(row.pk) for row in version.prescriptions.all())

    part = client.post(SAVE, said(version, done=[first]), follow=True).text
    assert "Saved. Thank you" in part
    assert "1 of 3 exercises is saved." in part
    assert "2 still to do today." in part
    assert 'href="/today/?again"' in part
    assert "That is today done" not in part
    assert "today, part done" in part
    assert "1 day with exercise in the last 7." in part

    whole = client.post(SAVE, said(version, done=rest), follow=True).text
    assert "All 3 exercises are saved." in whole
    assert "Do the rest" not in whole
    assert "That is today done" in whole
    assert "today, done" in whole
    assert whole.count("What you saved at") == 2


def test_a_day_that_asked_for_nothing_counts_what_was_done():
    version = given_version(exercises=2, weekdays="", times_a_day=None, as_needed=True)
    done = [str(row.pk) for row in version.prescriptions.all()]
    client = client_of(version.patient.user)

    assert "Your exercise is saved." in client.post(SAVE, said(version), follow=True).text
    assert "2 exercises are saved." in client.post(SAVE, said(version, done=done[1:]), follow=True).text


def test_words_alone(client, version):
    assert "What you said is saved." in client.post(SAVE, said(version, done=[]), follow=True).text


def test_one_exercise_alone():
    version = given_version(exercises=1, weekdays="0123456")

    assert "Your exercise is saved." in client_of(version.patient.user).post(SAVE, said(version), follow=True).text


def test_the_same_post_twice_saves_once(client, version):
    sent = said(version)

    first, second = client.post(SAVE, sent), client.post(SAVE, sent, follow=True)

    assert second.redirect_chain[0][0] == first.url
    assert "You had already saved this." not in second.text
    assert Session.objects.get().pain == 2
    assert not SessionRevision.objects.exists()


def test_the_same_page_sent_again_with_other_words_keeps_both_and_says_so(client, version):
    sent = said(version)
    client.post(SAVE, sent)

    again = client.post(SAVE, {**sent, "pain": "9", "note": "DIFFERENT"}, follow=True)

    assert "You had already saved this. We kept both. This is what we have now." in again.text
    assert "9 out of 10" in again.text
    assert "DIFFERENT" in again.text
    assert (Session.objects.get().pain, SessionRevision.objects.get().was["note"]) == (9, "A bit stiff.")


def test_other_words_after_two_days_are_kept_beside_and_said_and_staff_can_read_them(client, version):
    sent = said(version)
    client.post(SAVE, sent)
    Session.objects.update(received_at=timezone.now() - dt.timedelta(hours=49))

    again = client.post(SAVE, {**sent, "pain": "9", "note": "DIFFERENT"}, follow=True)

    assert "It is too late to change this. We kept what you sent too. Your physio can see both." in again.text
    assert "2 out of 10" in again.text
    record = client_of(version.given_by).get(f"/patients/{version.patient.pk}/").text
    assert "too late to change the entry: 1 done, pain 9, somewhat hard. “DIFFERENT”" in record


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"done": [], "pain": "", "effort": "", "note": ""}, "Tick what you did, or say how it went."),
        ({"pain": "11"}, "Choose a number from 0 to 10, or leave it empty."),
        ({"pain": "abc"}, "Choose a number from 0 to 10, or leave it empty."),
        ({"pain": "999999999"}, "Choose a number from 0 to 10, or leave it empty."),
        ({"pain": "-1"}, "Choose a number from 0 to 10, or leave it empty."),
        ({"effort": "impossible"}, "Choose one of these, or leave it empty."),
        ({"note": "x" * 20_000}, "Your note is too long. It has 20000 letters. Keep it to 1000."),
        ({"note": "a\0b"}, "Your note has a letter we cannot keep."),
        ({"session": ""}, "This page is out of date. Please save again."),
        ({"session": "not a uuid"}, "This page is out of date. Please save again."),
        ({"session": "a\0b"}, "This page is out of date. Please save again."),
        ({"done": ["not a uuid"]}, "This page is out of date. Please tick again, then save."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(client, version, wrong, words):
    response = client.post(SAVE, said(version, **wrong))

    assert response.status_code == 422
    assert words in response.text
    assert "<title>Error: Today - HipCare</title>" in response.text
    assert response.text.index('role="alert"') < response.text.index('name="done"')
    assert not Session.objects.exists()


def test_what_was_typed_survives_an_error(client, version):
    first, second, third = (str(row.pk) for row in version.prescriptions.all())
    sent = said(version, done=[first, third], pain="4", effort="hard", note="x" * 1001 + " <b>end")

    text = client.post(SAVE, sent).text

    assert f'value="{sent["session"]}"' in text
    assert f'value="{sent["day"]}"' in text
    for ticked in (first, third):
        assert re.search(rf'value="{ticked}" checked', text)
    assert not re.search(rf'value="{second}" checked', text)
    assert re.search(r'name="pain"[^>]*value="4" checked', text)
    assert re.search(r'name="effort"[^>]*value="hard" checked', text)
    assert "x" * 1001 + " &lt;b&gt;end</textarea>" in text
    assert "1 to go" in text


def test_a_page_without_a_good_id_gets_a_new_one(client, version):
    text = client.post(SAVE, said(version, session="")).text

    fresh = re.search(r'name="session" value="([^"]+)"', text).group(1)
    assert uuid.UUID(fresh)
    assert f'name="day" value="{timezone.localdate()}"' in text


def test_line_breaks_count_once(client, version):
    note = "\n".join(["word"] * 200)  # 999 characters on the page, 1198 on the wire

    assert client.post(SAVE, said(version, note=note.replace("\n", "\r\n"))).status_code == 302
    assert Session.objects.get().note == note


@pytest.mark.parametrize("pk", ["", "nonsense", "a\0b", "00000000-0000-4000-8000-000000000000"])
def test_a_version_that_is_none_is_not_found(client, version, pk):
    assert client.post(SAVE, said(version, version=pk)).status_code == 404
    assert not Session.objects.exists()


def test_a_strangers_version_and_prescriptions_are_not_found(client, version):
    stranger = given_version(exercises=1, weekdays="0123456")
    theirs = str(stranger.prescriptions.first().pk)

    assert client.post(SAVE, said(stranger)).status_code == 404
    assert client.post(SAVE, said(version, done=[theirs])).status_code == 404
    assert not Session.objects.exists()


def test_a_strangers_session_id_is_not_found_and_not_changed(client, version):
    theirs = SessionFactory(pain=1)

    assert client.post(SAVE, said(version, session=str(theirs.pk))).status_code == 404
    assert Session.objects.get().pain == 1
    for address in (f"/sessions/{theirs.pk}/", f"/sessions/{theirs.pk}/change/"):
        assert client.get(address).status_code == 404
    assert client.post(f"/sessions/{theirs.pk}/change/", {"pain": "9"}).status_code == 404
    assert not SessionRevision.objects.exists()


def test_without_the_csrf_token_nothing_is_saved(version):
    strict = client_of(version.patient.user, enforce_csrf_checks=True)
    session = SessionFactory(version=version, pain=1)

    assert strict.post(SAVE, said(version)).status_code == 403
    assert strict.post(f"/sessions/{session.pk}/change/", {"pain": "9"}).status_code == 403
    assert Session.objects.get().pain == 1


def test_a_page_left_open_while_the_plan_changed_is_accepted_and_says_so(client, version):
    given_version(programme=version.programme, number=2, exercises=1)

    response = client.post(SAVE, said(version), follow=True)

    assert "You did this from your old plan. It is saved." in response.text


# Midnight and time zones: where a night lies between, only the patient knows which day is meant.


def london(*when):
    return dt.datetime(*when, tzinfo=ZoneInfo("Europe/London"))


def page_of(client):
    """Return what Today's page sends back of itself."""
    text = client.get("/today/").text
    return {name: re.search(rf'name="{name}" value="([^"]+)"', text).group(1) for name in ("session", "day", "opened")}


def kept_on(page):
    """Return what a page holds to be sent again."""
    return re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)


def day_on_page(client):
    return re.search(r'name="day" value="([^"]+)"', client.get("/today/").text).group(1)


def test_2330_utc_in_july_is_the_next_day_in_london(client, version, time_machine):
    time_machine.move_to(dt.datetime(2026, 7, 6, 23, 30, tzinfo=dt.UTC), tick=False)

    assert day_on_page(client) == "2026-07-07"
    assert "Tuesday 7 July" in client.get("/today/").text
    assert client.post(SAVE, said(version, day="2026-07-07")).status_code == 302


@pytest.mark.parametrize(("answer", "day"), [("2026-11-23", 23), ("2026-11-24", 24), ("2026-11-18", 18)])
def test_a_page_opened_before_midnight_asks_which_day_and_loses_nothing(client, version, time_machine, answer, day):
    time_machine.move_to(london(2026, 11, 23, 23, 58), tick=False)
    sent = said(version, **page_of(client), note="Two\nlines")
    time_machine.move_to(london(2026, 11, 24, 0, 4), tick=False)

    asked = client.post(SAVE, sent)

    assert asked.status_code == 409
    for words in (
        "When did you do this?",
        "You opened this page on <b>Monday 23 November</b>. Now it is Tuesday.",
        "Today, Tuesday 24 November",
        "Yesterday, Monday 23 November",
        "Tuesday 17 November",
        "1 done",
        "2 out of 10",
        "Somewhat hard",
    ):
        assert words in asked.text
    assert not Session.objects.exists()
    kept = dict(kept_on(asked.text))
    assert kept.items() >= {"session": sent["session"], "pain": "2", "note": "Two\nlines"}.items()

    response = client.post(SAVE, {**kept, "which_day": answer})

    session = Session.objects.get()
    assert response.url == f"/sessions/{sent['session']}/"
    assert (session.local_date, session.note, session.pain) == (dt.date(2026, 11, day), "Two\nlines", 2)
    assert session.received_at == london(2026, 11, 24, 0, 4)


@pytest.mark.parametrize("weeks", [1, 3, 40])
def test_a_page_weeks_old_can_be_saved_though_the_plan_was_replaced_and_has_ended(client, version, time_machine, weeks):
    now = timezone.now()
    sent = said(version, **page_of(client))
    given_version(programme=version.programme, number=2, exercises=1)
    version.programme.status = version.programme.Status.ENDED
    version.programme.save()
    time_machine.move_to(now + dt.timedelta(weeks=weeks), tick=False)
    client = client_of(version.patient.user)

    asked = client.post(SAVE, sent)
    assert asked.status_code == 409
    answer = timezone.localdate() - dt.timedelta(days=6)
    assert client.post(SAVE, {**dict(kept_on(asked.text)), "which_day": answer.isoformat()}).status_code == 302
    assert (Session.objects.get().local_date, Session.objects.get().note) == (answer, "A bit stiff.")


@pytest.mark.parametrize("day", ["2026-02-31", "yesterday", "999999999-01-01", "", "0001-01-01", "a\0b"])
@pytest.mark.parametrize("opened", ["", "nonsense", "-1", "9" * 20_000, "1e9", "\0"])
def test_a_page_that_does_not_know_its_day_asks(client, version, day, opened):
    asked = client.post(SAVE, said(version, day=day, opened=opened))

    assert asked.status_code == 409
    assert "When did you do this?" in asked.text
    assert not Session.objects.exists()


@pytest.mark.parametrize("answer", ["", "2020-01-01", "nonsense"])
def test_an_answer_that_is_none_is_asked_for_again(client, version, answer):
    assert client.post(SAVE, said(version, day="", which_day=answer)).status_code == 409


def test_a_day_that_has_not_come_is_today(client, version):
    assert client.post(SAVE, said(version, day="9999-12-31")).status_code == 302
    assert Session.objects.get().local_date == timezone.localdate()


def test_a_mistake_is_put_right_before_the_day_is_asked(client, version):
    yesterday = (timezone.localdate() - dt.timedelta(days=1)).isoformat()

    refused = client.post(SAVE, said(version, day=yesterday, pain="11"))
    assert refused.status_code == 422
    assert f'name="day" value="{yesterday}"' in refused.text
    assert client.post(SAVE, said(version, day=yesterday)).status_code == 409


def test_a_reply_that_was_lost_overnight_is_not_asked_about(client, version, time_machine):
    time_machine.move_to(london(2026, 11, 23, 23, 50), tick=False)
    sent = said(version, **page_of(client))
    client.post(SAVE, sent)
    time_machine.move_to(london(2026, 11, 24, 0, 10), tick=False)

    assert client.post(SAVE, sent).status_code == 302
    assert Session.objects.get().local_date == dt.date(2026, 11, 23)


def test_a_travellers_page_from_where_it_is_tomorrow_is_for_the_day_where_they_are(client, version, time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 28, 11, 0, tzinfo=dt.UTC), tick=False)
    client.cookies["zone"] = "Pacific/Kiritimati"
    sent = said(version, **page_of(client))
    assert sent["day"] == "2026-11-29"

    response = client.post(SAVE, {**sent, "zone": "Pacific/Pago_Pago"})

    assert response.status_code == 302
    assert Session.objects.get().local_date == dt.date(2026, 11, 28)


def test_a_page_drawn_before_the_phone_said_its_zone_is_for_the_phones_day(client, version, time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 28, 15, 0, tzinfo=dt.UTC), tick=False)
    sent = said(version, **page_of(client))
    assert sent["day"] == "2026-11-28"

    assert client.post(SAVE, {**sent, "zone": "Australia/Sydney"}).status_code == 302
    assert Session.objects.get().local_date == dt.date(2026, 11, 29)


@pytest.mark.parametrize("zone", ["Nowhere/Nothing", "../etc", "a\0b", "", "x" * 20_000])
def test_a_zone_that_is_none_leaves_the_cookies(client, version, time_machine, zone):
    time_machine.move_to(dt.datetime(2026, 11, 28, 15, 0, tzinfo=dt.UTC), tick=False)
    client.cookies["zone"] = "Australia/Sydney"

    assert client.post(SAVE, said(version, day="2026-11-29", zone=zone)).status_code == 302
    assert Session.objects.get().local_date == dt.date(2026, 11, 29)


def test_the_devices_own_time_zone_decides_the_day(client, version, time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 23, 15, 0, tzinfo=dt.UTC), tick=False)
    assert day_on_page(client) == "2026-11-23"

    client.cookies["zone"] = "Australia/Sydney"
    assert day_on_page(client) == "2026-11-24"
    assert "Good morning" in client.get("/today/").text
    assert client.post(SAVE, said(version, day="2026-11-24")).status_code == 302
    client.cookies["zone"] = "Nowhere/Nothing"
    assert day_on_page(client) == "2026-11-23"


def test_clocks_going_back_lose_no_day(client, version, time_machine):
    for hour in (0, 1):  # half past one comes twice on 25 October 2026
        time_machine.move_to(dt.datetime(2026, 10, 25, hour, 30, tzinfo=dt.UTC), tick=False)
        assert client.post(SAVE, said(version, day="2026-10-25")).status_code == 302
    assert set(Session.objects.values_list("local_date", flat=True)) == {dt.date(2026, 10, 25)}


# Putting it right


@pytest.fixture
def session(client, version):
    client.post(SAVE, said(version))
    return Session.objects.get()


def stamp_of(client, session):
    return stamp_on(client.get(f"/sessions/{session.pk}/change/").text)


def change(client, session, **said):
    """Send a correction from a page that was drawn just now, or from the one whose ``stamp`` is given."""
    sent = said if "stamp" in said else {**said, "stamp": stamp_of(client, session)}
    return client.post(f"/sessions/{session.pk}/change/", sent, follow=True)


def test_the_change_page_is_filled_with_what_was_saved(client, version, session):
    text = client.get(f"/sessions/{session.pk}/change/").text

    first, second, _third = (str(row.pk) for row in version.prescriptions.all())
    assert re.search(rf'value="{first}" checked', text)
    assert not re.search(rf'value="{second}" checked', text)
    assert re.search(r'name="pain"[^>]*value="2" checked', text)
    assert re.search(r'name="effort"[^>]*value="somewhat_hard" checked', text)
    assert "A bit stiff.</textarea>" in text


def test_a_change_is_saved_and_the_old_words_kept(client, version, session):
    second = str(list(version.prescriptions.all())[1].pk)
    first = str(version.prescriptions.first().pk)

    response = change(client, session, done=[first, second], pain="0", note="Better.")

    assert "2 of 3 exercises are saved." in response.text
    assert "0 out of 10" in response.text
    assert SessionRevision.objects.get().was["note"] == "A bit stiff."
    assert PerformedExercise.objects.filter(outcome="done").count() == 2


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"pain": "", "effort": "", "note": ""}, "Tick what you did, or say how it went."),
        ({"pain": "11"}, "Choose a number from 0 to 10, or leave it empty."),
        ({"day": "2020-01-01"}, "Choose one of these days."),
        ({"note": "x" * 20_000}, "Your note is too long."),
        ({"note": "\0", "pain": "1"}, "Your note has a letter we cannot keep."),
    ],
)
def test_a_wrong_change_changes_nothing(client, session, wrong, words):
    response = change(client, session, **wrong)

    assert response.status_code == 422
    assert words in response.text
    assert "<title>Error: Change what you saved - HipCare</title>" in response.text
    session.refresh_from_db()
    assert (session.pain, session.note) == (2, "A bit stiff.")


def test_a_strangers_tick_in_a_change_is_not_found(client, session):
    theirs = given_version(exercises=1).prescriptions.first()

    assert change(client, session, done=[str(theirs.pk)]).status_code == 404


def test_after_two_days_the_page_says_it_stays(client, session):
    Session.objects.filter(pk=session.pk).update(received_at=timezone.now() - dt.timedelta(hours=49))

    saved = client.get(f"/sessions/{session.pk}/", follow=True).text
    assert "It can no longer be changed. Tell <bdi>Priya</bdi> if it is wrong." in saved
    assert "Change this" not in saved
    assert "You can change what you saved for 48 hours." in client.get(f"/sessions/{session.pk}/change/").text


def test_a_change_page_that_comes_after_two_days_is_kept_beside(client, session):
    stamp = stamp_of(client, session)
    Session.objects.filter(pk=session.pk).update(received_at=timezone.now() - dt.timedelta(hours=49))

    response = change(client, session, stamp=stamp, pain="9", note="My knee, in truth.")

    assert "It is too late to change this. We kept what you sent too. Your physio can see both." in response.text
    session.refresh_from_db()
    assert (session.pain, session.note) == (2, "A bit stiff.")
    assert SessionRevision.objects.get().was["note"] == "My knee, in truth."


def test_the_day_can_be_changed_and_staff_see_which_it_was(client, version, session):
    today = timezone.localdate()
    earlier = today - dt.timedelta(days=3)
    page = client.get(f"/sessions/{session.pk}/change/").text
    assert f'<option value="{today}" selected>Today, {today:%A}' in page
    assert page.count("<option") == 8

    response = change(client, session, done=[str(version.prescriptions.first().pk)], day=earlier.isoformat())

    assert f"{earlier:%A} {earlier.day} {earlier:%B}" in response.text
    assert (Session.objects.get().local_date, SessionRevision.objects.get().was["day"]) == (earlier, today.isoformat())
    record = client_of(version.given_by).get(f"/patients/{version.patient.pk}/").text
    assert f"day was {today:%a} {today.day} {today:%b}" in record


# Two phones put one session right


@pytest.fixture
def two_phones(client, version, session):
    """Return the stamp of a page that both phones opened, and what it would send untouched."""
    page = {"done": [str(version.prescriptions.first().pk)], "pain": "2", "effort": "somewhat_hard"}
    return {**page, "note": "A bit stiff.", "stamp": stamp_of(client, session)}


def test_two_phones_that_change_different_things_lose_nothing(client, session, two_phones):
    change(client, session, **{**two_phones, "pain": "6"})
    change(client, session, **{**two_phones, "note": "My knee too."})

    session.refresh_from_db()
    assert (session.pain, session.note) == (6, "My knee too.")


def test_two_phones_that_tick_different_exercises_keep_both_ticks(client, version, session, two_phones):
    first, second, third = (str(row.pk) for row in version.prescriptions.all())
    change(client, session, **{**two_phones, "done": [first, second]})
    change(client, session, **{**two_phones, "done": [third]})

    done = PerformedExercise.objects.filter(outcome="done").values_list("prescription__order", flat=True)
    assert sorted(done) == [2, 3]


def test_two_phones_that_change_the_same_are_asked_which_to_keep(client, session, two_phones):
    change(client, session, **{**two_phones, "pain": "6"})
    asked = change(client, session, **{**two_phones, "pain": "8", "note": "Typed on the other phone."})

    assert asked.status_code == 409
    text = " ".join(asked.text.split())
    for words in (
        "It was: 2",
        "Keep: 6 out of 10<small>You, on another page, ",
        "Change to: 8",
        "Typed on the other phone.</textarea>",
    ):
        assert words in text
    session.refresh_from_db()
    assert (session.pain, session.note) == (6, "A bit stiff.")

    answered = {"pain": "8", "note": "Typed on the other phone.", "keep-pain": "theirs", "stamp": stamp_on(asked.text)}
    change(client, session, **{**two_phones, **answered})
    session.refresh_from_db()
    assert (session.pain, session.note) == (6, "Typed on the other phone.")


def test_a_change_page_without_a_stamp_asks_and_names_the_exercises(client, version, session, two_phones):
    third = list(version.prescriptions.all())[2]

    asked = change(client, session, **{**two_phones, "done": [str(third.pk)], "stamp": ""})

    assert asked.status_code == 409
    assert f"Keep: {version.prescriptions.first().name}" in asked.text
    assert f"Change to: {third.name}" in asked.text


# A token that is gone or too old


def test_a_page_whose_token_is_gone_comes_back_with_all_that_was_typed(version):
    strict = client_of(version.patient.user, enforce_csrf_checks=True)
    sent = said(version, note="Two\nlines <b>")

    again = strict.post(SAVE, sent)

    assert again.status_code == 403
    assert "What you typed is still here." in again.text
    kept = dict(kept_on(again.text))
    assert kept["note"] == "Two\nlines &lt;b&gt;"
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', again.text).group(1)
    assert strict.post(SAVE, {**sent, "csrfmiddlewaretoken": token}).status_code == 302
    assert Session.objects.get().note == "Two\nlines <b>"


@pytest.mark.parametrize("header", [{"origin": "https://elsewhere.example"}])
def test_a_form_from_elsewhere_is_not_offered_again(version, header):
    strict = client_of(version.patient.user, enforce_csrf_checks=True)

    refused = strict.post(SAVE, said(version), headers=header)

    assert refused.status_code == 403
    assert "A bit stiff." not in refused.text
    assert "Please send it once more" in refused.text


def test_nobody_and_staff_are_offered_nothing_of_a_patients_form(version):
    for person in (None, version.given_by):
        refused = client_of(person, enforce_csrf_checks=True).post(SAVE, said(version))
        assert refused.status_code == 403
        assert "A bit stiff." not in refused.text


def test_the_same_go_saved_on_two_phones_is_said(client, version, time_machine):
    time_machine.move_to(london(2026, 11, 23, 9, 0), tick=False)
    pages = [page_of(client), page_of(client)]
    time_machine.move_to(london(2026, 11, 23, 9, 20), tick=False)
    first = client.post(SAVE, said(version, **pages[0]), follow=True)
    time_machine.move_to(london(2026, 11, 23, 9, 30), tick=False)
    second = client.post(SAVE, said(version, **pages[1]), follow=True)

    words = "You had also saved today from another page or phone. Both are kept."
    assert words not in first.text
    assert words in second.text
    assert "2 times. Your plan asks for it 1 time a day." in second.text
    assert Session.objects.count() == 2
    assert "1 of 3 exercises is saved." in second.text


def test_of_what_is_ticked_no_reason_is_heard(client, version):
    first, second, _third = (str(row.pk) for row in version.prescriptions.all())
    why = {f"why-{first}": "no_time", f"why-{second}": "too_sore", "why-x": "no_time", f"why-{_third}": "nonsense"}
    client.post(SAVE, said(version, **why))
    reasons = dict(PerformedExercise.objects.values_list("prescription__order", "reason"))
    assert reasons == {1: "", 2: "too_sore", 3: ""}


def test_a_saved_page_costs_the_same_for_1_and_3_exercises(django_assert_num_queries):
    for exercises in (1, 3):
        version = given_version(exercises=exercises, weekdays="0123456")
        client = client_of(version.patient.user)
        sent = said(version)
        client.post(SAVE, sent)
        with django_assert_num_queries(4):
            client.get(f"/sessions/{sent['session']}/")
        with django_assert_num_queries(6):
            client.get(f"/sessions/{sent['session']}/change/")


def test_nobody_is_sent_to_sign_in(version):
    assert Client().post(SAVE, said(version)).status_code == 302
    assert not Session.objects.exists()
