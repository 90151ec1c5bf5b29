"""The people a figure may be drawn as: made up, nameless, each with a build, a head and clothes of their own.

A patient does better with a picture they could be in, so the physiotherapist chooses one of them. The key stands in
addresses and in the database and says nothing about anybody; the words stand in the choice.

Colours are "#rrggbb". Materials are the names that parts and face strokes carry; one ending in ``_s`` is the same
material in the shade, in ``_line`` the ink drawn inside it. Lengths are centimetres, builds are factors of the
skeleton's own widths.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class HairStyle(StrEnum):
    """How the hair is worn."""

    BOB = "bob"
    SHORT = "short"
    BUN = "bun"
    CURLS = "curls"
    CROP = "crop"
    SIDE_PARTING = "side parting"
    BALD_CROWN = "bald crown"
    HEADSCARF = "headscarf"


class Beard(StrEnum):
    """What grows on the lower face."""

    NONE = "none"
    MOUSTACHE = "moustache"
    SHORT = "short"


class Sleeves(StrEnum):
    """How far the shirt's sleeves reach: to above the elbow, or to the wrist."""

    SHORT = "short"
    LONG = "long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Skin:
    """A skin: lit and shaded, its lips, creases (age lines, ears) and the ink of the lines inside face and hands."""

    light: str
    shade: str
    lip: str
    crease: str
    line: str = "#22303f"
    eye: str = "#22303f"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hair:
    """Hair lit and shaded, brows, which keep their colour longer, and a moustache."""

    light: str
    shade: str
    brow: str
    beard: str = "#b4b9c0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clothes:
    """Pale clothes: only the working leg may be dark. Trousers belong to the palette, not to the person."""

    shirt: str
    shirt_shade: str
    shoe: str = "#e9edf1"
    shoe_shade: str = "#c6cfd9"
    sole: str = "#ffffff"
    sole_shade: str = "#dde3e9"
    sock: str = "#f4f6f8"
    sock_shade: str = "#d3dbe3"
    sleeves: Sleeves = Sleeves.SHORT


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """A body's measures against the skeleton's.

    ``girth`` widens trunk and limbs, ``shoulders`` and ``hips`` only there (all factors); ``belly`` and ``bust`` are
    centimetres the front of the trunk stands out further; ``neck`` is a factor of the neck's width.
    """

    girth: float = 1.0
    shoulders: float = 1.0
    hips: float = 1.0
    belly: float = 0.0
    bust: float = 0.0
    neck: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """What age and habit have made of a face.

    ``jaw`` is a factor of the jaw's width, ``jowl`` centimetres it has softened, ``lines`` says whether age lines are
    drawn, ``nose`` is a factor of the nose's size.
    """

    jaw: float = 1.0
    jowl: float = 0.0
    nose: float = 1.0
    lines: bool = False
    glasses: bool = False
    beard: Beard = Beard.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPerson:
    """Somebody to draw."""

    key: str
    words: str
    hair_style: HairStyle
    skin: Skin
    hair: Hair
    clothes: Clothes
    build: Build = Build()
    face: Face = Face()

    def colours(self) -> Mapping[str, str]:
        return {
            "skin": self.skin.light,
            "skin_s": self.skin.shade,
            "skin_line": self.skin.line,
            "feature": self.skin.line,
            "crease": self.skin.crease,
            "lip": self.skin.lip,
            "eye": self.skin.eye,
            "eye_white": EYE_WHITE,
            "hair": self.hair.light,
            "hair_s": self.hair.shade,
            "brow": self.hair.brow,
            "beard": self.hair.beard,
            "glasses": GLASSES,
            "shirt": self.clothes.shirt,
            "shirt_s": self.clothes.shirt_shade,
            "shoe": self.clothes.shoe,
            "shoe_s": self.clothes.shoe_shade,
            "sole": self.clothes.sole,
            "sole_s": self.clothes.sole_shade,
            "sock": self.clothes.sock,
            "sock_s": self.clothes.sock_shade,
        }


EYE_WHITE: Final = "#fbfcfd"
GLASSES: Final = "#2f3b48"

_ROSY: Final = Skin(light="#f6d3bb", shade="#e5b497", lip="#b35c4e", crease="#bd7d62")
_FAIR: Final = Skin(light="#f3c9a5", shade="#e2ab84", lip="#ae5844", crease="#b87650")
_OLIVE: Final = Skin(light="#e2b387", shade="#ca9467", lip="#9a4a3a", crease="#a0683f")
_BROWN: Final = Skin(light="#b67c52", shade="#98623c", lip="#7b3528", crease="#774523", line="#1b1f2a", eye="#14161c")
_DARK: Final = Skin(light="#a06d4d", shade="#7f5238", lip="#5f1f1a", crease="#5d331d", line="#150d0a", eye="#0f0b0a")

_WHITE_HAIR: Final = Hair(light="#eceef0", shade="#c9ced5", brow="#a5abb3", beard="#f4f5f6")
_SILVER: Final = Hair(light="#cfd2d6", shade="#aab0b8", brow="#a7abb1", beard="#cfd2d6")
_IRON: Final = Hair(light="#8d9198", shade="#6d7279", brow="#55585e")
_CHESTNUT: Final = Hair(light="#6b4a38", shade="#523627", brow="#4c3427")
_CHARCOAL: Final = Hair(light="#38302c", shade="#221c1a", brow="#221a16")
_SAND: Final = Hair(light="#c9b79c", shade="#a99679", brow="#83694a")
_SCARF: Final = Hair(light="#c3cfe2", shade="#9fb0cb", brow="#4c3427")

