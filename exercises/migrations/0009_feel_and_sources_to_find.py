"""Where an exercise is felt, how it differs from the guide, and sources as titles with DOI or address."""

from django.db import migrations, models

import exercises.models


def with_titles(apps, _editor):
    """A source that was one sentence becomes its own title."""
    for exercise in apps.get_model("exercises", "Exercise").objects.only("pk", "sources").iterator():
        if any(isinstance(one, str) for one in exercise.sources):
            exercise.sources = [{"title": one} if isinstance(one, str) else one for one in exercise.sources]
            exercise.save(update_fields=["sources"])


class Migration(migrations.Migration):
    dependencies = [("exercises", "0008_a_dose_is_whole")]

    operations = [
        migrations.AddField(
            model_name="exercise",
            name="feel",
            field=models.CharField(blank=True, default="", max_length=80, verbose_name="where it is felt"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="exercise",
            name="unlike_guide",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Shown to clinicians.",
                max_length=200,
                verbose_name="how it differs from the source guide",
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="exercise",
            name="sources",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="Where it comes from.",
                validators=[exercises.models.sources_to_find],
            ),
        ),
        migrations.RunPython(with_titles, migrations.RunPython.noop),
    ]
