"""What every measurement stands on: the demo clinic in a folder of its own, and the site called without a network."""

import atexit
import os
import shutil
import statistics
import tempfile
import time
from io import BytesIO

FEWEST_ROUNDS = 9  # for a median worth telling
patients = 10_000  # of the large clinic
KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "COMPARE_WITH", "COMPARE_PYTHON")  # of this shell's environment


def set_up():
    """Prepare the site under the settings of a local run, whatever this shell says."""
    folder = tempfile.mkdtemp(prefix="hipcare-bench-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    if beside := os.environ.get("TEST_DATABASE_URL"):  # of tests/postgres.py: empty, and gone with it
        kept["DATABASE_URL"] = beside
    os.environ.clear()
    os.environ.update(
        kept,
        DJANGO_SETTINGS_MODULE="hipcare.settings",
        ENV_FILE=os.devnull,
        LOCAL_RUN="1",
        VAR_DIR=folder,
    )
    import django  # noqa: PLC0415 - not before the environment is as it should be

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("prepare", demo=True, stdout=open(os.devnull, "w"))  # noqa: SIM115, PTH123 - for this process's life


def cookie_of(user):
    """Sign ``user`` in and return the cookie that says so."""
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from tests import signing_in  # noqa: F401, PLC0415 - gives who signs in a device

    client = Client()
    backend = settings.AUTHENTICATION_BACKENDS[1 if user.is_patient else 0]
    client.force_login(user, backend=backend)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def demo_cookies():
    """Return the cookies of the demo clinic's patient and of its physiotherapist."""
    from hipcare.clinics.demo_people import PATIENT  # noqa: PLC0415
    from hipcare.clinics.models import Patient  # noqa: PLC0415

    patient = Patient.objects.get(clinic__is_demo=True, clinic_number=PATIENT)
    return cookie_of(patient.user), cookie_of(patient.physiotherapist)


class Site:
    """The WSGI application, asked directly. ``get`` returns (status, headers, body)."""

    def __init__(self):
        from django.core.wsgi import get_wsgi_application  # noqa: PLC0415

        self._application = get_wsgi_application()

    def get(self, path, cookie="", **asked):
        """Answer a browser's GET of ``path``; ``asked`` are more of its headers, as WSGI names them."""
        answer = {}
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path.partition("?")[0],
            "QUERY_STRING": path.partition("?")[2],
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "127.0.0.1:8000",
            "HTTP_ACCEPT_ENCODING": "gzip, deflate, br",
            "HTTP_COOKIE": cookie,
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            "wsgi.errors": BytesIO(),
            **asked,
        }

        def start_response(status, headers, _exc_info=None):
            answer.update(status=int(status.split()[0]), headers=dict(headers))

        body = self._application(environ, start_response)
        content = b"".join(body)
        body.close()
        return answer["status"], answer["headers"], content


UNCHANGED, ANEW = "unchanged", "after a change"


def openings(site, page):
    """Return how to open ``page`` (path and cookie) where nothing changed since, and where it has to be drawn anew.

    Its parts that did not change are there in both cases.
    """
    from django.core.cache import caches  # noqa: PLC0415

    def after_a_change():
        caches["pages"].clear()
        return site.get(*page)

    return {UNCHANGED: lambda: site.get(*page), ANEW: after_a_change}


def queries_of(call):
    """Return how many queries ``call`` needs once the process is warm; it has to answer."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    call()
    with CaptureQueriesContext(connection) as captured:
        status, _headers, _body = call()
    assert status == 200, f"the page answered {status}"
    return len(captured)


def cpu_medians(calls, rounds, repeats=20):
    """Return the median CPU milliseconds of each of ``calls``, by name, measured in turns."""
    spent = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            call()  # what another has thrown away is there again
            started = time.process_time()
            for _ in range(repeats):
                call()
            spent[name].append((time.process_time() - started) * 1000 / repeats)
    return {name: statistics.median(times) for name, times in spent.items()}
