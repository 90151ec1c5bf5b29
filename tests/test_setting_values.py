"""Settings that could be half understood: each is right, or refused with a sentence."""

import pytest

from hipcare import environment, setting_values
from tests.test_readme import settings_read

HTTPS = {"https"}


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("https://hep.example.org", "https://hep.example.org"),
        (" https://hep.example.org/ ", "https://hep.example.org"),
        ("https://HEP.Example.org", "https://hep.example.org"),
        ("https://hep.example.org:8443", "https://hep.example.org:8443"),
        ("https://hep.example.org:443", "https://hep.example.org"),
        ("https://hüfte.example.org", "https://xn--hfte-0ra.example.org"),
        ("https://Hüfte.example.org:8443", "https://xn--hfte-0ra.example.org:8443"),
        ("https://hu\u0308fte.example.org", "https://xn--hfte-0ra.example.org"),
        ("https://straße.example.org", "https://xn--strae-oqa.example.org"),
        ("https://xn--hfte-0ra.example.org", "https://xn--hfte-0ra.example.org"),
        ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443"),
    ],
)
def test_site_url_is_as_browsers_write_it(said, read):
    assert setting_values.site_url(said, HTTPS) == read


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("", "Set it to the address people type"),
        ("hep.example.org", "Set it to the address people type"),
        ("http://hep.example.org", "Set it to the address people type"),
        ("https://example.org/hep", "nothing may follow the host"),
        ("https://example.org/hep/", "nothing may follow the host"),
        ("https://example.org?clinic=1", "nothing may follow the host"),
        ("https://me@example.org", "no user name"),
        ("https://example.org:port", "port cannot be read"),
        ("https://example.org:0", "port cannot be read"),
        ("https://example.org:70000", "port cannot be read"),
        ("https://two words.org", "is no host name"),
        ("https://...", "is no host name"),
    ],
)
def test_site_url_that_is_none_is_refused(said, why):
    with pytest.raises(ValueError, match=why):
        setting_values.site_url(said, HTTPS)


def test_hosts_may_have_spaces_between_them_and_any_letters():
    said = [
        "hep.example.org",
        " physio.example.org ",
        "",
        "HÜFTE.example.org",
        ".example.net",
        "[::1]",
        "hep.example.org",
    ]
    assert setting_values.host_names(said) == [
        "hep.example.org",
        "physio.example.org",
        "xn--hfte-0ra.example.org",
        ".example.net",
        "[::1]",
    ]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("*", "may not hold"),
        ("*.example.org", "may not hold"),
        ("https://hep.example.org", "leave out https:// and the port"),
        ("hep.example.org:8443", "leave out https:// and the port"),
        ("hep.example.org/hep", "leave out https:// and the port"),
        ("[::1]:8000", "leave out https:// and the port"),
        ("two words", "is no host name"),
    ],
)
def test_what_is_no_host_is_refused(said, why):
    with pytest.raises(ValueError, match=why):
        setting_values.host_names(["hep.example.org", said])


def test_people_read_the_letters_they_type():
    assert setting_values.shown_host("xn--hfte-0ra.example.org:8443") == "hüfte.example.org:8443"
    assert setting_values.shown_host("hep.example.org") == "hep.example.org"


@pytest.mark.parametrize(
    ("said", "port", "ssl", "tls"),
    [
        ("submission://me:se%2Fcret@mail.example.org", 587, False, True),
        ("submission://me:se%2Fcret@mail.example.org:587", 587, False, True),
        ("submission://me:se%2Fcret@mail.example.org:465", 465, True, False),
        ("submissions://me:se%2Fcret@mail.example.org", 465, True, False),
        ("smtps://me:se%2Fcret@mail.example.org", 465, True, False),
        ("smtps://me:se%2Fcret@mail.example.org:2465", 2465, True, False),
        ("smtp://me:se%2Fcret@mail.example.org:465", 465, True, False),
        ("smtp://me:se%2Fcret@localhost", 25, False, False),
    ],
)
def test_mail_speaks_tls_as_the_port_does(said, port, ssl, tls):
    read = setting_values.mail(said, local_run=False)
    assert (read["EMAIL_PORT"], read["EMAIL_USE_SSL"], read["EMAIL_USE_TLS"]) == (port, ssl, tls)
    assert (read["EMAIL_HOST_USER"], read["EMAIL_HOST_PASSWORD"]) == ("me", "se/cret")
    assert read["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("pigeon://loft", "has to start with submission://"),
        ("mail.example.org", "has to start with submission://"),
        ("submission://", "name a host"),
        ("smtps://me:secret@mail.example.org:587", "Port 587 does not speak TLS"),
        ("smtp://me:secret@mail.example.org:587", "for all to read"),
        ("submission://me:secret@mail.example.org?tls=1", "Nothing may follow the port"),
        ("submission://me:sec/ret@mail.example.org", "cannot be read"),
        ("submission://me:sec#ret@mail.example.org", "cannot be read"),
        ("console://", "would print the links"),
    ],
)
def test_mail_that_would_not_go_or_not_be_safe_is_refused_and_no_password_shown(said, why):
    with pytest.raises(ValueError, match=why) as caught:
        setting_values.mail(said, local_run=False)
    assert "sec" not in str(caught.value)


