"""The library's files as they stand, for the tests of what is in them."""

import json

from django.conf import settings

from exercises.library.loading import EXERCISES, FOLDER, SOURCES
from programmes.services.templates import TEMPLATES

ROWS = json.loads((FOLDER / EXERCISES).read_text(encoding="utf-8"))
BY_SLUG = {row["slug"]: row for row in ROWS}
POSES = settings.BASE_DIR / "exercises" / "figures" / "poses"
REGISTER = {row["slug"]: row for row in json.loads((FOLDER / SOURCES).read_text(encoding="utf-8"))}
STARTERS = json.loads((FOLDER / TEMPLATES).read_text(encoding="utf-8"))
LEGS = ("left", "right")


def verdict(row, caution_class):
    """Return what an exercise comes to for a class of patients."""
    return row["cautions_for"][caution_class]["verdict"]


# Templates


PHASED = [row for row in STARTERS if "phases" in row]
LISTS = [(row, part["items"]) for row in STARTERS for part in row.get("phases", [row])]
