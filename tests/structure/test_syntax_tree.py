"""Gate 3 and the four beats, read from the syntax tree of every module of views and forms, and of every module that
holds a function with an address.

Rows are reached through ``visible_to`` alone, so a view cannot show a stranger's row by forgetting a filter.
"""

import ast
import inspect
import re
from pathlib import Path

import pytest
from django.urls import path

from hipcare.access import Audience, audience, iter_views

ROOT = Path(__file__).resolve().parents[2]
APPS = ("hipcare", "exercises", "programmes")
LOOKUPS = {"get_object_or_404", "get_list_or_404", "aget_object_or_404", "aget_list_or_404"}
MANAGERS = {"objects", "_default_manager", "_base_manager"}
METHOD_GATES = {"require_GET", "require_POST", "require_safe", "require_http_methods"}
FORBIDDEN_NAMES = {
    "mark_safe": "marks text as safe",
    "SafeString": "marks text as safe",
    "csrf_exempt": "takes the CSRF token away",
    "login_not_required": "opens gate 1 past @audience",
    "xframe_options_exempt": "lets others frame the page",
    "connection": "talks to the database past the models",
}
MOST_LINES_OF_A_VIEW = 25
A_FORM = re.compile(r"^class \w+\((?:[\w.]*Form|Stamped)\b", re.MULTILINE)


def modules(kind):
    """Return the modules of views or forms of every app, in whichever folder of theirs.

    One that has a form in it is one of forms; of "lookups" is every other that looks for a row that a request names.
    """
    paths = [p for app in APPS for p in (ROOT / app).rglob("*.py") if "migrations" not in p.parts]
    if kind == "lookups":
        return sorted({p for p in paths if "get_object_or_404" in p.read_text()} - set(modules("views")))
    return sorted(
        p
        for p in paths
        if kind in p.with_suffix("").relative_to(ROOT).parts or (kind == "forms" and A_FORM.search(p.read_text()))
    )


def reached(patterns=None):
    """Return the modules of ours that hold a view of the URLconf, wherever it lives, with the names of its views."""
    found = {}
    for _route, _name, view in iter_views(patterns):
        function = inspect.unwrap(view)
        source = Path(inspect.getsourcefile(function))
        if source.is_relative_to(ROOT) and source.relative_to(ROOT).parts[0] in (*APPS, "tests"):
            found.setdefault(source, set()).add(function.__name__)
    return found


def names_of(decorator):
    """Return the plain name of a decorator, called or not."""
    target = decorator.func if isinstance(decorator, ast.Call) else decorator
    return target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "")


def unscoped_rows(tree):
    """Yield the lines that reach rows by another way than ``visible_to``."""
    scoped = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "visible_to"
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS and id(node) not in scoped:
            yield node.lineno, f"reaches rows through {ast.unparse(node)} and not through visible_to"
        if isinstance(node, ast.Call) and names_of(node) in LOOKUPS and node.args:
            looked_in = node.args[0]
            name = getattr(looked_in, "attr", None) or getattr(looked_in, "id", "")
            if name[:1].isupper():
                yield node.lineno, f"looks in all of {name}"


def forbidden_calls(tree):
    """Yield the lines that name what views and forms never use."""
    for node in ast.walk(tree):
        imported = [alias.name for alias in node.names] if isinstance(node, ast.ImportFrom) else []
        for name in [getattr(node, "id", ""), getattr(node, "attr", ""), *imported]:
            if name in FORBIDDEN_NAMES:
                yield node.lineno, f"{name} {FORBIDDEN_NAMES[name]}"


def is_of_a_request(node):
    """Say whether a function is public, takes a request first and may answer it, by what it says that it returns."""
    first = node.args.args[0].arg if node.args.args else ""
    returned = ast.unparse(node.returns) if node.returns else "Any"
    answers = "Response" in returned or returned == "Any"
    return not node.name.startswith("_") and first.lstrip("_") == "request" and answers


