"""Typed codes end in a check character; those that are open now have none. Tries are counted by code, not by network."""

from django.db import migrations, models


def forget_tries(apps, _schema_editor):
    apps.get_model("clinics", "PairingTry").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("clinics", "0006_patients_language"),
    ]

    operations = [
        migrations.AddField(
            model_name="pairingcode",
            name="has_check",
            field=models.BooleanField(default=False, editable=False, help_text="Codes of release 0.1.0 have none."),
        ),
        migrations.AlterField(
            model_name="pairingcode",
            name="has_check",
            field=models.BooleanField(default=True, editable=False, help_text="Codes of release 0.1.0 have none."),
        ),
        migrations.RunPython(forget_tries, migrations.RunPython.noop),
        migrations.RemoveIndex(model_name="pairingtry", name="tries_from_a_network"),
        migrations.RemoveField(model_name="pairingtry", name="network"),
        migrations.AddField(
            model_name="pairingtry",
            name="locator",
            field=models.CharField(default="", help_text="Keyed hash of the locator.", max_length=64),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="pairingtry",
            index=models.Index(fields=["locator", "at"], name="tries_of_a_locator"),
        ),
    ]
