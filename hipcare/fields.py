"""Form fields behind the gate for text. Every form's text is one of these; a test looks at every form."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hipcare import text

CANNOT_BE_KEPT = _("This holds a character that cannot be kept. Type it again")
NOTHING_SHOWS = _("Type at least one letter")


def refuse_null(field: forms.Field, value: object) -> None:
    """Refuse a null character in words: it never comes from a keyboard, and something else may have gone with it."""
    if isinstance(value, str) and "\0" in value:
        code = "null_characters_not_allowed"
        raise ValidationError(field.error_messages.get(code, CANNOT_BE_KEPT), code=code)


def has_a_letter(value: str) -> None:
    if value and not text.shows(value):
        raise ValidationError(NOTHING_SHOWS, code="nothing_shows")


class LineField(forms.CharField):
    """One line of text."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Let what is typed stand in its own direction."""
        return {**super().widget_attrs(widget), **({} if widget.is_hidden else {"dir": "auto"})}

    def to_python(self, value: Any) -> Any:
        refuse_null(self, value)
        return super().to_python(text.line(value) if isinstance(value, str) else value)


class LinesField(forms.CharField):
    """Text of several lines. A browser sends each new line as two characters; it counts as one."""

    widget = forms.Textarea

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Let what is typed stand in its own direction."""
        return {**super().widget_attrs(widget), "dir": "auto"}

    def to_python(self, value: Any) -> Any:
        refuse_null(self, value)
        return super().to_python(text.lines(value) if isinstance(value, str) else value)


def behind_the_gate(field: forms.CharField) -> None:
    """Put a field of somebody else's form behind the gate; a password is left exactly as it is typed."""
    if isinstance(field.widget, forms.PasswordInput) or isinstance(field, LineField | LinesField):
        return
    plain = field.to_python

    def to_python(value: Any) -> Any:
        refuse_null(field, value)
        return plain(text.line(value) if isinstance(value, str) else value)

    field.to_python = to_python  # type: ignore[method-assign]
