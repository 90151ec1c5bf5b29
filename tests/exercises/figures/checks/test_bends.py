"""A bent knee looks bent: the check itself, and every pose of the library."""

import dataclasses

import pytest

from exercises.figures.checks.bends import SEEN, seen_bend, straightened
from exercises.figures.gallery.checking import faults
from exercises.figures.pose.files import Viewpoint
from exercises.figures.pose.movements import read, slugs
from exercises.figures.seen.camera import Camera
from exercises.figures.skeleton.solving import solve
from tests.walks import for_each

ALONG_THE_BEND = {"clamshell": 42.0, "clamshell-band": 36.0, "clamshell-small": 24.0}
"""From the front and so far above, an open clamshell shows a straight leg."""


@for_each(slugs())
def test_bent_knees_of_who_lies_look_bent(slug):
    assert list(straightened(read(slug))) == []


@pytest.mark.parametrize("slug", ALONG_THE_BEND)
def test_clam_seen_along_its_bend_is_refused(slug, monkeypatch):
    from_the_front = dataclasses.replace(read(slug), camera=Viewpoint(-14.0, ALONG_THE_BEND[slug]))
    (found,) = straightened(from_the_front)
    assert found.startswith(f"{slug}.json: camera: at the end knee_r is bent by ")
    monkeypatch.setattr("exercises.figures.gallery.checking.read", lambda _slug: from_the_front)
    assert found in faults(slug)


def test_who_sits_or_stands_is_not_asked():
    assert list(straightened(dataclasses.replace(read("seated-march"), camera=Viewpoint(0.0, 0.0)))) == []


@pytest.mark.parametrize("mirror", [False, True])
def test_bend_is_the_same_for_the_other_leg(mirror):
    camera, movement = Camera(22.0, 27.0, mirror=mirror), read("clamshell")
    assert seen_bend(solve(movement.pose_at(movement.end_t)), "r", camera) == pytest.approx(53, abs=1)
    assert SEEN < 53


def test_small_clamshell_opens_less_and_is_seen_from_elsewhere():
    small, large = read("clamshell-small"), read("clamshell")
    lifted = {
        one.slug: solve(one.pose_at(1.0)).frames["shank_r"].origin[1]
        - solve(one.pose_at(0.0)).frames["shank_r"].origin[1]
        for one in (small, large)
    }
    assert lifted["clamshell"] > 1.5 * lifted["clamshell-small"] > 10
    assert small.camera != large.camera
