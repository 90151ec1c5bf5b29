from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programmes", "0007_templates_sorted_by_key")]

    operations = [
        migrations.AddField(
            model_name="sessionrevision",
            name="is_late",
            field=models.BooleanField(
                default=False, verbose_name="sent when the session could no longer be changed; kept beside it"
            ),
        ),
        migrations.AlterField(
            model_name="sessionrevision",
            name="was",
            field=models.JSONField(help_text="day, pain, effort, note and the outcome of each prescription."),
        ),
    ]
