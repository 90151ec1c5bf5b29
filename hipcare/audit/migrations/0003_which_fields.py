from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]

    operations = [
        # Null, not an empty list: so the column is added to the table, which keeps its triggers, instead of a new table.
        migrations.AddField(
            model_name="entry",
            name="fields",
            field=models.JSONField(editable=False, null=True, verbose_name="which fields, by name"),
        ),
    ]
