"""The database counts a clinic's patients itself and gives the clinic another state, whoever writes and however."""

import datetime as dt
from contextlib import suppress
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from hipcare.clinics.models import Patient
from programmes.models import ClinicSummary, PatientSummary
from tests.factories import ClinicFactory, PatientFactory, given_version
from tests.programmes.services.test_summaries import STEPS, Walk

NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(NOON, tick=False)
    return time_machine


def kept():
    return {row.pk: (row.patients, row.given) for row in ClinicSummary.objects.all() if row.patients}


def counted():
    given = PatientSummary.objects.filter(has_been_given=True)
    clinics = set(Patient.objects.values_list("clinic", flat=True))
    return {
        clinic: (Patient.objects.filter(clinic=clinic).count(), given.filter(clinic=clinic).count())
        for clinic in clinics
    }


@pytest.mark.parametrize("seed", range(4))
def test_counts_are_right_after_every_step_of_a_walk(db, clock, seed):
    patient = PatientFactory()
    PatientFactory(clinic=patient.clinic, physiotherapist=patient.physiotherapist)
    PatientFactory()
    walk = Walk(patient, clock, seed)
    for step in walk.chance.choices([*STEPS, "give"], k=24):
        with suppress(ValidationError):
            getattr(walk, step)()
        assert kept() == counted(), step
    assert kept()[patient.clinic.pk] == (2, 1)


def patients_clinic(version):
    return ClinicSummary.objects.get(pk=version.patient.clinic.pk)


WRITES = {
    "a patient comes": (lambda v: PatientFactory(clinic=v.patient.clinic, physiotherapist=v.given_by), (2, 1)),
    "a patient changes": (lambda v: Patient.objects.filter(pk=v.patient.pk).update(first_name="Ines"), (1, 1)),
    "a patient goes elsewhere": (lambda _v: Patient.objects.update(clinic=ClinicFactory()), (0, 1)),
    "a summary changes": (lambda _v: PatientSummary.objects.update(note="Sore."), (1, 1)),
    "a programme is taken back": (lambda _v: PatientSummary.objects.update(has_been_given=False), (1, 0)),
    "a summary goes": (lambda _v: PatientSummary.objects.all().delete(), (1, 0)),
}


@pytest.mark.parametrize("what", WRITES)
def test_each_write_past_the_services_is_counted_and_makes_another_state(db, clock, what):
    version = given_version(patient=PatientFactory())
    before = patients_clinic(version)
    write, counts = WRITES[what]
    write(version)
    after = patients_clinic(version)
    assert (after.patients, after.given) == counts
    assert after.state != before.state


def test_other_clinics_keep_their_state_and_what_was_rolled_back_its_own(db):
    version, other = given_version(patient=PatientFactory()), PatientFactory()
    before = {row.pk: row.state for row in ClinicSummary.objects.all()}
    with suppress(KeyError), transaction.atomic():
        PatientSummary.objects.update(note="Sore.")
        raise KeyError
    assert {row.pk: row.state for row in ClinicSummary.objects.all()} == before
    PatientSummary.objects.update(note="Sore.")
    assert ClinicSummary.objects.get(pk=other.clinic.pk).state == before[other.clinic.pk]
    assert patients_clinic(version).state != before[version.patient.clinic.pk]


def test_patients_and_other_clinics_see_none(patient, physio):
    assert ClinicSummary.objects.visible_to(patient.physiotherapist).get().patients == 1
    assert not ClinicSummary.objects.visible_to(patient.user).exists()
    assert not ClinicSummary.objects.visible_to(physio).exists()


def test_command_counts_again_and_says_how_many_were_wrong(db):
    given_version(patient=PatientFactory())
    PatientFactory()
    ClinicSummary.objects.filter(given=1).update(patients=7)
    out = StringIO()
    call_command("rebuild_summaries", stdout=out)
    assert out.getvalue() == "1 summaries written anew, all as they were; 1 of the clinics' counts were wrong.\n"
    assert kept() == counted()


@pytest.mark.django_db(transaction=True)
def test_counting_starts_with_the_migration_and_goes_on_after_every_other():
    version = given_version(patient=PatientFactory())
    executor = MigrationExecutor(connection)
    executor.migrate([("programmes", "0014_phases_of_a_template_and_progression")])
    Patient.objects.update(first_name="Ines")  # nothing counts, nothing is missed
    call_command("migrate", verbosity=0)
    assert kept() == {version.patient.clinic.pk: (1, 1)}
    if connection.vendor == "sqlite":
        with connection.schema_editor() as editor:
            editor._remake_table(Patient)  # as it does to alter a column; the triggers go with the old one
    call_command("migrate", verbosity=0)
    PatientFactory(clinic=version.patient.clinic, physiotherapist=version.given_by)
    assert kept() == {version.patient.clinic.pk: (2, 1)}
