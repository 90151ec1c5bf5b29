"""Addresses of the library."""

from django.urls import path

from exercises.views import library
from exercises.views.drawing import drawn

app_name = "exercises"

urlpatterns = [
    path("exercises/", library.exercise_list, name="list"),
    path("exercises/signed/", library.signatures, name="signatures"),
    path("exercises/sign/", library.sign_all, name="sign_all"),
    path("exercises/withdraw/", library.withdraw_all, name="withdraw_all"),
    path("exercises/<uuid:pk>/", library.exercise_detail, name="detail"),
    path("exercises/<uuid:pk>/sign/", library.sign_one, name="sign_one"),
    path("exercises/<uuid:pk>/withdraw/", library.withdraw_one, name="withdraw_one"),
    path("pictures/<slug:person>/<slug:slug>/<slug:side>/<slug:kind>/<slug:of>.svg", drawn, name="drawn"),
]
