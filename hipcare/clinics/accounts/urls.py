"""The addresses of django-allauth that HipCare opens, and whom each is for.

Each is named here: what is not (signing up, changing the address one signs in with) is not there. Patients have no
account, so everything that needs one is for staff.
"""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path, re_path
from django.views.decorators.http import require_http_methods

from hipcare.access import Audience, for_audience
from hipcare.clinics.accounts.views import sign_out

pages = require_http_methods(["GET", "HEAD", "POST"])

before_signing_in = [
    path("login/", pages(account.login), name="account_login"),
    path("inactive/", pages(account.account_inactive), name="account_inactive"),
    path("password/reset/", pages(account.password_reset), name="account_reset_password"),
    path("password/reset/done/", pages(account.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        pages(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        pages(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("2fa/authenticate/", pages(second_factor.authenticate), name="mfa_authenticate"),
    path("2fa/webauthn/login/", pages(webauthn.login_webauthn), name="mfa_login_webauthn"),
]

own_account = [
    path("reauthenticate/", pages(account.reauthenticate), name="account_reauthenticate"),
    path("password/change/", pages(account.password_change), name="account_change_password"),
    path("password/set/", pages(account.password_set), name="account_set_password"),
    path("2fa/", pages(second_factor.index), name="mfa_index"),
    path("2fa/reauthenticate/", pages(second_factor.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", pages(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", pages(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", pages(recovery_codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "2fa/recovery-codes/generate/",
        pages(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/download/",
        pages(recovery_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("2fa/webauthn/", pages(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("2fa/webauthn/add/", pages(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("2fa/webauthn/reauthenticate/", pages(webauthn.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/remove/", pages(webauthn.remove_webauthn), name="mfa_remove_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/edit/", pages(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
]

urlpatterns = [
    path("logout/", sign_out, name="account_logout"),
    *for_audience(Audience.PUBLIC, before_signing_in),
    *for_audience(Audience.STAFF, own_account),
]
