"""What a setting says, read whole: a value that could be half understood is put right, or refused with a sentence.

Pure: text in, values out. ``ValueError`` says what is wrong, without the value where it may hold a password.
"""

import difflib
import unicodedata
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

USUAL_PORTS = {"http": 80, "https": 443}
SUBMISSION, IMPLICIT_TLS = 587, 465
MAIL_EXAMPLE = "for example submission://user:password@mail.example.org:587"
LONG_ENOUGH = 6  # letters; a shorter name of ours is close to too many names of other programs
ALIKE = 0.85  # of difflib's 0 to 1: TRUSTED_PROXY is as like as that to TRUSTED_PROXIES


def ascii_host(host: str) -> str:
    """Return ``host`` as browsers send it: small letters, and xn-- for a label with other letters than English.

    By Punycode alone, as browsers do it today: Python's own "idna" would make "ss" of "ß".
    """
    labels = unicodedata.normalize("NFKC", host).lower().split(".")
    sent = ".".join(label if label.isascii() else f"xn--{label.encode('punycode').decode()}" for label in labels)
    if not sent.replace("xn--", "").strip(".") or not set(sent) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_.[]:"):
        raise ValueError(f"{host!r} is no host name.")
    return sent


def shown_host(netloc: str) -> str:
    """Return a host and its port as people read and type them: ``ascii_host`` undone."""
    return ".".join(
        label.removeprefix("xn--").encode().decode("punycode") if label.startswith("xn--") else label
        for label in netloc.split(".")
    )


def _split(said: str) -> SplitResult:
    try:
        parts = urlsplit(said.strip())
        is_port = parts.port != 0
    except ValueError:  # its words would hold what was typed, perhaps a password
        is_port = False
    if not is_port:
        raise ValueError("Host or port cannot be read. A /, ?, # or @ in a password is written %2F, %3F, %23 or %40.")
    return parts


def site_url(said: str, schemes: Collection[str]) -> str:
    """Return the address people type as browsers write it: scheme, host, and a port that is not the usual one."""
    parts = _split(said)
    if parts.scheme not in schemes or not parts.hostname:
        raise ValueError("Set it to the address people type, for example https://hep.example.org")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("HipCare has a host name of its own and no folder below one: nothing may follow the host.")
    if parts.username is not None:
        raise ValueError("It may hold no user name.")
    host = ascii_host(host_of(said.strip()))
    port = f":{parts.port}" if parts.port and parts.port != USUAL_PORTS[parts.scheme] else ""
    return f"{parts.scheme}://{host}{port}"


def host_of(url: str) -> str:
    host = urlsplit(url).hostname or ""
    return f"[{host}]" if ":" in host else host


def host_names(said: Iterable[str]) -> list[str]:
    names = [name.strip() for name in said if name.strip()]
    for name in names:
        if "*" in name:
            raise ValueError("It may not hold '*'. Name the host people type.")
        if "/" in name or (":" in name and not name.startswith("[")) or name.rpartition("]")[2].startswith(":"):
            raise ValueError(f"{name} is more than a host name: leave out https:// and the port.")
    return list(dict.fromkeys(map(ascii_host, names)))


def mail(said: str, *, local_run: bool) -> dict[str, Any]:
    """Return Django's settings for the mail server ``said``: "" for none, console:// to print mails on a local run."""
    if not said:
        return _no_server("dummy")
    if not said.startswith("console:"):
        return _mail_server(said)
    if not local_run:
        raise ValueError(
            "console:// would print the links for new passwords into the log. Leave it out: no mail is sent."
        )
    return _no_server("console")


def _no_server(backend: str) -> dict[str, Any]:
    named = dict.fromkeys(("EMAIL_HOST", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD"), "")
    tls = {"EMAIL_PORT": 0, "EMAIL_USE_SSL": False, "EMAIL_USE_TLS": False}
    return {"EMAIL_BACKEND": f"django.core.mail.backends.{backend}.EmailBackend", **named, **tls}


def _mail_server(said: str) -> dict[str, Any]:
    """Return Django's settings for a server.

    submission:// is encrypted after a greeting (port 587), or from the first byte on port 465; smtps:// from the first
    byte; smtp:// never, so no password may go there, save on this machine.
    """
    parts = _split(said)
    if parts.scheme not in {"submission", "submissions", "smtps", "smtp"} or not parts.hostname:
        raise ValueError(
            f"It has to start with submission:// or smtps:// (encrypted) or smtp:// and name a host, {MAIL_EXAMPLE}"
        )
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("Nothing may follow the port. A /, ? or # in the password is written %2F, %3F or %23.")
    from_the_first_byte = parts.scheme in {"smtps", "submissions"} or parts.port == IMPLICIT_TLS
    if from_the_first_byte and parts.port == SUBMISSION:
        raise ValueError("Port 587 does not speak TLS from the first byte: write submission://, or port 465.")
    encrypted = from_the_first_byte or parts.scheme == "submission"
    if parts.password and not encrypted and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise ValueError("smtp:// would send the password for all to read: write submission:// or smtps://.")
    usual = IMPLICIT_TLS if from_the_first_byte else SUBMISSION if encrypted else 25
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or usual,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": from_the_first_byte,
        "EMAIL_USE_TLS": encrypted and not from_the_first_byte,
    }


def check_database(said: str, engine: str, name: str) -> None:
    """Refuse a database that HipCare does not speak to, that has no name, or that would be elsewhere tomorrow."""
    kind = engine.rpartition(".")[2]
    if "://" not in said or kind not in {"sqlite3", "postgresql"}:
        raise ValueError("It is PostgreSQL or SQLite: postgresql://user:password@host/name or sqlite:////whole/path")
    if not name:
        raise ValueError("It names no database: postgresql://user:password@host/name")
    if kind == "sqlite3" and (name.startswith((":memory:", "file:")) or not Path(name).is_absolute()):
        raise ValueError("An SQLite database is a file with its whole path: sqlite:////srv/hipcare/var/hipcare.sqlite3")


def misspelt(names: Iterable[str], in_the_file: Collection[str], ours: Collection[str]) -> tuple[str, str] | None:
    """Return the first of ``names`` that is nearly one of ``ours``, and that one; None where there is none.

    A name that is set rightly too is no riddle. Short names are looked for ``in_the_file`` alone, which is ours;
    the environment is everybody's.
    """
    every = set(names) | set(in_the_file)
    missing = [name for name in ours if name not in every]
    for name in sorted(every - set(ours)):
        bare = name.upper().removeprefix("HIPCARE_").removeprefix("DJANGO_")
        close = difflib.get_close_matches(bare, missing, n=1, cutoff=ALIKE)
        is_for_us = name in in_the_file or bare != name.upper()
        if close and (is_for_us or len(close[0]) >= LONG_ENOUGH):
            return name, close[0]
    return None
