"""Rules work on values: no sentence, no name of a day and no other English word stands in them. Wording makes words."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RULES = sorted((ROOT / "programmes" / "rules").glob("*.py"))
READ_BY_PEOPLE = re.compile(r"[A-Za-z] | [A-Za-z]|^\W*[A-Z][a-z]|%[A-Za-z]")


def words_in(source):
    """Return the texts in ``source`` that look as if people read them, docstrings aside."""
    tree = ast.parse(source)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    types = {id(part) for node in ast.walk(tree) for part in annotations(node)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if id(node) not in told | types and READ_BY_PEOPLE.search(node.value)
    ]


def annotations(node):
    """Yield the nodes of a type that is written as a text."""
    for written in (getattr(node, "annotation", None), getattr(node, "returns", None)):
        yield from ast.walk(written) if written else ()


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_rules_hold_no_words(path):
    assert words_in(path.read_text()) == []


@pytest.mark.parametrize(
    "mistake",
    [
        'def f(n):\n    return f"{n} of 3"',
        'DAYS = ("Mon", "Tue")',
        'def f(day):\n    return f"{day:%A}"',
        'X = {"a": "not due"}',
        'def f():\n    """Say it."""\n    return "Rest for " + seconds',
    ],
)
def test_a_planted_word_is_found(mistake):
    assert words_in(mistake) != []


def test_keys_and_docstrings_are_no_words():
    assert (
        words_in('"""A rule."""\n\n\nclass A(B):\n    """Say."""\n\n    X: "Other" = "as_needed"\n    """Why."""') == []
    )
