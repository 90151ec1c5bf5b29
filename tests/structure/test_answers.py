"""What a patient can say of a session is listed where it is kept, where it is asked and where it becomes words."""

import re
from pathlib import Path

import pytest

from programmes.models.session import ANSWERS
from tests.structure.test_layers import ROOT, sources

LISTED = {"programmes/models/session.py", "programmes/forms/session_form.py", "programmes/wording/answer_words.py"}
# Charts and the list of patients have pain and note as numbers and as words; which exercise hurt is a place in
# a version, which whoever has its rows gives a name.
SHOWN_ELSEWHERE = {"pain", "note", "hurt"}
PLACES = [*sources(), *(ROOT / "templates").rglob("*.html"), *(ROOT / "hipcare" / "static" / "js").rglob("*.js")]
ONLY_ASKED = sorted({*ANSWERS} - SHOWN_ELSEWHERE)


def naming(name: str, paths: list[Path]) -> set[str]:
    """Return the files that name an answer, as a field or as text."""
    named = re.compile(rf"\b{name}\b")
    ours = (path for path in paths if "migrations" not in path.parts and "figures" not in path.parts)
    return {str(path.relative_to(ROOT)) for path in ours if named.search(path.read_text())}


def test_an_answer_that_is_only_asked_and_told_is_there():
    assert ONLY_ASKED == ["effort"]


@pytest.mark.parametrize("name", ONLY_ASKED)
def test_an_answer_is_named_in_three_places(name):
    assert naming(name, PLACES) == LISTED


def test_a_page_that_lists_it_again_would_be_found():
    page = ROOT / "templates" / "programmes" / "patient" / "partials" / "how_it_went.html"
    assert naming("pain", [page]) == {"templates/programmes/patient/partials/how_it_went.html"}
