"""Moving drawings in a real browser: which drawing is shown when, and that they stand where motion is not wanted."""

import pytest

from exercises.figures.gallery.engine import draw
from exercises.figures.pose.movements import read
from exercises.figures.scene.styles import Style

pytestmark = pytest.mark.e2e

SHOWN = """time => {
  document.getAnimations().forEach(one => { one.pause(); one.currentTime = time * 1000; });
  const width = document.querySelector('svg').viewBox.baseVal.width;
  return [...document.querySelectorAll('svg > g[class]')].map(
    strip => -new DOMMatrix(getComputedStyle(strip).transform).e / width);
}"""


@pytest.fixture(params=["no-preference", "reduce"])
def page(request, browser):
    context = browser.new_context(reduced_motion=request.param)
    yield context.new_page(), request.param == "reduce"
    context.close()


@pytest.mark.parametrize(
    ("slug", "times"), [("clamshell", (0.1, 1.25, 2.4, 4.9)), ("quadruped-hip-circles", (0.0, 1.5, 3.1))]
)
def test_one_drawing_after_the_other_is_shown(page, slug, times):
    page, reduced = page
    page.set_content(draw(read(slug), "right", "animation", Style()))
    count = page.evaluate("document.querySelector('svg > g[class]').children.length")
    shown = [page.evaluate(SHOWN, time) for time in times]
    for strips in shown:
        assert len(set(strips)) == 1  # fills, lines and shadows go together
        assert strips[0] == pytest.approx(round(strips[0]))
        assert 0 <= strips[0] < count
    first = [strips[0] for strips in shown]
    if reduced:
        assert len(set(first)) == 1
        assert first[0] > 0
    elif read(slug).loops:
        assert first[0] == 0
        assert first == sorted(set(first))
    else:
        assert first == [0, pytest.approx(count / 2, abs=1.1), count - 1, 0]
