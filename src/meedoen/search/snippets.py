"""The piece of a text that says most of what was asked, with its words marked. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from meedoen.language.analysis import Kind, terms_of
from meedoen.language.analysis.analysed import stop_words
from meedoen.language.analysis.tokens import REMEMBERED, tokens_of

from . import rules
from .asking import Part

_SPAN = rules.SNIPPET * 3 // 4  # characters in which the words of a piece stand
_LOOKED_BACK = 40  # words that say something, before another one


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
    by_term: dict[str, set[int]] = {}
    for at, part in enumerate(parts):
        for way, _worth in (*part.ways, *part.loose):
            for term in way:
                by_term.setdefault(term, set()).add(at)
    hits = _hits(read, by_term, len(parts))
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


def _hits(text: str, by_term: Mapping[str, set[int]], parts: int) -> list[tuple[int, int, set[int]]]:
    """Where a word says something of a part, and of which; no further than a piece that says something of all of them."""
    hits: list[tuple[int, int, set[int]]] = []
    stop = len(text)
    for token in tokens_of(text):
        if token.start > stop:
            break
        said = {at for term in _terms(token.word) for at in by_term.get(term, ())}
        if not said:
            continue
        hits.append((token.start, token.end, said))
        near = (each for start, _end, each in hits[-_LOOKED_BACK:] if start >= token.end - _SPAN)
        if len(set().union(*near)) == parts:
            stop = min(stop, token.start + rules.SNIPPET)
    return hits


def _window(text: str, hits: Sequence[tuple[int, int, set[int]]]) -> tuple[int, int]:
    """Where the piece begins and ends: it says most parts, then most words; of two as good the first."""
    best, start = (0, 0), 0
    for first, (hit_start, _end, _said) in enumerate(hits):
        within = [hit for hit in hits[first : first + _LOOKED_BACK] if hit[1] <= hit_start + _SPAN]
        worth = (len(set().union(*(said for _s, _e, said in within))), len(within))
        if worth > best:
            best, start = worth, hit_start
    if start + rules.SNIPPET // 4 <= _SPAN:
        start = 0  # the beginning has it too
    else:
        before = text[max(0, start - rules.SNIPPET // 3) : start]
        sentence = max(before.rfind(mark) for mark in (". ", "! ", "? "))
        start -= len(before) - (sentence + 2) if sentence >= 0 else len(before) - before.find(" ") - 1
    end = min(len(text), start + rules.SNIPPET)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + rules.SNIPPET // 2)
    return start, end
