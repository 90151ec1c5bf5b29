"""Large print: nothing below 16 point, the same words in one column, one exercise on a page."""

from django.utils.translation import gettext_lazy as _

from programmes.handouts.layouts.layout import Layout

LARGE = Layout(
    name="large",
    label=_("Large print"),
    about=_("A4, one exercise on a page. Text in 18 point, none below 16."),
    front_line="40mm",
    back_line="60mm",  # for pairs half as wide again: the lines grow with them
    most_pictures_in_front=0,
    letters_under_a_picture=40,
    exercises_on_a_page=1,
    is_large=True,
    front_pages=3,
    back_steps=(("snug-back",), ("tight-back",)),
)
