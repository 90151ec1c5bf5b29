"""Every setting, read from the environment (and ``.env``); a bad value stops the start with a sentence.

Sections follow Django's own documentation. ``LOCAL_RUN`` is the one switch between a computer of your own
(plain http, a key kept in ``var/``) and a clinic's server (https only, second factor, nothing assumed).
"""

import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from csp.constants import NONE, SELF
from environs import validate

from hipcare import environment, languages, setting_values, sqlite
from hipcare.environment import env, make_var_dir, read_or_stop, stop

sqlite.use_safe_sqlite()

BASE_DIR: Path = environment.BASE_DIR
VAR_DIR: Path = environment.VAR_DIR
LOCAL_RUN: bool = read_or_stop(env.bool, "LOCAL_RUN", default=False)


def secret_key() -> str:
    """Return ``SECRET_KEY``; on a local run without one, a key made once and kept in ``var/``."""
    key: str = read_or_stop(env.str, "SECRET_KEY", "")
    if key:
        if not LOCAL_RUN and len(key) < 50:
            raise stop("SECRET_KEY needs at least 50 characters. Make one with: openssl rand -base64 48")
        return key
    if not LOCAL_RUN:
        raise stop("set SECRET_KEY to at least 50 random characters. Make one with: openssl rand -base64 48")
    kept = VAR_DIR / "secret_key"
    if not kept.exists():
        make_var_dir()
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(48))
    return kept.read_text()


# Core

DEBUG: bool = read_or_stop(env.bool, "DEBUG", default=False)
SECRET_KEY = secret_key()
if DEBUG and not LOCAL_RUN:
    raise stop("DEBUG shows patients' data on error pages. It is for a local run (LOCAL_RUN=1) alone.")
_SCHEMES = {"http", "https"} if LOCAL_RUN else {"https"}
SITE_URL: str = read_or_stop(
    lambda name: setting_values.site_url(env(name, "") or (LOCAL_RUN * "http://127.0.0.1:8000"), _SCHEMES),
    "SITE_URL",
)
_LOCAL_HOSTS = ["127.0.0.1", "localhost", "[::1]"] if LOCAL_RUN else []
ALLOWED_HOSTS: list[str] = read_or_stop(
    lambda name: setting_values.host_names([setting_values.host_of(SITE_URL), *env.list(name, _LOCAL_HOSTS)]),
    "ALLOWED_HOSTS",
)
# Browsers name the port in ``Origin``; a proxy may leave it out of ``Host``.
CSRF_TRUSTED_ORIGINS = [SITE_URL]
HTTPS = urlsplit(SITE_URL).scheme == "https"
make_var_dir()
TRUSTED_PROXIES: int = read_or_stop(env.int, "TRUSTED_PROXIES", 0, validate=validate.Range(0, 9))

INSTALLED_APPS = [
    "hipcare.audit",
    "hipcare.clinics",
    "hipcare.operate",
    "exercises",
    "programmes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.forms",  # its widgets' templates, so that ours can take their place
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "crispy_forms",
    "crispy_bootstrap5",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "hipcare.headers.PrivacyHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "hipcare.patience.OneWaitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "hipcare.clinics.middleware.PersonMiddleware",
    "hipcare.access.SignInMiddleware",
    "hipcare.access.AudienceMiddleware",
    "hipcare.clinics.middleware.LanguageMiddleware",
    "hipcare.clinics.middleware.ClinicTimeMiddleware",
    "hipcare.clinics.middleware.DeviceUseMiddleware",
    "hipcare.clinics.views.pin_gate.PinMiddleware",
    "hipcare.clinics.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hipcare.errors.OnlyByButtonMiddleware",
]

ROOT_URLCONF = "hipcare.urls"
WSGI_APPLICATION = "hipcare.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TAGS = ("error_summary", "fragments", "icons", "localised", "phone_words", "staff_bar", "telephones")
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates", BASE_DIR / "programmes" / "handouts"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "hipcare.templatetags.icons",
                "hipcare.templatetags.localised",
            ],
            "libraries": {name: f"hipcare.templatetags.{name}" for name in TAGS},
        },
    },
]

# Database

DATABASE_URL: str = read_or_stop(env.str, "DATABASE_URL", f"sqlite:///{quote(str(VAR_DIR / 'hipcare.sqlite3'))}")
DATABASES: dict[str, dict[str, Any]] = {"default": dict(read_or_stop(env.dj_db_url, "DATABASE_URL", DATABASE_URL))}
_engine, _name = DATABASES["default"]["ENGINE"], str(DATABASES["default"]["NAME"])
read_or_stop(lambda _: setting_values.check_database(DATABASE_URL, _engine, _name), "DATABASE_URL")
DATABASES["default"]["CONN_MAX_AGE"] = None
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = sqlite.options()
    kept_in = Path(DATABASES["default"]["NAME"]).parent
    if not os.access(kept_in, os.W_OK | os.X_OK):
        raise stop(f"the database is to be in {kept_in}, where this user cannot write. See VAR_DIR and DATABASE_URL.")
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"].setdefault("OPTIONS", {})["connect_timeout"] = 2
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by all workers, so that sign-in limits count every try.
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
    },
    # Parts of pages tell of somebody's health: in this process's memory, never on a disk, gone when it ends.
    "fragments": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "fragments",
        "TIMEOUT": 24 * 60 * 60,
        "OPTIONS": {"MAX_ENTRIES": 3_000},
    },
    # Whole pages, some 25 to 70 kB each; for the same reason in memory alone.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": 60 * 60,
        "OPTIONS": {"MAX_ENTRIES": 300},
    },
}

