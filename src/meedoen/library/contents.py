"""What a text has in it: its chapters, each with an address on the page. Pure: HTML in, HTML out.

The HTML is what ``kernel.text.render_markdown`` makes: its headings have no attributes.
"""

import re
from dataclasses import dataclass
from html import unescape

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

from meedoen.kernel.text import slug

LONG = 4  # chapters; a text with fewer is overseen without a list
PREFIX = "deel-"  # before the words of a heading, so that it is never the id of something else on the page
WITHOUT_WORDS = "zonder-woorden"  # a heading of marks alone

_HEADING = re.compile(r"<h([23])>(.*?)</h\1>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Part:
    """A heading inside a chapter."""

    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading of the text, and those that stand under it."""

    anchor: str
    title: str
    parts: tuple[Part, ...] = ()


def with_chapters(body: SafeString) -> tuple[SafeString, tuple[Chapter, ...]]:
    """``body`` in which each heading can be led to and takes the focus, and its chapters.

    An anchor is made of the heading's own words, so that it stays when chapters move. Of headings with the same words
    the second gets a number, in its anchor and in the list: there two links of one name would lead to two places.
    """
    chapters: list[Chapter] = []
    taken: set[str] = set()

    def placed(heading: re.Match[str]) -> str:
        level, inside = heading.groups()
        title = " ".join(unescape(strip_tags(inside)).split())
        if not title:
            return heading[0]
        wanted = PREFIX + (slug(title) or WITHOUT_WORDS)
        anchor, number = wanted, 1
        while anchor in taken:
            number += 1
            anchor = f"{wanted}-{number}"
        taken.add(anchor)
        if number > 1:
            title = f"{title} ({number})"
        if level == "2":
            chapters.append(Chapter(anchor, title))
        elif chapters:
            last = chapters[-1]
            chapters[-1] = Chapter(last.anchor, last.title, (*last.parts, Part(anchor, title)))
        return f'<h{level} id="{anchor}" tabindex="-1">{inside}</h{level}>'

    # Cleaned before it came here: what is put in are a level and a slug.
    return mark_safe(_HEADING.sub(placed, body)), tuple(chapters)


def contents_of(chapters: tuple[Chapter, ...]) -> tuple[Chapter, ...]:
    """What to list above the text: all of them when it is long, else none."""
    return chapters if len(chapters) >= LONG else ()
