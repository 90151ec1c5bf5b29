from django.db import migrations, models
from django.db.models import Q

from hipcare.triggers import refuse

FROZEN = refuse("programmes_handout", "update", "a sheet that was handed over does not change")


class Migration(migrations.Migration):
    """Sheets printed before have no key: *Print* never takes one of them, *Print again* still does."""

    dependencies = [("programmes", "0002_given_is_frozen")]

    operations = [
        # SQLite makes the table anew for a constraint or a column, and the new one has no trigger: on the way back too.
        migrations.RunPython(migrations.RunPython.noop, FROZEN.code),
        migrations.RemoveConstraint("handout", "one_sheet_per_version_layout_look_and_code"),
        migrations.AddField(
            "handout",
            "printed_key",
            models.CharField(
                "what it was printed from", max_length=64, blank=True, editable=False, help_text="Empty: not known."
            ),
        ),
        migrations.AddField(
            "handout",
            "printed_parts",
            models.JSONField("a digest of each part", default=dict, blank=True, editable=False),
        ),
        migrations.AddConstraint(
            "handout",
            models.UniqueConstraint(
                fields=["version", "layout", "printed_key"],
                condition=~Q(printed_key=""),
                name="one_sheet_of_a_version_is_the_same",
            ),
        ),
        migrations.RunPython(FROZEN.code, migrations.RunPython.noop),
    ]