# Email

MAIL: dict[str, Any] = read_or_stop(
    lambda name: setting_values.mail(env(name, "") or ("console://" if LOCAL_RUN else ""), local_run=LOCAL_RUN),
    "EMAIL_URL",
)
EMAIL_BACKEND: str = MAIL["EMAIL_BACKEND"]
EMAIL_HOST: str = MAIL["EMAIL_HOST"]
EMAIL_PORT: int = MAIL["EMAIL_PORT"]
EMAIL_HOST_USER: str = MAIL["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD: str = MAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS: bool = MAIL["EMAIL_USE_TLS"]
EMAIL_USE_SSL: bool = MAIL["EMAIL_USE_SSL"]
SENDS_MAIL = not EMAIL_BACKEND.endswith(".dummy.EmailBackend")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL: str = read_or_stop(env.str, "FROM_EMAIL", "") or f"hipcare@{urlsplit(SITE_URL).hostname}"

# Language and time: a patient reads in their own language (LanguageMiddleware), staff in English.
# Times are stored in UTC and shown in the clinic's zone (ClinicTimeMiddleware).

LANGUAGE_CODE = languages.ENGLISH
LOCALE_PATHS = [languages.LOCALE_DIR]
LANGUAGES = languages.languages_in(languages.LOCALE_DIR)
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_AGE = int(timedelta(days=365).total_seconds())
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"

# Security: the same everywhere, except what plain http on one's own computer cannot do.

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# Preloading binds the whole domain for years: the operator's choice, not a default.
SECURE_HSTS_PRELOAD: bool = read_or_stop(env.bool, "HSTS_PRELOAD", default=False)
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # the preload warning, for the reason above
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
SESSION_ENGINE = "hipcare.session_store"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# A message may name a patient ("Margaret Ellis is on your list."): kept on the server, never in a cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "hipcare.errors.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
if HTTPS:
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["upgrade-insecure-requests"] = True  # type: ignore[assignment]

# Sign-in

AUTH_USER_MODEL = "clinics.User"
AUTHENTICATION_BACKENDS = ["hipcare.clinics.backends.StaffBackend", "hipcare.clinics.backends.DeviceBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["name", "email"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "hipcare.clinics.adapters.StaffAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # a clinic lead makes the accounts
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to whatever address somebody types
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "login": "hipcare.clinics.accounts.forms.SignInForm",
    "reauthenticate": "hipcare.clinics.accounts.forms.ConfirmPasswordForm",
    "change_password": "hipcare.clinics.accounts.forms.ChangePasswordForm",
    "set_password": "hipcare.clinics.accounts.forms.SetPasswordForm",
    "reset_password": "hipcare.clinics.accounts.forms.ForgottenPasswordForm",
    "reset_password_from_key": "hipcare.clinics.accounts.forms.NewPasswordForm",
}
MFA_ADAPTER = "hipcare.clinics.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "hipcare.clinics.accounts.forms.SecondFactorForm",
    "reauthenticate": "hipcare.clinics.accounts.forms.ConfirmCodeForm",
    "activate_totp": "hipcare.clinics.accounts.forms.AuthenticatorAppForm",
    "add_webauthn": "hipcare.clinics.accounts.forms.NewKeyForm",
    "edit_webauthn": "hipcare.clinics.accounts.forms.KeyNameForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are given by the clinic lead, not claimed
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL_RUN
MFA_TOTP_ISSUER = "HipCare"
MFA_TOTP_TOLERANCE = 1  # a step either side, for a phone's clock and a slow hand; each code once (SecondFactorForm)
STAFF_SECOND_FACTOR: bool = read_or_stop(env.bool, "STAFF_SECOND_FACTOR", not LOCAL_RUN)

# Static files

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "hipcare" / "static"]
STORAGES = {
    "staticfiles": {"BACKEND": "hipcare.stylesheets.StaticStorage"},
}

# Pictures that are drawn when they are first asked for, kept by the hash of what they are drawn from

FIGURES_DIR = VAR_DIR / "figures"

# Forms

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# Handouts: below gunicorn's own patience with a worker.

HANDOUT_SECONDS: int = read_or_stop(env.int, "HANDOUT_SECONDS", 15, validate=validate.Range(1, 50))

# Logs: what happened and when, on standard error; never what a person typed.

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"refused_in_a_line": {"()": "hipcare.errors.RefusedInALine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "hipcare": {"level": "INFO"},
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # Anybody can cause these; a line says enough, and what really broke keeps its traceback.
        "django.request": {"filters": ["refused_in_a_line"]},
        "django.security.DisallowedHost": {"filters": ["refused_in_a_line"]},
    },
}
