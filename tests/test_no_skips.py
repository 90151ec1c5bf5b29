from types import SimpleNamespace

import pytest

from tests.conftest import pytest_terminal_summary


def summed_up(reason, *, no_skips):
    """Return the exit status of a run in which one test was skipped for ``reason``."""
    session = SimpleNamespace(exitstatus=pytest.ExitCode.OK)
    reporter = SimpleNamespace(
        stats={"skipped": [SimpleNamespace(longrepr=("tests/test_x.py", 7, f"Skipped: {reason}"))]},
        section=lambda _title: None,
        write_line=lambda _line: None,
        _session=session,
    )
    pytest_terminal_summary(reporter, SimpleNamespace(getoption=lambda _name: no_skips))
    return session.exitstatus


def test_a_skip_that_ci_could_cure_fails_the_run():
    assert summed_up("no Chromium here", no_skips=True) == pytest.ExitCode.TESTS_FAILED


def test_a_skip_for_the_other_database_does_not():
    assert summed_up("only on SQLite", no_skips=True) == pytest.ExitCode.OK


def test_while_working_a_skip_is_a_skip():
    assert summed_up("no Chromium here", no_skips=False) == pytest.ExitCode.OK
