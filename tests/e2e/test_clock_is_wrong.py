"""A phone whose clock is a day wrong: what is saved falls on the patient's day, or the day is asked."""

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from tests.e2e.phones import at_the_clinic, bar, note, paired, save, tick, version_of

pytestmark = [pytest.mark.e2e, pytest.mark.unplugged]


def clock_off_by(page, days):
    page.context.clock.set_system_time(dt.datetime.now(dt.UTC) + dt.timedelta(days=days))


def save_with_a_signal(page):
    tick(page)
    note(page).fill("with a signal")
    save(page)
    expect(page.get_by_role("heading", name="Saved. Thank you.")).to_be_visible()


def save_with_no_signal(page, words):
    page.goto("/today/?again")
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    tick(page)
    note(page).fill(words)
    save(page)
    expect(bar(page)).to_have_text(re.compile("1 day is waiting"))


def asked(page):
    """Go to what could not be sent, and say that it was yesterday."""
    expect(bar(page)).to_have_text(re.compile("One day could not be sent"))
    bar(page).get_by_role("link").click()
    page.get_by_role("button", name="Choose the day").click()
    expect(page.get_by_role("heading", name="When did you do this?")).to_be_visible()
    expect(page.get_by_text("You opened this page on")).to_have_count(0)
    page.get_by_role("button", name=re.compile("^Yesterday, ")).click()
    expect(page.get_by_role("heading", name="What you saved").first).to_be_visible()


@pytest.mark.parametrize("days", [-1, 1])
def test_clock_a_day_wrong_files_nothing_under_another_day(new_page, server, days):
    page = new_page()
    page.context.clock.install(time=dt.datetime.now(dt.UTC) + dt.timedelta(days=days))
    paired(page, server)
    version, today = version_of(page), page.locator("input[name=day]").input_value()
    yesterday = str(dt.date.fromisoformat(today) - dt.timedelta(days=1))
    save_with_a_signal(page)
    save_with_no_signal(page, "sent soon")
    page.context.set_offline(False)
    expect(bar(page)).to_have_text(re.compile("Sent"))

    save_with_no_signal(page, "sent much later")
    page.context.clock.fast_forward("20:00:00")
    page.context.set_offline(False)
    asked(page)

    clock_off_by(page, days)
    save_with_no_signal(page, "clock put right meanwhile")
    clock_off_by(page, 0)
    page.context.set_offline(False)
    if days < 0:  # begun before its page was drawn: that cannot be
        asked(page)
    else:
        expect(bar(page)).to_have_text(re.compile("Sent"))

    assert {words: day for _id, day, _pain, words, _done in at_the_clinic(server, version)} == {
        "with a signal": today,
        "sent soon": today,
        "sent much later": yesterday,
        "clock put right meanwhile": yesterday if days < 0 else today,
    }
