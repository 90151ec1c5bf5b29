"""Everything a patient reads on our pages: short sentences, plain words, nothing that claims too much.

The pages are rendered and their text is read block by block, as a person reads it.
"""

import datetime as dt
import re
import uuid
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.utils import timezone

from exercises.readability import grade
from hipcare.clinics.services.devices import make_pairing_code
from programmes.models import Programme
from programmes.services import sessions
from tests.factories import ExerciseFactory, PatientFactory, SessionFactory, given_version
from tests.plain_words import longest_sentence
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db
BLOCKS = {"p", "li", "h1", "h2", "h3", "legend", "label", "summary", "button", "a", "dt", "dd", "figcaption", "option"}
CLAIMS = re.compile(r"\b(monitor|detect|diagnos|alert)", re.IGNORECASE)


class Reader(HTMLParser):
    """Collects the words of main, header and footer, one entry a block."""

    def __init__(self):
        super().__init__()
        self.blocks, self.words = [], []

    def handle_starttag(self, tag, _attrs):
        if tag in BLOCKS | {"br", "div", "section", "main"}:
            self.close_block()

    def handle_endtag(self, tag):
        if tag in BLOCKS | {"div", "section", "main", "title"}:
            self.close_block()

    def handle_data(self, data):
        self.words.append(data)

    def close_block(self):
        text = " ".join(" ".join(self.words).split())
        if text:
            self.blocks.append(text)
        self.words = []


def blocks_of(response):
    reader = Reader()
    reader.feed(response.text[response.text.index("<body") :])
    return reader.blocks


def pages_that_ask(client, session):
    """Return the pages that ask something of what was sent."""
    version = session.version
    sent = {"session": str(uuid.uuid4()), "version": version.pk, "day": "2020-01-01", "pain": "3", "note": "Stiff."}
    found = {
        "which day": client.post("/today/save/", sent),
        "two phones": client.post(f"/sessions/{session.pk}/change/", {"pain": "9", "stamp": "none"}),
        "no token": client_of(version.patient.user, enforce_csrf_checks=True).post("/today/save/", sent),
    }
    assert [page.status_code for page in found.values()] == [409, 409, 403]
    return found


@pytest.fixture
def pages():
    """Return every page of a patient, in every state, by name."""
    version = given_version(exercises=3, weekdays="0123456", exercise=ExerciseFactory(easings=["Make it smaller"]))
    client = client_of(version.patient.user)
    nobody = Client()
    code = make_pairing_code(patient=version.patient, by=version.given_by)
    found = {
        "code": nobody.get("/j"),
        "no code": nobody.post("/j", {"code": ""}),
        "wrong code": nobody.post("/j", {"code": "0000-0000-0000"}),
        "staff": client_of(version.given_by).get("/j"),
        "help": nobody.get("/help/"),
        "today": client.get("/today/"),
        "exercise": client.get(f"/today/exercises/{version.prescriptions.first().pk}/"),
        "no plan": client_of(PatientFactory().user).get("/today/"),
    }
    nobody.post("/j", {"token": code.token})
    found["confirm"] = nobody.get("/j/yes")
    resting = given_version(exercises=1, weekdays=str((timezone.localdate().weekday() + 3) % 7))
    found["rest"] = client_of(resting.patient.user).get("/today/")
    sent = {"session": "bad", "version": version.pk, "day": "bad", "pain": "11", "effort": "bad", "note": "x" * 2000}
    found["error"] = client.post("/today/save/", sent)
    session = SessionFactory(version=version, pain=2)
    found |= {"saved": client.get(f"/sessions/{session.pk}/"), "change": client.get(f"/sessions/{session.pk}/change/")}
    found |= pages_that_ask(client, session)
    found["saved today"] = client.get("/today/")
    type(session).objects.update(received_at=timezone.now() - dt.timedelta(days=3))
    found["too late"] = client.get(f"/sessions/{session.pk}/change/")
    newer = given_version(programme=version.programme, number=2, exercises=1)
    found["news"] = client.get("/today/")
    assert newer.number == 2
    Programme.objects.update(status="ended", ended_at=timezone.now())
    found["ended"] = client.get("/today/")
    return found


def test_no_sentence_is_longer_than_fifteen_words(pages):
    long = {
        block
        for response in pages.values()
        for block in blocks_of(response)
        if longest_sentence(block) > 15 and "Nair, physiotherapist" not in block
    }
    assert long == set()


def test_every_page_reads_at_grade_six_and_help_at_five(pages):
    grades = {
        name: grade(" ".join(block if block[-1] in ".?!" else f"{block}." for block in blocks_of(response)))
        for name, response in pages.items()
    }
    assert {name: g for name, g in grades.items() if g > (5 if name == "help" else 6)} == {}


def test_no_page_claims_to_watch_or_to_judge(pages):
    assert {name for name, response in pages.items() if CLAIMS.search(" ".join(blocks_of(response)))} == set()


@pytest.mark.parametrize(
    "words",
    [sessions.NOTHING_SAID, sessions.NOT_YET, sessions.TOO_LONG_AGO, sessions.TOO_LATE, sessions.ALREADY_SAVED],
)
def test_what_the_service_says_is_short_and_plain(words):
    assert longest_sentence(words) <= 15
    assert grade(words) <= 6
