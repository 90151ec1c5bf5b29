"""The contact sheet: many pictures on A4 pages, by exercise and side, to be looked at one by one."""

import gzip
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Final

from exercises.figures.gallery.subjects import Subject

STYLES: Final = """
@page { size: A4 landscape; margin: 9mm; @bottom-right { content: counter(page) " / " counter(pages); font-size: 8pt } }
body { margin: 0; font: 8pt/1.3 sans-serif; color: #14242b }
section { break-inside: avoid; margin-bottom: 5mm }
h1 { margin: 0 0 2mm; font-size: 13pt; break-after: avoid }
table { width: 100%; border-collapse: collapse; table-layout: fixed }
td { padding: 1mm 1.5mm; border: .2mm solid #c9d0d4; vertical-align: bottom; text-align: center; break-inside: avoid }
tr { break-inside: avoid }
img { width: 100%; height: 38mm; object-fit: contain }
b { display: block }
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture on the sheet: what it is, and its SVG."""

    subject: Subject
    svg: bytes

    @property
    def address(self) -> str:
        """The address the sheet gives it."""
        return f"figure:{self.subject.words.replace(' ', '/')}"

    @property
    def caption(self) -> str:
        """Who and what, and how heavy."""
        plain, packed = len(self.svg) / 1000, len(gzip.compress(self.svg)) / 1000
        return f"<b>{self.subject.style.person}, {self.subject.kind}</b>{plain:.1f} KB, {packed:.1f} KB gzip"


def markup(pictures: Iterable[Shown]) -> str:
    """Return the sheet as HTML: a section for each exercise and side, a row for each person."""
    sections = groupby(pictures, key=lambda one: (one.subject.slug, one.subject.side))
    body = "".join(_section(slug, side, list(shown)) for (slug, side), shown in sections)
    return f'<!DOCTYPE html><html lang="en-GB"><title>Figures</title><style>{STYLES}</style>{body}</html>'


def _section(slug: str, side: str, shown: Sequence[Shown]) -> str:
    people = groupby(shown, key=lambda one: one.subject.style.person)
    rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for _person, row in people)
    return f"<section><h1>{escape(slug)}, {side}</h1><table>{rows}</table></section>"


def _cell(one: Shown) -> str:
    alt = escape(f"{one.subject.slug}, {one.subject.side}, {one.subject.kind}")
    return f'<td><img src="{one.address}" alt="{alt}">{one.caption}</td>'
