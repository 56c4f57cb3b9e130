"""Words in a text become links to their explanation, the first time they stand there. Pure: HTML in, HTML out.

The HTML is what ``kernel.text.render_markdown`` makes: clean, closed, no script. Only text between tags changes, and
only by putting a link around words; whoever takes the links out again has what was there before, byte by byte.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import escape

MAX_ON_PAGE = 8  # words explained; with more, the links are in the way of the text, and of who listens to it
BACK = "bij-"  # before the id of a word, the place in the text where it was met
HERE = "woord-"  # before the id of a word, its explanation on the same page

# In these a word that is all there is stays without link: it would be too small a thing to hit (WCAG 2.5.8 asks a sentence).
_BLOCKS = frozenset({"p", "li", "td", "th", "dd", "dt"})
# Not in a link, which it would break; not in a heading, which is a signpost; not in what is somebody else's.
_CLOSED = frozenset({"a", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "q", "code", "pre", "button", "summary"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_PIECE = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)(?:\"[^\"]*+\"|'[^']*+'|[^<>\"'])*+>")
_WORD = re.compile(r"&(?:#\w+|\w+);|[^\W_]+(?:[-'’][^\W_]+)*(?:\([^\W_]+\))?")
_ENDINGS = ("s", "en", "e", "n", "'s")  # beside its forms: drempel-s, handreiking-en, ervaringsdeskundige-n
_SHORTEST_BENT = 5  # letters; shorter words with an ending are often others


@dataclass(frozen=True, slots=True)
class Word:
    """A word that can be explained: the name of its explanation, and the forms in which it stands in texts."""

    id: str
    forms: tuple[str, ...]


@dataclass(frozen=True)
class Linked:
    """The text with its links, and the names of the words that got one, in the order in which they stand there."""

    html: str
    met: tuple[str, ...] = ()


@dataclass(frozen=True)
class Index:
    """Words by the runs of letters that make up their forms; made once for a set of words, used for many texts."""

    words: tuple[Word, ...]
    by_run: Mapping[tuple[str, ...], Sequence[tuple[str, str]]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_run: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        for word in self.words:
            for form in word.forms:
                for spelled in (form, *_bent(form)):
                    by_run.setdefault(_run(spelled), []).append((spelled, word.id))
        object.__setattr__(self, "by_run", by_run)

    @cached_property
    def longest(self) -> int:
        """How many words the longest form has."""
        return max(map(len, self.by_run), default=0)

    def known(self, text: str, run: tuple[str, ...]) -> str:
        """The name of the word that ``text`` is, taken apart as ``run``; empty when it is none."""
        for spelled, name in self.by_run.get(run, ()):
            if _is_spelled(text, spelled):
                return name
        return ""


def link_words(html: str, index: Index, *, already: Iterable[str] = ()) -> Linked:
    """``html`` with a link around each of the words where it stands first; the longest counts, none inside another.

    ``already`` names words that are explained elsewhere on the page.
    """
    out: list[str] = []
    met: list[str] = []
    taken = set(already)
    closed: list[str] = []  # the elements around the present place in which nothing is linked
    at = 0
    begun = ""  # the block that the last tag opened
    for piece in _PIECE.finditer(html):
        tag = (piece[1] or "").lower()
        is_all = tag == begun and piece[0].startswith("</")
        out.append(_with_links(html[at : piece.start()], index, taken, met, is_open=not closed, is_all=is_all))
        begun = "" if piece[0].startswith("</") or tag not in _BLOCKS else tag
        if tag in _CLOSED and tag not in _VOID:
            if not piece[0].startswith("</"):
                closed.append(tag)
            elif tag in closed:
                del closed[len(closed) - 1 - closed[::-1].index(tag) :]
        out.append(piece[0])
        at = piece.end()
    out.append(_with_links(html[at:], index, taken, met, is_open=not closed))
    return Linked("".join(out), tuple(met))


def _with_links(
    text: str, index: Index, taken: set[str], met: list[str], *, is_open: bool, is_all: bool = False
) -> str:
    """``text`` with its links; ``is_all`` says that it is all that its block has."""
    if not is_open or not text or len(met) >= MAX_ON_PAGE:
        return text
    found = [match for match in _WORD.finditer(text) if not match[0].startswith("&")]
    lower = [_folded(match[0]) for match in found]
    out: list[str] = []
    at = number = 0
    while number < len(found) and len(met) < MAX_ON_PAGE:
        size, name = _known_at(text, found, lower, number, index)
        if name and name not in taken and not (is_all and size == len(found)):
            ref = escape(name)  # a slug by its field; what is marked safe later leans on no field
            start, end = found[number].start(), found[number + size - 1].end()
            out.append(
                f'{text[at:start]}<a class="mee-word" id="{BACK}{ref}" href="#{HERE}{ref}">{text[start:end]}</a>'
            )
            at = end
            taken.add(name)
            met.append(name)
        number += size
    out.append(text[at:])
    return "".join(out)


def _known_at(
    text: str, found: Sequence[re.Match[str]], lower: Sequence[str], number: int, index: Index
) -> tuple[int, str]:
    """How many words the longest known run from ``number`` has, and its name; (1, "") where there is none."""
    for size in range(min(index.longest, len(found) - number), 0, -1):
        run = tuple(lower[number : number + size])
        if run in index.by_run:
            here = text[found[number].start() : found[number + size - 1].end()]
            name = index.known(here, run)
            if name:
                return size, name
    return 1, ""


def _is_spelled(text: str, spelled: str) -> bool:
    """Whether ``text`` is that form: small letters may be capitals at the start, capitals have to be capitals."""
    here, form = " ".join(_straight(text).split()), _straight(spelled)
    return here == form or here == form[:1].upper() + form[1:]


def _bent(form: str) -> Iterable[str]:
    """The form with the endings that plurals and adjectives have; names and letters that stand for words have none."""
    last = form.rpartition(" ")[2]
    if len(last) >= _SHORTEST_BENT and form == form.lower():
        yield from (form + ending for ending in _ENDINGS)


def _run(form: str) -> tuple[str, ...]:
    return tuple(_folded(match[0]) for match in _WORD.finditer(form))


def _folded(word: str) -> str:
    return _straight(word).casefold()


def _straight(text: str) -> str:
    return text.replace("’", "'")
