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
    """Counts that would grow with the patients, and the state of everything that their list shows.

    The database writes the row after each row of a patient or of a patient's summary that it writes, whoever wrote
    it, and the state after a name of its people changed. A clinic without a row never had a patient. Who is archived
    is counted apart, and nowhere else.
    """

    clinic = models.OneToOneField(Clinic, on_delete=models.CASCADE, primary_key=True, related_name="+")
    patients = models.IntegerField(default=0)
    archived = models.IntegerField(default=0)
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
    before = {row.pk: (row.patients, row.archived, row.given) for row in ClinicSummary.objects.select_for_update()}
    patients, archived, given = (
        dict(rows.order_by().values_list("clinic").annotate(models.Count("pk")))
        for rows in (
            Patient.objects.filter(archived_at=None),
            Patient.objects.exclude(archived_at=None),
            PatientSummary.objects.filter(has_been_given=True, is_archived=False),
        )
    )
    clinics = before | patients | archived
    counted = {clinic: tuple(rows.get(clinic, 0) for rows in (patients, archived, given)) for clinic in clinics}
    ClinicSummary.objects.bulk_create(
        [
            ClinicSummary(clinic_id=clinic, patients=listed, archived=put_by, given=some)
            for clinic, (listed, put_by, some) in counted.items()
        ],
        update_conflicts=True,
        unique_fields=["clinic"],
        update_fields=["patients", "archived", "given", "state"],
    )
    return sum(before.get(clinic) != counts for clinic, counts in counted.items())


def _counting(connection: Any) -> Iterator[tuple[str, str, list[str]]]:
    """Yield which tables are counted, after what, and how: (table, verb, statements)."""
    state = "gen_random_uuid()" if connection.vendor == "postgresql" else "lower(hex(randomblob(16)))"
    kept = ClinicSummary._meta.db_table

    def count(row: str, by: str, *columns: tuple[str, str]) -> str:
        """Count a row: each column by one, where its condition holds."""
        sets = ", ".join(f"{name} = {name} {by} CASE WHEN {so.format(row)} THEN 1 ELSE 0 END" for name, so in columns)
        return f"UPDATE {kept} SET {sets}, state = {state} WHERE clinic_id = {row}.clinic_id"  # noqa: S608 - our names

    is_there = (
        f"INSERT INTO {kept} (clinic_id, patients, archived, given, state) VALUES (NEW.clinic_id, 0, 0, 0, {state}) "  # noqa: S608
        "ON CONFLICT (clinic_id) DO NOTHING"
    )
    listed = ("patients", "{}.archived_at IS NULL"), ("archived", "{}.archived_at IS NOT NULL")
    come, gone = [is_there, count("NEW", "+", *listed)], [count("OLD", "-", *listed)]
    yield from _each_verb(Patient._meta.db_table, come, gone)
    given = ("given", "{0}.has_been_given AND NOT {0}.is_archived")
    yield from _each_verb(PatientSummary._meta.db_table, [count("NEW", "+", given)], [count("OLD", "-", given)])
    called = f"UPDATE {kept} SET state = {state} WHERE clinic_id = NEW.clinic_id AND OLD.name <> NEW.name"  # noqa: S608
    yield User._meta.db_table, "update", [called]


def _each_verb(table: str, come: list[str], gone: list[str]) -> Iterator[tuple[str, str, list[str]]]:
    yield table, "insert", come
    yield table, "update", [*gone, *come]
    yield table, "delete", gone
