"""Addresses."""

from django.urls import path

from hipcare.clinics.views import (
    bands,
    clinic_settings,
    front,
    going_on,
    help_list,
    hip_rules,
    pair,
    patient_details,
    says,
)

urlpatterns = [
    path("", front.home, name="home"),
    path("help/", front.help_page, name="help"),
    path("j", pair.pair, name="pair"),
    path("j/yes", pair.pair_confirm, name="pair_confirm"),
    path("unpair/", pair.unpair_this_device, name="unpair_this_device"),
    path("patients/new/", patient_details.patient_create, name="patient_create"),
    path("patients/<uuid:pk>/edit/", patient_details.patient_edit, name="patient_edit"),
    path("patients/<uuid:pk>/code/", patient_details.pairing_code_create, name="pairing_code_create"),
    path("devices/<uuid:pk>/unpair/", patient_details.device_unpair, name="device_unpair"),
    path("clinic/", clinic_settings.clinic_settings, name="clinic_settings"),
    path("clinic/help/", help_list.help_list, name="clinic_help"),
    path("clinic/hip-rules/", hip_rules.rule_lists, name="clinic_rules"),
    path("clinic/hip-rules/<slug:kind>/", hip_rules.rule_list, name="clinic_rule_list"),
    path("clinic/hip-rules/<slug:kind>/put-back/", hip_rules.rule_list_put_back, name="clinic_rule_list_put_back"),
    path("clinic/going-on/", going_on.going_on, name="clinic_going_on"),
    path("clinic/going-on/put-back/", going_on.going_on_put_back, name="clinic_going_on_put_back"),
    path("clinic/bands/", bands.band_list, name="clinic_bands"),
    path("clinic/bands/change/", bands.band_change, name="clinic_bands_change"),
    path("clinic/bands/put-back/", bands.bands_put_back, name="clinic_bands_put_back"),
    path("clinic/help/new/", help_list.help_sign_new, name="clinic_help_sign_new"),
    path("clinic/help/<slug:key>/", help_list.help_sign, name="clinic_help_sign"),
    path("clinic/help/<slug:key>/move/", help_list.help_sign_move, name="clinic_help_sign_move"),
    path("clinic/help/<slug:key>/put-back/", help_list.help_sign_put_back, name="clinic_help_sign_put_back"),
    path("clinic/says/", says.clinic_says, name="clinic_says"),
    path("clinic/says/sign/", says.clinic_says_sign, name="clinic_says_sign"),
    path("staff/<uuid:pk>/called/", clinic_settings.colleague_called, name="colleague_called"),
]
