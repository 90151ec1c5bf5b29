"""The colours of a drawing: three palettes, and how a person's own colours go into each.

Every palette keeps one rule: the working leg is the one dark area, everything a body wears beside it is pale, so that
lightness alone carries the difference. A material's shade is named ``<material>_s``, its line ``<material>_ink``;
``outline`` goes round the whole figure and is pale where the ground is dark.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

Colours = Mapping[str, str]


def luminance(colour: str) -> float:
    """Return the relative luminance of #rrggbb (0 black, 1 white), as WCAG 2 counts it."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(first: str, second: str) -> float:
    """Return the WCAG contrast of two colours, 1 to 21."""
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def lightness(colour: str) -> float:
    """Return how light a colour looks: CIE L*, 0 black to 100 white."""
    y = luminance(colour)
    return 116 * y ** (1 / 3) - 16 if y > 216 / 24389 else y * 24389 / 27


def grey_of(level: float) -> str:
    """Return the grey of a lightness (CIE L*)."""
    y = ((level + 16) / 116) ** 3 if level > 8 else level * 27 / 24389
    channel = 12.92 * y if y <= 0.0031308 else 1.055 * y ** (1 / 2.4) - 0.055
    return "#" + f"{round(255 * channel):02x}" * 3


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by material. ``toner`` says between which lightnesses (L*) a person's own colours are drawn in grey."""

    key: str
    ground: str
    """What the drawing is looked at on; it is not painted."""
    colours: Colours
    toner: Mapping[str, tuple[float, float]]

    def worn(self, material: str, colour: str) -> str:
        if not self.toner:
            return colour
        low, high = self.toner.get(material, self.toner[""])
        return grey_of(low + (high - low) * lightness(colour) / 100)


WORKING: Final = "accent"
"""The working leg's material."""

_COLOUR: Final = {
    "accent": "#cd4518", "accent_s": "#a3330f",
    "rest": "#c9d4de", "rest_s": "#a9b8c6",
    "skin": "#f3c9a5", "skin_s": "#e2ab84", "lip": "#b0604a",
    "hair": "#5a4034", "hair_s": "#463027", "brow": "#5a4034",
    "shirt": "#f7f9fb", "shirt_s": "#d5dfe8",
    "shoe": "#e3e8ec", "shoe_s": "#c6cfd7", "sole": "#ffffff", "sole_s": "#dfe5ea",
    "ink": "#22303f", "outline": "#22303f", "eye": "#22303f", "eye_white": "#ffffff",
    "wood": "#f1e4cd", "wood_s": "#e2cfae", "wood_d": "#d3bc95", "wood_ink": "#96805c",
    "mat": "#d8e9e6", "mat_s": "#b9d4cf", "mat_d": "#a3c3bd", "mat_ink": "#7d9f99",
    "mattress": "#edf2f4", "mattress_s": "#d9e2e7", "mattress_d": "#cbd7dd", "mattress_ink": "#9aa9b4",
    "counter": "#e4e0d8", "counter_s": "#cfc9bd", "counter_d": "#bfb8aa", "counter_ink": "#8d8576",
    "cupboard": "#f3efe8", "cupboard_s": "#e6e0d5", "cupboard_d": "#d8d0c2", "cupboard_ink": "#a89e8c",
    "pillow": "#ffffff", "pillow_s": "#e3eaef", "pillow_ink": "#8796a5",
    "cushion": "#e6dff0", "cushion_s": "#cfc5de", "cushion_ink": "#8f83a6",
    "floor": "#e8edf1", "shadow": "#1f3a4d",
    "band": "#1d6a79", "band_s": "#134f5b",
    "weight": "#52626d", "weight_s": "#3e4c56",
    "ghost": "#f7cdb9", "ghost_ink": "#c26a4a",
    "arrow": "#12406f", "arrow_halo": "#ffffff", "badge": "#12406f", "badge_ink": "#ffffff",
}  # fmt: skip

