"""What a patient says about one session."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from hipcare.fields import LinesField
from programmes.models import Session
from programmes.models.session import NOTE_LENGTH
from programmes.services.sessions import Report

PAIN = [(str(n), str(n)) for n in range(11)]
OUT_OF_DATE = "This page is out of date. Please save again."
WHICH_DAY = "We do not know which day this is for. Please save again."
NOT_A_CHOICE = {"invalid_choice": "Choose one of these, or leave it empty."}


class IdsField(forms.MultipleChoiceField):
    """The ticked prescriptions, as UUIDs. Whether they are the version's own is for the service to say."""

    def clean(self, value: Any) -> frozenset[uuid.UUID]:
        try:
            return frozenset(uuid.UUID(one) for one in value or [])
        except ValueError:
            raise ValidationError("This page is out of date. Please tick again, then save.") from None


class SessionForm(forms.Form):
    """Ticks, worst pain, effort and a note; all of them may be left empty, but not all at once."""

    done = IdsField(required=False)
    pain = forms.ChoiceField(
        label="Worst hip pain while you exercised",
        choices=PAIN,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose a number from 0 to 10, or leave it empty."},
    )
    effort = forms.ChoiceField(
        label="How hard was it?",
        choices=Session.Effort.choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages=NOT_A_CHOICE,
    )
    note = LinesField(
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "max_length": "Your note is too long. It has %(show_value)d letters. Keep it to %(limit_value)d.",
            "null_characters_not_allowed": "Your note has a letter we cannot keep. Please type it again.",
        },
    )

    @property
    def ticked(self) -> set[str]:
        """The ids to show as ticked."""
        value = self["done"].value()
        return {str(one) for one in value} if isinstance(value, (list, tuple, set, frozenset)) else set()

    @property
    def report(self) -> Report:
        """What the patient said, once the form is valid."""
        said = self.cleaned_data
        return Report(
            ticked=said["done"],
            pain=int(said["pain"]) if said["pain"] else None,
            effort=said["effort"],
            note=said["note"],
        )


class NewSessionForm(SessionForm):
    """A session not yet saved: the page it comes from made its id and knows its version and day."""

    data: QueryDict  # as posted

    session = forms.UUIDField(
        widget=forms.HiddenInput, error_messages=dict.fromkeys(("required", "invalid"), OUT_OF_DATE)
    )
    day = forms.DateField(
        widget=forms.HiddenInput,
        input_formats=["%Y-%m-%d"],
        error_messages=dict.fromkeys(("required", "invalid"), WHICH_DAY),
    )

    @classmethod
    def blank(cls, *, day: dt.date, ticked: list[str]) -> "NewSessionForm":
        """Return an empty form for ``day``, with a new id."""
        return cls(initial={"session": uuid.uuid4(), "day": day.isoformat(), "done": ticked})

    def with_fresh_page(self, day: dt.date) -> None:
        """Give the page a new id or day where the one it sent makes no sense, and keep all that was typed."""
        fresh = {"session": str(uuid.uuid4()), "day": day.isoformat()}
        self.data = self.data.copy()
        for name in fresh.keys() & self.errors.keys():
            self.data[name] = fresh[name]


def correction_of(session: Session, sent: Any = None) -> SessionForm:
    """Return the form that changes ``session``, filled with what it says now."""
    done = [str(row.prescription_id) for row in session.performed.all() if row.outcome == row.Outcome.DONE]
    pain = "" if session.pain is None else str(session.pain)
    return SessionForm(sent, initial={"done": done, "pain": pain, "effort": session.effort, "note": session.note})
