"""The one call by which everybody gets a picture, and its template tags."""

import itertools

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Template

from exercises.figures import NO_FIGURE, SIDES, STATIC, Style, figure, is_drawn
from exercises.figures.gallery import catalogue
from exercises.figures.gallery.catalogue import drawn_side, library
from exercises.library.loading import EXERCISES, FOLDER, read_entries
from exercises.sides import SideMode
from tests.walks import for_each

ENTRIES = read_entries(FOLDER / EXERCISES)
SLUGS = [entry.slug for entry in ENTRIES]


def test_every_exercise_has_a_still_for_each_side():
    asked = itertools.product(SLUGS, SIDES, ("start", "end"))
    assert [what for what in asked if finders.find(figure(*what).file) is None] == []


@for_each(ENTRIES)
def test_exercise_is_drawn_with_the_legs_it_is_for(entry):
    drawn = {drawn_side(entry.slug, side) for side in SIDES}
    assert drawn == ({"both"} if entry.values["side_mode"] == SideMode.BILATERAL else {"left", "right"})


@pytest.mark.parametrize("side", ["left", "right"])
def test_picture_is_of_the_leg_asked_for(side):
    assert f"/clamshell-{side}-end" in figure("clamshell", side, "end").file


def test_both_legs_of_a_one_leg_exercise_show_the_right_one():
    assert figure("clamshell", "both", "end") == figure("clamshell", "right", "end")


def test_exercise_of_both_legs_shows_both_whichever_is_asked_for():
    assert figure("bridge", "left", "end") == figure("bridge", "both", "end") == figure("bridge", "right", "end")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("plank", "left", "end"), "Nobody has drawn 'plank' yet."),
        (("none", "left", "end"), "Nobody has drawn 'none' yet."),
        (("../bridge", "left", "end"), r"Nobody has drawn '\.\./bridge' yet\."),
        (("bridge", "each", "end"), "Among the sides there is no 'each', only left, right, both."),
        (("bridge", "", "end"), "Among the sides there is no ''"),
        (("bridge", "left", "film"), "no 'film', only start, end, pair, steps, animation, middle."),
        (("bridge", "left", "middle"), "'bridge' is drawn without a middle."),
    ],
)
def test_unknown_picture_is_refused_in_words(asked, words):
    with pytest.raises(ValueError, match=words):
        figure(*asked)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"palette": "sepia"}, "Among the palettes there is no 'sepia', only colour, grey, dark."),
        ({"line": "90mm"}, "Among the lines there is no '90mm', only screen, 60mm, 40mm."),
        ({"person": "bob"}, "Among the people there is no 'bob', only maple,"),
    ],
)
def test_unknown_style_is_refused_in_words(asked, words):
    with pytest.raises(ValueError, match=words):
        Style(**asked)


def test_there_is_a_card_for_what_nobody_has_drawn():
    assert finders.find(NO_FIGURE.file) is not None
    assert not is_drawn("our-own-step-up")


def test_plain_picture_is_among_the_static_files():
    picture = figure("bridge", "both", "end")
    assert picture.is_built
    assert (STATIC / picture.file).is_file()


def test_picture_of_another_person_is_to_be_drawn_and_takes_the_same_room():
    plain, other = figure("bridge", "both", "end"), figure("bridge", "both", "end", Style(person="rowan"))
    assert not other.is_built
    assert (other.width, other.height) == (plain.width, plain.height)
    assert other.file == f"rowan/bridge-both-end-{other.subject.token}.svg"


def test_address_changes_with_everything_that_goes_into_the_drawing(monkeypatch):
    styles = [Style(person="rowan"), Style(person="rowan", line="60mm"), Style(person="rowan", palette="grey")]
    asked = [("bridge", "both", "end", style) for style in styles]
    asked += [("bridge", "both", "start", styles[0]), ("clamshell", "left", "end", styles[0])]
    asked += [("clamshell", "right", "end", styles[0]), ("bridge", "both", "end", Style(person="cedar"))]
    tokens = {figure(*what).subject.token for what in asked}
    assert len(tokens) == len(asked)
    assert {figure(*what).subject.token for what in asked} == tokens


def test_room_of_a_picture_is_its_own_shape():
    for built in library().values():
        assert max(built.width, built.height) == 400


def test_what_is_built_is_read_once(monkeypatch):
    figure("bridge", "both", "end")
    monkeypatch.setattr(catalogue, "MANIFEST", STATIC / "gone.json")
    assert figure("bridge", "both", "end").is_built


def test_tag_gives_the_address():
    template = Template('{% load figures %}{% figure "bridge" "both" "start" %}')
    assert template.render(Context()) == f"/static/{figure('bridge', 'both', 'start').file}"


def test_image_tag_keeps_its_room_and_escapes_its_words():
    template = Template('{% load figures %}{% example_img "bridge" "both" "end" words %}')
    html = template.render(Context({"words": 'Hips <up> & "straight"'}))
    picture = figure("bridge", "both", "end")
    assert html == (
        f'<img class="picture" src="/static/{picture.file}" width="{picture.width}" height="{picture.height}" '
        'alt="Hips &lt;up&gt; &amp; &quot;straight&quot;" loading="lazy" decoding="async">'
    )


def test_first_image_is_not_lazy():
    template = Template('{% load figures %}{% example_img "bridge" "both" "end" lazy=False %}')
    assert 'alt="" loading="eager"' in template.render(Context())
