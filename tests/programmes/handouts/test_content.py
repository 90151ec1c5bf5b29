"""What a sheet says, before anything is drawn."""

import dataclasses
import datetime as dt
import zoneinfo
from xml.etree import ElementTree as ET

import pytest
from django.test import override_settings

from hipcare.clinics.services.devices import make_pairing_code
from programmes.handouts.content import sheet_of
from programmes.handouts.layouts import LAYOUTS
from programmes.handouts.proof import job_of
from programmes.handouts.versions import given_versions, version_before, with_everything
from tests.factories import ClinicFactory, PatientFactory
from tests.programmes.handouts.sheets import given_sheet

pytestmark = pytest.mark.django_db


def sheet(version, code=None):
    version = with_everything(version)
    return sheet_of(version, code, version_before(version))


def test_dose_is_the_one_line_and_the_one_sentence():
    version = given_sheet(7, rows=[{"sets": 3, "hold_s": 5, "rest_s": 30}, {"load": "red band", "tempo": "slow"}])
    blocks = sheet(version).exercises
    rows = list(version.prescriptions.all())
    assert [block.line for block in blocks] == [row.line for row in rows]
    assert [block.sentence for block in blocks] == [row.sentence for row in rows]
    assert blocks[0].line == "3 × 10 · hold 5 s · rest 30 s · both legs · once a day · Mon Wed Fri"
    assert blocks[0].dose == "3 × 10 · hold 5 s · rest 30 s · both legs"


def test_words_are_those_of_the_day_it_was_given():
    version = given_sheet(1)
    exercise = version.prescriptions.get().exercise
    exercise.name, exercise.steps = "Renamed", ["Rewritten."]
    exercise.save()
    block = sheet(version).exercises[0]
    assert block.name == "Bridge"
    assert "Rewritten." not in block.steps


def test_tree_is_made_without_a_query(django_assert_num_queries):
    old = given_sheet(3)
    new = given_sheet(4, programme=old.programme, number=2)
    code = make_pairing_code(patient=new.patient, by=new.given_by)
    version, previous = with_everything(new), with_everything(old)
    with django_assert_num_queries(0):
        job_of(sheet_of(version, code, previous))


@pytest.mark.parametrize("exercises", [1, 3])
def test_everything_is_fetched_in_five_queries_however_many_rows(exercises, django_assert_num_queries):
    version = given_sheet(exercises)
    with django_assert_num_queries(5):
        (fetched,) = given_versions().filter(pk=version.pk)
    with django_assert_num_queries(0):
        sheet_of(fetched, None, None)


def test_both_sides_read_each_leg_in_turn():
    version = given_sheet(2, patient=PatientFactory(affected_side="both"))
    block = sheet(version).exercises[1]
    assert block.leg_words == "Each leg in turn"
    assert "each leg in turn" in block.line
    assert "with each leg in turn" in block.sentence
    assert sheet(version).hip == "For both hips"


def test_picture_and_words_show_the_same_leg():
    version = given_sheet(2, patient=PatientFactory(affected_side="left"))
    block = sheet(version).exercises[1]
    assert block.leg_words == "Left leg"
    names = [picture.name.rsplit("/", 1)[1] for picture in block.pictures]
    assert names[0].startswith("side-lying-hip-abduction-left-start")
    assert names[1].startswith("side-lying-hip-abduction-left-end")
    assert block.front_picture.name.rsplit("/", 1)[1].startswith("side-lying-hip-abduction-left-end")
    assert "left leg" in block.pictures[1].alt


def test_legs_that_take_turns_are_changed_on_the_sheet():
    version = given_sheet(6, patient=PatientFactory(affected_side="both"))
    assert [block.steps[-1].rsplit(". ", 1)[-1] for block in sheet(version).exercises] == [
        "Lower slowly.",
        "Then change sides.",
        *["Then change legs."] * 3,
        "Then change sides.",
    ]


def test_exercise_nobody_has_drawn_has_no_picture():
    version = given_sheet(1)
    row = version.prescriptions.get()
    row.text["slug"] = "our-own"
    block = sheet_of_rows(version, [row]).exercises[0]
    assert (block.pictures, block.front_picture) == ([], None)
    assert sheet_of_rows(version, [row]).pictures == []


def sheet_of_rows(version, rows):
    version = with_everything(version)
    version._prefetched_objects_cache["prescriptions"] = rows
    return sheet_of(version, None, None)


def test_days_that_differ_are_not_summed_up():
    same, mixed = given_sheet(2), given_sheet(2, rows=[{"weekdays": "135"}])
    assert sheet(same).how_often == "Once a day on Monday, Wednesday and Friday."
    assert sheet(mixed).how_often == ""


def test_minutes_are_those_of_the_doses_given():
    usual, more = given_sheet(2), given_sheet(2, rows=[{"sets": 3, "rest_s": 60, "times_a_day": 2}])
    assert sheet(usual).minutes == 3 + 2
    assert sheet(more).minutes == 7 + 2, "each done once"


