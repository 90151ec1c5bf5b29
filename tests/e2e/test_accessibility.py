"""Every page, as axe sees it and as a thumb, a zoomed screen and dark eyes do."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.e2e.staff import find_patient, follow, sign_in

pytestmark = pytest.mark.e2e

LOOKS = [(320, False), (390, True), (1280, False), (1280, True)]
AXE = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "rules": {"target-size": {"enabled": True}},
}
# What a finger has to hit, and the words one has to read, in CSS pixels; hidden and inline ones are not measured.
SMALL = """() => [...document.querySelectorAll('a, button, summary, label, input:not([type=hidden])')]
    .filter(e => e.checkVisibility({opacityProperty: true, visibilityProperty: true}))
    .filter(e => getComputedStyle(e).display !== 'inline' && !e.closest('.visually-hidden, .skip'))
    .filter(e => !(e.matches('label') && !e.querySelector('input')))
    .map(e => [e.getBoundingClientRect(), e.textContent.trim().slice(0, 40), e.tagName])
    .filter(([r]) => r.width && (r.height < 47.5 || r.width < 47.5))
    .map(([r, words, tag]) => `${tag} "${words}" ${Math.round(r.width)} x ${Math.round(r.height)}`)"""
FINE_PRINT = """() => [...document.querySelectorAll('body *')]
    .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
    .filter(e => e.checkVisibility() && !e.closest('.visually-hidden, .skip, svg, .demo'))
    .filter(e => parseFloat(getComputedStyle(e).fontSize) < 17.9)
    .map(e => `"${e.textContent.trim().slice(0, 40)}" ${getComputedStyle(e).fontSize}`)"""


def look_at(page, address, found):
    """Open ``address`` and write down what is wrong with it."""
    if address:
        page.goto(address)
    page.wait_for_load_state("networkidle")
    # Bars that stay in sight lie over whatever is behind them just now; that is no small target.
    page.evaluate("document.querySelectorAll('.bar, .edge, .dock').forEach(bar => { bar.style.position = 'static' })")
    name = f"{re.sub('[0-9a-f-]{36}', '…', page.url)} at {page.viewport_size['width']}"
    report = Axe().run(page, options=AXE).response
    for problem in report["violations"]:
        places = [node["target"] for node in problem["nodes"]][:4]
        found.append(f"{name}: {problem['id']}: {problem['help']}: {places}")
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        found.append(f"{name}: scrolls sideways")


@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_staff_pages_have_nothing_that_axe_finds(new_page, width, dark):
    page = new_page(width=width, dark=dark)
    found = []
    look_at(page, "/accounts/login/", found)
    sign_in(page, "lee")
    for address in ("/patients/", "/patients/new/", "/clinic/", "/templates/", "/accounts/2fa/"):
        look_at(page, address, found)
    for address in ("/clinic/bands/", "/clinic/going-on/", "/topics/", "/exercises/?q=FAI"):
        look_at(page, address, found)
    look_at(page, "/exercises/", found)
    follow(page, page.get_by_role("heading", name="Clamshell", exact=True))
    look_at(page, "", found)
    page.goto("/patients/new/")
    follow(page, page.get_by_role("button", name="Save patient"))
    look_at(page, "", found)
    find_patient(page, "nobody")
    look_at(page, "", found)

    assert not found, "\n".join(found)


@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_prescribing_pages_have_nothing_that_axe_finds(new_page, width, dark):
    page = new_page(width=width, dark=dark)
    found = []
    sign_in(page)
    find_patient(page, "Hale")
    follow(page, page.get_by_role("link", name="Dorothy Hale", exact=True))
    look_at(page, "", found)
    follow(page, page.get_by_role("link", name="Give again"))
    look_at(page, "", found)
    page.go_back()
    follow(page, page.get_by_role("button", name=re.compile("Change programme|Go on")).first)
    look_at(page, "", found)
    page.get_by_role("button", name="Give to patient").click()
    page.wait_for_selector("#error-summary")
    look_at(page, "", found)

    assert not found, "\n".join(found)


@pytest.mark.parametrize(("width", "dark"), [LOOKS[0], LOOKS[-1]])
def test_measures_have_nothing_that_axe_finds(new_page, width, dark):
    page = new_page(width=width, dark=dark)
    found = []
    sign_in(page)
    find_patient(page, "Hale")
    follow(page, page.get_by_role("link", name="Dorothy Hale", exact=True))
    follow(page, page.get_by_role("link", name="Measures of Dorothy Hale"))
    follow(page, page.get_by_role("link", name="Write down measures"))
    look_at(page, "", found)
    follow(page, page.get_by_role("button", name="Save"))
    look_at(page, "", found)
    page.get_by_role("group", name="How bad has your hip pain been").get_by_text("4", exact=True).click()
    page.get_by_label("Full stands in 30 seconds").fill("11")
    page.get_by_label("Seat height").fill("44")
    page.get_by_role("group", name="Hands used").get_by_text("No", exact=True).click()
    follow(page, page.get_by_role("button", name="Save"))
    look_at(page, "", found)
    follow(page, page.get_by_role("link", name="Put right").first)
    look_at(page, "", found)

    assert not found, "\n".join(found)


@pytest.mark.parametrize(("width", "dark"), LOOKS)
def test_patient_pages_have_nothing_that_axe_finds_and_large_words_and_targets(new_page, server, width, dark):
    page = new_page(width=width, dark=dark)
    found = []

    def look(address=""):
        look_at(page, address, found)
        found.extend(f"{page.url} at {width}: small target {what}" for what in page.evaluate(SMALL))
        found.extend(f"{page.url} at {width}: small words {what}" for what in page.evaluate(FINE_PRINT))

    look_at_codes_that_open_nothing(page, look)
    pair(page, server)
    look("/today/")
    page.goto("/today/?once-more")  # whatever another look saved before
    follow(page, page.get_by_role("link", name="Show me").locator("visible=true").first)
    look()
    look("/help/")
    page.goto("/today/?once-more")
    follow(page, page.get_by_role("button", name="Save"))
    look()
    page.locator("label.done-box:visible").first.click()
    follow(page, page.get_by_role("button", name="Save"))
    look()
    follow(page, page.locator("a[href$='/change/']").first)
    look()
    page.context.clear_cookies()
    page.goto(f"/j#{used_token(server)}")
    look()

    assert not found, "\n".join(found)


def look_at_codes_that_open_nothing(page, look):
    look("/")
    look("/j")
    for typed in ("0000-0000-0001", "0000-0000-0000"):  # a slip, and one that nobody knows
        page.get_by_label("Your code").fill(typed)
        follow(page, page.get_by_role("button", name="Open my plan"))
        look()


def used_token(server):
    """Return the secret part of a square that has opened a phone."""
    return server.manage(
        "shell",
        "--no-imports",
        "-c",
        "from hipcare.clinics.models import PairingCode\n"
        "print(PairingCode.objects.filter(patient__last_name='Pritchard', used_at__isnull=False).first().token)",
    ).split()[-1]


def pair(page, server):
    """Pair the browser as Joan Pritchard, with a code made for it."""
    code = server.manage(
        "shell",
        "--no-imports",
        "-c",
        "from hipcare.clinics.models import Patient\n"
        "from hipcare.clinics.services.devices import make_pairing_code\n"
        "patient = Patient.objects.get(last_name='Pritchard')\n"
        "print(make_pairing_code(patient=patient, by=patient.physiotherapist).typed_code)",
    ).split()[-1]
    page.goto("/j")
    page.get_by_label("Your code").fill(code)
    page.get_by_role("button", name="Open my plan").click()
    page.wait_for_url("**/j/yes")
    for oldest in page.locator("input[name=take_off]").all()[-1:]:  # asked where she has three phones already
        oldest.check()
    page.get_by_role("button", name="Yes, this is me").click()
    page.wait_for_url("**/today/")
