import datetime as dt
import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from hipcare.clinics.models import Clinic, Patient
from programmes.models import Session
from programmes.services.demo_clinic import FILE, load_demo_clinic
from tests.factories import ClinicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def library(rows_of_the_module):
    rows_of_the_module(lambda: call_command("load_library", verbosity=0))


@pytest.mark.parametrize("weekday", range(7))
def test_it_loads_on_any_day_of_the_week(library, weekday):
    today = dt.date(2026, 3, 23) + dt.timedelta(days=weekday)  # the week in which the clocks go forward
    load_demo_clinic(today=today)
    assert Session.objects.filter(local_date__gte=today).count() == 0
    assert Session.objects.filter(version__programme__patient__first_name="Sheila").count() == 5


def test_the_same_day_gives_the_same_clinic(library):
    told = json.loads(FILE.read_text())
    load_demo_clinic(today=timezone.localdate())
    assert Session.objects.count() == sum(s is not None for p in told["patients"] for s in p.get("sessions", []))


def test_it_is_refused_on_a_server(library, settings):
    settings.LOCAL_RUN = False
    with pytest.raises(CommandError, match="local run only"):
        call_command("load_demo")
    assert not Clinic.objects.exists()


def test_it_is_refused_beside_another_clinic(library):
    ClinicFactory()
    with pytest.raises(CommandError, match="There is a clinic already"):
        call_command("load_demo")
    assert Clinic.objects.count() == 1
    assert not Patient.objects.exists()
