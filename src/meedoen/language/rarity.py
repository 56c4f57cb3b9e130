"""How common Dutch words are, also those that are made of two others; from a list that is read when first asked for."""

from functools import cache, lru_cache
from pathlib import Path

from meedoen.language.lists import known_words

UNCOMMON = 4.0  # Zipf scale: fewer than 10 times in a million words
RAREST = 2.5  # what is not on the list, which ends at 3.0: once in a million words

_LIST = Path(__file__).parent / "data" / "common_words.txt"
_LONGEST = 40  # letters; what is longer is not taken apart
_SHORTEST_PART = 4  # letters; with shorter parts, almost anything comes apart
_BINDING = ("", "s", "e", "en", "-")  # what may stand between two parts of a word
_ENDINGS = ("en", "e", "s", "n", "er", "je", "jes", "t", "de", "te")  # rolstoel-en
_PRICE_OF_JOINING = 0.5  # two known words in one are read more slowly than either, and an ending costs as much


@lru_cache(maxsize=20_000)
def zipf(word: str) -> float:
    """How common ``word`` is: 7.7 for *de*, 4.8 for *fiets*, 3.0 for once in a million words; ``RAREST`` if unknown.

    A word that is not on the list is as common as the rarer of two parts that are, less a bit: *speeltoestel*.
    """
    common, lower = common_words(), word.casefold()
    found = common.get(lower)
    if found is not None:
        return found
    if lower in known_words():
        return UNCOMMON
    bent = [common[stem] for stem in (lower.removesuffix(ending) for ending in _ENDINGS) if stem in common]
    if bent:
        return max(RAREST, max(bent) - _PRICE_OF_JOINING)
    if len(lower) > _LONGEST:
        return RAREST
    parts = [
        min(common[first.removesuffix(binding)], common[lower[at:]])
        for at in range(_SHORTEST_PART, len(lower) - _SHORTEST_PART + 1)
        for first in [lower[:at]]
        for binding in _BINDING
        if lower[at:] in common and first.endswith(binding)
        if len(first) - len(binding) >= _SHORTEST_PART and first.removesuffix(binding) in common
    ]
    return max(RAREST, max(parts) - _PRICE_OF_JOINING) if parts else RAREST


@cache
def common_words() -> dict[str, float]:
    """The words of the list, as written there, by how common they are."""
    found: dict[str, float] = {}
    tenth = 0.0
    with _LIST.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("= "):
                tenth = float(line[2:])
            else:
                found.update(dict.fromkeys(line.split(), tenth))
    return found
