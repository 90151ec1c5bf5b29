"""Bring a database of a release up to today and look round in it; prints what was found as JSON.

``test_upgrade.py`` runs it in a process of its own, with an empty database: ``python -m tests.releases upgrade 0.1.0``.
"""

import json
import re

from django.core.management import call_command
from django.db import connection

from hipcare.clinics.models import Device, User
from hipcare.operate import health
from programmes.handouts.archive import reprint_handout
from programmes.models import Handout, Prescription
from tests.releases import rows
from tests.structure.world import client_of

PAGES = 150  # for each visitor; beyond, it is the same pages again
EXERCISES = "exercises_exercise"
LINK = re.compile(r'href="(/[^"#]*)"')
NOT_A_PAGE = re.compile(r"^/(static|pictures|healthz|accounts/logout|accounts/2fa)")


def counts(tables):
    """Return how many rows each table has; a table that is not there has none."""
    here = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        found = {}
        for table in tables:
            if table in here:
                cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608 - a name of ours
                found[table] = cursor.fetchone()[0]
        return found


def ways(column):
    """Return the ways kept in ``column`` of each exercise, as JSON has them; {} where there is no such column."""
    with connection.cursor() as cursor:
        if column not in {one.name for one in connection.introspection.get_table_description(cursor, EXERCISES)}:
            return {}
        cursor.execute(f"SELECT slug, {column} FROM {EXERCISES} ORDER BY slug")  # noqa: S608 - names of ours
        return {slug: json.loads(kept) if isinstance(kept, str) else kept for slug, kept in cursor.fetchall()}


def offered():
    """Return, of each row pinned with the ways to make it easier mixed with others, what patients are offered now."""
    given = Prescription.objects.filter(version__number__isnull=False).select_related("version__programme__patient")
    return [row.easings for row in given if row.text.get("easier")]


def walk(user, start):
    """Follow every link from ``start`` as ``user``; return the status of each page."""
    client, seen, ahead = client_of(user), {}, list(start)
    client.raise_request_exception = False
    while ahead and len(seen) < PAGES:
        address = ahead.pop(0)
        if address in seen:
            continue
        answer = client.get(address)
        seen[address] = answer.status_code
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            links = [link.replace("&amp;", "&") for link in LINK.findall(answer.content.decode())]
            ahead += [link for link in links if link not in seen and not NOT_A_PAGE.match(link)]
    return seen


def reprinted():
    """Print every archived sheet again; return how many came, each the bytes that were kept."""
    every = list(Handout.objects.select_related("version__programme__patient__physiotherapist"))
    for handout in every:
        again = reprint_handout(handout=handout, by=handout.version.programme.patient.physiotherapist)
        assert bytes(again.pdf).startswith(b"%PDF-")
    return len(every)


def main(release):
    """Load, migrate, look round."""
    before = rows.load(release)
    easier = ways("easier")
    call_command("migrate", verbosity=0)
    after = counts(before)
    lead = User.objects.filter(role=User.Role.LEAD).first()
    patient = Device.objects.first().patient.user
    found = {
        "before": before,
        "after": after,
        "staff": walk(lead, ["/patients/", "/exercises/", "/clinic/"]),
        "patient": walk(patient, ["/today/", "/help/"]),
        "reprinted": reprinted(),
        "ways": [easier, ways("swaps")] if easier else [],
        "offered": offered(),
        "unwell": health.failures(),
    }
    print(json.dumps(found))
