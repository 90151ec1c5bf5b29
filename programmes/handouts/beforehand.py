"""What is drawn before anybody waits for it."""

import logging

from exercises.ahead import draw_ahead
from exercises.pictures import Picture, Style, movement_of, picture_of, stills_of
from programmes.handouts.content import sheet_of
from programmes.handouts.layouts import layout_for
from programmes.handouts.versions import with_everything
from programmes.models import Version

log = logging.getLogger("hipcare.handouts")


def draw_for(version: Version) -> None:
    """Have the pictures of a version just given drawn meanwhile: what its sheet shows, and the patient's pages."""
    try:
        draw_ahead(_pictures_of(with_everything(version)))
    except Exception:
        log.exception("No picture is drawn ahead")  # the programme is given all the same


def _pictures_of(version: Version) -> list[Picture]:
    style, rows = Style(person=version.patient.person), version.prescriptions.all()
    stills = [picture_of(row, row.picture_side, kind, style) for row in rows for kind in stills_of(row)]
    moving = [found.reel for row in rows if (found := movement_of(row, row.picture_side, row.dose, style))]
    return [*sheet_of(version, None, None, layout_for(version.patient)).pictures, *stills, *moving]
