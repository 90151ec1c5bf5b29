"""The clinic's bands: read by staff, changed by a lead, back to ours; what was written keeps its colour."""

import re

import pytest
from django.urls import reverse

from hipcare.audit.models import Entry
from hipcare.clinics.bands import BANDS, LONGEST_BAND, MOST_BANDS, as_listed, moved
from hipcare.clinics.models import Clinic
from programmes.services.drafts import open_draft
from tests.factories import LeadFactory, PatientFactory, PhysioFactory, TemplateItemFactory, given_version
from tests.programmes.drafts import draft_of, physio_of, text_of, url
from tests.structure.world import client_of, every_row

pytestmark = pytest.mark.django_db
PAGE, CHANGE = "/clinic/bands/", "/clinic/bands/change/"


@pytest.fixture
def client(lead):
    return client_of(lead)


def bands_of(lead):
    return Clinic.objects.get(pk=lead.clinic_id).bands


def do(client, what, band, place=0, **more):
    return client.post(CHANGE, {"do": what, "band": band, "place": str(place), **more})


# The list, as values


@pytest.mark.parametrize(
    ("band", "place", "found"),
    [("a", 1, "bac"), ("c", 0, "cab"), ("b", 99, "acb"), ("b", -3, "bac"), ("b", 1, "abc"), ("x", 0, "abc")],
)
def test_a_colour_is_moved_to_a_place_or_to_the_nearest_end(band, place, found):
    assert moved("abc", band, place) == [*found]


def test_a_colour_is_spelled_as_the_list_or_we_do():
    assert as_listed("RED", []) == "red"
    assert as_listed("rose", ["Rose"]) == "Rose"
    assert as_listed("Rose", []) == "Rose"


# The page


def test_a_new_clinic_has_ours_in_their_order(client):
    page = client.get(PAGE).text
    assert re.findall(r'name="band" value="(\w+)"', page) == [*BANDS]
    assert "Put back to ours" not in page
    assert 'href="/clinic/bands/"' in client.get("/clinic/").text


def test_lead_adds_a_colour_at_the_end_and_once(client, lead):
    for typed in (" Silver ", "silver"):
        answer = client.post(PAGE, {"colour": typed}, follow=True)
        assert "“Silver” is in the list." in text_of(answer)
    assert bands_of(lead) == [*BANDS, "Silver"]
    entry = Entry.objects.get()
    assert (entry.actor, entry.subject, entry.fields) == (lead.pk, "clinic", ["bands"])
    assert f"Changed by <bdi>{lead.name}</bdi> on" in client.get(PAGE).text


def test_lead_calls_a_colour_otherwise_in_its_place_and_a_second_post_changes_nothing(client, lead):
    for _twice in range(2):
        assert do(client, "rename", "green", colour="mint").url == reverse("clinic_bands")
    assert bands_of(lead) == ["yellow", "red", "mint", "blue", "black"]
    assert Entry.objects.count() == 1


def test_lead_moves_a_colour_by_one_place_and_a_double_click_is_one(client, lead):
    for _twice in range(2):
        do(client, "up", "blue", place=3)
    assert bands_of(lead) == ["yellow", "red", "blue", "green", "black"]
    do(client, "down", "yellow", place=0)
    assert bands_of(lead) == ["red", "yellow", "blue", "green", "black"]
    page = client.get(PAGE).text
    assert page.count('value="up" type="submit" disabled') == 1, "the first has no way up"
    assert page.count('value="down" type="submit" disabled') == 1


def test_lead_takes_a_colour_away_and_a_second_post_changes_nothing(client, lead):
    for called in ("“black”", "This colour"):
        assert f"{called} is not in the list now." in text_of(client.post(CHANGE, taken("black"), follow=True))
    assert bands_of(lead) == ["yellow", "red", "green", "blue"]
    assert Entry.objects.count() == 1


def taken(band):
    return {"do": "take-away", "band": band, "place": "0"}


def test_the_last_colour_stays(client, lead):
    Clinic.objects.update(bands=["red"])
    answer = client.post(CHANGE, taken("red"), follow=True)
    assert "The last colour stays. Add another one first." in text_of(answer)
    assert bands_of(lead) == ["red"]


def test_put_back_once_or_twice(client, lead):
    client.post(PAGE, {"colour": "silver"})
    assert "Ours: yellow, red, green, blue, black." in text_of(client.get(PAGE))
    for _twice in range(2):
        assert client.post(f"{PAGE}put-back/").url == reverse("clinic_bands")
    assert bands_of(lead) == [*BANDS]
    assert Entry.objects.count() == 2


# In use


def test_page_says_where_a_colour_is_in_use(client, lead):
    patient = PatientFactory(clinic=lead.clinic, physiotherapist=PhysioFactory(clinic=lead.clinic))
    version = given_version(patient=patient, band="red")
    draft = open_draft(patient=patient, by=version.given_by)
    draft.prescriptions.update(band="blue")
    TemplateItemFactory(template__clinic=lead.clinic, band="red")
    TemplateItemFactory(template__clinic=None, band="black")
    given_version(band="green")  # another clinic's
    page = text_of(client.get(PAGE))
    assert page.count("In 1 programme, 1 template") == 1
    assert page.count("In 1 draft") == 1
    assert len(re.findall(r"In \d", page)) == 2


