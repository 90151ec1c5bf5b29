"""How a person is built: the few numbers by which one body differs from another of the same height."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Build:
    """Girths against the figure of medium build. Factors are ratios, the rest centimetres added to a half width."""

    girth: float = 1.0
    """Factor on the trunk's and thighs' thickness; arms and shanks take a share of it."""
    waist: float = 0.0
    """Added to the waist at either side."""
    belly: float = 0.0
    """How far the belly stands out to the front."""
    bust: float = 0.0
    """How far the chest stands out to the front."""
    hips: float = 0.0
    """Added to the hips at either side."""
    shoulders: float = 0.0
    """Added to the shoulders at either side."""
    stoop: float = 0.0
    """How far the upper back is rounded to the back: age."""

    def limb(self, share: float) -> float:
        """Return the factor for a limb that takes ``share`` (0 to 1) of the girth."""
        return 1 + (self.girth - 1) * share


WOMAN: Final = Build(waist=-0.6, bust=1.0, hips=0.6, shoulders=-0.8)
MAN: Final = Build(waist=0.5, bust=0.2, hips=-0.6, shoulders=0.7)
SLIM_WOMAN: Final = Build(girth=0.94, waist=-0.8, bust=0.7, hips=0.2, shoulders=-1.0)
SLIM_MAN: Final = Build(girth=0.95, waist=0.1, bust=0.0, hips=-0.8, shoulders=0.4)
STOUT_WOMAN: Final = Build(girth=1.12, waist=1.2, belly=2.0, bust=1.6, hips=1.2, shoulders=-0.4)
STOUT_MAN: Final = Build(girth=1.12, waist=1.8, belly=3.2, bust=0.4, hips=-0.2, shoulders=0.8)
OLDER_WOMAN: Final = Build(waist=0.6, belly=1.2, bust=0.8, hips=0.6, shoulders=-1.0, stoop=0.8)
OLDER_MAN: Final = Build(girth=0.98, waist=0.9, belly=1.4, bust=0.0, hips=-0.6, shoulders=0.0, stoop=0.8)
