"""Gate 4: who may do what, at every address, in one table (``routes.py``) that must match the site."""

from collections import Counter
from copy import deepcopy
from urllib.parse import urlsplit

import pytest
from django.shortcuts import resolve_url

from tests.structure.addresses import VIEWS, address, audience_of, is_public
from tests.structure.routes import GET, POST, ROWS
from tests.structure.world import Visitor, build_world, client_of, undone

METHODS = {GET, POST, "PUT", "PATCH", "DELETE"}


@pytest.fixture(scope="module")
def built(rows_of_the_module):
    return rows_of_the_module(build_world)


@pytest.fixture
def world(db, built):
    return deepcopy(built)


def visit(row, world, visitor):
    """Return the status ``visitor`` gets; whoever needs a session is sent to where they get in."""
    with undone():
        client = client_of(world.people[visitor])
        path = address(row.route, world)
        response = client.get(path) if row.method == GET else client.post(path, row.posted(world))
    if visitor is Visitor.NOBODY and not is_public(row.route):
        door = "pair" if audience_of(row.route).is_of_patients else "account_login"
        assert urlsplit(response.url).path == resolve_url(door), row
    return response.status_code


def test_every_address_has_a_row_and_every_row_an_address():
    assert {row.route for row in ROWS} == set(VIEWS)


def test_no_row_is_there_twice():
    assert [pair for pair, times in Counter((row.route, row.method) for row in ROWS).items() if times > 1] == []


def test_no_part_of_an_address_holds_two_words_of_any_length():
    """Such a part can be read in many ways: a long wrong address would keep a worker busy before anybody signs in."""
    endless = ("<slug:", "<str:", "<path:")
    parts = [part for route in VIEWS for part in route.split("/")]
    assert [part for part in parts if sum(map(part.count, endless)) > 1] == []


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_visitors_get_what_the_table_says(row, world):
    assert {visitor.value: visit(row, world, visitor) for visitor in Visitor} == row.expected


@pytest.mark.parametrize("route", sorted({row.route for row in ROWS}))
def test_methods_without_a_row_are_refused(route, world):
    people = (world.people[Visitor.OWN_LEAD], world.people[Visitor.OWN_PATIENT])
    admitted = next(person for person in people if audience_of(route).admits(person))
    answers = {}
    for method in METHODS - {row.method for row in ROWS if row.route == route}:
        with undone():
            answers[method] = client_of(admitted).generic(method, address(route, world)).status_code
    assert set(answers.values()) <= {405}, answers
