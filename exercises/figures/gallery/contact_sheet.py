"""The contact sheet: many pictures on A4 pages, by exercise and side, to be looked at one by one."""

import gzip
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Final
from xml.etree import ElementTree as ET

from exercises.figures.gallery.subjects import Subject
from exercises.figures.marks.palettes import COLOUR, PALETTES, contrast
from exercises.figures.marks.svg import NAMESPACE

ACROSS: Final = 5
"""Pictures in a row: every kind of one person, or so many people as fit."""
PAGE: Final = """
@page {{ size: A4 landscape; margin: 9mm; background: {ground}; color: {ink};
  @bottom-right {{ content: counter(page) " / " counter(pages); font-size: 8pt }} }}
body {{ margin: 0; font: 8pt/1.3 sans-serif; color: {ink} }}
"""
"""The page is of the colour that its pictures are made to be looked at on."""
STYLES: Final = """
table { width: 100%; border-collapse: collapse; table-layout: fixed; margin-bottom: 4mm }
th { padding: 0 0 1mm; font-size: 12pt; text-align: left }
td { padding: 1mm 1.5mm; border: .2mm solid #c9d0d4; vertical-align: bottom; text-align: center }
tr { break-inside: avoid }
img { width: 100%; height: 34mm; object-fit: contain }
b { display: block }
.pair { display: inline-block; width: 88mm; margin: 0 3mm 4mm 0; break-inside: avoid }
.pair img { width: 40mm; height: 40mm; margin: 1mm }
"""
INKS: Final = ("#14242b", "#e4ecee")
"""What captions are written in: the one that is read on the page."""
SHIFT: Final = re.compile(r"translate\((-?\d+)\)")
"""By how much a strip of drawings is moved behind the picture's window."""


@dataclass(frozen=True, slots=True)
class ContactPicture:
    """A picture on the sheet: what it is, and its SVG."""

    subject: Subject
    svg: bytes

    @property
    def address(self) -> str:
        return f"figure:{self.subject.words.replace(' ', '/')}"

    @property
    def caption(self) -> str:
        plain, packed = len(self.svg) / 1000, len(gzip.compress(self.svg)) / 1000
        return f"<b>{self.subject.style.person}, {self.subject.kind}</b>{plain:.1f} KB, {packed:.1f} KB gzip"

    @property
    def still(self) -> bytes:
        """Its SVG for paper: a moving picture as it stands where nothing may move."""
        return still_frame(self.svg) if self.subject.kind == "animation" else self.svg


def still_frame(svg: bytes) -> bytes:
    """Return a moving picture with the one drawing of each strip that stands in the window.

    Paper does not clip the others, which would lie all over the sheet.
    """
    root = ET.fromstring(svg)  # noqa: S314 - our own drawing
    width = int(root.attrib["viewBox"].split()[2])
    for strip in root.iter(f"{{{NAMESPACE}}}g"):
        if shift := "class" in strip.attrib and SHIFT.fullmatch(strip.get("transform", "")):
            strip[:] = [strip[-int(shift[1]) // width]]
    return ET.tostring(root)


def markup(pictures: Sequence[ContactPicture]) -> str:
    """Return the sheet as HTML: a table for each exercise and side, its title again on every page it goes on to."""
    tables = groupby(pictures, key=lambda one: (one.subject.slug, one.subject.side))
    return _page("".join(_table(slug, side, list(shown)) for (slug, side), shown in tables), pictures)


def pairs_markup(pairs: Sequence[tuple[str, ContactPicture, ContactPicture]]) -> str:
    """Return a sheet of pictures two by two, each 40 mm as on a card, under words."""
    body = "".join(
        f'<div class="pair"><b>{escape(words)}</b>{_img(one)}{_img(other)}</div>' for words, one, other in pairs
    )
    return _page(body, [picture for _, *two in pairs for picture in two])


def _page(body: str, pictures: Iterable[ContactPicture]) -> str:
    ground = next((PALETTES[one.subject.style.palette].ground for one in pictures), COLOUR.ground)
    ink = max(INKS, key=lambda colour: contrast(colour, ground))
    style = PAGE.format(ground=ground, ink=ink) + STYLES
    return f'<!DOCTYPE html><html lang="en-GB"><title>Figures</title><style>{style}</style>{body}</html>'


def _table(slug: str, side: str, shown: Sequence[ContactPicture]) -> str:
    head = f'<thead><tr><th colspan="{ACROSS}">{escape(slug)}, {side}</th></tr></thead>'
    return f"<table>{head}<tbody>{''.join(map(_row, _rows(shown)))}</tbody></table>"


def _rows(shown: Sequence[ContactPicture]) -> list[Sequence[ContactPicture]]:
    kinds = len({one.subject.kind for one in shown})
    across = ACROSS // kinds * kinds
    return [shown[first : first + across] for first in range(0, len(shown), across)]


def _row(shown: Sequence[ContactPicture]) -> str:
    return f"<tr>{''.join(map(_cell, shown))}</tr>"


def _cell(one: ContactPicture) -> str:
    return f"<td>{_img(one)}{one.caption}</td>"


def _img(one: ContactPicture) -> str:
    alt = escape(f"{one.subject.slug}, {one.subject.side}, {one.subject.kind}")
    return f'<img src="{one.address}" alt="{alt}">'
