"""The second factor: an app, recovery codes, passkeys. django-allauth does it; the words are ours."""

import re
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.urls import reverse

from tests.clinics.accounts.signing_in import PASSWORD, code_of, set_up_app, sign_in, signed_in_fully

pytestmark = pytest.mark.django_db


def test_staff_without_a_second_factor_are_sent_to_set_one_up(client, priya, settings):
    settings.STAFF_SECOND_FACTOR = True
    sign_in(client)
    assert client.get(reverse("programmes:patient_list")).url == reverse("mfa_index")
    page = client.get(reverse("mfa_index")).content.decode()
    assert "You have none yet." in page


def test_no_second_factor_is_asked_for_where_the_setting_is_off(client, priya):
    sign_in(client)
    assert client.get(reverse("programmes:patient_list")).status_code == 200


def test_app_is_set_up_with_its_first_code_and_opens_the_site(client, priya, settings):
    settings.STAFF_SECOND_FACTOR = True
    sign_in(client)
    set_up_app(client)
    kinds = set(Authenticator.objects.filter(user=priya).values_list("type", flat=True))
    assert kinds == {"totp", "recovery_codes"}
    assert client.get(reverse("programmes:patient_list")).status_code == 200


def test_app_is_not_set_up_with_a_wrong_code(client, priya):
    sign_in(client)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.get(reverse("mfa_activate_totp"))
    page = client.post(reverse("mfa_activate_totp"), {"code": "000000"}).content.decode()
    assert "That code is not right" in page
    assert not Authenticator.objects.exists()


def test_password_alone_is_not_enough_any_more(client, secret):
    assert sign_in(client).url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert client.get(reverse("programmes:patient_list")).status_code == 302


def test_code_of_the_app_signs_in(client, priya, secret):
    sign_in(client)
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).url == reverse("home")
    assert client.session["_auth_user_id"] == str(priya.pk)


def test_code_of_the_app_is_good_once(client, secret):
    for expected in (302, 200):
        sign_in(client)
        assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).status_code == expected
        client.post(reverse("account_logout"))


@pytest.mark.parametrize("seconds", [-30, 30])
def test_phone_whose_clock_is_off_by_a_step_signs_in(client, secret, seconds):
    sign_in(client)
    code = code_of(secret, time.time() + seconds)
    assert client.post(reverse("mfa_authenticate"), {"code": code}).url == reverse("home")


@pytest.mark.parametrize("seconds", [-60, 60])
def test_two_steps_off_are_too_many(client, secret, seconds):
    sign_in(client)
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret, time.time() + seconds)}).status_code == 200


def test_app_on_a_slow_phone_can_be_set_up(client, priya):
    sign_in(client)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'class="secret">(\w+)<', page)[1]
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret, time.time() - 30)})
    assert Authenticator.objects.filter(user=priya, type="totp").exists()


def test_used_code_opens_nothing_as_long_as_its_step_is_taken(client, secret):
    begun = time.time()
    code = code_of(secret, begun + 30)  # a fast phone: good for another minute and more
    sign_in(client)
    assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
    client.post(reverse("account_logout"))
    with time_machine.travel(begun + 45, tick=False):
        sign_in(client)
        assert client.post(reverse("mfa_authenticate"), {"code": f" {code[:3]} {code[3:]} "}).status_code == 200


def test_code_of_five_minutes_ago_is_too_old(client, secret):
    sign_in(client)
    old = code_of(secret, time.time() - 300)
    assert client.post(reverse("mfa_authenticate"), {"code": old}).status_code == 200


def test_wrong_code_does_not_sign_in(client, secret):
    sign_in(client)
    page = client.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    assert "That code is not right" in page
    assert "_auth_user_id" not in client.session


def test_recovery_code_signs_in_once(client, priya, secret):
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    sign_in(client)
    assert client.post(reverse("mfa_authenticate"), {"code": code}).url == reverse("home")
    client.post(reverse("account_logout"))
    sign_in(client)
    assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200


def test_between_password_and_code_one_can_turn_back(client, secret):
    sign_in(client)
    client.post(reverse("account_logout"), {"next": reverse("account_login")})
    assert client.get(reverse("account_login")).status_code == 200


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("mfa_index", "we ask for your second factor as well"),
        ("mfa_view_recovery_codes", "not used yet"),
        ("mfa_generate_recovery_codes", "stop working"),
        ("mfa_deactivate_totp", "Its codes stop working at once"),
        ("mfa_list_webauthn", "You have no key yet."),
        ("mfa_add_webauthn", "Name of this key"),
        ("mfa_reauthenticate", "Is it still you?"),
    ],
)
def test_pages_of_the_second_factor_are_ours(client, secret, name, words):
    signed_in_fully(client)
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert words in page.content.decode()
    assert "<title>" in page.content.decode()


def test_recovery_codes_come_as_a_file(client, secret):
    signed_in_fully(client)
    file = client.get(reverse("mfa_download_recovery_codes"))
    assert file["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert "HipCare recovery codes" in file.content.decode()


def test_new_recovery_codes_replace_the_old(client, secret):
    signed_in_fully(client)
    old = set(Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes())
    client.post(reverse("mfa_generate_recovery_codes"))
    assert not old & set(Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes())


def test_app_can_be_turned_off(client, secret):
    signed_in_fully(client)
    assert client.post(reverse("mfa_deactivate_totp")).url == reverse("mfa_index")
    assert not Authenticator.objects.filter(type="totp").exists()


def test_setting_up_asks_for_the_password_once_more(client, priya):
    sign_in(client)
    assert client.get(reverse("mfa_activate_totp")).url.startswith(reverse("account_reauthenticate"))
    page = client.post(reverse("account_reauthenticate"), {"password": "wrong"}).content.decode()
    assert "That password is not right" in page


def test_key_that_answers_nonsense_is_a_clear_error(client, secret):
    signed_in_fully(client)
    page = client.post(reverse("mfa_add_webauthn"), {"name": "Blue key", "credential": ""}).content.decode()
    assert "The device did not answer. Try again" in page


def test_passkey_options_are_given_to_nobody_in_particular(client):
    options = client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"}).json()
    assert options["request_options"]["publicKey"]["challenge"]
    assert not options["request_options"]["publicKey"].get("allowCredentials")
