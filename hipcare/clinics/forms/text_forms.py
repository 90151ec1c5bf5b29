"""What a clinic lead types to change what the clinic says to its patients."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from hipcare.clinics.advice import SENTENCES, STOP, Sentence
from hipcare.clinics.forms.day_month_year import DayMonthYearField
from hipcare.clinics.forms.error_words import in_our_words
from hipcare.clinics.help_signs import Sign, SignGroup
from hipcare.fields import LineField, has_a_letter
from hipcare.stamps import Stamped

GROUPS = [
    (SignGroup.EMERGENCY.value, "Call an ambulance or go to A&E now"),
    (SignGroup.URGENT.value, "Call for urgent advice today"),
    (SignGroup.CLINIC.value, "Ask the clinic"),
    (SignGroup.GP.value, "Call the GP this week"),
]
LONGEST = {"words": 90, "short": 44, "source": 250, "why_hidden": 200}


def only_stop_in_braces(words: str) -> None:
    if re.search(r"[{}]", words.replace(STOP, "")):
        raise ValidationError(f"Braces stand only in {STOP}, the first number of your “stop” band")


def _line(label: str, longest: int, *, required_words: str = "", **options: Any) -> LineField:
    field = LineField(label=label, max_length=longest, validators=[has_a_letter, only_stop_in_braces], **options)
    in_our_words(field, label[:1].lower() + label[1:])
    if required_words:
        field.error_messages["required"] = required_words
    return field


class _SignWords(Stamped):
    words = _line("Words on the phone", LONGEST["words"], help_text="What somebody notices. No name of a disease.")
    short = _line("Words on paper", LONGEST["short"], help_text="The same, short enough for one line.")
    source = _line("Where it comes from", LONGEST["source"], required_words="Say where it comes from")
    review_on = DayMonthYearField(label="Look at it again on", called="day to look at it again", validators=[])


class SignForm(_SignWords):
    """A sign of our list, as the clinic has it."""

    hidden = forms.BooleanField(label="Leave this sign out", required=False)
    why_hidden = _line(
        "Why it is left out", LONGEST["why_hidden"], required=False, help_text="Needed where you leave it out."
    )

    together = (("hidden", "why_hidden"),)

    @classmethod
    def of(cls, sign: Sign, posted: Any = None) -> "SignForm":
        initial = {name: getattr(sign, name) for name in ("words", "short", "source", "review_on", "why_hidden")}
        return cls(posted, initial={**initial, "hidden": bool(sign.why_hidden)})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("hidden") and not cleaned.get("why_hidden") and "why_hidden" not in self.errors:
            self.add_error("why_hidden", "Say why it is left out")
        return cleaned

    @property
    def said(self) -> dict[str, Any]:
        kept = {name: self.cleaned_data[name] for name in ("words", "short", "source", "review_on")}
        return {**kept, "why_hidden": self.cleaned_data["why_hidden"] if self.cleaned_data["hidden"] else ""}


class OwnSignForm(_SignWords):
    """A sign of the clinic's own; of a new one nothing can be out of date."""

    group = forms.ChoiceField(label="What to do", choices=GROUPS)
    after_operation = forms.BooleanField(label="Only for after a hip operation", required=False)

    def _kept(self) -> dict[str, Any]:
        return super()._kept() if self.initial else {}

    @classmethod
    def of(cls, sign: Sign | None, posted: Any = None) -> "OwnSignForm":
        names = ("words", "short", "source", "review_on", "group", "after_operation")
        return cls(posted, initial={name: getattr(sign, name) for name in names} if sign else {})

    @property
    def said(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


def _sentence(sentence: Sentence) -> LineField:
    note = f" ({STOP} is the first number of your “stop” band.)" if STOP in sentence.words else ""
    field = _line(sentence.label, sentence.longest, help_text=f"Ours: {sentence.words}{note}")
    if sentence.longest > LONGEST["words"]:
        field.widget = forms.Textarea(attrs={"rows": 3, "maxlength": sentence.longest})
    return field


SentencesForm: type[Stamped] = type(
    "SentencesForm", (Stamped,), {"__module__": __name__} | {one.key: _sentence(one) for one in SENTENCES}
)
"""The clinic's sentences, a field for each."""
