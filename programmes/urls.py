"""Addresses of programmes."""

from django.urls import path

from programmes.views import patient, patients

app_name = "programmes"

urlpatterns = [
    path("today/", patient.today, name="today"),
    path("today/save/", patient.session_save, name="session_save"),
    path("today/exercises/<uuid:pk>/", patient.today_exercise, name="today_exercise"),
    path("sessions/<uuid:pk>/", patient.session_saved, name="session_saved"),
    path("sessions/<uuid:pk>/change/", patient.session_change, name="session_change"),
    path("patients/", patients.patient_list, name="patient_list"),
    path("patients/<uuid:pk>/", patients.patient, name="patient"),
]
