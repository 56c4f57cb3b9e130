"""Dutch text taken apart: sentences, words, syllables."""

import re
from functools import cache, lru_cache

from pyphen import Pyphen  # type: ignore[import-untyped]

# A word may hold a mark inside: d.w.z., e-mail, 's avonds, 14.00, naam@voorbeeld.nl, https://….
_WORD = re.compile(r"(?:https?://\S+)|[^\W_]+(?:[.,:;/@'’&+_-]+[^\W_]+)*", re.UNICODE)
# A sentence ends at a mark that a capital, digit, quote or bracket follows, and at each line end.
_SENTENCE_END = re.compile(r"([.!?…][\"'”’)\]]*)\s+(?=[\"'“‘(\[]*[A-ZÀ-Þ0-9])")
# After these, and after the number of a list item, a capital or a digit does not start a new sentence.
_SHORT_FORMS = re.compile(r"(?:\b(?:art|blz|nr|tel|bijv|dr|mr|mw|dhr|prof|ir|drs|ca|[A-Z])|\b\w\.\w)\.$", re.IGNORECASE)
_ITEM_NUMBER = re.compile(r"\d+\.")
_LONGEST_SHORT_FORM = 12  # characters; only the end of a part is looked at
_LONGEST_IN_PATTERNS = 60  # letters; what is longer is no word, and the patterns take time by its square
# Letters that sound as one vowel, longest first: eeuw, nieuw, mooi, mail. All others count on their own.
_VOWELS = re.compile(
    r"eau|eeu(?=w)|ieu(?=w)|aai|ooi|oei|ëi|ëe|ëu|aa|ee|oo|uu|ie|oe|eu|ui|ij|ei|ou|au|ai"
    r"|[aeiouyàáâäèéêëìíîïòóôöùúûü]"
)


def sentences(text: str) -> list[str]:
    """The sentences of ``text``; a heading or list item on a line of its own is one too."""
    return [sentence for line in text.split("\n") for sentence in _sentences_of_line(line)]


def _sentences_of_line(line: str) -> list[str]:
    parts: list[list[str]] = []  # the pieces of each sentence; joined once, so that any text takes time by its length
    for piece in (piece.strip() for piece in _SENTENCE_END.sub(r"\1\n", line).split("\n")):
        if parts and _goes_on_after(parts[-1]):
            parts[-1].append(piece)
        elif _WORD.search(piece):
            parts.append([piece])
    return [" ".join(pieces) for pieces in parts]


def _goes_on_after(pieces: list[str]) -> bool:
    last = pieces[-1]
    if len(pieces) == 1 and _ITEM_NUMBER.fullmatch(last):
        return True
    return bool(_SHORT_FORMS.search(last, max(0, len(last) - _LONGEST_SHORT_FORM)))


def words(sentence: str) -> list[str]:
    """The words of ``sentence`` as written; a number or an address is one word."""
    return _WORD.findall(sentence)


@lru_cache(maxsize=20_000)
def syllable_count(word: str) -> int:
    """The syllables of ``word``, at least 1; all but a few foreign words come out as they sound.

    Letters that mostly sound as one vowel sometimes are two (mu-se-um). Then the patterns by which
    Dutch breaks its lines know better, so the larger of the two counts.
    """
    parts = re.split(r"[\W_]", re.sub("['’]", "", word.lower()))  # pagina's sounds as paginas
    return max(1, sum(_syllables_of_part(part) for part in parts if part.isalpha()))


def _syllables_of_part(part: str) -> int:
    vowels = _VOWELS.findall(part)
    if len(part) > _LONGEST_IN_PATTERNS or all(len(vowel) == 1 for vowel in vowels):
        return max(1, len(vowels))  # no two letters that could be parted; asking the patterns takes most of the time
    return max(len(vowels), 1 + len(_patterns().positions(part)))


@cache
def _patterns() -> Pyphen:
    return Pyphen(lang="nl_NL")
