import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinics", "0003_what_a_clinic_says"),
    ]

    operations = [
        migrations.AddField(
            model_name="patient",
            name="hip_precautions_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="precautions checked by",
            ),
        ),
        migrations.AddField(
            model_name="patient",
            name="hip_precautions_review_on",
            field=models.DateField(blank=True, null=True, verbose_name="look at the precautions again on"),
        ),
        migrations.AddField(
            model_name="patient",
            name="hip_precautions_since",
            field=models.DateField(blank=True, null=True, verbose_name="day of the operation"),
        ),
        migrations.AddField(
            model_name="patient",
            name="operated_side",
            field=models.CharField(
                blank=True,
                choices=[("left", "Left hip"), ("right", "Right hip"), ("both", "Both hips"), ("", "Not known yet")],
                max_length=5,
                verbose_name="operated hip",
            ),
        ),
        migrations.CreateModel(
            name="PrecautionList",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("posterior", "Posterior"), ("anterior", "Anterior"), ("other", "Other")],
                        max_length=10,
                    ),
                ),
                ("heading", models.CharField(max_length=40)),
                ("rules", models.JSONField(default=list)),
                ("source", models.CharField(max_length=200, verbose_name="where these rules come from")),
                ("review_on", models.DateField(verbose_name="look at them again on")),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="precaution_lists",
                        to="clinics.clinic",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("clinic", "kind"), name="one_precaution_list_per_kind"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ("posterior", "anterior", "other"))),
                        name="precaution_lists_are_of_a_kind_with_rules",
                    ),
                ],
            },
        ),
    ]
