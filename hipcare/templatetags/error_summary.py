"""What is wrong in a form, as a list that leads to the fields."""

from django import forms, template

from hipcare.problems import Problem, problems_of

register = template.Library()


@register.simple_tag
def error_summary(*several: "forms.BaseForm | forms.BaseFormSet[forms.Form]") -> list[Problem]:
    """Return every problem of some forms and formsets, in the order in which they are given."""
    problems = []
    for one in several:
        if isinstance(one, forms.BaseFormSet):
            problems += [Problem(str(words), "") for words in one.non_form_errors()]
            problems += [problem for form in one.forms for problem in problems_of(form)]
        else:
            problems += problems_of(one)
    return problems
