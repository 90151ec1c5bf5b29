"""Topics are printed with the handout: after the exercises, each from a new page on, in the words they were given."""

import page
import pytest

from exercises.library.topic_files import load_topics
from exercises.models import Topic
from programmes.handouts import archive
from programmes.handouts.archive import print_handout, reprint_handout
from programmes.handouts.content import sheet_of
from programmes.handouts.fingerprint import parts_of
from programmes.handouts.layouts import FULL, LARGE
from programmes.handouts.since import last_sheet
from programmes.handouts.versions import with_everything
from tests.programmes.handouts.sheets import PlainRenderer, given_sheet, pages_of, pdf_of

pytestmark = pytest.mark.django_db

SLUGS = ("does-exercise-help", "pacing-and-sleep", "water-exercise")


@pytest.fixture
def given():
    load_topics()
    topics = [Topic.objects.get(slug=slug) for slug in SLUGS]
    fields = {"topics": [str(one.pk) for one in topics], "topic_words": [one.pinned_text() for one in topics]}
    return given_sheet(4, **fields)


@pytest.mark.parametrize(("layout", "more"), [(FULL, 3), (LARGE, 7)])
def test_each_topic_begins_on_a_page_of_its_own_after_the_exercises(given, layout, more):
    pdf = pdf_of(given, layout=layout)
    pages = [" ".join(text.split()) for text in pages_of(pdf)]
    first = {next(n for n, text in enumerate(pages) if text.startswith(read.title)) for read in given.readings}
    assert len(first) == 3
    assert min(first) == len(pages_of(pdf_of(given_sheet(4, programme=given.programme, number=2), layout=layout)))
    assert len(pages) - min(first) <= more
    whole = " ".join(pages)
    for words in (
        "In 18 trials", "How sure are we?", "Some support.", "Where this comes from", "10.1136/bmj.k1662",
        "The same words for everyone.", "To be checked again by 29 November 2027.",
    ):  # fmt: skip
        assert words in whole, words
    assert page.is_pdf_compliant_bytes(pdf, profile="ua1")


def test_print_again_is_byte_for_byte_although_the_library_has_changed(given, monkeypatch):
    monkeypatch.setattr(archive, "renderer", PlainRenderer())
    monkeypatch.setattr(archive, "make_ready", lambda _pictures: None)
    first = print_handout(version=given, by=given.given_by)
    Topic.objects.update(title="Something else")
    assert bytes(reprint_handout(handout=first, by=given.given_by).pdf) == bytes(first.pdf)
    assert print_handout(version=given, by=given.given_by).pk == first.pk
    assert last_sheet(with_everything(given)).is_current


def test_a_sheet_without_topics_says_nothing_of_them():
    assert "topics" not in parts_of(sheet_of(with_everything(given_sheet(1)), None, None))
