"""Hints for who writes: what in their own text could be plainer, and how. They never block, and never count up to a score.

Of much that is hard, a few things are said, the most helpful first. Ordinary words and short texts get none; what is
hinted at and what is not stands in ``docs/plain-dutch.md``.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from django.utils.translation import gettext as _

from meedoen.language.lists import Abbreviation, abbreviations, folded, found_in, jargon
from meedoen.language.plain import is_passive
from meedoen.language.words import sentences, words

MAX_HINTS = 5
MAX_READ = 20_000  # characters; what comes after is not looked at, so that any text takes bounded time
LONG_SENTENCE = 25  # words; from here on a hint. Our own sentences stop at 20
MIN_PART = 7  # words on each side of the place where a sentence can be cut
WALL = 150  # words without a blank line between them: more than a phone shows at once
MIN_PASSIVES, MAX_PASSIVE_PART = 3, 1 / 3  # of the sentences; less is nobody's trouble

_QUOTED_WORDS, _QUOTED_LETTERS = 6, 60  # of the beginning of a sentence, to know it by
_MOST_OF_A_KIND = {"sentence": 2, "word": 3, "abbreviation": 2, "wall": 1, "passive": 1}
# Marks that cannot be seen, and those that turn the direction of what follows.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
# What stands between quotation marks is somebody else's. An apostrophe inside a word is none.
_QUOTED = re.compile(
    r"“[^”\n]{1,400}”|„[^”“\n]{1,400}[”“]|«[^»\n]{1,400}»|‘[^’\n]{1,400}’(?!\w)"
    r"|(?<!\w)\"[^\"\n]{1,400}\"|(?<!\w)'(?![sn]\s)[^'\n]{1,400}'(?!\w)"
)
# Where a sentence may become two: before these words, where they come after a comma or before who does something next.
_JOINING = frozenset({"maar", "want", "dus"})
_TURNING = frozenset({"waarbij", "waardoor", "waarna", "waarmee", "zodat", "terwijl", "omdat", "hoewel"})
_DOERS = frozenset({"ik", "wij", "we", "jij", "hij", "zij", "ze", "er", "daar", "dan", "toen", "daarom"})
_AFTER_LATIN = "\u0250"
_COMMAS = (",", ";", ")", "–", "—", ":")


class Kind(StrEnum):
    """What a hint is about, the most helpful first."""

    SENTENCE = "sentence"
    WORD = "word"
    ABBREVIATION = "abbreviation"
    WALL = "wall"
    PASSIVE = "passive"


@dataclass(frozen=True)
class Hint:
    """One thing that could be plainer: ``where`` quotes the writer, ``instead`` is what may stand there or where to cut."""

    kind: Kind
    where: str = ""
    instead: str = ""


@dataclass(frozen=True)
class _Sentence:
    """A sentence of the writer's own, without what it quotes."""

    text: str
    parts: tuple[str, ...]

    @property
    def length(self) -> int:
        """Its words in Latin letters; a name of several words counts as one, numbers and dates do not count."""
        count, in_name = 0, False
        for number, part in enumerate(self.parts):
            is_name = number > 0 and part[0].isupper()
            count += part[0].isalpha() and part[0] < _AFTER_LATIN and not (is_name and in_name)
            in_name = is_name
        return count

    @property
    def start(self) -> str:
        """Its first words as they stand there."""
        return _shortened(self.text.lstrip("-*• "))


def found(text: str, *, title: str = "") -> list[Hint]:
    """A few hints about ``text`` and its ``title``, at most ``MAX_HINTS``, none twice; the same text gets the same ones.

    ``text`` is what people read: no marks of layout, a blank line between paragraphs, each list item on its own line.
    """
    seen = _UNSEEN.sub("", f"{title}\n{text}"[:MAX_READ])
    own = _QUOTED.sub(" ", seen)
    taken_apart = [_Sentence(sentence, tuple(words(sentence))) for sentence in sentences(own)]
    of_kind = [
        list(_long(taken_apart)),
        list(_hard(taken_apart)),
        list(_short_forms(taken_apart, seen)),
        list(_wall(text[:MAX_READ])),
        list(_passive(taken_apart)),
    ]
    # The best of each kind, then the second of each: so one hard word, used often, leaves room for the rest.
    each_once = [list(dict.fromkeys(hints)) for hints in of_kind if hints]
    limited = [hints[: _MOST_OF_A_KIND[hints[0].kind]] for hints in each_once]
    in_turn = [hint for turn in zip_longest(*limited) for hint in turn if hint][:MAX_HINTS]
    return sorted(in_turn, key=lambda hint: list(Kind).index(hint.kind))


