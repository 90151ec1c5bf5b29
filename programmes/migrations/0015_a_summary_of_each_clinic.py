import uuid

import django.db.models.deletion
from django.db import migrations, models

from hipcare.triggers import drop_after

COUNTED = ("clinics_patient", "programmes_patientsummary")


def stop_counting(_apps, editor):
    """Take away the triggers that were made after this migration: see ``programmes.models.clinic_summary``."""
    for table in COUNTED:
        for verb in ("insert", "update", "delete"):
            drop_after(editor.connection, table, verb)


class Migration(migrations.Migration):
    dependencies = [
        ("clinics", "0006_patients_language"),
        ("programmes", "0014_phases_of_a_template_and_progression"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClinicSummary",
            fields=[
                (
                    "clinic",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="clinics.clinic",
                    ),
                ),
                ("patients", models.IntegerField(default=0)),
                ("given", models.IntegerField(default=0, verbose_name="patients who have been given a programme")),
                ("state", models.UUIDField(default=uuid.uuid4, editable=False)),
            ],
        ),
        migrations.RunPython(migrations.RunPython.noop, stop_counting),
    ]
