"""Compounds taken apart: *gehandicaptenparkeerplaats* is *gehandicapten*, *parkeer* and *plaats*. Folded words in and out.

A word comes apart where every piece is a known word that can stand in a compound, and where the pieces together are common
enough beside the word itself: *kinderen* is far more common than *kind* and *eren* make likely, so that it stays whole.
"""

from functools import cache, lru_cache

from .lexicon import lexicon, lines_of
from .stems import LONGEST, lemmas, stem
from .tokens import REMEMBERED

MIN_LENGTH = 6  # letters of a compound
_MIN_PART = 3
_BINDINGS = {"": 0.0, "s": 0.2, "en": 0.9, "n": 0.9, "e": 0.9, "er": 0.9}  # what stands between, and what it costs
_A_PART = 3.0  # what each part costs: rather few long ones than many short
_COMMONEST = 7.0
# How common a piece has to be by its letters; what is shorter comes in words by chance, so it stands in a list instead.
_FLOORS = {4: 3.9, 5: 3.4, 6: 3.0}
_FLOOR = 3.0
_MARGIN = 0.6  # so much less common than the whole may the pieces be, on average


@lru_cache(maxsize=REMEMBERED)
def parts_of(word: str) -> tuple[str, ...]:
    """The words of which ``word`` is made, in their order and as they stand there; none when it stays whole."""
    if not MIN_LENGTH <= len(word) <= LONGEST or not word.isalpha() or _is_whole(word):
        return ()
    found = _cheapest(word)
    if not found:
        return ()
    own = lexicon().get(word)
    if own is not None and sum(map(_common, found)) / len(found) + _MARGIN < own:
        return ()
    return tuple(piece for part in found for piece in (parts_of(part) or (part,)))


@lru_cache(maxsize=REMEMBERED)
def root(word: str) -> str:
    """The stem of ``word``; of a compound, what stands before its last part and the stem of that."""
    parts = parts_of(word)
    return word.removesuffix(parts[-1]) + stem(parts[-1]) if parts else stem(word)


def _cheapest(word: str) -> tuple[str, ...]:
    """The best way to take ``word`` apart into two or more; from its end to its beginning, so that each end is met once."""
    size = len(word)
    best: list[tuple[float, tuple[str, ...]] | None] = [None] * size
    for start in range(size - _MIN_PART, -1, -1):
        for end in range(start + _MIN_PART, size + 1):
            is_last = end == size
            after = (0.0, ()) if is_last else best[end]
            if after is None or (is_last and start == 0):
                continue
            for binding, price in _BINDINGS.items():
                piece = word[start:end].removesuffix(binding) if binding else word[start:end]
                if binding and (is_last or not word.endswith(binding, start, end) or len(piece) < _MIN_PART):
                    continue
                if not _is_part(piece, is_last=is_last, is_first=start == 0):
                    continue
                cost = _A_PART + price + (_COMMONEST - _common(piece)) + after[0]
                here = best[start]
                if here is None or cost < here[0]:
                    best[start] = (cost, (piece, *after[1]))
    return best[0][1] if best[0] else ()


@lru_cache(maxsize=REMEMBERED)
def _is_part(piece: str, *, is_last: bool, is_first: bool) -> bool:
    if len(piece) <= _MIN_PART:
        return piece in _short_parts()
    if piece in _never() or (is_last and piece in _never_last()) or (is_first and piece in _never_first()):
        return False
    return _common(piece) >= _FLOORS.get(len(piece), _FLOOR)


@lru_cache(maxsize=REMEMBERED)
def _common(piece: str) -> float:
    """How common a piece is, by its own form or by that of which it is a form; 0 when not known at all."""
    known = lexicon()
    lemma = lemmas().get(piece, "")
    bent = [piece[: -len(ending)] for ending in ("en", "s", "e", "n") if piece.endswith(ending) and len(piece) > 6]
    return max(known.get(piece, 0.0), known.get(lemma, 0.0), *(known.get(each, 0.0) - 0.5 for each in bent), 0.0)


def _is_whole(word: str) -> bool:
    return word in _whole() or stem(word) in _whole_stems()


@cache
def _whole() -> frozenset[str]:
    return frozenset(word for line in lines_of("whole_words.txt") for word in line.split())


@cache
def _whole_stems() -> frozenset[str]:
    return frozenset(map(stem, _whole()))


@cache
def _lists() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in lines_of("parts.txt"):
        name, _, words = line.partition(":")
        found.setdefault(name, set()).update(words.split())
    return {name: frozenset(words) for name, words in found.items()}


def _never() -> frozenset[str]:
    return _lists()["never"]


def _never_last() -> frozenset[str]:
    return _lists()["never last"]


def _never_first() -> frozenset[str]:
    return _lists()["never first"]


def _short_parts() -> frozenset[str]:
    return _lists()["short"]
