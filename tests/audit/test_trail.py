"""The trail only grows: neither the models nor the database let a row be changed or taken away."""

import pytest
from django.db import DatabaseError, connection, transaction

from hipcare import triggers
from hipcare.audit.models import AppendOnlyError, Entry
from hipcare.audit.trail import add_to_trail
from tests.factories import LeadFactory, PatientFactory


@pytest.fixture
def entry(patient):
    return add_to_trail(actor=patient.physiotherapist, action=Entry.Action.LOOK, subject=patient, patient=patient)


@pytest.fixture
def _as_migrated(db):
    """Bring back the trigger that ``conftest`` takes away on SQLite."""
    triggers.create(connection, "audit_entry", "delete", "the audit trail is append-only", "1 = 1")
    yield
    if connection.vendor == "sqlite":
        triggers.drop(connection, "audit_entry", "delete")


def test_record_adds_one_row_that_holds_identifiers_alone(patient, entry):
    assert list(Entry.objects.values_list("clinic", "actor", "action", "subject", "subject_id", "patient")) == [
        (patient.clinic_id, patient.physiotherapist_id, "look", "patient", patient.pk, patient.pk)
    ]
    assert "Ellis" not in str(entry)


def test_record_without_a_patient(patient):
    lead = LeadFactory(clinic=patient.clinic)
    assert add_to_trail(actor=lead, action=Entry.Action.CHANGE, subject=patient.clinic).patient is None


def test_row_cannot_be_saved_again(entry):
    entry.action = Entry.Action.GIVE
    with pytest.raises(AppendOnlyError):
        entry.save()


def test_row_cannot_be_deleted(entry):
    with pytest.raises(AppendOnlyError):
        entry.delete()


@pytest.mark.parametrize("way", ["update", "delete"])
def test_rows_cannot_be_changed_together(entry, way):
    with pytest.raises(AppendOnlyError):
        getattr(Entry.objects.all(), way)()


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entry SET action = 'give'", "DELETE FROM audit_entry"], ids=["update", "delete"]
)
@pytest.mark.usefixtures("_as_migrated")
def test_the_database_itself_refuses(entry, statement):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.get().action == Entry.Action.LOOK


def test_lead_reads_the_trail_of_the_own_clinic_alone(patient, entry):
    stranger = PatientFactory()
    add_to_trail(actor=stranger.physiotherapist, action=Entry.Action.LOOK, subject=stranger, patient=stranger)
    assert list(Entry.objects.visible_to(LeadFactory(clinic=patient.clinic))) == [entry]
    assert list(Entry.objects.visible_to(patient.physiotherapist)) == []


def test_about_gives_one_patients_rows(patient, entry):
    other = PatientFactory(clinic=patient.clinic)
    add_to_trail(actor=patient.physiotherapist, action=Entry.Action.LOOK, subject=other, patient=other)
    assert list(Entry.objects.about(patient)) == [entry]
