import datetime as dt

import pytest

from programmes.pages import charts
from programmes.pages.charts import Bands, fortnight, pain_pair, pain_y, strip
from programmes.rules.adherence import Item, Log, Plan, Window, adherence
from programmes.rules.schedule import EVERY_DAY, Frequency

TODAY = dt.date(2026, 11, 23)
WINDOW = Window.ending(TODAY, days=14)
DAILY = Plan(
    WINDOW.first,
    (Item(1, 1, "Bridge", Frequency(weekdays=EVERY_DAY)), Item(2, 2, "Clamshell", Frequency(weekdays=EVERY_DAY))),
)
NAMED = Plan(WINDOW.first, (Item(1, 1, "Bridge", Frequency(weekdays=frozenset({0, 2, 4}))),))


def did(day, *exercises, paper=False):
    return [Log(day, n, n, done=True, paper=paper) for n in exercises]


def counted(logs=(), plan=DAILY):
    return adherence([plan], logs, WINDOW, today=TODAY)


def chart(logs=(), pains=None, usual=3, plan=DAILY):
    return fortnight(counted(logs, plan), pains or {}, usual=usual, bands=Bands(), today=TODAY)


def on(n):
    return WINDOW.first + dt.timedelta(days=n)


def test_strip_has_a_box_and_words_for_each_day():
    marks = strip(counted(did(on(0), 1, 2) + did(on(1), 1) + did(on(2), 1, 2, paper=True)).days, TODAY)
    assert [mark.classes for mark in marks[:4]] == ["strip-full", "strip-part", "strip-paper", "strip-none"]
    assert marks[-1].classes == "strip-today"
    assert marks[1].words == "Wed 11 Nov: 1 of 2 done"
    assert len(marks) == 14


def test_today_keeps_its_outline_when_done():
    assert strip(counted(did(TODAY, 1, 2)).days, TODAY)[-1].classes == "strip-full strip-today"


@pytest.mark.parametrize(
    ("usual", "last", "usual_x", "last_x", "is_high"),
    [
        (3, 5, 33, 51, False),
        (4, 7, 42, 69, True),
        (0, 10, 6, 96, True),
        (None, 2, None, 24, False),
        (3, None, 33, None, False),
    ],
)
def test_pain_pair_on_the_ruler(usual, last, usual_x, last_x, is_high):
    pair = pain_pair(usual, last, Bands())
    assert (pair.usual_x, pair.last_x, pair.is_high) == (usual_x, last_x, is_high)


def test_pain_pair_marks_the_clinics_own_bands():
    assert "M33 13.5" in pain_pair(1, 1, Bands(fine=3, ok=6)).ruler
    assert pain_pair(1, 6, Bands(fine=3, ok=6)).is_high is False
    assert pain_pair(4, 7, Bands()).diamond == "M69 .5 L75.5 7 L69 13.5 L62.5 7Z"


def test_no_pain_known_is_no_picture():
    assert pain_pair(None, None, Bands()) is None


@pytest.mark.parametrize(("pain", "y"), [(0, 210), (3, 170.4), (4, 157.2), (10, 78)])
def test_pain_y_runs_from_foot_to_top(pain, y):
    assert pain_y(pain) == y


def test_sessions_and_pain_share_their_columns():
    drawn = chart(did(on(1), 1, 2), {on(1): 4, on(3): 6})
    column = drawn.columns[1]
    assert (column.x, column.count, column.box, column.pain, column.pain_y) == (151.1, "2/2", "full", 4, 157.2)
    assert drawn.line == "M151.1 157.2 L248.5 130.8"
    assert drawn.columns[3].is_high
    assert drawn.columns[3].diamond == "M248.5 121.8l9 9-9 9-9-9Z"
    assert drawn.columns[3].value_y == 116.8
    assert [c.weekday for c in drawn.columns[:2]] == ["Tu", "We"]
    assert [c.is_weekend for c in drawn.columns[3:7]] == [False, True, True, False]


