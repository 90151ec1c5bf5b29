"""A dose in numbers; a rhythm of the whole programme, from which one of its exercises may differ."""

from typing import Any

import django.core.validators
from django.conf import settings
from django.db import migrations, models

from exercises.migrations._written_doses import numbers_in, weight_in, words_of
from hipcare.triggers import allow, refuse


FROZEN = (
    ("programmes_version", "update", "a given version is frozen", "OLD.number IS NOT NULL"),
    (
        "programmes_prescription",
        "update",
        "a given version is frozen",
        "EXISTS (SELECT 1 FROM programmes_version v WHERE v.id = OLD.version_id AND v.number IS NOT NULL)",
    ),
)
NUMBERS = ("pk", "load", "tempo", "reps", "hold_s", "load_g", "band", "up_s", "down_s")
DAYS = ("weekdays", "days_a_week", "as_needed")


def words_to_numbers(apps: Any, editor: Any) -> None:
    """Keep loads and tempos as numbers where the words are nothing else.

    What was given prints the same words as it did: of it, only weights become numbers. A draft's row that says what
    the patient was given goes on saying it.
    """
    alias = editor.connection.alias
    rows = apps.get_model("programmes", "Prescription").objects.using(alias)
    items = apps.get_model("programmes", "TemplateItem").objects.using(alias)
    for item in items.values(*NUMBERS):
        _update(items, item["pk"], numbers_in(item))
    given = rows.filter(version__number__isnull=False).exclude(load="", tempo="")
    said = set(given.values_list("version__programme", "exercise", "load", "tempo"))
    for row in given.exclude(load="").values("pk", "load"):
        _update(rows, row["pk"], weight_in(row["load"]))
    for row in rows.filter(version__number=None).values(*NUMBERS, "exercise", "version__programme"):
        is_given = (row["version__programme"], row["exercise"], row["load"], row["tempo"]) in said
        _update(rows, row["pk"], weight_in(row["load"]) if is_given else numbers_in(row))


def numbers_to_words(apps: Any, editor: Any) -> None:
    for name in ("Prescription", "TemplateItem"):
        rows = apps.get_model("programmes", name).objects.using(editor.connection.alias)
        for row in rows.values(*NUMBERS):
            _update(rows, row["pk"], words_of(row))


def _update(rows: Any, pk: Any, changed: dict[str, Any]) -> None:
    if changed:
        rows.filter(pk=pk).update(**changed)


def name_the_programmes_rhythm(apps: Any, editor: Any) -> None:
    """Write the rhythm of a version's first exercise down as the whole programme's; others say where they differ."""
    alias = editor.connection.alias
    versions = apps.get_model("programmes", "Version").objects.using(alias)
    rows = apps.get_model("programmes", "Prescription").objects.using(alias)
    whole: dict[Any, dict[str, Any]] = {}
    for row in rows.order_by("version", "order").values("pk", "version", "times_a_day", *DAYS):
        pk, version = row.pop("pk"), row.pop("version")
        if whole.setdefault(version, row) is row:
            versions.filter(pk=version).update(**row)
            continue
        own_days = any(whole[version][name] != row[name] for name in DAYS)
        own_times = whole[version]["times_a_day"] != row["times_a_day"]
        if own_days or own_times:
            rows.filter(pk=pk).update(own_days=own_days, own_times=own_times)


