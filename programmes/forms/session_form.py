"""What a patient says about one session."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hipcare.audit.trail import FieldChange
from hipcare.fields import LinesField
from hipcare.stamps import Stamped
from programmes.models import PerformedExercise, Session
from programmes.models.prescription import MOST_PRESCRIPTIONS, name_in_place
from programmes.models.session import ANSWERS, NOTE_LENGTH
from programmes.rules.arrival import can_have_been, day_meant, days_to_choose
from programmes.services.sessions import Report
from programmes.wording.answer_words import pain_in_words
from programmes.wording.dates import day_called

PAIN = [(str(n), pain_in_words(n)) for n in range(11)]
OUT_OF_DATE = _("This page is out of date. Please save again.")
FAR_AHEAD = 2**32  # seconds: the year 2106
DID, WHY = "did-", "why-"  # the names of what is asked of one exercise begin so, and end with its id


def is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


class IdsField(forms.MultipleChoiceField):
    """The ticked prescriptions, as UUIDs. Whether they are the version's own is for the service to say."""

    def clean(self, value: Any) -> frozenset[uuid.UUID]:
        try:
            return frozenset(uuid.UUID(one) for one in value or [])
        except ValueError:
            raise ValidationError(_("This page is out of date. Please tick again, then save.")) from None


class OneOfAFewField(forms.ChoiceField):
    """A question with a few answers to press, or none; ``how_it_went.html`` shows it as it comes."""

    widget = forms.RadioSelect
    default_error_messages = {"invalid_choice": _("Choose one of these, or leave it empty.")}

    def __init__(self, choices: Any, label: Any) -> None:
        super().__init__(choices=choices, label=label, required=False)


class WhichOneField(forms.IntegerField):
    """Which exercise hurt, by its place in the version; whether it has such a place is for the service to say."""

    default_error_messages = dict.fromkeys(
        ("invalid", "min_value", "max_value"), _("Choose one of these, or leave it empty.")
    )

    def __init__(self) -> None:
        super().__init__(required=False, min_value=1, max_value=MOST_PRESCRIPTIONS, label=_("Which one hurt?"))


class SessionForm(forms.Form):
    """Ticks and what is asked of a session; all of them may be left empty, but not all at once."""

    done = IdsField(required=False)
    pain = forms.TypedChoiceField(
        coerce=int,
        empty_value=None,
        label=_("Worst hip pain while you exercised"),
        choices=PAIN,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose a number from 0 to 10, or leave it empty.")},
    )
    hurt = WhichOneField()
    effort = OneOfAFewField(Session.Effort.choices, _("How hard was it?"))
    note = LinesField(
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "max_length": _("Your note is too long. It has %(show_value)d letters. Keep it to %(limit_value)d."),
            "null_characters_not_allowed": _("Your note has a letter we cannot keep. Please type it again."),
        },
    )

    reason_choices = PerformedExercise.Reason.choices

    @property
    def reasons(self) -> dict[str, str]:
        """Why each was left out, by id, as far as it was said in one of our own words."""
        given = {name.removeprefix(WHY): value for name, value in self.data.items() if name.startswith(WHY)}
        return {pk: reason for pk, reason in given.items() if reason in PerformedExercise.Reason.values}

    @property
    def left_out(self) -> dict[uuid.UUID, str]:
        """What the patient said is not done; of what is ticked no reason is heard."""
        return {uuid.UUID(pk): reason for pk, reason in self.reasons.items() if is_uuid(pk) and pk not in self.ticked}

    @property
    def ticked(self) -> set[str]:
        value = self["done"].value()
        return {str(one) for one in value} if isinstance(value, (list, tuple, set, frozenset)) else set()

    @property
    def pressed(self) -> list[forms.BoundField]:
        return [self[name] for name, field in self.fields.items() if isinstance(field, OneOfAFewField)]

    @property
    def report(self) -> Report:
        said = self.cleaned_data
        answers = {name: said[name] for name in ANSWERS}
        return Report(said["done"], left_out=self.left_out, said_at=said.get("said_at"), **answers)


class PagesDayField(forms.DateField):
    """A day that a page of ours wrote down; what is none is no day, and then the patient is asked."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> dt.date | None:
        try:
            day: dt.date | None = super().clean(value)
        except ValidationError:
            return None
        return day


class MomentField(forms.Field):
    """A moment that a page tells, in seconds since 1970; None where it does not say, or says nonsense."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> dt.datetime | None:
        try:
            seconds = int(value)
        except (TypeError, ValueError):
            return None
        return dt.datetime.fromtimestamp(seconds, dt.UTC) if 0 < seconds < FAR_AHEAD else None


