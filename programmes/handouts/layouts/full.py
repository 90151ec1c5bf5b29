"""The full sheet: one leaf for up to four exercises."""

from django.utils.translation import gettext_lazy as _

from programmes.handouts.layouts.layout import Layout

FULL = Layout(
    name="full",
    label=_("Full sheet"),
    about=_("A4, both sides. Text in 12 point."),
    front_line="40mm",
    back_line="60mm",  # for pairs that are 36 to 55 mm wide
    most_pictures_in_front=4,
    letters_under_a_picture=14,
    exercises_on_a_page=4,
    front_steps=(("snug-front", "tight-front"), ("brief-front",), ("list-front",), ("bare-front",)),
    back_steps=(("snug-back", "tight-back"), ("narrow-back",), ("bare-back",)),
)
