"""Style sheets: short, every class in use, named in words, at home in one sheet, and linked where it is needed.

A sheet may count on one order only: base, then the half (``patient.css`` or ``staff.css``), then the page. Patients'
pages have one sheet, which holds them all.
"""

import re
from collections import defaultdict
from functools import cache
from pathlib import Path, PurePosixPath

import pytest
import tinycss2
from django.conf import settings

from exercises.cautions import Verdict
from exercises.sides import Side
from hipcare.templatetags.icons import brand_mark, icon, leg_chip, legs
from programmes.rules.adherence import Status

ROOT = Path(settings.BASE_DIR)
CSS = ROOT / "hipcare" / "static" / "css"
TEMPLATES = ROOT / "templates"
SHEETS = {str(path.relative_to(CSS)): path.read_text() for path in sorted(CSS.rglob("*.css"))}
HALVES = {"patient.css", "staff.css"}
MOST_LINES = 350

TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
CLASSES = re.compile(r'\bclass="((?:\{%.*?%\}|\{\{.*?\}\}|[^"])*)"', re.DOTALL)
PUT_TOGETHER = re.compile(r"(?<![\w-])([\w-]+-)\{\{")
ELSEWHERE = [  # where templates, scripts and code name a class besides an attribute
    re.compile(r"\{% block (?:body|header)_class %\}([\w -]*)\{% endblock"),
    re.compile(r'\{% icon \S+ "([\w -]+)" %\}'),
    re.compile(r'\{% crispy_field field "class" "([\w -]+)" %\}'),
    re.compile(r'classList\.(?:add|remove|toggle)\("([\w-]+)"'),
    re.compile(r'"class"\]?(?: =|:) "([\w -]+)"'),
]
NAME = re.compile(r"[A-Za-z][\w-]*")
FACTS = re.compile(r'\bFact\("(\w+)"')

SHORT_WORDS = {"is", "on", "in", "to", "or", "of", "by", "do", "go", "ok", "as", "lg"}
OF_WHOEVER_ASKS = "problem.html"
UTILITY = re.compile(r"[mp][tbsexy]?-(\d|auto)|gap-\d|w-100|(d|fw)-[a-z-]+")  # base/utilities.css: names that many know
STATES = re.compile(r"is-\w+|patient|staff|scripted")  # a state, or whose page it is: not what a rule dresses


ONLY_TODAY = {"hip-rules-brief"}  # a part of three pages, in brief on one


def code():
    """Yield the text of each Python file and script of the site."""
    for folder in ("hipcare", "exercises", "programmes"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".py", ".js"} and "vendor" not in path.parts:
                yield path.read_text()


def made():
    """Return the classes that a template puts together with a value, by what they begin with."""
    facts = {kind for text in code() for kind in FACTS.findall(text)}
    assert facts
    return {
        "strip-": {status.value for status in Status},
        "box-": {status.value for status in Status if status is not Status.PAPER},
        "look-": facts,
        "verdict-": set(Verdict.values),
    }


def said(text):
    """Return the classes that a template, a script or a module names."""
    attributes = [TAG.sub(" ", found) for found in CLASSES.findall(PUT_TOGETHER.sub("{{", text))]
    named = [found for pattern in ELSEWHERE for found in pattern.findall(text)]
    return {name for name in " ".join(attributes + named).split() if NAME.fullmatch(name)}


@cache
def of_template(name):
    """Return the classes of one template and of all that it extends and includes, and the sheets they link."""
    text = (TEMPLATES / name).read_text()
    classes, sheets = said(text), re.findall(r"\{% static 'css/([\w/]+\.css)' %\}", text)
    for found in PUT_TOGETHER.findall(" ".join(CLASSES.findall(text))):
        classes |= {found + value for value in made()[found]}
    for other in re.findall(r"\{% (?:extends|include) \"([^\"]+)\"", text):
        if not other.startswith("bootstrap5/") or (TEMPLATES / other).is_file():
            more, linked = of_template(other)
            classes, sheets = classes | more, sheets + linked
    return classes, sheets


