"""The piece of a text that says most of what was asked, with its words marked. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from meedoen.language.analysis import Kind, terms_of
from meedoen.language.analysis.analysed import stop_words
from meedoen.language.analysis.tokens import REMEMBERED, tokens_of

from . import rules
from .asking import Part


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a snippet; ``is_marked`` when it says something of what was asked."""

    text: str
    is_marked: bool = False


@lru_cache(maxsize=REMEMBERED)
def _terms(word: str) -> frozenset[str]:
    """What one word says, without guesses."""
    if word in stop_words():
        return frozenset()
    return frozenset(term for term, kind in terms_of(word).items() if kind is not Kind.GUESS)


def snippet(text: str, parts: Sequence[Part]) -> tuple[Piece, ...]:
    """At most ``rules.SNIPPET`` characters of ``text``, in whole words, around most of what ``parts`` ask.

    Its beginning when it says nothing of it. Dots tell where something was left out.
    """
    read = " ".join(text[: rules.MAX_SCANNED].split())
    wanted = [
        (at, term, way) for at, part in enumerate(parts) for way, _worth in (*part.ways, *part.loose) for term in way
    ]
    by_term: dict[str, set[int]] = {}
    for at, term, _way in wanted:
        by_term.setdefault(term, set()).add(at)
    hits: list[tuple[int, int, set[int]]] = []
    for token in tokens_of(read):
        said = {at for term in _terms(token.word) for at in by_term.get(term, ())}
        if said:
            hits.append((token.start, token.end, said))
    start, end = _window(read, hits)
    pieces: list[Piece] = [Piece("… ")] if start else []
    last = start
    for hit_start, hit_end, _said in hits:
        if start <= hit_start and hit_end <= end:
            pieces += [Piece(read[last:hit_start])] if hit_start > last else []
            pieces.append(Piece(read[hit_start:hit_end], is_marked=True))
            last = hit_end
    pieces += [Piece(read[last:end])] if end > last else []
    if end < len(read) or len(text) > rules.MAX_SCANNED:
        pieces.append(Piece(" …"))
    return tuple(pieces)


def _window(text: str, hits: Sequence[tuple[int, int, set[int]]]) -> tuple[int, int]:
    """Where the piece begins and ends: it says most parts, then most words; of two as good the first."""
    best, start = (0, 0), 0
    for first, (hit_start, _end, _said) in enumerate(hits):
        within = [hit for hit in hits[first : first + 40] if hit[1] <= hit_start + rules.SNIPPET * 3 // 4]
        worth = (len(set().union(*(said for _s, _e, said in within))), len(within))
        if worth > best:
            best, start = worth, hit_start
    if start + rules.SNIPPET // 4 <= rules.SNIPPET * 3 // 4:
        start = 0  # the beginning has it too
    else:
        before = text[max(0, start - rules.SNIPPET // 3) : start]
        sentence = max(before.rfind(mark) for mark in (". ", "! ", "? "))
        start -= len(before) - (sentence + 2) if sentence >= 0 else len(before) - before.find(" ") - 1
    end = min(len(text), start + rules.SNIPPET)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + rules.SNIPPET // 2)
    return start, end
