"""A patient makes a code for one more phone; all codes until now are the clinic's."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinics", "0011_how_long_a_device_is_in"),
    ]

    operations = [
        migrations.AddField(
            model_name="pairingcode",
            name="kind",
            field=models.CharField(
                choices=[("clinic", "the clinic's"), ("own", "the patient's, for another phone of their own")],
                default="clinic",
                editable=False,
                max_length=6,
            ),
        ),
    ]
