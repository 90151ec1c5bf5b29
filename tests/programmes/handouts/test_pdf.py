"""The printed sheet itself, read back from real PDFs."""

import datetime as dt
import io
import itertools
import re
import socket
import threading
from pathlib import Path

import page
import pikepdf
import pytest
from django.conf import settings
from django.template.loader import get_template

from exercises.figures import STATIC
from hipcare.clinics.precautions import OURS, UNTIL
from programmes.handouts.renderer.messages import Job
from programmes.handouts.renderer.press import LAYOUTS, Press
from tests.factories import PatientFactory
from tests.programmes.handouts.sheets import given_sheet, job_for, pages_of, pdf_of, press

pytestmark = pytest.mark.django_db

RULE = "When your hip feels fine the next day for a week, tell me."
NOTE = "Keep the lift small. Stop before your hips roll."
AFTER_AN_OPERATION = {
    "hip_precautions": "posterior",
    "hip_precautions_note": "Until week 6.",
    "operated_side": "right",
    "hip_precautions_since": dt.date(2026, 10, 26),
    "hip_precautions_by": "Priya Nair",
    "hip_precautions_on": dt.date(2026, 11, 13),
}
SHEET_CSS = (LAYOUTS / "full.css").read_text()


def elements(pdf):
    """Return the structure elements in reading order, each as (tag, dictionary)."""
    found = []

    def walk(node):
        if isinstance(node, pikepdf.Array):
            for kid in node:
                walk(kid)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append((str(node.S), node))
            walk(node.get("/K", pikepdf.Array()))

    walk(pdf.Root.StructTreeRoot.K)
    return found


def opened(pdf):
    return pikepdf.open(io.BytesIO(pdf))


@pytest.mark.parametrize("exercises", [1, 4, 7, 12])
def test_sheet_is_pdf_ua_1(exercises):
    report = page.validate_pdf_bytes(pdf_of(given_sheet(exercises)), profile="ua1")
    assert [failure.message for failure in report.failures] == []
    assert report.is_compliant


def test_sheet_with_every_box_is_pdf_ua_1():
    old = given_sheet(3)
    boxes = {"note": NOTE, "rows": [{"note": NOTE}], **AFTER_AN_OPERATION}
    new = given_sheet(6, programme=old.programme, number=2, **boxes)
    assert page.is_pdf_compliant_bytes(pdf_of(new, with_code=False, previous=old), profile="ua1")


def test_file_names_its_language_and_title_and_embeds_its_fonts():
    given_at = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
    with opened(pdf_of(given_sheet(4, given_at=given_at))) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo.Title) == "Margaret’s exercises, version 1"
        assert str(pdf.docinfo.CreationDate).startswith("D:20261123093000")
        objects = [obj for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary)]
        fonts = [obj for obj in objects if obj.get("/Type") == "/FontDescriptor"]
        assert len(fonts) == 3
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
        assert not [obj for obj in objects if "/JS" in obj]


def test_every_picture_says_what_it_shows_and_the_table_has_headers():
    with opened(pdf_of(given_sheet(4))) as pdf:
        found = elements(pdf)
        figures = [str(node.get("/Alt", "")) for tag, node in found if tag == "/Figure"]
        headers = [node for tag, node in found if tag == "/TH"]
        tables = [node for tag, node in found if tag == "/Table"]
    assert len(figures) == 1 + 4 + 8  # the code, the pictures in front, two for each exercise
    assert all(figures)
    assert "Lying on your left side on a mat, right leg resting on the left leg." in figures
    movement = "You lie on your left side. Your straight right leg lifts, toes forward. Then it comes down slowly."
    assert movement in figures, "paper tells the movement, not only two moments of it"
    assert len(tables) == 1
    assert len(headers) == 3


