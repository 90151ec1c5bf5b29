"""Patients as a clinic grows: their list, and one patient's pages; of 100 and of 10,000 with a year of logs each."""

import time

from tests.bench import crowd, stage
from tests.bench.targets import Target

FEW, DAYS = 100, 365
TO_MINIMAL, MANY_TO_FEW = 4, 1.2
LISTS = {
    "as it opens": "/patients/",
    "all by name": "/patients/?whose=all",
    "review date passed": "/patients/?show=review",
    "no log for 7 days": "/patients/?show=quiet",
    "by last session": "/patients/?sort=last",
    "by review date": "/patients/?sort=review",
}
PAGES = {"patient's page": "", "summary for a visit": "appointment/?since=6", "timeline": "timeline/"}


def main(rounds):
    """Measure, print, and return the targets, which are of the list as it opens and of one patient's pages."""
    from django.conf import settings  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    settings.ROOT_URLCONF = "tests.bench.addresses"
    site = stage.Site()
    started = time.monotonic()
    sizes = (FEW, stage.patients)
    today = timezone.localdate()
    readers = {size: crowd.clinic_of(size, days=DAYS, today=today) for size in sizes}
    cookies = {size: stage.cookie_of(reader) for size, reader in readers.items()}
    print(f"Lists: 25 rows of {sizes[0]} and of {sizes[1]} patients, a year of logs each", end=" ")
    print(f"({time.monotonic() - started:.0f} s to write)")
    calls = {"minimal": lambda: site.get("/minimal/", cookies[FEW])} | {
        (name, how, size): call
        for name, path in LISTS.items()
        for size, cookie in cookies.items()
        for how, call in stage.openings(site, (path, cookie)).items()
    }
    queries = {name: stage.queries_of(call) for name, call in calls.items()}
    spent = stage.cpu_medians(calls, rounds, repeats=5)
    least = spent["minimal"]
    print(f"  minimal view {least:.2f} ms")
    targets = []
    for how in (stage.UNCHANGED, stage.ANEW):
        for name in LISTS:
            few, many = ((name, how, size) for size in sizes)
            print(f"  {name:18} {how:14} {spent[few]:6.2f} ms, {queries[few]} queries", end="; ")
            print(f"{sizes[1]}: {spent[many]:6.2f} ms, {queries[many]} queries, {spent[many] / spent[few]:.2f} x")
        few, many = (spent["as it opens", how, size] for size in sizes)
        targets += [
            Target(f"patients list, 25 rows, {how}: to the minimal view", few / least, TO_MINIMAL),
            Target(f"patients list, {how}: of {sizes[1]} patients to {sizes[0]}", many / few, MANY_TO_FEW),
            Target(f"patients list, {how}: queries", queries["as it opens", how, sizes[1]], 6, ""),
        ]
    return targets + _of_one_patient(site, readers, cookies, rounds)


def _of_one_patient(site, readers, cookies, rounds):
    """Measure the pages of one patient, among few patients and among many."""
    from hipcare.clinics.models import Patient  # noqa: PLC0415

    first = {
        size: Patient.objects.visible_to(reader).order_by("date_of_birth").first() for size, reader in readers.items()
    }
    calls = {
        (name, size): lambda size=size, path=path: site.get(f"/patients/{first[size].pk}/{path}", cookies[size])
        for name, path in PAGES.items()
        for size in readers
    }
    queries = {name: stage.queries_of(call) for name, call in calls.items()}
    spent = stage.cpu_medians(calls, rounds, repeats=5)
    targets = []
    for name in PAGES:
        few, many = ((name, size) for size in readers)
        print(f"  {name:20} {spent[few]:6.2f} ms, {queries[few]} queries", end="; ")
        print(f"among {many[1]}: {spent[many]:6.2f} ms, {queries[many]} queries, {spent[many] / spent[few]:.2f} x")
        targets.append(Target(f"{name}: among {many[1]} patients to {few[1]}", spent[many] / spent[few], MANY_TO_FEW))
    return targets
