import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programmes", "0011_a_summary_of_each_patient")]

    operations = [
        migrations.AlterField(
            model_name="performedexercise",
            name="session",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="performed",
                to="programmes.session",
            ),
        ),
        migrations.AlterField(
            model_name="session",
            name="version",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sessions",
                to="programmes.version",
            ),
        ),
    ]
