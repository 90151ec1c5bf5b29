"""``python -m tests.releases keep 0.1.0`` keeps a release; ``upgrade 0.1.0`` is for ``test_upgrade.py``."""

import argparse
import importlib
import os

import django

COMMANDS = ("keep", "upgrade")

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.releases", description=__doc__)
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("release")
    asked = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    if asked.command == "keep":
        os.environ.pop("TEST_DATABASE_URL", None)  # rows are written out of SQLite
    django.setup()
    importlib.import_module(f"tests.releases.{asked.command}").main(asked.release)
