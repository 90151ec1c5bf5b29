"""A device says itself until when it is in. Those that are paired keep their half year; the upgrade counts as use."""

import datetime as dt

import django.utils.timezone
from django.db import migrations, models

import hipcare.clinics.models.device

DEVICE_LIFE = dt.timedelta(days=180)


def keep_their_half_year(apps, _schema_editor):
    device = apps.get_model("clinics", "Device")
    rows = list(device.objects.only("paired_at"))
    for row in rows:
        row.ends_at = row.paired_at + DEVICE_LIFE
    device.objects.bulk_update(rows, ["ends_at"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("clinics", "0010_progression_list"),
    ]

    operations = [
        migrations.AddField(
            model_name="device",
            name="last_used_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, verbose_name="first used on the last day of use"
            ),
        ),
        migrations.AddField(
            model_name="device",
            name="ends_at",
            field=models.DateTimeField(default=hipcare.clinics.models.device.half_a_year_from_now),
        ),
        migrations.RunPython(keep_their_half_year, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="device",
            name="session_key",
            field=models.CharField(db_index=True, editable=False, max_length=40),
        ),
    ]