_GREY: Final = {
    "accent": "#4b4b4b", "accent_s": "#2f2f2f",
    "rest": "#eaeaea", "rest_s": "#d2d2d2",
    "skin": "#f2f2f2", "skin_s": "#d9d9d9", "lip": "#6a6a6a",
    "hair": "#6b6b6b", "hair_s": "#555555", "brow": "#4a4a4a",
    "shirt": "#fcfcfc", "shirt_s": "#e2e2e2",
    "shoe": "#f0f0f0", "shoe_s": "#d8d8d8", "sole": "#ffffff", "sole_s": "#e6e6e6",
    "ink": "#141414", "outline": "#141414", "eye": "#141414", "eye_white": "#ffffff",
    "wood": "#f4f4f4", "wood_s": "#e6e6e6", "wood_d": "#d9d9d9", "wood_ink": "#8a8a8a",
    "mat": "#f0f0f0", "mat_s": "#dcdcdc", "mat_d": "#cccccc", "mat_ink": "#8a8a8a",
    "mattress": "#fafafa", "mattress_s": "#e8e8e8", "mattress_d": "#dcdcdc", "mattress_ink": "#9a9a9a",
    "counter": "#ececec", "counter_s": "#dcdcdc", "counter_d": "#d0d0d0", "counter_ink": "#8a8a8a",
    "cupboard": "#f6f6f6", "cupboard_s": "#eaeaea", "cupboard_d": "#dedede", "cupboard_ink": "#9a9a9a",
    "pillow": "#ffffff", "pillow_s": "#ebebeb", "pillow_ink": "#8c8c8c",
    "cushion": "#ededed", "cushion_s": "#d9d9d9", "cushion_ink": "#8c8c8c",
    "floor": "#f1f1f1", "shadow": "#000000",
    "band": "#a0a0a0", "band_s": "#989898",
    "weight": "#ffffff", "weight_s": "#e0e0e0",
    "ghost": "#d4d4d4", "ghost_ink": "#5c5c5c",
    "arrow": "#000000", "arrow_halo": "#ffffff", "badge": "#000000", "badge_ink": "#ffffff",
}  # fmt: skip

_DARK: Final = _COLOUR | {
    "outline": "#dbe4e6",
    "wood": "#574d3e", "wood_s": "#4a4135", "wood_d": "#3f372d", "wood_ink": "#94866f",
    "mat": "#2c4947", "mat_s": "#243c3b", "mat_d": "#1d3130", "mat_ink": "#6f9490",
    "mattress": "#3c484f", "mattress_s": "#333e44", "mattress_d": "#2c363b", "mattress_ink": "#7d8c94",
    "counter": "#504d47", "counter_s": "#43403b", "counter_d": "#393632", "counter_ink": "#8f8a80",
    "cupboard": "#37352f", "cupboard_s": "#302e29", "cupboard_d": "#2a2824", "cupboard_ink": "#6d6a62",
    "pillow": "#6f7d85", "pillow_s": "#5d6a72", "pillow_ink": "#a3b0b7",
    "cushion": "#564f66", "cushion_s": "#494357", "cushion_ink": "#9088a3",
    "floor": "#1d2b31", "shadow": "#000000",
    "band": "#8fd6df", "band_s": "#6fbcc6",
    "weight": "#b9c4ca", "weight_s": "#9aa7ae",
    "ghost": "#8a4a32", "ghost_ink": "#ffb394",
    "arrow": "#a9d4ff", "arrow_halo": "#10191d", "badge": "#a9d4ff", "badge_ink": "#10191d",
}  # fmt: skip

_PALE: Final = (88.0, 98.0)
_TONER: Final = {
    "": _PALE,
    "skin": (63.0, 97.0), "skin_s": (55.0, 88.0), "lip": (25.0, 60.0),
    "hair": (20.0, 92.0), "hair_s": (14.0, 82.0), "brow": (10.0, 60.0),
    "skin_line": (0.0, 30.0), "feature": (0.0, 30.0), "crease": (15.0, 70.0), "eye": (0.0, 20.0),
    "hair_line": (0.0, 40.0), "glasses": (0.0, 30.0), "sock_s": (78.0, 92.0),
    "shirt_s": (76.0, 92.0), "shoe_s": (76.0, 90.0), "sole_s": (80.0, 92.0),
}  # fmt: skip

COLOUR: Final = Palette("colour", "#ffffff", MappingProxyType(_COLOUR), MappingProxyType({}))
GREY: Final = Palette("grey", "#ffffff", MappingProxyType(_GREY), MappingProxyType(_TONER))
DARK: Final = Palette("dark", "#10191d", MappingProxyType(_DARK), MappingProxyType({}))
PALETTES: Final[Mapping[str, Palette]] = MappingProxyType({one.key: one for one in (COLOUR, GREY, DARK)})


def colours(palette: Palette, worn: Colours, legs: str) -> Colours:
    """Return the colour of every material of one drawing.

    ``worn`` are the person's own colours, ``legs`` is "one" (the authored right leg works) or "both". In grey a
    person keeps their lightness, moved into the range that leaves the working leg the one dark area.
    """
    found = dict(palette.colours)
    found |= {name: palette.worn(name, colour) for name, colour in worn.items()}
    left = WORKING if legs == "both" else "rest"
    for side, leg in (("r", WORKING), ("l", left)):
        for shade in ("", "_s"):
            found[f"leg_{side}{shade}"] = found[leg + shade]
    return MappingProxyType(found)
