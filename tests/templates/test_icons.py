"""Icons and legs: drawn in the page, strict about their names."""

import re

import pytest
from django.template import Context, Template

from exercises.sides import Side
from hipcare.templatetags.icons import ICONS, LEGS, legs


def render(source, **context):
    return Template(source).render(Context(context))


@pytest.mark.parametrize("name", ICONS)
def test_icon_is_one_path_hidden_from_readers(name):
    drawn = render(f'{{% icon "{name}" %}}')
    assert drawn.startswith('<svg class="icon" width="20" height="20" viewBox="0 0 24 24" aria-hidden="true" ')
    assert drawn.count("<path") == 1


@pytest.mark.parametrize("name", ICONS)
def test_icon_moves_its_pen_absolutely_after_the_first_stroke(name):
    """A lower-case m would start from where the last shape ended, not where it was drawn."""
    assert "m" not in ICONS[name][1:]
    assert re.fullmatch(r"[MLHVAZCSmlhvazcs0-9 .-]+", ICONS[name])


def test_icon_takes_classes():
    assert 'class="icon me-2"' in render('{% icon "phone" "me-2" %}')


@pytest.mark.parametrize("source", ['{% icon "unicorn" %}', '{% legs "middle" %}', '{% leg_chip "" "Leg" %}'])
def test_unknown_name_is_a_mistake(source):
    with pytest.raises(KeyError):
        render(source)


@pytest.mark.parametrize(
    ("side", "classes"),
    [
        ("left", ["working", "resting"]),
        ("right", ["resting", "working"]),
        ("each", ["working", "working"]),
        ("in_turn", ["working", "working"]),
        ("both", ["working", "working"]),
    ],
)
def test_working_leg_is_filled(side, classes):
    assert re.findall(r'path class="(\w+)"', render(f'{{% legs "{side}" %}}')) == classes


def test_right_leg_is_drawn_on_the_right():
    drawn = render('{% legs "right" %}')
    start = re.search(r'class="working" d="M(\d+)', drawn)
    assert int(start[1]) > 10


@pytest.mark.parametrize("side", Side)
def test_chip_has_the_glyph_and_the_words_it_is_given(side):
    chip = render("{% leg_chip side words|capfirst %}", side=side.value, words=side.label)
    assert chip.endswith(f"</svg>{side.label.capitalize()}</span>")
    assert str(legs(side.value)) in chip


def test_every_side_has_its_glyph():
    assert set(LEGS) == set(Side.values)


def test_chip_escapes_its_words():
    assert "Right &lt;hip&gt;" in render('{% leg_chip "right" words %}', words="Right <hip>")


def test_brand_mark_is_hidden_from_readers():
    assert 'aria-hidden="true"' in render("{% brand_mark %}")
