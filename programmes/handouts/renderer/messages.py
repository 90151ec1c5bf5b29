"""What goes between the server and the renderer's process: a length, then that many bytes.

A request is JSON. An answer is one byte and what belongs to it: ``PDF``, the number of pages in two bytes and the
file, or ``FAILED`` and the reason. No Django here.
"""

import json
import struct
from dataclasses import asdict, dataclass
from typing import BinaryIO

LENGTH = struct.Struct("!I")
PAGES = struct.Struct("!H")
READY, PDF, FAILED = b"R", b"P", b"F"


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
        """Return the job as the renderer's process reads it."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_bytes(cls, received: bytes) -> "Job":
        """Return the job that ``to_bytes`` wrote."""
        fields = json.loads(received)
        return cls(fields["markup"], tuple(fields["pictures"]), fields["qr"], fields["back_pages"])


def framed(message: bytes) -> bytes:
    """Return ``message`` behind its length."""
    return LENGTH.pack(len(message)) + message


def read_message(stream: BinaryIO) -> bytes | None:
    """Return the next message, or None when the other side has gone."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    body = stream.read(length)
    return body if len(body) == length else None


def write_message(stream: BinaryIO, message: bytes) -> None:
    """Send ``message``."""
    stream.write(framed(message))
    stream.flush()
