"""What goes between the server and the renderer's process.

A request is JSON. An answer is one byte and what belongs to it: ``PDF``, the number of pages in two bytes and the
file, or ``FAILED`` and the reason. No Django here.
"""

import json
import struct
from dataclasses import asdict, dataclass
from typing import NamedTuple

PAGES = struct.Struct("!H")
READY, PDF, FAILED = b"R", b"P", b"F"
QUIET_ZONE = 4
"""Light modules around a QR code, as ISO/IEC 18004 asks for."""
Steps = tuple[tuple[str, ...], ...]


class SheetPart(NamedTuple):
    """Pages of a sheet, from the element with the id ``begins_at`` ("": from the first) to where the next part begins.

    Where it needs more than ``most_pages``, the body is given the classes of the first of the ``steps``, then those of
    the next besides.
    """

    begins_at: str
    most_pages: int
    steps: Steps = ()


class Rendered(NamedTuple):
    """A finished sheet."""

    pdf: bytes
    pages: int


@dataclass(frozen=True, slots=True)
class Job:
    """A sheet to render: XML whose images are ``hx:`` and a name in ``pictures``, or ``hx:qr`` for the text ``qr``."""

    markup: str
    pictures: tuple[str, ...] = ()
    qr: str = ""
    layout: str = "full"
    """Whose style sheet it is set with."""
    parts: tuple[SheetPart, ...] = ()

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_bytes(cls, received: bytes) -> "Job":
        said = json.loads(received)
        parts = tuple(SheetPart(begins_at, most, tuple(map(tuple, steps))) for begins_at, most, steps in said["parts"])
        return cls(**said | {"pictures": tuple(said["pictures"]), "parts": parts})
