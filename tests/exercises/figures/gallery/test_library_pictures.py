"""The library's pictures as they stand: current, plain drawings, light, and what the engine would draw now."""

import gzip
import io
import itertools
import re
import subprocess
import xml.etree.ElementTree as ET

import pytest
from django.db.models import Q
from PIL import Image, ImageChops, ImageStat
from weasyprint import HTML

from exercises.figures import NO_FIGURE, STATIC, figure
from exercises.figures.body.people import DEFAULT, PEOPLE
from exercises.figures.gallery.building import Shelf, leftovers, out_of_date, subjects_for
from exercises.figures.gallery.catalogue import drawn_side, library
from exercises.figures.gallery.engine import svg_of
from exercises.figures.gallery.subjects import Subject, portrait
from exercises.figures.scene.styles import Style
from exercises.library.loading import EXERCISES, FOLDER, read_entries
from hipcare.clinics.models import Patient, PersonChoice
from tests.walks import for_each

SHELF = Shelf()
NAMES = sorted(built.name for built in library().values())
SLUGS = [entry.slug for entry in read_entries(FOLDER / EXERCISES)]
SIDES = [(slug, side) for slug in SLUGS for side in sorted({drawn_side(slug, side) for side in ("left", "right")})]
ALLOWED = {"svg", "style", "g", "path", "use", "defs", "circle", "rect"}
"""No title, no words: a picture has no language. What is said of it is said by the page."""
SPOKEN = {"role", "title", "alt", "lang"}
SAMPLE = [
    Subject("bridge", "both", "end", Style()),
    Subject("clamshell", "left", "start", Style(line="60mm")),
    Subject("standing-hip-flexion", "right", "end", Style(line="40mm")),
    portrait(DEFAULT),
]
MOVING = Subject("clamshell-small", "left", "animation", Style())
# What is not lines: another processor's arithmetic may add a speck of a path, or split a line in two.
FRAME = re.compile(r"<svg [^>]*>|<style>.*?</style>|<g(?: class=\"[^\"]*\")? transform=[^>]*>")
COLOUR = re.compile(r"#[0-9a-f]{3,6}")


def content(name):
    return (SHELF.folder / name).read_bytes()


def test_library_is_up_to_date():
    """If this fails, run ``manage.py build_figures`` and commit what it draws."""
    assert [one.key for one in out_of_date(subjects_for(()), SHELF)] == []
    assert leftovers(SHELF) == []


def test_every_exercise_of_the_library_is_drawn_and_nothing_else():
    drawn = {one.slug for one in subjects_for(())} - {"portrait"}
    assert drawn == set(SLUGS)


def test_people_of_the_form_are_the_people_who_are_drawn():
    assert dict(PersonChoice.choices) == {key: person.words for key, person in PEOPLE.items()}
    assert Patient._meta.get_field("person").default == DEFAULT
    constraints = {one.name: one for one in Patient._meta.constraints}
    assert constraints["pictures_show_somebody_who_is_drawn"].condition == Q(person__in=list(PEOPLE))


def drawn_page(svg):
    markup = b"<style>@page { size: 100mm; margin: 0 } svg { width: 100mm; height: 100mm }</style>" + svg
    command = ["pdftoppm", "-r", "150", "-png", "-singlefile"]
    pdf = HTML(string=markup.decode()).write_pdf()
    drawn = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout
    return Image.open(io.BytesIO(drawn)).convert("RGB")


@pytest.mark.parametrize("subject", SAMPLE, ids=lambda subject: subject.key)
def test_engine_draws_what_the_library_holds(subject):
    """The hash of its inputs says that a picture is current: here some are drawn again, to see that this is true.

    Another processor may round the last place of a number another way, which nobody sees.
    """
    kept, now = content(library()[subject.key].name), svg_of(subject).encode()
    if kept != now:
        difference = ImageChops.difference(drawn_page(kept), drawn_page(now))
        assert max(ImageStat.Stat(difference).mean) < 0.05


def test_engine_moves_as_the_library_does():
    """All but the lines themselves: size, timing, where each drawing stands (so how many), colours."""
    kept, now = content(library()[MOVING.key].name).decode(), svg_of(MOVING)
    assert FRAME.findall(kept) == FRAME.findall(now)
    assert set(COLOUR.findall(kept)) == set(COLOUR.findall(now))


@for_each([*NAMES, "none.svg"])
def test_picture_is_a_plain_drawing(name):
    """Well-formed, nothing that runs, nothing from elsewhere, nothing that is read out."""
    assert list(strange_in(content(name).decode())) == []


def strange_in(text):
    """Yield what a plain drawing does not hold."""
    for element in ET.fromstring(text).iter():  # noqa: S314 - our own file
        if (tag := element.tag.removeprefix("{http://www.w3.org/2000/svg}")) not in ALLOWED:
            yield tag
        for attribute, value in element.attrib.items():
            if attribute in SPOKEN or attribute.startswith("aria-"):
                yield attribute
            if attribute.lower().startswith("on") or ("href" in attribute and not value.startswith("#")):
                yield attribute
            if "url(" in value or "javascript:" in value:
                yield value
    yield from re.findall(r"<!DOCTYPE|<!ENTITY|@import|url\(", text)


@pytest.mark.parametrize(
    ("was", "planted"),
    [
        ("</svg>", "<script>1</script></svg>"),
        ("</svg>", "<title>Bridge</title></svg>"),
        ("</svg>", "<text>Bridge</text></svg>"),
        ("<svg ", '<svg aria-label="Bridge" '),
        ("</svg>", '<image href="https://example.org/a.png"/></svg>'),
        ("</svg>", '<use href="a.svg#b"/></svg>'),
        ("</svg>", "<style>@import 'a.css'</style></svg>"),
        ("<path ", '<path onclick="a()" '),
        ("<path ", '<path filter="url(#a)" '),
        ("<svg ", "<!DOCTYPE svg><svg "),
    ],
)
def test_a_planted_script_or_address_is_found(was, planted):
    text = content(NAMES[0]).decode()
    assert list(strange_in(text)) == []
    assert list(strange_in(text.replace(was, planted, 1))) != []


@for_each(NAMES)
def test_picture_is_light(name):
    packed = len(gzip.compress(content(name)))
    assert packed <= (60 * 1024 if "-animation-" in name else 10_000)


@for_each(SIDES)
def test_start_and_end_are_of_one_size_and_light_together(slug, side):
    for line in ("screen", "60mm"):
        pair = [figure(slug, side, kind, Style(line=line)) for kind in ("start", "end")]
        files = [(STATIC / picture.file).read_bytes() for picture in pair]
        assert (pair[0].width, pair[0].height) == (pair[1].width, pair[1].height)
        assert sum(map(len, files)) <= 36 * 1024
        assert len(gzip.compress(b"".join(files))) <= 13 * 1024


def test_library_takes_little_room():
    assert sum(path.stat().st_size for path in SHELF.folder.iterdir()) < 10_000_000


def test_left_and_right_differ_and_so_do_start_and_end():
    for slug, kind in itertools.product(SLUGS, ("start", "end", "animation")):
        sides = {side for where, side in SIDES if where == slug}
        assert len({figure(slug, side, kind).file for side in sides}) == len(sides)
    assert all(figure(slug, side, "start").file != figure(slug, side, "end").file for slug, side in SIDES)


def test_empty_picture_is_there():
    assert (STATIC / NO_FIGURE.file).is_file()
