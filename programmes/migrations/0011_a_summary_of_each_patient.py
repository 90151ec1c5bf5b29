import datetime as dt
import json
from collections import Counter

import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone

KEPT_DAYS = 15
LONGEST_NOTE = 90


def fill(apps, _editor):
    """Write the summary of every patient who has a programme; from now on the services keep it right."""
    summaries = apps.get_model("programmes", "PatientSummary")
    programmes = apps.get_model("programmes", "Programme")
    patients = apps.get_model("clinics", "Patient").objects.filter(programmes__isnull=False).distinct()
    for patient, clinic in patients.order_by("pk").values_list("pk", "clinic").iterator():
        theirs = list(programmes.objects.filter(patient=patient).order_by("started_at", "pk"))
        summaries.objects.create(patient_id=patient, clinic_id=clinic, **facts_of(apps, theirs))


def facts_of(apps, programmes):
    versions = {one: list(one.versions.order_by("number")) for one in programmes}
    given = {one: [version for version in theirs if version.number] for one, theirs in versions.items()}
    in_force = [version for one, theirs in given.items() if one.status == "active" for version in theirs]
    facts = {
        "has_draft": any(version.number is None for theirs in versions.values() for version in theirs),
        "has_been_given": any(given.values()),
    }
    if in_force:
        facts["programme_since"], current = in_force[0].given_at, in_force[-1]
        facts |= {"programme_name": current.name, "version_number": current.number, "review_on": current.review_on}
    since = timezone.now().date() - dt.timedelta(days=KEPT_DAYS)
    sessions = sessions_since(apps, since, [version.pk for theirs in given.values() for version in theirs])
    return {**facts, **said_in(sessions), "recent": packed(given, sessions, since)}


def sessions_since(apps, since, versions):
    logged = apps.get_model("programmes", "Session").objects.filter(version__in=versions)
    newest_first = logged.order_by("-local_date", "-performed_at", "-pk").prefetch_related("performed__prescription")
    found = list(newest_first.filter(local_date__gte=since))
    last_day = logged.order_by("-local_date").values_list("local_date", flat=True).first()
    return found or (list(newest_first.filter(local_date=last_day)) if last_day else [])


def said_in(sessions):
    if not sessions:
        return {}
    last, outcomes = sessions[0], [performed.outcome for performed in sessions[0].performed.all()]
    facts = {"last_day": last.local_date, "last_is_paper": last.source == "paper"}
    facts |= {"last_done": outcomes.count("done"), "last_total": len(outcomes)}
    for session in reversed(sessions):
        if session.pain is not None:
            facts |= {"pain": session.pain, "pain_on": session.local_date}
        if words := " ".join(session.note.split()):
            short = words if len(words) <= LONGEST_NOTE else f"{words[:LONGEST_NOTE].rsplit(' ', 1)[0]} …"
            facts |= {"note": short, "note_on": session.local_date}
    return facts


def packed(given, sessions, since):
    """Return plans and logs as ``programmes.rules.recent`` reads them at this migration."""
    numbers, exercises, rows, plans, days = {}, {}, [], [], {}

    def number_of(row, how_often=()):
        if row.pk not in numbers:
            numbers[row.pk] = len(rows)
            rows.append([exercises.setdefault((row.exercise_id, row.side), len(exercises)), *how_often])
        return numbers[row.pk]

    for programme, versions in given.items():
        for version, following in zip(versions, [*versions[1:], None], strict=False):
            replaced_at, ended_at = following and following.given_at, programme.ended_at
            over = replaced_at or ended_at
            if over is None or over.date() >= since - dt.timedelta(days=1):
                theirs = [number_of(row, frequency_of(row)) for row in version.prescriptions.order_by("order")]
                moments = [at and at.isoformat() for at in (version.given_at, replaced_at, ended_at)]
                plans.append([*moments, theirs])
    for session in sessions:
        if session.local_date >= since:
            paper, done = days.setdefault(session.local_date.isoformat(), ([0], Counter()))
            paper[0] |= session.source == "paper"
            done.update(number_of(one.prescription) for one in session.performed.all() if one.outcome == "done")
    kept = {day: [*paper, *sorted(done.items())] for day, (paper, done) in sorted(days.items())}
    return json.dumps([rows, plans, kept], separators=(",", ":"))


def frequency_of(row):
    if row.as_needed:
        return ["", None, 1, 1]
    if not row.times_a_day or not (row.weekdays or row.days_a_week):
        return []
    return [row.weekdays, row.days_a_week, 0, row.times_a_day]


class Migration(migrations.Migration):
    dependencies = [
        ("clinics", "0005_keys_and_what_staff_are_called"),
        ("programmes", "0010_large_print"),
    ]

    operations = [
        migrations.CreateModel(
            name="PatientSummary",
            fields=[
                (
                    "patient",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="summary",
                        serialize=False,
                        to="clinics.patient",
                    ),
                ),
                ("has_draft", models.BooleanField(default=False)),
                ("has_been_given", models.BooleanField(default=False)),
                ("programme_name", models.CharField(blank=True, max_length=60)),
                ("version_number", models.PositiveSmallIntegerField(null=True)),
                ("programme_since", models.DateTimeField(null=True)),
                ("review_on", models.DateField(null=True)),
                ("last_day", models.DateField(null=True)),
                ("last_done", models.PositiveSmallIntegerField(default=0)),
                ("last_total", models.PositiveSmallIntegerField(default=0)),
                ("last_is_paper", models.BooleanField(default=False)),
                ("pain", models.PositiveSmallIntegerField(null=True)),
                ("pain_on", models.DateField(null=True)),
                (
                    "note",
                    models.CharField(blank=True, max_length=100, verbose_name="beginning of the newest note"),
                ),
                ("note_on", models.DateField(null=True)),
                (
                    "recent",
                    models.TextField(
                        blank=True, help_text="See rules.recent.", verbose_name="plans and logs of the last days"
                    ),
                ),
                (
                    "clinic",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clinics.clinic",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["clinic", "review_on"], name="summaries_by_review"),
                    models.Index(fields=["clinic", "last_day", "programme_since"], name="summaries_by_last_day"),
                    models.Index(fields=["clinic", "has_been_given"], name="summaries_given"),
                ]
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
