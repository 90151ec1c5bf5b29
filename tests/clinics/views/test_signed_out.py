"""Who was signed out meanwhile comes back to the page they were on, and is told what was not saved."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import PatientFactory
from tests.programmes.drafts import HTMX, draft_of, form_of, url

pytestmark = pytest.mark.django_db
ROW_POSTS = [
    ("draft_remove", ()),
    ("draft_put_back", ()),
    ("draft_swap", ()),
    ("draft_legs", ("apart",)),
    ("draft_move", ("up",)),
]
BUILDER_POSTS = ["draft_save", "draft_template", "draft_add", "draft_discard", "draft_give"]


def asked(answer):
    """Return where the sign-in page leads afterwards, and what it says was lost."""
    found = parse_qs(urlsplit(answer.url).query)
    assert urlsplit(answer.url).path == reverse("account_login")
    return found["next"][0], found.get("lost", [""])[0]


@pytest.mark.parametrize("headers", [HTMX, {}])
@pytest.mark.parametrize("name", BUILDER_POSTS)
def test_every_button_of_the_builder_leads_back_to_the_builder(client, name, headers):
    draft = draft_of(None, "Bridge")
    answer = client.post(url(name, draft), form_of(draft, {"goal": "Climb"}), headers=headers)
    assert asked(answer) == (url("builder", draft), "words")
    assert "Climb" not in answer.url


@pytest.mark.parametrize(
    "more",
    [
        ("draft_remove", ()),
        ("draft_put_back", ()),
        ("draft_swap", ()),
        ("draft_legs", ("apart",)),
        ("draft_move", ("up",)),
    ],
)
def test_so_do_the_buttons_of_a_row(client, more):
    draft = draft_of(None, "Bridge")
    address = url(more[0], draft, draft.prescriptions.get().pk, *more[1])
    assert asked(client.post(address, form_of(draft)))[0] == url("builder", draft)


def test_any_other_form_leads_back_to_the_page_it_was_sent_from(client):
    patient = PatientFactory()
    address = reverse("patient_edit", args=[patient.pk])
    answer = client.post(address, {"first_name": "Ada"}, headers={"Referer": f"http://testserver{address}?next=/"})
    assert asked(answer) == (f"{address}?next=/", "words")


@pytest.mark.parametrize("told", ["", "https://elsewhere.example/x", "javascript:alert(1)", "//elsewhere.example"])
def test_where_nobody_can_say_it_leads_to_the_start(client, told):
    answer = client.post(reverse("patient_edit", args=[PatientFactory().pk]), {"a": "b"}, headers={"Referer": told})
    assert asked(answer) == (reverse("home"), "words")


def test_a_button_alone_has_lost_no_words(client):
    answer = client.post(reverse("programmes:draft_open", args=[PatientFactory().pk]), {"csrfmiddlewaretoken": "x"})
    assert asked(answer) == (reverse("home"), "")


def test_a_page_that_was_only_opened_leads_back_to_itself(client):
    draft = draft_of(None, "Bridge")
    assert asked(client.get(url("builder", draft))) == (url("builder", draft), "")


def test_the_sign_in_page_says_what_was_not_saved(client):
    page = client.get(reverse("account_login") + "?next=/&lost=words").content.decode()
    assert "You were signed out before this was saved. What you typed on that page was not saved." in page
    assert "not saved" not in client.get(reverse("account_login")).content.decode()


def test_a_script_whose_token_is_too_old_gets_the_one_of_now():
    client = Client(enforce_csrf_checks=True)
    draft = draft_of(None, "Bridge")
    client.force_login(draft.patient.physiotherapist, backend="hipcare.clinics.backends.StaffBackend")
    plain = client.post(url("draft_save", draft), form_of(draft))
    assert plain.status_code == 403
    assert "HC-Token" not in plain
    refused = client.post(url("draft_save", draft), form_of(draft), headers=HTMX)
    assert refused.status_code == 403
    sent = form_of(draft, {"csrfmiddlewaretoken": refused["HC-Token"], "goal": "Climb"})
    assert client.post(url("draft_save", draft), sent, headers=HTMX).status_code == 200
    draft.refresh_from_db()
    assert draft.goal == "Climb"
