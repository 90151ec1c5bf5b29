"""Every form either carries a stamp (hipcare/stamps.py) or stands here with the reason why it needs none."""

import importlib
import inspect
import re
from pathlib import Path

import pytest
from django import forms

from hipcare.stamps import Stamped
from tests.structure.test_syntax_tree import ROOT, modules

# What makes something new, asks, or signs in overwrites nothing; the builder compares with its own stamp.
NOT_SAVED_WHOLE = {
    "BandForm": "names the one colour that it adds or changes",
    "CodeForm": "opens a device",
    "DiaryChoiceForm": "asks",
    "DiaryDayForm": "carries the marks that its row showed, which are put together one by one",
    "EndForm": "ends the one version that it names, while that is the current one",
    "HelperForm": "adds a helper; the same name again is the same one",
    "LibraryFilter": "asks",
    "TopicFilter": "asks",
    "MergeForm": "carries what both records said; one that has changed since is refused",
    "OtherRecordForm": "asks",
    "PinForm": "compares what was typed",
    "NewTemplateForm": "makes something new; the same id again is the same one",
    "SaveAsTemplateForm": "makes something new; the same id again is the same one",
    "NewPinForm": "sets one thing, which is never shown",
    "SigningForm": "signs what was read, and says so where it is another",
    "SessionForm": "the fields of the two forms of a session",
    "NewSessionForm": "makes something new; the same id again is a correction",
    "DayForm": "makes a session of a past day; the same id again is a correction",
    "MeasuresForm": "the fields of the two forms of a measurement",
    "NewMeasuresForm": "makes something new; the same id again is a correction",
    "MessageForm": "makes something new; the same id again changes what nobody has read",
    "PhonesOwnForm": "says which record on the phone was sent; nothing of it is saved",
    "PartForm": "the builder's own stamp",
    "RhythmForm": "the builder's own stamp",
    "PrescriptionForm": "the builder's own stamp",
    "DraftForm": "the builder's own stamp",
    "AboutForm": "the stamp of the template's page",
    "PhaseForm": "the stamp of the template's page",
    "ItemForm": "the stamp of the template's page",
    "UsualForm": "its page carries whose dose it shows, and since when: another one since is never overwritten",
}
SIGNING_IN = "hipcare.clinics.accounts.forms"
INCLUDE = '{% include "partials/stamp.html" %}'
PAGES_OF = {
    "PatientForm": "clinics/patient_form.html",
    "ClinicForm": "clinics/partials/clinic_form.html",
    "CalledForm": "clinics/called.html",
    "CutoffsForm": "clinics/review_cutoffs.html",
    "SignForm": "clinics/help_sign.html",
    "OwnSignForm": "clinics/help_sign.html",
    "_SignWords": "clinics/help_sign.html",
    "SentencesForm": "clinics/says.html",
    "RulesForm": "clinics/hip_rules_edit.html",
    "ProgressionForm": "clinics/going_on.html",
    "PauseForm": "programmes/version_pause.html",
    "ActivityForm": "programmes/activity.html",
    "MeasuresCorrectionForm": "programmes/measures_form.html",
    "CorrectionForm": "programmes/patient/session_change.html",
}


def forms_of(module):
    """Return the form classes that ``module`` defines."""
    found = [value for _name, value in inspect.getmembers(module, inspect.isclass)]
    return [f for f in found if issubclass(f, forms.BaseForm) and f.__module__ == module.__name__]


def all_forms():
    """Return every form class that we wrote, signing in aside: there is nothing in it to overwrite."""
    names = [".".join(p.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for p in modules("forms")]
    return [
        f for name in names if name != SIGNING_IN for f in forms_of(importlib.import_module(name)) if f is not Stamped
    ]


def without_a_stamp(classes):
    """Return the names of those that are saved whole and carry none."""
    return sorted(
        f.__name__
        for f in classes
        if not issubclass(f, Stamped) and (issubclass(f, forms.BaseModelForm) or f.__name__ not in NOT_SAVED_WHOLE)
    )


def test_every_form_that_is_saved_whole_carries_a_stamp():
    assert without_a_stamp(all_forms()) == []


def test_a_planted_form_without_a_stamp_is_found():
    class Planted(forms.Form):
        pass

    class NewSessionForm(forms.ModelForm):  # a model form is never excused by its name
        pass

    assert without_a_stamp([Planted, NewSessionForm]) == ["NewSessionForm", "Planted"]


def test_every_excuse_is_for_a_form_that_is_there():
    assert NOT_SAVED_WHOLE.keys() <= {f.__name__ for f in all_forms()}


def test_every_stamped_form_has_its_page_here():
    assert {f.__name__ for f in all_forms() if issubclass(f, Stamped)} == PAGES_OF.keys()


@pytest.mark.parametrize("page", sorted(set(PAGES_OF.values())))
def test_page_of_a_stamped_form_carries_its_stamp(page):
    source = Path(ROOT / "templates" / page).read_text()
    posted = re.findall(r"<form\b[^>]*method=\"post\"[^>]*>(.*?)</form>", source, re.DOTALL)
    assert any(INCLUDE in body for body in posted)
