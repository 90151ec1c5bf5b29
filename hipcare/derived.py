"""Columns that are worked out from others of the same row, and stay right however the row is written.

A row that is saved works them out anew; ``DerivedQuerySet`` does so for ``update`` and ``bulk_update``. To migrations
and to the database they are plain columns.
"""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models, transaction

from hipcare.folding import sort_key

if TYPE_CHECKING:
    CharColumn = models.CharField[str, str]
    TextColumn = models.TextField[str, str]
    BytesColumn = models.BinaryField[bytes, bytes]
else:  # they cannot be subscripted at run time
    CharColumn, TextColumn, BytesColumn = models.CharField, models.TextField, models.BinaryField

Row = TypeVar("Row", bound=models.Model)


class Derived(models.Field if TYPE_CHECKING else object):  # type: ignore[misc]
    """``sources`` are the columns that this one is worked out from, ``by`` the property of the row that does it."""

    def __init__(self, *sources: str, by: str = "", **options: Any) -> None:
        self.sources, self.by = sources, by
        super().__init__(**{"editable": False, **options})

    def work_out(self, row: models.Model) -> Any:
        return getattr(row, self.by)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: ARG002, FBT001 - Django's signature
        value = self.work_out(model_instance)
        setattr(model_instance, self.attname, value)
        return value

    def deconstruct(self) -> Any:
        name, _path, args, options = super().deconstruct()
        plain = next(cls for cls in type(self).__mro__ if cls.__module__ == "django.db.models.fields")
        return name, f"django.db.models.{plain.__name__}", args, options


class SortKey(Derived, BytesColumn):
    """The folded key of one or more names: sorts and compares them. Bytes have one order on every database."""

    def work_out(self, row: models.Model) -> bytes:
        return sort_key(*(getattr(row, source) for source in self.sources))


class DerivedText(Derived, TextColumn):
    """Words to search in."""


class DerivedLine(Derived, CharColumn):
    """A short text."""


def derived_from(model: type[models.Model], written: Collection[str]) -> list[Derived]:
    """Return the columns of ``model`` that have to be worked out anew when ``written`` are."""
    columns = [column for column in model._meta.concrete_fields if isinstance(column, Derived)]
    return [column for column in columns if column.name not in written and set(column.sources) & set(written)]


class DerivedQuerySet(models.QuerySet[Row]):
    """Keeps derived columns right where rows are written without being saved one by one."""

    def update(self, **changes: Any) -> int:
        stale = derived_from(self.model, changes)
        if not stale:
            return super().update(**changes)
        with transaction.atomic(using=self.db):
            keys = list(self.values_list("pk", flat=True))
            written = super().update(**changes)
            for row in self.model._base_manager.filter(pk__in=keys):
                row.save(update_fields=[column.name for column in stale])
        return written

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_update(self, objs: Iterable[Row], fields: Iterable[str], batch_size: int | None = None) -> int:
        rows, names = list(objs), list(fields)
        stale = derived_from(self.model, names)
        for row in rows:
            for column in stale:
                column.pre_save(row, add=False)
        return super().bulk_update(rows, [*names, *(column.name for column in stale)], batch_size)

    bulk_update.alters_data = True  # type: ignore[attr-defined]


class DerivedModel(models.Model):
    """A row that writes its derived columns whenever it writes what they come from."""

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **options: Any) -> None:
        if update_fields is not None:
            names = list(update_fields)
            update_fields = [*names, *(column.name for column in derived_from(type(self), names))]
        super().save(*args, update_fields=update_fields, **options)
