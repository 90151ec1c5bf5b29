"""What is asked of the list of patients: whose, which of them, in which order, which page, whose entries unfolded."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from hipcare.text import line

LONGEST_SEARCH = 80
MINE, ALL, ARCHIVED = "mine", "all", "archived"
WHOSE = {MINE: "Mine", ALL: "All", ARCHIVED: "Archived"}
EVERYONE, TO_READ = "all", "look"
FILTERS = {
    EVERYONE: "Everyone",
    TO_READ: "To look at",
    "review": "Review date passed",
    "quiet": "No log for a while",
    "draft": "Draft waiting",
    "none": "No programme yet",
}
READ_FIRST, NAME = "look", "name"
ORDERS = {READ_FIRST: "What to look at first", NAME: "Surname", "last": "Last session", "review": "Review date"}
LETTERS = "abcdefghijklmnopqrstuvwxyz"

FOUND = "found"  # in the address of what a search found; the words searched for, names, are not
ASKED_IN_ADDRESS = {FOUND, "whose", "show", "sort", "page", "letter"}


def searched(typed: str) -> str:
    return line(typed.replace("\0", " "))[:LONGEST_SEARCH].rstrip()


@dataclass(frozen=True, slots=True)
class ListQuery:
    """How is said by the address, whom by the search. What it does not know, it takes as not said.

    A search looks everywhere; one's own patients stand as they are to be read, all of them by name.
    """

    words: str = ""
    whose: str = MINE
    show: str = EVERYONE
    order: str = READ_FIRST
    page: str = ""
    letter: str = ""
    opened: uuid.UUID | None = None

    @classmethod
    def of(cls, query: Mapping[str, Any], words: str = "") -> "ListQuery":
        """Read a query string; ``words`` are those searched for, where it says that they are wanted."""
        words = words if FOUND in query else ""
        whose = _one_of(WHOSE, query.get("whose"), ALL if words else MINE)
        show = EVERYONE if whose == ARCHIVED else _one_of(FILTERS, query.get("show"), EVERYONE)
        usual = READ_FIRST if whose == MINE else NAME
        letter = str(query.get("letter", ""))
        return cls(
            words=words,
            whose=whose,
            show=show,
            order=NAME if whose == ARCHIVED else _one_of(ORDERS, query.get("sort"), usual),
            page=str(query.get("page", "")),
            letter=letter if letter and letter in LETTERS and len(letter) == 1 else "",
            opened=uuid_or_none(query.get("open")),
        )

    @property
    def here(self) -> str:
        """The query string of this page of the list, without what is unfolded."""
        said = {"whose": self.whose, "show": self.show, "sort": self.order, "page": self.page, "letter": self.letter}
        found = {FOUND: ""} if self.words else {}
        return f"?{urlencode({**found, **{name: value for name, value in said.items() if value}})}"

    @property
    def is_by_letter(self) -> bool:
        return self.whose != MINE and self.order == NAME and self.show == EVERYONE and not self.words


def _one_of(known: Mapping[str, str], said: Any, usual: str) -> str:
    return str(said) if str(said) in known else usual


def uuid_or_none(said: Any) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(said)) if said else None
    except ValueError:
        return None
