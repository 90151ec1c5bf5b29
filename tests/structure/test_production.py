"""The real settings in a process of their own: strict, and safe without being asked."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "SECRET_KEY": "a-key-for-this-test-only-" + "k3Yp" * 12,
    "SITE_URL": "https://hep.example.org",
    "ENV_FILE": os.devnull,
}


def start(tmp_path, *command, **environment):
    """Run ``manage.py`` with nothing set but ``environment``."""
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        check=False,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path / "var"), **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def start_gunicorn(tmp_path, *options, **environment):
    """Run gunicorn as a clinic's server does, with nothing set but ``environment``."""
    return subprocess.run(
        [sys.executable, "-m", "gunicorn", *options, "--config", "hipcare/gunicorn.py", "hipcare.wsgi"],
        cwd=ROOT,
        check=False,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path / "var"), **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def in_python(tmp_path, program, **environment):
    """Return what ``program`` prints in a fresh process with the settings of ``environment``."""
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        check=False,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "hipcare.settings",
            "VAR_DIR": str(tmp_path / "var"),
            "ENV_FILE": os.devnull,
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


def read_settings(tmp_path, *names, **environment):
    """Return the values of the settings ``names`` as a fresh process has them."""
    asked = f"import json; from django.conf import settings as s; print(json.dumps([getattr(s, n) for n in {names}]))"
    return json.loads(in_python(tmp_path, asked, **environment))


def test_deployment_check_is_clean(tmp_path):
    run = start(tmp_path, "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert run.returncode == 0, run.stderr
    assert "no issues" in run.stdout


def test_cookies_are_kept_to_https_and_from_scripts(tmp_path):
    names = [
        "SESSION_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        "SESSION_COOKIE_HTTPONLY",
        "SESSION_COOKIE_SAMESITE",
        "CSRF_COOKIE_NAME",
        "CSRF_COOKIE_SECURE",
        "CSRF_COOKIE_HTTPONLY",
        "CSRF_COOKIE_SAMESITE",
    ]
    found = read_settings(tmp_path, *names, **PRODUCTION)
    assert found == ["__Host-session", True, True, "Lax", "__Host-csrf", True, True, "Lax"]


def test_production_asks_for_https_and_a_second_factor(tmp_path):
    names = [
        "DEBUG",
        "STAFF_SECOND_FACTOR",
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS",
        "ALLOWED_HOSTS",
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN",
    ]
    found = read_settings(tmp_path, *names, **PRODUCTION)
    assert found == [False, True, True, 63_072_000, ["hep.example.org"], False]


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("DEBUG", "maybe"),
        ("LOCAL_RUN", "perhaps"),
        ("SITE_URL", "http://hep.example.org"),
        ("SITE_URL", "hep.example.org"),
        ("SITE_URL", ""),
        ("SITE_URL", "https://example.org/hep"),
        ("SITE_URL", "https://example.org:port"),
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "hep.example.org, *"),
        ("ALLOWED_HOSTS", "hep.example.org:8443"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "mongo://db"),
        ("TRUSTED_PROXIES", "one"),
        ("TRUSTED_PROXIES", "-1"),
        ("TRUSTED_PROXY", "1"),
        ("DJANGO_DEBUG", "true"),
        ("DEBUG", "true"),
        ("ENV_FILE", "/no/such/file.env"),
        ("STAFF_SECOND_FACTOR", "sometimes"),
        ("EMAIL_URL", "pigeon://loft"),
        ("EMAIL_URL", "console://"),
        ("EMAIL_URL", "smtps://user:password@mail.example.org:587"),
        ("EMAIL_URL", "smtp+tls://user:password@mail.example.org"),
        ("VAR_DIR", "/dev/null/var"),
        ("DATABASE_URL", "sqlite:////no/such/folder/hipcare.sqlite3"),
        ("DATABASE_URL", "sqlite:///hipcare.sqlite3"),
        ("DATABASE_URL", "sqlite://:memory:"),
        ("DATABASE_URL", "postgresql://user:password@db.example"),
        ("DATABASE_URL", "mysql://user:password@db.example/hipcare"),
        ("DATABASE_URL", "postgres:/user:password@db.example"),
        ("HANDOUT_SECONDS", "0"),
        ("HANDOUT_SECONDS", "90"),
        ("HANDOUT_SECONDS", "soon"),
    ],
)
def test_a_bad_setting_stops_the_start_with_one_sentence(tmp_path, setting, value):
    run = start(tmp_path, "check", **{**PRODUCTION, setting: value})
    assert run.returncode == 1
    lines = run.stderr.strip().splitlines()
    assert len(lines) == 1, run.stderr
    assert lines[0].startswith("HipCare cannot start: ")
    assert setting in lines[0]
    assert PRODUCTION["SECRET_KEY"] not in run.stderr


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("WORKERS", "x"),
        ("WORKERS", "0"),
        ("PORT", "eight"),
        ("PORT", "65536"),
        ("BIND", "nonsense"),
        ("BIND", "127.0.0.1:99999"),
        ("BIND", "no host.example:8000"),
        ("GUNICORN_LOG_LEVEL", "loud"),
    ],
)
def test_a_bad_setting_stops_gunicorn_with_one_sentence(tmp_path, setting, value):
    run = start_gunicorn(tmp_path, "--check-config", **{**PRODUCTION, setting: value})
    assert run.returncode == 1
    lines = run.stderr.strip().splitlines()
    assert len(lines) == 1, run.stderr
    assert lines[0].startswith(f"HipCare cannot start: the setting {setting} is not right. ")


