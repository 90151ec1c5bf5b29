import os

import pytest
from django.core.cache import cache
from django.db import connection

from hipcare import triggers
from tests.server import Server


def pytest_addoption(parser):
    parser.addoption("--no-skips", action="store_true", help='fail when a test is skipped, save "only on <database>"')


def pytest_terminal_summary(terminalreporter, config):
    """A suite that skipped what it could have run is not green: `make test` asks for that."""
    skipped = [report.longrepr[2] for report in terminalreporter.stats.get("skipped", []) if report.longrepr]
    wrong = [reason for reason in skipped if not reason.removeprefix("Skipped: ").startswith("only on ")]
    if config.getoption("--no-skips") and wrong:
        terminalreporter.section("skipped, and should not be")
        terminalreporter.write_line("\n".join(wrong))
        terminalreporter._session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Let SQLite empty the trail between tests that need real commits: its flush is a plain DELETE."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            triggers.drop(connection, "audit_entry", "delete")


@pytest.fixture(autouse=True)
def _fresh_limits():
    """No test inherits another's sign-in tries."""
    cache.clear()


@pytest.fixture(scope="session")
def new_server(tmp_path_factory):
    """Return a function that gives a prepared server of one's own, not yet started, with ``settings`` if any."""
    made = []

    def prepared(*options, **settings):
        made.append(
            Server(tmp_path_factory.mktemp("server"), postgres=os.environ.get("TEST_DATABASE_URL", ""), **settings)
        )
        made[-1].prepare(*options)
        return made[-1]

    yield prepared
    for server in made:
        server.discard()


@pytest.fixture(scope="session")
def server(new_server):
    """Return a running server with the demo clinic, for every test that only asks it things or adds to it."""
    running = new_server("--demo")
    running.start()
    return running
