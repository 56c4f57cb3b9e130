"""Words of the index that come near what somebody typed: what a word is misspelt for, or is the beginning of."""

from collections.abc import Sequence

from meedoen.language.analysis.compounds import parts_of, root
from meedoen.language.analysis.lexicon import lexicon
from meedoen.language.analysis.spelling import Spelling, sounds_near
from meedoen.language.analysis.stems import lemmas
from meedoen.language.analysis.tokens import word_of

from . import rules
from .asking import Part, Question
from .engines import engine
from .models import Word

SHORTEST_BEGINNING = 3  # letters; with fewer, a large part of all words begins so
MOST_COMPLETED = 8  # words that begin so and are looked for


def words_for(parts: Sequence[Part]) -> list[tuple[Part, list[str]]]:
    """For each part the words that it may be meant for, the likeliest first; none where the index knows all of its words."""
    words = {word for part in parts for word in part.tokens}
    known = set(Word.objects.filter(word__in=words).values_list("word", flat=True))
    return [(part, _near(part, known)) for part in parts]


def corrections(asked: Question) -> tuple[str, ...]:
    """Words that come near the ones of a question that seem misspelt, though something was found."""
    return tuple(dict.fromkeys(word for _part, words in words_for(asked.parts) for word in words[:1]))


def begun(start: str, *, most: int, least: int = 1) -> list[str]:
    """The words that begin so and stand in ``least`` documents or more, those in most documents first."""
    word = word_of(start)
    if len(word) < SHORTEST_BEGINNING:
        return []
    rows = Word.objects.filter(engine().begins(word), count__gte=least).order_by("-count", "word")
    first: dict[str, str] = {}  # of several forms of a word the commonest
    for each in rows.values_list("word", flat=True)[: 4 * most]:
        first.setdefault(root(each), each)
    return list(first.values())[:most]


def is_dutch(word: str) -> bool:
    """Whether it is a word that we know, so that who typed it meant it."""
    return word in lexicon() or word in lemmas() or bool(parts_of(word))


def _near(part: Part, known: set[str]) -> list[str]:
    if len(part.tokens) != 1 or part.tokens[0] in known:
        return []
    word = part.tokens[0]
    if is_dutch(word):
        return []  # nobody writes about it here, which another word does not mend
    if not rules.SHORTEST_WORD <= len(word) <= rules.LONGEST_WORD:
        return begun(word, most=MOST_COMPLETED)
    completed = begun(word, most=MOST_COMPLETED)
    if completed:
        return completed
    sounds = sorted(sounds_near(word))
    rows = Word.objects.filter(sound__in=sounds).order_by("-count", "word")[:200]
    commonness = {row.word: min(6.0, float(row.count)) for row in rows}
    return Spelling(commonness).near(word)[:3]