class Migration(migrations.Migration):
    dependencies = [
        ("exercises", "0008_a_dose_is_whole"),
        ("programmes", "0015_a_summary_of_each_clinic"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *(allow(*one) for one in FROZEN),
        migrations.RemoveConstraint(
            model_name="prescription",
            name="times_a_day_are_1_to_6",
        ),
        migrations.RemoveConstraint(
            model_name="prescription",
            name="days_a_week_are_1_to_7",
        ),
        migrations.AddField(
            model_name="prescription",
            name="band",
            field=models.CharField(blank=True, max_length=20, verbose_name="colour of the band"),
        ),
        migrations.AddField(
            model_name="prescription",
            name="down_s",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(30)],
                verbose_name="tempo: seconds down",
            ),
        ),
        migrations.AddField(
            model_name="prescription",
            name="effort_of_10",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(10)],
                verbose_name="how hard it should feel, of 10",
            ),
        ),
        migrations.AddField(
            model_name="prescription",
            name="every_other_day",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="prescription",
            name="for_minutes",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(180)],
                verbose_name="minutes, in place of reps",
            ),
        ),
        migrations.AddField(
            model_name="prescription",
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
            model_name="prescription",
            name="moments",
            field=models.CharField(
                blank=True,
                help_text="0 is morning: 03.",
                max_length=5,
                validators=[django.core.validators.RegexValidator("^0?1?2?3?4?$")],
            ),
        ),
        migrations.AddField(
            model_name="prescription",
            name="own_days",
            field=models.BooleanField(default=False, verbose_name="days that are not the programme’s"),
        ),
        migrations.AddField(
            model_name="prescription",
            name="own_times",
            field=models.BooleanField(default=False, verbose_name="times a day that are not the programme’s"),
        ),
        migrations.AddField(
            model_name="prescription",
            name="pain_up_to",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(9)],
                verbose_name="its own pain limit, of 10",
            ),
        ),
        migrations.AddField(
            model_name="prescription",
            name="starts_on",
            field=models.DateField(
                blank=True,
                help_text="Left out, the day on which it is given.",
                null=True,
                verbose_name="every other day from",
            ),
        ),
        migrations.AddField(
            model_name="prescription",
            name="told_apart",
            field=models.CharField(
                blank=True,
                choices=[("leg", "the leg"), ("moment", "the moment of the day"), ("both", "the leg and the moment")],
                editable=False,
                help_text="Written down when it is given.",
                max_length=6,
                verbose_name="by what it is told from the same exercise in another row",
            ),
        ),
        migrations.AddField(
            model_name="prescription",
            name="up_s",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(30)],
                verbose_name="tempo: seconds up",
            ),
        ),
        migrations.AddField(
            model_name="templateitem",
            name="as_needed",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="templateitem",
            name="band",
            field=models.CharField(blank=True, max_length=20, verbose_name="colour of the band"),
        ),
        migrations.AddField(
            model_name="templateitem",
            name="days_a_week",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(7)],
            ),
        ),
        migrations.AddField(
            model_name="templateitem",
            name="down_s",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(30)],
                verbose_name="tempo: seconds down",
            ),
        ),
        migrations.AddField(
            model_name="templateitem",
            name="effort_of_10",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(10)],
                verbose_name="how hard it should feel, of 10",
            ),
        ),
        migrations.AddField(
            model_name="templateitem",
            name="every_other_day",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="templateitem",
            name="for_minutes",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(180)],
                verbose_name="minutes, in place of reps",
            ),
        ),
        migrations.AddField(
            model_name="templateitem",
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
            model_name="templateitem",
            name="moments",
            field=models.CharField(
                blank=True,
                help_text="0 is morning: 03.",
                max_length=5,
                validators=[django.core.validators.RegexValidator("^0?1?2?3?4?$")],
            ),
        ),
        migrations.AddField(
            model_name="templateitem",
            name="pain_up_to",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(9)],
                verbose_name="its own pain limit, of 10",
            ),
        ),
        migrations.AddField(
            model_name="templateitem",
            name="starts_on",
            field=models.DateField(
                blank=True,
                help_text="Left out, the day on which it is given.",
                null=True,
                verbose_name="every other day from",
            ),
        ),
        migrations.AddField(
            model_name="templateitem",
            name="times_a_day",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(6)],
            ),
        ),
        migrations.AddField(
            model_name="templateitem",
            name="up_s",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(30)],
                verbose_name="tempo: seconds up",
            ),
        ),
        migrations.AddField(
            model_name="templateitem",
            name="weekdays",
            field=models.CharField(
                blank=True,
                help_text="0 is Monday: 024.",
                max_length=7,
                validators=[django.core.validators.RegexValidator("^0?1?2?3?4?5?6?$")],
            ),
        ),
        migrations.AddField(
            model_name="version",
            name="as_needed",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="version",
            name="days_a_week",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(7)],
            ),
        ),
        migrations.AddField(
            model_name="version",
            name="every_other_day",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="version",
            name="moments",
            field=models.CharField(
                blank=True,
                help_text="0 is morning: 03.",
                max_length=5,
                validators=[django.core.validators.RegexValidator("^0?1?2?3?4?$")],
            ),
        ),
        migrations.AddField(
            model_name="version",
            name="starts_on",
            field=models.DateField(
                blank=True,
                help_text="Left out, the day on which it is given.",
                null=True,
                verbose_name="every other day from",
            ),
        ),
        migrations.AddField(
            model_name="version",
            name="times_a_day",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(6)],
            ),
        ),
        migrations.AddField(
            model_name="version",
            name="weekdays",
            field=models.CharField(
                blank=True,
                help_text="0 is Monday: 024.",
                max_length=7,
                validators=[django.core.validators.RegexValidator("^0?1?2?3?4?5?6?$")],
            ),
        ),
        migrations.AlterField(
            model_name="prescription",
            name="load",
            field=models.CharField(
                blank=True, help_text='Where the load goes, or what it is: "at the ankle".', max_length=40
            ),
        ),
        migrations.AlterField(
            model_name="prescription",
            name="tempo",
            field=models.CharField(
                blank=True, help_text="In words, as it was written before there were numbers.", max_length=40
            ),
        ),
        migrations.AlterField(
            model_name="templateitem",
            name="load",
            field=models.CharField(
                blank=True, help_text='Where the load goes, or what it is: "at the ankle".', max_length=40
            ),
        ),
        migrations.AlterField(
            model_name="templateitem",
            name="tempo",
            field=models.CharField(
                blank=True, help_text="In words, as it was written before there were numbers.", max_length=40
            ),
        ),
        migrations.RunPython(words_to_numbers, numbers_to_words),
        migrations.RunPython(name_the_programmes_rhythm, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="prescription",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("load_g", None), ("load_g__range", (250, 50000)), _connector="OR"),
                    models.Q(("load_g", None), ("band", ""), _connector="OR"),
                ),
                name="prescription_load_is_a_weight_or_a_band",
                violation_error_message="A load is a weight of 0.25 to 50 kg, or a band.",
            ),
        ),
        migrations.AddConstraint(
            model_name="prescription",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("down_s", None), ("up_s", None)),
                    models.Q(("down_s__range", (1, 30)), ("up_s__range", (1, 30))),
                    _connector="OR",
                ),
                name="prescription_tempo_goes_up_and_down",
                violation_error_message="A tempo needs the seconds up and the seconds down, 1 to 30 each.",
            ),
        ),
        migrations.AddConstraint(
            model_name="prescription",
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
                name="prescription_minutes_stand_without_reps",
                violation_error_message="Minutes, 1 to 180, stand without a range of reps, a hold or a tempo.",
            ),
        ),
        migrations.AddConstraint(
            model_name="prescription",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("effort_of_10", None), ("effort_of_10__range", (0, 10)), _connector="OR"),
                    models.Q(("pain_up_to", None), ("pain_up_to__range", (0, 9)), _connector="OR"),
                ),
                name="prescription_effort_and_pain_are_of_10",
            ),
        ),
        migrations.AddConstraint(
            model_name="prescription",
            constraint=models.CheckConstraint(
                condition=models.Q(("times_a_day", None), ("times_a_day__range", (1, 6)), _connector="OR"),
                name="prescription_times_a_day_are_1_to_6",
            ),
        ),
        migrations.AddConstraint(
            model_name="prescription",
            constraint=models.CheckConstraint(
                condition=models.Q(("days_a_week", None), ("days_a_week__range", (1, 7)), _connector="OR"),
                name="prescription_days_a_week_are_1_to_7",
            ),
        ),
        migrations.AddConstraint(
            model_name="prescription",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("every_other_day", False), ("starts_on", None)),
                    models.Q(("as_needed", False), ("days_a_week", None), ("every_other_day", True), ("weekdays", "")),
                    _connector="OR",
                ),
                name="prescription_every_other_day_stands_alone",
                violation_error_message="Every other day stands without weekdays; only it has a first day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="templateitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("load_g", None), ("load_g__range", (250, 50000)), _connector="OR"),
                    models.Q(("load_g", None), ("band", ""), _connector="OR"),
                ),
                name="templateitem_load_is_a_weight_or_a_band",
                violation_error_message="A load is a weight of 0.25 to 50 kg, or a band.",
            ),
        ),
        migrations.AddConstraint(
            model_name="templateitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("down_s", None), ("up_s", None)),
                    models.Q(("down_s__range", (1, 30)), ("up_s__range", (1, 30))),
                    _connector="OR",
                ),
                name="templateitem_tempo_goes_up_and_down",
                violation_error_message="A tempo needs the seconds up and the seconds down, 1 to 30 each.",
            ),
        ),
        migrations.AddConstraint(
            model_name="templateitem",
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
                name="templateitem_minutes_stand_without_reps",
                violation_error_message="Minutes, 1 to 180, stand without a range of reps, a hold or a tempo.",
            ),
        ),
        migrations.AddConstraint(
            model_name="templateitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("effort_of_10", None), ("effort_of_10__range", (0, 10)), _connector="OR"),
                    models.Q(("pain_up_to", None), ("pain_up_to__range", (0, 9)), _connector="OR"),
                ),
                name="templateitem_effort_and_pain_are_of_10",
            ),
        ),
        migrations.AddConstraint(
            model_name="templateitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("times_a_day", None), ("times_a_day__range", (1, 6)), _connector="OR"),
                name="templateitem_times_a_day_are_1_to_6",
            ),
        ),
        migrations.AddConstraint(
            model_name="templateitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("days_a_week", None), ("days_a_week__range", (1, 7)), _connector="OR"),
                name="templateitem_days_a_week_are_1_to_7",
            ),
        ),
        migrations.AddConstraint(
            model_name="templateitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("every_other_day", False), ("starts_on", None)),
                    models.Q(("as_needed", False), ("days_a_week", None), ("every_other_day", True), ("weekdays", "")),
                    _connector="OR",
                ),
                name="templateitem_every_other_day_stands_alone",
                violation_error_message="Every other day stands without weekdays; only it has a first day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(("times_a_day", None), ("times_a_day__range", (1, 6)), _connector="OR"),
                name="version_times_a_day_are_1_to_6",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(("days_a_week", None), ("days_a_week__range", (1, 7)), _connector="OR"),
                name="version_days_a_week_are_1_to_7",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("every_other_day", False), ("starts_on", None)),
                    models.Q(("as_needed", False), ("days_a_week", None), ("every_other_day", True), ("weekdays", "")),
                    _connector="OR",
                ),
                name="version_every_other_day_stands_alone",
                violation_error_message="Every other day stands without weekdays; only it has a first day.",
            ),
        ),
        *(refuse(*one) for one in FROZEN),
    ]
