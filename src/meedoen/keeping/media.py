"""The files that people sent, as the storage of the settings has them: all of them, and putting them back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import connection

from meedoen.files.kept import KeptFile

from .snapshot import Ask


def names(folder: str = "") -> Iterator[str]:
    """The names of all that is kept."""
    try:
        folders, files = default_storage.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    for name in sorted(files):
        yield f"{folder}{name}"
    for name in sorted(folders):
        yield from names(f"{folder}{name}/")


def must_answer() -> None:
    """Find out that the place where files are kept is there. Raises ``Away``."""
    next(names(), "")


def named_in(ask: Ask) -> set[str]:
    """The names of the files that the database tells of."""
    quote = connection.ops.quote_name
    found: set[str] = set()
    for model in apps.get_models():
        if issubclass(model, KeptFile):
            question = f"SELECT name, small_name FROM {quote(model._meta.db_table)}"  # noqa: S608
            found.update(name for row in ask(question) for name in row if name)
    return found


def put_all(folder: Path) -> int:
    """Keep all files of ``folder`` under their own names; how many that are. They are moved where that can be."""
    count = 0
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if default_storage.exists(name):
            default_storage.delete(name)
        with path.open("rb") as file:
            default_storage.save(name, _Staged(file, path))
        count += 1
    return count


def forget_all() -> None:
    """Delete all that is kept."""
    for name in list(names()):
        default_storage.delete(name)


class _Staged(File):
    """A file that the storage may move to its place."""

    def __init__(self, file: Any, path: Path) -> None:
        super().__init__(file, name=path.name)
        self.path = path

    def temporary_file_path(self) -> str:
        return str(self.path)
