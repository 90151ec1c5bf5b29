"""Every way to leave Today, with a signal and without, and every field of it there again: the whole table."""

import pytest
from playwright.sync_api import expect

from tests.e2e.phones import NOTE, bar, paired, save, say, wait_until
from tests.e2e.test_offline import kept
from tests.e2e.test_patient_phone import kept_on, to_go

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
