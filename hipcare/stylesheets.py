"""Style sheets as a server sends them: the parts that a sheet imports stand in it, without comments.

In the repository each part has a file of its own, joined by plain ``@import``, which a browser follows by itself.
Collected (``collectstatic``) a page asks for two sheets instead of a dozen, one after the other.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from posixpath import normpath, relpath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]

IMPORT = re.compile(r'^@import url\("([^":]+)"\);\n', re.MULTILINE)
ADDRESS = re.compile(r'url\("(?!data:)([^"]+)"\)')
SHEET = re.compile(r"css/.*\.css$")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)

Paths = dict[str, tuple[Storage, str]]


def whole(name: str, read: Callable[[str], str]) -> str:
    """Return the sheet ``name`` with its imports in their places, each once; ``read`` gives a file's text."""
    folder, seen = PurePosixPath(name).parent, set[str]()

    def text_of(part: str) -> str:
        if part in seen:
            return ""
        seen.add(part)
        here, text = PurePosixPath(part).parent, read(part)
        imported = [text_of(normpath(here / found)) for found in IMPORT.findall(text)]
        own = ADDRESS.sub(lambda found: f'url("{relpath(here / found[1], folder)}")', IMPORT.sub("", text))
        return "".join([*imported, own])

    return text_of(name)


def without_comments(sheet: str) -> str:
    """Return ``sheet`` without comments, indents and empty lines."""
    lines = (line.strip() for line in COMMENT.sub("", sheet).splitlines())
    return "\n".join(line for line in lines if line) + "\n"


class StaticStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Static files with hashed names, compressed; a style sheet is whole, a script imports others by their hash."""

    support_js_module_import_aggregation = True

    def post_process(self, paths: Paths, dry_run: bool = False, **options: Any) -> Iterator[Any]:  # noqa: FBT001, FBT002
        """Put each of our style sheets together before it gets its name."""

        def read(name: str) -> str:
            storage, path = paths[name]
            with storage.open(path) as file:
                return str(file.read(), "utf-8")

        sheets = {} if dry_run else {name: whole(name, read) for name in paths if SHEET.match(name)}
        for name, sheet in sheets.items():
            self.delete(name)
            self._save(name, ContentFile(without_comments(sheet).encode()))
        yield from super().post_process(paths | {name: (self, name) for name in sheets}, dry_run, **options)