def test_date_is_the_day_in_the_clinics_zone():
    late = dt.datetime(2026, 11, 23, 23, 30, tzinfo=zoneinfo.ZoneInfo("UTC"))
    there = PatientFactory(clinic=ClinicFactory(time_zone="Europe/Berlin"))
    assert sheet(given_sheet(1, given_at=late)).made_on == "23 November 2026"
    assert sheet(given_sheet(1, patient=there, given_at=late)).made_on == "24 November 2026"


@pytest.mark.parametrize(
    ("fine", "ok", "numbers"),
    [(2, 5, ["0–2", "3–5", "6–10"]), (0, 1, ["0", "1", "2–10"]), (3, 4, ["0–3", "4", "5–10"])],
)
def test_pain_table_has_the_bands_of_the_version(fine, ok, numbers):
    found = sheet(given_sheet(1, pain_fine_up_to=fine, pain_ok_up_to=ok))
    assert [band.numbers for band in found.bands] == numbers
    assert found.help.call_us.items[0] == f"Exercise pain {ok + 1} or more, 2 times in a row"


def test_help_box_has_the_clinics_numbers():
    clinic = ClinicFactory(phone="0100 200", emergency_phone="112", urgent_phone="116")
    found = sheet(given_sheet(1, patient=PatientFactory(clinic=clinic)))
    assert found.help.emergency.heading == "112 or A&E now"
    assert found.help.urgent.heading == "Call 116 today"
    assert found.help.call_us.heading == "Call us 0100 200"
    assert found.foot.replace("\N{NO-BREAK SPACE}", " ").endswith("Help: 0100 200")


@override_settings(SITE_URL="https://hep.example.org")
def test_code_is_printed_three_ways():
    version = given_sheet(1)
    code = make_pairing_code(patient=version.patient, by=version.given_by)
    box = sheet(version, code).on_phone
    assert box.qr == f"https://hep.example.org/j#{code.token}"
    assert box.code == code.typed_code
    assert box.address == "hep.example.org/j"


def test_second_version_says_what_changed_and_which_sheet_to_throw_away():
    old = given_sheet(2)
    new = given_sheet(3, programme=old.programme, number=2, rows=[{"sets": 2}])
    found = sheet(new)
    assert found.replaces == 1
    assert found.changes == [
        "Bridge is now 2 sets of 10. It was 10 times.",
        "Standing leg back is new: 10 on each leg.",
    ]
    assert sheet(old).replaces is None


def test_things_needed_are_named_once():
    found = sheet(given_sheet(4)).equipment.split(", ")
    assert len(found) == len(set(found))
    assert found[0] == "bed or mat"
    assert found == ["bed or mat", "pillow for your head", "worktop or heavy chair", "wall behind the chair"]


def test_nobody_is_told_what_is_right_for_some_only():
    """Walking about first, and shoes, are for the physiotherapist to say: they stand in the note or not at all."""
    said = "Walk about for 3 minutes first. Wear shoes to stand."
    plain = job_of(sheet(given_sheet(4))).markup
    noted = job_of(sheet(given_sheet(4, note=said))).markup
    for words in ("Walk about", "shoes", "Keep a phone"):
        assert words not in plain
    assert noted.count(said) == 1


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_progression_rule_stands_at_its_exercise_on_every_layout(layout):
    rule = "When 12 feels easy on two days, tell me."
    version = with_everything(given_sheet(2, rows=[{"progression": rule}]))
    markup = job_of(sheet_of(version, None, None, layout)).markup
    assert markup.count("When to go on:") == markup.count(rule) == 1
    first, second = (block.name for block in sheet(version).exercises)
    assert markup.index(f"{first}</span></h3>") < markup.index(rule) < markup.index(f"{second}</span></h3>")


def test_what_is_needed_has_a_box_only_if_something_is():
    assert "<h2>You need</h2>" in job_of(sheet(given_sheet(1))).markup
    assert "You need" not in job_of(dataclasses.replace(sheet(given_sheet(1)), equipment="")).markup


def test_block_says_whose_hip_is_trained_where_it_is_not_plain():
    version = given_sheet(slugs=["standing-hip-flexion", "bridge"], rows=[{"side": "right"}])
    assert [block.trains for block in sheet(version).exercises] == ["Trains both hips", ""]
    assert job_of(sheet(version)).markup.count("<b>Trains both hips.</b>") == 1


def test_front_shows_pictures_for_up_to_four_exercises():
    assert sheet(given_sheet(4)).has_pictures_in_front
    five = sheet(given_sheet(5))
    assert not five.has_pictures_in_front
    assert [len(column) for column in five.columns] == [3, 2]
    assert [len(column) for column in sheet(given_sheet(1)).columns] == [1]


def test_characters_that_xml_cannot_hold_are_left_out():
    odd = "a\x00b\x01c\x0bd\x1fe\ufffef\ud800g\x7f\U0001f44d"
    markup = job_of(dataclasses.replace(sheet(given_sheet(1)), note=odd)).markup
    assert "abcdefg\x7f\U0001f44d" in markup
    ET.fromstring(markup)  # noqa: S314
