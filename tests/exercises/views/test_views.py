"""The library's two pages, as a physiotherapist meets them."""

import html
import re
import uuid

import pytest
from django.urls import reverse

from exercises.library.loading import load_exercises
from exercises.models import Exercise, Relative
from hipcare.audit.models import Entry
from tests.factories import ClinicFactory, ExerciseFactory, PhysioFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def physio(client):
    user = PhysioFactory()
    client.force_login(user, backend="hipcare.clinics.backends.StaffBackend")
    return user


def names(response):
    """Return the exercises on the cards, in order."""
    return [html.unescape(name) for name in re.findall(r"<h2>(.*?)</h2>", response.content.decode())]


def page(client, **query):
    return client.get(reverse("exercises:list"), query)


def detail(client, exercise, **options):
    return client.get(reverse("exercises:detail", args=[exercise.pk]), **options)


# The list


def test_list_shows_the_shared_and_the_clinics_own_and_nobody_elses(client, physio):
    ExerciseFactory(name="Shared")
    ExerciseFactory(name="Our own", clinic=physio.clinic)
    ExerciseFactory(name="A stranger's", clinic=ClinicFactory())
    ExerciseFactory(name="Retired", retired=True)
    assert names(page(client)) == ["Our own", "Shared"]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_queries_for_1_and_3_rows(client, physio, rows, django_assert_num_queries):
    ExerciseFactory.create_batch(rows)
    with django_assert_num_queries(4):  # session, user with clinic, exercises, signatures
        assert len(names(page(client))) == rows


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, 26),
        ({"q": "bridge"}, 5),
        ({"q": "hamstrings"}, 10),
        ({"q": "stairs"}, 3),
        ({"q": "hip flexion"}, 4),
        ({"q": "band"}, 3),
        ({"position": "standing"}, 6),
        ({"position": ["standing", "kneeling"]}, 7),
        ({"kind": "stretch"}, 2),
        ({"tag": "no_floor"}, 23),
        ({"tag": ["no_floor", "bend_under_90"]}, 17),
        ({"tag": "no_equipment"}, 19),
        ({"q": "lift", "position": "side_lying"}, 1),
    ],
    ids=str,
)
def test_search_and_filters_find(client, physio, query, found):
    load_exercises()
    response = page(client, **query)
    assert len(names(response)) == found
    count = f"{found} of 26 exercises" if query else "26 exercises, each with who checked it and when"
    assert f'id="count" role="status">{count}' in response.content.decode()


def test_what_only_its_cautions_name_is_marked(client, physio):
    ExerciseFactory(name="Not for it", cautions=["Labral tear: keep it small."])
    ExerciseFactory(name="For it", also_called=["labral lift"])
    text = page(client, q="labral").content.decode()
    assert text.index("For it") < text.index("Not for it") < text.index("Named in what to weigh up")
    assert text.count("Named in what to weigh up") == 1
    assert "Named in what to weigh up" not in page(client).content.decode()


def test_usual_rule_for_going_on_is_on_the_page(client, physio):
    exercise = ExerciseFactory(progression="When 12 feels easy, tell me.")
    text = client.get(reverse("exercises:detail", args=[exercise.pk])).content.decode()
    assert "When to go on" in text
    assert "<bdi>When 12 feels easy, tell me.</bdi>" in text
    other = client.get(reverse("exercises:detail", args=[ExerciseFactory().pk])).content.decode()
    assert "When to go on" not in other


def test_search_is_kept_in_the_form(client, physio):
    load_exercises()
    text = page(client, q='<b>"stairs"', position="sitting", tag="no_floor", kind="stretch").content.decode()
    assert 'value="&lt;b&gt;&quot;stairs&quot;"' in text
    assert re.findall(r'value="(\w+)" checked', text) == ["sitting", "no_floor", "stretch"]


def test_empty_search_names_what_to_take_away(client, physio):
    load_exercises()
    response = page(client, position="sitting", kind="mobility")
    assert names(response) == ["No exercise fits all of this"]
    text = response.content.decode()
    assert '<a href="/exercises/?kind=mobility">Without Sitting</a>: 5 exercises' in text
    assert '<a href="/exercises/?position=sitting">Without Mobility</a>: 4 exercises<' in text
    assert "Show all 26" in text


