"""Loads and tempos that were written in words, as numbers where the words say nothing else. For migrations only."""

import re
from collections.abc import Mapping
from typing import Any

WEIGHT = re.compile(r"([1-9]?[0-9](?:\.5|\.25|\.75)?) kg(?: (\S.*))?")
BAND = re.compile(r"(yellow|red|green|blue|black) band(?: (\S.*))?")
SECONDS = r"([1-9][0-9]?)(?: s| seconds?)?"
TEMPO = re.compile(rf"{SECONDS} up, (?:(?:hold )?([0-9]{{1,2}})(?: s| seconds?)?(?: hold)?, )?{SECONDS} down")
LOAD_G = (250, 50_000)
MOST_TEMPO_S = 30


def weight_in(load: str) -> dict[str, Any]:
    """Return the columns of "0.5 kg at the ankle"; together they print these same words. {} for any other words."""
    found = WEIGHT.fullmatch(load)
    grams = round(float(found[1]) * 1000) if found else 0
    return {"load_g": grams, "load": found[2] or ""} if found and LOAD_G[0] <= grams <= LOAD_G[1] else {}


def load_in(load: str) -> dict[str, Any]:
    """Return the columns of a weight, or of "red band round the knees"."""
    found = BAND.fullmatch(load)
    return {"band": found[1], "load": found[2] or ""} if found else weight_in(load)


def tempo_in(tempo: str, reps: int, hold_s: int) -> dict[str, Any]:
    """Return the columns of "3 seconds up, 1 hold, 3 down", unless its hold is another than the dose's own."""
    found = TEMPO.fullmatch(tempo)
    if found is None:
        return {}
    up, hold, down = int(found[1]), int(found[2] or 0), int(found[3])
    if max(up, down) > MOST_TEMPO_S or (hold and hold != hold_s and (hold_s or reps == 1)):
        return {}
    return {"up_s": up, "down_s": down, "hold_s": hold or hold_s, "tempo": ""}


def numbers_in(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns that the words of a row are, by ``load``, ``tempo``, ``reps`` and ``hold_s``."""
    return {**load_in(row["load"]), **tempo_in(row["tempo"], row["reps"], row["hold_s"])}


def words_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the words that the numbers of a row are, for the way back."""
    load = f"{row['load_g'] / 1000:g} kg" if row["load_g"] else f"{row['band']} band" if row["band"] else ""
    found: dict[str, Any] = {"load": " ".join(filter(None, [load, row["load"]]))[:40]}
    if row["up_s"] and not row["tempo"]:
        found["tempo"] = f"{row['up_s']} up, {row['down_s']} down"
    return found
