"""A message to the physiotherapist goes the way of a session: kept as typed, sent once there is a signal, once."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.e2e.phones import bar, new_code, pair_with, paired, tick, told, version_of, wait_until
from tests.e2e.test_offline import kept
from tests.e2e.test_patient_phone import kept_on, looked_at
from tests.e2e.test_waiting_to_send import AGAIN

pytestmark = [pytest.mark.e2e, pytest.mark.unplugged]
SOFA, BED = "Can I do it on the sofa?", "On the bed?"


@pytest.fixture
def phone(new_page, server):
    return paired(new_page(), server)


def field(page):
    return page.get_by_label("What would you like to say?")


def write(page, words=SOFA):
    """Type ``words`` on the page for it and wait until the phone has them."""
    page.goto("/today/tell/")
    field(page).fill(words)
    wait_until(page, lambda: words in json.dumps(kept_on(page)))


def send(page):
    page.get_by_role("button", name="Keep it for Priya").click()


def test_typed_and_kept_with_no_signal_it_waits_and_goes_by_itself(phone, server):
    version, context = version_of(phone), phone.context
    kept(phone)
    context.set_offline(True)
    write(phone)
    phone.close()
    phone = context.new_page()
    phone.goto("/today/tell/")
    expect(field(phone)).to_have_value(SOFA)
    expect(phone.get_by_text("We kept what you wrote.")).to_be_visible()
    send(phone)

    expect(bar(phone)).to_have_text(re.compile("Saved on this phone. 1 message is waiting to send."))
    expect(phone.get_by_role("heading", name="Saved on this phone. Thank you")).to_be_visible()
    expect(field(phone)).to_have_value("")
    looked_at(phone)
    phone.goto("/today/")
    tick(phone)
    phone.get_by_role("button", name="Save", exact=True).click()
    expect(bar(phone)).to_have_text(re.compile("2 are waiting to send"))
    phone.goto("/today/waiting/")
    expect(phone.get_by_text(f"For your next visit · {SOFA}")).to_be_visible()
    looked_at(phone)
    context.set_offline(False)
    expect(bar(phone)).to_have_text(re.compile("Sent. All 2 are at the clinic."))
    assert told(server, version) == [SOFA]
    assert kept_on(phone) == []


def test_lost_reply_two_tabs_and_no_csrf_cookie_make_one_message(phone, server):
    version = version_of(phone)

    def lose(route):
        route.fetch()
        route.abort()

    phone.route("**/today/tell/send/", lose)
    write(phone)
    other = phone.context.new_page()
    other.goto("/today/tell/")
    expect(field(other)).to_have_value(SOFA)
    send(phone)
    expect(bar(phone)).to_have_text(re.compile("1 message is waiting"))
    expect(field(other)).to_have_value("")  # it has looked again by itself
    assert told(server, version) == [SOFA]
    phone.context.clear_cookies(name="csrf")
    phone.unroute("**/today/tell/send/")
    phone.reload()
    expect(phone.locator(".letters li")).to_have_count(1)
    wait_until(phone, lambda: kept_on(phone) == [])
    assert told(server, version) == [SOFA]


def test_sent_with_a_signal_it_says_so_and_a_change_of_it_is_the_same_message(phone, server):
    version = version_of(phone)
    write(phone)
    send(phone)
    expect(phone.get_by_text("Kept for your next visit.")).to_be_visible()
    looked_at(phone)
    phone.get_by_role("link", name="Change it").click()
    expect(field(phone)).to_have_value(SOFA)
    field(phone).fill(BED)
    wait_until(phone, lambda: BED in json.dumps(kept_on(phone)))
    phone.goto("/help/")
    expect(bar(phone)).to_have_text(re.compile("We kept what you wrote before. It is not sent yet."))
    phone.go_back()
    expect(field(phone)).to_have_value(BED)
    phone.route("**/today/tell/send/", lambda route: route.fulfill(status=429))
    phone.get_by_role("button", name="Keep the change").click()
    expect(bar(phone)).to_have_text(re.compile("1 message is waiting"))
    phone.unroute("**/today/tell/send/")
    phone.goto("/today/")
    expect(bar(phone)).to_have_text(re.compile("Sent. 1 message is kept for your next visit."))
    assert told(server, version) == [BED]


def test_refused_it_says_why_with_every_letter(phone, server):
    write(phone, "word " * 250)
    send(phone)
    expect(phone.get_by_role("link", name=re.compile("This is too long"))).to_be_visible()
    assert field(phone).input_value().startswith("word word")
    field(phone).fill(SOFA)
    send(phone)
    expect(phone.get_by_text("Kept for your next visit.")).to_be_visible()
    wait_until(phone, lambda: kept_on(phone) == [])


def test_cut_off_it_stays_for_the_same_person_alone(phone, server):
    version = version_of(phone)
    write(phone)
    phone.context.clear_cookies()
    send(phone)
    expect(phone.get_by_role("heading", name="What you saved is safe on this phone")).to_be_visible()
    pair_with(phone, new_code(server))  # somebody else
    phone.goto("/today/tell/")
    expect(field(phone)).to_have_value("")
    expect(bar(phone)).to_be_hidden()
    again = server.manage("shell", "-c", AGAIN.format(version=version))
    pair_with(phone, re.search(r"CODE (\S+)", again).group(1))
    expect(bar(phone)).to_have_text(re.compile("Sent"))
    assert told(server, version) == [SOFA]
