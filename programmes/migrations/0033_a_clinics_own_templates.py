"""A clinic keeps templates of its own, and a version knows which template, or whose programme, it was started from.

Templates say which leg an exercise is for, where they said only whether it is the sore one. What was started from a
template is told by the name that it has kept; no programme was copied from another patient before.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from hipcare.triggers import allow, refuse

GIVEN = "a given version is frozen"
OF_A_GIVEN_VERSION = "EXISTS (SELECT 1 FROM programmes_version v WHERE v.id = OLD.version_id AND v.number IS NOT NULL)"
FROZEN = (
    ("programmes_version", "update", GIVEN, "OLD.number IS NOT NULL"),
    ("programmes_prescription", "update", GIVEN, OF_A_GIVEN_VERSION),
)


def name_the_leg(apps, _editor):
    apps.get_model("programmes", "TemplateItem").objects.filter(sore_leg_only=True).update(leg="sore")


def name_the_template(apps, _editor):
    versions = apps.get_model("programmes", "Version").objects
    for template in apps.get_model("programmes", "Template").objects.all():
        of_anybody = Q() if template.clinic_id is None else Q(programme__patient__clinic=template.clinic_id)
        versions.filter(of_anybody, name=template.name, template=None).update(template=template)


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0032_what_was_on_paper"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *(allow(*one) for one in FROZEN),
        migrations.AddField(
            model_name="template",
            name="changed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="template",
            name="changed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="template",
            name="last_changes",
            field=models.JSONField(
                blank=True, default=dict, editable=False, verbose_name="who changed each value last"
            ),
        ),
        migrations.AddField(
            model_name="template",
            name="made_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="template",
            name="made_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="templateitem",
            name="leg",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "as the exercise usually does"),
                    ("sore", "sore leg"),
                    ("other", "other leg"),
                    ("each", "each leg"),
                ],
                max_length=5,
            ),
        ),
        migrations.AddField(
            model_name="version",
            name="copied_from",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                help_text="A version of another patient, for staff to read.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="programmes.version",
            ),
        ),
        migrations.AddField(
            model_name="version",
            name="template",
            field=models.ForeignKey(
                blank=True,
                null=True,
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="versions",
                to="programmes.template",
            ),
        ),
        migrations.RunPython(name_the_leg, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name="templateitem",
            name="sore_leg_only",
        ),
        migrations.RunPython(name_the_template, migrations.RunPython.noop),
        *(refuse(*one) for one in FROZEN),
    ]