def test_search_that_no_single_step_can_save_offers_the_whole(client, physio):
    load_exercises()
    text = page(client, q="zebra", position="sitting", kind="mobility").content.decode()
    assert "Take one away" not in text
    assert "Show all 26" in text


def test_words_that_are_nowhere_can_be_taken_away(client, physio):
    load_exercises()
    text = html.unescape(page(client, q="zebra").content.decode())
    assert '<a href="/exercises/?">Without “zebra”</a>: 26 exercises' in text


def test_empty_library_says_how_to_fill_it(client, physio):
    assert names(page(client)) == ["The library is empty"]


@pytest.mark.parametrize(
    "query", [{"q": "a\0b"}, {"q": "x" * 20_000}, {"position": "flying"}, {"tag": "'; --"}], ids=str
)
def test_bad_input_gets_a_clear_error_and_keeps_what_was_typed(client, physio, query):
    load_exercises()
    response = page(client, **query)
    text = response.content.decode()
    assert response.status_code == 200
    assert "<title>Error: Exercises - HipCare</title>" in text
    assert 'role="alert"' in text
    assert 'class="cards"' not in text
    if "x" in query.get("q", ""):
        assert "x" * 20_000 in text


def test_htmx_gets_the_cards_and_the_count_alone(client, physio):
    load_exercises()
    response = client.get(reverse("exercises:list"), {"q": "pelvic lift"}, headers=HTMX)
    text = response.content.decode()
    assert "<html" not in text
    assert names(response) == ["Bridge"]
    assert re.search(r'<span hx-swap-oob="innerHTML:#count">1 of 26 exercises\s*</span>', text)
    assert "hx-swap-oob" not in page(client).content.decode()


# One exercise


def test_detail_shows_what_a_physiotherapist_weighs_up(client, physio):
    load_exercises()
    text = html.unescape(detail(client, Exercise.objects.get(slug="bridge")).content.decode())
    for words in [
        "<h1>Bridge</h1>",
        "Supine bridge",
        "1 × 10 · hold 3 s · both legs together",
        "Hold for a few seconds, repeat 10 times (2 to 5 s)",
        "What to weigh up",
        "<dt>Hip replacement, anterior precautions</dt>",
        "Stop at the straight line, never beyond.",
        "<dt>At risk of falls</dt>",
        "Nothing special",
        "Acute back pain or reflux.",
        "HipCare library team (demo, not a registered physiotherapist), 23 Nov 2026",
        "23 Nov 2027",
        "Mellor and others",
        f'href="{reverse("programmes:patient_list")}">',
        "Choose a patient",
    ]:
        assert words in text


@pytest.mark.parametrize(
    ("query", "leg", "other"),
    [({}, "right", "left"), ({"side": "right"}, "right", "left"), ({"side": "left"}, "left", "right")],
)
def test_picture_words_and_switch_change_together(client, physio, query, leg, other):
    load_exercises()
    exercise = Exercise.objects.get(slug="side-lying-hip-abduction")
    text = detail(client, exercise, query_params=query).content.decode()
    assert f"figures/side-lying-hip-abduction-{leg}-start" in text
    assert f"figures/side-lying-hip-abduction-{leg}-end" in text
    assert f"-{other}-" not in text
    assert f"Lie on your {other} side, head on a pillow." in text
    assert f"Keep your {leg} leg straight, toes forward." in text
    assert f'alt="Your straight {leg} leg is lifted, toes forward."' in text
    assert re.findall(r'href="\?side=(\w+)" aria-current="true"', text) == [leg]


@pytest.mark.parametrize("side", ["both", "middle", "", "a\0b", "x" * 5_000])
def test_unknown_leg_shows_the_right_one(client, physio, side):
    exercise = ExerciseFactory(slug="clamshell")
    text = detail(client, exercise, query_params={"side": side}).content.decode()
    assert "clamshell-right-end-" in text


