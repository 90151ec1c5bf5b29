"""Where people's pages are. Only here does anything below the apps know the names of their views; a test looks."""

from typing import Any

TODAY = "programmes:today"
PATIENTS = "programmes:patient_list"
PATIENT = "programmes:patient"

STAFF_BAR = {
    "Patients": PATIENTS,
    "Exercises": "exercises:list",
    "Templates": "programmes:template_list",
    "Clinic": "clinic_settings",
}
BEGINNINGS = {  # the first that fits
    "exercises:": "Exercises",
    "programmes:template": "Templates",
    "programmes:usual_dose": "Exercises",
    "clinic": "Clinic",
    "programmes:": "Patients",
    "patient_": "Patients",
}


def home_of(person: Any) -> str:
    return TODAY if person.is_patient else PATIENTS


def place_in_bar(view_name: str) -> str:
    """Return the place of the staff bar that a page belongs to, "" for one's own account and pages not found."""
    return next((place for start, place in BEGINNINGS.items() if view_name.startswith(start)), "")
