"""How to be each of the three users of the made-up clinic (``programmes/services/demo_clinic.py`` loads it)."""

from django.conf import settings

from hipcare.clinics.models import Clinic, PairingCode, Patient, User
from hipcare.clinics.services.devices import make_pairing_code

PASSWORD = "alder-lane-demo"  # noqa: S105 - shown on screen, and only where LOCAL_RUN says that nobody else looks

PATIENT = "AL-2041"  # the clinic number of Margaret Ellis, who has something to do every day


def how_to_sign_in() -> str:
    """Return where to go, and with what where this is the demo clinic. A patient's code that is used up is renewed."""
    lines = ["", f"HipCare is at {settings.SITE_URL}   (stop it with Ctrl-C)", ""]
    clinic = Clinic.objects.filter(is_demo=True).first()
    if clinic is None:
        return "\n".join(lines)
    lines.append(f"It holds {clinic.name}, a made-up clinic. Sign in as")
    for person in User.objects.staff().filter(clinic=clinic, is_active=True).order_by("date_joined"):
        password = PASSWORD if person.check_password(PASSWORD) else "the password you chose"
        lines.append(f"  {person.get_role_display():16}{person.email:26}{password}")
    if patient := Patient.objects.filter(clinic=clinic, clinic_number=PATIENT, user__is_active=True).first():
        lines.append(f"  {'patient':16}{settings.SITE_URL + '/j':26}code {_open_code(patient).typed_code}")
    return "\n".join([*lines, ""])


def _open_code(patient: Patient) -> PairingCode:
    code = PairingCode.objects.by_clinic().still_open().filter(patient=patient).first()
    return code or make_pairing_code(patient=patient, by=patient.physiotherapist)
