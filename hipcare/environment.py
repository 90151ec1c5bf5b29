"""Read settings from the environment and from ``.env``; a bad value stops the start with one sentence.

Both readers of settings come here: ``settings.py``, and ``gunicorn.py``, which runs before there are any.
"""

import os
from pathlib import Path
from typing import Any

from dotenv import dotenv_values
from dotenv.parser import parse_stream
from environs import Env, EnvError

from hipcare.setting_values import misspelt

BASE_DIR = Path(__file__).resolve().parent.parent
NAMES = (
    *("ALLOWED_HOSTS", "BIND", "DATABASE_URL", "DEBUG", "EMAIL_URL", "ENV_FILE", "FROM_EMAIL", "GUNICORN_LOG_LEVEL"),
    *("HANDOUT_SECONDS", "HSTS_PRELOAD", "LOCAL_RUN", "PORT", "SECRET_KEY", "SITE_URL", "STAFF_SECOND_FACTOR"),
    *("TRUSTED_PROXIES", "VAR_DIR", "WORKERS"),
)

env = Env()
# Where the settings are kept; what the environment itself says comes first.
_file = Path(env.str("ENV_FILE", "") or BASE_DIR / ".env")
if not _file.exists() and env.str("ENV_FILE", ""):
    raise SystemExit(f"HipCare cannot start: there is no file ENV_FILE={_file}.")
if _file.is_file():
    with _file.open(encoding="utf-8") as _lines:
        for _line in parse_stream(_lines):
            if _line.error or (_line.key and _line.value is None):
                raise SystemExit(f"HipCare cannot start: line {_line.original.line} of {_file} is not NAME=value.")
env.read_env(_file, recurse=False)


def read_or_stop(read: Any, name: str, *args: Any, **kwargs: Any) -> Any:
    try:
        return read(name, *args, **kwargs)
    except (EnvError, ValueError) as problem:
        message = f"HipCare cannot start: the setting {name} is not right. {problem}"
        raise SystemExit(message) from None


def stop(sentence: str) -> SystemExit:
    return SystemExit(f"HipCare cannot start: {sentence}")


_misspelt = misspelt(os.environ, dotenv_values(_file), NAMES)
if _misspelt:
    raise stop(f"there is no setting {_misspelt[0]}. Is {_misspelt[1]} meant? Rename it.")

# What HipCare writes (database, copies, sheets on their way) is for no other user of the machine.
os.umask(os.umask(0o077) | 0o077)
VAR_DIR = BASE_DIR / Path(read_or_stop(env.str, "VAR_DIR", "") or "var").expanduser()
SERVES = VAR_DIR / "server.lock"  # held as long as a server uses VAR_DIR; ``hipcare.operate.machine`` asks


def make_var_dir() -> None:
    try:
        VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        cure = "Make it, and give it to the user that runs HipCare."
        raise stop(f"there is no folder VAR_DIR={VAR_DIR} ({problem.strerror}). {cure}") from None
