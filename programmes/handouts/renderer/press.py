"""The warm renderer: words in, PDF out. Fonts, style sheet and pictures are read once and kept.

Nothing a sheet says can make it fetch anything: its pictures are handed over by key beforehand, and every other
address is refused. Imported by the renderer's process: no Django here.

The second private seam is ``XmlSheet``: our markup is well-formed XML, so that the C parser reads it, many times
faster than the HTML one.
"""

import gc
import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import cssselect2
from weasyprint import CSS, HTML, Document
from weasyprint.css.counters import CounterStyle
from weasyprint.logger import LOGGER, PROGRESS_LOGGER
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from programmes.handouts.renderer.images import FormImage, QrImage, form_of
from programmes.handouts.renderer.messages import Job, Rendered, SheetPart

VARIANT = "pdf/ua-1"
SCHEME = "hx:"
QR_KEY = "hx:qr"
FONT_WEIGHTS = (400, 650, 750)
DRAWING = ".svg"
MEDIA_TYPES = {DRAWING: "image/svg+xml", ".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}
PICTURE_NAME = re.compile(r"[a-z0-9_-]+(/[a-z0-9_-]+)*\.(svg|jpg|png|webp)")
LAYOUTS = Path(__file__).parents[1] / "layouts"
FONTS = Path(__file__).parents[3] / "hipcare" / "static" / "fonts"


class ClosedFetcher(URLFetcher):  # WeasyPrint has no types
    """Refuses every address but the few whose bytes it was given."""

    def __init__(self, known: dict[str, bytes] | None = None) -> None:
        super().__init__(allowed_protocols=())
        self.known = known or {}

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ARG002 - WeasyPrint's signature
        if url not in self.known:
            raise ValueError("Sheets fetch nothing.")
        media_type = MEDIA_TYPES.get(Path(url).suffix, MEDIA_TYPES[DRAWING])  # nobody asks a font or a glyph for it
        return URLFetcherResponse(url, self.known[url], {"Content-Type": media_type})


class XmlSheet(HTML):
    """A document from well-formed markup: no doctype, no entities but XML's own, every tag closed."""

    def __init__(self, markup: str, fetcher: URLFetcher, css_class: str = "") -> None:
        root = ET.fromstring(markup)  # noqa: S314 - our template, autoescaped; expat expands no entity here
        if css_class:
            body = next(root.iter("body"))
            body.set("class", f"{body.get('class', '')} {css_class}".strip())
        self.base_url, self.url_fetcher, self.media_type = None, fetcher, "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


def font(weight: int) -> bytes:
    """Return a static face; a variable one would be instanced anew for every document."""
    return (FONTS / f"hipcare-hyperlegible-{weight}.ttf").read_bytes()


class Press:
    """Renders sheets one after another; not to be shared between threads."""

    def __init__(self, *folders: Path) -> None:
        """``folders`` are those that figures are read from, in the order in which they are searched."""
        LOGGER.disabled = PROGRESS_LOGGER.disabled = True  # they would quote what a sheet says
        self._folders = [folder.resolve() for folder in folders]
        self._closed = ClosedFetcher()
        self._fonts, self._counters = FontConfiguration(), CounterStyle()
        self._kept: set[str] = set()
        self._forms: dict[str, FormImage] = {}
        self._styles = {path.stem: self._style(path) for path in sorted(LAYOUTS.glob("*.css"))}
        for glyph in (LAYOUTS / "glyphs").glob("*.svg"):
            self._keep(f"{SCHEME}glyph/{glyph.stem}", glyph)

    def _style(self, path: Path) -> CSS:
        return CSS(
            string="".join(part.read_text(encoding="utf-8") for part in (LAYOUTS / "base.css", path)),
            font_config=self._fonts,
            counter_style=self._counters,
            url_fetcher=ClosedFetcher({f"{SCHEME}font/{weight}": font(weight) for weight in FONT_WEIGHTS}),
        )

    def _read(self, name: str) -> None:
        """Read the picture ``name`` ("exercises/figures/bridge-both-end.svg") if it is not kept yet."""
        key = SCHEME + name
        if key in self._kept:
            return
        if not PICTURE_NAME.fullmatch(name):
            raise ValueError("This is not the name of a picture.")
        folder = next((one for one in self._folders if (one / name).exists()), self._folders[0])
        path = (folder / name).resolve()
        if not path.is_relative_to(folder):
            raise ValueError("This picture is outside its folder.")
        self._keep(key, path)

    def _keep(self, key: str, path: Path) -> None:
        picture = path.read_bytes()
        form = form_of(key, picture) if path.suffix == DRAWING else None
        if form is None:
            self._closed.known[key] = picture
        else:
            self._forms[key] = form
        self._kept.add(key)

    def pdf(self, job: Job) -> Rendered:
        """Return the PDF of a sheet. Where a part of it needs too many pages, it is set again, a step at a time."""
        for name in job.pictures:
            self._read(name)
        images: dict[str, Any] = dict(self._forms)  # a copy: a patient's code does not stay
        if job.qr:
            images[QR_KEY] = QrImage("qr", job.qr)
        gc.disable()
        try:
            document = self._fitted(job, images)
            return Rendered(document.write_pdf(pdf_variant=VARIANT), len(document.pages))
        finally:
            gc.enable()

    def _fitted(self, job: Job, images: dict[str, Any]) -> Document:
        roomy = document = self._set(job, images)
        worn: set[str] = set()
        while found := crowded(document, job.parts, worn):
            worn |= found
            document = self._set(job, images, " ".join(sorted(worn)))
        return document if len(document.pages) < len(roomy.pages) else roomy

    def _set(self, job: Job, images: dict[str, Any], css_class: str = "") -> Document:
        return XmlSheet(job.markup, self._closed, css_class).render(
            font_config=self._fonts,
            counter_style=self._counters,
            stylesheets=[self._styles[job.layout]],
            cache=images,
            pdf_variant=VARIANT,
        )


def crowded(document: Document, parts: Sequence[SheetPart], worn: set[str]) -> set[str]:
    """Return the classes, besides those ``worn``, of the next step of each part that needs too many pages.

    Less air in one part may move what stands between them, and so crowd another in turn.
    """
    starts = [*(first_page(document, part.begins_at) for part in parts), len(document.pages)]
    found: set[str] = set()
    for part, (first, after) in zip(parts, pairwise(starts), strict=True):
        if after - first > part.most_pages:
            found.update(next((step for step in part.steps if not worn.issuperset(step)), ()))
    return found


def first_page(document: Document, anchor: str) -> int:
    """Return the page of the element with this id: the first one for "", the one after the last where there is none."""
    if not anchor:
        return 0
    found = (number for number, page in enumerate(document.pages) if anchor in page.anchors)
    return next(found, len(document.pages))
