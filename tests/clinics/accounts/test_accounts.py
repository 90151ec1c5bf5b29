"""Signing in for real, by password, and out again. django-allauth does it; the words are ours."""

import pytest
from allauth.account.adapter import get_adapter
from django.urls import reverse

from tests.clinics.accounts.signing_in import PASSWORD, sign_in
from tests.factories import PatientFactory
from tests.structure.world import client_of

NOT_RIGHT = "Email address or password is not right"
pytestmark = pytest.mark.django_db


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