@pytest.mark.parametrize(("setting", "value"), [("SITE_URL", "https://example.org/hep"), ("SECRET_KEY", "short")])
def test_a_bad_setting_of_the_site_ends_the_server_and_not_one_worker_after_another(tmp_path, setting, value):
    run = start_gunicorn(tmp_path, **{**PRODUCTION, "BIND": f"unix:{tmp_path}/socket", setting: value})
    assert run.returncode == 1
    assert run.stderr.strip().splitlines()[-1].startswith("HipCare cannot start: ")
    assert "Booting worker" not in run.stderr


@pytest.mark.parametrize("line", ["TRUSTED_PROXIES 1", "STAFF_SECOND_FACTOR", "= 1"])
def test_a_line_that_is_no_setting_stops_the_start(tmp_path, line):
    (tmp_path / "settings.env").write_text(f"# ours\n\nHSTS_PRELOAD=yes\n{line}\n")
    run = start(tmp_path, "check", **{**PRODUCTION, "ENV_FILE": str(tmp_path / "settings.env")})
    assert run.returncode == 1
    assert run.stderr.startswith("HipCare cannot start: line 4 of ")


@pytest.mark.parametrize(
    "value", ["0.0.0.0:8000", "[::1]:8000", "localhost:8000", "unix:/run/hipcare/socket", "fd://3"]
)
def test_gunicorn_listens_where_it_is_told(tmp_path, value):
    file = tmp_path / "settings"
    file.write_text(f"BIND={value}\nWORKERS=3\n")
    run = start_gunicorn(tmp_path, "--print-config", **{**PRODUCTION, "ENV_FILE": str(file)})
    assert run.returncode == 0, run.stderr
    said = dict(line.split("=", 1) for line in run.stdout.replace(" ", "").splitlines() if "=" in line)
    assert (said["bind"], said["workers"]) == (f"['{value}']", "3")


@pytest.mark.parametrize(
    "url", ["submission://me:secret@mail.example.org:587", "submission://me:secret@mail.example.org"]
)
def test_mail_goes_out_encrypted_as_the_readme_says(tmp_path, url):
    names = ["EMAIL_HOST", "EMAIL_PORT", "EMAIL_USE_TLS", "EMAIL_HOST_PASSWORD"]
    found = read_settings(tmp_path, *names, **PRODUCTION, EMAIL_URL=url, PYTHONWARNINGS="error::UserWarning")
    assert found == ["mail.example.org", 587, True, "secret"]


def test_without_a_mail_server_nothing_is_sent_and_nothing_printed(tmp_path):
    found = read_settings(tmp_path, "EMAIL_BACKEND", "SENDS_MAIL", **PRODUCTION)
    assert found == ["django.core.mail.backends.dummy.EmailBackend", False]


