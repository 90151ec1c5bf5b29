"""Addresses."""

from django.urls import path

from hipcare.clinics.views import clinic, pairing, patients, rules, texts

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
    path("clinic/help/", texts.help_list, name="clinic_help"),
    path("clinic/hip-rules/", rules.rule_lists, name="clinic_rules"),
    path("clinic/hip-rules/<slug:kind>/", rules.rule_list, name="clinic_rule_list"),
    path("clinic/hip-rules/<slug:kind>/put-back/", rules.rule_list_put_back, name="clinic_rule_list_put_back"),
    path("clinic/help/new/", texts.help_sign_new, name="clinic_help_sign_new"),
    path("clinic/help/<slug:key>/", texts.help_sign, name="clinic_help_sign"),
    path("clinic/help/<slug:key>/move/", texts.help_sign_move, name="clinic_help_sign_move"),
    path("clinic/help/<slug:key>/put-back/", texts.help_sign_put_back, name="clinic_help_sign_put_back"),
    path("clinic/says/", texts.clinic_says, name="clinic_says"),
    path("clinic/says/sign/", texts.clinic_says_sign, name="clinic_says_sign"),
    path("staff/<uuid:pk>/called/", clinic.colleague_called, name="colleague_called"),
]
