"""An exercise that start and end do not explain has a third picture between them, wherever its pictures are shown."""

import re

import pytest
from django.urls import reverse

from exercises.figures import Style, figure
from exercises.figures.gallery.catalogue import library
from exercises.figures.gallery.engine import draw
from exercises.figures.pose.movements import read, slugs
from exercises.figures.scene.stage import set_up
from exercises.pictures import has_three, stills_of, telling_still
from tests.factories import ExerciseFactory, PatientFactory, given_version
from tests.programmes.handouts.sheets import given_sheet, job_for
from tests.structure.world import client_of

THREE = [slug for slug in slugs() if read(slug).middle]
KIND = re.compile(r"sit-to-stand-both-(start|middle|end)-\w{12}\.svg\"[^>]* alt=\"([^\"]*)\"")


def test_sit_to_stand_is_drawn_in_three():
    assert THREE == ["sit-to-stand"]
    assert {key for key in library() if "-middle" in key} == {
        f"sit-to-stand-both-middle{line}" for line in ("", "-60mm", "-40mm")
    }


def test_three_are_of_one_size():
    assert (
        len({(one.width, one.height) for one in (figure(THREE[0], "both", k) for k in ("start", "middle", "end"))}) == 1
    )


def test_middle_has_an_arrow_of_its_own_within_the_frame():
    movement = read(THREE[0])
    assert movement.halfway.end_t == movement.middle.t
    assert movement.halfway.arrows != movement.arrows
    stage = set_up(movement, "both", Style())
    assert draw(movement, "both", "middle", Style()) != draw(movement, "both", "end", Style())
    assert stage.width > 0


def test_middle_that_nobody_asked_for_is_refused():
    with pytest.raises(ValueError, match="has no middle picture"):
        draw(read("bridge"), "both", "middle", Style())


@pytest.mark.django_db
class TestWhereItIsShown:
    @pytest.fixture
    def given(self):
        exercise = ExerciseFactory(
            slug="sit-to-stand", name="Sit to stand", side_mode="bilateral", movement_alt="You lean."
        )
        return given_version(patient=PatientFactory(), exercise=exercise, side="both", weekdays="0123456")

    def test_of_others_there_are_two(self):
        assert list(stills_of(ExerciseFactory(slug="bridge"))) == ["start", "end"]
        assert not has_three(ExerciseFactory(slug="not-drawn"))

    def test_todays_card_and_the_exercises_own_page(self, given):
        row = given.prescriptions.get()
        told = [("start", row.start_alt), ("middle", row.movement_alt), ("end", row.end_alt)]
        client = client_of(given.programme.patient.user)
        assert KIND.findall(client.get(reverse("programmes:today")).content.decode()) == told
        page = client.get(reverse("programmes:today_exercise", args=[row.pk])).content.decode()
        assert KIND.findall(page) == told
        assert re.findall(r"<figcaption><b>(\d)</b>", page) == ["1", "2", "3"]

    def test_staffs_page_of_the_exercise(self, given):
        exercise = given.prescriptions.get().exercise
        page = client_of(given.given_by).get(reverse("exercises:detail", args=[exercise.pk])).content.decode()
        assert [kind for kind, _ in KIND.findall(page)] == ["start", "middle", "end"]
        assert "<b>2</b>On the way" in page

    def test_where_one_picture_stands_for_it_that_is_the_way_up(self, given):
        """At the end somebody only stands there."""
        row = given.prescriptions.get()
        client = client_of(given.given_by)
        listed = client.get(reverse("exercises:list")).content.decode()
        assert KIND.findall(listed) == [("middle", "")]
        patient = client.get(reverse("programmes:patient", args=[given.programme.patient_id])).content.decode()
        assert KIND.findall(patient) == [("middle", row.movement_alt)]
        assert telling_still(ExerciseFactory(slug="bridge")) == "end"

    def test_sheet(self):
        version = given_sheet(slugs=["sit-to-stand", "bridge"])
        names = job_for(version).to_bytes().decode()
        assert {kind for kind in ("start", "middle", "end") if f"sit-to-stand-both-{kind}-60mm" in names} == {
            "start",
            "middle",
            "end",
        }
        assert "sit-to-stand-both-middle-40mm" in names
        assert "sit-to-stand-both-end-40mm" not in names
        assert "bridge-both-end-40mm" in names
