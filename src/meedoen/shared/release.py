"""Which site speaks: servers of another release, or with other settings, make other pages of the same content."""

import os
import sys
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

from django.conf import settings
from django.utils.crypto import salted_hmac

from meedoen.kernel.identifiers import content_mark

PACKAGE = Path(__file__).resolve().parent.parent
MANIFEST = "staticfiles.json"  # what names of static files lead to, also those of a theme
# What may differ between servers of one site and stands on no page. A setting that is missing here costs sharing, no more.
OF_ONE_SERVER = {
    f"MEEDOEN_{name}"
    for name in [
        "BACKUPS",
        "BACKUP_AT",
        "BACKUP_KEY",
        "BACKUP_KEY_FILE",
        "DATA",
        "HOST",
        "LOG_FORMAT",
        "LOG_LEVEL",
        "LOG_REQUESTS",
        "METRICS_FROM",
        "OTLP_ENDPOINT",
        "REPLICA_URL",
        "SECRET_KEY_FILE",
        "STATIC",
        "SUPERVISED",
        "THREADS",
        "VALKEY_URL",
        "VAULT_KEY_FILE",
        "WORKERS",
    ]
}


@cache
def mark() -> str:
    """Changes with our code and templates, the packages we use, the static files and the settings.

    A fifth of a second, once in each process.
    """
    parts = [sys.version.encode(), _digest_of_code(), *_packages(), *_settings()]
    manifest = Path(settings.STATIC_ROOT) / MANIFEST
    parts.append(manifest.read_bytes() if manifest.exists() else b"")
    whole = content_mark(*parts)
    return salted_hmac("meedoen.shared.release", whole, algorithm="sha256").hexdigest()[:16]


def _digest_of_code() -> bytes:
    files = sorted(path for path in PACKAGE.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return content_mark(
        *(part for path in files for part in (path.relative_to(PACKAGE).as_posix().encode(), path.read_bytes()))
    ).encode()


def _packages() -> list[bytes]:
    return sorted(f"{each.name} {each.version}".encode() for each in distributions())


def _settings() -> list[bytes]:
    told = sorted((name, value) for name, value in os.environ.items() if name.startswith("MEEDOEN_"))
    return [f"{name}={value}".encode() for name, value in told if name not in OF_ONE_SERVER] + [
        settings.BASE_URL.encode()
    ]
