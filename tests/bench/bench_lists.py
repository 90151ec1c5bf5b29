"""The list of patients as a clinic grows: 25 rows of 100 patients and of 10,000, a year of logs each, in turns."""

import time

from tests.bench import crowd, stage

FEW, DAYS = 100, 365
LISTS = {
    "by name": "/patients/",
    "review date passed": "/patients/?show=review",
    "no log for 7 days": "/patients/?show=quiet",
    "by last session": "/patients/?sort=last",
    "by review date": "/patients/?sort=review",
}


def main(rounds):
    """Measure and print."""
    few, many = FEW, stage.patients
    from django.conf import settings  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    settings.ROOT_URLCONF = "tests.bench.addresses"
    site = stage.Site()
    started = time.monotonic()
    cookies = {
        number: stage.cookie_of(crowd.clinic_of(number, days=DAYS, today=timezone.localdate()))
        for number in (few, many)
    }
    print(f"Lists: 25 rows of {few} and of {many} patients, a year of logs each ({time.monotonic() - started:.0f} s)")
    pages = {("minimal", many): ("/minimal/", cookies[many])} | {
        (name, number): (path, cookie) for name, path in LISTS.items() for number, cookie in cookies.items()
    }
    queries = {name: stage.queries_of(site, *page) for name, page in pages.items()}
    calls = {name: lambda page=page: site.get(*page) for name, page in pages.items()}
    spent = stage.cpu_medians(calls, rounds, repeats=5)
    least = spent["minimal", many]
    print(f"  minimal view {least:.2f} ms; goals: by name <= 4 x minimal, many <= 1.2 x few")
    for name in LISTS:
        small, large = spent[name, few], spent[name, many]
        print(
            f"  {name:19} {small:6.2f} ms, {queries[name, few]} queries, {small / least:5.2f} x minimal;"
            f" of {many}: {large:6.2f} ms, {queries[name, many]} queries, {large / small:5.2f} x"
        )