class NewSessionForm(SessionForm):
    """A session not yet saved: the page it comes from made its id and knows its version, and when it was drawn."""

    data: QueryDict  # as posted

    session = forms.UUIDField(
        widget=forms.HiddenInput, error_messages=dict.fromkeys(("required", "invalid"), OUT_OF_DATE)
    )
    day = PagesDayField(required=False, input_formats=["%Y-%m-%d"])
    opened = MomentField(required=False)
    said_at = MomentField(required=False)
    which_day = PagesDayField(required=False, input_formats=["%Y-%m-%d"])

    @classmethod
    def blank(cls, *, day: dt.date, ticked: list[str]) -> "NewSessionForm":
        opened = int(timezone.now().timestamp())
        return cls(initial={"session": uuid.uuid4(), "day": day.isoformat(), "opened": opened, "done": ticked})

    @property
    def day_opened(self) -> dt.date | None:
        """The day on which the page was drawn, where the patient is now; by the page's own day if it says no moment.

        None where the phone's clock was wrong: its moment has not come.
        """
        opened: dt.datetime | None = self.cleaned_data.get("opened")
        day: dt.date | None = self.cleaned_data.get("day")
        if opened is None:
            return day
        return timezone.localdate(opened) if can_have_been(opened, timezone.now()) else None

    def day_meant(self, today: dt.date) -> dt.date | None:
        return day_meant(answered=self.cleaned_data["which_day"], opened=self.day_opened, today=today)

    def with_fresh_page(self) -> None:
        """Give the page a new id where the one it sent makes no sense, and keep all that was typed."""
        if "session" in self.errors:
            self.data = self.data.copy()
            self.data["session"] = str(uuid.uuid4())


class KeptUnderField(forms.UUIDField):
    """The id under which the phone keeps what is typed; what is none is none, for nothing but the phone needs it."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> uuid.UUID | None:
        try:
            found: uuid.UUID | None = super().clean(value)
        except ValidationError:
            return None
        return found


class PhonesOwnForm(forms.Form):
    """What a page sends for the phone alone."""

    kept = KeptUnderField(required=False)

    @property
    def kept_under(self) -> uuid.UUID | None:
        return self.cleaned_data["kept"] if self.is_valid() else None


class DayForm(SessionForm):
    """A past day filled in later: of each exercise "done" or "not done", or nothing."""

    session = forms.UUIDField(
        widget=forms.HiddenInput, error_messages=dict.fromkeys(("required", "invalid"), OUT_OF_DATE)
    )

    @property
    def did(self) -> dict[str, str]:
        """What was said of each exercise, by id: "done" or "not"."""
        said = {name.removeprefix(DID): value for name, value in self.data.items() if name.startswith(DID)}
        return {pk: value for pk, value in said.items() if is_uuid(pk) and value in {"done", "not"}}

    @property
    def ticked(self) -> set[str]:
        return {pk for pk, value in self.did.items() if value == "done"}

    @property
    def left_out(self) -> dict[uuid.UUID, str]:
        return {uuid.UUID(pk): self.reasons.get(pk, "") for pk, value in self.did.items() if value == "not"}

    @property
    def report(self) -> Report:
        said = {name: self.cleaned_data[name] for name in ANSWERS}
        return Report(frozenset(map(uuid.UUID, self.ticked)), left_out=self.left_out, **said)


class CorrectionForm(Stamped, SessionForm):
    """What a saved session says, to be put right; the day too."""

    day = forms.ChoiceField(
        label=_("Which day was it?"),
        required=False,
        error_messages={"invalid_choice": _("Choose one of these days.")},
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def __init__(self, session: Session, sent: Any, today: dt.date) -> None:
        done = [str(row.prescription_id) for row in session.performed.all() if row.outcome == row.Outcome.DONE]
        said = {name: "" if value is None else str(value) for name, value in session.answers.items()}
        self.session = session
        super().__init__(sent, initial={**said, "done": done, "day": session.local_date.isoformat()})
        days = sorted({session.local_date, *days_to_choose(today)}, reverse=True)
        self.fields["day"].choices = [(one.isoformat(), day_called(one, today)) for one in days]  # type: ignore[attr-defined]
        self.reasons_before = {
            str(row.prescription_id): row.reason for row in session.performed.all() if row.outcome != row.Outcome.DONE
        }
        self.fields["done"].label = _("What did you do?")
        self.fields["note"].label = _("Anything to tell")

    @property
    def reasons_shown(self) -> dict[str, str]:
        return {**self.reasons_before, **self.reasons}

    @property
    def day_chosen(self) -> dt.date | None:
        """The day the session is really for, once the form is valid; None where the page did not say."""
        day = self.cleaned_data["day"]
        return dt.date.fromisoformat(day) if day else None

    def last_change(self, name: str) -> FieldChange | None:  # noqa: ARG002 - of every field the same
        return FieldChange(None, "", self.session.corrected_at or self.session.received_at)

    def is_own(self, change: FieldChange) -> bool:  # noqa: ARG002 - whoever holds the phone
        return True

    def in_words(self, name: str, value: Any) -> str:
        if name == "hurt":
            return name_in_place(self.session.version.prescriptions.all(), value) or super().in_words(name, value)
        if name != "done":
            return super().in_words(name, value)
        names = {str(row.pk): row.name for row in self.session.version.prescriptions.all()}
        return ", ".join(names.get(one, str(_("another exercise"))) for one in value) or str(_("nothing ticked"))
