"""The papers for newcomers say what is so."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]


def rooms_in_docs(name):
    """Return the numbered lists under a heading: [["urls", "management"], ["views"], …]."""
    found = re.search(rf"^### {re.escape(name)}$(.*?)(?=^##|\Z)", ARCHITECTURE, re.MULTILINE | re.DOTALL)
    assert found, f"docs/architecture.md has no list “{name}”"
    return [re.findall(r"`([\w.]+)`", line) for line in re.findall(r"^\d+\. .*$", found[1], re.MULTILINE)]


@pytest.mark.parametrize("contract", [one for one in CONTRACTS if one["type"] == "layers"], ids=lambda one: one["name"])
def test_architecture_lists_the_rooms_as_the_contracts_hold_them(contract):
    layers = [re.split(r"\s*[:|]\s*", layer) for layer in contract["layers"]]
    assert rooms_in_docs(contract["name"]) == layers


def test_every_paper_that_docs_point_to_is_there():
    for page in (ROOT / "docs").glob("*.md"):
        for target in re.findall(r"\]\(([^)#:]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} points to {target}"


def test_every_module_the_papers_name_is_there():
    for page in (ROOT / "docs").glob("*.md"):
        for path in re.findall(
            r"`((?:hipcare|exercises|programmes|tests)/[\w/]+(?:\.py)?)`", page.read_text(encoding="utf-8")
        ):
            assert (ROOT / path).exists(), f"{page.name} names {path}"
