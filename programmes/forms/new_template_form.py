"""What a new template of the clinic's own is called, and what goes along from a programme."""

import uuid
from typing import Any

from django import forms
from django.http import QueryDict

from hipcare.fields import LineField
from programmes.models import Version
from programmes.services.own_templates import Keeping, NewTemplate


class NewTemplateForm(forms.Form):
    """Its name and for whom. The page brings the id, so that the same form sent twice makes one template."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    name = LineField(
        label="Name",
        max_length=60,
        error_messages={
            "required": "Give it a name.",
            "max_length": "This has %(show_value)d letters. Keep it to %(limit_value)d.",
        },
    )
    description = LineField(
        label="For whom, in one line",
        required=False,
        max_length=200,
        help_text="For your colleagues. No patient’s name.",
        error_messages={"max_length": "This has %(show_value)d letters. Keep it to %(limit_value)d."},
    )

    def __init__(self, sent: QueryDict | None = None, *, name: str = "", description: str = "") -> None:
        super().__init__(sent, initial={"id": uuid.uuid4(), "name": name, "description": description})
        for field in ("name", "description"):
            self.fields[field].widget.attrs.pop("maxlength", None)  # what is too long is said, and not cut

    @property
    def new(self) -> NewTemplate:
        """What a valid form says."""
        said = self.cleaned_data
        return NewTemplate(said["id"], said["name"], said["description"])


class SaveAsTemplateForm(NewTemplateForm):
    """The same of a programme: its notes go along only where somebody says so, having them in sight."""

    exercise_notes = forms.BooleanField(label="Keep the notes on exercises", required=False)
    note = forms.BooleanField(label="Keep the note to the patient", required=False)
    rhythm = forms.BooleanField(label="Keep the days and times that an exercise has of its own", required=False)

    def __init__(self, version: Version, sent: QueryDict | None = None) -> None:
        super().__init__(sent)
        rows = list(version.prescriptions.all())
        there: dict[str, Any] = {
            "exercise_notes": any(row.note for row in rows),
            "note": version.note,
            "rhythm": any(row.own_days or row.own_times for row in rows),
        }
        for name in [name for name, is_there in there.items() if not is_there]:
            del self.fields[name]

    @property
    def keeping(self) -> Keeping:
        """What a valid form says goes along."""
        return Keeping(**{name: self.cleaned_data.get(name, False) for name in ("exercise_notes", "note", "rhythm")})
