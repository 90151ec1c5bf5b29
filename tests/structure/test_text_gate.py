"""Every text that comes in goes through the one gate: each form's fields, each column, each raw read of a request."""

import ast
import importlib
import pkgutil
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.db import models

import exercises
import hipcare
import programmes
from hipcare.clinics.accounts.forms import InOurWords
from hipcare.columns import Line, Lines, Texts
from hipcare.fields import LineField, LinesField, behind_the_gate

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = (hipcare, exercises, programmes)
BUILDS_A_FIELD = {"hipcare/fields.py", "hipcare/columns.py"}

NEVER_TYPED = {
    "programmes.PaperDay.before": "what its sessions said, which was kept behind the gate",
    "programmes.PatientSummary.recent": "made by rules.recent: numbers and dates",
    "programmes.PatientSummary.entries": "made by rules.entries from what is kept behind the gate",
    "audit.Entry.fields": "names of columns",
    "audit.Entry.subject": "a model's name",
    "clinics.Clinic.country": "one of a list",
    "clinics.Clinic.phone_dialled": "worked out",
    "clinics.Clinic.time_zone": "one of a list",
    "clinics.Device.session_key": "made by Django",
    "clinics.Patient.language": "one of a list",
    "clinics.Patient.phone_dialled": "worked out",
    "clinics.Patient.searched": "worked out",
    "clinics.PairingCode.locator": "drawn by lot",
    "clinics.Device.pin": "a hash",
    "clinics.PairingCode.token_hash": "a hash",
    "clinics.PairingTry.locator": "a hash",
    "clinics.User.email": "checked as an address",
    "clinics.User.password": "a hash",
    "clinics.ClinicText.key": "named in our list, or drawn by lot",
    "clinics.TextSignature.words": "a hash",
    "exercises.Exercise.language": "a code, out of the library's file",
    "exercises.Exercise.slug": "checked as a slug",
    "exercises.Topic.language": "a code, out of the library's file",
    "exercises.Topic.slug": "checked as a slug",
    "exercises.Signature.words": "a hash",
    "exercises.Exercise.hold_range_s": "two numbers",
    "programmes.Handout.layout": "one of a list",
    "programmes.Handout.person": "one of a list",
    "programmes.Version.topics": "ids, checked against what is offered",
    "programmes.Version.topic_words": "the library's words, through the gate already",
    "programmes.Handout.printed_key": "a hash",
    "programmes.Handout.printed_parts": "hashes",
    "programmes.Handout.sha256": "a hash",
    "programmes.LastChange.key": "names of fields",
    "programmes.LastChange.window": "checked as hexadecimal digits",
    "programmes.Prescription.text": "copied from columns behind the gate",
    "programmes.Prescription.weekdays": "checked as digits",
    "programmes.Prescription.moments": "checked as digits",
    "programmes.TemplateItem.moments": "checked as digits",
    "programmes.TemplateItem.weekdays": "checked as digits",
    "programmes.Version.moments": "checked as digits",
    "programmes.Version.weekdays": "checked as digits",
    "programmes.SessionRevision.was": "copied from columns behind the gate",
    "programmes.MeasurementRevision.was": "copied from columns behind the gate",
    "programmes.Template.slug": "checked as a slug",
    "programmes.Template.last_changes": "names of fields and of staff",
    "programmes.Version.follows": "copied from columns behind the gate",
    "programmes.Version.affected_side": "copied from one of a list",
}
COMPARED_WITH_WHAT_WE_KNOW = {
    ("hipcare/clinics/views/band_list.py", "band"),
    ("hipcare/clinics/views/band_list.py", "do"),
    ("hipcare/clinics/views/band_list.py", "place"),
    ("programmes/views/staff/handouts.py", "layout"),
    ("programmes/views/staff/diary_key_in.py", "version"),
    ("hipcare/http.py", "ZONE"),
    ("hipcare/clinics/views/pair.py", "answer"),
    ("hipcare/clinics/views/pair.py", "take_off"),
    ("hipcare/clinics/views/who_is_here.py", "device"),
    ("hipcare/clinics/views/pair.py", "LOST"),
    ("hipcare/clinics/views/patient_details.py", "next"),
    ("hipcare/clinics/views/help_list.py", "to"),
    ("programmes/views/patient/my_weeks.py", "to"),  # a day, or no page
    ("programmes/views/patient/morning.py", "answer"),
    ("programmes/views/staff/look.py", "drawn"),  # with when things came
    ("programmes/views/staff/look.py", "look"),
    ("programmes/views/staff/look.py", "state"),
    ("programmes/views/staff/look.py", "next"),
    ("programmes/views/staff/patients.py", "LOOKED"),
    ("programmes/views/staff/appointment.py", "since"),
    ("programmes/views/staff/timeline.py", "month"),  # a month, or this one
    ("programmes/views/staff/timeline.py", "kind"),
    ("programmes/views/patient/today.py", "version"),
    ("programmes/views/patient/sending.py", "version"),
    ("programmes/views/patient/sending.py", "person"),
    ("programmes/views/staff/patients.py", "q"),  # searched() is the gate's
    ("programmes/views/staff/patients.py", "page"),
    ("programmes/views/staff/history.py", "draft"),  # with the stamp of the draft
    ("programmes/builder/views/template_edit.py", "do"),
    ("programmes/builder/views/usual_dose.py", "do"),
    ("programmes/builder/views/usual_dose.py", "seen"),  # with the stamp of the dose
    ("programmes/views/staff/template_save.py", "draft"),
    ("programmes/views/staff/template_give.py", "draft"),
    ("programmes/views/staff/template_give.py", "phase"),  # with their places
    ("programmes/views/staff/copy_from.py", "draft"),
    ("programmes/views/staff/copy_from.py", "version"),
    ("programmes/views/staff/next_phase.py", "version"),
    ("programmes/views/staff/next_phase.py", "next"),
    ("programmes/views/staff/next_phase.py", "to"),
    ("programmes/builder/views/saving.py", "asked"),
    ("programmes/builder/views/start_again.py", "template"),
    ("exercises/views/library.py", "side"),
}


