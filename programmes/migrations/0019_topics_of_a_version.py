"""A version holds topics: which, and once it is given, the words they were given with."""

from django.db import migrations, models

from hipcare.triggers import allow, refuse

GIVEN = "a given version is frozen"
OF_A_GIVEN_VERSION = "EXISTS (SELECT 1 FROM programmes_version v WHERE v.id = OLD.version_id AND v.number IS NOT NULL)"
FROZEN = (
    ("programmes_version", "update", GIVEN, "OLD.number IS NOT NULL"),
    ("programmes_prescription", "update", GIVEN, OF_A_GIVEN_VERSION),
)


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0018_the_phase_of_a_version"),
        ("exercises", "0007_topics"),
    ]

    operations = [
        *(allow(*one) for one in FROZEN),
        migrations.AddField(
            model_name="version",
            name="topics",
            field=models.JSONField(blank=True, default=list, verbose_name="topics to read"),
        ),
        migrations.AddField(
            model_name="version",
            name="topic_words",
            field=models.JSONField(
                blank=True, default=list, editable=False, verbose_name="the topics’ words when given"
            ),
        ),
        *(refuse(*one) for one in FROZEN),
    ]
