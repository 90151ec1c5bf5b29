"""A session that waited on a phone for a signal keeps when it was saved there; of any other its arrival says that."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0023_the_morning_after_who_looked_and_what_was_seen"),
    ]

    operations = [
        migrations.AddField(
            model_name="session",
            name="performed_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="when it was said, where it had to wait"
            ),
        ),
    ]
