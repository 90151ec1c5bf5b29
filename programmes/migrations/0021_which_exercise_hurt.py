"""A patient can say which exercise hurt: its place in the version, for a row of a session stays small."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0020_a_session_has_one_time"),
    ]

    operations = [
        migrations.AddField(
            model_name="session",
            name="hurt",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="which exercise hurt, by its place in the version"
            ),
        ),
    ]
