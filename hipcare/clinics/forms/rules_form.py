"""What a clinic lead types to change the hip rules of one kind."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from hipcare import text
from hipcare.clinics.forms.day_month_year import DayMonthYearField
from hipcare.clinics.forms.error_words import in_our_words
from hipcare.clinics.precautions import OTHER, RuleList
from hipcare.fields import LineField, LinesField, has_a_letter
from hipcare.stamps import Stamped

MOST_RULES, LONGEST_RULE = 7, 90
BULLETS = "-–—•*· "


class RulesForm(Stamped):
    """The rules of one kind, a line each, so that a line is added, moved and taken out as in any text."""

    heading = LineField(label="Heading", max_length=40, validators=[has_a_letter])
    rules = LinesField(
        label="Rules, one on each line",
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=f"Short, as you would say it. At most {MOST_RULES} lines of {LONGEST_RULE} letters.",
    )
    source = LineField(label="Where they come from", max_length=200, validators=[has_a_letter])
    review_on = DayMonthYearField(label="Look at them again on", called="day to look at them again", validators=[])

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rules"].required = kind != OTHER
        for name in ("heading", "rules", "source"):
            in_our_words(self.fields[name], {"source": "source"}.get(name, name))

    @classmethod
    def of(cls, kind: str, rules: RuleList, posted: Any = None) -> "RulesForm":
        said = {"heading": rules.heading, "source": rules.source, "review_on": rules.review_on}
        return cls(posted, kind=kind, initial={**said, "rules": "\n".join(rules.rules)})

    def clean_rules(self) -> str:
        """Return the rules without bullets and empty lines; name the line that is too long."""
        lines = [text.line(line).lstrip(BULLETS) for line in str(self.cleaned_data["rules"]).splitlines()]
        lines = [line for line in lines if line]
        if len(lines) > MOST_RULES:
            raise ValidationError(f"There are {len(lines)} rules. The sheet has room for {MOST_RULES}")
        for number, line in enumerate(lines, start=1):
            if len(line) > LONGEST_RULE:
                raise ValidationError(f"Rule {number} has {len(line)} letters. It may have {LONGEST_RULE}")
        if self.fields["rules"].required and not any(map(text.shows, lines)):
            raise ValidationError("Enter the rules")
        return "\n".join(lines)

    @property
    def said(self) -> RuleList:
        kept = self.cleaned_data
        return RuleList(kept["heading"], tuple(kept["rules"].splitlines()), kept["source"], kept["review_on"])
