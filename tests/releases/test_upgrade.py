"""A database of each release, filled by people, upgraded to today: nothing is lost and every page can be read."""

import json
import os
import subprocess
import sys

import pytest

from tests.releases.rows import BEFORE_THE_FIRST, releases
from tests.server import ROOT, Server

pytestmark = pytest.mark.server

# Tables whose rows a later migration moves or adds on purpose, with the reason. Nothing else may change its count.
MOVED: dict[str, str] = {"programmes_patientsummary": "filled from what patients were given and did"}


@pytest.fixture(scope="module", params=releases())
def upgraded(request, tmp_path_factory):
    """Return what was found in an upgraded database of a release."""
    postgres = os.environ.get("TEST_DATABASE_URL", "")
    empty = Server(tmp_path_factory.mktemp("upgraded"), postgres)
    environment = {key: value for key, value in empty.environment.items() if key != "DATABASE_URL"}
    if postgres:
        environment["TEST_DATABASE_URL"] = empty.environment["DATABASE_URL"]
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tests.releases", "upgrade", request.param],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        empty.discard()
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout.splitlines()[-1]) | {"release": request.param}


def test_no_row_is_lost_or_added(upgraded):
    before = {table: count for table, count in upgraded["before"].items() if table not in MOVED}
    after = {table: count for table, count in upgraded["after"].items() if table not in MOVED}
    assert before == after
    assert sum(before.values()) > 400


@pytest.mark.parametrize("visitor", ["staff", "patient"])
def test_every_page_can_be_read(upgraded, visitor):
    pages = upgraded[visitor]
    assert {address: status for address, status in pages.items() if status not in {200, 302}} == {}
    many = {"staff": 40, "patient": 5}[visitor]
    assert list(pages.values()).count(200) >= many


def test_pages_of_patients_and_exercises_are_among_them(upgraded):
    assert len([page for page in upgraded["staff"] if page.startswith("/patients/") and page != "/patients/"]) >= 5
    assert len([page for page in upgraded["staff"] if page.startswith("/exercises/")]) >= 5
    assert "/today/" in upgraded["patient"]


def test_what_mixed_easier_ways_with_other_exercises_is_kept_for_staff_and_offered_to_nobody(upgraded):
    assert bool(upgraded["ways"]) is (upgraded["release"] == BEFORE_THE_FIRST)
    if upgraded["ways"]:
        easier, swaps = upgraded["ways"]
        assert any(easier.values())
        assert swaps == easier
        assert len(upgraded["offered"]) >= 4
        assert [easings for easings in upgraded["offered"] if easings] == []


def test_archived_sheets_are_the_same_bytes(upgraded):
    assert upgraded["reprinted"] >= 2


def test_server_would_call_itself_well(upgraded):
    assert upgraded["unwell"] == []
