"""Patients' phones in a browser: paired for a patient of their own, with what they keep, and what the clinic has."""

import json
import re

from playwright.sync_api import Error, expect

from tests.e2e.conftest import NEW_PATIENT

NOTE = "Sharp pain at the side of my knee"
SESSIONS = """
import json, sys
from programmes.models import Session
rows = Session.objects.filter(version_id="{version}").order_by("received_at").prefetch_related("performed")
print("ROWS", json.dumps([
    [str(one.pk), one.local_date.isoformat(), one.pain, one.note, sum(p.outcome == "done" for p in one.performed.all())]
    for one in rows
]))
"""

MESSAGES = """
import json
from programmes.models import PatientMessage
told = PatientMessage.objects.filter(patient__programmes__versions="{version}").order_by("written_at")
print("TOLD", json.dumps([one.text for one in told.distinct()]))
"""


def paired(page, server):
    """Pair ``page`` for a new patient and wait for Today."""
    return pair_with(page, new_code(server))


def new_code(server):
    return re.search(r"CODE (\S+)", server.manage("shell", "-c", NEW_PATIENT)).group(1)


def pair_with(page, token):
    page.goto(f"/j#{token}")
    page.locator("button[name=answer][value=yes]").click()
    expect(page).to_have_url(re.compile("/today/$"))
    page.wait_for_load_state()
    return page


def version_of(page):
    return page.locator("input[name=version]").get_attribute("value")


def at_the_clinic(server, version):
    """Return what the clinic has of a version: id, day, pain, note and how many were done, oldest first."""
    printed = server.manage("shell", "-c", SESSIONS.format(version=version))
    return json.loads(re.search(r"ROWS (.*)", printed).group(1))


def told(server, version):
    """Return what the patient of a version has told the physiotherapist, oldest first."""
    printed = server.manage("shell", "-c", MESSAGES.format(version=version))
    return json.loads(re.search(r"TOLD (.*)", printed).group(1))


def tick(page, place=0):
    page.locator("[data-hc-card]:not(.is-ticked) .done-box").nth(place).click()


def note(page):
    return page.get_by_label("Anything to tell Priya?")


def say(page, words=NOTE):
    """Tick the first exercise that is open and say how it went."""
    tick(page)
    page.locator(".pain label").nth(6).click()
    page.locator(".big-choice-row label").nth(1).click()
    note(page).fill(words)


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()


def bar(page):
    return page.locator("[data-hc-phone-bar]")


def wait_until(page, holds, seconds=30):
    """Wait until something holds that no locator shows; the page may go on to another meanwhile."""
    for _ in range(seconds * 20):
        try:
            if holds():
                return
        except Error as trouble:
            if "Execution context was destroyed" not in trouble.message:
                raise
        page.wait_for_timeout(50)
    raise AssertionError("it never came to hold")
