"""The small drawing of a measure: points stand where their day and number say, and none is left out."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from programmes.pages.measure_lines import FOOT, LEFT, RIGHT, TOP, PointSaid, drawing_of

DAY = dt.date(2026, 11, 23)
SCALE = (PointSaid(DAY, 0, "0"), PointSaid(DAY, 10, "10"))
RUNS = st.lists(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 10)), max_size=4), max_size=4)


def readings(run):
    return [PointSaid(DAY + dt.timedelta(days=days), value, str(value)) for days, value in run]


@given(RUNS)
def test_every_reading_has_its_point_inside_the_axes_and_its_number(runs):
    found = drawing_of("Pain", "Pain: 3", [readings(run) for run in runs], scale=SCALE)
    said = [value for run in runs for _day, value in run]
    assert (found is None) == (not said)
    if found:
        assert [point.shown for point in found.points] == [str(value) for value in said]
        assert all(LEFT < point.x < RIGHT and TOP <= point.y <= FOOT for point in found.points)
        assert len(found.lines) == sum(len(run) > 1 for run in runs)


def test_higher_is_up_and_later_is_right():
    found = drawing_of("Pain", "", [readings([(0, 0), (7, 5), (21, 10)])], scale=SCALE)
    assert [point.y for point in found.points] == [FOOT, (FOOT + TOP) / 2, TOP]
    first, second, third = (point.x for point in found.points)
    assert round((second - first) / (third - first), 2) == 0.33


def test_one_day_alone_stands_in_the_middle():
    found = drawing_of("Pain", "", [readings([(0, 3)])], scale=SCALE)
    assert [point.x for point in found.points] == [(LEFT + RIGHT) / 2]
    assert found.lines == ()
