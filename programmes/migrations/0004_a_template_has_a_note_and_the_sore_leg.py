from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programmes", "0003_a_sheet_is_known_by_all_it_says")]

    operations = [
        migrations.AddField(
            "template",
            "note",
            models.CharField(
                blank=True,
                help_text=(
                    "Fills the draft's note where it is empty; the physiotherapist reads and changes it before giving."
                ),
                max_length=300,
                verbose_name="note to the patient",
            ),
        ),
        migrations.AddField(
            "templateitem",
            "sore_leg_only",
            models.BooleanField(
                default=False,
                help_text="Whatever the exercise usually does: the other leg stands.",
                verbose_name="for the sore leg only",
            ),
        ),
    ]
