"""When a programme and a draft were begun can be said. The columns stay as they are, and so do the triggers."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0008_what_came_too_late"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="programme",
                    name="started_at",
                    field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                migrations.AlterField(
                    model_name="version",
                    name="made_at",
                    field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
            ]
        ),
    ]
