"""What templates point at is there: other templates, addresses, files, icons."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import get_template

from hipcare.templatetags.icons import ICONS
from tests.structure.addresses import NAMES

TEMPLATES = Path(settings.BASE_DIR) / "templates"
PAPER = Path(settings.BASE_DIR) / "programmes" / "handouts"  # whose layouts and their parts are templates too
FILES = sorted(path for path in [*TEMPLATES.rglob("*"), *PAPER.rglob("*.html")] if path.is_file())
PAGES = [path for path in FILES if path.suffix == ".html"]
SELF_STANDING = {"base.html"}
OF_A_PAGE = {"partials", "widgets", "bootstrap5", "layouts"}  # folders whose files are parts of pages


def name_of(path):
    return str(path.relative_to(TEMPLATES if path.is_relative_to(TEMPLATES) else PAPER))


def uses(pattern):
    """Return what all templates together say in the group of ``pattern``, with the template that says it."""
    return [(name_of(path), said) for path in FILES for said in re.findall(pattern, path.read_text())]


@pytest.mark.parametrize("name", [name_of(path) for path in FILES])
def test_template_compiles(name):
    get_template(name)


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_page_extends_a_base(path):
    if name_of(path) in SELF_STANDING or OF_A_PAGE & set(Path(name_of(path)).parts):
        return
    assert path.read_text().startswith('{% extends "')


def test_every_address_exists():
    assert {(where, name) for where, name in uses(r"{% url ['\"]([\w:]+)['\"]") if name not in NAMES.values()} == set()


def test_every_static_file_exists():
    assert {(where, file) for where, file in uses(r"{% static ['\"]([^'\"]+)['\"]") if not finders.find(file)} == set()


def test_every_icon_exists():
    assert {(where, icon) for where, icon in uses(r"{% icon ['\"]([\w-]+)['\"]") if icon not in ICONS} == set()


def test_every_button_says_what_it_does():
    assert [where for where, button in uses(r"(<button\b[^>]*>)") if "type=" not in button] == []


def test_pictures_have_words_or_say_that_they_need_none():
    assert [where for where, image in uses(r"(<img\b[^>]*>)") if "alt=" not in image] == []


def test_nothing_is_marked_needed_by_an_asterisk():
    assert uses(r"(asteriskField)") == []