def test_what_was_written_keeps_its_colour_and_the_builder_offers_it_still(client, lead):
    patient = PatientFactory(clinic=lead.clinic, physiotherapist=PhysioFactory(clinic=lead.clinic))
    version = given_version(patient=patient, band="red")
    draft = open_draft(patient=patient, by=version.given_by)
    answer = client.post(CHANGE, taken("red"), follow=True)
    assert "It stays as it was written in 1 programme, 1 draft." in text_of(answer)
    assert version.prescriptions.get().band == draft.prescriptions.get().band == "red"
    page = client_of(patient.physiotherapist).get(url("builder", draft)).text
    assert '<option value="red" selected>Red</option>' in page
    assert "red band" in text_of(client_of(patient.user).get(reverse("programmes:today")))


def test_builder_offers_the_list_in_its_order():
    draft = draft_of(None, "Bridge")
    Clinic.objects.filter(pk=draft.patient.clinic_id).update(bands=["tan", "gold"])
    page = physio_of(draft).get(url("builder", draft)).text
    offered = re.search(r'name="[0-9a-f-]+-band".*?</select>', page, re.DOTALL)[0]
    assert re.findall(r'value="(\w*)"', offered) == ["", "tan", "gold"]


def test_page_costs_the_same_for_one_colour_and_eight(client, django_assert_num_queries):
    for number in (1, MOST_BANDS):
        Clinic.objects.update(bands=[f"colour {n}" for n in range(number)])
        with django_assert_num_queries(7):
            client.get(PAGE)


# Bad input, a stale page, another clinic


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Enter the colour"),
        ("  ", "Enter the colour"),
        ("–", "Colour needs at least one letter"),
        ("x" * (LONGEST_BAND + 1), "Colour must be 20 characters or fewer"),
        ("a\x00b", "Colour holds a character that cannot be kept. Type it again"),
    ],
    ids=["nothing", "spaces", "no letter", "too long", "a null"],
)
@pytest.mark.parametrize("where", ["new", "renamed"])
def test_bad_input_is_named_at_its_field_kept_and_not_saved(client, where, typed, words):
    before = every_row()
    sent = {"colour": typed, "band": "green", "do": "rename", "place": "2"}
    answer = client.post(PAGE if where == "new" else CHANGE, sent)
    assert answer.status_code == 422
    assert "<title>Error: Bands - HipCare</title>" in answer.text
    assert answer.text.count(words) >= 2, "in the summary, and at the field"
    assert f'href="#colour-{"new" if where == "new" else 3}"' in answer.text
    if typed.strip() and "\0" not in typed:
        assert f'value="{typed}"' in answer.text
    assert every_row() == before


def test_two_colours_of_one_name_and_a_ninth_are_refused(client, lead):
    answer = do(client, "rename", "green", colour="Red")
    assert (answer.status_code, "“red” is in the list already" in answer.text) == (422, True)
    Clinic.objects.update(bands=[f"colour {n}" for n in range(MOST_BANDS)])
    assert "The list is full. Take a colour away to add another." in client.get(PAGE).text
    answer = client.post(PAGE, {"colour": "silver"})
    assert (answer.status_code, "There are 8 colours. Take one away first" in answer.text) == (422, True)
    assert 'value="silver"' in answer.text
    assert len(bands_of(lead)) == MOST_BANDS


def test_a_stale_page_loses_nothing(client, lead):
    other = client_of(LeadFactory(clinic=lead.clinic))
    do(other, "take-away", "green")
    do(other, "up", "black", place=3)
    now = ["yellow", "red", "black", "blue"]
    assert bands_of(lead) == now
    answer = do(client, "rename", "green", place=2, colour="mint")
    assert answer.status_code == 422
    assert "The colour you renamed is no longer in the list. Nothing was changed" in answer.text
    assert 'value="mint"' in answer.text, "ready to be added"
    do(client, "up", "green", place=2)
    assert bands_of(lead) == now
    client.post(PAGE, {"colour": "mint"})
    assert bands_of(lead) == [*now, "mint"]


@pytest.mark.parametrize(
    "sent", [{}, {"do": "up", "band": "red", "place": "²"}, {"do": "up", "band": "", "place": "9" * 400}]
)
def test_nonsense_loses_no_colour(client, lead, sent):
    assert client.post(CHANGE, sent).status_code in {302, 422}
    assert sorted(bands_of(lead)) == sorted(BANDS)


def test_another_clinic_has_its_own(client):
    client.post(PAGE, {"colour": "silver"})
    assert "silver" not in client_of(LeadFactory()).get(PAGE).text


def test_physiotherapists_read_and_do_not_change(lead):
    physio = client_of(PhysioFactory(clinic=lead.clinic))
    page = physio.get(PAGE).text
    assert [band.capitalize() in page for band in BANDS] == [True] * 5
    assert "<input" not in page.split("band-list")[1].split("</ol>")[0]
    for address in (PAGE, CHANGE, f"{PAGE}put-back/"):
        assert physio.post(address, {"colour": "silver"}).status_code == 403
    assert bands_of(lead) == [*BANDS]
