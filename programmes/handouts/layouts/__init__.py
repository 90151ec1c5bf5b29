"""The layouts that sheets are printed in, by the name they are archived under."""

from typing import TYPE_CHECKING

from programmes.handouts.layouts.full import FULL
from programmes.handouts.layouts.layout import Layout

if TYPE_CHECKING:
    from hipcare.clinics.models import Patient

__all__ = ["FULL", "LAYOUTS", "Layout", "layout_for"]

LAYOUTS = {layout.name: layout for layout in (FULL,)}


def layout_for(patient: "Patient") -> Layout:  # noqa: ARG001
    return FULL
