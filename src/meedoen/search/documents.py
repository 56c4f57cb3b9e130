"""What can be found: one document for each thing that has an address of its own. Pure."""

import datetime
from dataclasses import dataclass, field

MAX_BODY = 100_000  # characters that are read; the rest of a longer text is not found


@dataclass(frozen=True, slots=True)
class Document:
    """Something public, in the words by which it is found. Everything is plain text, without markup.

    ``key`` is its name within its source. Documents of one ``group`` are parts of one thing (a topic and its
    contributions): results show the group once, by the part that fits best. ``context`` is what a part is about without
    saying so itself, such as the title of its topic: it counts for less.

    ``worth`` is how much it is to be trusted beside others that fit as well, in steps from -2 to 2: checked lately or
    answered is 1, out of date is -1.
    """

    key: str
    url: str
    title: str
    summary: str = ""
    headings: str = ""
    body: str = ""
    context: str = ""
    group: str = ""
    date: datetime.date | None = None
    place: str = ""  # in words, beside its date: a municipality, or where a meeting is held
    themes: tuple[str, ...] = ()  # their ids
    municipalities: tuple[str, ...] = field(default=())  # their slugs
    has_easy: bool = False  # there is a version in easy language
    worth: int = 0
