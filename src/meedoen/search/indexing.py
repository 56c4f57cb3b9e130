"""A document as terms: what goes into the database's index, what of it counts, and the words it is written in. Pure."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from meedoen.kernel.identifiers import content_mark
from meedoen.language.analysis import Analysed, Kind, analyse
from meedoen.language.analysis.analysed import stop_words
from meedoen.language.analysis.compounds import root
from meedoen.language.analysis.tokens import tokens_of

from . import rules
from .documents import MAX_BODY, Document
from .engines.terms import Kept
from .profiles import packed

VERSION = "2"  # raised when the analysis gives other terms, so that all is read anew


@dataclass(frozen=True, slots=True)
class Indexed:
    """What the index keeps of a document."""

    kept: Kept
    profile: bytes
    words: frozenset[str]


def mark_of(document: Document) -> str:
    """What changes when the document, or how it is read, does."""
    return content_mark(repr((VERSION, document)).encode())


def read(document: Document) -> Indexed:
    """Take a document apart. Time grows with its length; some 3 ms for a page of text."""
    title = analyse(document.title)
    body = analyse(document.body[:MAX_BODY])
    fields = [
        (title, rules.TITLE),
        (analyse(document.summary), rules.SUMMARY),
        (analyse(document.headings), rules.HEADINGS),
        (analyse(f"{document.context}\n{document.place}"), rules.CONTEXT),
        (body, rules.BODY * rules.by_length(len(body.tokens))),
    ]
    weights: dict[str, float] = defaultdict(float)
    for field, weight in fields:
        for found in field.found:
            weights[found.term] += weight * rules.WORTH[found.kind]
    rest = [field for field, _weight in fields[1:]]
    kept = Kept(
        title=_stems(title),
        rest=[stem for field in rest for stem in (*_stems(field), "")][:-1],
        title_more=list(_more(title, 0)),
        more=[pair for start, field in _starts(rest) for pair in _more(field, start)],
    )
    profile = packed(
        {term: rules.saturated(weight) for term, weight in weights.items()}, title.terms(Kind.WORD, Kind.MEANING)
    )
    return Indexed(kept, profile, words_of(document.title, document.summary, document.headings, document.body))


def words_of(*texts: str) -> frozenset[str]:
    """The words of texts that may be proposed for one that is misspelt or unfinished."""
    return frozenset(
        token.word
        for text in texts
        for token in tokens_of(text[:MAX_BODY])
        if rules.SHORTEST_WORD <= len(token.word) <= rules.LONGEST_WORD
        and token.word.isalpha()
        and token.word not in stop_words()
    )


def _stems(text: Analysed) -> list[str]:
    return [root(token.word) for token in text.tokens]


def _starts(fields: list[Analysed]) -> Iterator[tuple[int, Analysed]]:
    """Each field with the place of its first word; between two fields a place stays empty, so that no phrase runs on."""
    at = 0
    for field in fields:
        yield at, field
        at += len(field.tokens) + 1


def _more(text: Analysed, start: int) -> Iterator[tuple[int, str]]:
    """What words say beside their stems, by the place of the word."""
    places = {token.start: place for place, token in enumerate(text.tokens, start)}
    for found in text.found:
        if found.kind is not Kind.WORD:
            yield places.get(found.start, start), found.term
