"""What machines ask: is it alive, may it be sent visitors, how is it doing; and the reference for measuring."""

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest, multiprocess

from meedoen.config import figures
from meedoen.keeping import restoring
from meedoen.pages import replica
from meedoen.shared import memory

REFERENCE_BODY = (b"<!doctype html><title>Ijkpunt</title>" + b"<p>Iedereen doet mee.</p>\n" * 1000)[:20_000]

_migrated = False


@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """200 while the process answers; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and is of this version, else 503 with what is wrong."""
    problems = []
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if not _is_migrated():
            problems.append("the database waits for migrations: run 'meedoen migrate'")
        if restoring.half_restored():
            problems.append(restoring.HALF_WORDS)
    except Exception as error:
        problems.append(f"the database does not answer: {type(error).__name__}")
    found = {"ready": not problems, "problems": problems}
    if replica.is_there():  # visitors are served without it too, so it is told and stops nothing
        found["replica"] = "away" if replica.patience.is_away else "there"
    if memory.is_there():  # nor does this
        found["valkey"] = "there" if memory.answers() else "away"
    return JsonResponse(found, status=503 if problems else 200)


# What a proxy may add; a request with any of these comes from elsewhere, whatever address the proxy has.
FORWARDED = {"X-Forwarded-For", "X-Real-Ip", "Forwarded", "Via"}


@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures in Prometheus' format, for who sits on the own machine or is named in MEEDOEN_METRICS_FROM.

    What a proxy passes on comes from elsewhere, whatever address the proxy has.
    """
    if request.META.get("REMOTE_ADDR") not in settings.METRICS_FROM or FORWARDED & set(request.headers):
        raise Http404
    counted: CollectorRegistry = REGISTRY
    if settings.PROMETHEUS_MULTIPROC_DIR:
        counted = CollectorRegistry()
        multiprocess.MultiProcessCollector(counted)
    state = CollectorRegistry()
    state.register(figures.State())
    return HttpResponse(generate_latest(counted) + generate_latest(state), content_type=CONTENT_TYPE_LATEST)


def reference(request: HttpRequest) -> HttpResponse:
    """A constant body of 20 kB through the same middleware: what other pages are measured against."""
    return HttpResponse(REFERENCE_BODY, headers={"Cache-Control": "public, no-cache"})


def _is_migrated() -> bool:
    """Whether nothing waits; once true it stays so for this process, whose code does not change."""
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated
