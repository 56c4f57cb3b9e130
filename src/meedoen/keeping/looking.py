"""Looking through a site that was put back: does all of it point somewhere, and do its pages come?"""

from collections.abc import Iterator

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection
from django.test import Client, override_settings
from django.utils.module_loading import import_string

from meedoen.municipalities.models import Municipality

STATIC = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # static files are not in a backup


def problems() -> Iterator[str]:
    """What is wrong with the site of the present settings, in plain English, each in a line."""
    yield from _database()
    yield from _pages()


def pages() -> list[str]:
    """The addresses that are asked: the start page, those of the menu and the foot, a municipality."""
    found = ["/", "/readyz"]
    for setting in (settings.NAVIGATION, settings.STATEMENTS):
        found += [address for _label, address in import_string(setting)()]
    if municipality := Municipality.objects.order_by("pk").first():
        found.append(municipality.get_absolute_url())
    return list(dict.fromkeys(found))


def _database() -> Iterator[str]:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            said = cursor.execute("PRAGMA integrity_check").fetchall()
        if said != [("ok",)]:
            yield f"The database is damaged: {said[0][0]}."
    try:
        connection.check_constraints()
    except DatabaseError as problem:
        yield f"Rows point nowhere: {problem}."
    if not ContentType.objects.exists() or not Municipality.objects.exists():
        yield "The database is empty."


def _pages() -> Iterator[str]:
    host = next((name for name in settings.ALLOWED_HOSTS if name.strip(".*")), "localhost").lstrip(".")
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": STATIC}):
        client = Client(raise_request_exception=False, SERVER_NAME=host)
        for address in pages():
            status = client.get(address, secure=settings.HTTPS).status_code
            if status != 200:
                yield f"The page {address} does not come: status {status}."
