"""What is read from a request besides its form: the network address and the device's time zone."""

import pytest
from allauth.account.adapter import get_adapter
from django.test import RequestFactory
from django.urls import reverse

from hipcare.http import client_address, device_name, device_zone


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "", "192.0.2.1"),
        (0, "203.0.113.7", "192.0.2.1"),  # nobody we trust said so
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "10.0.0.1, 203.0.113.7", "203.0.113.7"),  # the left one is only claimed
        (2, "10.0.0.1, 203.0.113.7, 198.51.100.2", "203.0.113.7"),
        (2, "203.0.113.7", "192.0.2.1"),  # came past one of the proxies
        (1, " , ", "192.0.2.1"),
        (1, "203.0.113.7:50123", "203.0.113.7"),  # a new port with each request is no new network
        (1, "[2001:db8::7]:50123", "2001:db8::7"),
        (1, "[2001:db8::7]", "2001:db8::7"),
        (1, "2001:db8::7", "2001:db8::7"),
        (1, "unix:", "unix:"),
    ],
)
def test_client_address_is_what_a_trusted_proxy_saw(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", headers={"x-forwarded-for": forwarded})

    assert client_address(request) == address
    assert get_adapter(request).get_client_ip(request) == address  # one truth: sign-in counts its tries by the same


def test_who_comes_past_a_proxy_or_by_a_socket_can_sign_in(client, db, settings):
    settings.TRUSTED_PROXIES = 2
    form = {"login": "priya@example.org", "password": "not the right one"}
    for where in ({"HTTP_X_FORWARDED_FOR": "203.0.113.7"}, {"REMOTE_ADDR": ""}):
        assert client.post(reverse("account_login"), form, **where).status_code == 200


@pytest.mark.parametrize("said", ["", "Mars/Olympus", "../../etc/passwd", "/etc/passwd", "Europe", "\x01", "x" * 9000])
def test_nonsense_is_no_time_zone(said):
    request = RequestFactory().get("/")
    request.COOKIES["zone"] = said

    assert device_zone(request) is None


def test_the_device_says_its_time_zone():
    request = RequestFactory().get("/")
    assert device_zone(request) is None
    request.COOKIES["zone"] = "Australia/Sydney"
    assert str(device_zone(request)) == "Australia/Sydney"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36", "Phone, Chrome"),
        ("Mozilla/5.0 (Linux; Android 13; SM-X200) AppleWebKit/537.36 SamsungBrowser/23.0 Chrome/115.0 Safari/537.36",
         "Tablet, Samsung Internet"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1",
         "iPhone, Safari"),
        ("Mozilla/5.0 (iPad; CPU OS 16_7 like Mac OS X) CriOS/120.0 Mobile/15E148 Safari/604.1", "iPad, Chrome"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131.0 Safari/537.36 Edg/131.0", "Computer, Edge"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0", "Computer, Firefox"),
        ("curl/8", "Computer"),
        ("", "Computer"),
    ],
)  # fmt: skip
def test_a_device_is_named_in_plain_words(user_agent, name):
    assert device_name(RequestFactory().get("/", headers={"user-agent": user_agent})) == name
