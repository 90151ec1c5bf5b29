import os
import shutil
import subprocess
import sys

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from hypothesis import settings

from hipcare import triggers
from tests.server import Server

# A commit's tests say the same each time; new cases are looked for with `pytest --hypothesis-profile=search`.
settings.register_profile("search", max_examples=1500, deadline=None)
settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")


def pytest_addoption(parser):
    parser.addoption("--no-skips", action="store_true", help='fail when a test is skipped, save "only on <database>"')
    parser.addoption("--no-repeats", action="store_true", help="leave out tests that no database could change")


DATABASE = {"db", "transactional_db", "django_db_setup", "new_server"}
MAY_ASK_A_DATABASE = ("django_db", "server", "e2e", "bench")


def may_ask_a_database(item):
    """Whoever asks without one of these fixtures and marks is refused by pytest-django, or starts a program."""
    return not DATABASE.isdisjoint(item.fixturenames) or any(map(item.get_closest_marker, MAY_ASK_A_DATABASE))


def pytest_collection_modifyitems(config, items):
    """Leave out with ``--no-repeats`` what says the same on every database: `make test` asks for that on the second."""
    if config.getoption("--no-repeats"):
        same = [item for item in items if not may_ask_a_database(item)]
        config.hook.pytest_deselected(items=same)
        items[:] = [item for item in items if may_ask_a_database(item)]


def pytest_terminal_summary(terminalreporter, config):
    """Fail with ``--no-skips`` where tests were skipped that could have run: `make test` asks for that."""
    skipped = [report.longrepr[2] for report in terminalreporter.stats.get("skipped", []) if report.longrepr]
    wrong = [reason for reason in skipped if not reason.removeprefix("Skipped: ").startswith("only on ")]
    if config.getoption("--no-skips") and wrong:
        terminalreporter.section("skipped, and should not be")
        terminalreporter.write_line("\n".join(wrong))
        terminalreporter._session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Let SQLite empty the trail between tests that need real commits: its flush is a plain DELETE.

    And let a patient who signs in have a device.
    """
    from tests import signing_in  # noqa: F401, PLC0415 - there are no models yet when this file is read

    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            triggers.drop(connection, "audit_entry", "delete")


@pytest.fixture(autouse=True)
def _fresh_limits():
    """No test inherits another's sign-in tries."""
    cache.clear()


@pytest.fixture(scope="module")
def rows_of_the_module(django_db_setup, django_db_blocker):
    """Return a function that makes rows for all tests of a module: each finds them as they were made."""
    with django_db_blocker.unblock():
        around = transaction.atomic()
        around.__enter__()

    def made(make):
        with django_db_blocker.unblock():
            return make()

    yield made
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture
def physio(db):
    return factories().PhysioFactory()


@pytest.fixture
def lead(db):
    return factories().LeadFactory()


@pytest.fixture
def patient(db):
    return factories().PatientFactory()


@pytest.fixture
def staff(client, physio):
    """Return the browser of ``physio``, whichever the module's is."""
    client.force_login(physio, backend="hipcare.clinics.backends.StaffBackend")
    return client


def factories():
    from tests import factories  # noqa: PLC0415 - there are no models yet when this file is read

    return factories


@pytest.fixture(scope="session")
def new_server(tmp_path_factory):
    """Return a function that gives a server of one's own with the demo clinic, not yet started, under ``settings``."""
    made = []

    def like_the_first(**settings):
        folder, postgres = tmp_path_factory.mktemp("server"), os.environ.get("TEST_DATABASE_URL", "")
        if not made:
            made.append(Server(tmp_path_factory.mktemp("pattern"), postgres))
            made[0].prepare("--demo")
        made.append(Server(folder, postgres, like=made[0], **settings))
        return made[-1]

    yield like_the_first
    for server in made:
        server.discard()


@pytest.fixture(scope="session")
def server(new_server):
    """Return a running server with the demo clinic, for every test that only asks it things or adds to it."""
    running = new_server()
    running.start()
    return running


@pytest.fixture(scope="session")
def bring_pip(pytestconfig, tmp_path_factory):
    """Return a function that gives the folder of a pip: brought once by its hash, then kept in pytest's cache."""

    def kept(wanted):
        folder = pytestconfig.cache.mkdir("pips") / wanted.stem
        if not folder.exists():
            new = tmp_path_factory.mktemp("pip") / "new"
            command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps"]
            subprocess.run([*command, "--require-hashes", "--target", new, "--requirement", wanted], check=True)
            moved = shutil.copytree(new, folder.with_name(f"{wanted.stem}.{os.getpid()}"))
            try:
                moved.rename(folder)
            except OSError:  # another process was first
                shutil.rmtree(moved)
        return folder

    return kept
