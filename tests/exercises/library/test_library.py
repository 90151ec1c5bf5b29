"""Loading the shared library: idempotent, never deleting, and clear about what is wrong and where."""

import json
import shutil

import pytest

from exercises.library.loading import EXERCISES, FOLDER, LibraryError, load_exercises
from exercises.models import Exercise, Relative
from tests.factories import ClinicFactory, ExerciseFactory, PrescriptionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    """Return a copy of the library that a test may spoil."""
    shutil.copytree(FOLDER, tmp_path / "library")
    return tmp_path / "library"


def edit(folder, change, slug="bridge"):
    """Change one entry of the copy in place; ``change`` gets its object."""
    path = folder / EXERCISES
    rows = json.loads(path.read_text(encoding="utf-8"))
    change(next(row for row in rows if row["slug"] == slug))
    path.write_text(json.dumps(rows), encoding="utf-8")


def leave_out(folder, slug):
    """Take one entry out of the copy, and out of everybody's relatives."""
    path = folder / EXERCISES
    rows = [row for row in json.loads(path.read_text(encoding="utf-8")) if row["slug"] != slug]
    for row in rows:
        row["relatives"] = {
            how: [other for other in others if other != slug] for how, others in row["relatives"].items()
        }
    path.write_text(json.dumps(rows), encoding="utf-8")


def everything():
    return [
        list(Exercise.objects.order_by("slug").values()),
        list(Relative.objects.order_by("pk").values()),
    ]


def relatives(slug):
    """Return an exercise's relatives as the library's file has them."""
    found = {}
    for relative in Relative.objects.filter(exercise__slug=slug).select_related("other"):
        found.setdefault(relative.how, []).append(relative.other.slug)
    return found


def test_loading_twice_changes_nothing(django_assert_num_queries):
    first = load_exercises()
    assert (len(first.new), first.changed, first.unchanged, first.retired) == (26, [], [], [])
    assert str(first) == "26 new, 0 changed, 0 unchanged"
    before = everything()
    with django_assert_num_queries(4):  # savepoint, exercises, relatives, release
        second = load_exercises()
    assert str(second) == "0 new, 0 changed, 26 unchanged"
    assert everything() == before


def test_new_words_for_patients_raise_the_text_version(folder):
    load_exercises(folder)
    edit(folder, lambda row: row.update(why="This can help you stand up."))
    assert load_exercises(folder).changed == ["bridge"]
    bridge = Exercise.objects.get(slug="bridge")
    assert (bridge.why, bridge.text_version) == ("This can help you stand up.", 2)
    assert Exercise.objects.get(slug="clamshell").text_version == 1


@pytest.mark.parametrize(
    "change",
    [
        {"cautions": ["New."]},
        {"harder": ["Hold it."]},
        {"swaps": ["Sit down."]},
        {"dose": {"sets": 2}, "hold_range_s": None},
        {"review_on": "2028-01-31"},
    ],
)
def test_what_only_clinicians_read_leaves_the_text_version(folder, change):
    load_exercises(folder)
    edit(folder, lambda row: row.update(change))
    assert load_exercises(folder).changed == ["bridge"]
    assert Exercise.objects.get(slug="bridge").text_version == 1


def test_changed_rows_keep_their_identity(folder):
    load_exercises(folder)
    before = dict(Exercise.objects.values_list("slug", "pk"))
    edit(folder, lambda row: row.update(kind="mobility"))
    load_exercises(folder)
    assert dict(Exercise.objects.values_list("slug", "pk")) == before


def test_what_has_gone_is_retired_and_comes_back(folder):
    load_exercises(folder)
    path = folder / EXERCISES
    whole = path.read_text(encoding="utf-8")
    leave_out(folder, "bridge")

    loaded = load_exercises(folder)
    assert loaded.retired == ["bridge"]
    assert str(loaded) == "0 new, 5 changed, 20 unchanged, 1 retired", "five had it among their relatives"
    assert Exercise.objects.get(slug="bridge").retired
    assert load_exercises(folder).retired == []

    path.write_text(whole, encoding="utf-8")
    assert "bridge" in load_exercises(folder).changed
    bridge = Exercise.objects.get(slug="bridge")
    assert (bridge.retired, bridge.text_version) == (False, 1)


def test_clinics_own_exercises_are_left_alone():
    own = ExerciseFactory(clinic=ClinicFactory(), slug="bridge", name="Our own bridge")
    other = ExerciseFactory(clinic=own.clinic, slug="step-up")
    load_exercises()
    for exercise, name in ((own, "Our own bridge"), (other, other.name)):
        exercise.refresh_from_db()
        assert (exercise.name, exercise.retired) == (name, False)


