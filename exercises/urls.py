"""Addresses of the library."""

from django.urls import path

from exercises import views
from exercises.drawn import drawn

app_name = "exercises"

urlpatterns = [
    path("exercises/", views.exercise_list, name="list"),
    path("exercises/signed/", views.signatures, name="signatures"),
    path("exercises/sign/", views.sign_all, name="sign_all"),
    path("exercises/withdraw/", views.withdraw_all, name="withdraw_all"),
    path("exercises/<uuid:pk>/", views.exercise_detail, name="detail"),
    path("exercises/<uuid:pk>/sign/", views.sign_one, name="sign_one"),
    path("exercises/<uuid:pk>/withdraw/", views.withdraw_one, name="withdraw_one"),
    path("pictures/<slug:person>/<slug:slug>/<slug:side>/<slug:kind>/<slug:of>.svg", drawn, name="drawn"),
]
