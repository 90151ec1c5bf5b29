"""Addresses."""

from django.urls import path

from hipcare.clinics.views import clinic, pairing, patients

urlpatterns = [
    path("", pairing.home, name="home"),
    path("help/", pairing.help_page, name="help"),
    path("j", pairing.pair, name="pair"),
    path("j/yes", pairing.pair_confirm, name="pair_confirm"),
    path("unpair/", pairing.unpair_this_device, name="unpair_this_device"),
    path("patients/new/", patients.patient_create, name="patient_create"),
    path("patients/<uuid:pk>/edit/", patients.patient_edit, name="patient_edit"),
    path("patients/<uuid:pk>/code/", patients.pairing_code_create, name="pairing_code_create"),
    path("devices/<uuid:pk>/unpair/", patients.device_unpair, name="device_unpair"),
    path("clinic/", clinic.clinic_settings, name="clinic_settings"),
]