def test_exercise_in_use_is_retired_and_not_deleted(folder):
    load_exercises(folder)
    row = PrescriptionFactory(exercise=Exercise.objects.get(slug="bridge"))
    (folder / EXERCISES).write_text("[]", encoding="utf-8")
    load_exercises(folder)
    row.refresh_from_db()
    assert row.exercise.retired


# Relatives


def test_relatives_are_those_of_the_file_in_its_order(folder):
    load_exercises(folder)
    for row in json.loads((folder / EXERCISES).read_text(encoding="utf-8")):
        assert relatives(row["slug"]) == {how: others for how, others in row["relatives"].items() if others}


def test_new_relatives_are_a_change_but_no_new_words(folder):
    load_exercises(folder)
    edit(folder, lambda row: row["relatives"].update(no_floor=["sit-to-stand", "bridge-half-height"]))
    assert load_exercises(folder).changed == ["bridge"]
    assert relatives("bridge")["no_floor"] == ["sit-to-stand", "bridge-half-height"]
    assert Exercise.objects.get(slug="bridge").text_version == 1
    assert load_exercises(folder).changed == []


def test_exercise_may_have_no_relatives(folder):
    load_exercises(folder)
    for slug in ("knee-drop-out", "lying-figure-four", "seated-figure-four"):
        edit(folder, lambda row: row.pop("relatives"), slug)
    assert load_exercises(folder).changed == ["seated-figure-four", "knee-drop-out", "lying-figure-four"]
    assert relatives("knee-drop-out") == {}


def test_clinics_own_relatives_are_left_alone():
    load_exercises()
    own = ExerciseFactory(clinic=ClinicFactory(), slug="our-own-bridge")
    Relative.objects.create(exercise=own, other=Exercise.objects.get(slug="bridge"), how="easier", order=1)
    load_exercises()
    assert relatives("our-own-bridge") == {"easier": ["bridge"]}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda row: row.update(relatives=["clamshell"]), "relatives: must be an object such as"),
        (lambda row: row["relatives"].update(easyer=[]), "relatives.easyer: is not one of easier, harder, no_floor."),
        (lambda row: row["relatives"].update(easier="clamshell"), "relatives.easier: must be a list of slugs"),
        (lambda row: row["relatives"].update(easier=[1]), "relatives.easier: must be a list of slugs"),
        (
            lambda row: row["relatives"].update(no_floor=["plank"]),
            "relatives.no_floor: there is no exercise 'plank' in the library.",
        ),
        (
            lambda row: row["relatives"].update(no_floor=["bridge"]),
            "relatives.no_floor: 'bridge' is the exercise itself or there twice.",
        ),
        (
            lambda row: row["relatives"].update(no_floor=["heel-slide", "heel-slide"]),
            "relatives.no_floor: 'heel-slide' is the exercise itself or there twice.",
        ),
        (
            lambda row: row["relatives"]["easier"].append("heel-slide"),
            "relatives.easier: 'heel-slide' does not name this one as harder.",
        ),
        (
            lambda row: row["relatives"]["easier"].append("single-leg-bridge"),
            "relatives.easier: 'single-leg-bridge' cannot be harder too.",
        ),
    ],
)
def test_mistakes_in_relatives_are_named_by_key(folder, change, message):
    edit(folder, change)
    with pytest.raises(LibraryError) as error:
        load_exercises(folder)
    assert str(error.value).startswith(f"exercises.json: bridge: {message}")
    assert not Exercise.objects.exists()


