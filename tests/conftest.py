import pytest
from django.core.cache import cache
from django.db import connection

from hipcare import triggers


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
