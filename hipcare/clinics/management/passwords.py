"""Asking for a password on a terminal, or reading one from a pipe; never from the command line, where others see it."""

import getpass
import sys

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, OutputWrapper


def asked_password(*, whose: str, from_stdin: bool) -> str:
    """Return the password typed twice, or the first line of standard input. Raises ``CommandError`` in words."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise CommandError("There is no terminal to type a password on. Use --password-stdin and pipe it in.")
    password = getpass.getpass(f"Password for {whose} (12 characters or more): ")
    if password != getpass.getpass("The same again: "):
        raise CommandError("The two passwords differ. Nothing was saved.")
    return password


def in_words(problem: ValidationError) -> CommandError:
    if hasattr(problem, "message_dict"):
        lines = [f"{name}: {text}" for name, texts in problem.message_dict.items() for text in texts]
    else:
        lines = problem.messages
    return CommandError("Nothing was saved.\n" + "\n".join(f"  {line}" for line in lines))


def say_next_steps(out: OutputWrapper, steps: list[str]) -> None:
    out.write("\nNext:")
    for number, step in enumerate(steps, start=1):
        out.write(f"  {number}. {step}")
