"""Keep a release: ``python -m tests.releases keep 0.1.0``. At a release only; see README.md beside this."""

import hashlib
import json
import time
import tomllib
import uuid
from io import StringIO
from pathlib import Path

from django.core.management import call_command

from hipcare.clinics.models import Patient
from hipcare.clinics.services.devices import make_pairing_code, pair
from programmes.handouts.archive import print_handout
from programmes.models import Session, Version
from programmes.services.drafts import open_draft
from programmes.services.sessions import Report, correct_session
from tests.releases import rows

ROOT = Path(__file__).resolve().parents[2]
OURS = ("hipcare", "exercises", "programmes")
SHEETS, CORRECTIONS = 2, 3


def migrations():
    """Return the SHA-256 of every migration of ours, by its path."""
    found = (path for package in OURS for path in (ROOT / package).rglob("migrations/[0-9]*.py"))
    return {str(path.relative_to(ROOT)): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(found)}


def fill():
    """Fill an empty database as people would: library, demo clinic, corrections, sheets, a phone, an open draft."""
    call_command("migrate", verbosity=0)
    call_command("load_library", stdout=StringIO())
    call_command("load_demo", stdout=StringIO())
    correct_sessions()
    print_sheets()
    pair_a_phone_and_open_a_draft()


def correct_sessions():
    """Put the newest sessions right, as long as they may be."""
    every = Session.objects.select_related("version").order_by("-received_at")
    newest = [session for session in every if session.can_be_corrected][:CORRECTIONS]
    assert newest, "the demo clinic has no session of the last two days"
    for session in newest:
        correct_session(session=session, report=Report(pain=4, note="It was a 4, not what I typed first."))


def print_sheets():
    """Print the sheet of two patients' programmes, one of them twice."""
    for version in Version.objects.current()[:SHEETS]:
        for _ in range(2):
            print_handout(version=version, by=version.programme.patient.physiotherapist)


def pair_a_phone_and_open_a_draft():
    """Give one patient a phone, and another a programme that is being written."""
    first, last = Patient.objects.order_by("clinic_number").first(), Patient.objects.order_by("clinic_number").last()
    code = make_pairing_code(patient=first, by=first.physiotherapist)
    pair(code=code, session_key=uuid.uuid4().hex, device_name="Phone")
    open_draft(patient=last, by=last.physiotherapist)


def main(release):
    """Write the folder of ``release``."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    if release != version:
        raise SystemExit(f"pyproject.toml is at {version}, not at {release}.")

    started = time.monotonic()
    fill()
    folder = rows.FOLDER / release
    folder.mkdir(exist_ok=True)
    rows.write(folder / "rows.jsonl.gz")
    (folder / "migrations.json").write_text(json.dumps(migrations(), indent=2) + "\n")
    size = (folder / "rows.jsonl.gz").stat().st_size
    print(f"{folder.relative_to(ROOT)}: {size // 1000} KB in {time.monotonic() - started:.0f} s")
