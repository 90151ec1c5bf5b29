"""Every page of a patient, in every state, in two languages that nobody speaks: no word of ours is left in English.

People's own words are Greek here, so that Latin letters outside the marks are words of ours.
"""

import pytest

from tests.factories import ClinicFactory, PatientFactory, PatientUserFactory, PhysioFactory
from tests.programmes.patient_pages import every_page
from tests.pseudo import BACKWARDS, LONG, disguised, loose_words

pytestmark = pytest.mark.django_db


def greek_patient(language):
    """Return what makes a patient whose people and clinic have Greek names."""
    clinic = ClinicFactory(name="Ιατρείο", address="Οδός 1", opening_hours="Δευτέρα 8–18")

    def make():
        physio = PhysioFactory(clinic=clinic, name="Ελένη Ρήγα", called="Ελένη")
        user = PatientUserFactory(clinic=clinic, name="Μαρία")
        return PatientFactory(
            clinic=clinic,
            user=user,
            physiotherapist=physio,
            first_name="Μαρία",
            language=language,
            hip_precautions="posterior",
            operated_side="right",
            hip_precautions_by=physio,
        )

    return make


@pytest.fixture
def pages(language):
    return every_page(patient=greek_patient(language), reads=language, name="Γέφυρα", note="Πονάω.")


def test_no_word_of_ours_is_left_in_english(pages, language):
    loose = {
        name: words for name, page in pages.items() if name != "staff" and (words := loose_words(page.text, language))
    }
    assert loose == {}, sorted({word for words in loose.values() for word in words})


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("<p>Next</p>", ["Next"]),
        ("<p>⟦Ñéxt~⟧: 4 of 5</p>", ["of"]),
        ("<p>⟦<b>Ñéxt</b> ⟦Móñdáý~⟧~~⟧</p>", []),
        ('<img alt="Bridge" src="/bridge.svg">', ["Bridge"]),
        ('<button aria-label="Close">×</button>', ["Close"]),
        ('<ul lang="en-GB"><li>Chest pain</li></ul><p>Next</p>', ["Next"]),
        ('<ul lang="en-XA"><li>Chest pain</li></ul>', ["Chest", "pain"]),
        ('<script type="application/json">{"toGo": ["⟦Áll~⟧", "Done"]}</script>', ["Done"]),
    ],
)
def test_a_planted_word_is_found(planted, found):
    assert loose_words(planted, LONG) == found


def test_words_are_disguised_and_what_is_filled_in_is_not():
    assert disguised("<b>%(called)s</b> looks at 100%%") == "⟦<b>%(called)s</b> löökš át 100%%~~~~⟧"
    assert disguised("Save", BACKWARDS) == "⟦\u202eŠávé\u202c~⟧"
