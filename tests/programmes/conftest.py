"""The two languages that nobody speaks, for the tests that read what patients read."""

import pytest

from tests.pseudo import BACKWARDS, LANGUAGES, LONG, write_catalogues


@pytest.fixture(scope="session")
def catalogues(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pseudo")
    write_catalogues(folder)
    return folder


@pytest.fixture(params=[LONG, BACKWARDS])
def language(request, settings, catalogues):
    settings.LOCALE_PATHS = [catalogues]
    settings.LANGUAGES = LANGUAGES
    return request.param
