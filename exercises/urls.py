"""Addresses of the library."""

from django.urls import path

from exercises.views import learn, library, signed
from exercises.views.drawing import drawn, filmed

app_name = "exercises"

urlpatterns = [
    path("exercises/", library.exercise_list, name="list"),
    path("exercises/signed/", signed.signatures, name="signatures"),
    path("exercises/sign/", signed.sign_all, name="sign_all"),
    path("exercises/withdraw/", signed.withdraw_all, name="withdraw_all"),
    path("exercises/<uuid:pk>/", library.exercise_detail, name="detail"),
    path("exercises/<uuid:pk>/sign/", library.sign_one, name="sign_one"),
    path("exercises/<uuid:pk>/withdraw/", library.withdraw_one, name="withdraw_one"),
    path("topics/", learn.topic_list, name="topics"),
    path("topics/<uuid:pk>/", learn.topic, name="topic"),
    path("topics/<uuid:pk>/sign/", learn.sign_topic, name="sign_topic"),
    path("topics/<uuid:pk>/withdraw/", learn.withdraw_topic, name="withdraw_topic"),
    path("pictures/<slug:person>/<slug:slug>/<slug:side>/<slug:kind>/<slug:of>.svg", drawn, name="drawn"),
    path("pictures/<slug:person>/<slug:slug>/<slug:side>/animation/<slug:of>/<slug:pace>.svg", filmed, name="filmed"),
]
