"""The letters and digits of a pairing code. Pure: no database, no request.

Alphabet: Crockford's base 32 (no I, L, O, U), so that a code can be read aloud and typed by hand.
Token: 128 bits, 26 characters, in the fragment of the QR address, which no server log sees.
Typed code: 12 characters = locator (20 bits, names the row) + secret (35 bits, opens it) + check (tells a slip).
Three wrong tries shut a code for typing: who tries ten thousand open codes until all are shut gets into one of them
with a chance of 10 000 × 3 ÷ 2³⁵, less than one in a million, however fast the guesses come and wherever from. Beside
them 1 400 codes for a patient's next phone, or for a helper, may be typed at a time: (10 000 + 1 400) × 3 ÷ 2³⁵ is
still less.
"""

import hashlib
import hmac
import secrets
import uuid

import segno
from django.conf import settings

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOCATOR_LENGTH = 4
SECRET_LENGTH = 7
CHECK_LENGTH = 1
TOKEN_LENGTH = 26
TYPED_LENGTH = LOCATOR_LENGTH + SECRET_LENGTH + CHECK_LENGTH
QUIET_ZONE = 4
LOOKS_LIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})


def _derived(purpose: str, row: uuid.UUID, length: int) -> str:
    """Return ``length`` characters that only the holder of the secret key can work out for ``row``."""
    key = settings.SECRET_KEY.encode()
    digest = hmac.digest(key, f"hipcare.pairing.{purpose}:{row}".encode(), "sha256")
    number = int.from_bytes(digest, "big")
    return "".join(ALPHABET[(number >> (5 * place)) & 31] for place in range(length))


def token_of(row: uuid.UUID) -> str:
    return _derived("token", row, TOKEN_LENGTH)


def secret_of(row: uuid.UUID, length: int = SECRET_LENGTH) -> str:
    return _derived("typed", row, length)


def check_of(code: str) -> str:
    """Return the character that ends ``code`` when it is typed right.

    The characters are numbers of the field of 32 elements, each weighed by another power of 2: one wrong character,
    or two that changed places, always gives another sum. (A sum modulo 32 misses some.)
    """
    total = 0
    for character in code:
        total = _doubled(total ^ ALPHABET.index(character))
    return ALPHABET[total]


def _doubled(number: int) -> int:
    """Return twice ``number`` in the field of 32 elements, x⁵ + x² + 1."""
    return number << 1 ^ (0b100101 if number & 0b10000 else 0)


def is_slip(plain: str) -> bool:
    """Say whether the typed code, normalised, cannot be right as it stands."""
    return check_of(plain[:-CHECK_LENGTH]) != plain[-CHECK_LENGTH:]


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


def locator_hash(locator: str) -> str:
    """Return what is stored of a locator that was tried and names no open code."""
    return hmac.digest(settings.SECRET_KEY.encode(), f"hipcare.locator:{locator}".encode(), "sha256").hex()


def square_of(link: str) -> str:
    """Return ``link`` as a QR code, black on white with its quiet zone, as an address that an ``<img>`` can show."""
    address: str = segno.make_qr(link, error="m").svg_data_uri(border=QUIET_ZONE, light="#fff", scale=4)
    return address
