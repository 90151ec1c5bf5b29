"""What was saved with no network waits on the phone, is sent once, and is never lost or sent as somebody else's."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.phones import (
    NOTE,
    at_the_clinic,
    bar,
    new_code,
    note,
    pair_with,
    paired,
    save,
    say,
    tick,
    version_of,
    wait_until,
)
from tests.e2e.test_patient_phone import kept_on, looked_at

pytestmark = [pytest.mark.e2e, pytest.mark.unplugged]
SEND = "**/today/send/"
LAST_NIGHT = "() => { const then = Date.now() - 24 * 3600e3; Date.real ??= Date.now; Date.now = () => then; }"
NINE_DAYS_AGO = "() => { const then = Date.now() - 9 * 24 * 3600e3; Date.real ??= Date.now; Date.now = () => then; }"
# The page was drawn nine days ago.
OLD_PAGE = """document.addEventListener("readystatechange", () => {
  const form = document.querySelector("[data-hc-today]"), day = new Date(Date.now() - 9 * 24 * 3600e3);
  if (form) form.dataset.hcToday = form.dataset.hcToday.replace(/[^:]+$/, day.toLocaleDateString("en-CA"));
}, { once: true })"""
NOW = "() => { Date.now = Date.real; }"


@pytest.fixture
def phone(new_page, server):
    return paired(new_page(), server)


def test_saved_with_no_signal_and_sent_by_itself(phone, server):
    version = version_of(phone)
    say(phone)
    phone.context.set_offline(True)
    save(phone)
    expect(phone.get_by_role("heading", name="Saved on this phone. Thank you")).to_be_visible()
    expect(bar(phone)).to_have_text(re.compile("1 day is waiting to send"))
    assert at_the_clinic(server, version) == []

    phone.context.set_offline(False)

    expect(bar(phone)).to_have_text(re.compile("Sent. 1 day is saved at the clinic."))
    expect(phone.get_by_text("Saved. Thank you")).to_be_visible()
    assert [row[2:] for row in at_the_clinic(server, version)] == [[6, NOTE, 1]]
    assert kept_on(phone) == []


def head(page):
    return page.locator(".band h1")


def test_head_days_and_list_say_what_the_phone_knows_until_it_is_sent(phone):
    today, ring = phone.locator(".last-days li").last, phone.locator("[data-hc-ring]")
    phone.context.set_offline(True)
    tick(phone)
    tick(phone)
    save(phone)
    expect(head(phone)).to_have_text(re.compile(r"^\s*Saved on this phone\s+3 to go\s*$"))
    expect(today).to_have_class(re.compile("is-on-phone"))
    expect(today.get_by_role("link")).to_have_accessible_name(re.compile("today. Saved on this phone$"))
    expect(ring).to_have_attribute("stroke-dasharray", "40 101")
    expect(phone.get_by_role("link", name="Start")).to_be_hidden()
    looked_at(phone)
    phone.get_by_role("button", name="Tick more").click()
    expect(head(phone)).to_have_text(re.compile("^\\s*3 to go"))
    expect(phone.locator("[data-hc-card]").locator("visible=true")).to_have_count(3)
    looked_at(phone)
    phone.context.set_offline(False)
    expect(bar(phone)).to_have_text(re.compile("Sent"))
    expect(head(phone)).to_have_text(re.compile("^\\s*3 to go"))
    expect(today).not_to_have_class(re.compile("is-on-phone"))
    phone.context.set_offline(True)
    for _ in range(3):
        phone.locator("[data-hc-card]:not(.is-ticked) .done-box").locator("visible=true").first.click()
    save(phone)
    expect(head(phone)).to_have_text(re.compile(r"^\s*Saved on this phone\s*$"))
    phone.get_by_role("button", name="Tick more").click()
    expect(head(phone)).to_have_text(re.compile("^\\s*5 to go"))  # a new go


def test_three_sessions_with_no_signal_are_three_rows(phone, server):
    version = version_of(phone)
    phone.context.set_offline(True)
    for n in range(3):
        tick(phone, n)
        note(phone).fill(f"Round {n}")
        save(phone)
        expect(bar(phone)).to_have_text(re.compile(f"{n + 1} days? (is|are) waiting"))
        phone.get_by_role("button", name="Tick more").click()
        expect(note(phone)).to_have_value("")
    phone.context.set_offline(False)
    expect(bar(phone)).to_have_text(re.compile("Sent. 3 days"))
    assert [row[3:] for row in at_the_clinic(server, version)] == [["Round 0", 1], ["Round 1", 1], ["Round 2", 1]]


def test_server_in_trouble_keeps_it_on_the_phone(phone, server):
    version = version_of(phone)
    phone.route(SEND, lambda route: route.fulfill(status=429, body="<h1>Not now</h1>"))
    say(phone)
    save(phone)
    expect(bar(phone)).to_have_text(re.compile("1 day is waiting"))
    phone.unroute(SEND)
    phone.reload()
    expect(phone.get_by_role("heading", name="Saved. Thank you.")).to_be_visible()
    assert len(at_the_clinic(server, version)) == 1


def test_lost_reply_is_sent_again_and_is_one_row(phone, server):
    version = version_of(phone)

    def lose(route):
        route.fetch()
        route.abort()

    phone.route(SEND, lose)
    say(phone)
    save(phone)
    expect(bar(phone)).to_have_text(re.compile("1 day is waiting"))
    assert len(at_the_clinic(server, version)) == 1
    phone.unroute(SEND)
    phone.reload()
    expect(phone.get_by_role("heading", name="Saved. Thank you.")).to_be_visible()
    assert len(at_the_clinic(server, version)) == 1


def test_lost_csrf_cookie_is_fetched_anew(phone, server):
    version = version_of(phone)
    say(phone)
    phone.context.clear_cookies(name="csrf")
    save(phone)
    expect(phone.get_by_text("6 out of 10")).to_be_visible()
    assert len(at_the_clinic(server, version)) == 1


def test_phone_that_was_cut_off_sends_after_pairing_again_and_only_as_the_same_person(phone, server):
    version = version_of(phone)
    say(phone)
    phone.context.clear_cookies()
    save(phone)
    expect(phone.locator("[data-hc-safe]")).to_be_focused()
    expect(phone.get_by_role("heading", name="1 day is safe on this phone")).to_be_visible()
    expect(phone.get_by_role("heading", name="This phone is not connected to your plan")).to_be_hidden()
    expect(phone.locator("[data-hc-safe] [data-hc-own-clinic]")).to_be_visible()
    expect(phone.get_by_role("link", name="Type my code")).to_have_attribute("href", "#id_code")
    looked_at(phone)
    phone.get_by_role("link", name="What is waiting?").click()
    expect(phone.get_by_text(NOTE)).to_be_visible()
    expect(phone.get_by_text("it is sent when your plan is open here again.")).to_be_visible()

    pair_with(phone, new_code(server))  # somebody else
    expect(bar(phone)).to_be_hidden()
    wait_until(phone, lambda: len(kept_on(phone)) == 1)
    assert at_the_clinic(server, version) == []

    again = server.manage("shell", "-c", AGAIN.format(version=version))
    pair_with(phone, re.search(r"CODE (\S+)", again).group(1))
    expect(bar(phone)).to_have_text(re.compile("Sent"))
    assert [row[2:] for row in at_the_clinic(server, version)] == [[6, NOTE, 1]]


AGAIN = """
from hipcare.clinics.services.devices import make_pairing_code
from programmes.models import Version
version = Version.objects.get(pk="{version}")
print("CODE", make_pairing_code(patient=version.patient, by=version.given_by).token)
"""


def test_begun_last_night_is_asked_for_its_day_also_from_the_queue(phone, server):
    version = version_of(phone)
    phone.evaluate(LAST_NIGHT)
    say(phone)
    phone.evaluate(NOW)
    phone.context.set_offline(True)
    save(phone)
    expect(bar(phone)).to_have_text(re.compile("1 day is waiting"))
    phone.context.set_offline(False)
    expect(bar(phone)).to_have_text(re.compile("One day could not be sent"))
    phone.reload()
    expect(phone.get_by_role("link", name="See why", exact=True)).to_be_visible()
    expect(phone.get_by_text("It is sent by itself")).to_be_hidden()
    expect(head(phone)).to_have_text(re.compile("Saved on this phone"))
    looked_at(phone)

    bar(phone).get_by_role("link").click()
    looked_at(phone)
    phone.get_by_role("button", name="Choose the day").click()
    expect(phone.get_by_role("heading", name="When did you do this?")).to_be_visible()
    phone.get_by_role("button", name=re.compile("^Yesterday, ")).click()
    expect(phone.get_by_text(NOTE)).to_be_visible()
    wait_until(phone, lambda: kept_on(phone) == [])
    assert len(at_the_clinic(server, version)) == 1


def test_too_long_ago_says_so_and_can_be_taken_away(phone, server):
    version = version_of(phone)
    phone.add_init_script(OLD_PAGE)
    phone.reload()
    phone.evaluate(NINE_DAYS_AGO)
    say(phone)
    phone.context.set_offline(True)
    save(phone)
    expect(bar(phone)).to_have_text(re.compile("1 day is waiting"))
    phone.evaluate(NOW)
    phone.context.set_offline(False)
    phone.reload()
    bar(phone).get_by_role("link").click()
    expect(phone.get_by_text("Too long ago to save. Tell Priya about it.")).to_be_visible()
    looked_at(phone)
    phone.get_by_role("button", name="Take it away").click()
    phone.get_by_role("button", name="Press again to take it away").click()
    expect(phone.get_by_text("Nothing waits on this phone.")).to_be_visible()
    assert kept_on(phone) == []
    assert at_the_clinic(server, version) == []


def test_session_of_another_day_that_was_never_saved_is_offered(phone, server):
    version = version_of(phone)
    phone.evaluate(LAST_NIGHT)
    tick(phone)
    wait_until(phone, lambda: len(kept_on(phone)) == 1)
    phone.goto("/today/waiting/")
    expect(phone.get_by_text("Kept on this phone. Not saved yet.")).to_be_visible()
    expect(phone.get_by_text("1 exercise done")).to_be_visible()
    phone.get_by_role("button", name="Save it").click()
    phone.get_by_role("button", name="Choose the day").click()
    phone.get_by_role("button", name=re.compile("^Today, ")).click()
    expect(phone.get_by_text("1 of 5 exercises is saved.")).to_be_visible()
    assert len(at_the_clinic(server, version)) == 1


def test_plan_that_changed_meanwhile_takes_what_was_done_under_the_old_one(phone, server):
    version = version_of(phone)
    phone.context.set_offline(True)
    say(phone)
    save(phone)
    expect(bar(phone)).to_have_text(re.compile("1 day is waiting"))
    server.manage("shell", "-c", NEWER.format(version=version))
    phone.context.set_offline(False)
    expect(bar(phone)).to_have_text(re.compile("Sent"))
    assert [row[2:] for row in at_the_clinic(server, version)] == [[6, NOTE, 1]]


NEWER = """
from programmes.models import Version
from tests.factories import given_version
old = Version.objects.get(pk="{version}")
given_version(programme=old.programme, exercises=2, number=2)
"""
