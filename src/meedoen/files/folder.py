"""Files in a folder of this machine, of which we say that they are kept only once the disk has them."""

import errno
import os
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import FileSystemStorage


class Folder(FileSystemStorage):
    """Django's own, that waits for the disk: a row of the database does, so its file may not come after it (ADR-0072)."""

    def _save(self, name: str, content: "File[Any]") -> str:
        there = next(each for each in Path(self.path(name)).parents if each.exists())
        kept: str = super()._save(name, content)  # type: ignore[misc]  # left out of what django-stubs knows
        path = Path(self.path(kept))
        _written_to_disk(path)
        for folder in path.parents:  # each of which may be new, and a name is kept by the folder it is in
            _written_to_disk(folder)
            if folder == there:
                break
        return kept


def _written_to_disk(path: Path) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    except OSError as error:
        if error.errno != errno.EINVAL:  # what a folder over a network says, which has nothing to wait for
            raise
    finally:
        os.close(file)
