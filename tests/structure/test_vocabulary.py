"""One word for one thing: "current version" and "version before", and nothing else for either."""

import re

import pytest

from tests.structure.test_layers import ROOT, sources

OTHER_WORDS = re.compile(
    r"\b(in_use|in_force|rows?_replaced|replaced_by|replaced_version|newest_version|version_now|earlier_version)\b"
    r"|\bversions? (that is )?(now )?in (use|force)\b|\b(newest|replaced|superseded) versions?\b",
    re.IGNORECASE,
)
OF_SOMETHING_ELSE = {"exercises/signatures.py", "exercises/library/signing.py"}  # a signature in force


def other_words(source):
    """Return the lines of a module or a template that call either version by another name.

    What people read is not asked: a string that is no docstring says "now in use" to them.
    """
    return [n for n, line in enumerate(source.splitlines(), 1) if OTHER_WORDS.search(line)]


def test_either_version_has_one_name():
    ours = {str(path.relative_to(ROOT)): path for path in [*sources(), *(ROOT / "templates").rglob("*.html")]}
    found = {name: other_words(path.read_text()) for name, path in ours.items() if name not in OF_SOMETHING_ELSE}
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "planted",
    [
        "in_use = programme.versions.last()",
        "def replaced_by(version): ...",
        "# the version in force",
        "{% if in_use %}",
        '"""Return the newest version."""',
    ],
)
def test_a_planted_other_name_is_found(planted):
    assert other_words(planted) == [1]


@pytest.mark.parametrize("fine", ["current = programme.current", "the plan in use", "before = version.previous"])
def test_words_for_people_and_for_other_things_pass(fine):
    assert other_words(fine) == []
