"""Which words of a text are likely in another language, told by its small words. Pure.

It finds pieces such as a motto or a quotation, so that they can be marked for who hears them. A name of one or two words
is not found: a voice says that well enough, and WCAG (success criterion 3.1.2) asks nothing of names.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MIN_WORDS, MIN_SIGNS = 3, 2  # of a piece, and of the small words of that language in it
# Small words that are no Dutch words. Left out is what is Dutch too, such as ``of``, ``was``, ``die`` and ``les``.
SMALL_WORDS = {
    "en": """a the and for from with without about are were is this that these those you your our us they their them
        have has had will would could should can not nothing everything everyone all who what how where when why which
        people to it its be been by an as or if do does don't there here his her my we're it's more than into on""",
    "de": """der das und ist nicht für mit von ein eine einer einem eines auch wir sie ohne über zu zum zur auf dem
        des sich sind werden wird haben menschen oder aber durch unter uns""",
    "fr": """le la et est une pour avec sans dans sur nous vous qui que pas aux ce cette au il elle ils sont tous
        tout mais ou par plus des du""",
    "es": """el los las del con sin una por nosotros que más para todos es son como pero nada""",
    "fy": """foar mei sûnder oer ús binne hawwe wy jo dy troch nei it fan en kin sels mienskip minsken""",
}
# Words that stand in Dutch sentences all the time: where one of them stands, the piece is over.
_DUTCH_WORDS = """de het een en van dat die op te voor met er om aan zijn bij ook maar naar als dan wel geen niet dit deze wat
    wie waar hoe hun ze zij we wij je jij jullie ik hij hem haar ons onze zo nog tot uit over door worden wordt werd
    heeft hebben had kan kunnen moet moeten zal zullen wil willen veel meer al"""
_DUTCH = frozenset(_DUTCH_WORDS.split())
_SIGNS = {code: frozenset(words.split()) for code, words in SMALL_WORDS.items()}
_SENTENCE = re.compile(r"[^.!?:;()\"“”„\n]+")  # or a part of one that stands apart
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


@dataclass(frozen=True)
class Foreign:
    """A piece that is likely in the language ``code``."""

    text: str
    code: str


def foreign_in(text: str) -> Iterator[Foreign]:
    """The pieces of ``text`` that are likely in another language, in their order."""
    for sentence in _SENTENCE.findall(text):
        words = list(_WORD.finditer(sentence))
        for code, signs in _SIGNS.items():
            found = [_piece(sentence, run) for run in _runs(words, signs) if _is_foreign(run, signs)]
            if found:
                yield from (Foreign(piece, code) for piece in found)
                break


def _runs(words: list[re.Match[str]], signs: frozenset[str]) -> Iterator[list[re.Match[str]]]:
    """Words in a row without a Dutch one between them, from the word before the first sign to the last sign."""
    stretch: list[re.Match[str]] = []
    for word in (*words, None):
        if word and (_said(word) in signs or _said(word) not in _DUTCH):
            stretch.append(word)
            continue
        places = [at for at, each in enumerate(stretch) if _said(each) in signs]
        if places:
            yield stretch[max(0, places[0] - 1) : places[-1] + 1]
        stretch = []


def _is_foreign(run: list[re.Match[str]], signs: frozenset[str]) -> bool:
    met = [word for word in map(_said, run) if word in signs]
    only = [word for word in met if word not in _DUTCH]  # ``en`` is Frisian, and ``all`` Dutch nowhere
    return len(run) >= MIN_WORDS and len(only) >= MIN_SIGNS


def _piece(sentence: str, run: list[re.Match[str]]) -> str:
    return " ".join(sentence[run[0].start() : run[-1].end()].split())


def _said(word: re.Match[str]) -> str:
    return word[0].casefold().replace("’", "'")
