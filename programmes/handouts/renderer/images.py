"""Pictures on a sheet, drawn once and kept: an SVG as PDF operators, a QR code as one path.

The private seam is what WeasyPrint expects of an image object: ``get_intrinsic_size``, ``draw``, and ``get_x_object``
when the PDF is written. Drawing figures anew in every document is the dearest part of a sheet after its text. A form
holds paths and transparent fills only; an SVG with anything else (gradients, groups with opacity, patterns, text) is
left to WeasyPrint, which draws it the usual way. ``tests/programmes/handouts/test_images.py`` compares both,
pixel by pixel.

Imported by the renderer's process: no Django here.
"""

import zlib
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import pydyf
import segno
from weasyprint.pdf.stream import Stream
from weasyprint.svg import SVG

from programmes.handouts.renderer.messages import QUIET_ZONE

FINENESS = 8  # a form is drawn this much larger: PDF numbers have only six places
Size = tuple[float | None, float | None, float]


class FormImage:
    """A drawing as a PDF form XObject: its operators are worked out once, not once a document."""

    def __init__(self, key: str, said: Size, box: tuple[float, float], drawn: Stream, states: dict[str, Any]) -> None:
        """``said`` is the size that WeasyPrint reads from the drawing, ``box`` the one it was ``drawn`` in."""
        self.id = key
        self._said = said
        self.width, self.height = box
        self._states = states
        operators = b"\n".join(part if isinstance(part, bytes) else str(part).encode() for part in drawn.stream)
        self._operators = zlib.compress(operators, 9)

    def get_intrinsic_size(self, resolution: float, font_size: float) -> tuple[float | None, float | None, float]:  # noqa: ARG002
        """Return width and height in CSS pixels, where the drawing says them, and width ÷ height."""
        return self._said

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:  # noqa: ARG002
        name = stream.add_image(self, interpolate=False, ratio=1)
        stream.transform(width / self.width, 0, 0, height / self.height, 0, 0)
        stream.draw_x_object(name)

    def get_x_object(self, interpolate: bool, ratio: float) -> pydyf.Stream:  # noqa: ARG002, FBT001 - WeasyPrint's call
        """Return the form itself; new each time, for WeasyPrint fills in references."""
        resources = pydyf.Dictionary({"ExtGState": pydyf.Dictionary(self._states), "Font": None})
        return _form(self._operators, (self.width, self.height), resources)


class QrImage:
    """A QR code as one path, filled at once: sharp at every size, and no hairlines between its squares."""

    def __init__(self, key: str, text: str) -> None:
        self.id = key
        rows = [bytes(row) for row in segno.make_qr(text, error="m").matrix_iter(border=QUIET_ZONE)]
        self.modules = len(rows)
        bars = (f"{left} {y} {right - left} 1 re" for y, row in enumerate(rows) for left, right in _runs(row))
        self._operators = zlib.compress("\n".join(["0 g", *bars, "f"]).encode(), 9)

    def get_intrinsic_size(self, resolution: float, font_size: float) -> tuple[float, float, float]:  # noqa: ARG002
        return float(self.modules), float(self.modules), 1.0

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:  # noqa: ARG002
        name = stream.add_image(self, interpolate=False, ratio=1)
        stream.transform(width / self.modules, 0, 0, height / self.modules, 0, 0)
        stream.draw_x_object(name)

    def get_x_object(self, interpolate: bool, ratio: float) -> pydyf.Stream:  # noqa: ARG002, FBT001 - WeasyPrint's call
        return _form(self._operators, (self.modules, self.modules), pydyf.Dictionary({"Font": None}))


def _runs(row: bytes) -> Iterator[tuple[int, int]]:
    """Yield where dark modules (1) begin in a row and where light ones follow."""
    edges = [x for x in range(1, len(row)) if row[x] != row[x - 1]]
    return zip(edges[::2], edges[1::2], strict=True)  # both ends of a row are light


def _form(operators: bytes, box: tuple[float, float], resources: pydyf.Dictionary) -> pydyf.Stream:
    extra = {
        "Type": "/XObject",
        "Subtype": "/Form",
        "BBox": pydyf.Array((0, 0, *box)),
        "Filter": "/FlateDecode",
        "Resources": resources,
    }
    return pydyf.Stream([operators], pydyf.Dictionary(extra))


def form_of(key: str, svg: bytes) -> FormImage | None:
    """Return ``svg`` as a form, or None where a form cannot hold it."""
    drawing = SVG(ET.fromstring(svg), key, None, None)  # noqa: S314 - our own file
    said, box = drawing.get_intrinsic_size(16), drawing.get_viewbox()
    shape = box[2:] if None in said else said
    scale = 1 if None in said else FINENESS  # the units of one that says no size are fine enough
    width, height = (scale * length for length in shape)
    names = ("ExtGState", "XObject", "Pattern", "Shading")
    resources = pydyf.Dictionary({name: pydyf.Dictionary() for name in names} | {"ColorSpace": None})
    drawn = Stream({}, (0, 0, width, height), resources, {}, None, {}, None, compress=False)
    try:
        drawing.draw(drawn, width, height, key, None)
    except Exception:  # noqa: BLE001 - text, for one, cannot be drawn outside a document
        return None
    if any(resources[name] for name in ("XObject", "Pattern", "Shading")):
        return None
    name, states = key.replace(":", ".").replace("/", "."), dict(resources["ExtGState"])
    return FormImage(name, (*said, shape[0] / shape[1]), (width, height), drawn, states)