def open_views(tree, addressed=()):
    """Yield the views that lack ``@audience`` or ``@require_…``, or are too long: public functions of a request, and
    whatever is ``addressed``.
    """
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    for name in sorted(set(addressed) - {node.name for node in functions}):
        yield 1, f"{name} has an address and is no function of this module"
    for node in functions:
        if node.name not in addressed and not is_of_a_request(node):
            continue
        decorators = {names_of(d) for d in node.decorator_list}
        if "audience" not in decorators:
            yield node.lineno, f"{node.name} names no audience"
        if not decorators & METHOD_GATES:
            yield node.lineno, f"{node.name} names no methods"
        if (lines := node.end_lineno - node.lineno + 1) > MOST_LINES_OF_A_VIEW:
            yield node.lineno, f"{node.name} has {lines} lines"


def problems(source, kind, addressed=()):
    """Return what is wrong with the source of a module of views or forms."""
    tree = ast.parse(source)
    found = [*unscoped_rows(tree), *forbidden_calls(tree)]
    if kind == "views":
        found += open_views(tree, addressed)
    return sorted(set(found))


@pytest.mark.parametrize("kind", ["views", "forms", "lookups"])
def test_views_and_forms_keep_to_the_gates(kind):
    found = {str(p.relative_to(ROOT)): problems(p.read_text(), kind) for p in modules(kind)}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_every_view_with_an_address_keeps_to_the_gates_wherever_it_lives():
    found = {str(p.relative_to(ROOT)): problems(p.read_text(), "views", names) for p, names in reached().items()}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
    assert len(found) > 10


def test_every_view_with_an_address_lives_where_views_live():
    assert set(reached()) - set(modules("views")) == set()


@audience(Audience.PUBLIC)
def _careless(_request):
    return Patient.objects.all()  # noqa: F821 - it is only read


def test_a_planted_view_outside_the_rooms_of_views_is_found():
    planted = [path("here/", _careless), path("there/", lambda request: request)]
    ((source, names),) = reached(planted).items()
    assert (source, names) == (Path(__file__), {"_careless", "<lambda>"})
    words = [words for _line, words in problems(source.read_text(), "views", names)]
    assert "_careless names no methods" in words
    assert "reaches rows through Patient.objects and not through visible_to" in words
    assert "<lambda> has an address and is no function of this module" in words


def test_there_are_views_and_forms_to_read():
    assert all(len(modules(kind)) > 1 for kind in ("views", "forms"))
    assert {p.parent.name for p in modules("views")} >= {"views", "staff", "patient"}
    assert modules("lookups") == []  # what a request names is looked for in views, and nowhere else
    assert {p.stem for p in modules("views")} >= {"answering", "editing"}


DECENT = """
@audience(Audience.STAFF)
@require_GET
def page(request, pk):
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=pk)
    row = get_object_or_404(patient.programmes, pk=pk)
    return render(request, "page.html", {"patient": patient, "row": row})

def _helper(request):
    return request.user
"""


def test_a_decent_view_passes():
    assert problems(DECENT, "views") == []


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("Patient.objects.visible_to(request.user)", "Patient.objects.all()"),
        ("Patient.objects.visible_to(request.user)", "Patient.objects.filter(clinic=1).visible_to(request.user)"),
        ("Patient.objects.visible_to(request.user)", "Patient.objects"),
        ("Patient.objects.visible_to(request.user)", "models.Patient._default_manager.all()"),
        ("Patient.objects.visible_to(request.user)", "Patient"),
        ("Patient.objects.visible_to(request.user)", "models.Patient"),
        ("@audience(Audience.STAFF)\n", ""),
        ("@require_GET\n", ""),
        ("    return render", "    mark_safe('x')\n    return render"),
        ("    return render", "    safestring.mark_safe('x')\n    return render"),
        ("    return render", "    connection.cursor()\n    return render"),
        ("@require_GET\n", "@require_GET\n@csrf_exempt\n"),
        ("    return render", "    pass\n" * MOST_LINES_OF_A_VIEW + "    return render"),
    ],
)
def test_a_planted_mistake_in_a_view_is_found(good, bad):
    assert good in DECENT
    assert problems(DECENT.replace(good, bad, 1), "views") != []


@pytest.mark.parametrize(
    "planted",
    [
        "class F(Form):\n    who = ModelChoiceField(User.objects.all())",
        "class F(Form):\n    def clean(self):\n        return Patient.objects.get(pk=self.data['pk'])",
        "from django.utils.safestring import mark_safe",
    ],
)
def test_a_planted_mistake_in_a_form_is_found(planted):
    assert problems(planted, "forms") != []
