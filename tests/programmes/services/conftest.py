"""A library that may be spoilt."""

import shutil

import pytest

from exercises.library.loading import FOLDER


@pytest.fixture
def folder(tmp_path):
    """Return a copy of the library that a test may spoil."""
    shutil.copytree(FOLDER, tmp_path / "library")
    return tmp_path / "library"
