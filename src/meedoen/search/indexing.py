"""A document as terms: what goes into the database's index, what of it counts, and the words it is written in. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from meedoen.kernel.identifiers import content_mark
from meedoen.language.analysis import Analysed, Kind, analyse
from meedoen.language.analysis.analysed import stop_words
from meedoen.language.analysis.compounds import root
from meedoen.language.analysis.tokens import tokens_of

from . import rules
from .documents import MAX_BODY, Document
from .engines.terms import Kept, label
from .profiles import packed

VERSION = "3"  # raised when the analysis gives other terms, so that all is read anew


@dataclass(frozen=True, slots=True)
class Indexed:
    """What the index keeps of a document."""

    kept: Kept
    profile: bytes
    words: frozenset[str]


def mark_of(document: Document) -> str:
    """What changes when the document, or how it is read, does."""
    return content_mark(repr((VERSION, document)).encode())


def read(document: Document, kind: str) -> Indexed:
    """Take a document of that kind apart. Time grows with its length; some 2 ms for a page of text."""
    title, summary, headings, body = map(analyse, (document.title, document.summary, document.headings, document.body))
    rest = [summary, headings, analyse(f"{document.context}\n{document.place}"), body]
    counts = (rules.SUMMARY, rules.HEADINGS, rules.CONTEXT, rules.BODY * rules.by_length(len(body.tokens)))
    weights: dict[str, float] = defaultdict(float)
    for field, weight in zip((title, *rest), (rules.TITLE, *counts), strict=True):
        by_kind = {kind: weight * worth for kind, worth in rules.WORTH.items()}
        for found in field.found:
            weights[found.term] += by_kind[found.kind]
    kept = Kept(
        title=_stems(title),
        rest=[stem for field in rest for stem in (*_stems(field), "")][:-1],
        title_more=list(_more(title, 0)),
        more=[pair for start, field in _starts(rest) for pair in _more(field, start)],
        labels=list(_labels(document, kind)),
    )
    profile = packed(
        {term: rules.saturated(weight) for term, weight in weights.items()},
        title.terms(Kind.WORD),
        title.terms(Kind.MEANING),
    )
    words = (token.word for field in (title, summary, headings, body) for token in field.tokens)
    return Indexed(kept, profile, _proposed(words))


def _labels(document: Document, kind: str) -> Iterator[str]:
    """What results may be narrowed to (``finding.Filters``); the group by how its name begins."""
    yield label("kind", kind)
    yield label("group", (document.group or kind).partition(":")[0])
    yield from (label("theme", theme) for theme in document.themes)
    yield from (label("municipality", slug) for slug in document.municipalities)
    if document.date:
        yield label("year", document.date.year)
    if document.has_easy:
        yield label("easy", "yes")


def words_of(*texts: str) -> frozenset[str]:
    """The words of texts that may be proposed for one that is misspelt or unfinished."""
    return _proposed(token.word for text in texts for token in tokens_of(text[:MAX_BODY]))


def _proposed(words: Iterable[str]) -> frozenset[str]:
    return frozenset(
        word
        for word in frozenset(words)
        if rules.SHORTEST_WORD <= len(word) <= rules.LONGEST_WORD and word.isalpha() and word not in stop_words()
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
