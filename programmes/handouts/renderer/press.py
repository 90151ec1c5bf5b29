"""The warm renderer: words in, PDF out. Fonts, style sheet and pictures are read once and kept.

Nothing a sheet says can make it fetch anything: its pictures are handed over by key beforehand, and every other
address is refused. Imported by the renderer's process: no Django here.

The second private seam is ``XmlSheet``: our markup is well-formed XML, so that the C parser reads it, many times
faster than the HTML one.
"""

import gc
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import cssselect2
from weasyprint import CSS, HTML, Document
from weasyprint.css.counters import CounterStyle
from weasyprint.logger import LOGGER, PROGRESS_LOGGER
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from programmes.handouts.renderer.images import FormPicture, QrPicture, form_of
from programmes.handouts.renderer.messages import Job, Rendered

VARIANT = "pdf/ua-1"
SCHEME = "hx:"
QR_KEY = "hx:qr"
FONT_WEIGHTS = (400, 650, 750)
PICTURE_NAME = re.compile(r"[a-z0-9_-]+(/[a-z0-9_-]+)*\.svg")
SVG_TYPE = {"Content-Type": "image/svg+xml"}
LAYOUTS = Path(__file__).parents[1] / "layouts"
FONTS = Path(__file__).parents[3] / "hipcare" / "static" / "fonts"


class ClosedFetcher(URLFetcher):  # WeasyPrint has no types
    """Refuses every address but the few whose bytes it was given."""

    def __init__(self, known: dict[str, bytes] | None = None) -> None:
        super().__init__(allowed_protocols=())
        self.known = known or {}

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ARG002 - WeasyPrint's signature
        """Return the bytes of a known address; refuse any other."""
        if url not in self.known:
            raise ValueError("Sheets fetch nothing.")
        return URLFetcherResponse(url, self.known[url], SVG_TYPE)  # nobody asks a font for its type


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
        self._forms: dict[str, FormPicture] = {}
        self._sheet = CSS(
            string=(LAYOUTS / "full.css").read_text(encoding="utf-8"),
            font_config=self._fonts,
            counter_style=self._counters,
            url_fetcher=ClosedFetcher({f"{SCHEME}font/{weight}": font(weight) for weight in FONT_WEIGHTS}),
        )
        for glyph in (LAYOUTS / "glyphs").glob("*.svg"):
            self._keep(f"{SCHEME}glyph/{glyph.stem}", glyph)

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
        """Keep a picture drawn, or as a file for WeasyPrint to draw."""
        svg = path.read_bytes()
        form = form_of(key, svg)
        if form is None:
            self._closed.known[key] = svg
        else:
            self._forms[key] = form
        self._kept.add(key)

    def pdf(self, job: Job) -> Rendered:
        """Return the PDF of a sheet.

        A front that does not fit its page is set again with less air, then with less on it, four times if need be;
        exercises on more pages than ``job.back_pages`` are set with less air too, once.
        """
        for name in job.pictures:
            self._read(name)
        images: dict[str, Any] = dict(self._forms)  # a copy: a patient's code does not stay
        if job.qr:
            images[QR_KEY] = QrPicture("qr", job.qr)
        gc.disable()
        try:
            document = self._fitted(job, images)
            return Rendered(document.write_pdf(pdf_variant=VARIANT), len(document.pages))
        finally:
            gc.enable()

    def _fitted(self, job: Job, images: dict[str, Any]) -> Document:
        roomy = document = self._set(job.markup, images)
        worn: set[str] = set()
        while found := crowded(document, worn, back_pages=job.back_pages):
            worn |= found
            document = self._set(job.markup, images, " ".join(sorted(worn)))
        return document if len(document.pages) < len(roomy.pages) else roomy

    def _set(self, markup: str, images: dict[str, Any], css_class: str = "") -> Document:
        return XmlSheet(markup, self._closed, css_class).render(
            font_config=self._fonts,
            counter_style=self._counters,
            stylesheets=[self._sheet],
            cache=images,
            pdf_variant=VARIANT,
        )


def crowded(document: Document, worn: set[str], *, back_pages: int) -> set[str]:
    """Return the style classes, besides those ``worn``, for what needs too many pages.

    That is a front of more than one, in four steps, and exercises on more than ``back_pages``. Less air at the back
    moves what changed to the front, which may crowd that in turn.
    """
    front = next((number for number, page in enumerate(document.pages) if "how" in page.anchors), len(document.pages))
    back = len(document.pages) - front
    needs = {
        "snug-front": front > 1,
        "tight-front": front > 1,
        "brief-front": front > 1 and "tight-front" in worn,
        "list-front": front > 1 and "brief-front" in worn,
        "bare-front": front > 1 and "list-front" in worn,
        "snug-back": back > back_pages,
    }
    return {name for name, needed in needs.items() if needed} - worn
