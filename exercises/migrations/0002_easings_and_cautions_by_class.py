"""Split what makes an exercise easier from what is another exercise.

Until now one list held both. Nobody can tell from a clinic's own phrases which are which, so they all become swaps,
which staff read and patients do not; the shared library's are written anew by ``load_library``.
"""

from django.db import migrations, models

import exercises.models


def sentences(**kwargs: object) -> "models.JSONField[object, object]":
    return models.JSONField(blank=True, default=list, validators=[exercises.models.sentences], **kwargs)


class Migration(migrations.Migration):
    dependencies = [("exercises", "0001_initial")]

    operations = [
        migrations.RenameField("exercise", "easier", "swaps"),
        migrations.AlterField(
            "exercise",
            "swaps",
            sentences(
                help_text="Other exercises instead, where none can be chosen; for the clinician, not for patients."
            ),
        ),
        migrations.AddField(
            "exercise",
            "easings",
            sentences(help_text="Ways to make this same exercise easier; patients read them."),
        ),
        migrations.AlterField(
            "exercise",
            "harder",
            sentences(help_text="Ways to make this same exercise harder; for the clinician."),
        ),
        migrations.AlterField("exercise", "cautions", sentences(help_text="What else to weigh up.")),
        migrations.AddField(
            "exercise",
            "cautions_for",
            models.JSONField(
                blank=True,
                default=dict,
                help_text="For the clinician to weigh up; the same for every patient, never matched to a record.",
                validators=[exercises.models.cautions_by_class],
                verbose_name="cautions by class",
            ),
        ),
        migrations.AddField(
            "exercise",
            "works",
            models.CharField(
                choices=[("moving", "the leg that moves"), ("other", "the other leg"), ("both", "both legs")],
                default="moving",
                max_length=6,
                verbose_name="which leg it trains",
            ),
        ),
    ]
