"""Forms look and read the same everywhere: label, hint, error, input."""

import re

import pytest
from crispy_forms.helper import FormHelper
from django import forms
from django.template import Context, Template
from django.test import RequestFactory

SIDES = [("left", "Left hip"), ("right", "Right hip")]
DAYS = [("0", "Mon"), ("2", "Wed")]


class VisitForm(forms.Form):
    name = forms.CharField(label="First name", help_text="The <b>name</b> you use.")
    born = forms.DateField(label="Date of birth", widget=forms.SelectDateWidget(years=[1955]))
    side = forms.ChoiceField(
        label="Sore side", choices=[("left", "Left hip"), ("right", "Right hip")], widget=forms.RadioSelect
    )
    days = forms.MultipleChoiceField(
        choices=[("0", "Mon"), ("2", "Wed")], widget=forms.CheckboxSelectMultiple, required=False
    )
    surgery = forms.ChoiceField(label="Hip precautions", choices=[("", "Choose"), ("none", "None")])
    notes = forms.CharField(required=False, widget=forms.Textarea)
    agreed = forms.BooleanField(label="I have checked this")
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        raise forms.ValidationError("These two do not go together.")


def render(source, **context):
    context.setdefault("request", RequestFactory().get("/"))
    return Template("{% load crispy_forms_tags %}" + source).render(Context(context))


@pytest.fixture
def refused():
    return VisitForm({"name": "", "notes": "kept"})


def positions(html, *needles):
    return [html.index(needle) for needle in needles]


def test_text_field_reads_label_hint_error_input(refused):
    html = render("{{ form.name|as_crispy_field }}", form=refused)
    order = positions(html, "First name", "id_name_helptext", 'id="id_name_error"', "<input")
    assert order == sorted(order)


def test_input_is_tied_to_hint_and_error(refused):
    html = render("{{ form.name|as_crispy_field }}", form=refused)
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert "is-invalid" in html


def test_hint_is_escaped(refused):
    assert "&lt;b&gt;name&lt;/b&gt;" in render("{{ form.name|as_crispy_field }}", form=refused)


def test_field_not_needed_says_optional_in_words(refused):
    assert "(optional)" in render("{{ form.notes|as_crispy_field }}", form=refused)
    assert "(optional)" not in render("{{ form.name|as_crispy_field }}", form=refused)


@pytest.mark.parametrize("name", ["side", "days", "born"])
def test_several_inputs_stand_in_a_fieldset_with_a_legend(refused, name):
    html = render("{{ field|as_crispy_field }}", field=refused[name])
    order = positions(html, "<fieldset", "<legend", "</legend>", "</fieldset>")
    assert order == sorted(order)


def test_radios_are_big_and_tied_to_their_error(refused):
    html = render("{{ form.side|as_crispy_field }}", form=refused)
    assert 'aria-describedby="id_side_error"' in html
    assert re.findall(r"<span>(.*?)</span>", html) == ["Left hip", "Right hip"]
    assert "big-choice choice-row" in html


def test_select_has_a_class_of_its_own(refused):
    assert "form-select is-invalid" in render("{{ form.surgery|as_crispy_field }}", form=refused)


def test_checkbox_has_its_words_beside_it_and_its_error_above(refused):
    html = render("{{ form.agreed|as_crispy_field }}", form=refused)
    order = positions(html, "invalid-feedback", "<input", "I have checked this")
    assert order == sorted(order)


def test_hidden_field_is_only_its_input(refused):
    assert "<div" not in render("{{ form.version|as_crispy_field }}", form=refused)


@pytest.mark.parametrize("source", ["{{ form|crispy }}", "{% crispy form helper %}"])
def test_whole_form_says_everything_and_has_no_asterisk(refused, source):
    html = render(source, form=refused, helper=FormHelper())
    assert "*" not in html
    assert "These two do not go together." in html
    assert html.count("invalid-feedback") == 6


@pytest.mark.parametrize("source", ["{{ formset|crispy }}", "{% crispy formset helper %}"])
def test_formset_renders_each_form(source):
    formset = forms.formset_factory(VisitForm, extra=2)()
    html = render(source, formset=formset, helper=FormHelper())
    assert 'id="id_form-0-name"' in html
    assert 'id="id_form-1-name"' in html
    assert "id_form-TOTAL_FORMS" in html


def test_formset_says_what_is_wrong_with_all_of_it():
    formset = forms.formset_factory(VisitForm, min_num=2, validate_min=True)(
        {"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"}
    )
    assert not formset.is_valid()
    html = render("{% crispy formset helper %}", formset=formset, helper=FormHelper())
    assert "Please submit at least 2 forms." in html


SUMMARY = '{% include "partials/error_summary.html" %}'


def test_summary_leads_to_the_first_input_of_each_field(refused):
    html = render(SUMMARY, form=refused)
    assert re.findall(r'href="#(\w+)"', html) == ["id_name", "id_born_day", "id_side_0", "id_surgery", "id_agreed"]
    assert "There are 6 things to put right" in html
    assert "These two do not go together." in html


def test_summary_takes_the_focus_and_speaks(refused):
    html = render(SUMMARY, form=refused)
    assert 'role="alert"' in html
    assert 'tabindex="-1"' in html
    assert "data-hc-focus" in html


def test_summary_counts_one_as_one_thing():
    class OneField(forms.Form):
        name = forms.CharField()

    assert "There is 1 thing to put right" in render(SUMMARY, form=OneField({}))


@pytest.mark.parametrize("form", [VisitForm(), forms.Form({})])
def test_summary_is_absent_where_nothing_is_wrong(form):
    assert render(SUMMARY, form=form).strip() == ""


def test_summary_takes_a_formset_too():
    formset = forms.formset_factory(VisitForm)({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1"})
    html = render("{% load error_summary %}{% error_summary formset as errors %}{{ errors|length }}", formset=formset)
    assert html == "6"