def every_module():
    """Import everything of ours, so that every form class is there to look at."""
    for package in PACKAGES:
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.endswith(("wsgi", "gunicorn", "worker")):
                importlib.import_module(found.name)


def our_forms():
    every_module()
    waiting, found = [forms.BaseForm], set()
    while waiting:
        cls = waiting.pop()
        waiting += cls.__subclasses__()
        if cls.__module__.split(".")[0] in {package.__name__ for package in PACKAGES}:
            found.add(cls)
    return found


def past_the_gate(form):
    """Return the names of the text fields of ``form`` that keep whatever is typed."""
    if issubclass(form, InOurWords):
        return []  # it puts its own behind the gate, see below
    return [
        name
        for name, field in form.base_fields.items()
        if isinstance(field, forms.CharField) and not isinstance(field, LineField | LinesField | forms.UUIDField)
    ]


def test_every_text_field_of_every_form_is_behind_the_gate():
    assert {form.__name__: wrong for form in our_forms() if (wrong := past_the_gate(form))} == {}


def test_a_planted_form_is_found():
    class Planted(forms.Form):
        goal = forms.CharField()

    assert past_the_gate(Planted) == ["goal"]


def test_there_are_forms_to_look_at():
    names = {form.__name__ for form in our_forms()}
    assert {"PatientForm", "ClinicForm", "SessionForm", "DraftForm", "LibraryFilter", "CodeForm", "SignInForm"} <= names


def text_columns():
    for model in apps.get_models():
        if model.__module__.split(".")[0] in {package.__name__ for package in PACKAGES}:
            for column in model._meta.get_fields():
                if isinstance(column, models.CharField | models.TextField | models.JSONField) and not column.choices:
                    yield f"{model._meta.label}.{column.name}", column


def test_every_column_of_words_is_behind_the_gate():
    past = {name for name, column in text_columns() if not isinstance(column, Line | Lines | Texts)}
    assert past == NEVER_TYPED.keys()


def builds_plain_fields(source):
    """Return the lines that make a text field past the gate; a column with choices is none."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"CharField", "RegexField"}
        and getattr(node.func.value, "id", "") == "forms"
    ]


def product_sources():
    for package in PACKAGES:
        for path in sorted(Path(package.__path__[0]).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(ROOT)), path.read_text()


def test_no_module_makes_a_plain_text_field():
    found = {name: builds_plain_fields(source) for name, source in product_sources() if name not in BUILDS_A_FIELD}
    assert {name: lines for name, lines in found.items() if lines} == {}
    assert builds_plain_fields("field = forms.CharField(max_length=3)") == [1]


def raw_reads(source):
    """Return what is read from a request's own words: ``request.POST.get("answer")``."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case (
                ast.Call(func=ast.Attribute(value=ast.Attribute(attr="POST" | "GET"), attr="get"), args=[key, *_])
                | ast.Subscript(value=ast.Attribute(attr="POST" | "GET"), slice=key)
            ):
                yield key.value if isinstance(key, ast.Constant) else ast.unparse(key)


def test_what_a_view_reads_past_its_forms_is_only_compared():
    found = {(name, key) for name, source in product_sources() for key in raw_reads(source)}
    assert found - COMPARED_WITH_WHAT_WE_KNOW == set()
    assert [*raw_reads('request.POST["note"]')] == ["note"]


class Theirs(forms.Form):
    """As a package makes it."""

    login = forms.EmailField()
    code = forms.CharField()
    password = forms.CharField(widget=forms.PasswordInput, strip=False)


class Ours(InOurWords, Theirs):
    """As we show it."""


def test_a_form_of_another_package_is_put_behind_the_gate_and_its_password_is_not():
    form = Ours({"login": "\u200blee@example.org\xa0", "code": "123\xa0456\u202c", "password": "a\xa0\u200bb "})
    assert form.is_valid()
    assert form.cleaned_data == {"login": "lee@example.org", "code": "123 456", "password": "a\xa0\u200bb "}


@pytest.mark.parametrize("field", [LineField(), LinesField()], ids=["line", "lines"])
def test_a_field_behind_the_gate_is_not_put_there_twice(field):
    behind_the_gate(field)
    assert "to_python" not in vars(field)
