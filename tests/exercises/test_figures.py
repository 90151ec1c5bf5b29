import gzip
import itertools
import xml.etree.ElementTree as ET

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Template

from exercises.figures import DRAWN, FRAMES, NO_FIGURE, SIDES, STATIC, figure, figure_or_none, figure_size
from exercises.library import EXERCISES, FOLDER, read_entries

FILES = sorted((STATIC / "exercises" / "figures").glob("*.svg"))
ALLOWED = {"svg", "g", "path", "circle", "rect"}


def test_every_exercise_has_a_picture_for_each_side_and_frame():
    assert [what for what in itertools.product(DRAWN, SIDES, FRAMES) if finders.find(figure(*what)) is None] == []


def test_every_exercise_of_the_library_is_drawn():
    assert {entry.slug for entry in read_entries(FOLDER / EXERCISES)} == set(DRAWN)


def test_picture_is_of_the_leg_asked_for():
    assert figure("clamshell", "left", "end") == "exercises/figures/clamshell-left-end.svg"
    assert figure("clamshell", "right", "start") == "exercises/figures/clamshell-right-start.svg"
    assert figure("bridge", "both", "end") == "exercises/figures/bridge-both-end.svg"
    assert figure("bridge", "left", "end") == "exercises/figures/bridge-left-end.svg"


def test_both_legs_of_a_one_leg_exercise_show_the_right_one():
    assert figure("clamshell", "both", "end") == figure("clamshell", "right", "end")


@pytest.mark.parametrize(
    "asked", [("plank", "left", "end"), ("bridge", "each", "end"), ("bridge", "", "end"), ("bridge", "left", "middle")]
)
def test_unknown_picture_is_refused(asked):
    with pytest.raises(ValueError, match=r"drawn|shows|frames"):
        figure(*asked)


def test_exercise_nobody_has_drawn_gets_the_empty_picture():
    assert figure_or_none("our-own-step-up", "left", "end") == NO_FIGURE
    assert finders.find(NO_FIGURE) is not None
    assert figure_or_none("bridge", "both", "end") == figure("bridge", "both", "end")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_picture_is_a_plain_drawing(path):
    """Well-formed, nothing that runs, nothing from elsewhere, and light on the wire."""
    text = path.read_text(encoding="utf-8")
    names = set()
    for element in ET.fromstring(text).iter():  # noqa: S314 - our own file
        names.add(element.tag.removeprefix("{http://www.w3.org/2000/svg}"))
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on")
            assert "href" not in name
            assert "url(" not in value
    assert names <= ALLOWED
    assert "<!DOCTYPE" not in text
    assert "<!ENTITY" not in text
    assert len(gzip.compress(path.read_bytes())) < 10_000


def test_every_file_is_a_picture_somebody_asks_for():
    asked = {figure(*what) for what in itertools.product(DRAWN, SIDES, FRAMES)} | {NO_FIGURE}
    assert {f"exercises/figures/{path.name}" for path in FILES} == asked


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_size_keeps_the_shape(path):
    width, height = figure_size(f"exercises/figures/{path.name}")
    assert max(width, height) == 400
    box = [float(number) for number in ET.parse(path).getroot().get("viewBox").split()]  # noqa: S314 - our own file
    assert width / height == pytest.approx(box[2] / box[3], rel=0.01)


def test_picture_without_a_size_is_a_mistake(tmp_path, monkeypatch):
    monkeypatch.setattr("exercises.figures.STATIC", tmp_path)
    (tmp_path / "bare.svg").write_text("<svg/>")
    with pytest.raises(ValueError, match="how large"):
        figure_size("bare.svg")


def test_tag_gives_the_address():
    template = Template('{% load figures %}{% figure "bridge" "both" "start" %}')
    assert template.render(Context()) == "/static/exercises/figures/bridge-both-start.svg"


def test_image_tag_keeps_its_room_and_escapes_its_words():
    template = Template('{% load figures %}{% figure_img "bridge" "both" "end" words %}')
    html = template.render(Context({"words": 'Hips <up> & "straight"'}))
    assert html == (
        '<img class="fig" src="/static/exercises/figures/bridge-both-end.svg" width="400" height="140" '
        'alt="Hips &lt;up&gt; &amp; &quot;straight&quot;" loading="lazy" decoding="async">'
    )


def test_first_image_is_not_lazy():
    template = Template('{% load figures %}{% figure_img "bridge" "both" "end" lazy=False %}')
    assert 'alt="" loading="eager"' in template.render(Context())
