"""Two people on one phone that keeps pages and unsent days: what one of them takes off is theirs alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.phones import at_the_clinic, bar, new_code, pair_with, paired, save, say, version_of
from tests.e2e.test_offline import kept
from tests.e2e.test_patient_phone import kept_on
from tests.e2e.test_waiting_to_send import SEND

pytestmark = [pytest.mark.e2e, pytest.mark.unplugged]


def person_of(page):
    return page.locator("html").get_attribute("data-hc-person")


def save_what_waits(page):
    say(page)
    save(page)
    expect(bar(page)).to_have_text(re.compile("1 day is waiting"))


def take_plan_off(page):
    page.goto("/phone/leave/")
    page.get_by_role("button", name="Take it off").click()
    expect(page.get_by_text("Some of what you ticked is not at the clinic yet.")).to_be_visible()
    page.get_by_role("button", name="Take it off").click()
    expect(page.get_by_role("heading", name="Who is here?")).to_be_visible()


@pytest.fixture
def page(new_page, server):
    """Return a phone on which nothing can be sent for now."""
    opened = paired(new_page(), server)
    opened.route(SEND, lambda route: route.fulfill(status=429, body="Not now"))
    return opened


def test_one_leaves_and_the_others_unsent_day_stays_and_is_sent(page, server):
    first, first_version = person_of(page), version_of(page)
    save_what_waits(page)
    pair_with(page, new_code(server))
    second, second_version = person_of(page), version_of(page)
    expect(bar(page)).to_be_hidden()  # what the first has not sent is not shown to the second
    save_what_waits(page)
    assert kept(page).startswith(f"hipcare:{second}:")

    take_plan_off(page)

    assert {row["person"] for row in kept_on(page)} == {first}
    assert [name for name in page.evaluate("caches.keys()") if second in name] == []
    page.locator(".people-here button").click()
    expect(bar(page)).to_have_text(re.compile("1 day is waiting"))
    assert kept(page).startswith(f"hipcare:{first}:")

    page.context.set_offline(True)
    page.goto("/today/")
    expect(bar(page)).to_have_text(re.compile("1 day is waiting"))
    assert person_of(page) == first
    page.unroute(SEND)
    page.context.set_offline(False)  # it goes by itself; a reload beside it might miss the words
    expect(bar(page)).to_have_text(re.compile("Sent. 1 day"))
    assert len(at_the_clinic(server, first_version)) == 1
    assert at_the_clinic(server, second_version) == []