def test_hosts_are_read_whole(tmp_path):
    lists = {"ALLOWED_HOSTS": "physio.example.org, HEP.example.org ,", "SITE_URL": "https://hüfte.example.org:8443"}
    found = read_settings(tmp_path, "ALLOWED_HOSTS", "SITE_URL", "CSRF_TRUSTED_ORIGINS", **PRODUCTION | lists)
    assert found == [
        ["xn--hfte-0ra.example.org", "physio.example.org", "hep.example.org"],
        "https://xn--hfte-0ra.example.org:8443",
        ["https://xn--hfte-0ra.example.org:8443"],
    ]


def test_a_folder_is_read_whole(tmp_path):
    home = {"HOME": str(tmp_path), "VAR_DIR": "~/of-hipcare"}
    asked = "from django.conf import settings; print(settings.STATIC_ROOT)"
    assert in_python(tmp_path, asked, **PRODUCTION | home) == str(tmp_path / "of-hipcare" / "static")


SIGN_IN = """
import django, re
from django.conf import settings
settings.STORAGES = {{"staticfiles": {{"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}}}
settings.CACHES = {{"default": {{"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}}}
django.setup()
from django.test import Client
host, origin = {host!r}, {origin!r}
client = Client(enforce_csrf_checks=True, headers={{"host": host}})
page = client.get("/accounts/login/", secure=True)
token = re.search(r'name="csrfmiddlewaretoken" value="(\\w+)"', page.content.decode())[1]
typed = {{"csrfmiddlewaretoken": token, "login": "", "password": ""}}
print(page.status_code, client.post("/accounts/login/", typed, secure=True, headers={{"origin": origin}}).status_code)
"""


@pytest.mark.parametrize(
    ("site_url", "host"),
    [
        ("https://hep.example.org:8443", "hep.example.org"),  # nginx: $host
        ("https://hep.example.org:8443", "hep.example.org:8443"),  # nginx: $http_host
        ("https://hep.example.org", "hep.example.org:443"),
        ("https://hep.example.org", "hep.example.org"),
        ("https://hüfte.example.org", "xn--hfte-0ra.example.org"),
    ],
)
def test_forms_are_taken_at_the_address_people_type(tmp_path, site_url, host):
    origin = site_url.replace("hüfte", "xn--hfte-0ra")
    run = in_python(tmp_path, SIGN_IN.format(host=host, origin=origin), **PRODUCTION | {"SITE_URL": site_url})
    assert run == "200 200"
    foreign = SIGN_IN.format(host=host, origin="https://hep.example.com")
    assert in_python(tmp_path, foreign, **PRODUCTION | {"SITE_URL": site_url}) == "200 403"


def test_a_new_var_is_for_nobody_else(tmp_path):
    run = start(tmp_path, "prepare", **PRODUCTION)
    assert run.returncode == 0, run.stderr
    var = tmp_path / "var"
    assert stat.S_IMODE(var.stat().st_mode) == 0o700
    written = [path for path in var.rglob("*") if path.parent == var]
    assert {path.name for path in written} >= {"hipcare.sqlite3", "static"}
    assert [path for path in written if path.stat().st_mode & 0o077] == []


def test_a_missing_key_stops_production(tmp_path):
    run = start(tmp_path, "check", SITE_URL=PRODUCTION["SITE_URL"], ENV_FILE=os.devnull)
    assert run.returncode == 1
    assert run.stderr.startswith("HipCare cannot start: set SECRET_KEY")
    assert not (tmp_path / "var").exists()


def test_a_local_run_makes_its_own_key_once_and_keeps_it_private(tmp_path):
    first = read_settings(tmp_path, "SECRET_KEY", LOCAL_RUN="true")
    kept = tmp_path / "var" / "secret_key"
    assert first == [kept.read_text()]
    assert len(first[0]) >= 50
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert read_settings(tmp_path, "SECRET_KEY", LOCAL_RUN="true") == first


def test_debug_is_off_unless_asked_for(tmp_path):
    assert read_settings(tmp_path, "DEBUG", LOCAL_RUN="true") == [False]
    assert read_settings(tmp_path, "DEBUG", LOCAL_RUN="true", DEBUG="true") == [True]
