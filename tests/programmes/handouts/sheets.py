"""Given versions with the library's own words, for the tests and the benchmark of the printed sheet."""

import functools
import json
import subprocess
from pathlib import Path

from django.conf import settings

from exercises.ahead import make_ready
from exercises.figures import STATIC
from exercises.models import Exercise
from exercises.sides import side_for
from hipcare.clinics.services.devices import make_pairing_code
from programmes.handouts.content import sheet_of
from programmes.handouts.layouts import FULL
from programmes.handouts.proof import job_of, proof_of
from programmes.handouts.renderer.messages import Rendered
from programmes.handouts.renderer.press import Press
from programmes.handouts.versions import with_everything
from programmes.models import Handout, Prescription
from tests.factories import DraftFactory, ExerciseFactory, PatientFactory, ProgrammeFactory, pin, sign_texts

GOAL = "Walk to the allotment and back"
LIBRARY = Path(__file__).parents[3] / "fixtures" / "library" / "exercises.json"
MODEL_FIELDS = ("kind", *Exercise.PINNED_FIELDS)


def library():
    """Return the seven exercises in the library's order; those that the database has are not made again."""
    return [
        Exercise.objects.filter(slug=entry["slug"]).first()
        or ExerciseFactory(**{name: entry[name] for name in MODEL_FIELDS if name in entry}, **entry["dose"])
        for entry in json.loads(LIBRARY.read_text())
    ]


def given_sheet(
    exercises=4,
    *,
    patient=None,
    rows=(),
    programme=None,
    number=1,
    note="",
    goal="Walk to the allotment and back",
    slugs=(),
    **fields,
):
    """Return a given version of ``exercises`` library entries (more than seven start again), Mon Wed Fri.

    ``slugs`` names the entries instead. ``rows`` are dictionaries of prescription fields laid over the first rows;
    ``fields`` are laid over the version.
    """
    programme = programme or ProgrammeFactory(patient=patient or PatientFactory())
    patient = programme.patient
    sign_texts(patient.clinic)
    known = library()
    draft = DraftFactory(programme=programme, made_by=patient.physiotherapist, goal=goal, note=note)
    order = [4, 2, 1, 0, 3, 5, 6]  # bridge, side-lying leg lift, leg back, knee lift, as the design has them
    by_slug = {exercise.slug: exercise for exercise in known}
    chosen = [by_slug[slug] for slug in slugs] or [known[order[place % 7]] for place in range(exercises)]
    for place, exercise in enumerate(chosen):
        laid_over = rows[place] if place < len(rows) else {}
        Prescription.objects.create(
            **{
                "version": draft,
                "exercise": exercise,
                "order": place + 1,
                "side": side_for(exercise.side_mode, patient.affected_side),
                "times_a_day": 1,
                "weekdays": "024",
                "text": exercise.pinned_text(),
            }
            | {name: getattr(exercise, name) for name in exercise.DOSE_FIELDS}
            | laid_over
        )
    return pin(draft, number=number, **fields)


@functools.cache
def press():
    """Return a warm renderer in this process, one for all tests."""
    return Press(STATIC, settings.FIGURES_DIR)


def job_for(version, *, with_code=True, previous=None, layout=FULL):
    """Return what the renderer would be asked for ``version``."""
    patient = version.patient
    code = make_pairing_code(patient=patient, by=patient.physiotherapist) if with_code else None
    sheet = sheet_of(version, code, previous, layout)
    make_ready(sheet.pictures)
    return job_of(sheet)


def pdf_of(version, **kwargs):
    """Return the PDF of ``version``, rendered in this process."""
    return press().pdf(job_for(version, **kwargs)).pdf


def pages_of(pdf):
    """Return the words on each page in the file's own order, each run of white space as one space."""
    found = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return [" ".join(page.split()) for page in found.split("\f")[:-1]]


def damaged_sheet(version):
    """Return an archived sheet whose bytes are not those of its SHA-256: a disk did that, the database refuses it."""
    code = make_pairing_code(patient=version.patient, by=version.given_by)
    proof = proof_of(with_everything(version), code, None, FULL)
    return Handout.objects.create(
        version=version,
        pairing_code=code,
        printed_by=version.given_by,
        printed_key=proof.key,
        pages=2,
        sha256="0" * 64,
        pdf=b"%PDF rubbish",
    )


class PlainRenderer:
    """Gives what it was asked for back as the file, which is quick, and in which words can be found."""

    def __init__(self):
        self.asked = 0

    def render(self, job):
        self.asked += 1
        return Rendered(job.to_bytes(), 2)
