"""Only the clinic's own text tells a patient to do more or less (hipcare/clinics/advice.py holds our wording of it)."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SEED = ROOT / "hipcare" / "clinics" / "advice.py"
CHANGES_A_DOSE = re.compile(
    r"half as many|next time|did a bit too much|do (?:more|less|fewer)|fewer or smaller|stop (?:this one )?for today|"
    r"twice in a row|harder to keep up|easier to keep up|only after we meet",
    re.IGNORECASE,
)
OF_PATIENTS = (
    *(ROOT / "templates" / "programmes" / "patient").rglob("*.html"),
    *(ROOT / "programmes" / "handouts" / "layouts").rglob("*.html"),
    ROOT / "templates" / "clinics" / "help.html",
    ROOT / "templates" / "base_patient.html",
    *(path for path in (ROOT / "programmes").rglob("*.py") if "migrations" not in path.parts),
    *(ROOT / "exercises").glob("*.py"),
    *(ROOT / "hipcare" / "static" / "js").glob("*.js"),
)


def without_comments(text):
    return re.sub(r'{#.*?#}|"""(?s:.*?)"""|(?m:^\s*(?:#|//).*$)', "", text)


@pytest.mark.parametrize("path", OF_PATIENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_else_tells_a_patient_to_change_a_dose(path):
    assert CHANGES_A_DOSE.findall(without_comments(path.read_text())) == []


@pytest.mark.parametrize("room", ["wording", "pages", "services", "forms", "views/patient", "rules", "handouts"])
def test_every_room_with_words_for_patients_is_read(room):
    assert any(path.is_relative_to(ROOT / "programmes" / room) for path in OF_PATIENTS)


def test_the_seed_would_be_found():
    assert len(CHANGES_A_DOSE.findall(without_comments(SEED.read_text()))) >= 5
