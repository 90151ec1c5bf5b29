"""One way only: import-linter's contracts (pyproject.toml), and modules and functions that stay small."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("hipcare", "exercises", "programmes")
CATCH_ALLS = {"utils", "helpers", "common", "signals", "selectors", "misc", "managers"}
MOST_LINES_OF_A_MODULE = 400
MOST_LINES_OF_A_FUNCTION = 40  # the house says 30; ten more for a docstring


def sources():
    """Return every module we wrote, migrations aside."""
    paths = [ROOT / "manage.py", *(p for app in APPS for p in (ROOT / app).rglob("*.py"))]
    return [p for p in paths if "migrations" not in p.parts]


def long_functions(source):
    """Return the functions of ``source`` that are asking what they are doing."""
    functions = (n for n in ast.walk(ast.parse(source)) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef)))
    return [f.name for f in functions if f.end_lineno - f.lineno + 1 > MOST_LINES_OF_A_FUNCTION]


def test_imports_run_one_way():
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"]
    run = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


def names_from_above(source):
    """Return the texts in ``source`` that name a view of an app above: an arrow up that import-linter does not see."""
    texts = (node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
    return [text for text in texts if isinstance(text, str) and text.startswith(("programmes:", "exercises:"))]


def test_only_one_module_below_the_apps_names_their_views():
    below = {p.relative_to(ROOT) for p in sources() if p.is_relative_to(ROOT / "hipcare")}
    assert [str(p) for p in below if names_from_above((ROOT / p).read_text())] == ["hipcare/places.py"]


def test_a_planted_name_from_above_is_found():
    assert names_from_above('def home(request):\n    return redirect("programmes:today")') == ["programmes:today"]


def test_no_module_is_a_drawer_for_everything():
    assert [str(p.relative_to(ROOT)) for p in sources() if CATCH_ALLS & {p.stem, p.parent.name}] == []


@pytest.mark.parametrize("path", sources(), ids=lambda p: str(p.relative_to(ROOT)))
def test_modules_and_functions_stay_small(path):
    source = path.read_text()
    assert source.count("\n") <= MOST_LINES_OF_A_MODULE
    assert long_functions(source) == []


def test_a_planted_long_function_is_found():
    assert long_functions("def f():\n" + "    pass\n" * MOST_LINES_OF_A_FUNCTION) == ["f"]


FOR_TESTS = {"unittest", "mock", "pytest", "time_machine", "factory", "tests"}


def tools_for_tests(source):
    """Return the modules for tests that a module of ours imports."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        if isinstance(node, ast.ImportFrom) and not node.level:
            found.add(str(node.module).partition(".")[0])
    return sorted(found & FOR_TESTS)


def test_what_runs_for_people_imports_no_tools_for_tests():
    found = {str(p.relative_to(ROOT)): tools_for_tests(p.read_text()) for p in sources()}
    assert {path: tools for path, tools in found.items() if tools} == {}


@pytest.mark.parametrize("planted", ["from unittest import mock", "import unittest.mock as m", "import pytest"])
def test_a_planted_tool_for_tests_is_found(planted):
    assert len(tools_for_tests(planted)) == 1


MIRRORED = {"tests/audit": "hipcare/audit", "tests/clinics": "hipcare/clinics", "tests/operate": "hipcare/operate"}
MIRRORED |= {f"tests/{app}": app for app in ("exercises", "programmes")}


@pytest.mark.parametrize(("tests", "code"), MIRRORED.items())
def test_each_folder_of_tests_has_the_name_of_a_room(tests, code):
    folders = {test.parent.relative_to(ROOT / tests) for test in (ROOT / tests).rglob("test_*.py")}
    assert [str(folder) for folder in sorted(folders) if not (ROOT / code / folder).is_dir()] == []
