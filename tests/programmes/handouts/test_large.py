"""Large print: nothing below 16 point, nothing clipped, larger pictures, and every word of the full sheet."""

import re
from itertools import combinations

import page
import pikepdf
import pytest

from programmes.handouts.layouts import FULL, LARGE
from tests.factories import PatientFactory
from tests.programmes.handouts.sheets import given_sheet, pages_of, pdf_of
from tests.programmes.handouts.test_pdf import AFTER_AN_OPERATION, NOTE, RULE, elements, opened
from tests.programmes.handouts.test_where_words_stand import all_words_of

pytestmark = pytest.mark.django_db

MM = 72 / 25.4
PX = 72 / 96
CASES = {
    "plain": {},
    "every box": {"note": f"{NOTE} {NOTE}", "rows": [{"note": NOTE, "load": "red band", "sets": 3}] * 4}
    | AFTER_AN_OPERATION,
}


@pytest.fixture(params=CASES.values(), ids=CASES)
def large(request):
    return pdf_of(given_sheet(4, **request.param), layout=LARGE)


def sizes_in(pdf):
    """Return the points of every text that is set, and of nothing that is drawn: forms have no text."""
    with opened(pdf) as file:
        for one in file.pages:
            for instruction in pikepdf.parse_content_stream(one):
                if str(instruction.operator) == "Tf":
                    yield float(instruction.operands[1]) * PX


def picture_sizes(pdf):
    """Return width and height in millimetres of each form that is drawn, in order, the code aside."""
    with opened(pdf) as file:
        for one in file.pages:
            scale = None
            for instruction in pikepdf.parse_content_stream(one):
                if str(instruction.operator) == "cm":
                    scale = [float(number) for number in instruction.operands]
                elif str(instruction.operator) == "Do":
                    box = one.Resources.XObject[str(instruction.operands[0])].BBox
                    yield tuple(round(scale[at] * float(box[at // 3 + 2]) * PX / MM) for at in (0, 3))


def test_nothing_is_set_below_16_point_and_the_body_is_18(large):
    sizes = [round(size, 1) for size in sizes_in(large)]
    assert min(sizes) >= 16
    assert max(sizes) >= 32
    assert sizes.count(18) > len(sizes) / 2


def test_no_word_is_over_another_or_off_the_page(large):
    for words in all_words_of(large):
        assert [(one, other) for one, other in combinations(words, 2) if one.is_over(other)] == []
        assert min(word.left for word in words) >= 14 * MM
        assert max(word.right for word in words) <= 196 * MM
        assert max(word.bottom for word in words) <= (297 - 6) * MM


def test_each_exercise_has_a_page_after_three_in_front():
    found = pages_of(pdf_of(given_sheet(4), layout=LARGE))
    assert len(found) == 3 + 4
    assert "Stop and get help" in found[0]
    assert "6–10 Stop" in found[1]
    assert [re.search(r"\b(\d) (?:Bridge|Side-lying|Standing)", words)[1] for words in found[3:]] == list("1234")


def test_exercise_that_says_much_keeps_to_its_page():
    row = {"note": f"{NOTE} {NOTE} {NOTE}", "load": "red band", "rest_s": 30, "sets": 3, "progression": RULE}
    rows = [row] * 4
    assert len(pages_of(pdf_of(given_sheet(4, rows=rows), layout=LARGE))) == 3 + 4


def test_pictures_are_larger_than_on_the_full_sheet():
    version = given_sheet(4)
    full = list(picture_sizes(pdf_of(version, layout=FULL)))[-8:]
    large = list(picture_sizes(pdf_of(version, layout=LARGE)))[-8:]
    assert len(full) == len(large) == 8
    assert all(more[0] > 1.5 * less[0] and more[1] > 1.5 * less[1] for less, more in zip(full, large, strict=True))


def said_on(version, layout):
    words = " ".join(pages_of(pdf_of(version, layout=layout, with_code=False)))
    words = words.replace("Turn over.", "")  # about the leaf, as the page numbers are
    return set(re.findall(r"[\w’–-]+", words)) - {"Page", "of", *"0123456789"}


@pytest.mark.parametrize("fields", CASES.values(), ids=CASES)
def test_it_says_every_word_of_the_full_sheet(fields):
    version = given_sheet(4, patient=PatientFactory(affected_side="left"), **fields)
    assert said_on(version, FULL) <= said_on(version, LARGE)


def test_it_is_pdf_ua_1_with_every_picture_in_words(large):
    assert page.is_pdf_compliant_bytes(large, profile="ua1")
    with opened(large) as file:
        figures = [str(node.get("/Alt", "")) for tag, node in elements(file) if tag == "/Figure"]
    assert len(figures) == 1 + 8
    assert all(figures)
