"""Rows that the database itself refuses to change, or keeps count of, on SQLite and PostgreSQL.

Django's own guards can be walked around by ``QuerySet.update`` or a shell; a trigger cannot.
"""

from collections.abc import Sequence
from typing import Any

from django.db.migrations import RunPython


def create(connection: Any, table: str, verb: str, message: str, condition: str) -> None:
    """Refuse ``verb`` ("update" or "delete") on rows of ``table`` for which ``condition`` on OLD holds."""
    name = f"{table}_no_{verb}"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF {condition} THEN RAISE EXCEPTION '{message}'; END IF; "
                f"RETURN {'OLD' if verb == 'delete' else 'NEW'}; END $$"
            )
            cursor.execute(
                f"CREATE OR REPLACE TRIGGER {name} BEFORE {verb.upper()} ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {name}()"
            )
        else:
            cursor.execute(
                f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {verb.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{message}') WHERE {condition}; END"
            )


def drop(connection: Any, table: str, verb: str) -> None:
    name = f"{table}_no_{verb}"
    with connection.cursor() as cursor:
        on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def refuse(table: str, verb: str, message: str, condition: str = "1 = 1") -> RunPython:
    """Return the migration step that makes the database refuse ``verb`` on ``table``, and its way back."""
    return RunPython(
        lambda _apps, editor: create(editor.connection, table, verb, message, condition),
        lambda _apps, editor: drop(editor.connection, table, verb),
    )


def allow(table: str, verb: str, message: str, condition: str = "1 = 1") -> RunPython:
    """Return the step that takes a refusal away for a while: ``refuse``, its way back first.

    SQLite makes a table anew to change it, and its triggers go with the old one: every migration that alters a table
    with a refusal, or one that a refusal names, stands between ``allow`` and ``refuse`` of the same words.
    """
    return RunPython(
        lambda _apps, editor: drop(editor.connection, table, verb),
        lambda _apps, editor: create(editor.connection, table, verb, message, condition),
    )


def create_after(connection: Any, table: str, verb: str, statements: Sequence[str]) -> None:
    """Let each row of ``table`` that meets ``verb`` ("insert", "update" or "delete") run ``statements`` after it."""
    drop_after(connection, table, verb)
    name, run = f"{table}_after_{verb}", "; ".join(statements)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
                f"AS $$ BEGIN {run}; RETURN NULL; END $$"
            )
            cursor.execute(
                f"CREATE TRIGGER {name} AFTER {verb.upper()} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
            )
        else:
            cursor.execute(f"CREATE TRIGGER {name} AFTER {verb.upper()} ON {table} BEGIN {run}; END")


def drop_after(connection: Any, table: str, verb: str) -> None:
    on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER IF EXISTS {table}_after_{verb}{on_table}")
