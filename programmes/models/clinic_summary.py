"""What the list of patients shows of the clinic as a whole, counted by the database itself."""

import uuid
from collections.abc import Iterator
from typing import Any, Self

from django.db import models, transaction

from hipcare import triggers
from hipcare.clinics.models import Clinic, Patient, User
from programmes.models.summary import PatientSummary


class ClinicSummaryQuerySet(models.QuerySet["ClinicSummary"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(clinic=user.clinic_id) if user.is_clinic_staff else self.none()


class ClinicSummary(models.Model):
    """Two counts that would grow with the patients, and the state of everything that their list shows.

    The database writes the row after each row of a patient or of a patient's summary that it writes, whoever wrote
    it. A clinic without a row never had a patient.
    """

    clinic = models.OneToOneField(Clinic, on_delete=models.CASCADE, primary_key=True, related_name="+")
    patients = models.IntegerField(default=0)
    given = models.IntegerField("patients who have been given a programme", default=0)
    # Another one after every write: a list that was drawn under a state is right as long as it is this one.
    state = models.UUIDField(default=uuid.uuid4, editable=False)

    objects = ClinicSummaryQuerySet.as_manager()

    def __str__(self) -> str:
        return f"summary of {self.clinic_id}"


def keep_counting(connection: Any) -> None:
    """Give the database its triggers and count once.

    After every migration: SQLite makes a table anew to change it, and its triggers go with the old one.
    """
    for table, verb, statements in _counting(connection):
        triggers.create_after(connection, table, verb, statements)
    count_again()


@transaction.atomic
def count_again() -> int:
    """Write every clinic's row anew from the rows that it counts; return how many were wrong."""
    before = {row.pk: (row.patients, row.given) for row in ClinicSummary.objects.select_for_update()}
    patients, given = (
        dict(rows.order_by().values_list("clinic").annotate(models.Count("pk")))
        for rows in (Patient.objects.all(), PatientSummary.objects.filter(has_been_given=True))
    )
    counted = {clinic: (patients.get(clinic, 0), given.get(clinic, 0)) for clinic in before | patients}
    ClinicSummary.objects.bulk_create(
        [ClinicSummary(clinic_id=clinic, patients=all_, given=some) for clinic, (all_, some) in counted.items()],
        update_conflicts=True,
        unique_fields=["clinic"],
        update_fields=["patients", "given", "state"],
    )
    return sum(before.get(clinic) != counts for clinic, counts in counted.items())


def _counting(connection: Any) -> Iterator[tuple[str, str, list[str]]]:
    """Yield which tables are counted, after what, and how: (table, verb, statements)."""
    state = "gen_random_uuid()" if connection.vendor == "postgresql" else "lower(hex(randomblob(16)))"
    kept = ClinicSummary._meta.db_table

    def count(row: str, column: str, by: str) -> str:
        sets = f"{column} = {column} {by}, state = {state}"
        return f"UPDATE {kept} SET {sets} WHERE clinic_id = {row}.clinic_id"  # noqa: S608 - our own names

    is_there = (
        f"INSERT INTO {kept} (clinic_id, patients, given, state) VALUES (NEW.clinic_id, 0, 0, {state}) "  # noqa: S608
        "ON CONFLICT (clinic_id) DO NOTHING"
    )
    come, gone = [is_there, count("NEW", "patients", "+ 1")], [count("OLD", "patients", "- 1")]
    yield from _each_verb(Patient._meta.db_table, come, gone)
    one_if_given = "CASE WHEN {}.has_been_given THEN 1 ELSE 0 END".format
    come = [count("NEW", "given", f"+ {one_if_given('NEW')}")]
    gone = [count("OLD", "given", f"- {one_if_given('OLD')}")]
    yield from _each_verb(PatientSummary._meta.db_table, come, gone)


def _each_verb(table: str, come: list[str], gone: list[str]) -> Iterator[tuple[str, str, list[str]]]:
    yield table, "insert", come
    yield table, "update", [*gone, *come]
    yield table, "delete", gone
