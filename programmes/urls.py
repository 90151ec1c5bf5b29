"""Addresses of programmes."""

from django.urls import path

from programmes.views import patients

app_name = "programmes"

urlpatterns = [
    path("patients/", patients.patient_list, name="patient_list"),
    path("patients/<uuid:pk>/", patients.patient, name="patient"),
]
