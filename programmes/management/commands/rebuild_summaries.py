from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand

from hipcare.clinics.models import Patient
from programmes.models.clinic_summary import count_again
from programmes.services.summaries import rebuild_summaries


class Command(BaseCommand):
    """``manage.py rebuild_summaries``: for a database that was written past the services, and for doubters.

    The clinics' own are counted again too.

    Tells columns and counts, nobody's name. May run while people work: each patient is a transaction of its own.
    """

    help = "Write every patient's summary anew from what was given and done, and say what differed."

    def handle(self, *args: Any, **options: Any) -> None:
        patients = Patient.objects.filter(programmes__isnull=False).distinct().order_by("pk")
        found = list(rebuild_summaries(patients.values_list("pk", flat=True)))
        clinics = count_again()
        differed = Counter(name for names in found for name in names)
        what = ", ".join(f"{name} {number}" for name, number in sorted(differed.items()))
        how_many = sum(bool(names) for names in found)
        ending = f"{how_many} of them differed: {what}" if what else "all as they were"
        ending += f"; {clinics} of the clinics' counts were wrong" * bool(clinics)
        self.stdout.write(f"{len(found)} summaries written anew, {ending}.")