def test_both_legs_together_have_no_switch(client, physio):
    load_exercises()
    text = detail(client, Exercise.objects.get(slug="bridge"), query_params={"side": "left"}).content.decode()
    assert "bridge-both-end-" in text
    assert "?side=" not in text
    assert "Both legs" in text


def test_htmx_gets_the_exercise_alone(client, physio):
    exercise = ExerciseFactory(slug="clamshell")
    text = detail(client, exercise, query_params={"side": "left"}, headers=HTMX).content.decode()
    assert text.lstrip().startswith('<section id="exercise">')
    assert "clamshell-left-end-" in text


def test_detail_tells_the_reading_grade(client, physio):
    easy = ExerciseFactory()
    hard = ExerciseFactory(
        steps=["Abduction of the affected extremity necessitates bilateral stabilisation."] * 3, clinic=physio.clinic
    )
    assert re.search(r'chip-ok">Grade \d\.\d<', detail(client, easy).content.decode())
    assert re.search(r'chip-look">Grade \d+\.\d<', detail(client, hard).content.decode())


def test_bare_exercise_of_a_clinic_shows_no_empty_headings(client, physio):
    bare = ExerciseFactory(clinic=physio.clinic)
    text = detail(client, bare).content.decode()
    assert "figures/none.svg" in text
    assert "Nobody yet" in text
    for heading in ("Common mistakes", "Too hard today?", "Where it comes from", "Equipment", "Check again"):
        assert heading not in text
    assert "Nobody has written these yet" in text


def test_what_patients_read_holds_what_they_read_and_nothing_else(client, physio):
    exercise = ExerciseFactory(
        easings=["Make it smaller"], harder=["Hold it longer"], swaps=["Sit and press"], mistakes=["Swinging"]
    )
    text = detail(client, exercise).content.decode()
    start = text.index("What patients read")
    read = text[start : text.index("</section>", start)]
    assert [words in read for words in ("Make it smaller", "Hold it longer", "Sit and press", "Swinging")] == [
        True,
        False,
        False,
        True,
    ]
    for words in ("Hold it longer", "Sit and press"):
        assert words in text


def test_every_card_has_the_cautions_in_one_fixed_order(client, physio):
    load_exercises()
    text = html.unescape(page(client).content.decode())
    cards = re.findall(r"<h2>(.*?)</h2>.*?<p class=\"caution-line\">(.*?)</li>", text, re.DOTALL)
    lines = {name: re.findall(r"<span>([^<]+)</span>", line) for name, line in cards}
    assert len(lines) == 26
    assert lines["Seated figure-four stretch"] == [
        "THR posterior, THR anterior: do not use",
        "Thin bones: with care",
        "GTPS: do not use",
        "Pregnancy, Knee replacement: with care",
    ]
    assert lines["Bottom squeeze"] == ["Pregnancy, Knee replacement: with care"]


def test_card_of_a_clinics_own_exercise_says_that_no_cautions_are_written(client, physio):
    ExerciseFactory(clinic=physio.clinic)
    text = page(client).content.decode()
    assert "No cautions written yet" in text
    ExerciseFactory(clinic=physio.clinic, cautions_for={"falls": {"verdict": "with_care", "why": "Hold on."}})
    assert "Not all cautions are written" in page(client).content.decode()


@pytest.mark.parametrize(
    ("slug", "side", "words"),
    [
        ("bridge-marching", "right", "Right leg moves · trains the left hip"),
        ("standing-hip-abduction", "left", "Left leg moves · trains the right hip"),
        ("standing-hip-flexion", "right", "Right leg moves · trains both hips"),
        ("heel-slide", "right", ""),
        ("bridge", "right", ""),
    ],
)
def test_detail_says_which_hip_is_trained_where_it_is_not_plain(client, physio, slug, side, words):
    load_exercises()
    text = detail(client, Exercise.objects.get(slug=slug), query_params={"side": side}).content.decode()
    assert re.findall(r">(\w+ leg moves[^<]*)<", text) == ([words] if words else [])


def test_retired_exercise_is_shown_but_not_offered(client, physio):
    text = detail(client, ExerciseFactory(retired=True)).content.decode()
    assert "No longer in use" in text
    assert "Choose a patient" not in text


