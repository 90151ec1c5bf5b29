"""Where words stand on the printed sheet: none over another, captions in their column, air above the foot."""

import re
import subprocess
from itertools import combinations
from typing import NamedTuple

import pytest

from exercises.pictures import has_three
from tests.programmes.handouts.sheets import given_sheet, library, pdf_of

pytestmark = pytest.mark.django_db

MM = 72 / 25.4
TEXT_COLUMN = (12 + 78.5) * MM  # the page's margin, and what an exercise leaves to its pictures
FOOT_RULE = (297 - 18 + 3) * MM
AIR = 2.5 * MM
A_HEADING = 18  # points; a heading's words are higher than any others on its page but the page's own
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
LONG = "Open a little wider"


class Word(NamedTuple):
    """A word and where it stands, in points from the top left of the page."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def height(self):
        return self.bottom - self.top

    def is_over(self, other):
        """Say whether this covers a part of ``other``; a word's box has air in it, so that lines overlap a little."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 0.5 and down > min(self.height, other.height) / 3


def all_words_of(pdf):
    """Return the words of each page."""
    found = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    pages = [WORD.findall(page) for page in found.split("<page ")[1:]]
    return [[Word(*map(float, where), text) for *where, text in page] for page in pages]


def words_of(pdf):
    """Return the words of each page, without those of its foot."""
    return [[word for word in page if word.top < FOOT_RULE] for page in all_words_of(pdf)]


def captions_on(page):
    """Return the words of a page of exercises that begin left of its text: what is under and beside the pictures."""
    first = min(word.top for word in page if word.height > A_HEADING and word.left > TEXT_COLUMN - 1)
    ends = [word.top for word in page if word.text in {"Version", "What", "Before"} and word.left < 13 * MM]
    return [word for word in page if word.left < TEXT_COLUMN - 1 and first < word.top < min(ends, default=FOOT_RULE)]


def assert_in_order(pages, expected):
    for page in pages:
        assert [(one, other) for one, other in combinations(page, 2) if one.is_over(other)] == []
        assert max(word.bottom for word in page) < FOOT_RULE - AIR
    captions = [word for page in pages[1:] for word in captions_on(page)]
    assert sorted(word.text for word in captions if not word.text.isdigit()) == sorted(" ".join(expected).split())
    assert [word for word in captions if word.right > TEXT_COLUMN - MM] == []


@pytest.mark.parametrize("caption", ["", LONG, "Straighten"])
@pytest.mark.parametrize("part", [slice(7), slice(7, 19), slice(14, 26)], ids=["first 7", "next 12", "last 12"])
def test_captions_keep_to_their_column_whatever_they_say(part, caption):
    chosen = library()[part]
    texts = [one.pinned_text() for one in chosen]
    said = [text | ({"start_label": caption, "end_label": caption} if caption else {}) for text in texts]
    version = given_sheet(slugs=[one.slug for one in chosen], rows=[{"text": text} for text in said])
    expected = [text[f"{kind}_label"] for text in said for kind in ("start", "end")]
    expected += ["On the way" for one in chosen if has_three(one)]
    assert_in_order(words_of(pdf_of(version)), expected)
