"""Files written by others are exactly those named in ``MANIFEST.json``."""

import hashlib
import json
from pathlib import Path

import pytest
from django.conf import settings

VENDOR = Path(settings.BASE_DIR) / "hipcare" / "static" / "vendor"
MANIFEST = json.loads((VENDOR / "MANIFEST.json").read_text())


def sha256(content):
    return hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["file"])
def test_vendored_file_has_the_recorded_hash(entry):
    assert sha256((VENDOR / entry["file"]).read_bytes()) == entry["sha256"]


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["file"])
def test_vendored_file_is_pinned_and_carries_its_licence(entry):
    version = entry["package"].rpartition("@")[2]
    assert version in entry["file"]
    assert entry["licence"] in {"MIT", "0BSD"}
    assert (VENDOR / entry["licence_file"]).stat().st_size > 500


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["file"])
def test_vendored_file_is_as_its_package_has_it(entry):
    assert sha256((VENDOR / entry["file"]).read_bytes()) == entry["sha256_in_package"]
    assert entry["changed"] == ""


def test_every_vendored_file_is_in_the_manifest():
    named = {entry[key] for entry in MANIFEST for key in ("file", "licence_file")}
    assert {path.name for path in VENDOR.iterdir()} == named | {"MANIFEST.json"}
