"""What ``--no-repeats`` leaves out on the second database cannot have asked one."""

from types import SimpleNamespace

import pytest
from django.db import connection

from tests.conftest import may_ask_a_database, pytest_collection_modifyitems


def a_test(*fixtures, marks=()):
    return SimpleNamespace(fixturenames=fixtures, get_closest_marker=lambda name: name if name in marks else None)


ASKING = [
    a_test("db"),
    a_test("client", "transactional_db"),
    a_test("new_server"),
    a_test(marks=["django_db"]),
    a_test(marks=["server"]),
    a_test(marks=["e2e"]),
    a_test(marks=["bench"]),
    a_test("django_db_setup"),
]


def left_of(items, *, no_repeats):
    """Return what runs of ``items``, and what is said to be left out."""
    left_out = []
    hook = SimpleNamespace(pytest_deselected=lambda items: left_out.extend(items))  # noqa: PLW0108 - called by name
    pytest_collection_modifyitems(SimpleNamespace(getoption=lambda _name: no_repeats, hook=hook), items)
    return items, left_out


def test_who_may_ask_a_database_runs_on_both():
    assert left_of([*ASKING], no_repeats=True) == (ASKING, [])


def test_what_asks_none_runs_once():
    plain = a_test("client", "tmp_path")
    assert left_of([plain, ASKING[0]], no_repeats=True) == ([ASKING[0]], [plain])
    assert left_of([plain, ASKING[0]], no_repeats=False) == ([plain, ASKING[0]], [])


def test_a_test_that_says_nothing_of_a_database_is_refused_it(request):
    assert not may_ask_a_database(request.node)
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        connection.cursor()


def test_fixtures_that_are_named_while_a_test_runs_are_seen_by_nobody(request):
    """They are asked for by tests that ask for the database as well: ``any_page`` alone."""
    root = request.config.rootpath / "tests"
    asking = [path for path in root.rglob("*.py") if "request.getfixture" + "value" in path.read_text(encoding="utf-8")]
    assert [str(path.relative_to(root)) for path in asking] == ["templates/test_bases.py"]
