"""Why an installation failed, read from the last words of pip or apt-get: one sentence, and what to do about it.

Pure: text in, text out. Only Python's own library, as in ``machine``. The order counts: what stopped the installation
comes before what merely happened on the way, so that a connection that was made at the second try is not blamed for a
package that does not fit.
"""

import platform
import re
from collections.abc import Iterable

PYTHON = f"Python {platform.python_version()}"
NOT_FOUND = re.compile(r"^ *ERROR: No matching distribution found for (?P<name>[\w.-]+)(?P<rest>\S*)", re.MULTILINE)
BROKEN = re.compile(r"after connection broken by .*: (?P<address>/\S*)$", re.MULTILINE)
NETWORK = (
    r"^ERROR: Could not install packages due to an OSError: HTTPS?ConnectionPool",
    r"^ERROR: HTTP error \d+ while getting",
    r"^ERROR: .*(?:ProxyError|ConnectTimeoutError|NameResolutionError|NewConnectionError|SSLError)",
    r"^(?:pip\._vendor|requests|urllib3)\.\S*(?:Timeout|ConnectionError|ConnectionResetError|ProtocolError|SSLError)\S*:",
    r"^error: incomplete-download",
)
NO_NETWORK = (
    "The package index cannot be reached, or broke off. Is there a network, and perhaps a proxy that pip must know of?"
)
NO_APT_NETWORK = "apt-get cannot reach its sources, see above. Is there a network? Mend that"
AGAIN = "Then start again: what is there is kept."

# What pip prints, and what it means; {0} is what the brackets caught.
PIP = (
    (
        r"\[Errno 28\]|No space left on device|Disk quota exceeded",
        "The disk is full. Make room (about 700 MB for the packages).",
    ),
    (
        r"DO NOT MATCH THE HASHES[^\n]*\n\s+(\S+)",
        (
            "{0} is not the package that HipCare was made with: its hash differs, and it was not installed. A download "
            "that was cut short, or a proxy that changes what it passes on, does this too."
        ),
    ),
    (
        r"all requirements must have their versions pinned[^\n]*\n\s+(\S+)",
        "The lock file does not name {0}, which another package asks for: a mistake in HipCare, see `make lock`.",
    ),
    (
        r"Hashes are required in --require-hashes mode[^\n]*\n\s+(\S+)",
        "The lock file has no hash for {0}. A mistake in HipCare: see `make lock`.",
    ),
    (r"^ERROR: Invalid requirement: ([^\n]*)", "The lock file cannot be read: {0}."),
    (
        r"^ERROR: Package '([^']+)' requires a different Python: (?:\S+) not in '([^']+)'",
        f"{{0}} does not run on {PYTHON}; it needs {{1}}. Use another Python: make run PYTHON=/path/to/python3",
    ),
    (
        r"^ERROR: (?:ResolutionImpossible|Cannot install [^\n]* conflicting dependencies)",
        "The locked packages do not fit together. A mistake in HipCare: see `make lock`.",
    ),
)
PIP_AFTER_NETWORK = (
    (
        r"^(?:ERROR: )?(?:Could not build wheels for|Failed to build|╰─>) (?!See )([\w.,; -]+?)(?:, which|$)",
        (
            f"{{0}} could not be built. There is no ready-made package of it for {PYTHON} on {platform.system()} "
            f"{platform.machine()}; use another Python, or install what pip misses above."
        ),
    ),
    (r"metadata-generation-failed|subprocess-exited-with-error", "A package could not be built; pip says why above."),
    (r"\[Errno 13\]|Permission denied", "A file could not be written: it belongs to another user. Look at .venv/."),
)
APT = (
    (r"don't have enough free space|No space left on device", "The disk is full. Make room"),
    (r"Unable to acquire the dpkg|Could not get lock", "Another program is installing packages. Wait for it"),
    (r"dpkg was interrupted", "An earlier installation broke off. Type `dpkg --configure -a`"),
    (r"not valid yet", "This machine's clock is wrong, so that apt-get trusts no list of packages. Set it"),
    (r"NO_PUBKEY|(?:is|are) not signed|certificate", "apt-get does not trust what it fetches, and says why above"),
    (r"unmet dependencies|held broken packages", "apt-get finds that its packages do not fit together, see above"),
    (r"(?:resolving|resolve|connect to|Connection timed out|Connection failed|Failed to fetch)", NO_APT_NETWORK),
    (r"Unable to locate package|no installation candidate", "apt-get's sources have no such package. Look at them"),
)


def _first(table: Iterable[tuple[str, str]], output: str) -> str:
    """Return the meaning of the first pattern in ``table`` that ``output`` holds, or ""."""
    for pattern, meaning in table:
        found = re.search(pattern, output, re.MULTILINE)
        if found:
            return meaning.format(*(part.strip() for part in found.groups()))
    return ""


def _not_found(output: str) -> str:
    """Return why pip found no release that does; "" where it does not say so.

    Only a connection that broke while this very package was asked for says that the network is at fault.
    """
    missing = NOT_FOUND.search(output)
    if not missing:
        return ""
    name, wanted = missing["name"], missing["name"] + missing["rest"]
    asked = [found["address"].rstrip("/") for found in BROKEN.finditer(output)]
    if any(address.endswith((f"/{name.lower()}", "/simple")) for address in asked):
        return NO_NETWORK
    if "from versions: none" in output:
        return (
            f"pip was offered no {name} at all for {PYTHON} on {platform.system()} {platform.machine()}. "
            "Where does it look? See: .venv/bin/pip config list"
        )
    return f"The package index that pip asks does not have {wanted}. Where does it look? See: .venv/bin/pip config list"


def pip_failure(output: str) -> str:
    why = (
        _first(PIP, output)
        or _not_found(output)
        or (NO_NETWORK if any(re.search(pattern, output, re.MULTILINE) for pattern in NETWORK) else "")
        or _first(PIP_AFTER_NETWORK, output)
        or "pip says why above."
    )
    return f"The packages could not be installed. {why} {AGAIN}"


def apt_failure(output: str) -> str:
    return f"{_first(APT, output) or 'apt-get says why above. See to it'}, then try it yourself"
