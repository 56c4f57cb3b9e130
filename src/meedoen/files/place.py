"""Whether the place where files are kept can be used, for ``meedoen check``."""

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.core.files.storage import storages


def problems() -> Iterator[str]:
    """Why files cannot be kept in the bucket of the settings, in plain English; nothing where there is none."""
    if not settings.S3_BUCKET:
        return
    if not (find_spec("storages") and find_spec("boto3")):
        yield "MEEDOEN_S3_BUCKET is set, and what speaks with it is not installed. Install requirements/s3.txt."
        return
    if not (settings.S3_ACCESS_KEY and settings.S3_SECRET_KEY):
        yield (
            "MEEDOEN_S3_ACCESS_KEY or its secret is empty. Set MEEDOEN_S3_SECRET_KEY,"
            " or let MEEDOEN_S3_SECRET_KEY_FILE name a file that we may read."
        )
        return
    from .bucket import problems as problems_of_bucket  # its packages are there only where a bucket is

    bucket: Any = storages["default"]
    yield from problems_of_bucket(bucket)