def test_no_mail_server_is_no_mail_and_never_a_print():
    assert setting_values.mail("", local_run=False)["EMAIL_BACKEND"] == "django.core.mail.backends.dummy.EmailBackend"
    printed = setting_values.mail("console://", local_run=True)
    assert printed["EMAIL_BACKEND"] == "django.core.mail.backends.console.EmailBackend"


@pytest.mark.parametrize(
    ("said", "engine", "name", "why"),
    [
        ("sqlite://:memory:", "sqlite3", ":memory:", "a file with its whole path"),
        ("sqlite:///var/hipcare.sqlite3", "sqlite3", "var/hipcare.sqlite3", "a file with its whole path"),
        ("sqlite:///file:x?mode=memory", "sqlite3", "file:x", "a file with its whole path"),
        ("postgresql://me:secret@db.example", "postgresql", "", "names no database"),
        ("mysql://me:secret@db.example/hipcare", "mysql", "hipcare", "is PostgreSQL or SQLite"),
        ("postgres:/me:secret@db.example", "postgresql", "me:secret@db.example", "is PostgreSQL or SQLite"),
    ],
)
def test_a_database_that_is_none_or_elsewhere_tomorrow_is_refused(said, engine, name, why):
    with pytest.raises(ValueError, match=why) as caught:
        setting_values.check_database(said, f"django.db.backends.{engine}", name)
    assert "secret" not in str(caught.value)


def misspelt(in_the_file=(), **environment):
    """Return what is nearly one of ours in an environment, or in the file of settings."""
    return setting_values.misspelt([*environment, *in_the_file], in_the_file, environment_names())


def environment_names():
    """Return the names of our settings."""
    return environment.NAMES


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("TRUSTED_PROXY", "TRUSTED_PROXIES"),
        ("ALLOWED_HOST", "ALLOWED_HOSTS"),
        ("DATABASE_URI", "DATABASE_URL"),
        ("SITE_URI", "SITE_URL"),
        ("MAIL_URL", "EMAIL_URL"),
        ("site_url", "SITE_URL"),
        ("HIPCARE_SITE_URL", "SITE_URL"),
        ("DJANGO_SECRET_KEY", "SECRET_KEY"),
        ("VARDIR", "VAR_DIR"),
        ("STAFF_SECONDFACTOR", "STAFF_SECOND_FACTOR"),
    ],
)
def test_a_name_that_is_nearly_ours_is_named(typed, meant):
    assert misspelt(**{typed: "1"}) == (typed, meant)
    assert misspelt([typed]) == (typed, meant)


def test_short_names_are_ours_only_in_our_own_file():
    assert misspelt(BIN="/opt/bin", PORTS="8000", DEBUGS="1") is None
    assert misspelt(["PORTS"]) == ("PORTS", "PORT")


def test_other_programs_names_and_what_is_set_rightly_are_no_riddle():
    others = ("PATH", "HOME", "LANG", "TEST_DATABASE_URL", "BASE_URL", "EMAIL_HOST", "REPORT", "SECRET_TOKEN", "USER")
    assert misspelt(others, **dict.fromkeys(others, "")) is None
    assert misspelt(SITE_URLS="x", SITE_URL="https://hep.example.org") is None


def test_our_names_are_those_we_read():
    assert set(environment.NAMES) == settings_read()
