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


class Rendered(NamedTuple):
    """A finished sheet."""

    pdf: bytes
    pages: int


@dataclass(frozen=True, slots=True)
class Job:
    """A sheet to render: XML whose images are ``hx:`` and a name in ``pictures``, or ``hx:qr`` for the text ``qr``.

    ``back_pages`` is on how many pages the exercises should stand, if less air can make it so.
    """

    markup: str
    pictures: tuple[str, ...] = ()
    qr: str = ""
    back_pages: int = 1

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_bytes(cls, received: bytes) -> "Job":
        said = json.loads(received)
        return cls(**said | {"pictures": tuple(said["pictures"])})
