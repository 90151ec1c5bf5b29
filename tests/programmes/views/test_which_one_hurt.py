"""Which exercise hurt: asked beside pain, kept with the session, read by staff; nothing follows from it."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from programmes.models import Session, SessionRevision
from tests.factories import SessionFactory, given_version
from tests.programmes.views.test_session_pages import SAVE, said
from tests.stamps import stamp_on
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return given_version(exercises=3, weekdays="0123456")


@pytest.fixture
def client(version):
    return client_of(version.patient.user)


def staff_page(version):
    return client_of(version.given_by).get(f"/patients/{version.patient.pk}/").text


def test_it_is_kept_and_read_back_by_name(client, version):
    second = list(version.prescriptions.all())[1]
    text = client.post(SAVE, said(version, pain="7", hurt="2"), follow=True).text
    assert Session.objects.get().hurt == 2
    assert f"<dt>Which one hurt</dt><dd>{second.name}</dd>" in text
    assert f"Hurt: {second.name}" in staff_page(version)


def test_it_is_optional_and_then_nowhere_said(client, version):
    text = client.post(SAVE, said(version, pain="7", hurt=""), follow=True).text
    assert Session.objects.get().hurt is None
    assert "Which one hurt" not in text
    assert "Hurt:" not in staff_page(version)


def test_it_alone_is_something_said(client, version):
    client.post(SAVE, said(version, done=[], pain="", effort="", note="", hurt="1"))
    assert Session.objects.get().hurt == 1


@pytest.mark.parametrize(("hurt", "status"), [("0", 422), ("13", 422), ("Bridge", 422), ("4", 404)])
def test_one_that_the_plan_does_not_have_saves_nothing(client, version, hurt, status):
    assert client.post(SAVE, said(version, pain="7", hurt=hurt)).status_code == status
    assert not Session.objects.exists()


def test_refused_page_keeps_it(client, version):
    text = client.post(SAVE, said(version, hurt="2", effort="impossible")).text
    assert re.search(r'name="hurt"[^>]*value="2" checked', text)


def test_it_can_be_put_right_and_what_was_said_stays(client, version):
    session = SessionFactory(version=version, pain=7, hurt=1)
    address = f"/sessions/{session.pk}/change/"
    page = client.get(address).text
    assert re.search(r'name="hurt"[^>]*value="1" checked', page)
    client.post(address, {"pain": "7", "hurt": "3", "note": "", "effort": "", "day": "", "stamp": stamp_on(page)})
    session.refresh_from_db()
    assert session.hurt == 3
    assert SessionRevision.objects.get().was["hurt"] == 1


def test_what_comes_too_late_names_it_too(client, version):
    session = SessionFactory(version=version, pain=7)
    page = client.get(f"/sessions/{session.pk}/change/").text
    Session.objects.update(received_at=timezone.now() - dt.timedelta(days=3))
    third = list(version.prescriptions.all())[2]
    client.post(f"/sessions/{session.pk}/change/", {"pain": "8", "hurt": "3", "stamp": stamp_on(page)})
    assert f"pain 8, hurt: {third.name}" in staff_page(version)


def test_numbers_say_where_they_stand_and_which_lie_above_the_patients_own_limit(client, version):
    radios = re.findall(r'name="pain"[^>]*aria-label="([^"]+)"( data-hc-above)?', client.get("/today/").text)
    assert [words for words, _above in radios][:2] == ["0, no pain", "1 out of 10"]
    assert radios[-1][0] == "10, worst pain you can imagine"
    assert [bool(above) for _words, above in radios] == [False] * 6 + [True] * 5


def test_guide_stands_whole_below_the_numbers_before_anything_else_is_asked(client, version):
    text = client.get("/today/").text
    guide = text.index("What the numbers mean, for everyone")
    assert text.index('value="10"') < guide < text.index("Which one hurt?") < text.index("How hard was it?")
    assert text.count('class="guide"') == 1
    assert all(f">{band}</b>" in text for band in ("0–2", "3–5", "6–10"))
