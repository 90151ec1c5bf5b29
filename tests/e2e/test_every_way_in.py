"""The pages about getting in, and about whose phone this is, in every look; those of the plan: ``test_every_look``."""

import re

import pytest
from playwright.sync_api import expect

from hipcare.clinics import codes
from tests.e2e.phones import bar, pair_with, save, say
from tests.e2e.staff import follow
from tests.e2e.test_every_look import look

pytestmark = [pytest.mark.e2e, pytest.mark.unplugged]

NOT_KNOWN = "W" * (codes.TYPED_LENGTH - 1)  # nor typed by any other test: wrong tries of a code are counted
TOO_OLD = """
from django.utils import timezone
from hipcare.clinics.models import PairingCode
from hipcare.clinics.services.devices import make_pairing_code
patient = PairingCode.objects.latest("made_at").patient
code = make_pairing_code(patient=patient, by=patient.physiotherapist)
PairingCode.objects.filter(pk=code.pk).update(expires_at=timezone.now())
print("CODE", code.typed_code)
"""
TAKEN_OFF = """
from django.utils import timezone
from hipcare.clinics.models import Device
Device.objects.filter(patient=Device.objects.latest("paired_at").patient).update(unpaired_at=timezone.now())
"""


@pytest.fixture
def page(new_page):
    return new_page(width=1280)


@pytest.fixture
def found():
    """Return a list to write to what is wrong; at the end of the test there is nothing in it."""
    wrong = []
    yield wrong
    assert not wrong, "\n".join(wrong)


def type_code(page, typed):
    page.goto("/j")
    page.get_by_label("Your code").fill(typed)
    follow(page, page.get_by_role("button", name="Open my plan"))


def set_pin(page):
    page.goto("/phone/pin/")
    page.get_by_label("New PIN").fill("2580")
    follow(page, page.get_by_role("button", name="Set the PIN"))


def say_pin(page, typed):
    page.get_by_label("Your PIN").fill(typed)
    follow(page, page.get_by_role("button", name="Go on"))


def test_a_code_that_opens_nothing(page, code, server, found):
    page.goto("/")
    look(page, "front", found)
    type_code(page, NOT_KNOWN)
    look(page, "slip", found)
    for left in (2, 1):
        type_code(page, NOT_KNOWN + codes.check_of(NOT_KNOWN))
        expect(page.get_by_text(re.compile(f"{left} tr(y|ies) left."))).to_be_visible()
    look(page, "not known", found)
    type_code(page, NOT_KNOWN + codes.check_of(NOT_KNOWN))
    look(page, "shut", found)
    pair_with(page, code[0])
    page.context.clear_cookies()
    type_code(page, code[1])
    expect(page.get_by_role("heading", name="This code has been used")).to_be_visible()
    look(page, "used", found)
    type_code(page, re.search(r"CODE (\S+)", server.manage("shell", "-c", TOO_OLD)).group(1))
    expect(page.get_by_role("heading", name="This code is too old")).to_be_visible()
    look(page, "too old", found)


def test_one_more_phone_and_somebody_who_helps(page, code, found, new_page):
    type_code(page, code[1])
    look(page, "is it you", found)
    follow(page, page.get_by_role("button", name="Yes, this is me"))
    page.goto("/phone/add/")
    follow(page, page.get_by_role("button", name="Make the code"))
    look(page, "one more phone", found)
    page.goto("/phone/helpers/")
    follow(page, page.get_by_role("button", name="Make the code"))
    look(page, "helper, refused", found)
    page.get_by_label("Helper’s name").fill("Joanna")
    follow(page, page.get_by_role("button", name="Make the code"))
    look(page, "helper's code", found)
    helping = new_page(width=1280)
    type_code(helping, page.locator(".new-code").inner_text())
    look(helping, "is it you, helper", found)
    follow(helping, helping.get_by_role("button", name="Yes, I am Joanna"))
    look(helping, "helper's today", found)
    page.goto("/phone/")
    look(page, "my phone", found)


def test_a_pin(page, code, found):
    pair_with(page, code[0])
    set_pin(page)
    page.goto("/today/")
    look(page, "today behind a pin", found)
    page.goto("/phone/pin/")
    look(page, "pin, to change", found)
    page.context.clear_cookies(name="here")
    page.goto("/who/")
    look(page, "who", found)


def test_a_phone_that_is_out_and_keeps_something(page, code, server, found):
    pair_with(page, code[0])
    say(page)
    page.context.set_offline(True)
    save(page)
    expect(bar(page)).to_have_text(re.compile("1 day is waiting"))
    server.manage("shell", "-c", TAKEN_OFF)
    page.context.set_offline(False)
    page.goto("/today/")
    expect(page.get_by_role("heading", name="1 day is safe on this phone")).to_be_visible()
    look(page, "cut off, something waits", found)
    follow(page, page.get_by_role("link", name="What is waiting?"))
    look(page, "what waits, signed out", found)
