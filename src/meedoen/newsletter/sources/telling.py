"""What every kind of thing that happens has in common: its words as they fit in a letter."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from meedoen.conversation.models import Thread
from meedoen.kernel import dutch
from meedoen.kernel.markup import CALLOUTS, language_named
from meedoen.kernel.text import plain_text
from meedoen.library.inserts.reading import in_words
from meedoen.library.inserts.rules import Insert, name_in
from meedoen.newsletter import rules

Words = str | Promise

_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
_INSERT = re.compile(r"^[ \t]{0,3}\[(?:beeld|bestand|video):[ \t]*([^\[\]\n]{1,80}?)[ \t]*\][ \t]*$", re.I | re.M)
_OWN_LINK = re.compile(r"\]\(/(?!/)")
_CALLOUT = re.compile(r"^>[ \t]*\[[ \t]*([^\[\]\n]{1,40}?)[ \t]*\][ \t]*$", re.MULTILINE)
_LANGUAGE = re.compile(r"\[[ \t]*([^\W\d_]{3,12}):[ \t]*([^\[\]\n]+?)[ \t]*\](?!\()")


@dataclass(frozen=True, slots=True)
class Told:
    """Something that happened, in words: Markdown-lite of our editors, or with ``is_written`` of whoever wrote it.

    ``easy_words`` are empty where nobody made them. ``helped`` is what helped who asked, in the words of whoever answered.
    ``facts`` are rows, ``ways`` words and paths of what can be done.
    """

    title: str
    path: str
    words: str
    easy_title: str = ""
    easy_words: str = ""
    summary: str = ""
    helped: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    ways: tuple[tuple[str, str], ...] = ()
    is_written: bool = False
    is_example: bool = False


@dataclass(frozen=True)
class Source:
    """A kind of thing that happens.

    ``happened`` gives the keys of what happened after one moment, up to and with another, in the order in which it is
    told. ``told`` gives the words of those that can be read now, by their keys, in a fixed number of queries.
    ``thread`` is where is talked about one of them; there is none where nobody can, and ``instead`` then says, by its
    key, what can be done by mail. ``all_path`` leads to all of the kind.
    """

    name: str
    heading: Words
    happened: Callable[[datetime, datetime], Sequence[str]]
    told: Callable[[Sequence[str]], Mapping[str, Told]]
    area: str
    all_path: Callable[[], str]
    thread: Callable[[str, datetime], Thread | None] | None = None
    instead: Callable[[str], str] | None = None

    @property
    def can_be_answered(self) -> bool:
        """Whether people talk about it on the site."""
        return self.thread is not None


def fitting(text: str, inserts: Sequence[Insert] = ()) -> str:
    """Markdown-lite as it stands inside an item, and as any mail can show it.

    Headings are bold lines, links are whole, pictures are told in words, a callout begins with its kind; words in
    another language stand without their mark.
    """
    by_name = {insert["name"]: insert for insert in inserts}

    def told(line: re.Match[str]) -> str:
        insert = by_name.get(name_in(line[1]))
        return f"\n{in_words(insert)}\n" if insert else ""

    said = _LANGUAGE.sub(_words, _CALLOUT.sub(_named, _INSERT.sub(told, text)))
    said = _HEADING.sub(lambda line: f"\n**{line[2].replace('*', '')}**\n", said)
    return re.sub(r"\n{3,}", "\n\n", _OWN_LINK.sub(f"]({settings.BASE_URL}/", said)).strip()


def whole_or_opening(text: str, summary: str, inserts: Sequence[Insert] = ()) -> str:
    """A short text as a whole; of a longer one its summary, its beginning, and what the rest is about."""
    said = fitting(text, inserts)
    if len(said) <= rules.WHOLE_LETTERS:
        return said
    opening = _opening(said)
    rest = [plain_text(found[2]) for found in _HEADING.finditer(text)]
    later = [heading for heading in rest if f"**{heading}**" not in opening]
    parts = [f"**{summary}**" if summary else "", opening]
    if later:
        parts.append(_("De rest gaat over: %(what)s.") % {"what": dutch.join([f"‘{each}’" for each in later])})
    return "\n\n".join(filter(None, parts))


def beginning(text: str, *, most: int) -> str:
    """The first words of a text of somebody, cut at a word; no heading, and no quotation of others, stands in it."""
    own = "\n".join(line for line in fitting(text).splitlines() if not line.lstrip().startswith(">")).strip()
    return own if len(own) <= most else f"{plain_text(own)[:most].rsplit(' ', 1)[0]} …"


def _named(line: re.Match[str]) -> str:
    kind = CALLOUTS.get(" ".join(line[1].casefold().split()))
    return f"> **{kind}**\n>" if kind else line[0]


def _words(marked: re.Match[str]) -> str:
    return marked[2] if language_named(marked[1]) else marked[0]


def _opening(said: str) -> str:
    """Its first paragraphs, as far as they fit; a heading with nothing below it goes."""
    kept: list[str] = []
    for paragraph in said.split("\n\n"):
        if kept and sum(map(len, kept)) + len(paragraph) > rules.OPENING_LETTERS:
            break
        kept.append(paragraph)
    while len(kept) > 1 and kept[-1].startswith("**") and kept[-1].endswith("**"):
        kept.pop()
    return "\n\n".join(kept).strip()
