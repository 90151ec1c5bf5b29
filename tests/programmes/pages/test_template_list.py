"""The list of templates: shared and own together, searched, filtered, each with how often it has served."""

import pytest
from django.urls import reverse

from tests.factories import (
    ExerciseFactory,
    PatientFactory,
    PhaseFactory,
    PhysioFactory,
    ProgrammeFactory,
    TemplateFactory,
    TemplateItemFactory,
    given_version,
)
from tests.programmes.drafts import text_of
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db


def shown(by, **asked):
    return client_of(by).get(reverse("programmes:template_list"), asked)


def names(by, **asked):
    return [card.template.name for card in shown(by, **asked).context["list"].cards]


def counts(by, **asked):
    return {one.name: one.count for one in shown(by, **asked).context["list"].shown}


def test_own_stand_first_and_other_orders_can_be_chosen():
    by = PhysioFactory()
    shared = TemplateFactory(name="Arthrosis", order=1)
    TemplateFactory(name="Balance", order=0)
    TemplateFactory(name="Zumba", clinic=by.clinic)
    given_version(patient=PatientFactory(clinic=by.clinic), begun_with=shared)
    assert names(by) == ["Zumba", "Balance", "Arthrosis"]
    assert names(by, sort="name") == ["Arthrosis", "Balance", "Zumba"]
    assert names(by, sort="nonsense", show="nonsense") == ["Zumba", "Balance", "Arthrosis"]
    assert names(by, sort="used") == ["Arthrosis", "Balance", "Zumba"]


def test_filters_count_what_a_search_found():
    by = PhysioFactory()
    own = TemplateFactory(name="Stairs", description="For gardeners.", clinic=by.clinic)
    TemplateItemFactory(template=own, exercise=ExerciseFactory(name="Bridge", tags=["no_floor"]))
    shared = TemplateFactory(name="Hip")
    TemplateItemFactory(template=shared, exercise=ExerciseFactory(name="Squat", tags=[]))
    assert counts(by) == {"All": 2, "Ours": 1, "Shared": 1, "No floor": 1}
    assert names(by, show="ours") == names(by, show="no-floor") == ["Stairs"]
    assert names(by, q="SQUAT") == ["Hip"]
    assert names(by, q="gardeners bridge") == ["Stairs"]
    assert counts(by, q="bridge") == {"All": 1, "Ours": 1, "Shared": 0, "No floor": 1}
    none = shown(by, q="swim\0ming" * 30, show="shared")
    assert none.status_code == 200
    assert "Nothing found" in text_of(none)


def test_none_of_ours_yet_says_how_there_will_be_one():
    TemplateItemFactory()
    assert "“Save as template”" in text_of(shown(PhysioFactory(), show="ours"))


def test_card_says_how_much_there_is_in_it():
    by = PhysioFactory()
    plain = TemplateFactory(name="Plain")
    TemplateItemFactory.create_batch(2, template=plain)
    phased = TemplateFactory(name="Phased")
    for order, number in ((1, 1), (2, 3)):
        TemplateItemFactory.create_batch(number, template=phased, phase=PhaseFactory(template=phased, order=order))
    TemplateFactory(name="Bare")
    words = {card.template.name: card.counts for card in shown(by).context["list"].cards}
    assert words["Phased"] == "2 phases, 1 to 3 exercises"
    assert words["Plain"].startswith("2 exercises, about ")
    assert words["Bare"] == "0 exercises"
    assert "No exercise is in it yet." in text_of(shown(by))


def test_used_counts_programmes_of_the_clinic_once_each_and_no_drafts():
    by = PhysioFactory()
    template = TemplateFactory(name="Hip")
    programme = ProgrammeFactory(patient=PatientFactory(clinic=by.clinic))
    for number in (1, 2):
        given_version(programme=programme, number=number, begun_with=template)
    given_version(begun_with=template)  # of another clinic
    assert "Used for 1 programme" in text_of(shown(by))
    assert "Not used yet" in text_of(shown(PhysioFactory()))