def test_strangers_exercise_is_not_found(client, physio):
    assert detail(client, ExerciseFactory(clinic=ClinicFactory())).status_code == 404
    assert client.get(reverse("exercises:detail", args=[uuid.uuid4()])).status_code == 404


def test_looking_at_the_library_leaves_no_trail(client, physio):
    page(client)
    detail(client, ExerciseFactory())
    assert not Entry.objects.exists()


# Relatives


def shown_instead(text):
    """Return the cards below "Choose instead": heading, address and name, in order."""
    block = text.partition("<h2>Choose instead</h2>")[2].partition("</section>")[0]
    found = []
    for part in block.split("<h3")[1:]:
        how = re.search(r">(.*?)</h3>", part).group(1)
        found += [(how, *card) for card in re.findall(r'<a href="(.*?)">.*?class="name">(.*?)</span>', part, re.DOTALL)]
    return found


def test_relatives_are_shown_by_how_they_differ_for_the_same_leg(client, physio):
    load_exercises()
    pks = dict(Exercise.objects.values_list("slug", "pk"))
    text = detail(client, Exercise.objects.get(slug="clamshell"), query_params={"side": "left"}).content.decode()
    assert shown_instead(text) == [
        ("Easier", f"/exercises/{pks['seated-band-press-out']}/?side=left", "Sitting press out"),
        ("Easier", f"/exercises/{pks['clamshell-small']}/?side=left", "Small clamshell"),
        ("Harder", f"/exercises/{pks['clamshell-band']}/?side=left", "Clamshell with a band"),
        ("Harder", f"/exercises/{pks['side-lying-hip-abduction']}/?side=left", "Side-lying leg lift"),
        ("Without the floor", f"/exercises/{pks['seated-band-press-out']}/?side=left", "Sitting press out"),
    ]
    assert "side-lying-hip-abduction-left-end" in text
    assert "side-lying-hip-abduction-right-end" not in text


def test_relatives_of_an_exercise_of_both_legs_name_no_leg(client, physio):
    load_exercises()
    text = detail(client, Exercise.objects.get(slug="bridge")).content.decode()
    assert len(shown_instead(text)) == 7
    assert "?side=" not in text


@pytest.mark.parametrize("rows", [1, 3])
def test_detail_takes_the_same_queries_for_1_and_3_relatives(client, physio, rows, django_assert_num_queries):
    exercise = ExerciseFactory()
    for order in range(rows):
        Relative.objects.create(exercise=exercise, other=ExerciseFactory(), how="harder", order=order)
    with django_assert_num_queries(6):  # session, user with clinic, exercise, usual dose, relatives, signatures
        assert len(shown_instead(detail(client, exercise).content.decode())) == rows


def test_relatives_that_cannot_be_chosen_are_left_out(client, physio):
    exercise = ExerciseFactory(clinic=physio.clinic)
    own = ExerciseFactory(name="Our own", clinic=physio.clinic)
    others = [own, ExerciseFactory(retired=True), ExerciseFactory(clinic=ClinicFactory())]
    for order, other in enumerate(others):
        Relative.objects.create(exercise=exercise, other=other, how="easier", order=order)
    text = detail(client, exercise).content.decode()
    assert [name for _how, _address, name in shown_instead(text)] == ["Our own"]


def test_exercise_without_relatives_has_no_empty_heading(client, physio):
    assert "Choose instead" not in detail(client, ExerciseFactory()).content.decode()


def test_exercise_moves_when_asked_to(client, physio):
    load_exercises()
    exercise = Exercise.objects.get(slug="side-lying-hip-abduction")
    text = detail(client, exercise, query_params={"side": "left"}).content.decode()
    moving = text.split('<figure class="stage is-moving">')[1].split("</figure>")[0]
    assert re.search(r'src="/pictures/maple/side-lying-hip-abduction/left/animation/\w+/2-0-2-1\.svg"', moving)
    assert "figcaption" not in moving
    assert 'loading="lazy"' in moving
    assert f'alt="{exercise.read_for("left").movement_alt}"' in moving
    assert 'value="still" checked' in text
