"""Reading drawings back: what an SVG's paths enclose, and in which colours."""

import itertools
import re
from xml.etree import ElementTree as ET

import numpy as np

SVG = "{http://www.w3.org/2000/svg}"
TOKEN = re.compile(r"[a-zA-Z]|-?\d+")
ARGUMENTS = {"M": 2, "L": 2, "l": 2, "c": 6, "C": 6, "q": 4, "s": 4, "z": 0}


def parsed(svg):
    """Return the document's root; what is not well formed fails."""
    return ET.fromstring(svg)  # noqa: S314 - our own drawings


def elements(root, inherited=None, shift=(0.0, 0.0)):
    """Yield each path with all it inherits, and how far it is moved."""
    said = {**(inherited or {}), **{key: value for key, value in root.attrib.items() if key != "transform"}}
    found = re.fullmatch(r"translate\((-?\d+)(?: (-?\d+))?\)", root.get("transform", "translate(0)"))
    shift = (shift[0] + int(found[1]), shift[1] + int(found[2] or 0))
    if root.tag == f"{SVG}path":
        yield said, shift
    for child in root:
        yield from elements(child, said, shift)


def polygons(path):
    """Return the outlines (n, 2) of path data, its curves as eight chords each."""
    words = TOKEN.findall(path)
    found, at, here, letter, handle = [], 0, np.zeros(2), "", np.zeros(2)
    while at < len(words):
        if words[at].isalpha():
            letter, at = words[at], at + 1
        count = ARGUMENTS[letter]
        values = np.array(words[at : at + count], float).reshape(-1, 2)
        at += count
        if letter == "z":
            continue
        places = values if letter.isupper() else values + here
        if letter == "s":
            places = np.vstack([2 * here - handle, places])
        if letter == "M":
            found.append([places[0]])
        else:
            found[-1].extend(chords(np.vstack([here, places])))
        here = places[-1]
        handle = places[-2] if len(places) == 3 else here
    return [np.array(one) for one in found]


def chords(points):
    """Return points on a line, a quadratic or a cubic, without its first."""
    t = np.linspace(0, 1, 9 if len(points) > 2 else 2)[1:, None]
    while len(points) > 1:
        points = [one * (1 - t) + other * t for one, other in itertools.pairwise(points)]
    return list(points[0])


def holds(outlines, point):
    """Return whether a point is inside, where every outline crossed changes sides."""
    inside = False
    for line in outlines:
        a, b = line, np.roll(line, -1, axis=0)
        crosses = (a[:, 1] > point[1]) != (b[:, 1] > point[1])
        with np.errstate(divide="ignore", invalid="ignore"):
            x = a[:, 0] + (point[1] - a[:, 1]) / (b[:, 1] - a[:, 1]) * (b[:, 0] - a[:, 0])
        inside ^= bool(np.count_nonzero(crosses & (point[0] < x)) % 2)
    return inside


def filled(svg, colours):
    """Return the outlines of everything filled in one of ``colours``, in the document's units."""
    found = []
    for said, shift in elements(parsed(svg)):
        if said.get("fill") in colours:
            found += [line + shift for line in polygons(said["d"])]
    return found