def test_headings_go_down_one_level_at_a_time():
    with opened(pdf_of(given_sheet(4, hip_precautions="posterior"))) as pdf:
        levels = [int(tag[2]) for tag, _node in elements(pdf) if re.fullmatch(r"/H\d", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize(("exercises", "pages"), [(1, 2), (2, 2), (3, 2), (4, 2), (5, 3), (7, 3), (8, 3), (12, 4)])
def test_four_exercises_are_one_page_of_the_sheet(exercises, pages):
    assert len(pages_of(pdf_of(given_sheet(exercises)))) == pages


@pytest.mark.parametrize(
    "fields",
    [
        {"rows": [{"note": NOTE}] * 4},
        {"rows": [{"progression": RULE}] * 4},
        {"note": "Well done on the stairs this week. Keep the rests short."},
        {"hip_precautions": "posterior", "rows": [{"note": NOTE}] * 4},
        {"rows": [{"sets": 3, "hold_s": 5, "rest_s": 30}] * 4},
        {"rows": [{"weekdays": "0123456", "times_a_day": 3}, {"weekdays": "", "days_a_week": 3}]},
    ],
    ids=[
        "a note each",
        "a progression rule each",
        "a note in front",
        "precautions and notes",
        "long doses",
        "days differ",
    ],
)
def test_four_exercises_stay_on_one_leaf(fields):
    old = given_sheet(4)
    new = given_sheet(4, programme=old.programme, number=2, **fields)
    assert len(pages_of(pdf_of(new, previous=old))) == 2


@pytest.mark.parametrize("note", ["", f"{NOTE} {NOTE}"], ids=["", "and a note"])
@pytest.mark.parametrize(("exercises", "pages"), [(4, 2), (5, 3), (7, 3), (12, 4)])
def test_front_with_precautions_is_one_page_however_many_exercises(exercises, pages, note):
    found = pages_of(pdf_of(given_sheet(exercises, note=note, **AFTER_AN_OPERATION)))
    assert len(found) == pages
    for words in (
        *OURS["posterior"].rules,
        "Your surgeon said: Until week 6.",
        UNTIL,
        "Stop and get help",
        "6–10 Stop",
    ):
        assert words in found[0]
    assert "Next morning:" in found[0]
    assert " ".join(found).count("Only after we meet. Next check:") == 1, "overleaf where the rules need the room"
    assert found[1].startswith("Margaret’s exercises")


CROWDED = [{"weekdays": "0123456", "times_a_day": 1 + n % 3, "sets": 3, "hold_s": 5, "rest_s": 30} for n in range(12)]


@pytest.mark.parametrize("fields", [{}, {"note": f"{NOTE} {NOTE}"}, AFTER_AN_OPERATION], ids=["", "a note", "rules"])
@pytest.mark.parametrize("exercises", [4, 5, 8, 12])
def test_front_names_every_exercise_or_says_to_turn_over(exercises, fields):
    version = given_sheet(exercises, rows=CROWDED, **fields)
    front = pages_of(pdf_of(version))[0]
    named = [f"{row.order} {row.name}" in front for row in version.prescriptions.all()]
    assert all(named) or not any(named)
    assert ("Turn over." in front) is not any(named)


def test_rules_in_words_leave_the_rest_of_the_front_where_it_is_if_there_is_room():
    found = pages_of(pdf_of(given_sheet(4, hip_precautions="other", hip_precautions_note="Half weight only.")))
    assert "Only after we meet. Next check:" in found[0]
    assert "Your surgeon said: Half weight only." in found[0]


def test_rules_are_a_list_under_a_heading():
    with opened(pdf_of(given_sheet(4, **AFTER_AN_OPERATION))) as pdf:
        tags = [tag for tag, _node in elements(pdf)]
    first = tags.index("/L")
    assert tags[:first].count("/H2") == 1
    assert tags[first + 1 :].index("/H2") > 5 * 2, "five items, each with its words, before the next heading"


def test_front_that_no_page_holds_goes_on_to_the_next():
    version = given_sheet(4, hip_precautions="posterior")
    version.note = f"{NOTE} " * 30  # more than the database would take
    found = pages_of(pdf_of(version))
    assert [words.startswith("Margaret’s exercises") for words in found[1:]] == [False, True]


def test_exercise_is_never_split():
    version = given_sheet(12, rows=[{"note": NOTE, "load": "red band", "rest_s": 30, "sets": 3}] * 12)
    pages = pages_of(pdf_of(version))
    for row in version.prescriptions.all():
        stop = "Stop if " + ", or ".join(row.in_words("stop_if"))
        heading = f"{row.order} {row.name} "
        found = [words for words in pages[1:] if heading in words]
        assert len(found) == 1, heading
        block = found[0].partition(heading)[2]
        assert row.sentence in block
        assert row.line not in block, "crowded: the sentence says it"
        assert all(step in block for step in row.steps)
        assert stop in block


def test_first_page_has_the_help_box_and_every_page_its_foot():
    version = given_sheet(7)
    pages = pages_of(pdf_of(version))
    clinic = version.patient.clinic
    for words in (
        *("Stop and get help", "999 or A&E now", "A fall, and you cannot stand on that leg", "Call 111 today"),
        "Call your GP this week",
        *(f"Call us {clinic.phone}", "No one checks the app or this sheet between visits.", "Next morning:"),
        *("How much pain is OK while you exercise?", "6–10 Stop", "Stop this one for today.", "Walk to the allotment"),
        *(clinic.name, clinic.address, clinic.opening_hours),
    ):
        assert words in pages[0]
    made_on = f"{version.given_at.astimezone(clinic.zone):%-d %B %Y}"
    for number, words in enumerate(pages, start=1):
        assert f"Page {number} of 3" in words
        assert f"Margaret, version 1, {made_on}. Help: {clinic.phone}" in words


def test_sheet_says_nothing_of_the_patient_but_first_name_leg_and_goal():
    patient = PatientFactory(
        last_name="Surnamely", condition="Osteo-canary", clinic_number="NUM-4711", phone="07700 900123", usual_pain=7
    )
    version = given_sheet(4, patient=patient, name="Hip osteoarthritis template")
    pdf = pdf_of(version)
    words = " ".join(pages_of(pdf))
    assert "Margaret" in words
    for private in ("Surnamely", "Osteo", "osteoarthritis", "NUM-4711", "900123", "1955", "template", "usual pain"):
        assert private not in words
    with opened(pdf) as opened_pdf:
        metadata = str(dict(opened_pdf.docinfo.items())) + opened_pdf.Root.Metadata.read_bytes().decode()
    assert "Surnamely" not in metadata


def test_words_for_the_phone_with_a_code_and_without():
    version = given_sheet(1)
    job = job_for(version)
    code = version.patient.pairing_codes.get()
    words = pages_of(press().pdf(job).pdf)[0]
    assert code.typed_code in words
    assert code.token not in words
    asking = pages_of(pdf_of(version, with_code=False))[0]
    assert "Ask us for a code at your next visit, or call" in asking


def test_replaced_sheet_is_named_to_be_thrown_away():
    old = given_sheet(2)
    new = given_sheet(2, programme=old.programme, number=2, rows=[{"sets": 3}])
    words = pages_of(pdf_of(new, previous=old))[-1]
    assert "It replaces version 1: please throw that away." in words
    assert "What changed: Bridge is now 3 sets of 10. It was 10 times." in words
    assert "replaces" not in pages_of(pdf_of(old))[-1]


def test_both_sides_read_each_leg_in_turn_on_paper():
    words = pages_of(pdf_of(given_sheet(2, patient=PatientFactory(affected_side="both"))))[1]
    assert "Each leg in turn" in words
    assert "Do 10 with each leg in turn." in words


def test_same_sheet_is_the_same_bytes_from_any_renderer():
    version = given_sheet(4)
    job = job_for(version)
    first = press().pdf(job).pdf
    pdf_of(given_sheet(7))
    assert press().pdf(job).pdf == first
    assert Press(STATIC, settings.FIGURES_DIR).pdf(job).pdf == first


def test_code_of_one_patient_does_not_stay_in_the_renderer():
    pdf_of(given_sheet(1))
    assert not [key for key in press()._forms if "qr" in key]


def test_nothing_in_print_is_smaller_than_12_point_or_laid_out_by_flex_or_grid():
    sizes = [float(size) for size in re.findall(r"(?:font-size:\s*|font:[^;}]*?\s)([\d.]+)pt", SHEET_CSS)]
    assert len(sizes) > 8
    assert min(sizes) >= 12
    assert not re.search(r"flex|grid", re.sub(r"/\*.*?\*/", "", SHEET_CSS, flags=re.DOTALL))


def test_print_templates_have_no_picture_without_words_and_no_layout_table():
    for name in ("full", "parts/exercise", "parts/help_list"):
        source = Path(get_template(f"layouts/{name}.html").origin.name).read_text()
        assert all('alt="' in tag for tag in re.findall(r"<img[^>]*>", source))
        assert not re.search(r"<svg|<a |style=|&nbsp;", source)
        assert source.count("<table") == (name == "full")


HOSTILE = {
    "markup": "<b>bold</b> & <script>alert(1)</script> &amp; &lt; ]]> <!-- x --> &nbsp; &#0; <?xml ?>",
    "entity": "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "control": "a\x02b\x01c\x0bd\x1fe￾f\x7fg",
    "right to left": "مرحبا \u202eevil\u202c שלום",
    "emoji": "👍🏽 👨‍👩‍👧 ❤️ ☃",
    "long word": "x" * 120,
    "css": "</style><style>*{display:none}</style> url(file:///etc/passwd) hx:qr",
    "template": "{{ 7|add:7 }} {% debug %} %s {0}",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_only_text(text):
    patient = PatientFactory(first_name=text[:40])
    version = given_sheet(2, patient=patient, goal=text, note=text, rows=[{"note": text, "load": text[:40]}])
    pages = pages_of(pdf_of(version))
    assert f"Page 1 of {len(pages)}" in pages[0]
    if text.isascii() and text.isprintable() and " " in text:
        assert "".join(text.split()) in pages[0].replace(" ", "")  # lines may break after a slash


REACHING = """<html lang="en"><head><title>x</title><base href="{address}"/>
<link rel="stylesheet" href="{address}"/><link rel="attachment" href="{address}"/>
<style>@import "{address}";
@font-face {{ font-family: F; src: url({address}) }} p {{ background: url({address}) }}</style>
</head><body><p>x</p><img src="{address}" alt="x"/><object data="{address}"/><embed src="{address}"/>
<svg xmlns="http://www.w3.org/2000/svg"><image href="{address}"/><use href="{address}#a"/></svg></body></html>"""


def test_nothing_on_a_sheet_reaches_the_network_or_the_disk(tmp_path):
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>TOP-SECRET</text></svg>')
    hits = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        port = server.getsockname()[1]
        done = threading.Event()
        listener = threading.Thread(target=listen, args=(server, hits, done))
        listener.start()
        web, file = f"http://127.0.0.1:{port}/x", secret.as_uri()
        text = f"<img src={web} /><link rel='attachment' href='{web}'> url({web})"
        pdf_of(given_sheet(1, goal=text[:120], note=text, rows=[{"note": text[:200]}]))
        # And if markup ever got through: the renderer itself refuses.
        for address in (web, file, "/etc/passwd", "data:text/plain,x"):
            markup = REACHING.format(address=address)
            pdf = press().pdf(Job(markup)).pdf
            assert b"TOP-SECRET" not in b"".join(streams(pdf))
            assert b"root:" not in b"".join(streams(pdf))
        done.set()
        listener.join()
    assert hits == []


def listen(server, hits, done):
    while not done.is_set():
        try:
            connection, _address = server.accept()
        except TimeoutError:
            continue
        hits.append(connection)
        connection.close()


def streams(pdf):
    """Return every stream of the file, decoded."""
    with opened(pdf) as found:
        return [obj.read_bytes() for obj in found.objects if isinstance(obj, pikepdf.Stream)]


def test_xml_with_a_document_type_of_its_own_is_harmless():
    bomb = '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    markup = f'{bomb}<html lang="en"><head><title>x</title></head><body><p>&b;</p></body></html>'
    with pytest.raises(SyntaxError):
        press().pdf(Job(markup))


@pytest.mark.parametrize("person", ["maple", "rowan"])
@pytest.mark.parametrize("in_grey", [False, True], ids=["colour", "grey"])
def test_sheet_of_seven_pairs_is_all_vector_and_light(person, in_grey):
    version = given_sheet(7, patient=PatientFactory(person=person, clinic__prints_in_grey=in_grey))
    pdf = pdf_of(version)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        kinds = [str(one.get("/Subtype")) for one in opened.objects if isinstance(one, pikepdf.Stream)]
    assert "/Image" not in kinds
    assert kinds.count("/Form") >= 14 + 1  # the code is one too
    assert len(pdf) <= 250_000
