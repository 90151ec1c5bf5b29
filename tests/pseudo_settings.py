"""The production settings with two languages that nobody speaks, for a server of its own."""

import os
from pathlib import Path

from hipcare.settings import *  # noqa: F403 - as tests/settings.py does
from tests.pseudo import LANGUAGES  # noqa: F401

LOCALE_PATHS = [Path(os.environ["PSEUDO_LOCALE"])]
