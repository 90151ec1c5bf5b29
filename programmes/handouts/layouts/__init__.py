"""The layouts that sheets are printed in, by the name they are archived under."""

from typing import TYPE_CHECKING

from programmes.handouts.layouts.full import FULL
from programmes.handouts.layouts.large import LARGE
from programmes.handouts.layouts.layout import Layout
from programmes.handouts.layouts.leaflet import LEAFLET

if TYPE_CHECKING:
    from hipcare.clinics.models import Patient

__all__ = ["FULL", "LARGE", "LAYOUTS", "LEAFLET", "Layout", "layout_for", "layouts_for"]

LAYOUTS = {layout.name: layout for layout in (FULL, LARGE)}
"""Those of a patient's sheet; a leaflet, which is nobody's, is not among them."""


def layouts_for(patient: "Patient") -> list[Layout]:
    """Return every layout, first the one that ``patient`` needs: large print where the record asks for it."""
    return sorted(LAYOUTS.values(), key=lambda layout: layout.is_large != patient.large_print)


def layout_for(patient: "Patient") -> Layout:
    return layouts_for(patient)[0]
