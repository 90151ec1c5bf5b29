"""Whether this server can do its work, for the proxy and the person who runs it."""

from functools import cache

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from hipcare.access import Audience, audience


@cache
def _migrated() -> bool:
    """Say yes once the database has every migration; a no is asked again (``cache_clear``)."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


@audience(Audience.PUBLIC)
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer ``ok``, or 503 while migrations are missing; a database that is away is 503 too (``hipcare.outage``)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    if not _migrated():
        _migrated.cache_clear()
        return HttpResponse("migrations missing: manage.py migrate\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
