"""Everything a patient reads on our pages: short sentences, plain words, nothing that claims too much.

The pages are rendered and their text is read block by block, as a person reads it.
"""

import re
from html.parser import HTMLParser

import pytest

from exercises.readability import grade
from programmes.services import sessions
from tests.plain_words import longest_sentence
from tests.programmes.patient_pages import every_page

pytestmark = pytest.mark.django_db
BLOCKS = {"p", "li", "h1", "h2", "h3", "legend", "label", "summary", "button", "a", "dt", "dd", "figcaption", "option"}
CLAIMS = re.compile(r"\b(monitor|detect|diagnos|alert)", re.IGNORECASE)


class Reader(HTMLParser):
    """Collects the words of main, header and footer, one entry a block."""

    def __init__(self):
        super().__init__()
        self.blocks, self.words = [], []
        self.is_in_script = False

    def handle_starttag(self, tag, _attrs):
        self.is_in_script = tag == "script"
        if tag in BLOCKS | {"br", "div", "section", "main"}:
            self.close_block()

    def handle_endtag(self, tag):
        self.is_in_script = False
        if tag in BLOCKS | {"div", "section", "main", "title"}:
            self.close_block()

    def handle_data(self, data):
        if not self.is_in_script:
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


@pytest.fixture
def pages():
    return every_page()


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
    assert longest_sentence(str(words)) <= 15
    assert grade(str(words)) <= 6