# Mistakes


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda row: row.pop("steps"), "exercises.json: bridge: steps: is missing."),
        (lambda row: row.update(stepps=[]), "exercises.json: bridge: stepps: is not a key of the library."),
        (lambda row: row.update(steps="Lie down."), "exercises.json: bridge: steps: Write a list of sentences."),
        (lambda row: row.update(steps=["Lie down.", " "]), "exercises.json: bridge: steps: Write a list of sentences."),
        (lambda row: row.update(steps=[]), "exercises.json: bridge: steps: This field cannot be blank."),
        (lambda row: row.update(position="flying"), "exercises.json: bridge: position: Value 'flying' is not a valid"),
        (lambda row: row.update(minutes=3), "exercises.json: bridge: minutes: is not a key of the library."),
        (lambda row: row.update(dose={"sets": 0}), "exercises.json: bridge: sets: Ensure this value is greater than"),
        (lambda row: row.update(name="B" * 61), "exercises.json: bridge: name: Ensure this value has at most 60"),
        (lambda row: row.update(slug="a bridge"), "exercises.json: a bridge: slug: Enter a valid"),
        (lambda row: row.update(dose=10), "exercises.json: bridge: dose: must be an object"),
        (lambda row: row.update(dose={"rep": 10}), "exercises.json: bridge: dose.rep: is not part of a dose."),
        (lambda row: row["dose"].update(sets=11), "exercises.json: bridge: sets: Ensure this value is less than"),
        (lambda row: row["dose"].update(reps="many"), "exercises.json: bridge: reps: “many” value must be an integer"),
        (lambda row: row["dose"].update(reps_to=4), "exercises.json: bridge: __all__: Reps go from 1 to 100"),
        (lambda row: row.update(hold_range_s=[4, 5]), "exercises.json: bridge: hold_range_s: Write two whole numbers"),
        (lambda row: row.update(hold_range_s=3), "exercises.json: bridge: hold_range_s: Write two whole numbers"),
        (lambda row: row.update(review_on="soon"), "exercises.json: bridge: review_on: must be a date"),
        (lambda row: row.update(review_on=None), "exercises.json: bridge: review_on: must be a date"),
        (lambda row: row.update(why="Use your {leg} leg."), "exercises.json: bridge: why: has braces that nothing"),
        (lambda row: row.update(steps=["Lift {it}."]), "exercises.json: bridge: steps: has braces that nothing fills"),
        (lambda row: row.pop("movement_alt"), "exercises.json: bridge: movement_alt: is missing."),
        (lambda row: row.update(works="none"), "exercises.json: bridge: works: Value 'none' is not a valid choice"),
        (lambda row: row.pop("cautions_for"), "exercises.json: bridge: cautions_for: is missing."),
        (lambda row: row["cautions_for"].pop("falls"), "exercises.json: bridge: cautions_for: has no entry for falls."),
        (lambda row: row.update(cautions_for=[]), "exercises.json: bridge: cautions_for: Write one entry for each"),
        (
            lambda row: row["cautions_for"].update(gout={"verdict": "with_care", "why": "It hurts."}),
            "exercises.json: bridge: cautions_for: 'gout' is not one of posterior, anterior, thin_bones",
        ),
        (
            lambda row: row["cautions_for"]["falls"].update(verdict="maybe"),
            "exercises.json: bridge: cautions_for: falls: the verdict is not one of do_not_use, if_cleared",
        ),
        (
            lambda row: row["cautions_for"]["falls"].update(why=" "),
            "exercises.json: bridge: cautions_for: falls: say why in a sentence.",
        ),
        (
            lambda row: row["cautions_for"].update(falls="with care"),
            "exercises.json: bridge: cautions_for: falls needs a verdict and a why.",
        ),
        (lambda row: row.update(slug="a-bridge"), "exercises.json: a-bridge: relatives.easier: 'buttock-squeeze'"),
    ],
)
def test_mistakes_are_named_by_file_slug_and_key(folder, change, message):
    load_exercises()
    before = everything()
    edit(folder, lambda row: row.update(why="This can help you stand up."), slug="clamshell")
    edit(folder, change)
    with pytest.raises(LibraryError) as error:
        load_exercises(folder)
    assert str(error.value).startswith(message)
    assert everything() == before, "one mistake, and nothing is written"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[", "exercises.json: cannot be read: "),
        ("{}", "exercises.json: must be a list of objects, each with a slug."),
        ('["bridge"]', "exercises.json: must be a list of objects, each with a slug."),
        ('[{"name": "Bridge"}]', "exercises.json: must be a list of objects, each with a slug."),
        ('[{"slug": "a"}, {"slug": "a"}]', "exercises.json: a: slug: is there twice."),
    ],
)
def test_unreadable_file_is_named(folder, text, message):
    (folder / EXERCISES).write_text(text, encoding="utf-8")
    with pytest.raises(LibraryError) as error:
        load_exercises(folder)
    assert str(error.value).startswith(message)


def test_missing_and_garbled_files_are_named(folder):
    (folder / EXERCISES).write_bytes(b"\xff\xfe[]")
    with pytest.raises(LibraryError, match=r"^exercises\.json: cannot be read: "):
        load_exercises(folder)
    (folder / EXERCISES).unlink()
    with pytest.raises(LibraryError, match=r"^exercises\.json: cannot be read: "):
        load_exercises(folder)
