"""Templates: nothing unescaped, nothing inline, nothing from elsewhere, no variable that is not there."""

import re
import tomllib
from pathlib import Path

import pytest
from django.template import Context, Template

ROOT = Path(__file__).resolve().parents[2]
ON_SCREEN = sorted(p for p in [*(ROOT / "templates").rglob("*"), *ROOT.glob("*/templates/**/*")] if p.is_file())
ON_PAPER = sorted((ROOT / "programmes" / "handouts" / "layouts").rglob("*.html"))
PAGES = [*ON_SCREEN, *ON_PAPER]
FORBIDDEN = {
    r"\|\s*safe(seq)?\b": "unescaped text",
    r"autoescape\s+off": "unescaped text",
    r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")": "a script in the page",
    r"<style\b": "a style sheet in the page",
    r"\sstyle=": "a style on an element",
    r"\son[a-z]+=\"": "a script on an element",
    r"javascript:": "a script in an address",
    r"(?:src|href|action)=\"(?:https?:)?//": "something from elsewhere",
    r"hx-on": "a script in an attribute",
    r"\btel:\s*\{|phone\s*\|\s*cut": "a telephone link of its own making: the filter `dial` makes them",
}
POST_FORM = re.compile(r"<form\b[^>]*method=\"post\"[^>]*>(.*?)</form>", re.DOTALL | re.IGNORECASE)


def problems(source):
    """Return what is wrong with a template's source."""
    found = [what for pattern, what in FORBIDDEN.items() if re.search(pattern, source, re.IGNORECASE)]
    if any("csrf_token" not in body and "{% crispy" not in body for body in POST_FORM.findall(source)):
        found.append("a form that posts without a token")
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_template_keeps_to_the_policy(page):
    assert problems(page.read_text()) == []


@pytest.mark.parametrize(
    "planted",
    [
        "{{ note|safe }}",
        "{% autoescape off %}{{ note }}{% endautoescape %}",
        "<script>go()</script>",
        "<p style='color: red'>",
        '<a onclick="go()">',
        '<img src="https://elsewhere.example/x.png">',
        '<form method="post"><button>Save</button></form>',
        '<div hx-on:click="go()">',
        '<a href="tel:{{ clinic.phone }}">',
    ],
)
def test_a_planted_mistake_is_found(planted):
    assert problems(planted) != []


def test_decent_form_passes():
    assert problems('<form method="post">{% csrf_token %}<button>Save</button></form>') == []


def test_undefined_variable_fails_the_suite(request):
    """pytest-django turns the option on for a run; here it has to be on for every run, and to bite."""
    options = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"]["addopts"]
    assert "--fail-on-template-vars" in options
    assert request.config.getvalue("itv") is True
    with pytest.raises(pytest.fail.Exception, match="Undefined template variable 'not_there'"):
        Template("{{ not_there }}").render(Context({}))


# What people wrote, or are called, stands inside <bdi>: a name written from right to left turns no sentence around.
PEOPLES_WORDS = re.compile(
    r"\{\{ ?(?!form\.(?!twin)|whole\.)(?:[a-z_]+\.)*"
    r"(?:full_name|first_name|called|goal|note|(?:made_by|given_by|physiotherapist|colleague|printed_by)\.name)"
    r"(?: ?\|(?!as_crispy|linebreaks)[^}]*)? ?\}\}|\{% firstof physio [^%]*%\}"
)
NO_SENTENCE = re.compile(
    r"\{% block title %\}.*?\{% endblock[^%]*%\}|<title>.*?</title>|\{#.*?#\}|<bdi>.*?</bdi>|<textarea\b.*?</textarea>"
    r"|<(?:[^<>{]|\{\{.*?\}\}|\{%.*?%\}|\{(?![{%]))*>",
    re.DOTALL,
)


def loose_words(source):
    """Return what people wrote in the sentences of a template outside <bdi>; an attribute is no sentence."""
    return PEOPLES_WORDS.findall(NO_SENTENCE.sub("", source))


@pytest.mark.parametrize("page", ON_SCREEN, ids=lambda p: str(p.relative_to(ROOT)))
def test_names_and_notes_stand_inside_bdi(page):
    assert loose_words(page.read_text()) == []


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("<p>Tell {{ patient.physiotherapist.called }} about it.</p>", 1),
        ("<p>Tell <bdi>{{ patient.physiotherapist.called }}</bdi> about it.</p>", 0),
        ('<img alt="Code for {{ patient.first_name }}" src="{{ qr }}">', 0),
        ("<h1>{% if patient %}Edit {{ patient.full_name }}{% endif %}</h1>", 1),
        ("“{{ session.note }}”", 1),
        ("{{ form.first_name|as_crispy_field }}", 0),
    ],
)
def test_a_planted_name_in_a_sentence_is_found(planted, found):
    assert len(loose_words(planted)) == found


# These headings lay out their icon and their words side by side: loose words beside <bdi> would be laid out one by one.
SIDE_BY_SIDE = re.compile(r"<h2(?: class=\"note-title\")?>(?:\{% icon [^%]*%\})?+(?!<span>)([^\n]*<bdi>[^\n]*)</h2>")


@pytest.mark.parametrize("page", ON_SCREEN, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_heading_with_a_name_keeps_its_words_together(page):
    assert SIDE_BY_SIDE.findall(page.read_text()) == []


# So do buttons, and whatever else is laid out in a row to be pressed.
PRESSED = re.compile(
    r"<(a|button|label|summary)\b((?:[^<>{]|\{\{.*?\}\}|\{%.*?%\})*)>((?:(?!</\1>).)*)</\1>",
    re.DOTALL,
)
IN_A_ROW = re.compile(r"\b(?:btn|row-link|past-days|d-inline-flex)\b")
TOGETHER = re.compile(r"<span\b(?:[^<>{]|\{%.*?%\}|\{\{.*?\}\})*>.*?</span>|\{%.*?%\}", re.DOTALL)
LOOSE = re.compile(r"\S[^<>]*\s<(?:bdi|b)>|</(?:bdi|b)>\s*[^\s<]")


def falls_apart(source):
    """Return the words to press that stand loose beside a name: a gap as wide as that beside an icon parts them."""
    found = (match for match in PRESSED.finditer(source) if IN_A_ROW.search(match[2]))
    return [match[3] for match in found if LOOSE.search(TOGETHER.sub("", match[3]))]


@pytest.mark.parametrize("page", ON_SCREEN, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_button_with_a_name_keeps_its_words_together(page):
    assert falls_apart(page.read_text()) == []


def test_a_planted_button_that_falls_apart_is_found():
    assert falls_apart('<button class="btn">{% blocktranslate %}Yes, add <bdi>x</bdi>{% endblocktranslate %}</button>')
    assert falls_apart('<a class="btn" href="{% url "who" %}">{% icon "plus" %}<bdi>x</bdi>’s plan</a>')
    assert falls_apart('<a class="btn" href="x">{% icon "plus" %}<span>Add <bdi>x</bdi></span></a>') == []
    assert falls_apart('<a class="btn" href="x"><bdi>x</bdi></a>') == []


def test_a_planted_heading_that_falls_apart_is_found():
    assert SIDE_BY_SIDE.findall('<h2 class="note-title">{% icon "info" %}Ask <bdi>{{ x.called }}</bdi></h2>') != []
    assert SIDE_BY_SIDE.findall('<h2 class="note-title">{% icon "info" %}<span>Ask <bdi>x</bdi></span></h2>') == []
