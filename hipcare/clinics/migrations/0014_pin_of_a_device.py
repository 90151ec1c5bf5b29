"""A PIN can hide the past on a device; no device has one yet."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinics", "0013_helpers"),
    ]

    operations = [
        migrations.AddField(
            model_name="device",
            name="pin",
            field=models.CharField(
                blank=True, editable=False, max_length=128, verbose_name="hash of the PIN that hides the past here"
            ),
        ),
        migrations.AddField(
            model_name="device",
            name="pin_tries",
            field=models.PositiveSmallIntegerField(
                default=0, editable=False, verbose_name="wrong ones since the last right one"
            ),
        ),
    ]