_WHITE: Final = Clothes(shirt="#f7f9fb", shirt_shade="#d5dfe8")
_CREAM: Final = Clothes(shirt="#fdf3da", shirt_shade="#e8d9b2")
_PALE_BLUE: Final = Clothes(shirt="#e1ebf7", shirt_shade="#bccde2")
_SAGE: Final = Clothes(shirt="#dfeadb", shirt_shade="#bccfb6")

_ALL: Final = (
    DrawnPerson(
        key="maple",
        words="Woman around 60, grey-blonde bob",
        hair_style=HairStyle.BOB,
        skin=_FAIR,
        hair=_SAND,
        clothes=_WHITE,
        build=Build(girth=1.04, shoulders=0.97, hips=1.02, bust=1.2, neck=0.94),
        face=Face(jaw=0.97, lines=True),
    ),
    DrawnPerson(
        key="birch",
        words="Older woman, short white hair, glasses",
        hair_style=HairStyle.SHORT,
        skin=_ROSY,
        hair=_WHITE_HAIR,
        clothes=replace(_PALE_BLUE, sleeves=Sleeves.LONG),
        build=Build(girth=1.1, shoulders=0.95, hips=1.05, belly=1.0, bust=1.4, neck=0.96),
        face=Face(jaw=0.98, jowl=0.5, lines=True, glasses=True),
    ),
    DrawnPerson(
        key="rowan",
        words="Older man, stout, bald crown, white moustache",
        hair_style=HairStyle.BALD_CROWN,
        skin=_FAIR,
        hair=_WHITE_HAIR,
        clothes=_SAGE,
        build=Build(girth=1.14, shoulders=1.05, belly=6.0, neck=1.14),
        face=Face(jaw=1.06, jowl=0.8, nose=1.12, lines=True, beard=Beard.MOUSTACHE),
    ),
    DrawnPerson(
        key="cedar",
        words="Older man, dark skin, grey crop, short beard, glasses",
        hair_style=HairStyle.CROP,
        skin=_DARK,
        hair=_SILVER,
        clothes=_CREAM,
        build=Build(girth=1.04, shoulders=1.06, hips=0.97, belly=1.0, neck=1.06),
        face=Face(jaw=1.04, nose=1.06, lines=True, glasses=True, beard=Beard.SHORT),
    ),
    DrawnPerson(
        key="willow",
        words="Older woman, brown skin, grey hair in a bun",
        hair_style=HairStyle.BUN,
        skin=_BROWN,
        hair=_IRON,
        clothes=_SAGE,
        build=Build(girth=1.07, shoulders=0.95, hips=1.04, belly=0.6, bust=1.4, neck=0.95),
        face=Face(jaw=0.97, jowl=0.3, lines=True),
    ),
    DrawnPerson(
        key="alder",
        words="Man around 40, brown hair",
        hair_style=HairStyle.SIDE_PARTING,
        skin=_ROSY,
        hair=_CHESTNUT,
        clothes=_PALE_BLUE,
        build=Build(shoulders=1.06, hips=0.96, neck=1.06),
        face=Face(jaw=1.04, nose=1.04),
    ),
    DrawnPerson(
        key="aspen",
        words="Woman around 30, dark skin, curly black hair",
        hair_style=HairStyle.CURLS,
        skin=_DARK,
        hair=_CHARCOAL,
        clothes=_WHITE,
        build=Build(shoulders=0.97, hips=1.02, bust=1.0, neck=0.92),
        face=Face(jaw=0.96),
    ),
    DrawnPerson(
        key="hazel",
        words="Woman around 50, headscarf",
        hair_style=HairStyle.HEADSCARF,
        skin=_OLIVE,
        hair=_SCARF,
        clothes=replace(_CREAM, sleeves=Sleeves.LONG),
        build=Build(girth=1.06, shoulders=0.96, hips=1.03, bust=1.2, neck=0.95),
        face=Face(jaw=0.98),
    ),
    DrawnPerson(
        key="linden",
        words="Woman around 50, stout, brown bob",
        hair_style=HairStyle.BOB,
        skin=_OLIVE,
        hair=_CHESTNUT,
        clothes=_PALE_BLUE,
        build=Build(girth=1.14, shoulders=1.02, hips=1.03, belly=6.5, bust=4.2, neck=1.12),
        face=Face(jaw=1.05, jowl=0.7),
    ),
    DrawnPerson(
        key="rosewood",
        words="Man around 35, dark skin, short black hair",
        hair_style=HairStyle.CROP,
        skin=_DARK,
        hair=_CHARCOAL,
        clothes=_CREAM,
        build=Build(shoulders=1.08, hips=0.96, neck=1.08),
        face=Face(jaw=1.04, nose=1.05),
    ),
)

PEOPLE: Final[Mapping[str, DrawnPerson]] = MappingProxyType({person.key: person for person in _ALL})
"""Everybody by key, in the order the choice shows them."""

DEFAULT: Final = _ALL[0].key
"""Who is drawn where nobody chose: most people with a worn hip are women past fifty-five."""
