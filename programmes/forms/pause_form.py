"""From when to when a programme is paused, why, and what the patient reads."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms

from hipcare.clinics.models import User
from hipcare.fields import LineField, LinesField
from hipcare.moments import full_date
from hipcare.stamps import Stamped
from programmes.models import Pause
from programmes.models.pause import WHY_LENGTH, WORDS_LENGTH
from programmes.rules.adherence import Window
from programmes.rules.pauses import NO_END, PauseProblem, in_the_way, pause_problem

TOO_LONG = "This has %(show_value)d letters. Keep it to %(limit_value)d."
PROBLEMS = {
    PauseProblem.REVERSED: ("last_day", "This is before the first day. Choose that day or a later one."),
    PauseProblem.FAR_AHEAD: ("first_day", "This is more than a year ahead. Check the year."),
    PauseProblem.TOO_LONG: ("last_day", "This is more than a year. Leave it empty, or end the programme."),
}


def _day_field(label: str, *, required: bool, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Choose the first day.", "invalid": "Write the day as 7/12/2026, or choose it."},
    )


class PauseForm(Stamped, forms.ModelForm):
    """``begun`` is the programme's first day, ``others`` are its other pauses."""

    together = (("first_day", "last_day"),)
    first_day = _day_field("From", required=True, help_text="The first day that is not counted.")
    last_day = _day_field("Until", required=False, help_text="Empty: until somebody ends it.")
    why = LineField(
        label="Why",
        required=False,
        max_length=WHY_LENGTH,
        help_text="For staff alone.",
        error_messages={"max_length": TOO_LONG},
    )
    words = LinesField(
        label="What the patient reads",
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stands under “Your plan is paused”, with the day.",
        error_messages={"max_length": TOO_LONG},
    )

    class Meta:
        model = Pause
        fields = ["first_day", "last_day", "why", "words"]

    def __init__(
        self, *args: Any, by: User, begun: dt.date, today: dt.date, others: Sequence[Pause], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.begun, self.today, self.others = by, begun, today, others

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("first_day") and "last_day" in cleaned:
            self._check(Window(cleaned["first_day"], cleaned["last_day"] or NO_END))
        return cleaned

    def is_there_already(self, pause: Window) -> bool:
        """Say whether this very pause was made by the same button before."""
        words = self.cleaned_data.get("why"), self.cleaned_data.get("words")
        is_new = self.instance._state.adding
        return is_new and any(one.window == pause and (one.why, one.words) == words for one in self.others)

    def _check(self, pause: Window) -> None:
        problem = pause_problem(pause, begun=self.begun, today=self.today)
        if problem is PauseProblem.BEFORE_THE_PROGRAMME:
            self.add_error("first_day", f"The programme began on {full_date(self.begun)}. Choose that day or a later.")
        elif problem:
            self.add_error(*PROBLEMS[problem])
        elif self.is_there_already(pause):
            return
        elif other := in_the_way(pause, (one.window for one in self.others)):
            self.add_error("first_day", f"There is a pause {days_in_words(other)} already. Change that one.")


def days_in_words(pause: Window) -> str:
    """Return "from 7 December 2026 to 9 December 2026", "from 7 December 2026" where it has no end."""
    first = f"from {full_date(pause.first)}"
    return first if pause.last == NO_END else f"{first} to {full_date(pause.last)}"
