"""Templates ask for pictures in one way: of a known leg, of the patient’s own person, in words or beside them."""

import re

import pytest

from tests.structure.test_templates import PAGES, ROOT
from tests.walks import for_each

TAG = re.compile(r"{%\s*(figure_img|figure_shape|figure)\s+(.*?)%}")
WORD = re.compile(r'"[^"]*"|\S+')
PATIENTS = "templates/programmes/"
OWN = "person=patient.person"
OF_NOBODY = {"templates/programmes/template_list.html"}
"""Pages of no patient: programmes that are anybody's."""
BESIDE_THE_NAME = {
    "templates/clinics/pair_confirm.html",
    "templates/exercises/partials/found.html",
    "templates/exercises/partials/relatives.html",
    "templates/programmes/partials/builder_library.html",
    "templates/programmes/template_list.html",
}
"""Here the exercise's name stands beside its picture, to be chosen by, and its page tells the picture in words."""


def is_fixed(word):
    return word.startswith('"')


def problems(source, path):
    """Return what is wrong with the pictures that a template asks for."""
    return [problem for tag, words in TAG.findall(source) for problem in amiss(tag, WORD.findall(words), path)]


def amiss(tag, words, path):
    """Yield what is wrong with one tag."""
    (slug, side, *rest), named = [word for word in words if "=" not in word], [word for word in words if "=" in word]
    if not is_fixed(slug) and is_fixed(side):
        yield f"{slug} is always of the {side} leg"
    if tag != "figure_img":
        return
    if not is_fixed(slug) and path.startswith(PATIENTS) and path not in OF_NOBODY and OWN not in named:
        yield f"{slug} is not of the patient's person"
    if path not in BESIDE_THE_NAME and len(rest) < 2:
        yield f"{slug} has no words"


PATHS = [str(page.relative_to(ROOT)) for page in PAGES]


@for_each(PATHS)
def test_template_asks_for_the_right_pictures(path):
    assert problems((ROOT / path).read_text(), path) == []


def test_pictures_are_found_and_no_exception_outlives_its_page():
    asking = {path for path in PATHS if TAG.search((ROOT / path).read_text())}
    assert asking >= OF_NOBODY | BESIDE_THE_NAME
    assert len(asking) >= 10


@pytest.mark.parametrize(
    ("planted", "path"),
    [
        (
            '{% figure_img row.words.slug "right" "end" row.end_alt person=patient.person %}',
            "templates/programmes/x.html",
        ),
        ('{% figure_img row.words.slug row.picture_side "end" row.end_alt %}', "templates/programmes/x.html"),
        ('{% figure_img row.slug row.side "end" row.end_alt person="maple" %}', "templates/programmes/x.html"),
        ('{% figure_img row.slug row.side "end" person=patient.person %}', "templates/programmes/x.html"),
        ('{% figure_img exercise.slug "both" "end" read.end_alt %}', "templates/exercises/x.html"),
        ('{% figure_img "bridge" "both" "end" %}', "templates/exercises/x.html"),
        ('{% figure exercise.slug "right" "end" %}', "templates/exercises/x.html"),
        ('{% figure_shape exercise.slug "right" as shape %}', "templates/exercises/x.html"),
    ],
)
def test_a_planted_mistake_is_found(planted, path):
    assert problems(planted, path) != []


def test_a_good_picture_passes():
    good = '{% figure_img row.slug row.picture_side "end" row.end_alt person=patient.person lazy=False %}'
    assert problems(good, "templates/programmes/x.html") == []
