"""Today and the patients list against the least a signed-in view can do, in one process: CPU and queries."""

from tests.bench import stage

GOALS = {"Today": ("minimal, patient", 2.5), "patients list": ("minimal, staff", 4)}


def main(rounds):
    """Measure and print."""
    from django.conf import settings  # noqa: PLC0415

    settings.ROOT_URLCONF = "tests.bench.addresses"
    site = stage.Site()
    patient, physio = stage.demo_cookies()
    pages = {
        "minimal, patient": ("/minimal/", patient),
        "Today": ("/today/", patient),
        "minimal, staff": ("/minimal/", physio),
        "patients list": ("/patients/", physio),
    }
    queries = {name: stage.queries_of(site, *page) for name, page in pages.items()}
    spent = stage.cpu_medians({name: lambda page=page: site.get(*page) for name, page in pages.items()}, rounds)
    print(f"Pages: median CPU of {rounds} rounds, in turns")
    for name, (base, goal) in GOALS.items():
        print(
            f"  {name:14} {spent[name]:6.2f} ms, {queries[name]} queries; minimal {spent[base]:.2f} ms, "
            f"{queries[base]} queries; ratio {spent[name] / spent[base]:.2f}, the goal is {goal}"
        )
