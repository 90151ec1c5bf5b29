"""A sheet is printed in the layout that is asked for; each is whole: template, style sheet, what it sheds."""

import pytest
from django.template.loader import get_template

from programmes.handouts.fingerprint import layout_token, look_files
from programmes.handouts.layouts import LAYOUTS, LEAFLET
from programmes.handouts.renderer.press import LAYOUTS as FOLDER
from programmes.models import Handout
from tests.programmes.handouts.sheets import given_sheet, job_for

PAPERS = {**LAYOUTS, LEAFLET.name: LEAFLET}
EVERY = pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)


def test_every_layout_can_be_archived_and_a_new_one_changes_no_table():
    field = Handout._meta.get_field("layout")
    assert field.choices is None  # else every layout would be a migration
    assert max(map(len, LAYOUTS)) <= field.max_length
    assert field.default in LAYOUTS


@pytest.mark.parametrize("layout", PAPERS.values(), ids=PAPERS)
def test_layout_has_its_template_and_its_style_sheet_knows_what_it_sheds(layout):
    get_template(layout.template)
    styles = (FOLDER / f"{layout.name}.css").read_text()
    steps = [name for steps in (layout.front_steps, layout.back_steps) for step in steps for name in step]
    assert [name for name in steps if f".{name}" not in styles] == []


def test_every_style_sheet_and_page_in_the_folder_is_a_layouts():
    assert {path.stem for path in FOLDER.glob("*.css")} == {"base", *PAPERS}
    assert {path.stem for path in FOLDER.glob("*.html")} == set(PAPERS)


@EVERY
@pytest.mark.django_db
def test_job_says_which_layout_it_is_of(layout):
    job = job_for(given_sheet(5), with_code=False, layout=layout)
    assert job.layout == layout.name
    assert [part.begins_at for part in job.parts] == ["", "how"]
    assert job.parts[1].most_pages == -(-5 // layout.exercises_on_a_page)
    assert f'id="{job.parts[1].begins_at}"' in job.markup


def test_each_layout_is_known_by_its_own_files():
    assert len({layout_token(name) for name in PAPERS}) == len(PAPERS)
    for name in PAPERS:
        others = {f"{other}.css" for other in PAPERS} - {f"{name}.css"}
        assert others.isdisjoint(path.name for path in look_files(name))
