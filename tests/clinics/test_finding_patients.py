"""Finding people: any part of a name in any writing, number, telephone, date of birth."""

import datetime as dt

import pytest
from django.db import connection

from hipcare.clinics.finding import wanted
from hipcare.clinics.models import Clinic, Patient
from hipcare.clinics.services.clinics import save_clinic
from hipcare.clinics.services.registration import TwinError, register_patient
from tests.factories import LeadFactory, PatientFactory

PEOPLE = {
    "Özlem Çelik": ["özlem", "ozlem", "ÖZLEM", "çelik", "celik", "celik, ozlem", "zle"],
    "Charlotte Brontë": ["BRONTË", "bronte", "charlotte bronte"],
    "Lech Wałęsa": ["WAŁĘSA", "walesa", "wałęsa"],
    "Thị Nguyễn": ["nguyen", "thi nguyen", "NGUYỄN"],
    "Karin Åberg": ["aberg", "åberg", "Aberg Karin"],
    "Анна Жукова": ["жукова", "АННА", "ЖУК"],
    "Jose\u0301 Nun\u0303ez": ["José", "jose", "Nuñez", "nunez"],
    "Sean O’Brien": ["O'Brien", "obrien", "O’Brien", "o brien"],
    "Mary O'Neill": ["O’Neill", "oneill"],
    "İnci Işık": ["inci", "isik", "ışık", "INCI ISIK"],
    "Jürgen Weiß": ["weiss", "jurgen", "WEISS"],
    "Sigríður Þórsdóttir": ["sigridur", "thorsdottir"],
    "Jean-Luc D’Arcy": ["jean luc", "darcy", "jean-luc d'arcy"],
    "王 秀英": ["王", "秀英"],
    "فاطمة علی": ["فاطمه", "علي"],
}


def person(physio, name, **more):
    first, _space, last = name.partition(" ")
    return PatientFactory(clinic=physio.clinic, physiotherapist=physio, first_name=first, last_name=last, **more)


def found(words):
    return [patient.full_name for patient in Patient.objects.named(words)]


def test_everybody_is_found_however_the_name_is_typed_and_nobody_else(physio):
    kept = {name: person(physio, name).full_name for name in PEOPLE}
    asked = [(words, name) for name, writings in PEOPLE.items() for words in writings]
    assert {words: found(words) for words, _name in asked} == {words: [kept[name]] for words, name in asked}


def test_one_name_is_enough_to_be_found_by(physio):
    person(physio, "Suharto")
    assert found("suhar") == ["Suharto"]


@pytest.mark.parametrize(
    "typed",
    [
        "+44 (0)1632 960118",
        "+441632960118",
        "00441632960118",
        "0044 1632 960118",
        "01632 960118",
        "(01632) 960118",
        "01632/960118",
        "01632960118",
        "960118",
        "960 118",
        "01632\xa0960\u202f118",
    ],
)
@pytest.mark.parametrize("kept", ["+44 (0)1632 960118", "(01632) 960118 ext 2", "01632 960 118", "0044 1632/960118"])
def test_a_telephone_in_any_writing_finds_its_owner_in_any_writing(physio, kept, typed):
    person(physio, "Ann Lee", phone=kept)
    person(physio, "Bea Lee", phone="01632 960200")
    assert found(typed) == ["Ann Lee"]
    assert Patient.objects.get(first_name="Ann").phone_dialled == "+441632960118"


@pytest.mark.parametrize("typed", ["AL-2041", "al 2041", "AL2041", "2041", "al‑2041"])
def test_the_clinics_number_is_found_in_any_writing(physio, typed):
    person(physio, "Ann Lee", clinic_number="AL-2041")
    person(physio, "Bea Lee", clinic_number="AL-2042")
    assert found(typed) == ["Ann Lee"]


@pytest.mark.parametrize(
    "typed",
    [
        "11/12/1957",
        "11.12.1957",
        "11-12-1957",
        "11/12/57",
        "11.12.57",
        "1957-12-11",
        "1957/12/11",
        "11 Dec 1957",
        "11 December 1957",
        "11th of December 1957",
        "11 dec 57",
        "11-Dec-1957",
        "Dec 11, 1957",
        "December 11th 1957",
        "lee 11/12/1957",
        "11.12.1957, Ann",
    ],
)
def test_a_date_of_birth_in_the_usual_writings_finds_who_was_born_then(physio, typed):
    person(physio, "Ann Lee", date_of_birth=dt.date(1957, 12, 11))
    person(physio, "Bea Lee", date_of_birth=dt.date(1957, 11, 12))
    assert found(typed) == ["Ann Lee"]


