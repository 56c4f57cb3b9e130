"""What can stand in a text besides words, the line by which the text names it, and when enough is said of it. Pure.

An insert is a plain document (a ``dict`` as JSON takes it), so that it is kept in each version of its text:
``kind``, ``name`` and ``key`` of each; what else it has, its kind says.
"""

import datetime
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from meedoen.kernel.text import slug

Insert = dict[str, Any]

MAX_INSERTS = 40  # in one text; more is an album, and tiring to listen to
MAX_PER_DAY = 200  # files of one editor: a whole guide with its pictures, no program that fills the disk
MAX_NAME = 40  # letters of a name
MAX_CAPTION = 200  # characters
MAX_CREDIT = 120  # characters
MAX_TRANSCRIPT = 60_000  # characters: what is said in some six hours
CAPTIONS_MAY_END = 0.5  # of the length of a video; where captions end sooner, something is missing or the end is silent
KEEP_UNNAMED = datetime.timedelta(days=30)  # a file that no kept version names; as long as a text that is thrown away
SHARED_SIZE = (1200, 630)  # pixels; what sites that show a shared page ask for
_NAME_WORDS = 4  # of what is said of it, for who gave it no name


class Kind(StrEnum):
    """What it is, as the line in the text says it."""

    PICTURE = "beeld"
    DOCUMENT = "bestand"
    VIDEO = "video"


# In which a document can be, by the code that a browser understands.

# What of a picture has to stay in sight where it is cut: parts of its width and of its height.
FOCI: dict[str, tuple[float, float]] = {
    "midden": (0.5, 0.5),
    "boven": (0.5, 0.0),
    "onder": (0.5, 1.0),
    "links": (0.0, 0.5),
    "rechts": (1.0, 0.5),
}

_NAMED = re.compile(r"\[(beeld|bestand|video):[ \t]*([^\[\]\n]{1,80}?)[ \t]*\]", re.IGNORECASE)
_LINE = re.compile(rf"^[ \t]{{0,3}}{_NAMED.pattern}[ \t]*$", re.IGNORECASE | re.MULTILINE)


def line_of(insert: Mapping[str, Any]) -> str:
    """The line that puts it in the text: ``[beeld: helling]``."""
    return f"[{insert['kind']}: {insert['name']}]"


def name_in(written: str) -> str:
    """The name as somebody typed it, in the form in which names are kept."""
    return slug(written)[:MAX_NAME].strip("-")


def placed(text: str) -> list[str]:
    """The names of what has a line of its own in ``text``, in the order in which it is read."""
    return [name_in(found[2]) for found in _LINE.finditer(text)]


def named(text: str) -> list[str]:
    """The names of all that is named in ``text``, on a line of its own or not."""
    return [name_in(found[2]) for found in _NAMED.finditer(text)]


def apart(text: str) -> str:
    """``text`` in which each such line is a paragraph of its own."""
    return _LINE.sub(lambda found: f"\n{found[0].strip()}\n", text)


def without_lines(text: str) -> str:
    """The words alone, each on the line on which it stood."""
    return _LINE.sub("", text)


def free_name(wanted: str, told: str, kind: Kind, taken: Collection[str]) -> str:
    """A name that no other insert of the text has: the one wanted, else made of what is said of it, else a number."""
    base = name_in(wanted) or name_in(" ".join(told.split()[:_NAME_WORDS]))
    if base and base not in taken:
        return base
    number, stem = (2, base[: MAX_NAME - 4]) if base else (1, kind.value)
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


def file_of(insert: Mapping[str, Any]) -> str:
    """Under which the picture itself is kept; see ``files.kept.KeptFile.keep``."""
    return f"{insert['key'][:2]}/{insert['key']}.{insert['type']}"


def keys_of(inserts: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The keys of the files that these are made of."""
    for insert in inserts:
        yield from (insert[name] for name in FILES if insert.get(name))


FILES = ("key", "captions", "sign_key")  # where an insert names a file


def in_texts(inserts: Sequence[Insert], texts: Iterable[str]) -> list[Insert]:
    """Those that have a line in one of ``texts``."""
    there = {name for text in texts for name in placed(text)}
    return [insert for insert in inserts if insert["name"] in there]
