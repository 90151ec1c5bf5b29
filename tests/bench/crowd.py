"""Clinics with many patients who logged for a year, written in bulk: to measure reading, not to test rules.

Every patient has one programme of four exercises in one version and logs three days a week. What was performed is
there for the last three weeks, which is all that anything asks for in bulk.
"""

import datetime as dt
import uuid

EXERCISES = 4
PERFORMED_FOR = dt.timedelta(days=21)
IN_ONE_GO = 5_000


def clinic_of(number, *, days, today):
    """Return a physiotherapist whose new clinic has ``number`` patients, each with ``days`` days of logs."""
    from django.db import transaction  # noqa: PLC0415

    with transaction.atomic():
        physio = staff_of(f"Clinic of {number}")
        given_at = dt.datetime.combine(today - dt.timedelta(days=days), dt.time(9), tzinfo=dt.UTC)
        versions = programmes_for(patients_of(physio, number), physio, given_at)
        for first in range(0, number, 500):
            log(versions[first : first + 500], today, days)
        summarise(versions)
    return physio


def staff_of(name):
    from hipcare.clinics.models import Clinic, User  # noqa: PLC0415

    clinic = Clinic.objects.create(
        name=name, address="1 Test Street", phone="01632 960 118", opening_hours="Monday to Friday"
    )
    return User.objects.create_staff(
        clinic=clinic, role="physiotherapist", name="Priya Nair", email=f"{uuid.uuid4()}@example.org", password=None
    )


def patients_of(physio, number):
    from hipcare.clinics.models import Patient, User  # noqa: PLC0415

    users = [User(clinic=physio.clinic, role="patient", name="Margaret", email=None) for _ in range(number)]
    User.objects.bulk_create(users, batch_size=IN_ONE_GO)
    patients = [
        Patient(
            clinic=physio.clinic,
            user=user,
            physiotherapist=physio,
            first_name="Margaret",
            last_name=f"Ellis {n * 7919 % number:05}",
            date_of_birth=dt.date(1950, 1, 1) + dt.timedelta(days=n),
            affected_side="right",
            hip_precautions="none",
            usual_pain=n % 6,
        )
        for n, user in enumerate(users)
    ]
    return Patient.objects.bulk_create(patients, batch_size=IN_ONE_GO)


def programmes_for(patients, physio, given_at):
    """Return a given version for each patient; the review dates lie within three months around today."""
    from exercises.models import Exercise  # noqa: PLC0415
    from programmes.models import Prescription, Programme, Version  # noqa: PLC0415

    programmes = Programme.objects.bulk_create([Programme(patient=patient) for patient in patients], IN_ONE_GO)
    versions = [
        Version(
            programme=programme,
            number=1,
            name="Hip osteoarthritis",
            made_by=physio,
            given_by=physio,
            given_at=given_at,
            review_on=dt.date.today() + dt.timedelta(days=n % 90 - 10),  # noqa: DTZ011 - any day will do
            affected_side="right",
            hip_precautions="none",
            pain_fine_up_to=2,
            pain_ok_up_to=5,
        )
        for n, programme in enumerate(programmes)
    ]
    Version.objects.bulk_create(versions, IN_ONE_GO)
    exercises = list(Exercise.objects.filter(clinic=None)[:EXERCISES])
    short = [{"name": exercise.name, "position": exercise.position} for exercise in exercises]
    whole = [exercise.pinned_text() for exercise in exercises]  # of the first patient, whose pages are drawn
    Prescription.objects.bulk_create(
        (
            Prescription(
                version=version, exercise=exercise, order=order, side="each", times_a_day=1, weekdays="024", text=text
            )
            for n, version in enumerate(versions)
            for order, (exercise, text) in enumerate(zip(exercises, short if n else whole, strict=True), start=1)
        ),
        IN_ONE_GO,
    )
    return versions


def log(versions, today, days):
    """Save what the patients of ``versions`` did on the Mondays, Wednesdays and Fridays of ``days`` days."""
    from programmes.models import PerformedExercise, Prescription, Session  # noqa: PLC0415

    logged = [day for n in range(days) if (day := today - dt.timedelta(days=n)).weekday() in (0, 2, 4)]
    recent = [day for day in logged if day > today - PERFORMED_FOR]
    keeping_on = [version for n, version in enumerate(versions) if n % 10]  # one in ten has stopped
    add_old(keeping_on, logged[len(recent) :])
    sessions = [session_of(version, day, n) for n, version in enumerate(keeping_on) for day in recent]
    Session.objects.bulk_create(sessions, IN_ONE_GO)
    rows = {}
    for pk, version in Prescription.objects.filter(version__in=keeping_on).values_list("pk", "version"):
        rows.setdefault(version, []).append(pk)
    PerformedExercise.objects.bulk_create(
        (
            PerformedExercise(session=session, prescription_id=row, outcome="done")
            for session in sessions
            for row in rows[session.version_id]
        ),
        IN_ONE_GO,
    )


def add_old(versions, days):
    """Save sessions by the million: past the models, which would take minutes."""
    from django.db import connection  # noqa: PLC0415

    from programmes.models import Session  # noqa: PLC0415

    columns = [field for field in Session._meta.concrete_fields if field.name != "corrected_at"]
    mould = {day: session_of(versions[0], day) for day in days}
    plain = {
        day: [field.get_db_prep_save(getattr(one, field.attname), connection) for field in columns]
        for day, one in mould.items()
    }
    places = {field.name: place for place, field in enumerate(columns)}
    keys = [Session._meta.get_field("version").get_db_prep_save(version.pk, connection) for version in versions]

    def rows():
        for key in keys:
            for day in days:
                row = plain[day].copy()
                row[places["id"]], row[places["version"]] = (
                    Session._meta.pk.get_db_prep_save(uuid.uuid4(), connection),
                    key,
                )
                yield row

    into = ", ".join(field.column for field in columns)
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {Session._meta.db_table} ({into}) VALUES ({marks})", rows())  # noqa: S608


def session_of(version, day, number=0):
    from programmes.models import Session  # noqa: PLC0415

    at = dt.datetime.combine(day, dt.time(18, 20, 31, 401_977), tzinfo=dt.UTC)  # as fine as a clock says it
    return Session(version=version, local_date=day, received_at=at, pain=number % 7, effort="somewhat_hard")


def summarise(versions):
    """Write the summaries of the patients of ``versions``: one who stopped and one who keeps on stand for the rest."""
    from programmes.models import PatientSummary  # noqa: PLC0415
    from programmes.services.summaries import COLUMNS, renew_summary  # noqa: PLC0415

    moulds = [renew_summary(version.programme.patient_id) for version in versions[:2]]
    kept = [{name: getattr(mould, name) for name in COLUMNS if name != "review_on"} for mould in moulds]
    PatientSummary.objects.bulk_create(
        [
            PatientSummary(patient_id=version.programme.patient_id, review_on=version.review_on, **kept[n % 10 != 0])
            for n, version in enumerate(versions[2:], start=2)
        ],
        IN_ONE_GO,
    )
