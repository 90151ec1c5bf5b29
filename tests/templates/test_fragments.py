import pytest
from django.core.cache import caches
from django.template import Context, Template
from django.utils import timezone, translation


@pytest.fixture
def render(settings, tmp_path):
    """Return how to show the fragment "part.html" with a source and values; the cache begins empty."""
    ours = settings.TEMPLATES[0]
    from_disk = {**ours["OPTIONS"], "loaders": ["django.template.loaders.filesystem.Loader"]}
    settings.TEMPLATES = [{**ours, "DIRS": [tmp_path], "APP_DIRS": False, "OPTIONS": from_disk}]
    caches["fragments"].clear()

    def _render(source, **shown):
        (tmp_path / "part.html").write_text(source)
        arguments = " ".join(f"{name}={name}" for name in shown)
        page = Template("{% load fragments %}{% fragment 'part.html' " + arguments + " %}")
        return page.render(Context({**shown, "outside": "of the page"}))

    return _render


def test_what_shows_the_same_is_rendered_once(render):
    assert render("first {{ who }}", who="Ada") == "first Ada"
    assert render("second {{ who }}", who="Ada") == "first Ada"
    assert render("second {{ who }}", who="Bo") == "second Bo"


@pytest.mark.parametrize(("one", "other"), [(1, "1"), (None, ""), ({"a"}, {"a", "b"}), ("a', 'b", "a")])
def test_other_values_are_another_fragment(render, one, other):
    render("first", who=one)
    assert render("second", who=other) == "second"


def test_language_and_zone_are_part_of_what_it_shows(render):
    render("first", who=1)
    with translation.override("de"):
        assert render("second", who=1) == "second"
    with timezone.override("Pacific/Kiritimati"):
        assert render("third", who=1) == "third"


def test_nothing_of_the_page_around_is_seen_that_the_key_would_not_know(render):
    assert render("{% if outside %}seen{% else %}unseen{% endif %}", who=1) == "unseen"


def test_what_is_typed_stays_escaped(render):
    assert render("{{ who }}", who="<b>") == "&lt;b&gt;"


def test_what_cannot_tell_what_it_is_made_of_is_refused(render):
    with pytest.raises(AttributeError):
        render("{{ who }}", who=object())


def test_fragments_are_kept_in_memory_alone(settings):
    assert settings.CACHES["fragments"]["BACKEND"].endswith("LocMemCache")
