"""One topic on one side, for anybody to take along."""

from django.utils.translation import gettext_lazy as _

from programmes.handouts.layouts.layout import Layout

LEAFLET = Layout(
    name="leaflet",
    label=_("Leaflet"),
    about=_("A4, one side. Text in 13 to 15 point."),
    back_line="60mm",
    front_steps=(("snug",), ("tight",), ("columns",), ("run-on",)),
)
