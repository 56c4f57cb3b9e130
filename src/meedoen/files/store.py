"""Where files are kept: the storage of the settings, a folder or a place that speaks S3; nothing there is public."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


def keep(name: str, content: bytes) -> str:
    """Keep ``content`` under ``name``; the name under which it really is."""
    return default_storage.save(name, ContentFile(content))


def read(name: str) -> bytes:
    """What is kept under that name. Raises ``FileNotFoundError``."""
    with default_storage.open(name) as file:
        content: bytes = file.read()
    return content


def forget(*names: str) -> None:
    """Delete what is kept under these names; what is gone already is gone."""
    for name in filter(None, names):
        default_storage.delete(name)
