"""A release's rows as lines of JSON: written out of a database, and put back into one that stands where it stood."""

import base64
import gzip
import json
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

FOLDER = Path(__file__).parent
NOT_KEPT = {"contenttypes", "sessions"}  # apps whose rows are made anew, or open nothing without the key
BEFORE_THE_FIRST = "0.0.0"  # what was there before 0.1.0: people may have tried it, and nothing of it was ever named
PERMISSIONS = "auth_permission"  # goes with the content types


def releases():
    """Return the names of all releases that are kept."""
    return sorted(path.parent.name for path in FOLDER.glob("*/rows.jsonl.gz"))


def models_of(registry):
    """Return the models whose rows are kept, many-to-many tables among them."""
    every = registry.get_models(include_auto_created=True)
    return [
        model
        for model in every
        if model._meta.managed
        and not model._meta.proxy
        and model._meta.app_label not in NOT_KEPT
        and model._meta.db_table != PERMISSIONS
    ]


def columns_of(model):
    """Return the fields that a row of ``model`` is made of."""
    return [field for field in model._meta.local_concrete_fields if not getattr(field, "generated", False)]


def as_json(value):
    """Return what JSON has no kind for: bytes in base64, the rest as text."""
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def write(file):
    """Write every row of this database, which stands at the newest migrations."""
    leaves = sorted(MigrationExecutor(connection).loader.graph.leaf_nodes())
    with file.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as packed:
        packed.write((json.dumps({"leaves": leaves}) + "\n").encode())
        for model in models_of(apps):
            names = [field.attname for field in columns_of(model)]
            for row in model._base_manager.order_by("pk").values_list(*names):
                line = {"table": model._meta.db_table, "row": dict(zip(names, row, strict=True))}
                packed.write((json.dumps(line, default=as_json, ensure_ascii=False) + "\n").encode())


def read(release):
    """Return the migrations a release stood at and its rows, as (table, row)."""
    with gzip.open(FOLDER / release / "rows.jsonl.gz", "rt", encoding="utf-8") as lines:
        first = json.loads(next(lines))
        rows = [(line["table"], line["row"]) for line in map(json.loads, lines)]
    return [tuple(leaf) for leaf in first["leaves"]], rows


def load(release):
    """Make this empty database one of ``release``; return how many rows each table got."""
    leaves, rows = read(release)
    executor = MigrationExecutor(connection)
    executor.migrate(leaves)
    then = MigrationExecutor(connection).loader.project_state(leaves).apps
    models = {model._meta.db_table: model for model in models_of(then)}
    made = {}
    for table, row in rows:
        made.setdefault(table, []).append(instance(models[table], row))
    with without_triggers(), transaction.atomic():
        for table, instances in made.items():
            models[table]._base_manager.bulk_create(instances, batch_size=200)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models.values()):
            cursor.execute(statement)
    return {table: len(instances) for table, instances in made.items()}


def instance(model, row):
    """Return a row as it was: nothing is dated today."""
    values = {}
    for field in columns_of(model):
        field.auto_now = field.auto_now_add = False
        values[field.attname] = field.to_python(row[field.attname])
    return model(**values)


@contextmanager
def without_triggers():
    """Take every trigger of ours away meanwhile, as a restored dump does."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            triggers = cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for name, _ in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
            yield
            for _, statement in triggers:
                cursor.execute(statement)
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT event_object_table FROM information_schema.triggers")
        tables = [table for (table,) in cursor.fetchall()]
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        yield
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
