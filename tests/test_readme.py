"""The README's promises that a machine can hold it to."""

import ast
import re
from pathlib import Path

from django.core.management import get_commands

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def settings_read():
    """Return the names of all settings that these three modules read from the environment."""
    names = set()
    for path in ("hipcare/environment.py", "hipcare/settings.py", "hipcare/gunicorn.py"):
        for call in (n for n in ast.walk(ast.parse((ROOT / path).read_text())) if isinstance(n, ast.Call)):
            words = ast.unparse(call.func)
            if words == "read_or_stop":
                names.add(call.args[1].value)
            elif words in {"env.str", "os.environ.get", "os.getenv"}:
                names.add(call.args[0].value)
    return names


def test_settings_table_names_every_setting_and_no_other():
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE)) == settings_read()


def test_commands_it_names_exist():
    named = set(re.findall(r"manage\.py (\w+)", README))
    assert named <= set(get_commands())
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"make ([a-z-]+)(?=[`\s])", re.sub(r"(?m)^You need.*$", "", README))) <= targets


def test_tree_names_folders_that_are_there():
    tree = README.partition("```\nhipcare/")[2].partition("```")[0]
    inside = "hipcare"
    for line in ("hipcare/" + tree).splitlines():
        folder = line.split()[0].rstrip("/")
        if not line.startswith(" "):
            inside = folder
        else:
            folder = f"{inside}/{folder}"
        assert (ROOT / folder).is_dir(), folder


def test_it_claims_nothing_outside_the_intended_purpose():
    words = README.lower() + (ROOT / "CHANGELOG.md").read_text().lower()
    assert "does not diagnose" in words
    for word in ("monitors", "detects", "diagnoses", "alerts"):
        assert word not in words


def test_it_shows_a_picture_for_each_user():
    pictures = re.findall(r'src="([^"]+)"', README)

    assert [Path(picture).name for picture in pictures] == ["today.png", "builder.png", "sheet.png"]
    assert all((ROOT / picture).is_file() for picture in pictures)
