"""Read settings from the environment and from ``.env``; a bad value stops the start with one sentence.

Both readers of settings come here: ``settings.py``, and ``gunicorn.py``, which runs before there are any.
"""

import os
from pathlib import Path
from typing import Any

from environs import Env, EnvError

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
# Where the settings are kept; what the environment itself says comes first.
env.read_env(env.str("ENV_FILE", "") or BASE_DIR / ".env", recurse=False)


def read_or_stop(read: Any, name: str, *args: Any, **kwargs: Any) -> Any:
    """Return the setting ``name``, or stop the start with one sentence that names it."""
    try:
        return read(name, *args, **kwargs)
    except (EnvError, ValueError) as problem:
        message = f"HipCare cannot start: the setting {name} is not right. {problem}"
        raise SystemExit(message) from None


def stop(sentence: str) -> SystemExit:
    """Return the exception that ends the start with ``sentence``."""
    return SystemExit(f"HipCare cannot start: {sentence}")


# What HipCare writes (database, copies, sheets on their way) is for no other user of the machine.
os.umask(os.umask(0o077) | 0o077)
VAR_DIR = Path(read_or_stop(env.str, "VAR_DIR", str(BASE_DIR / "var")))
SERVES = VAR_DIR / "server.lock"  # held as long as a server uses VAR_DIR; ``hipcare.machine`` asks


def make_var_dir() -> None:
    """Make ``VAR_DIR`` for this user alone, where it is not there yet."""
    try:
        VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        cure = "Make it, and give it to the user that runs HipCare."
        raise stop(f"there is no folder VAR_DIR={VAR_DIR} ({problem.strerror}). {cure}") from None
