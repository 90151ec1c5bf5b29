"""A session says which helper entered it; of all until now it was the patient."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinics", "0013_helpers"),
        ("programmes", "0024_when_it_was_said"),
    ]

    operations = [
        migrations.AddField(
            model_name="session",
            name="helper",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="clinics.helper",
            ),
        ),
        migrations.AddField(
            model_name="sessionrevision",
            name="helper",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="clinics.helper",
            ),
        ),
    ]
