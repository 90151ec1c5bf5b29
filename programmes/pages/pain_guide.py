"""What the pain numbers mean, in the clinic's words: the same for everyone, whatever anybody answered."""

from dataclasses import dataclass

from hipcare.clinics.models import Clinic
from hipcare.clinics.services.texts import advice_of
from programmes.models import Version
from programmes.wording.patients_day import pain_bands


@dataclass(frozen=True, slots=True)
class PainGuide:
    """The three bands as they are read ("0–2", "3–5", "6–10"), and what the clinic says to each of them."""

    bands: tuple[str, str, str]
    advice: dict[str, str]


def pain_guide(clinic: Clinic, version: Version | None = None) -> PainGuide:
    """Return the guide for the bands that a given ``version`` was given under; without one, for the clinic's."""
    if version is None:
        fine, okay = clinic.pain_fine_up_to, clinic.pain_ok_up_to
    else:
        fine, okay = version.pain_fine_up_to or 0, version.pain_ok_up_to or 0
    return PainGuide(pain_bands(fine, okay), advice_of(clinic, okay))
