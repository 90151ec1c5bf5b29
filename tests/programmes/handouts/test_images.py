"""The drawing seam: a figure kept as a PDF form looks, pixel by pixel, as WeasyPrint draws it itself."""

import io
import subprocess
from xml.etree import ElementTree as ET

import pytest
import segno
from PIL import Image, ImageChops, ImageStat
from weasyprint.images import SVGImage

from exercises.figures import STATIC, figure
from exercises.figures.gallery.catalogue import slugs
from programmes.handouts.renderer.images import QrImage, form_of
from programmes.handouts.renderer.messages import Job
from programmes.handouts.renderer.press import LAYOUTS, ClosedFetcher, Press, XmlSheet

FIGURES = [STATIC / figure(slug, "both", kind).file for slug in slugs() for kind in ("start", "end")]
GLYPHS = sorted((LAYOUTS / "glyphs").glob("*.svg"))


NO_FORM = {
    "gradient": '<linearGradient id="g"><stop offset="0" stop-color="red"/><stop offset="1" stop-color="blue"/>'
    '</linearGradient><path d="M0 0h90v90z" fill="url(#g)"/>',
    "group opacity": '<g opacity=".5"><path d="M0 0h90v90z"/></g>',
    "text": '<text x="5" y="50" font-size="30">Ab</text>',
}
WHITE = ((255, 255),) * 3


def drawn_page(pdf, resolution=150):
    """Return the first page as poppler draws it."""
    command = ["pdftoppm", "-r", str(resolution), "-png", "-singlefile"]
    drawn = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout
    return Image.open(io.BytesIO(drawn)).convert("RGB")


def pixels(image, resolution=150):
    """Return ``image`` alone on a page of 60 mm, 56 mm wide and high at most."""
    markup = (
        '<html lang="en"><head><title>x</title><style>@page { size: 60mm; margin: 2mm } body { margin: 0 }'
        "img { width: 56mm; height: 56mm; object-fit: contain }</style></head>"
        '<body><img src="hx:it" alt="it"/></body></html>'
    )
    pdf = XmlSheet(markup, ClosedFetcher()).render(cache={"hx:it": image}).write_pdf()
    return drawn_page(pdf, resolution)


@pytest.mark.parametrize("path", [*FIGURES, *GLYPHS], ids=lambda path: path.stem)
def test_form_looks_as_the_plain_picture(path):
    svg = path.read_bytes()
    form = form_of(f"hx:{path.stem}", svg)
    plain = SVGImage(ET.fromstring(svg), "hx:plain", ClosedFetcher(), None)  # noqa: S314
    assert form.get_intrinsic_size(1, 16) == plain.get_intrinsic_size(1, 16)
    ours, theirs = pixels(form), pixels(plain)
    assert theirs.getextrema() != WHITE
    difference = ImageChops.difference(ours, theirs)
    # PDF numbers have six places, and a form is scaled once more: the edge of a line may move by 1/100 of a pixel.
    assert max(high for _low, high in difference.getextrema()) <= 48
    assert max(ImageStat.Stat(difference).mean) < 0.05


@pytest.mark.parametrize("inside", NO_FORM.values(), ids=NO_FORM)
def test_picture_that_no_form_can_hold_is_left_to_weasyprint(inside, tmp_path):
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="100" height="100">{inside}</svg>'
    assert form_of("hx:odd", svg.encode()) is None
    (tmp_path / "odd.svg").write_text(svg)
    markup = '<html lang="en"><head><title>x</title></head><body><img src="hx:odd.svg" alt="it"/></body></html>'
    press = Press(tmp_path)
    drawn = [drawn_page(press.pdf(Job(markup, ("odd.svg",))).pdf) for _ in range(2)]
    without = drawn_page(press.pdf(Job(markup.replace("hx:odd.svg", "hx:other.svg"))).pdf)
    assert ImageChops.difference(drawn[0], without).getbbox() is not None
    assert drawn[0].tobytes() == drawn[1].tobytes()


@pytest.mark.parametrize(
    "name", ["../settings.py", "a/../../b.svg", "/etc/passwd", "a.gif", "a.py", "A.svg", "a.JPG", "", "a//b.svg"]
)
def test_picture_is_only_ever_a_name_below_the_folder(name, tmp_path):
    with pytest.raises(ValueError, match="not the name of a picture"):
        Press(tmp_path).pdf(Job("<html/>", (name,)))


def test_picture_is_not_read_through_a_link_out_of_the_folder(tmp_path):
    (tmp_path / "inside").mkdir()
    (tmp_path / "outside.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    (tmp_path / "inside" / "link.svg").symlink_to(tmp_path / "outside.svg")
    with pytest.raises(ValueError, match="outside its folder"):
        Press(tmp_path / "inside").pdf(Job("<html/>", ("link.svg",)))


def test_qr_code_shows_its_modules_and_a_quiet_zone():
    text = "https://hep.example.org/j#ABCDEFGHJKMNPQRSTVWXYZ0123"
    drawn = pixels(QrImage("qr", text), resolution=300).convert("L")
    expected = [bytes(row) for row in segno.make_qr(text, error="m").matrix_iter(border=4)]
    edge, side = 2 / 25.4 * 300, 56 / 25.4 * 300 / len(expected)
    found = [
        bytes(
            drawn.getpixel((int(edge + (x + 0.5) * side), int(edge + (y + 0.5) * side))) < 128
            for x in range(len(expected))
        )
        for y in range(len(expected))
    ]
    assert found == expected
    assert not any(expected[0])


def test_qr_code_has_no_hairlines():
    drawn = pixels(QrImage("qr", "https://hep.example.org/j#A"), resolution=73).convert("L")
    assert drawn.crop((30, 26, 44, 27)).getextrema() == (0, 0)  # along the top bar of the first finder pattern
    assert drawn.crop((25, 25, 26, 52)).getextrema() == (0, 0)  # down its left bar, over seven rows
