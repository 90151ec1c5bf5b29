import json

import pytest

from tests.durability.phone import Phone

STORED = """
import json
from django.db import connection
from programmes.models import PerformedExercise, Session
mine = Session.objects.filter(note="{note}")
sound = "ok"
if connection.vendor == "sqlite":
    with connection.cursor() as cursor:
        sound = cursor.execute("PRAGMA integrity_check").fetchone()[0]
performed = PerformedExercise.objects.filter(session__in=mine).count()
print(json.dumps([[str(pk) for pk in mine.values_list("pk", flat=True)], performed, sound]))
"""
CODE = """
from hipcare.clinics.demo_people import PATIENT
from hipcare.clinics.models import Patient
from hipcare.clinics.services.devices import make_pairing_code
patient = Patient.objects.get(clinic_number=PATIENT)
print(make_pairing_code(patient=patient, by=patient.physiotherapist).typed_code)
"""


@pytest.fixture
def phone_of():
    """Return a function that pairs a phone with the demo patient of a running server."""

    def paired(server):
        return Phone(server.url, server.manage("shell", "-v0", "-c", CODE).strip())

    return paired


@pytest.fixture
def stored():
    """Return a function: what is on disk of a phone's sessions, as (ids, performed exercises, integrity)."""

    def asked(server, phone):
        return json.loads(server.manage("shell", "-v0", "-c", STORED.format(note=phone.note)))

    return asked
