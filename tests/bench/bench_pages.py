"""Today and the patients list against the least a signed-in view can do, in one process: CPU and queries."""

from tests.bench import stage
from tests.bench.targets import Target

GOALS = {"Today": ("minimal, patient", 2.5), "patients list, 8 rows": ("minimal, staff", 4)}


def main(rounds):
    """Measure, print, and return the targets."""
    from django.conf import settings  # noqa: PLC0415

    settings.ROOT_URLCONF = "tests.bench.addresses"
    site = stage.Site()
    patient, physio = stage.demo_cookies()
    pages = {
        "minimal, patient": ("/minimal/", patient),
        "Today": ("/today/", patient),
        "minimal, staff": ("/minimal/", physio),
        "patients list, 8 rows": ("/patients/", physio),
    }
    calls = {(name, how): call for name, page in pages.items() for how, call in stage.openings(site, page).items()}
    queries = {name: stage.queries_of(call) for name, call in calls.items()}
    spent = stage.cpu_medians(calls, rounds)
    print(f"Pages: median CPU of {rounds} rounds, in turns")
    targets = []
    for name, (base, goal) in GOALS.items():
        least = spent[base, stage.UNCHANGED]
        for how in (stage.UNCHANGED, stage.ANEW):
            took = spent[name, how]
            print(f"  {name}, {how}: {took:.2f} ms, {queries[name, how]} queries; minimal {least:.2f} ms")
            targets.append(Target(f"{name}, {how}: to the minimal view", took / least, goal))
    return targets
