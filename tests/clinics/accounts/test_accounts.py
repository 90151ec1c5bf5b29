"""Signing in for real: password, second factor, tries, ways back in. django-allauth does it; the words are ours."""

import base64
import hmac
import re
import time

import pytest
import time_machine
from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core import mail
from django.urls import reverse

from hipcare.clinics.accounts import posting
from tests.factories import PatientFactory, PhysioFactory
from tests.structure.world import client_of

PASSWORD = "plum kettle otter nine"  # for a made-up person
NOT_RIGHT = "Email address or password is not right"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock_stands():
    """No test falls over the end of a code's half minute."""
    with time_machine.travel(time.time(), tick=False):
        yield


@pytest.fixture
def priya():
    priya = PhysioFactory(email="priya@example.org")
    priya.set_password(PASSWORD)
    priya.save()
    return priya


def sign_in(client, email="priya@example.org", password=PASSWORD, **extra):
    return client.post(reverse("account_login"), {"login": email, "password": password} | extra)


def code_of(secret, at=None):
    """Return what an authenticator app shows, now or ``at`` another time (RFC 6238: 6 digits, 30 seconds, SHA-1)."""
    step = int(time.time() if at is None else at) // 30
    mac = hmac.digest(base64.b32decode(secret), step.to_bytes(8, "big"), "sha1")
    start = mac[-1] & 15
    return f"{(int.from_bytes(mac[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


def set_up_app(client):
    """Type the password once more, scan, type the code; return the secret that the app keeps."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'class="secret">(\w+)<', page)[1]
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    return secret


# password


def test_right_password_leads_home(client, priya):
    assert sign_in(client).url == reverse("home")
    assert client.session["_auth_user_id"] == str(priya.pk)


def test_capitals_in_the_address_do_not_matter(client, priya):
    assert sign_in(client, email="Priya@Example.org").status_code == 302


def test_right_password_leads_to_where_one_wanted_to_go(client, priya):
    assert sign_in(client, next="/exercises/").url == "/exercises/"


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com/", "javascript:go()"])
def test_next_never_leads_off_the_site(client, priya, elsewhere):
    assert sign_in(client, next=elsewhere).url == reverse("home")


def test_next_that_is_no_address_is_no_error(client, priya):
    assert sign_in(client, next="left").status_code == 302


@pytest.mark.parametrize(("email", "password"), [("priya@example.org", "wrong"), ("nobody@example.org", PASSWORD)])
def test_any_wrong_pair_gets_the_same_answer(client, priya, email, password):
    page = sign_in(client, email=email, password=password)
    assert page.status_code == 200
    assert NOT_RIGHT in page.content.decode()
    assert "<title>Error: Sign in - HipCare</title>" in page.content.decode()
    assert "_auth_user_id" not in client.session


def test_address_is_kept_and_password_is_not(client, priya):
    page = sign_in(client, password="typed in vain").content.decode()
    assert 'value="priya@example.org"' in page
    assert "typed in vain" not in page


def test_sixth_try_is_stopped_even_with_the_right_password(client, priya):
    for _ in range(5):
        assert NOT_RIGHT in sign_in(client, password="wrong").content.decode()
    page = sign_in(client).content.decode()
    assert "Too many wrong tries. Wait five minutes, then try again" in page
    assert "_auth_user_id" not in client.session


def test_somebody_elses_wrong_tries_do_not_stop_me(client, priya):
    for _ in range(6):
        sign_in(client, email="other@example.org")
    assert sign_in(client).url == reverse("home")


@pytest.mark.parametrize("typed", ["\x00", "x" * 20_000, ""])
@pytest.mark.parametrize("field", ["login", "password"])
def test_odd_input_is_a_clear_error(client, priya, field, typed):
    page = sign_in(client, **{field: typed})
    assert page.status_code == 200
    assert "put right" in page.content.decode()


def test_closed_account_says_so(client, priya):
    priya.is_active = False
    priya.save()
    assert sign_in(client).url == reverse("account_inactive")
    assert "This account is closed" in client.get(reverse("account_inactive")).content.decode()
    assert "_auth_user_id" not in client.session


def test_patient_cannot_sign_in_by_password(client):
    patient = PatientFactory().user
    patient.set_password(PASSWORD)
    patient.save()
    assert NOT_RIGHT in sign_in(client, email="margaret@example.org").content.decode()


def test_signing_up_is_not_there_and_would_be_shut(client, rf):
    assert client.get("/accounts/signup/").status_code == 404
    assert get_adapter().is_open_for_signup(rf.get("/")) is False


def test_sign_in_page_asks_the_database_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(reverse("account_login"))


def test_session_ends_with_the_browser(client, priya):
    sign_in(client)
    assert client.cookies["session"]["max-age"] == ""


# signing out


def test_sign_out_needs_a_button(client, priya):
    client.force_login(priya, "hipcare.clinics.backends.StaffBackend")
    assert "Sign out?" in client.get(reverse("account_logout")).content.decode()
    assert client.post(reverse("account_logout")).url == reverse("account_login")
    assert "_auth_user_id" not in client.session


def test_patients_phone_cannot_be_signed_out_here():
    client = client_of(PatientFactory().user)
    assert client.post(reverse("account_logout")).status_code == 403
    assert "_auth_user_id" in client.session


# second factor


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


@pytest.fixture
def secret(client, priya):
    """Priya has an app, has signed out, and has typed her password again."""
    sign_in(client)
    secret = set_up_app(client)
    client.post(reverse("account_logout"))
    return secret


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


def signed_in_fully(client):
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


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


# a new password


@pytest.fixture
def posted(monkeypatch):
    """Have what is sent later sent at once, in this test's transaction; return whom a link was asked for."""
    asked = []

    def at_once(request, email):
        asked.append(email)
        posting.send_link(request, email)

    monkeypatch.setattr("hipcare.clinics.accounts.forms.send_link_later", at_once)
    return asked


