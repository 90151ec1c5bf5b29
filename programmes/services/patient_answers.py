"""What the builder asks about the patient: the sore side, where nobody had said it, and who is in the pictures."""

from hipcare.clinics.models import Patient
from programmes.services.draft_values import Edits


def is_about_the_patient(patient: Patient, edits: Edits) -> bool:
    answers_side = bool(edits.affected_side) and not patient.affected_side
    answers_precautions = bool(edits.hip_precautions) and not patient.hip_precautions
    return answers_side or answers_precautions or edits.person not in ("", patient.person)


def answer_side(patient: Patient, side: str) -> bool:
    if not side or patient.affected_side:
        return False
    patient.affected_side = side
    patient.save(update_fields=["affected_side"])
    return True


def choose_person(patient: Patient, person: str) -> bool:
    if person in ("", patient.person):
        return False
    patient.person = person
    patient.save(update_fields=["person"])
    return True
