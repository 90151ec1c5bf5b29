import hipcare.clinics.models.clinic
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinics", "0007_codes_with_a_check_character"),
    ]

    operations = [
        migrations.AddField(
            model_name="clinic",
            name="bands",
            field=models.JSONField(
                default=hipcare.clinics.models.clinic.usual_bands, verbose_name="colours of the bands, lightest first"
            ),
        ),
    ]
