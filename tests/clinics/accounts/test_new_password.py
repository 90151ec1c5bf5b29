"""A forgotten password, and one that is changed."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from hipcare.clinics.accounts import posting
from tests.clinics.accounts.signing_in import PASSWORD, sign_in
from tests.factories import PhysioFactory
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db


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
