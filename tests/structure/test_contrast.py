"""Colours can be told apart: the ratios of the visual language, computed from ``tokens.css`` itself (WCAG 2.2)."""

import re
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings

TOKENS = (Path(settings.BASE_DIR) / "hipcare/static/css/tokens.css").read_text()
BLOCK = r"{selector} \{{(.*?)\n\s*\}}"
VARIABLE = re.compile(r"(--[\w-]+): (.*?);(?: /\*|\n|$)", re.DOTALL)


def block(selector):
    """Return the variables set under ``selector``."""
    body = re.search(BLOCK.format(selector=re.escape(selector)), TOKENS, re.DOTALL)[1]
    return dict(VARIABLE.findall(body))


LIGHT = block('[data-theme="light"]')
DARK = LIGHT | block('[data-theme="dark"]')
THEMES = {"light": LIGHT, "dark": DARK}

INKS = ["ink", "ink-2", "petrol", "petrol-deep", "ok", "look", "stop"]
GROUNDS = ["paper", "surface"]
TEXT = [
    *product(INKS, GROUNDS),
    ("ink", "mist"),
    ("ink-2", "mist"),
    ("petrol", "mist"),
    ("petrol-deep", "mist"),
    ("on-petrol", "petrol"),
    ("on-petrol", "petrol-deep"),
    ("on-stop", "stop"),
    ("on-stop", "stop-deep"),
    ("leg-ink", "leg-tint"),
    ("ok", "ok-tint"),
    ("look", "look-tint"),
    ("stop", "stop-tint"),
    ("ink", "ok-tint"),
    ("ink", "look-tint"),
    ("ink", "stop-tint"),
    ("surface", "ok"),  # "Done" on a ticked tick
]
LINES = [*product(["border", "focus", "petrol", "ok", "stop"], GROUNDS), ("border", "mist")]


def luminance(colour):
    digits = colour.removeprefix("#")
    digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def ratio(theme, front, back):
    return contrast(THEMES[theme][f"--hc-{front}"], THEMES[theme][f"--hc-{back}"])


def test_black_on_white_is_21():
    assert contrast("#000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_has_seven_to_one(theme, front, back):
    assert ratio(theme, front, back) >= 7


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "back"), LINES)
def test_borders_and_focus_have_three_to_one(theme, front, back):
    assert ratio(theme, front, back) >= 3


def test_both_parts_of_the_focus_ring_can_be_told_apart_in_the_light():
    assert ratio("light", "focus", "focus-ring") >= 3


def test_the_yellow_of_the_focus_ring_stands_out_in_the_dark():
    assert ratio("dark", "focus-ring", "paper") >= 3


@pytest.mark.parametrize("ink", INKS)
def test_text_on_linen_has_seven_to_one_in_the_light(ink):
    assert ratio("light", ink, "linen") >= 7


@pytest.mark.parametrize("linen", [LIGHT["--hc-linen"], DARK["--hc-linen"]])
def test_fixed_words_on_linen_can_be_read_in_both_themes(linen):
    assert contrast("#14242b", linen) >= 7


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("words", ["#fff", "#d7e8ea", "#dcebed"])
@pytest.mark.parametrize("ground", ["hero", "hero-arc"])
def test_words_on_the_petrol_ground_can_be_read(theme, words, ground):
    assert contrast(words, THEMES[theme][f"--hc-{ground}"]) >= (7 if ground == "hero" else 4.5)


def test_dark_is_the_same_whether_the_device_or_the_attribute_asks_for_it():
    assert block(":root:not([data-theme])") == block('[data-theme="dark"]')


def test_dark_sets_nothing_that_light_does_not():
    assert set(block('[data-theme="dark"]')) <= set(LIGHT)


def test_orange_is_for_the_working_leg_alone():
    orange = {name for name, value in LIGHT.items() if value in {"#cd4518", "#e8622f"}}
    assert orange == {"--hc-leg"}


def test_every_token_that_is_used_exists():
    known = {name for name, _value in VARIABLE.findall(TOKENS)}
    used = set()
    for sheet in (Path(settings.BASE_DIR) / "hipcare/static/css").rglob("*.css"):
        used |= set(re.findall(r"var\((--hc-[\w-]+)", sheet.read_text()))
    assert used <= known
