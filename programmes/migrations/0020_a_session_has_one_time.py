"""A session is known by its patient's day, and by when it arrived: when it was performed repeated that in every row."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0019_topics_of_a_version"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="session",
            options={"ordering": ["-local_date", "-received_at"]},
        ),
        migrations.RemoveField(
            model_name="session",
            name="performed_at",
        ),
    ]
