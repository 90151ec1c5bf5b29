"""Every way to leave Today, with a signal and without, and every field of it there again: the whole table.

And of the two other pages where a patient types: a day filled in later, and a correction of what was saved.
"""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.e2e.phones import NOTE, at_the_clinic, bar, note, pair_with, paired, save, say, version_of, wait_until
from tests.e2e.test_offline import kept
from tests.e2e.test_patient_phone import kept_on, looked_at, to_go
from tests.e2e.test_waiting_to_send import AGAIN

pytestmark = [pytest.mark.e2e, pytest.mark.unplugged]


def reload(page):
    page.reload()
    return page


def show_me_and_back(page):
    page.get_by_role("link", name="Show me").locator("visible=true").last.click()
    expect(page.get_by_role("heading", name="How to do it")).to_be_visible()
    page.go_back()
    return page


def show_me_and_today(page):
    page.get_by_role("link", name="Show me").locator("visible=true").last.click()
    page.get_by_role("link", name="Today", exact=True).click()
    return page


def help_and_back(page):
    page.get_by_role("link", name="Need help?").first.click()
    expect(page.get_by_role("heading", name="Need help?")).to_be_visible()
    page.go_back()
    return page


def help_and_today(page):
    page.get_by_role("link", name="Need help?").first.click()
    expect(page.get_by_role("heading", name="Need help?")).to_be_visible()
    page.goto("/today/")
    return page


def tab_dropped(page):
    fresh = page.context.new_page()
    page.close()
    fresh.goto("/today/")
    return fresh


def the_list_of_what_waits(page):
    page.goto("/today/waiting/")
    page.get_by_role("link", name="Today", exact=True).click()
    return page


WAYS = (
    reload,
    show_me_and_back,
    show_me_and_today,
    help_and_back,
    help_and_today,
    tab_dropped,
    the_list_of_what_waits,
)


def all_is_there(page):
    expect(to_go(page)).to_have_text("4 to go")
    expect(page.locator("input[name=pain][value='6']")).to_be_checked()
    expect(page.locator("input[name=effort][value=somewhat_hard]")).to_be_checked()
    expect(page.locator("textarea[name=note]")).to_have_value(NOTE)


@pytest.mark.parametrize("is_offline", [False, True], ids=["online", "no signal"])
def test_every_field_outlives_every_way_away(new_page, server, is_offline):
    page = paired(new_page(), server)
    kept(page)
    page.context.set_offline(is_offline)
    say(page)
    wait_until(page, lambda: kept_on(page)[0]["fields"].get("note", [""])[0] == NOTE)
    for way in WAYS:
        page = way(page)
        all_is_there(page)
    page.context.set_offline(True)
    save(page)
    expect(bar(page)).to_be_visible()
    (row,) = kept_on(page)
    said = dict(row["entries"])
    assert (said["pain"], said["effort"], said["note"]) == ("6", "somewhat_hard", NOTE)


GIVEN_DAYS_AGO = """
import datetime as dt, uuid, time_machine
from django.utils import timezone
from hipcare.clinics.services.devices import make_pairing_code
from tests.factories import PatientFactory, given_version
patient = PatientFactory(physiotherapist__email=f"{uuid.uuid4()}@example.org")
with time_machine.travel(timezone.now() - dt.timedelta(days=3), tick=True):
    version = given_version(patient=patient, exercises=2, weekdays="0123456")
print("CODE", make_pairing_code(patient=patient, by=version.given_by).token)
"""


def typed(page, words):
    page.locator(".pain label").nth(6).click()
    note(page).fill(words)
    wait_until(page, lambda: words in json.dumps(kept_on(page)))


def is_there(page, words):
    expect(note(page)).to_have_value(words)
    expect(page.locator("input[name=pain][value='6']")).to_be_checked()


def help_and_back_by_the_browser(page):
    page.get_by_role("link", name="Need help?").first.click()
    expect(bar(page)).to_have_text(re.compile("It is not saved yet."))
    page.go_back()


def saved_with_no_signal_and_back(page):
    page.context.set_offline(True)
    page.get_by_role("button", name=re.compile("^Save (the change|for )")).click()
    expect(page.get_by_text("What you typed is still here.")).to_be_visible()
    page.context.set_offline(False)
    page.go_back()


def cut_off_and_paired_again(page, server, version):
    page.context.clear_cookies(name=re.compile("^(?!csrf)"))
    page.get_by_role("button", name=re.compile("^Save (the change|for )")).click()
    expect(page.get_by_role("heading", name="Type your code")).to_be_visible()
    again = server.manage("shell", "-c", AGAIN.format(version=version))
    pair_with(page, re.search(r"CODE (\S+)", again).group(1))
    bar(page).get_by_role("link").click()
    expect(page.get_by_role("heading", name="Waiting to send")).to_be_visible()
    looked_at(page)
    page.get_by_role("button", name="Open it").click()


def test_day_filled_in_and_correction_outlive_every_way_away_too(new_page, server):
    page = new_page()
    pair_with(page, re.search(r"CODE (\S+)", server.manage("shell", "-c", GIVEN_DAYS_AGO)).group(1))
    version = version_of(page)
    kept(page)
    page.locator(".last-days a").nth(5).click()
    page.get_by_text("Not done", exact=True).first.click()
    for page_of, words in (("Save for ", "Filled in"), ("Save the change", "Corrected")):
        typed(page, words)
        page.reload()
        is_there(page, words)
        for way in (help_and_back_by_the_browser, saved_with_no_signal_and_back):
            way(page)
            is_there(page, words)
        cut_off_and_paired_again(page, server, version)
        is_there(page, words)
        looked_at(page)
        page.get_by_role("button", name=re.compile(f"^{page_of}")).click()
        expect(page.get_by_text(words, exact=True)).to_be_visible()
        assert [row[2:4] for row in at_the_clinic(server, version)] == [[6, words]]
        wait_until(page, lambda: kept_on(page) == [])
        page.get_by_role("link", name="Change this").click()
