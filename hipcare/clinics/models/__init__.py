"""Who uses HipCare: clinics, their staff, their patients and the patients' devices."""

from hipcare.clinics.models.clinic import Clinic
from hipcare.clinics.models.clinic_text import ClinicText, TextSignature
from hipcare.clinics.models.device import Device
from hipcare.clinics.models.helper import Helper
from hipcare.clinics.models.pairing import PairingCode, PairingTry
from hipcare.clinics.models.patient import Patient, PersonChoice
from hipcare.clinics.models.precaution_list import PrecautionList
from hipcare.clinics.models.progression_list import ProgressionList
from hipcare.clinics.models.user import User

__all__ = [
    "Clinic",
    "ClinicText",
    "Device",
    "Helper",
    "PairingCode",
    "PairingTry",
    "Patient",
    "PersonChoice",
    "PrecautionList",
    "ProgressionList",
    "TextSignature",
    "User",
]
