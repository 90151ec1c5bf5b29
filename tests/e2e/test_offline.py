"""With no network the phone shows Today, the exercises, help; with another person, or nobody, it shows nothing."""

import re

import pytest
from playwright.sync_api import Error, expect

from tests.e2e.phones import (
    at_the_clinic,
    bar,
    new_code,
    note,
    pair_with,
    paired,
    save,
    tick,
    version_of,
    wait_until,
)
from tests.e2e.test_patient_phone import kept_on, looked_at

pytestmark = [pytest.mark.e2e, pytest.mark.unplugged]
IS_KEPT = """async () => {
  for (const name of await caches.keys()) if (await (await caches.open(name)).match("/whole")) return name;
  return "";
}"""
PATHS = """async () => {
  const [name] = await caches.keys();
  return (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname);
}"""
PATIENTS_OWN = re.compile(r"/(today/((exercises|topics)/.*|waiting/|no-signal/|tell/)?|help/|whole)")
NEWER = """async () => {
  const changed = new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done));
  await navigator.serviceWorker.register("/sw.js?newer", { scope: "/" });
  await changed;
}"""
LEFT = """async () => [
  await caches.keys(),
  (await indexedDB.databases()).map((one) => one.name),
  (await navigator.serviceWorker.getRegistrations()).length,
  Object.keys(localStorage),
]"""


def kept(page):
    """Wait until the phone has kept its pages; return the name of the cache."""
    wait_until(page, lambda: page.evaluate(IS_KEPT), seconds=30)
    return page.evaluate(IS_KEPT)


@pytest.fixture
def phone(new_page, server):
    page = paired(new_page(), server)
    kept(page)
    return page


def test_three_sessions_in_flight_mode_outlive_a_closed_browser_tab(phone, server):
    version, context = version_of(phone), phone.context
    context.set_offline(True)
    for n in range(3):
        tick(phone, n)
        note(phone).fill(f"Round {n}")
        save(phone)
        expect(bar(phone)).to_have_text(re.compile(f"{n + 1} days? (is|are) waiting"))
        phone.get_by_role("button", name="Tick more").click()
    phone.close()

    page = context.new_page()
    page.goto("/today/")
    expect(bar(page)).to_have_text(re.compile("3 days are waiting"))
    context.set_offline(False)
    expect(bar(page)).to_have_text(re.compile("Sent. 3 days"))
    assert [row[3] for row in at_the_clinic(server, version)] == ["Round 0", "Round 1", "Round 2"]
    assert kept_on(page) == []


def test_show_me_help_and_the_list_open_with_no_signal_and_others_say_what_to_do(phone):
    phone.context.set_offline(True)
    phone.goto("/today/")
    phone.get_by_role("link", name="Show me").first.click()
    expect(phone.get_by_role("heading", name="How to do it")).to_be_visible()
    expect(bar(phone)).to_have_text(re.compile("No signal. This page is kept on your phone."))
    pictures = "[...document.images].filter((one) => one.loading !== 'lazy').map((one) => one.naturalWidth > 0)"
    phone.wait_for_load_state()
    assert set(phone.evaluate(pictures)) == {True}
    looked_at(phone)
    phone.get_by_role("link", name="Need help?").click()
    expect(phone.get_by_role("heading", name="Need help?")).to_be_visible()
    expect(phone.get_by_role("link", name=re.compile("999"))).to_be_visible()
    phone.goto("/today/waiting/")
    expect(phone.get_by_text("Nothing waits on this phone.")).to_be_visible()
    phone.goto("/sessions/00000000-0000-4000-8000-000000000000/")
    expect(phone.get_by_role("heading", name="This page needs a signal")).to_be_visible()
    looked_at(phone)
    phone.get_by_role("main").get_by_role("link", name="Today").click()
    expect(phone.locator("[data-hc-to-go]")).to_have_text("5 to go")


def test_page_from_the_phone_makes_a_new_session_each_time(phone):
    phone.context.set_offline(True)
    ids = set()
    for _ in range(2):
        phone.goto("/today/")
        expect(bar(phone)).to_be_visible()
        ids.add(phone.locator("input[name=session]").input_value())
    assert len(ids) == 2


def test_nothing_but_a_patients_own_pages_is_kept(phone):
    paths = [path for path in phone.evaluate(PATHS) if not path.startswith(("/static/", "/pictures/"))]
    assert [path for path in paths if not PATIENTS_OWN.fullmatch(path)] == []
    paths = phone.evaluate(PATHS)
    assert any("/exercises/" in path for path in paths)
    assert any(path.endswith(".woff2") for path in paths)
    scripts = {path.rpartition("/")[2].split(".")[0] for path in paths if path.endswith(".js")}
    assert {"today", "session", "store", "sending", "phone_bar", "exercise"} <= scripts


def test_taking_the_plan_off_leaves_nothing_and_says_first_what_waits(phone, server):
    version = version_of(phone)
    phone.route("**/today/send/", lambda route: route.fulfill(status=429))
    tick(phone)
    save(phone)
    expect(bar(phone)).to_have_text(re.compile("1 day is waiting"))
    phone.goto("/phone/leave/")
    off = phone.get_by_role("button", name="Take it off")
    off.click()
    expect(phone.get_by_text("Some of what you ticked is not at the clinic yet.")).to_be_visible()
    phone.unroute("**/today/send/")
    off.click()
    expect(phone).to_have_url(re.compile("/j$"))
    assert len(at_the_clinic(server, version)) == 1
    wait_until(phone, lambda: phone.evaluate(LEFT) == [[], [], 0, []])


