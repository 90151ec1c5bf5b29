"""Every address of the site. Each view says whom it is for (``hipcare/access.py``)."""

from django.urls import include, path

from hipcare.operate.views import healthz

handler500 = "hipcare.outage.server_error"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("hipcare.clinics.urls")),
    path("", include("programmes.urls")),
    path("", include("exercises.urls")),
    path("accounts/", include("hipcare.clinics.accounts.urls")),
]