def test_forgotten_password_is_replaced_through_the_mail(client, priya, posted, settings):
    answer = client.post(reverse("account_reset_password"), {"email": "priya@example.org"}, follow=True)
    assert "Look in your mail" in answer.content.decode()
    (message,) = mail.outbox
    assert message.subject == "Choose a new HipCare password"
    link = re.search(rf"{settings.SITE_URL}(\S+)", message.body)[1]
    form = client.get(link, follow=True)
    new = {"password1": "four wholly other words", "password2": "four wholly other words"}
    done = client.post(form.request["PATH_INFO"], new, follow=True)
    assert "Your password is changed" in done.content.decode()
    assert sign_in(client).status_code == 200
    assert sign_in(client, password=new["password1"]).status_code == 302


def test_unknown_address_gets_the_same_answer_and_no_mail(client, priya, posted):
    answer = client.post(reverse("account_reset_password"), {"email": "nobody@example.org"}, follow=True)
    assert "Look in your mail" in answer.content.decode()
    assert posted == ["nobody@example.org"]
    assert mail.outbox == []


@pytest.mark.parametrize("email", ["priya@example.org", "nobody@example.org"])
def test_nothing_is_looked_up_or_sent_before_the_answer(client, priya, monkeypatch, email, django_assert_num_queries):
    later = []
    monkeypatch.setattr("hipcare.clinics.accounts.forms.send_link_later", lambda _request, to: later.append(to))
    with django_assert_num_queries(0):
        answer = client.post(reverse("account_reset_password"), {"email": email})
    assert (answer.status_code, answer.url) == (302, reverse("account_reset_password_done"))
    assert later == [email]
    assert mail.outbox == []


def test_mail_server_that_is_away_leaves_neither_address_nor_link_in_the_log(
    client, priya, posted, monkeypatch, caplog
):
    def away(_message):
        raise ConnectionRefusedError("mail.example.org, for priya@example.org")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", away)
    answer = client.post(reverse("account_reset_password"), {"email": "priya@example.org"})
    assert answer.status_code == 302
    assert "ConnectionRefusedError" in caplog.text
    assert "priya" not in caplog.text
    assert "reset" not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_link_is_sent_on_a_thread_of_its_own(priya, rf):
    request = rf.get("/")
    posting.send_link_later(request, "priya@example.org").result(timeout=20)
    assert [message.to for message in mail.outbox] == [["priya@example.org"]]


def test_link_leads_to_the_port_people_type_whatever_the_proxy_says(client, priya, posted, settings):
    settings.SITE_URL = "https://hep.example.org:8443"
    client.post(reverse("account_reset_password"), {"email": priya.email})
    assert f"{settings.SITE_URL}/accounts/password/reset/key/" in mail.outbox[0].body


def test_server_without_mail_says_whom_to_ask(client, priya, posted, settings):
    settings.SENDS_MAIL = False
    page = client.get(reverse("account_reset_password")).content.decode()
    assert "This server sends no email, so there is no link. Ask your clinic lead" in page
    assert "<form" not in page
    answer = client.post(reverse("account_reset_password"), {"email": priya.email})
    assert (answer.status_code, mail.outbox) == (200, [])


def test_used_link_says_so(client):
    page = client.get(reverse("account_reset_password_from_key", args=["0", "set-password"])).content.decode()
    assert "This link does not work" in page


def test_password_is_changed_with_the_one_of_now(client, priya):
    sign_in(client)
    new = {"oldpassword": PASSWORD, "password1": "four wholly other words", "password2": "four wholly other words"}
    client.post(reverse("account_change_password"), new)
    priya.refresh_from_db()
    assert priya.check_password(new["password1"])


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"oldpassword": "wrong"}, "That is not the password you use now"),
        ({"password1": "short", "password2": "short"}, "too short"),
        ({"password2": "something else entirely"}, "same password"),
        ({"password1": ""}, "Enter a new password"),
    ],
)
def test_password_that_will_not_do_is_refused(client, priya, typed, words):
    sign_in(client)
    good = {"oldpassword": PASSWORD, "password1": "four wholly other words", "password2": "four wholly other words"}
    page = client.post(reverse("account_change_password"), good | typed)
    assert words in page.content.decode()
    priya.refresh_from_db()
    assert priya.check_password(PASSWORD)


def test_somebody_without_a_password_sets_one():
    lee = PhysioFactory()
    lee.set_unusable_password()
    lee.save()
    client = client_of(lee)
    assert client.get(reverse("account_change_password")).url == reverse("account_set_password")
    new = {"password1": "four wholly other words", "password2": "four wholly other words"}
    assert "Set a password" in client.get(reverse("account_set_password")).content.decode()
    client.post(reverse("account_set_password"), new)
    lee.refresh_from_db()
    assert lee.check_password(new["password1"])
