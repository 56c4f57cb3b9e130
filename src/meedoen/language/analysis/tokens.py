"""A text as tokens that know where they stand in it. Pure; time grows with the length of the text alone."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from meedoen.kernel.text import fold

REMEMBERED = 10_000  # words, in each of the caches of the analysis; full, they take some 30 MB
LONGEST_TOKEN = 60  # letters that are looked at; what is longer is no word
# A letter or digit with the marks that may stand on it or, unseen, behind it; words may hold a hyphen or an apostrophe.
_UNSEEN = "\u00ad\u200b-\u200d\u2060\ufeff"
_MARKS = f"\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f{_UNSEEN}"
_RUN = rf"(?:[^\W_][{_MARKS}]*)+"
_JOINS = "-\u2010\u2011'’‘ʼ´`"
_TOKEN = re.compile(rf"\d+(?:[.,:]\d+)+(?![^\W_])|{_RUN}(?:[{_JOINS}]{_RUN})*")
_APART = re.compile(f"[{_JOINS}]")
_HYPHENS = re.compile("[-\u2010\u2011]")
_DROPPED = re.compile(f"[{_UNSEEN}]")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")


class Token(NamedTuple):  # made for each word that is read: a tuple is made four times as fast as a frozen dataclass
    """A word or number, where it begins and ends in the text, and the words between its hyphens where it has any.

    ``word`` is folded and written in one: *LIA's* is ``lias``, *VN-verdrag* is ``vnverdrag`` with pieces ``vn``, ``verdrag``.
    """

    word: str
    start: int
    end: int
    pieces: tuple[str, ...] = ()


def tokens_of(text: str) -> Iterator[Token]:
    """The tokens of ``text`` in their order; what folds to nothing is none."""
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        word, pieces = _folded(text[start : min(end, start + LONGEST_TOKEN)])
        if word:
            yield Token(word, start, end, pieces)


def word_of(text: str) -> str:
    """The one word that ``text`` is, folded; also of what has spaces."""
    return "".join(token.word for token in tokens_of(text))[:LONGEST_TOKEN]


@lru_cache(maxsize=REMEMBERED)
def _folded(written: str) -> tuple[str, tuple[str, ...]]:
    if written[0].isdigit() and written[-1].isdigit() and not _APART.search(written):
        return (written.replace(".", "") if _THOUSANDS.fullmatch(written) else written), ()
    seen = _DROPPED.sub("", written)
    pieces = tuple(
        filter(None, (fold(_APART.sub("", piece)).replace(" ", "")[:LONGEST_TOKEN] for piece in _HYPHENS.split(seen)))
    )
    return "".join(pieces)[:LONGEST_TOKEN], pieces if len(pieces) > 1 else ()
