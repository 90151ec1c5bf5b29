"""Addresses of programmes."""

from django.urls import path

from programmes.builder import views as builder
from programmes.views import patient
from programmes.views.staff import handouts, handover, patients

app_name = "programmes"

urlpatterns = [
    path("today/", patient.today, name="today"),
    path("today/save/", patient.session_save, name="session_save"),
    path("today/exercises/<uuid:pk>/", patient.today_exercise, name="today_exercise"),
    path("sessions/<uuid:pk>/", patient.session_saved, name="session_saved"),
    path("sessions/<uuid:pk>/change/", patient.session_change, name="session_change"),
    path("patients/", patients.patient_list, name="patient_list"),
    path("patients/search/", patients.patient_search, name="patient_search"),
    path("patients/<uuid:pk>/", patients.patient, name="patient"),
    path("patients/<uuid:pk>/draft/", builder.draft_open, name="draft_open"),
    path("drafts/<uuid:pk>/", builder.builder, name="builder"),
    path("drafts/<uuid:pk>/save/", builder.draft_save, name="draft_save"),
    path("drafts/<uuid:pk>/template/", builder.draft_template, name="draft_template"),
    path("drafts/<uuid:pk>/add/", builder.draft_add, name="draft_add"),
    path("patients/<uuid:pk>/draft/put-back/", builder.draft_restore, name="draft_restore"),
    path("drafts/<uuid:pk>/rows/<uuid:row>/put-back/", builder.draft_put_back, name="draft_put_back"),
    path("drafts/<uuid:pk>/rows/<uuid:row>/remove/", builder.draft_remove, name="draft_remove"),
    path("drafts/<uuid:pk>/rows/<uuid:row>/<str:direction>/", builder.draft_move, name="draft_move"),
    path("drafts/<uuid:pk>/discard/", builder.draft_discard, name="draft_discard"),
    path("drafts/<uuid:pk>/give/", builder.draft_give, name="draft_give"),
    path("versions/<uuid:pk>/handover/", handover.handover, name="handover"),
    path("templates/", handover.template_list, name="template_list"),
    path("versions/<uuid:pk>/print/", handouts.print_version, name="print"),
    path("sheets/<uuid:pk>/", handouts.reprint, name="reprint"),
]
