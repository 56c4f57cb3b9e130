"""What an editor hears before a text goes public: gaps, which have to be closed first, and advice, which is theirs to take.

Pure: Markdown in, findings out. What only one kind of page needs (a contact, a date) its own package adds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from meedoen.language.level import Level
from meedoen.language.meter import Marks, measure

from . import structure
from .findings import Finding, Kind, quoted, sentence
from .tokens import Line, as_read, line_of, lines_of, links_in, parsed

__all__ = ["Checked", "Draft", "Finding", "Kind", "addresses_in", "check", "sentence"]

MAX_OF_A_KIND = 5  # pieces of advice; twenty long sentences are one message
MAX_PASSIVE_PART = 0.25  # of the sentences
MIN_WORDS_FOR_EASY = 100  # shorter texts are easy enough to need no second one


@dataclass(frozen=True)
class Draft:
    """A text that may go public. ``goal`` is the level it should have; ``explained`` are words explained beside it.

    ``has_easy`` is None where there can be no easy version, as for the easy version itself.
    """

    title: str
    summary: str
    body: str
    has_easy: bool | None = None
    goal: Level = Level.B1
    explained: tuple[str, ...] = ()


@dataclass(frozen=True)
class Checked:
    """What was found; the figures of the text for who wants to see them."""

    gaps: tuple[Finding, ...]
    advice: tuple[Finding, ...]
    marks: Marks

    @property
    def may_publish(self) -> bool:
        """Whether no gap is left."""
        return not self.gaps


def check(draft: Draft) -> Checked:
    """Read ``draft`` before it goes public. The same text gets the same findings."""
    tokens = parsed(draft.body)
    lines = list(lines_of(tokens))
    read = as_read(tokens)
    marks = measure(read, explained=draft.explained)
    found = [
        *_missing(draft, lines),
        *structure.headings(tokens),
        *structure.links(lines),
        *structure.tables(tokens),
        *structure.images(lines),
        *structure.languages(lines),
        *structure.callouts(tokens),
        *_plainness(marks, draft, lines),
        *structure.lay_out(tokens, lines),
    ]
    if draft.has_easy is False and marks.word_count >= MIN_WORDS_FOR_EASY:
        found.append(Finding(Kind.EASY_MISSING))
    order = list(Kind)
    found.sort(key=lambda each: (order.index(each.kind), each.line))
    return Checked(
        gaps=tuple(each for each in found if each.blocks),
        advice=tuple(each for each in found if not each.blocks),
        marks=marks,
    )


def _missing(draft: Draft, lines: Sequence[Line]) -> Iterator[Finding]:
    if not draft.title.strip():
        yield Finding(Kind.TITLE_MISSING)
    if not draft.summary.strip():
        yield Finding(Kind.SUMMARY_MISSING)
    if not any(line.text.strip() for line in lines):
        yield Finding(Kind.BODY_MISSING)


def _plainness(marks: Marks, draft: Draft, lines: Sequence[Line]) -> Iterator[Finding]:
    levels = list(Level)
    if marks.level and levels.index(marks.level.level) > levels.index(draft.goal):
        yield Finding(Kind.LEVEL, marks.level.words, instead=draft.goal)
    kinds: list[tuple[Kind, list[tuple[str, str]]]] = [
        (Kind.LONG_SENTENCE, [(each, "") for each in marks.long_sentences]),
        (Kind.TANGLED, [(each, "") for each in marks.tangled]),
        (Kind.HARD_WORD, list(marks.hard)),
        (Kind.RARE_WORD, [(each, "") for each in marks.rare]),
    ]
    for kind, found in kinds:
        for where, instead in found[:MAX_OF_A_KIND]:
            yield Finding(kind, quoted(where), line_of(where, lines), instead)
    if len(marks.passive) > max(2, MAX_PASSIVE_PART * marks.sentence_count):
        where = marks.passive[0]
        yield Finding(Kind.PASSIVE, quoted(where), line_of(where, lines))


def addresses_in(body: str) -> list[tuple[str, str, int]]:
    """(address, words, line) of each link, for who can tell whether the address exists."""
    return [
        (href, words, line.number) for line in lines_of(parsed(body)) for href, words, _auto in links_in(line.token)
    ]
