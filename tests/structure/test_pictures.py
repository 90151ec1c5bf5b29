"""Templates ask for pictures in one way: of a known leg, of the patient’s own person, in words or beside them."""

import re

import pytest

from tests.structure.test_templates import PAGES, ROOT
from tests.walks import for_each

TAG = re.compile(r"{%\s*(figure_img|telling_img|figure_shape|movement_img|figure|example_img)\s+(.*?)%}")
OF_THE_LIBRARY = {"figure", "example_img"}  # these show one picture of it, whoever looks
WORD = re.compile(r"""\"[^"]*\"|'[^']*'|\S+""")
PATIENTS = "templates/programmes/"
OWN = "person=patient.person"
HANDED_OVER = {"templates/programmes/patient/partials/pictures.html": "person=person"}
"""A part that is kept for what it shows, and is given the patient's own person by name."""
OF_NOBODY = {
    "templates/programmes/partials/template_card.html",
    "templates/programmes/template_save.html",
    "templates/programmes/partials/template_rows.html",
}
"""Pages of no patient: programmes that are anybody's."""
BESIDE_THE_NAME = {
    "templates/clinics/front.html",
    "templates/clinics/pair_confirm.html",
    "templates/exercises/partials/found.html",
    "templates/exercises/partials/relatives.html",
    "templates/programmes/partials/builder_library.html",
    "templates/programmes/partials/builder_row_short.html",
    "templates/programmes/partials/builder_swaps.html",
    "templates/programmes/partials/builder_start.html",
    "templates/programmes/partials/diary_table.html",
    "templates/programmes/partials/template_card.html",
    "templates/programmes/partials/template_rows.html",
    "templates/programmes/template_save.html",
}
"""Here the exercise's name stands beside its picture, to be chosen by, and its page tells the picture in words."""


def is_fixed(word):
    return word.startswith(("'", '"'))


def problems(source, path):
    """Return what is wrong with the pictures that a template asks for."""
    return [problem for tag, words in TAG.findall(source) for problem in amiss(tag, WORD.findall(words), path)]


def amiss(tag, words, path):
    """Yield what is wrong with one tag."""
    (what, side, *rest), named = [word for word in words if "=" not in word], [word for word in words if "=" in word]
    if is_fixed(what) != (tag in OF_THE_LIBRARY) or what.endswith("slug"):
        yield f"{what} is a slug, which a clinic's own exercise may bear too"
    if not is_fixed(what) and is_fixed(side):
        yield f"{what} is always of the {side} leg"
    if tag not in {"figure_img", "telling_img", "movement_img", "example_img"}:
        return
    if (
        not is_fixed(what)
        and path.startswith(PATIENTS)
        and path not in OF_NOBODY
        and HANDED_OVER.get(path, OWN) not in named
    ):
        yield f"{what} is not of the patient's person"
    has_words = "says=True" in named if tag == "telling_img" else len(rest) >= 2
    if path not in BESIDE_THE_NAME and not has_words:
        yield f"{what} has no words"


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
        ('{% figure_img row "right" "end" row.end_alt person=patient.person %}', "templates/programmes/x.html"),
        ('{% figure_img row row.picture_side "end" row.end_alt %}', "templates/programmes/x.html"),
        ('{% figure_img row row.side "end" row.end_alt person="maple" %}', "templates/programmes/x.html"),
        ('{% figure_img row row.side "end" person=patient.person %}', "templates/programmes/x.html"),
        (
            '{% figure_img row.words.slug row.side "end" row.end_alt person=patient.person %}',
            "templates/programmes/x.html",
        ),
        ("{% movement_img row row.side row.dose row.movement_alt %}", "templates/programmes/x.html"),
        ("{% movement_img row row.side row.dose person=patient.person %}", "templates/programmes/x.html"),
        ('{% figure_img exercise "both" "end" read.end_alt %}', "templates/exercises/x.html"),
        ('{% figure_img exercise.slug side "end" read.end_alt %}', "templates/exercises/x.html"),
        ('{% figure_img "bridge" "both" "end" "In words" %}', "templates/exercises/x.html"),
        ('{% example_img "bridge" "both" "end" %}', "templates/exercises/x.html"),
        ('{% example_img exercise.slug side "end" "In words" %}', "templates/exercises/x.html"),
        ("{% telling_img row row.picture_side says=True %}", "templates/programmes/x.html"),
        ("{% telling_img row row.picture_side person=patient.person %}", "templates/programmes/x.html"),
        ("{% telling_img exercise.slug side says=True %}", "templates/exercises/x.html"),
        ('{% telling_img exercise "right" says=True %}', "templates/exercises/x.html"),
        ('{% figure exercise.slug side "end" %}', "templates/exercises/x.html"),
        ('{% figure_shape exercise "right" as shape %}', "templates/exercises/x.html"),
        ("{% figure_shape exercise.slug side as shape %}", "templates/exercises/x.html"),
    ],
)
def test_a_planted_mistake_is_found(planted, path):
    assert problems(planted, path) != []


def test_a_good_picture_passes():
    good = '{% figure_img row row.picture_side "end" row.end_alt person=patient.person lazy=False %}'
    assert problems(good, "templates/programmes/x.html") == []
