"""Moving drawings in a real browser: which drawing is shown when, whatever motion somebody wants elsewhere."""

import functools
import itertools
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from exercises.figures.gallery.engine import draw
from exercises.figures.moving.film import Pace, film, shots
from exercises.figures.moving.reel import reel_in
from exercises.figures.pose.movements import read
from exercises.figures.scene.styles import Style

pytestmark = pytest.mark.e2e

SHOWN = """time => {
  document.getAnimations().forEach(one => { one.pause(); one.currentTime = time * 1000; });
  const reel = document.querySelector('svg > svg'), width = reel.ownerSVGElement.viewBox.baseVal.width;
  const name = reel.dataset.reel.split(' ')[0], seen = which => {
    const found = document.querySelector(`.${name}${which}`);
    return found && getComputedStyle(found);
  };
  return {
    strips: [...document.querySelectorAll(`.${name}`)].map(
      strip => -new DOMMatrix(getComputedStyle(strip).transform).e / width),
    ring: Number(seen('h')?.opacity ?? -1),
    filled: 1 - parseFloat(seen('f')?.strokeDashoffset ?? 1),
  };
}"""


@functools.cache
def reel_of(slug):
    return draw(read(slug), "right", "animation", Style())


@pytest.fixture(params=["no-preference", "reduce"])
def page(request, browser):
    """Return a page of somebody who wants little motion, or does not say; a film is shown to whoever asked for it."""
    context = browser.new_context(reduced_motion=request.param)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    ("slug", "pace", "times"),
    [
        ("clamshell", Pace(2, 30, 2), (0.1, 3.01, 18, 32.9, 34.9)),
        ("quadruped-hip-circles", Pace(2, 0, 2, 2), (0.1, 3.56, 8.56, 12.06, 18.06, 20.4)),
    ],
)
def test_each_drawing_is_shown_when_the_pace_says(page, slug, pace, times):
    reel = reel_in(reel_of(slug))
    page.set_content(film(reel_of(slug), pace))
    shown = [page.evaluate(SHOWN, time) for time in times]
    for one in shown:
        assert len(set(one["strips"])) == 1  # fills, lines and shadows go together
    first = [one["strips"][0] for one in shown]
    assert first == pytest.approx([drawing_at(reel, pace, time) for time in times], abs=0.01)
    if pace.hold:
        assert [one["ring"] for one in shown] == [0, 1, 1, 1, 0]
        assert [one["filled"] for one in shown[1:4]] == pytest.approx([0, 0.5, 1], abs=0.01)


def drawing_at(reel, pace, time):
    """Return which drawing a film shows at a time, by its own list."""
    ends = itertools.accumulate(shot.seconds for shot in shots(reel, pace))
    return next(shot.drawing for shot, end in zip(shots(reel, pace), ends, strict=True) if time < end)


def test_drawings_beside_the_one_that_is_shown_are_never_seen(browser):
    """Not even where a frame is much wider than the picture."""
    context = browser.new_context(viewport={"width": 900, "height": 200})
    page = context.new_page()
    svg = film(reel_of("standing-hip-flexion"), Pace())
    page.set_content(f"<style>body{{margin:0}}body>svg{{width:900px;height:200px}}</style>{svg}")
    page.evaluate(SHOWN, 2)
    seen = Image.open(BytesIO(page.screenshot())).convert("L")
    drawn = np.flatnonzero((np.asarray(seen) < 250).any(axis=0))
    context.close()
    assert 20 < np.ptp(drawn) < 300
