"""The letters and digits of a pairing code. Pure: no database, no request.

Alphabet: Crockford's base 32 (no I, L, O, U), so that a code can be read aloud and typed by hand.
Token: 128 bits, 26 characters, in the fragment of the QR address, which no server log sees.
Typed code: 12 characters = locator (20 bits, names the row) + secret (40 bits, opens it).
"""

import hashlib
import hmac
import ipaddress
import secrets
import uuid

from django.conf import settings

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOCATOR_LENGTH = 4
SECRET_LENGTH = 8
TOKEN_LENGTH = 26
TYPED_LENGTH = LOCATOR_LENGTH + SECRET_LENGTH
LOOKS_LIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})


def _derived(purpose: str, row: uuid.UUID, length: int) -> str:
    """Return ``length`` characters that only the holder of the secret key can work out for ``row``."""
    key = settings.SECRET_KEY.encode()
    digest = hmac.digest(key, f"hipcare.pairing.{purpose}:{row}".encode(), "sha256")
    number = int.from_bytes(digest, "big")
    return "".join(ALPHABET[(number >> (5 * place)) & 31] for place in range(length))


def token_of(row: uuid.UUID) -> str:
    return _derived("token", row, TOKEN_LENGTH)


def secret_of(row: uuid.UUID) -> str:
    return _derived("typed", row, SECRET_LENGTH)


def token_hash(token: str) -> str:
    """Return what is stored of a token: its SHA-256, enough for 128 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_locator() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LOCATOR_LENGTH))


def normalised(typed: str) -> str:
    """Return what was typed as the alphabet has it: capitals, no spaces or hyphens, O as 0, I and L as 1."""
    return "".join(c for c in typed.upper().translate(LOOKS_LIKE) if c in ALPHABET)


def grouped(code: str) -> str:
    """Return ``code`` in fours, as it is printed: ``7K3M-Q9TX-2HVD``."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def network_of(address: str) -> str:
    """Return the keyed hash of the network ``address`` is in: the IPv4 address itself, or the IPv6 /64.

    A household has one IPv4 address but as many IPv6 addresses as it likes within its /64.
    """
    network = address
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        pass  # a socket without an address, or a proxy's odd spelling: hashed as it is
    else:
        if isinstance(parsed, ipaddress.IPv6Address):
            shown = parsed.ipv4_mapped or ipaddress.ip_network((parsed, 64), strict=False)
            network = str(shown)
        else:
            network = str(parsed)
    return hmac.digest(settings.SECRET_KEY.encode(), f"hipcare.network:{network}".encode(), "sha256").hex()
