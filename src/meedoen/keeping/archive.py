"""The file of a backup: what is in it, in which order, and reading it into a folder; its lock is ``locking``'s.

A tar in an age file. ``manifest.json`` comes first, so that what is not for this site is refused at once; then the
database, the settings, the media; ``contents.json`` comes last and says that all of it is there.
"""

import io
import json
import os
import shutil
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from . import locking
from .locking import Damaged

FORMAT, VERSION = "meedoen backup", 1
MANIFEST, DATABASE, SETTINGS, CONTENTS, MEDIA = (
    "manifest.json", "database", "settings.env", "contents.json", "media/",
)  # fmt: skip
MAX_PAPER_BYTES = 10 * 1024 * 1024  # of what we read into memory
COPY_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself before anything else."""

    made_at: str
    meedoen: str
    site: str
    database: str  # "sqlite" or "postgresql"
    migrations: list[str]  # "people.0001_start"
    counts: dict[str, int]  # rows in each table
    format: str = FORMAT
    version: int = VERSION


@dataclass(frozen=True)
class Contents:
    """What a backup says of itself at its end."""

    media: int
    missing: list[str]  # files that the database names and that were gone


Paper = TypeVar("Paper", Manifest, Contents)


class Writer:
    """Puts things into the file, one after another."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self.tar = tar

    def paper(self, name: str, content: bytes) -> None:
        """Something small."""
        self._add(name, io.BytesIO(content), len(content))

    def file(self, name: str, file: BinaryIO) -> None:
        """An open file, from its beginning."""
        file.seek(0)
        self._add(name, file, os.fstat(file.fileno()).st_size)

    def stream(self, name: str, file: Any, size: int) -> None:
        """Something that can be read."""
        self._add(name, file, size)

    def _add(self, name: str, file: Any, size: int) -> None:
        about = tarfile.TarInfo(name)
        about.size, about.mode = size, 0o600
        self.tar.addfile(about, file)


@contextmanager
def written(path: Path, *, draft: Path) -> Iterator[Writer]:
    """A new backup under ``path``; it is there whole, or not at all. It grows under ``draft``, on the same disk."""
    with locking.locked(draft) as stream, tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        yield Writer(tar)
    draft.replace(path)


def paper_of(paper: Manifest | Contents) -> bytes:
    """It, as it stands in the file."""
    return json.dumps(asdict(paper), ensure_ascii=False, indent=1).encode()


def read_into(
    folder: Path, path: Path, *, accept: Callable[[Manifest], None], tell: Callable[[int], None]
) -> tuple[Manifest, Contents]:
    """Unpack the whole backup ``path`` into the empty ``folder``. Raises ``Damaged`` and what ``accept`` raises.

    ``accept`` sees the manifest before anything is unpacked.
    """
    manifest = contents = None
    media = 0
    try:
        with locking.unlocked(path, tell=tell) as stream, tarfile.open(fileobj=stream, mode="r|") as tar:
            for member in tar:
                if not member.isreg() or contents is not None:
                    raise Damaged("this is not a backup of Meedoen")
                if manifest is None:
                    manifest = _manifest(member, tar)
                    accept(manifest)
                elif member.name == CONTENTS:
                    contents = _read(Contents, json.loads(_paper(member, tar)))
                elif member.name in (DATABASE, SETTINGS) or member.name.startswith(MEDIA):
                    _lay(member, tar, folder)
                    media += member.name.startswith(MEDIA)
                else:
                    raise Damaged("this is not a backup of Meedoen")
    except (tarfile.TarError, json.JSONDecodeError) as problem:
        raise Damaged("this is not a backup of Meedoen") from problem
    if manifest is None or contents is None or contents.media != media or not (folder / DATABASE).exists():
        raise Damaged("it is not whole: the backup was never finished")
    return manifest, contents


def _lay(member: tarfile.TarInfo, tar: tarfile.TarFile, folder: Path) -> None:
    """Write ``member`` below ``folder``, for its owner alone. By hand: Debian 12's Python has no ``tarfile`` filters."""
    place = folder / member.name
    if ".." in place.parts or place.exists():
        raise Damaged("this is not a backup of Meedoen")
    place.parent.mkdir(parents=True, exist_ok=True)
    file: BinaryIO = tar.extractfile(member)  # type: ignore[assignment]  # a regular file has one
    with open(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as kept:
        shutil.copyfileobj(file, kept, COPY_BYTES)


def _manifest(member: tarfile.TarInfo, tar: tarfile.TarFile) -> Manifest:
    if member.name != MANIFEST:
        raise Damaged("this is not a backup of Meedoen")
    said = json.loads(_paper(member, tar))
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise Damaged("this is not a backup of Meedoen")
    if said.get("version") != VERSION:
        raise Damaged("it was made by a newer version of Meedoen: install that version first")
    return _read(Manifest, said)


def _read(paper: type[Paper], said: Any) -> Paper:
    try:
        return paper(**said)
    except TypeError as problem:
        raise Damaged("this is not a backup of Meedoen") from problem


def _paper(member: tarfile.TarInfo, tar: tarfile.TarFile) -> bytes:
    if member.size > MAX_PAPER_BYTES:
        raise Damaged("this is not a backup of Meedoen")
    file: BinaryIO = tar.extractfile(member)  # type: ignore[assignment]  # a regular file has one
    return file.read()