def sentence(hint: Hint) -> str:
    """The hint in words."""
    said = {"where": hint.where, "instead": hint.instead}
    if hint.kind is Kind.WORD:
        return _("In plaats van ‘%(where)s’ kun je ook schrijven: ‘%(instead)s’.") % said
    if hint.kind is Kind.ABBREVIATION:
        return _("Niet iedereen kent ‘%(where)s’. Schrijf het één keer helemaal: %(instead)s (%(where)s).") % said
    if hint.kind is Kind.WALL:
        return _("Je tekst is één lang stuk. Zet er af en toe een lege regel tussen. Dat leest makkelijker.")
    if hint.kind is Kind.PASSIVE:
        return _("Soms staat er niet wie iets doet, zoals hier: ‘%(where)s’. Noem wie het doet, als dat kan.") % said
    if hint.instead:
        return _("Deze zin is lang: ‘%(where)s’. Je kunt er twee van maken, bij ‘%(instead)s’.") % said
    return _("Deze zin is lang: ‘%(where)s’. Misschien kun je er twee van maken.") % said


def _long(taken_apart: Sequence[_Sentence]) -> Iterator[Hint]:
    too_long = [each for each in taken_apart if each.length > LONG_SENTENCE]
    for each in sorted(too_long, key=lambda each: -each.length):
        yield Hint(Kind.SENTENCE, each.start, _cut(each))


def _cut(long: _Sentence) -> str:
    """The words at which a sentence may become two, as near to its middle as can be; nothing where none is sure."""
    lower = folded(long.parts)
    places = []
    after = 0
    for number, (part, word) in enumerate(zip(long.parts, lower, strict=True)):
        at = long.text.index(part, after)
        follows_comma = long.text[after:at].rstrip().endswith(_COMMAS)
        after = at + len(part)
        has_doer = number + 1 < len(lower) and lower[number + 1] in _DOERS
        if (
            (word == "en" and has_doer)
            or (word in _JOINING and (has_doer or follows_comma))
            or (word in _TURNING and follows_comma)
        ):
            places.append(number)
    fitting = [place for place in places if MIN_PART <= place <= len(lower) - MIN_PART]
    if not fitting:
        return ""
    place = min(fitting, key=lambda place: abs(place - len(lower) / 2))
    return " ".join(long.parts[place : place + 3])[:_QUOTED_LETTERS]


def _hard(taken_apart: Sequence[_Sentence]) -> Iterator[Hint]:
    """Hard words, the most used first."""
    first: dict[str, Hint] = {}
    uses: Counter[str] = Counter()
    for each in taken_apart:
        for start, size, entry in found_in(folded(each.parts), jargon()):
            if entry.only_ours or _is_name(each.parts, start, size):
                continue
            here = " ".join(each.parts[start : start + size])
            uses[entry.word] += 1
            first.setdefault(entry.word, Hint(Kind.WORD, f"{here}." if "." in here else here, entry.plain))
    for word, _count in uses.most_common():
        yield first[word]


def _is_name(parts: Sequence[str], start: int, size: int) -> bool:
    """Whether words are a name, or part of one, by their capitals."""
    has_capital = parts[start][0].isupper()
    is_inside = start > 0
    goes_on = start + size < len(parts) and parts[start + size][0].isupper()
    return has_capital and (is_inside or goes_on)


def _short_forms(taken_apart: Sequence[_Sentence], text: str) -> Iterator[Hint]:
    """Abbreviations of which the text itself does not give the words, in the order in which they stand there."""
    met: dict[Abbreviation, str] = {}
    for each in taken_apart:
        if each.text.isupper():
            continue  # who writes in capitals writes all words so
        heads = [part.partition("-")[0] for part in each.parts]  # Wmo-raad
        for start, size, entry in found_in(heads, abbreviations()):
            met.setdefault(entry, " ".join(heads[start : start + size]))
    said = " ".join(text.casefold().split())
    for entry, here in met.items():
        if entry.words.casefold() not in said and not re.search(
            rf"\(\s*{re.escape(here)}\s*\)|{re.escape(here)}\s*\(", text
        ):
            yield Hint(Kind.ABBREVIATION, here, entry.words)


def _wall(text: str) -> Iterator[Hint]:
    parts = [part for part in re.split(r"\n[^\S\n]*\n", text) if part.strip()]
    if len(parts) == 1 and len(words(parts[0])) > WALL:
        yield Hint(Kind.WALL)


def _passive(taken_apart: Sequence[_Sentence]) -> Iterator[Hint]:
    without_doer = [each for each in taken_apart if is_passive(each.parts)]
    if len(without_doer) >= max(MIN_PASSIVES, MAX_PASSIVE_PART * len(taken_apart)):
        yield Hint(Kind.PASSIVE, without_doer[0].start)


def _shortened(text: str) -> str:
    """The first words of ``text``, with a mark when there is more."""
    first = " ".join(text[: 10 * _QUOTED_LETTERS].split()[:_QUOTED_WORDS])[:_QUOTED_LETTERS]
    return first if len(first) == len(text) else f"{first.rstrip(' ,.;:')}…"
