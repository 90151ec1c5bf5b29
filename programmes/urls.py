"""Addresses of programmes, by what they are about."""

from django.urls import path

from programmes.builder.views import give, row_legs, rows, saving, start_again, template_edit, throw_away, usual_dose
from programmes.views.patient import (
    exercise,
    morning,
    my_weeks,
    offline,
    one_day,
    own_sheet,
    plan_news,
    saved,
    sending,
    tell,
    today,
    topic,
)
from programmes.views.staff import (
    appointment,
    archive_patient,
    copy_from,
    delete_patient,
    diary_key_in,
    handouts,
    handover,
    history,
    look,
    measures,
    merge_patients,
    next_phase,
    patients,
    programme_alone,
    programme_end,
    programme_pause,
    template_give,
    template_save,
    template_shelf,
    timeline,
)
from programmes.views.staff.read_message import message_looked_at
from programmes.views.staff.topic_print import topic_leaflet

app_name = "programmes"

TODAY = [
    path("today/", today.today, name="today"),
    path("today/save/", today.session_save, name="session_save"),
    path("today/send/", sending.session_send, name="session_send"),
    path("today/here/", sending.who_is_here, name="who_is_here"),
    path("today/waiting/", sending.waiting, name="waiting"),
    path("today/pages/", offline.pages_to_keep, name="pages_to_keep"),
    path("today/no-signal/", offline.no_signal, name="no_signal"),
    path("today/days/<str:date>/", one_day.day, name="day"),
    path("today/weeks/", my_weeks.my_weeks, name="weeks"),
    path("today/sheet/<uuid:pk>/", own_sheet.own_sheet, name="own_sheet"),
    path("today/next-day/<uuid:pk>/", morning.next_day, name="next_day"),
    path("today/news/<uuid:pk>/", plan_news.news_seen, name="news_seen"),
    path("today/exercises/<uuid:pk>/", exercise.today_exercise, name="today_exercise"),
    path("today/topics/<uuid:pk>/<int:place>/", topic.today_topic, name="today_topic"),
]
MESSAGES = [
    path("today/tell/", tell.tell, name="tell"),
    path("today/tell/send/", sending.message_send, name="message_send"),
    path("today/tell/<uuid:pk>/", tell.tell_again, name="tell_again"),
    path("today/tell/<uuid:pk>/take-back/", tell.tell_take_back, name="tell_take_back"),
    path("messages/<uuid:pk>/looked-at/", message_looked_at, name="message_looked_at"),
]
OFFLINE = [
    path("sw.js", offline.worker, name="worker"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
]
SESSIONS = [
    path("sessions/<uuid:pk>/", saved.session_saved, name="session_saved"),
    path("sessions/<uuid:pk>/change/", saved.session_change, name="session_change"),
]
PATIENTS = [
    path("patients/", patients.patient_list, name="patient_list"),
    path("patients/search/", patients.patient_search, name="patient_search"),
    path("patients/<uuid:pk>/", patients.patient, name="patient"),
    path("patients/<uuid:pk>/looked-at/", look.looked_at, name="looked_at"),
    path("patients/<uuid:pk>/looked-at/undo/", look.looked_at_undo, name="looked_at_undo"),
    path("patients/<uuid:pk>/archive/", archive_patient.patient_archive, name="patient_archive"),
    path("patients/<uuid:pk>/delete/", delete_patient.patient_delete, name="patient_delete"),
    path("patients/<uuid:pk>/merge/", merge_patients.merge_choose, name="merge_choose"),
    path("patients/<uuid:pk>/merge/<uuid:other>/", merge_patients.merge_compare, name="merge_compare"),
    path("patients/<uuid:pk>/back/", archive_patient.patient_back, name="patient_back"),
    path("patients/<uuid:pk>/programme/again/", programme_end.programme_again, name="programme_again"),
    path("patients/<uuid:pk>/alone/no-longer/", programme_alone.alone_no_longer, name="alone_no_longer"),
    path("patients/<uuid:pk>/pauses/<uuid:pause>/", programme_pause.pause_change, name="pause_change"),
    path("patients/<uuid:pk>/pauses/<uuid:pause>/end/", programme_pause.pause_end, name="pause_end"),
    path("patients/<uuid:pk>/pauses/<uuid:pause>/take-back/", programme_pause.pause_take_back, name="pause_take_back"),
    path("patients/<uuid:pk>/versions/", history.history, name="history"),
    path("patients/<uuid:pk>/appointment/", appointment.appointment, name="appointment"),
    path("patients/<uuid:pk>/diary/", diary_key_in.diary_choose, name="diary_choose"),
    path("patients/<uuid:pk>/copy-from/", copy_from.choose_source, name="choose_source"),
    path("patients/<uuid:pk>/copy-from/<uuid:source>/", copy_from.copy_from, name="copy_from"),
    path("patients/<uuid:pk>/timeline/", timeline.timeline, name="timeline"),
    path("patients/<uuid:pk>/draft/", saving.draft_open, name="draft_open"),
    path("patients/<uuid:pk>/draft/put-back/", throw_away.draft_restore, name="draft_restore"),
    path("patients/<uuid:pk>/phase/open/", next_phase.phase_open, name="phase_open"),
    path("patients/<uuid:pk>/phase/choose/", next_phase.phase_choose, name="phase_choose"),
]
MEASURES = [
    path("patients/<uuid:pk>/measures/", measures.measures, name="measures"),
    path("patients/<uuid:pk>/measures/new/", measures.measures_new, name="measures_new"),
    path("measurements/<uuid:pk>/", measures.measures_change, name="measures_change"),
    path("measurements/<uuid:pk>/take-back/", measures.measures_take_back, name="measures_take_back"),
    path("measurements/<uuid:pk>/put-back/", measures.measures_put_back, name="measures_put_back"),
    path("activities/<uuid:pk>/", measures.activity, name="activity"),
    path("activities/<uuid:pk>/retire/", measures.activity_retire, name="activity_retire"),
    path("activities/<uuid:pk>/again/", measures.activity_again, name="activity_again"),
]
DRAFTS = [
    path("drafts/<uuid:pk>/", saving.builder, name="builder"),
    path("drafts/<uuid:pk>/save/", saving.draft_save, name="draft_save"),
    path("drafts/<uuid:pk>/template/", start_again.draft_template, name="draft_template"),
    path("drafts/<uuid:pk>/add/", rows.draft_add, name="draft_add"),
    path("drafts/<uuid:pk>/rows/<uuid:row>/put-back/", rows.draft_put_back, name="draft_put_back"),
    path("drafts/<uuid:pk>/rows/<uuid:row>/legs/<str:how>/", row_legs.draft_legs, name="draft_legs"),
    path("drafts/<uuid:pk>/rows/<uuid:row>/swap/", rows.draft_swap, name="draft_swap"),
    path("drafts/<uuid:pk>/rows/<uuid:row>/remove/", rows.draft_remove, name="draft_remove"),
    path("drafts/<uuid:pk>/rows/<uuid:row>/<str:direction>/", rows.draft_move, name="draft_move"),
    path("drafts/<uuid:pk>/discard/", throw_away.draft_discard, name="draft_discard"),
    path("drafts/<uuid:pk>/give/", give.draft_give, name="draft_give"),
]
VERSIONS = [
    path("versions/<uuid:pk>/handover/", handover.handover, name="handover"),
    path("versions/<uuid:pk>/teach-back/", handover.taught_back, name="taught_back"),
    path("versions/<uuid:pk>/end/", programme_end.version_end, name="version_end"),
    path("versions/<uuid:pk>/alone/", programme_alone.version_alone, name="version_alone"),
    path("versions/<uuid:pk>/pause/", programme_pause.version_pause, name="version_pause"),
    path("versions/<uuid:pk>/copy/", history.version_copy, name="version_copy"),
    path("versions/<uuid:pk>/diary/<str:first>/", diary_key_in.diary, name="diary"),
    path("versions/<uuid:pk>/diary/<str:first>/keyed/", diary_key_in.diary_keyed, name="diary_keyed"),
    path("versions/<uuid:pk>/save-as-template/", template_save.version_to_template, name="version_to_template"),
    path("versions/<uuid:pk>/print/", handouts.print_version, name="print"),
]
SHEETS = [
    path("sheets/<uuid:pk>/", handouts.reprint, name="reprint"),
    path("topics/<uuid:pk>/leaflet/", topic_leaflet, name="leaflet"),
]
EXERCISES = [path("exercises/<uuid:pk>/usual-dose/", usual_dose.usual_dose, name="usual_dose")]
TEMPLATES = [
    path("templates/", template_shelf.template_list, name="template_list"),
    path("templates/<uuid:pk>/copy/", template_shelf.template_copy, name="template_copy"),
    path("templates/<uuid:pk>/give/", template_give.template_give, name="template_give"),
    path("templates/<uuid:pk>/", template_edit.template_edit, name="template_edit"),
    path("templates/<uuid:pk>/delete/", template_shelf.template_delete, name="template_delete"),
    path("templates/<uuid:pk>/put-back/", template_shelf.template_back, name="template_back"),
]

urlpatterns = [
    *TODAY,
    *OFFLINE,
    *MESSAGES,
    *SESSIONS,
    *PATIENTS,
    *MEASURES,
    *DRAFTS,
    *VERSIONS,
    *SHEETS,
    *EXERCISES,
    *TEMPLATES,
]
