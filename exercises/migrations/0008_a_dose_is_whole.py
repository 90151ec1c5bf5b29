"""Loads as kilograms or bands, tempo and minutes as numbers, an effort and a pain limit of its own."""

from collections.abc import Callable, Mapping
from typing import Any

import django.core.validators
from django.db import migrations, models

from exercises.migrations._written_doses import numbers_in, words_of


NUMBERS = ("pk", "load", "tempo", "reps", "hold_s", "load_g", "band", "up_s", "down_s")


def words_to_numbers(apps: Any, editor: Any) -> None:
    """Keep loads and tempos of the library as numbers where the words are nothing else."""
    _rewrite(apps.get_model("exercises", "Exercise").objects.using(editor.connection.alias), numbers_in)


def numbers_to_words(apps: Any, editor: Any) -> None:
    _rewrite(apps.get_model("exercises", "Exercise").objects.using(editor.connection.alias), words_of)


def _rewrite(rows: Any, anew: Callable[[Mapping[str, Any]], dict[str, Any]]) -> None:
    for row in rows.values(*NUMBERS):
        if changed := anew(row):
            rows.filter(pk=row["pk"]).update(**changed)


class Migration(migrations.Migration):
    dependencies = [
        ("clinics", "0008_bands_of_a_clinic"),
        ("exercises", "0007_topics"),
    ]

    operations = [
        migrations.AddField(
            model_name="exercise",
            name="band",
            field=models.CharField(blank=True, max_length=20, verbose_name="colour of the band"),
        ),
        migrations.AddField(
            model_name="exercise",
            name="down_s",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(30)],
                verbose_name="tempo: seconds down",
            ),
        ),
        migrations.AddField(
            model_name="exercise",
            name="effort_of_10",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(10)],
                verbose_name="how hard it should feel, of 10",
            ),
        ),
        migrations.AddField(
            model_name="exercise",
            name="for_minutes",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(180)],
                verbose_name="minutes, in place of reps",
            ),
        ),
        migrations.AddField(
            model_name="exercise",
            name="load_g",
            field=models.PositiveIntegerField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(250),
                    django.core.validators.MaxValueValidator(50000),
                    django.core.validators.StepValueValidator(250),
                ],
                verbose_name="load, grams",
            ),
        ),
        migrations.AddField(
            model_name="exercise",
            name="pain_up_to",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(9)],
                verbose_name="its own pain limit, of 10",
            ),
        ),
        migrations.AddField(
            model_name="exercise",
            name="up_s",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(30)],
                verbose_name="tempo: seconds up",
            ),
        ),
        migrations.AlterField(
            model_name="exercise",
            name="load",
            field=models.CharField(
                blank=True, help_text='Where the load goes, or what it is: "at the ankle".', max_length=40
            ),
        ),
        migrations.AlterField(
            model_name="exercise",
            name="tempo",
            field=models.CharField(
                blank=True, help_text="In words, as it was written before there were numbers.", max_length=40
            ),
        ),
        migrations.RunPython(words_to_numbers, numbers_to_words),
        migrations.AddConstraint(
            model_name="exercise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("load_g", None), ("load_g__range", (250, 50000)), _connector="OR"),
                    models.Q(("load_g", None), ("band", ""), _connector="OR"),
                ),
                name="exercise_load_is_a_weight_or_a_band",
                violation_error_message="A load is a weight of 0.25 to 50 kg, or a band.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exercise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("down_s", None), ("up_s", None)),
                    models.Q(("down_s__range", (1, 30)), ("up_s__range", (1, 30))),
                    _connector="OR",
                ),
                name="exercise_tempo_goes_up_and_down",
                violation_error_message="A tempo needs the seconds up and the seconds down, 1 to 30 each.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exercise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("for_minutes", None),
                    models.Q(
                        ("for_minutes__range", (1, 180)),
                        ("hold_s", 0),
                        ("hold_to_s", None),
                        ("reps_to", None),
                        ("up_s", None),
                    ),
                    _connector="OR",
                ),
                name="exercise_minutes_stand_without_reps",
                violation_error_message="Minutes, 1 to 180, stand without a range of reps, a hold or a tempo.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exercise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("effort_of_10", None), ("effort_of_10__range", (0, 10)), _connector="OR"),
                    models.Q(("pain_up_to", None), ("pain_up_to__range", (0, 9)), _connector="OR"),
                ),
                name="exercise_effort_and_pain_are_of_10",
            ),
        ),
    ]
