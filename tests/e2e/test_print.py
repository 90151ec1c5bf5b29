"""Pages on paper: the browser's own print, which nobody is sent to but some use."""

import re
import subprocess

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import NEW_PATIENT
from tests.e2e.staff import follow, sign_in

pytestmark = pytest.mark.e2e

# The longest topic of the library.
WITH_A_TOPIC = """
import json, uuid
from exercises.models import Topic
from hipcare.clinics.services.devices import make_pairing_code
from tests.factories import PatientFactory, given_version
topic = max(Topic.objects.filter(clinic=None), key=lambda one: len(json.dumps(one.pinned_text(), default=str)))
patient = PatientFactory(physiotherapist__email=f"{uuid.uuid4()}@example.org")
version = given_version(patient=patient, exercises=1, topics=[topic])
print("CODE", make_pairing_code(patient=version.patient, by=version.given_by).token)
"""
STAYS_IN_PLACE = """() => [...document.querySelectorAll('body *')]
  .filter((e) => ['fixed', 'sticky'].includes(getComputedStyle(e).position) && e.getClientRects().length)
  .map((e) => e.outerHTML.slice(0, 80))"""
INK_AND_GROUND = "(e) => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"


@pytest.fixture
def exercise(new_page, server):
    """Return ``exercise(dark=False)``: a page of a patient's exercise."""
    token = re.search(r"CODE (\S+)", server.manage("shell", "-c", NEW_PATIENT))[1]

    def opened(*, dark=False):
        page = new_page(dark=dark)
        page.goto(f"/j#{token}")
        follow(page, page.get_by_role("button", name="Yes, this is me"))
        follow(page, page.get_by_role("link", name="Show me").first)
        page.wait_for_load_state("networkidle")
        return page

    return opened


def printed(page):
    """Return the words of each page on paper."""
    pdf = page.pdf(format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "10mm"))
    words = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return [" ".join(part.split()) for part in words.split("\f")[:-1]]


def test_exercise_is_one_page_with_all_that_it_says_and_nothing_to_press(exercise):
    page = exercise()
    sheets = printed(page)
    assert len(sheets) == 1
    for words in ("Start", "How to do it", "Stop this exercise if", "Too hard today?", "It all counts."):
        assert words in sheets[0]
    for words in ("Done, next", "Need help?", "Moving", "Still"):
        assert words not in sheets[0]


def test_pictures_of_an_exercise_are_whole_on_paper(exercise):
    page = exercise()
    page.emulate_media(media="print")
    pictures = page.locator(".is-still img")
    expect(pictures).to_have_count(2)
    start, end = (pictures.nth(n).bounding_box() for n in range(2))
    dose = page.get_by_label("How much").bounding_box()
    assert min(start["height"], end["height"]) > 100
    assert start["x"] + start["width"] <= end["x"]
    assert max(box["y"] + box["height"] for box in (start, end)) <= dose["y"]


def test_paper_is_light_however_dark_the_screen(exercise):
    page = exercise(dark=True)
    page.emulate_media(media="print", color_scheme="light")
    parts = [page.locator(where) for where in ("h1", ".note-stop", ".note-stop li >> nth=0", ".dose-list dd >> nth=0")]
    light = [part.evaluate(INK_AND_GROUND) for part in parts]
    page.emulate_media(media="print", color_scheme="dark")
    assert [part.evaluate(INK_AND_GROUND) for part in parts] == light
    page.emulate_media(media="screen", color_scheme="dark")
    assert parts[0].evaluate(INK_AND_GROUND) != light[0]


def test_longest_topic_is_two_pages_at_most_with_all_that_it_says_and_nothing_to_press(new_page, server):
    page = new_page()
    token = re.search(r"CODE (\S+)", server.manage("shell", "-c", WITH_A_TOPIC))[1]
    page.goto(f"/j#{token}")
    follow(page, page.get_by_role("button", name="Yes, this is me"))
    follow(page, page.locator("a[href*='/today/topics/']"))
    page.wait_for_load_state("networkidle")
    title = page.get_by_role("heading", level=1).inner_text()
    sheets = printed(page)
    assert len(sheets) <= 2
    for words in (" ".join(title.split()), "How sure are we?", "Where this comes from", "Checked on"):
        assert words in " ".join(sheets)
    assert "Need help?" not in " ".join(sheets)


def test_nothing_that_stays_in_place_is_printed(exercise, new_page):
    patient, staff = exercise(), new_page(width=1280)
    sign_in(staff)
    seen = []
    for page, address in ((patient, patient.url), (patient, "/today/"), (staff, "/patients/"), (staff, "/exercises/")):
        page.goto(address)
        page.emulate_media(media="print")
        seen += page.evaluate(STAYS_IN_PLACE)
    staff.emulate_media(media="screen")
    follow(staff, staff.get_by_role("link", name="Clamshell").first)
    staff.emulate_media(media="print")
    seen += staff.evaluate(STAYS_IN_PLACE)
    assert seen == []
    staff.emulate_media(media="screen")


def test_library_and_an_exercise_print_without_their_bars_and_filters(new_page):
    page = new_page(width=1280)
    sign_in(page)
    page.goto("/exercises/")
    library = " ".join(printed(page))
    assert "Clamshell" in library
    assert not re.search("Find a patient|Templates|Pelvic|Choose a patient", library)
    follow(page, page.get_by_role("link", name="Clamshell").first)
    sheets = printed(page)
    assert len(sheets) <= 2
    assert "Open" in sheets[0]
    assert not re.search("Templates|Choose a patient|Picture, words and side", " ".join(sheets))