@cache
def drawn():
    """Return the classes of what template tags draw."""
    return said("".join([icon("tick"), brand_mark(), *map(legs, Side.values), leg_chip("left", "Left leg")]))


@cache
def in_use():
    """Return every class that a page can have."""
    templates = set().union(*(of_template(str(p.relative_to(TEMPLATES)))[0] for p in TEMPLATES.rglob("*.html")))
    together = {start + value for start, values in made().items() for value in values} | {"strip-off"}
    return templates | drawn() | together | set().union(*map(said, code()))


def selectors(sheet):
    """Yield each selector of ``sheet``, those inside conditions too, without what stands in quotes."""

    def inside(rules):
        for rule in rules:
            if rule.type == "qualified-rule":
                prelude = re.sub(r'"[^"]*"|/\*.*?\*/', "", tinycss2.serialize(rule.prelude))
                yield from (part.strip() for part in re.split(r",(?![^()]*\))", prelude))
            elif rule.type == "at-rule" and rule.lower_at_keyword in {"media", "supports"}:
                yield from inside(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))

    yield from inside(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True))


def classes_of(selector):
    return re.findall(r"\.([A-Za-z][\w-]*)", selector)


def styled(sheet):
    return {name for selector in selectors(sheet) for name in classes_of(selector)}


def too_long(sheets):
    return {name: lines for name, sheet in sheets.items() if (lines := len(sheet.splitlines())) > MOST_LINES}


def unused(sheets):
    return set().union(*map(styled, sheets.values())) - in_use()


def no_words(names):
    """Return those of ``names`` that a newcomer could not read aloud: single letters, two letters, numbers."""

    def is_word(part):
        return re.fullmatch(r"[a-z_]{3,}", part) or part in SHORT_WORDS

    return {name for name in names if not UTILITY.fullmatch(name) and not all(map(is_word, name.split("-")))}


def dressed(selector):
    """Return the classes that a rule is about."""
    return {name for name in classes_of(selector) if not STATES.fullmatch(name)}


def room(name):
    """Return what counts as one place: the whole of base, else the sheet itself."""
    return "base" if name.startswith("base/") else name


def homes(sheets):
    """Return in which places each class is dressed by itself, beside no other class."""
    found = defaultdict(set)
    for name, sheet in sheets.items():
        for selector in selectors(sheet):
            if len(alone := dressed(selector)) == 1:
                found[alone.pop()].add(room(name))
    return found


def in_two_places(sheets):
    """Return the classes dressed by themselves in two places; a half may say how what is shared looks on its pages."""
    allowed = [{"base", "patient/shell.css"}, {"base", "staff/page.css"}]
    allowed.append({"base", "patient/shell.css", "staff/page.css"})
    return {name: places for name, places in homes(sheets).items() if len(places) > 1 and places not in allowed}


ONE_WAY = re.compile(
    r"^\s*(?:left|right|(?:margin|padding|border)-(?:left|right)[\w-]*|text-align: (?:left|right)"
    r"|border-(?:top|bottom)-(?:left|right)-radius)\s*[:;]",
    re.MULTILINE,
)


def one_way(sheets):
    """Return what patients read whose rules know only words that run from left to right."""
    read = {name for name in sheets if name.startswith(("base/", "patient"))}
    return [f"{name}: {found[0].strip()}" for name in sorted(read) for found in ONE_WAY.finditer(sheets[name])]


def strangers(sheets):
    """Return the selectors that only dress classes at home elsewhere."""
    at_home = homes(sheets)
    return {
        (name, selector)
        for name, sheet in sheets.items()
        for selector in selectors(sheet)
        if (about := dressed(selector))
        and all(at_home[one] for one in about)
        and not any(room(name) in at_home[one] for one in about)
    }


@cache
def parts(name):
    """Return the sheet ``name`` and all that it imports."""
    here = PurePosixPath(name).parent
    imported = re.findall(r'^@import url\("([^"]+)"\);$', SHEETS[name], re.MULTILINE)
    return {name}.union(*(parts(str(here / other)) for other in imported))


@cache
def styled_by(name):
    """Return the classes that linking ``name`` dresses."""
    return set().union(*(styled(SHEETS[part]) for part in parts(name)))