def test_boxes_of_the_session_row():
    drawn = chart(did(on(0), 1) + did(on(1), 1, 2, paper=True) + did(TODAY, 1))
    assert [c.box for c in drawn.columns[:3]] == ["part", "full", "none"]
    assert drawn.columns[1].is_paper
    assert (drawn.columns[-1].box, drawn.columns[-1].count) == ("today", "1/2")
    assert drawn.columns[2].count == ""
    assert chart(plan=NAMED).columns[0].box == "rest"


def test_a_day_logged_with_none_done_has_a_mark_of_its_own():
    none_done = [Log(on(n), 1, 1) for n in (0, 13)]
    drawn, marks = chart(none_done), strip(counted(none_done).days, TODAY)
    first, last = drawn.columns[0], drawn.columns[-1]
    assert (first.box, first.has_bar, first.count, first.what) == ("empty", True, "0/2", "logged, none done")
    assert (last.box, last.has_bar, last.count) == ("today", True, "0/2")
    assert not drawn.columns[1].has_bar
    assert [marks[0].classes, marks[-1].classes] == ["strip-empty", "strip-empty strip-today"]
    assert marks[0].words == "Tue 10 Nov: logged, none done"


def test_a_day_paused_afterwards_is_drawn_as_it_was():
    paused = Plan(WINDOW.first, DAILY.items, pauses=(Window(on(0), on(2)),))
    logs = did(on(0), 1) + did(on(1), 1, 2)
    assert [c.box for c in chart(logs, plan=paused).columns[:4]] == ["part", "full", "paused", "none"]
    assert [c.count for c in chart(logs, plan=paused).columns[:3]] == ["1/2", "2/2", ""]
    assert [mark.classes for mark in strip(counted(logs, paused).days)][:3] == [
        "strip-part",
        "strip-full",
        "strip-paused",
    ]


def test_a_day_of_rest_is_one_today_too_and_without_a_plan_there_is_no_box():
    fridays = Plan(on(3), (Item(1, 1, "Bridge", Frequency(weekdays=frozenset({4}))),))
    assert [c.box for c in chart(plan=fridays).columns] == [*["off"] * 3, "none", *["rest"] * 6, "none", *["rest"] * 3]
    assert [mark.classes for mark in strip(counted(plan=fridays).days, TODAY)][-2:] == ["strip-rest", "strip-rest"]
    assert chart(plan=Plan(on(0), (), on(12))).columns[-1].box == "off"


def test_first_day_of_the_first_plan_says_so():
    given_today = Plan(TODAY, DAILY.items)
    drawn = fortnight(counted(plan=given_today), {}, usual=None, bands=Bands(), today=TODAY, starts_today=True)
    assert drawn.starts is drawn.columns[-1]
    assert "10 Nov to 23 Nov. Starts today. No pain score was given." in drawn.title
    assert chart(plan=given_today).starts is None


def test_lines_across_the_chart():
    assert chart().band_lines == [("2/3", 177.0), ("5/6", 137.4)]
    assert chart().usual_y == 170.4
    assert chart(usual=None).usual_y is None
    assert chart().usual_at_start is False
    assert chart(pains={TODAY: 3}).usual_at_start is True


def test_one_point_makes_no_line():
    assert chart(pains={on(1): 4}).line == ""


def test_title_says_what_the_chart_shows():
    assert chart(did(on(1), 1, 2), {on(1): 4, on(3): 6}).title == (
        "Sessions and worst pain for 14 days, 10 Nov to 23 Nov. 1 of 13 planned sessions done. "
        "Worst pain: 4 on 11 Nov and 6 on 13 Nov. Usual pain 3."
    )


def test_title_with_nothing_to_say():
    empty = fortnight(adherence([], [], WINDOW), {}, usual=None, bands=Bands())
    assert empty.title == (
        "Sessions and worst pain for 14 days, 10 Nov to 23 Nov. No session was due. No pain score was given."
    )
    assert charts.Fortnight.width == 770
