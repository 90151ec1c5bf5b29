"""What a clinic lead types to change the progression rules."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from hipcare import text
from hipcare.clinics.progression import LONGEST_RULE, MOST_RULES
from hipcare.fields import LinesField
from hipcare.stamps import Stamped

BULLETS = "-–—•*· "


class ProgressionForm(Stamped):
    """The rules, a line each, so that a line is added, moved and taken out as in any text. None is a list too."""

    rules = LinesField(
        label="Rules, one on each line",
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=(
            "Whole sentences, as you would say them to a patient. "
            f"At most {MOST_RULES} lines of {LONGEST_RULE} letters."
        ),
    )

    @classmethod
    def of(cls, rules: Sequence[str], posted: Any = None) -> "ProgressionForm":
        return cls(posted, initial={"rules": "\n".join(rules)})

    def clean_rules(self) -> str:
        """Return the rules without bullets, empty lines and repeats; name the line that is too long."""
        lines = [text.line(line).lstrip(BULLETS) for line in str(self.cleaned_data["rules"]).splitlines()]
        lines = list(dict.fromkeys(line for line in lines if text.shows(line)))
        if len(lines) > MOST_RULES:
            raise ValidationError(f"There are {len(lines)} rules. There may be {MOST_RULES}")
        for number, line in enumerate(lines, start=1):
            if len(line) > LONGEST_RULE:
                raise ValidationError(f"Rule {number} has {len(line)} letters. It may have {LONGEST_RULE}")
        return "\n".join(lines)

    @property
    def said(self) -> list[str]:
        return str(self.cleaned_data["rules"]).splitlines()
