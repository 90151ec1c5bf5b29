"""Addresses of the library."""

from django.urls import path

from exercises import views
from exercises.drawn import drawn

app_name = "exercises"

urlpatterns = [
    path("exercises/", views.exercise_list, name="list"),
    path("exercises/<uuid:pk>/", views.exercise_detail, name="detail"),
    path("pictures/<slug:person>/<slug:slug>/<slug:side>/<slug:kind>/<slug:of>.svg", drawn, name="drawn"),
]
