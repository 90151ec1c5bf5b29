"""A given version holds the choice and the note of its hip precautions, no longer a sentence made of them."""

from typing import Any

from django.db import migrations, models

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
LABELS = {"None": "none", "Posterior": "posterior", "Anterior": "anterior", "Other": "other"}


def choice_and_note(sentence: str, kind: str, note: str) -> tuple[str, str]:
    """Return what was chosen when ``sentence`` was pinned; ``kind`` and ``note`` are the patient's record of today.

    "Other" was pinned as its note alone, so the record comes first: a surgeon's words may begin like a label.
    """
    if kind and sentence == as_sentence(kind, note):
        return kind, note
    label, colon, rest = sentence.partition(": ")
    if label in LABELS and (rest or not colon) and (LABELS[label] != "other" or rest):
        return LABELS[label], rest
    return "other", sentence


def as_sentence(kind: str, note: str) -> str:
    """Return what used to be pinned for a choice and its note."""
    if kind == "other":
        return note
    return f"{kind.capitalize()}: {note}" if note else kind.capitalize()


def part(apps: Any, editor: Any) -> None:
    """Write the choice and the note into every version that has a sentence."""
    versions = apps.get_model("programmes", "Version").objects.using(editor.connection.alias)
    for version in versions.exclude(hip_precautions="").select_related("programme__patient"):
        patient = version.programme.patient
        kind, note = choice_and_note(version.hip_precautions, patient.hip_precautions, patient.hip_precautions_note)
        versions.filter(pk=version.pk).update(hip_precautions=kind, hip_precautions_note=note)


def join(apps: Any, editor: Any) -> None:
    """Go back: write the sentence; the side, the days and the name have no place in it and are lost."""
    versions = apps.get_model("programmes", "Version").objects.using(editor.connection.alias)
    for version in versions.exclude(hip_precautions=""):
        sentence = as_sentence(version.hip_precautions, version.hip_precautions_note)
        versions.filter(pk=version.pk).update(hip_precautions=sentence)


class Migration(migrations.Migration):
    dependencies = [
        ("clinics", "0004_precautions_in_words"),
        ("programmes", "0005_last_changes_of_a_draft"),
    ]

    operations = [
        *(allow(*one) for one in FROZEN),
        migrations.RemoveConstraint(
            model_name="version",
            name="a_given_version_is_complete",
        ),
        migrations.AddField(
            model_name="version",
            name="hip_precautions_by",
            field=models.CharField(blank=True, max_length=80, verbose_name="name of who set the precautions"),
        ),
        migrations.AddField(
            model_name="version",
            name="hip_precautions_note",
            field=models.CharField(blank=True, max_length=240),
        ),
        migrations.AddField(
            model_name="version",
            name="hip_precautions_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="version",
            name="hip_precautions_review_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="version",
            name="hip_precautions_since",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="version",
            name="operated_side",
            field=models.CharField(
                blank=True,
                choices=[("left", "Left hip"), ("right", "Right hip"), ("both", "Both hips"), ("", "Not known yet")],
                max_length=5,
            ),
        ),
        migrations.RunPython(part, join),
        migrations.AlterField(
            model_name="version",
            name="hip_precautions",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Not asked yet"),
                    ("none", "None"),
                    ("posterior", "Posterior"),
                    ("anterior", "Anterior"),
                    ("other", "Other"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("number", None),
                    models.Q(
                        ("given_at__isnull", False),
                        ("given_by__isnull", False),
                        ("hip_precautions__in", ["none", "posterior", "anterior", "other"]),
                        ("number__gte", 1),
                        ("pain_ok_up_to__isnull", False),
                        ("review_on__isnull", False),
                        models.Q(
                            models.Q(("hip_precautions", "other"), _negated=True),
                            models.Q(("hip_precautions_note", ""), _negated=True),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="a_given_version_is_complete",
            ),
        ),
        *(refuse(*one) for one in FROZEN),
    ]
