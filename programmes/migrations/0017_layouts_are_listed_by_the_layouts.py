"""A layout is listed where it is made: another one is no migration."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programmes", "0016_a_dose_is_whole")]

    operations = [
        migrations.AlterField(
            model_name="handout",
            name="layout",
            field=models.CharField(default="full", max_length=10, verbose_name="name of its layout"),
        ),
    ]
