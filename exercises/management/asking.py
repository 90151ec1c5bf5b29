"""What the commands for pictures share: how they are asked, and their plain words for what keeps them from working."""

import difflib
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Final

from django.core.management import CommandParser
from django.core.management.base import CommandError

from exercises.figures.gallery.building import BuildError
from exercises.figures.gallery.checking import FaultyPoseError
from exercises.figures.gallery.processes import KilledError

MOST_JOBS: Final = 4
FIRST_FEW: Final = 5


def add_jobs(parser: CommandParser) -> None:
    default = min(MOST_JOBS, os.cpu_count() or 1)
    words = f"processes at once, here {default} if nothing is said; a moving picture takes each some 400 MB of memory"
    parser.add_argument("--jobs", type=int, default=default, help=words)


def known_only(slugs: Collection[str], known: Collection[str], jobs: int) -> None:
    """Refuse exercises that have no pose, with the one that was perhaps meant, and a senseless number of processes."""
    if unknown := sorted(set(slugs) - set(known)):
        near = [meant for slug in unknown for meant in difflib.get_close_matches(slug, known, n=1)]
        hint = f" Did you mean {', '.join(near)}?" if near else ""
        raise CommandError(f"There is no pose for {', '.join(unknown)}.{hint}")
    if jobs < 1:
        raise CommandError("--jobs: at least 1.")


def some_of(names: Collection[str]) -> str:
    more = f" and {len(names) - FIRST_FEW} more" if len(names) > FIRST_FEW else ""
    return ", ".join(list(names)[:FIRST_FEW]) + more


@contextmanager
def plain_words(otherwise: str, stopped: str) -> Iterator[None]:
    """End the command with plain lines for whatever keeps it from its work: ``otherwise`` says how things stand then.

    ``stopped`` does for Ctrl-C.
    """
    try:
        yield
    except FaultyPoseError as problem:
        raise CommandError(f"{otherwise} Mend these poses first:\n{problem}") from None
    except BuildError as problem:
        raise CommandError(f"{otherwise} These could not be drawn:\n{problem}") from None
    except KilledError as problem:
        raise CommandError(f"{otherwise} {problem}") from None
    except OSError as problem:
        where = f"{problem.filename}: " if problem.filename else ""
        raise CommandError(f"{otherwise} {where}{problem.strerror or problem}.") from None
    except KeyboardInterrupt:
        raise CommandError(f"Stopped. {stopped}", returncode=130) from None
