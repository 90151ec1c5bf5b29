"""Fixtures that several modules here ask for."""

from tests.exercises.libraries import make_broken, make_engine, make_shelf

__all__ = ["make_broken", "make_engine", "make_shelf"]
