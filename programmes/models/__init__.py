"""What was given and what was done."""

from programmes.models.activity import Activity, ActivityRevision
from programmes.models.clinic_summary import ClinicSummary
from programmes.models.handout import Handout
from programmes.models.last_change import LastChange
from programmes.models.looked_at import LookedAt
from programmes.models.measurement import ActivityScore, Measurement, MeasurementRevision
from programmes.models.next_day import NextDay
from programmes.models.paper_day import PaperDay
from programmes.models.patient_message import PatientMessage
from programmes.models.pause import Pause
from programmes.models.phase import Phase
from programmes.models.prescription import Prescription
from programmes.models.programme import Programme
from programmes.models.seen_news import SeenNews
from programmes.models.session import PerformedExercise, Session, SessionRevision
from programmes.models.summary import PatientSummary
from programmes.models.teach_back import TeachBack
from programmes.models.template import Template, TemplateItem
from programmes.models.version import Version

__all__ = [
    "Activity",
    "ActivityRevision",
    "ActivityScore",
    "ClinicSummary",
    "Handout",
    "LastChange",
    "LookedAt",
    "Measurement",
    "MeasurementRevision",
    "NextDay",
    "PaperDay",
    "PatientMessage",
    "PatientSummary",
    "Pause",
    "PerformedExercise",
    "Phase",
    "Prescription",
    "Programme",
    "SeenNews",
    "Session",
    "SessionRevision",
    "TeachBack",
    "Template",
    "TemplateItem",
    "Version",
]
