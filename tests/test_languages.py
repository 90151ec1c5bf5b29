"""Which languages there are, and how a page says which it is in."""

import pytest
from django.template import Context, Template
from django.utils import translation

from hipcare.languages import languages_in, runs_from_right_to_left, tag_of


def test_a_compiled_catalogue_makes_a_language(tmp_path):
    for locale, file in (("cy", "django.mo"), ("pt_BR", "django.mo"), ("fr", "django.po")):
        folder = tmp_path / locale / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / file).touch()
    assert languages_in(tmp_path) == [("en-gb", "English"), ("cy", "Cymraeg"), ("pt-br", "Português brasileiro")]


@pytest.mark.parametrize(("code", "tag"), [("en-gb", "en-GB"), ("cy", "cy"), ("ar-xb", "ar-XB")])
def test_tag_of_a_language(code, tag):
    assert tag_of(code) == tag


@pytest.mark.parametrize(("code", "backwards"), [("en-gb", False), ("ar", True), ("ar-xb", True), ("cy", False)])
def test_languages_from_right_to_left(code, backwards):
    assert runs_from_right_to_left(code) is backwards


@pytest.mark.parametrize(
    ("page", "text", "attributes"),
    [
        ("en-gb", "en-gb", ""),
        ("en-gb", "cy", ' lang="cy"'),
        ("en-gb", "ur", ' lang="ur" dir="rtl"'),
        ("ur", "ur", ""),
        ("ur", "en-gb", ' lang="en-GB" dir="ltr"'),
    ],
)
def test_words_in_another_language_than_their_page_say_so(page, text, attributes):
    with translation.override(page):
        assert Template("{% text_language code %}").render(Context({"code": text})) == attributes


@pytest.mark.parametrize(("code", "attributes"), [("en-gb", 'lang="en-GB"'), ("ur", 'lang="ur" dir="rtl"')])
def test_page_says_its_language(code, attributes):
    with translation.override(code):
        assert Template('lang="{% page_language %}"{% page_direction %}').render(Context()) == attributes
