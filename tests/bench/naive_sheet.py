"""The printed sheet as one writes it first: grid and flex, pictures inline, one variable font, nothing kept."""

import re
from html import escape
from pathlib import Path

import segno
from django.conf import settings
from weasyprint import HTML

from exercises.figures.gallery.store import svg_from

FONT = Path(__file__).parents[2] / "hipcare" / "static" / "fonts" / "hipcare-hyperlegible-var.woff2"
CSS = """
@font-face { font-family: Sheet; src: url(%(font)s) }
@page { size: A4; margin: 12mm 12mm 18mm;
  @bottom-left { width: 78%%; content: string(foot); font: 12pt Sheet;
    border-top: .3mm solid #8b969b; padding-top: 3mm }
  @bottom-right { width: 22%%; content: "Page " counter(page) " of " counter(pages); font: 600 12pt Sheet;
    border-top: .3mm solid #8b969b; padding-top: 3mm } }
* { box-sizing: border-box }
html { font: 12pt/1.3 Sheet; color: #14242b }
body { margin: 0 }
h1, h2, h3, p, ul, ol { margin: 0; padding: 0 }
h1 { font-size: 25pt } h2 { font-size: 14pt } h3 { font-size: 15.5pt }
.foot { string-set: foot content(); position: absolute; left: -999mm }
.head, .intro, .phone { display: flex; justify-content: space-between; gap: 4mm }
.head { border-bottom: .9mm solid #0e4a57; padding-bottom: 3mm; margin-bottom: 4mm }
.phone, .help, .box, .cell, .note { border: .5mm solid #14242b; border-radius: 3mm; padding: 2mm 3mm }
.phone svg { width: 26mm; height: 26mm }
.cols, .pain, .pair { display: grid; grid-template-columns: 1fr 1fr 1fr; gap: 4mm }
.pair { grid-template-columns: 1fr 1fr }
.strip { display: grid; grid-template-columns: repeat(4, 1fr); gap: 3mm; text-align: center }
.cell svg { width: 38mm; height: 18.5mm }
ul { list-style: disc inside }
.back { break-before: page }
.ex { display: grid; grid-template-columns: 76mm 1fr; gap: 3mm; border-top: .4mm solid #8b969b; padding: 2mm 0;
  break-inside: avoid }
.pics { display: flex; flex-wrap: wrap; align-items: center }
.pics svg { width: 36mm; height: 44mm }
.wide .pics svg { width: 54mm; height: 24mm }
.title { display: flex; justify-content: space-between }
.leg { border: .6mm solid #14242b; border-radius: 4.5mm; padding: .5mm 3mm }
"""


def naive_pdf(sheet):
    """Return ``sheet`` as a PDF, with the same words and pictures."""
    return HTML(string=html_of(sheet)).write_pdf()


def html_of(sheet):
    """Return the whole document."""
    clinic, help_box = sheet.letterhead, sheet.help
    lists = (help_box.emergency, help_box.urgent, help_box.call_us, help_box.gp)
    cells = "".join(
        f'<div class="cell">{svg(block.front_picture)}<p><b>{block.number} {escape(block.name)}</b></p>'
        f"<p>{escape(block.short_dose)}</p></div>"
        for block in sheet.exercises
    )
    bands = "".join(f"<div class=box><b>{b.numbers} {b.word}</b><p>{b.advice}</p></div>" for b in sheet.bands)
    return f"""<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{escape(sheet.title)}</title>
<style>{CSS % {"font": FONT.as_uri()}}</style></head><body><p class="foot">{escape(sheet.foot)}</p>
<div class="head"><p><b>{escape(clinic.clinic)}</b></p>
<p>{escape(clinic.address)}<br>{clinic.phone}, {clinic.hours}</p></div>
<div class="intro"><div><h1>{escape(sheet.title)}</h1><p>{sheet.hip}</p>
<p>Your goal <b>{escape(sheet.goal)}</b></p></div>
<div class="phone">{qr(sheet.on_phone.qr)}<div><p>Open it on your phone</p><p><b>{sheet.on_phone.code}</b></p>
<p>{sheet.on_phone.address}</p></div></div></div>
<section class="help"><h2>Stop and get help</h2><div class="cols">{"".join(map(help_list, lists))}</div></section>
<h2>Your {len(sheet.exercises)} exercises</h2><p>{sheet.how_often} About {sheet.minutes} minutes.</p>
<div class="strip">{cells}</div><h2>How much pain is OK while you exercise?</h2>
<div class="pain">{bands}</div>
<p class="note"><b>Next morning:</b> {sheet.advice["morning"]}</p>
<div class="pair"><div class="box"><h2>You need</h2>
<p>{sheet.equipment}.</p>
</div><div class="box"><h2>Easier or harder</h2><p><b>Easier:</b> {sheet.advice["easier"]}</p>
<p><b>Harder:</b> {sheet.advice["harder"]} Next check: {sheet.review_day}.</p></div></div>
<h2 class="back">{escape(sheet.title)}</h2>{"".join(map(exercise, sheet.exercises))}
<p>Version {sheet.version}, made on {sheet.made_on} with {escape(sheet.made_by)}.</p></body></html>"""


def exercise(block):
    """Return one exercise."""
    pictures = "".join(f"{svg(picture)}<b>{picture.label}</b>" for picture in block.pictures)
    steps = "".join(f"<li>{escape(step)}</li>" for step in block.steps)
    return (
        f'<section class="ex{" wide" * block.is_wide}"><div class="pics">{pictures}</div><div><div class="title">'
        f'<h3>{block.number} {escape(block.name)}</h3><p class="leg">{block.leg_words}</p></div>'
        f"<p><b>{block.line}</b></p><p>{block.sentence}</p><ol>{steps}</ol><p>{block.why}</p>"
        f"<p><b>Stop if</b> {block.stop_if}.</p></div></section>"
    )


def help_list(found):
    """Return one column of the help box."""
    return (
        f"<div><h3>{escape(found.heading)}</h3><ul>{''.join(f'<li>{escape(i)}</li>' for i in found.items)}</ul></div>"
    )


def svg(picture):
    """Return a figure to stand in the document."""
    return svg_from(settings.FIGURES_DIR, picture.figure).decode()


def qr(text):
    """Return the code to stand in the document."""
    return re.sub(r"<\?xml.*?\?>", "", segno.make_qr(text, error="m").svg_inline(scale=4))
