"""Films: which drawing is shown when, as the dose asks for, and what else is to be seen meanwhile."""

import gzip
import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises.dosage import DIRECTIONS, HOLD_S, TEMPO_S, Dose
from exercises.figures import STATIC, figure
from exercises.figures.gallery.engine import sides_of
from exercises.figures.moving.film import LIFT, LONGEST, REST, ROUNDS, TURN, Pace, film, held, pace_of, shots
from exercises.figures.moving.reel import Reel, reel_in
from exercises.figures.pose.movements import slugs
from exercises.pictures import timing_of
from tests.exercises.figures.paths import SVG, parsed

WAY = Reel("fabc", 1000, 5, 0, (100, 100), 50, "#123456", "#ffffff")
ROUND = Reel("fabc", 1000, 3, 8, (100, 100), 50, "#123456", "#ffffff")
BARE = (
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 500"><svg data-reel="{WAY.said}" width="1000" '
    'height="500"><g class="fabc"></g></svg></svg>'
)
paces = st.builds(Pace, st.integers(1, 30), st.integers(*HOLD_S), st.integers(1, 30), st.integers(1, 2))


def length(run):
    return sum(shot.seconds for shot in run)


def test_a_stretch_moves_in_holds_as_long_as_asked_and_moves_out():
    run = shots(WAY, Pace(out=2, hold=30, back=3))
    assert [shot.drawing for shot in run] == [0, 0, 1, 2, 3, 4, 4, 3, 2, 1]
    assert length(run[1:5]) == 2
    assert run[5].seconds == 30
    assert length(run[6:]) == 3
    assert length(run) == pytest.approx(REST + 2 + 30 + 3)


def test_a_tempo_is_kept():
    run = shots(WAY, Pace(out=3, hold=1, back=3))
    begin, start, end = held(WAY, Pace(out=3, hold=1, back=3))
    assert (begin, start, end) == (REST, REST + 3, REST + 4)
    assert length(run) == REST + 3 + 1 + 3


def test_without_a_hold_it_turns_at_once():
    assert shots(WAY, Pace())[5].seconds == TURN


def test_a_circle_goes_both_ways_as_often_and_is_put_down_once():
    run = [drawing for drawing, _ in itertools.groupby(shot.drawing for shot in shots(ROUND, Pace(ways=2)))]
    there, ways, back = run[:3], run[3:-3], run[-3:]
    assert (there, back) == ([0, 1, 2], [2, 1, 0])
    one_way, other_way = [3, *range(4, 11)], [3, *range(10, 3, -1)]
    assert ways == [*one_way * ROUNDS, *other_way * ROUNDS, 3]
    assert shots(ROUND, Pace(ways=2)).count(shots(ROUND, Pace(ways=2))[0]) == 1


def test_a_circle_goes_one_way_where_one_is_asked_for_and_takes_out_and_back_for_a_round():
    run = shots(ROUND, Pace(out=3, back=2, ways=1))
    assert length(run) == pytest.approx(REST + LIFT + TURN + ROUNDS * 5 + TURN + LIFT)


@given(paces, st.sampled_from([WAY, ROUND]))
def test_any_pace_makes_a_film_of_drawings_that_are_there(pace, reel):
    run = shots(reel, pace)
    assert {shot.drawing for shot in run} == set(range(reel.there + reel.turning))
    assert all(shot.seconds > 0 for shot in run)
    assert run[0] == run[0].__class__(0, REST)
    percents = [float(found) for found in re.findall(r"([\d.]+)%{transform", film(BARE, pace))]
    assert percents == sorted(set(percents))
    assert percents[0] == 0
    assert percents[-1] < 100


@given(paces)
def test_a_pace_is_its_code(pace):
    assert pace_of(pace.code) == pace