@pytest.mark.parametrize(
    ("typed", "words", "born"),
    [
        ("12/25/1957", (), {dt.date(1957, 12, 25)}),  # only an American can mean it
        ("31/02/1957", ("31", "02", "1957"), set()),
        ("11.12.03", (), {dt.date(1903, 12, 11), dt.date(2003, 12, 11)}),
        ("1/2 Ann", ("1", "2", "ann"), set()),
        ("May Day", ("may", "day"), set()),
        ("", (), set()),
    ],
)
def test_what_is_no_date_is_words(typed, words, born):
    assert (wanted(typed).words, wanted(typed).born) == (words, born)


@pytest.mark.parametrize("typed", ["%", "_", "--", "‑", "🌻"])
def test_signs_alone_find_nobody(physio, typed):
    person(physio, "Ann Lee")
    assert found(typed) == []


@pytest.mark.parametrize("typed", ["", " ", ", "])
def test_nothing_typed_finds_all(physio, typed):
    person(physio, "Ann Lee")
    assert found(typed) == ["Ann Lee"]


@pytest.mark.parametrize(
    ("kept", "typed"),
    [
        ("Sean O’Brien", "sean O'Brien"),
        ("José Nuñez", "JOSE Nun\u0303ez"),
        ("Mary-Ann Lee", "Mary‑ann LEE"),
        ("Lech Wałęsa", "Lech WALESA"),
        ("Suharto", "suharto"),
    ],
)
def test_a_twin_is_seen_however_the_name_is_typed(physio, kept, typed):
    first = person(physio, kept)
    name, _space, last = typed.partition(" ")
    double = Patient(first_name=name, last_name=last, date_of_birth=first.date_of_birth, physiotherapist=physio)
    with pytest.raises(TwinError) as problem:
        register_patient(patient=double, by=physio)
    assert problem.value.twin == first


def test_the_key_stays_right_by_every_way_of_writing(physio):
    patient = person(physio, "Ann Lee", phone="01632 960118")
    patient.last_name = "Łuczak"
    patient.save(update_fields=["last_name"])
    assert found("luczak") == ["Ann Łuczak"]
    Patient.objects.filter(pk=patient.pk).update(first_name="Zoë")
    assert found("zoe luczak") == ["Zoë Łuczak"]
    patient.refresh_from_db()
    patient.last_name, patient.phone = "Ägren", "01632 960200"
    Patient.objects.bulk_update([patient], ["last_name", "phone"])
    assert found("agren 960200") == ["Zoë Ägren"]
    assert Patient.objects.get().phone_dialled == "+441632960200"
    Patient.objects.update(large_print=True)
    assert found("agren") == ["Zoë Ägren"]
    Clinic.objects.bulk_create([Clinic(name="Źródło")])
    assert bytes(Clinic.objects.get(name="Źródło").sort_key) == b"zrodlo"


def test_updating_what_no_key_comes_from_reads_no_row(physio, django_assert_num_queries):
    person(physio, "Ann Lee")
    with django_assert_num_queries(1):
        Patient.objects.update(large_print=True)


def test_patients_are_dialled_anew_where_the_clinic_dials_otherwise(physio):
    lead = LeadFactory(clinic=physio.clinic)
    patient = person(physio, "Ann Lee", phone="030 901820")
    physio.clinic.time_zone = "Europe/Berlin"
    save_clinic(clinic=physio.clinic, by=lead)
    patient.refresh_from_db()
    assert patient.phone_dialled == "+4930901820"
    assert found("+49 30 901820") == ["Ann Lee"]


def test_searching_is_one_query_however_many_words(physio, django_assert_num_queries):
    person(physio, "Ann Lee")
    with django_assert_num_queries(1):
        found("ann lee 1955-03-04")
    assert connection.vendor in {"sqlite", "postgresql"}
