"""Who helps a patient: in by a code of their own, on a device that says who they are. Until now nobody did."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinics", "0012_codes_of_ones_own"),
    ]

    operations = [
        migrations.AlterField(
            model_name="pairingcode",
            name="kind",
            field=models.CharField(
                choices=[
                    ("clinic", "the clinic's"),
                    ("own", "the patient's, for another phone of their own"),
                    ("helper", "a helper's, made by the patient or the clinic"),
                ],
                default="clinic",
                editable=False,
                max_length=6,
            ),
        ),
        migrations.CreateModel(
            name="Helper",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=40)),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("stopped_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="helpers", to="clinics.patient"
                    ),
                ),
            ],
            options={
                "ordering": ["added_at"],
            },
        ),
        migrations.AddField(
            model_name="device",
            name="helper",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="devices",
                to="clinics.helper",
            ),
        ),
        migrations.AddField(
            model_name="pairingcode",
            name="helper",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="codes",
                to="clinics.helper",
            ),
        ),
        migrations.AddConstraint(
            model_name="pairingcode",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("helper__isnull", False), ("kind", "helper")),
                    models.Q(models.Q(("kind", "helper"), _negated=True), ("helper", None)),
                    _connector="OR",
                ),
                name="codes_of_helpers_say_whose",
            ),
        ),
    ]
