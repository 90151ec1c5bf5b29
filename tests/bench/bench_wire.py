"""Bytes on the wire of a first view, with nothing in the browser's cache and all its pictures, and of Today again."""

import gzip
import re
from urllib.parse import urljoin, urlsplit

import brotli

from tests.bench import stage
from tests.bench.targets import Target

GOALS_KB = {"Today": 90, "patients list": 100}
SECOND_GOAL_KB = 5
IN_HTML = re.compile(r"""<(?:link|script|img|use|source)\b[^>]*?\b(?:href|src|srcset)="([^" ]+)""")
IN_CSS = re.compile(r"""url\(["']?([^"')]+)["']?\)""")
IN_JS = re.compile(r"""^\s*(?:import|export)\b[^"(='\n]*["']([^"']+)["']""", re.MULTILINE)
KINDS = {"css": "styles", "js": "scripts", "woff2": "fonts", "svg": "pictures", "png": "pictures", "webp": "pictures"}


def main(_rounds):
    """Add up and print."""
    site = stage.Site()
    print("First view, bytes on the wire with headers left out")
    patient, physio = stage.demo_cookies()
    targets = []
    for name, path, cookie in (("Today", "/today/", patient), ("patients list", "/patients/", physio)):
        sizes = first_view(site, path, cookie)
        parts = ", ".join(f"{kind} {size / 1000:.1f}" for kind, size in sizes.items())
        targets.append(Target(f"{name}, first view on the wire", sum(sizes.values()) / 1000, GOALS_KB[name], "KB"))
        print(f"  {name:14} {targets[-1].value:6.1f} KB ({parts})")
    again, changed = second_view(site, patient)
    targets.append(Target("Today, second view, nothing changed", again / 1000, SECOND_GOAL_KB, "KB"))
    print(f"  Today again    {again / 1000:6.1f} KB; on another day, or after a change, {changed / 1000:.1f} KB")
    return targets


def second_view(site, cookie):
    """Return the bytes of Today once a phone's worker keeps it: where it is as it was, and where it is not."""
    _status, headers, _body = site.get("/today/", cookie)
    cookies = f"{cookie}; {headers['Set-Cookie'].partition(';')[0].strip()}"
    paths = {"/today/": cookies, "/sw.js": "", "/today/pages/": cookies}
    first = {path: site.get(path, kept) for path, kept in paths.items()}
    tags = {path: headers.get("ETag", "") for path, (_status, headers, _body) in first.items()}
    again = {path: site.get(path, kept, HTTP_IF_NONE_MATCH=tags[path]) for path, kept in paths.items()}
    assert [again[path][0] for path in ("/today/", "/sw.js")] == [304, 304]
    same = sum(len(body) for _status, _headers, body in again.values())
    return same, same + len(first["/today/"][2])


def first_view(site, path, cookie):
    """Return the bytes by kind of ``path`` and all that it asks for, pictures further down included."""
    sizes, seen = {}, set()
    waiting = [(path, cookie)]
    while waiting:
        address, cookies = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        status, headers, body = site.get(address, cookies)
        assert status == 200, f"{address} answered {status}"
        kind = KINDS.get(address.rpartition(".")[2], "page")
        sizes[kind] = sizes.get(kind, 0) + len(body)
        waiting += [(found, cookies) for found in asked_for(address, kind, plain(headers, body))]
    return sizes


def plain(headers, body):
    """Return ``body`` as it was before it was made small."""
    return {"gzip": gzip.decompress, "br": brotli.decompress}.get(headers.get("Content-Encoding"), bytes)(body)


def asked_for(address, kind, body):
    """Return the addresses on this site that a browser fetches because of ``body``."""
    pattern = {"page": IN_HTML, "styles": IN_CSS, "scripts": IN_JS}.get(kind)
    if pattern is None:
        return []
    found = (urljoin(address, one) for one in pattern.findall(body.decode()) if not one.startswith("data:"))
    return [urlsplit(one).path for one in found if one.startswith(("/static/", "/pictures/"))]