@pytest.mark.parametrize(
    "code",
    ["", "2", "2-3-2", "02-3-2-1", "2-3-2-3", "0-3-2-1", "2-301-2-1", "2-3-2-1-1", "2-3-2--1", "2-٣-2-1", "9" * 4000],
)
def test_a_pace_that_is_none_is_refused(code):
    with pytest.raises(ValueError, match=r"no pace|is not from"):
        pace_of(code)


@pytest.mark.parametrize(
    ("dose", "pace"),
    [
        (Dose(reps=1, hold_s=20, hold_to_s=30), Pace(2, 30, 2, 1)),
        (Dose(reps=10, hold_s=3), Pace(2, 3, 2, 1)),
        (Dose(reps=10, directions=2), Pace(2, 0, 2, 2)),
        (Dose(up_s=3, hold_s=1, down_s=4), Pace(3, 1, 4, 1)),
        (Dose(directions=2, for_minutes=5), Pace(2, 0, 2, 1)),
        (Dose(), Pace(2, 0, 2, 1)),
    ],
)
def test_pace_is_what_the_dose_says(dose, pace):
    assert timing_of(dose) == pace


def test_whatever_a_dose_may_say_can_be_shown():
    assert LONGEST == {"out": TEMPO_S, "hold": HOLD_S, "back": TEMPO_S, "ways": DIRECTIONS}


def test_ring_says_how_long_and_fills_while_it_is_held():
    svg = film(BARE, Pace(2, 30, 2))
    style = parsed(svg).find(f"{SVG}style").text
    total = REST + 2 + 30 + 2
    start, end = (f"{100 * at / total:.3f}".rstrip("0") + "%" for at in (REST + 2, REST + 32))
    assert f"@keyframes fabcf{{0%,{start}{{stroke-dashoffset:1}}{end},to{{stroke-dashoffset:0}}}}" in style
    assert f"@keyframes fabch{{0%{{opacity:0}}{start}{{opacity:1}}{end}{{opacity:0}}}}" in style
    ring = [group for group in parsed(svg).iter(f"{SVG}g") if group.get("class") == "fabch"]
    assert [group.get("opacity") for group in ring] == ["0"]
    assert [text.text for text in ring[0].iter(f"{SVG}text")] == ["30 s"]


@pytest.mark.parametrize("pace", [Pace(hold=0), Pace(hold=1)])
def test_what_is_over_at_once_has_no_ring(pace):
    assert "<text" not in film(BARE, pace)
    assert "<circle" not in film(BARE, pace)


def test_who_goes_round_has_no_ring():
    assert "<text" not in film(BARE.replace(WAY.said, ROUND.said), Pace(hold=5))


def test_it_moves_for_whoever_asked_to_see_it_move():
    """Who wants little motion sees the still picture until they press Moving; then it has to move."""
    assert "prefers-reduced-motion" not in film(BARE, Pace(hold=3))


def test_a_push_holds_and_does_not_pulse():
    style = parsed(film(BARE, Pace(2, 5, 2))).find(f"{SVG}style").text
    assert "@keyframes fabce{0%,10%{opacity:0}30%,80%{opacity:1}100%,to{opacity:0}}" in style


def test_a_still_is_no_reel():
    with pytest.raises(ValueError, match="not a reel"):
        film('<svg viewBox="0 0 9 9"></svg>', Pace())


@pytest.mark.parametrize("slug", slugs())
def test_every_film_is_light_and_needs_nothing_from_outside(slug):
    for side in sides_of(slug):
        svg = film((STATIC / figure(slug, side, "animation").file).read_text(encoding="utf-8"), Pace(2, 300, 2, 2))
        assert len(gzip.compress(svg.encode(), 9)) <= 60 * 1024
        assert not re.search(r"href|url\(|<script|@import|<image|\sid=|\son\w+=", svg)
        reel = reel_in(svg)
        classes = {group.get("class") for group in parsed(svg).iter() if group.get("class")}
        assert classes <= {reel.name + which for which in ("", "e", "h", "f")}
