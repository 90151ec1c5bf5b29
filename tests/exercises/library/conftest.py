"""The shared library, loaded."""

import pytest

from exercises.library.loading import load_exercises
from exercises.models import Exercise


@pytest.fixture
def library(db):
    load_exercises()
    return {exercise.slug: exercise for exercise in Exercise.objects.all()}
