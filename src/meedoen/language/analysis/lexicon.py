"""The words that the analysis knows, folded, by how common they are: the common ones of Dutch, and those of the field."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from meedoen.kernel.text import fold
from meedoen.language.rarity import RAREST, UNCOMMON, common_words

DATA = Path(__file__).parent / "data"
SURE = UNCOMMON  # how common a word of the field counts that the list of common words lacks: it is known here


def lines_of(name: str) -> Iterator[str]:
    """The lines of one of the lists, without what is said about them."""
    with (DATA / name).open(encoding="utf-8") as lines:
        yield from (line.strip() for line in lines if line.strip() and not line.startswith("#"))


@cache
def lexicon() -> dict[str, float]:
    """How common each known word is, on the Zipf scale; a word of the field is at least ``SURE``."""
    known: dict[str, float] = {}
    for word, common in common_words().items():
        folded = word if word.isascii() else fold(word)
        known[folded] = max(common, known.get(folded, 0.0))
    for line in lines_of("field_words.txt"):
        for word in line.split():
            known[word] = max(SURE, known.get(word, 0.0))
    return known


def commonness(word: str) -> float:
    """How common the folded ``word`` is; as rare as can be when it is not known."""
    return lexicon().get(word, RAREST)
