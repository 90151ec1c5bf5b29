"""The phases that a programme follows, as values. Pure: no database, no clock, no request.

A phase is known by its place, from 1. Weeks are what a template says a phase is meant for; no day is worked
out of them.
"""

from typing import NamedTuple


class Weeks(NamedTuple):
    """The first and the last week of a phase; the same where it lasts one."""

    first: int
    last: int