def test_another_person_on_the_same_phone_sees_nothing_of_the_first(phone, server):
    first = kept(phone)
    pair_with(phone, new_code(server))
    second = kept(phone)
    wait_until(phone, lambda: len(phone.evaluate("caches.keys()")) == 1)
    assert first.split(":")[1] != second.split(":")[1]


def test_phone_that_was_cut_off_keeps_no_page(phone):
    phone.context.clear_cookies()
    phone.goto("/today/")
    expect(phone.get_by_role("heading", name="Type your code")).to_be_visible()
    wait_until(phone, lambda: phone.evaluate("caches.keys()") == [])


def test_it_goes_on_home_screens_without_asking_for_anything(phone):
    address = phone.locator("link[rel=manifest]").get_attribute("href")
    told = phone.evaluate("async (address) => (await fetch(address)).json()", address)
    assert (told["start_url"], told["display"]) == ("/today/", "standalone")
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}
    for icon in told["icons"]:
        assert phone.evaluate("async (address) => (await fetch(address)).status", icon["src"]) == 200
    assert phone.evaluate("Notification.permission") != "granted"


def test_correction_with_no_signal_comes_back_with_every_word(phone, server):
    version = version_of(phone)
    tick(phone)
    save(phone)
    phone.get_by_role("link", name="Change this").click()
    expect(phone.get_by_role("heading", name="Change what you saved")).to_be_visible()
    note(phone).fill('Two lines\n"quoted" & <tagged>')
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Save the change").click()
    expect(phone.get_by_text("What you typed is still here.")).to_be_visible()
    phone.context.set_offline(False)
    save(phone)
    expect(phone.get_by_text("quoted")).to_be_visible()
    assert [row[3] for row in at_the_clinic(server, version)] == ['Two lines\n"quoted" & <tagged>']


def test_staff_pages_go_by_the_worker_untouched(phone):
    phone.context.set_offline(True)
    for address in ("/accounts/login/", "/patients/", "/j"):
        with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
            phone.goto(address)


def test_newer_worker_takes_over_while_something_waits(phone, server):
    version = version_of(phone)
    phone.context.set_offline(True)
    tick(phone)
    save(phone)
    expect(bar(phone)).to_have_text(re.compile("1 day is waiting"))
    phone.route("**/today/send/", lambda route: route.abort())
    phone.context.set_offline(False)
    phone.evaluate(NEWER)
    phone.unroute("**/today/send/")
    phone.reload()
    expect(phone.get_by_role("heading", name="Saved. Thank you.")).to_be_visible()
    kept(phone)
    assert len(at_the_clinic(server, version)) == 1


# What the phone keeps becomes that of a release before: its pages ask for scripts that the server has no more, and a
# saved session waits in the shape that those wrote, without what was added since.
OLD_RELEASE = r"""async () => {
  const [name] = await caches.keys();
  const release = name.split(":")[2];
  const older = (text) => text.replaceAll(release, "0123456789ab").replace(/\.[0-9a-f]{12}\.js/g, ".00000000aaaa.js");
  const [from, old] = [await caches.open(name), await caches.open(older(name))];
  for (const asked of await from.keys()) {
    const answer = await from.match(asked), { headers } = answer;
    const isText = /html|javascript/.test(headers.get("Content-Type"));
    const body = isText ? older(await answer.text()) : await answer.arrayBuffer();
    await old.put(older(new URL(asked.url).pathname), new Response(body, { headers }));
  }
  await caches.delete(name);
}"""
WAITS = """([place, version, day, done]) => new Promise((resolve, reject) => {
  const opened = Math.floor(Date.now() / 1000), uuid = crypto.randomUUID(), person = place.split(":")[0];
  const entries = [["version", version], ["day", day], ["session", uuid], ["opened", String(opened)], ["done", done]];
  const asked = indexedDB.open("hipcare", 1);
  asked.onsuccess = () => {
    const shelf = asked.result.transaction("sessions", "readwrite").objectStore("sessions");
    const row = { key: `waiting:${uuid}`, person, place, uuid, opened, at: Date.now(), day, entries, trouble: null };
    shelf.put(row).onsuccess = () => { asked.result.close(); resolve(); };
  };
  asked.onerror = () => reject(asked.error);
})"""


def test_page_of_an_older_release_runs_with_its_own_scripts_and_is_replaced_with_a_signal(phone, server):
    version = version_of(phone)
    person = phone.locator("html").get_attribute("data-hc-person")
    place = f"{person}:{phone.locator('[data-hc-today]').get_attribute('data-hc-today')}"
    done = phone.locator("input[name=done]").first.get_attribute("value")
    new = phone.locator("html").get_attribute("data-hc-release")
    phone.evaluate(WAITS, [place, version, place.rpartition(":")[2], done])
    phone.goto("about:blank")
    phone.goto("/manifest.webmanifest")
    phone.evaluate(OLD_RELEASE)
    phone.context.set_offline(True)
    phone.goto("/today/")
    expect(phone.locator("html")).to_have_attribute("data-hc-release", "0123456789ab")
    expect(bar(phone)).to_have_text(re.compile("1 day is waiting"))
    names = "performance.getEntriesByType('resource').map((one) => one.name).filter((one) => one.endsWith('.js'))"
    scripts = phone.evaluate(names)
    assert scripts
    assert [name for name in scripts if "00000000aaaa" not in name] == []

    phone.context.set_offline(False)  # what waits is sent, and the page loads anew by itself
    expect(phone.locator("html")).to_have_attribute("data-hc-release", new)
    expect(bar(phone)).to_have_text(re.compile("Sent. 1 day"))
    assert [name for name in phone.evaluate(names) if "00000000aaaa" in name] == []
    assert len(at_the_clinic(server, version)) == 1
    wait_until(phone, lambda: new in kept(phone) and len(phone.evaluate("caches.keys()")) == 1)
