"""Stems: forms of one Dutch word come to one form, which need not be a word itself. Folded words in and out.

A table tells what no rule can (*hielp* is of *helpen*), rules do the rest, and where two roads are open (*bomen*: *boom*
or *bom*) the more common word is taken.
"""

from functools import cache, lru_cache

from .lexicon import commonness, lexicon, lines_of
from .tokens import REMEMBERED

LONGEST = 40  # letters; what is longer is no word, and stays as it is
_SHORTEST = 4  # letters; shorter ones are mostly whole
_VOWELS = frozenset("aeiouy")
_DOUBLED = frozenset("aeou")
_PLURAL_S = (
    "er",
    "el",
    "en",
    "em",
    "eur",
    "oir",
    "ie",
    "a",
    "e",
    "i",
    "o",
    "u",
    "y",
    "eau",
    "p",
    "b",
    "m",
    "k",
    "t",
    "or",
    "ar",
)
# What stands loose before a verb, and first in its participle; a longer one before its beginning.
_LOOSE = (
    "achter", "samen", "terug", "onder", "plaats", "tegen", "verder", "binnen", "boven", "buiten", "deel", "door", "mede",
    "mee", "open", "over", "vast", "voor", "weer", "aan", "bij", "los", "neer", "toe", "uit", "weg", "af", "in", "na", "om",
    "op",
)  # fmt: skip
_SOFT = {"v": "f", "z": "s"}  # brieven, huizen


@lru_cache(maxsize=REMEMBERED)
def stem(word: str) -> str:
    """The stem of ``word``; the stem of a word in capitals, with an accent or a mark is asked after folding."""
    if len(word) > LONGEST or len(word) < 3 or not word.isalpha():
        return word
    own = _exceptions().get(word)
    if own is not None:
        return own
    lemma = lemmas().get(word)
    return by_rule(lemma if lemma is not None else _of_two(word) or word)


def _of_two(word: str) -> str:
    """*aangepast* as *aanpassen*, by what is known of *gepast*; empty when nothing is."""
    for first in _LOOSE:
        rest = word.removeprefix(first)
        if rest != word and rest.startswith("ge") and rest in lemmas():
            return first + lemmas()[rest]
    return ""


def is_loose(word: str) -> bool:
    """Whether it is a known word after one that stands loose: *meelezen*, *vastliep*."""
    rests = (word.removeprefix(first) for first in _LOOSE if word.startswith(first))
    return any(rest in lexicon() or rest in lemmas() for rest in rests)


def by_rule(word: str) -> str:
    """The stem by the rules alone."""
    word = _without_small(word)
    word = _without_s(word)
    word = _without_heid(word)
    word = _without_en(word)
    own = _exceptions().get(word)
    return own if own is not None else _short_vowels(word)


def _without_small(word: str) -> str:
    """*huisjes* without what makes it small."""
    one = word.removesuffix("s") if word.endswith("jes") else word
    if len(one) < 5 or not one.endswith("je") or commonness(word) > commonness(one[:-2]) + 2.5:
        return word
    roads = [one[:-2]]
    if one.endswith("tje"):
        roads = [one[:-3], one[:-2]]
        if len(one) > 6 and one[-4] in "aeou" and one[-5] == one[-4]:
            roads.insert(0, one[:-4])  # autootje
        if one.endswith("etje") and len(one) > 6 and one[-5] == one[-6]:
            roads = [one[:-5], *roads]  # bruggetje
    elif one.endswith("mpje"):
        roads = [one[:-3]]
    elif one.endswith("nkje"):
        roads = [one[:-3] + "g", one[:-2]]
    return _best(roads)


def _without_s(word: str) -> str:
    """A plural with *s* without it."""
    bare = word[:-1]
    if len(word) < _SHORTEST or not word.endswith("s") or word.endswith("ss"):
        return word
    if bare.endswith(("i", "u")) and bare[-2:-1] in _VOWELS and not bare.endswith(("ie", "eau")):
        return word  # huis, reis
    if bare in lexicon():
        return bare if commonness(bare) >= commonness(word) - (1.0 if len(bare) > 3 else 0.0) else word
    return bare if word not in lexicon() and bare.endswith(_PLURAL_S) else word


def _without_heid(word: str) -> str:
    if word.endswith("heden") and len(word) > 8:
        word = word[:-4] + "id"
        word = word[:-2] + "eid" if not word.endswith("heid") else word
    if word.endswith("heid") and len(word) > 7 and word not in _exceptions():
        bare = word[:-4]
        return bare if bare in lexicon() or bare.endswith(("lijk", "baar", "ig", "zaam")) else word
    return word


def _without_en(word: str) -> str:
    """Without the ending of plurals, verbs and what is bent: the vowel and the consonant before it as in the word itself."""
    if len(word) < _SHORTEST or not word.endswith(("en", "e")):
        return word
    bare = word.removesuffix("n").removesuffix("e")
    if len(bare) < 2 or not _VOWELS & set(bare):
        return word
    if bare[-1] in _VOWELS:
        return word if len(bare) < 4 else bare
    if bare[-1] == bare[-2]:
        return bare[:-1]  # bussen
    end = _SOFT.get(bare[-1], bare[-1])
    short = bare[:-1] + end
    if bare[-2] not in _DOUBLED or bare[-3:-2] in _VOWELS:
        return short if short != bare and bare not in lexicon() else bare
    long = bare[:-1] + bare[-2] + end
    if _is_one_syllable(bare):
        return _best([long, short])
    return _best([long, short]) if long in lexicon() or short in lexicon() else short


def _short_vowels(word: str) -> str:
    """Verbs such as *organiser-en* and *organiseer* alike: the last vowel of a longer word is written once."""
    if (
        len(word) > 4
        and word[-1] not in _VOWELS
        and word[-2] == word[-3]
        and word[-2] in _DOUBLED
        and not _is_one_syllable(word)
    ):
        return word[:-2] + word[-1]
    return word


def _is_one_syllable(word: str) -> bool:
    return sum(char in _VOWELS and before not in _VOWELS for before, char in zip(" " + word, word, strict=False)) == 1


def _best(roads: list[str]) -> str:
    """The most common of them; the first when none is known."""
    return max(roads, key=lambda road: (commonness(road), -roads.index(road)))


@cache
def lemmas() -> dict[str, str]:
    """What the words of the table are forms of; what the rules know is not in it."""
    found: dict[str, str] = {}
    for line in lines_of("lemmas.txt"):
        lemma, *forms = line.split()
        found.update(dict.fromkeys(forms, lemma))
    return found


@cache
def _exceptions() -> dict[str, str]:
    """What the rules and the table get wrong, written by us: the stem, then the forms."""
    found: dict[str, str] = {}
    for line in lines_of("exceptions.txt"):
        own, *forms = line.split()
        found.update(dict.fromkeys([own, *forms], own))
    return found
