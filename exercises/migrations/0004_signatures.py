import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("clinics", "0001_initial"),
        ("exercises", "0003_sorted_and_found_by_key"),
    ]

    operations = [
        migrations.CreateModel(
            "Signature",
            [
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("text_version", models.PositiveSmallIntegerField()),
                ("words", models.CharField("digest of what was signed", editable=False, max_length=64)),
                ("name", models.CharField("full name", max_length=80)),
                ("registration_number", models.CharField("registration number", max_length=30)),
                ("signed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="signatures", to="clinics.clinic"
                    ),
                ),
                (
                    "exercise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="signatures", to="exercises.exercise"
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-signed_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["clinic", "exercise", "words"],
                        condition=Q(withdrawn_at=None),
                        name="the_same_words_are_signed_once",
                    )
                ],
            },
        ),
    ]