PAGES = sorted(
    str(path.relative_to(TEMPLATES))
    for path in TEMPLATES.rglob("*.html")
    if path.read_text().startswith('{% extends "base') and not path.name.startswith("base")
)


def test_no_sheet_is_longer_than_one_reads_at_once():
    assert too_long(SHEETS) == {}
    assert too_long({"long.css": "a {}\n" * (MOST_LINES + 1)}) == {"long.css": MOST_LINES + 1}


def test_every_class_that_is_dressed_is_in_use():
    assert unused(SHEETS) == set()
    assert unused({"planted.css": "@media print { .panel .never-said:hover { color: red } }"}) == {"never-said"}


def test_every_class_of_a_page_is_dressed():
    pages = set().union(*(of_template(name)[0] for name in PAGES))
    together = {start + value for start, values in made().items() for value in values}  # not each value has a look
    assert pages - together - set().union(*map(styled, SHEETS.values())) == set()


def test_a_value_put_behind_a_class_is_one_that_the_code_knows():
    begun = {
        found
        for path in TEMPLATES.rglob("*.html")
        for attribute in CLASSES.findall(path.read_text())
        for found in PUT_TOGETHER.findall(attribute)
    }
    assert begun <= set(made())


def test_classes_are_named_in_words():
    every = in_use() | set().union(*map(styled, SHEETS.values()))
    assert no_words(every) == set()
    planted = {"mv", "dz-text", "w1", "give2", "c-last", "is-on", "mb-4", "d-flex", "btn-lg", "to-go", "how-often"}
    assert no_words(planted) == {"mv", "dz-text", "w1", "give2", "c-last"}


def test_a_class_is_at_home_in_one_sheet():
    assert in_two_places(SHEETS) == {}
    twice = {"staff/one.css": ".card {}", "staff/two.css": ".staff .card:hover {} .two .card {}"}
    assert in_two_places(twice) == {"card": {"staff/one.css", "staff/two.css"}}


def test_a_sheet_changes_a_class_of_another_only_inside_its_own():
    assert strangers(SHEETS) == set()
    planted = {"staff/one.css": ".card {} .mark {}", "staff/two.css": ".two {} .two .card {} .card .mark {}"}
    assert strangers(planted) == {("staff/two.css", ".card .mark")}


def test_what_patients_read_may_run_from_right_to_left():
    assert one_way(SHEETS) == []
    planted = ".a {\n  left: 0;\n  margin-right: 1px;\n  text-align: left;\n  margin-inline-end: 1px;\n}\n"
    assert len(one_way({"patient/planted.css": planted, "staff/planted.css": planted})) == 3


@pytest.mark.parametrize("page", PAGES)
def test_page_links_what_dresses_it_and_nothing_else(page):
    classes, sheets = of_template(page)
    linked = set().union(*map(styled_by, sheets))
    everywhere = set().union(*map(styled, SHEETS.values()))
    assert (classes | drawn()) & everywhere - linked - ONLY_TODAY == set()
    assert [name for name in sheets if name not in HALVES and not classes & styled_by(name)] == []


@pytest.mark.parametrize("page", PAGES)
def test_page_asks_for_one_half_and_at_most_one_sheet_of_its_own(page):
    _classes, sheets = of_template(page)
    halves = [name for name in sheets if name in HALVES]
    if page == OF_WHOEVER_ASKS:  # one or the other when it is drawn: tests/test_errors.py
        assert halves == ["staff.css", "patient.css"]
        return
    (half,) = halves
    assert len(sheets) <= (1 if half == "patient.css" else 2)


def test_base_knows_no_half_and_the_halves_not_each_other():
    assert all(not sheet.count("@import") for name, sheet in SHEETS.items() if name.startswith("base/"))
    assert not any(part.startswith("staff/") for name in SHEETS if name.startswith("patient") for part in parts(name))
    assert not any(part.startswith("patient/") for name in SHEETS if name.startswith("staff") for part in parts(name))


def test_every_part_is_linked_or_imported():
    linked = {sheet for page in PAGES for sheet in of_template(page)[1]}
    assert set().union(*map(parts, linked)) == set(SHEETS)
