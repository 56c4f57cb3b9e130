"""What is found for what somebody typed: which documents, how many, what they may be narrowed to, what was tried instead."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from types import MappingProxyType
from typing import Any, NamedTuple

from django.db import connection

from meedoen.kernel.database import in_parts

from . import nearby, rules
from .asking import Part, Question, Spellings, guessed, question, with_words
from .engines import engine
from .engines.terms import label
from .models import Change, Counted, Entry, Term
from .scoring import Candidate, scored, terms_in
from .snippets import Piece, snippet
from .sources import sources

PARTS_ASKED = 3  # of a group, whether they are public; the others were hidden with it
Ordered = tuple[int, bool]  # the id of an entry, and whether it says something of each part of the question


@dataclass(frozen=True, slots=True)
class Filters:
    """What somebody narrowed it to; empty is not at all. ``kinds`` are those of which any will do, ``group`` is how it begins."""

    kinds: tuple[str, ...] = ()
    group: str = ""
    theme: str = ""
    municipality: str = ""
    year: int = 0
    only_easy: bool = False

    def keep(self, row: "Row") -> bool:
        """Whether a document is of these."""
        return (
            (not self.kinds or row.kind in self.kinds)
            and row.group.startswith(self.group)
            and (not self.theme or self.theme in row.themes)
            and (not self.municipality or self.municipality in row.municipalities)
            and (not self.year or (row.date is not None and row.date.year == self.year))
            and (not self.only_easy or row.has_easy)
        )


class Row(NamedTuple):  # a thousand of these are made for one page: quicker than frozen dataclasses
    """What is known of each document that was found."""

    id: int
    kind: str
    key: str
    group: str
    date: datetime.date | None
    themes: tuple[str, ...]
    municipalities: tuple[str, ...]
    has_easy: bool
    worth: int
    profile: bytes


@dataclass(frozen=True, slots=True)
class Result:
    """One that is shown. ``has_all`` tells that it says something of each part of the question."""

    kind: str
    key: str
    url: str
    title: str
    date: datetime.date | None
    place: str
    themes: tuple[str, ...]
    has_easy: bool
    has_all: bool
    snippet: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The answer. ``total`` counts the groups that were found, after narrowing; ``is_more`` tells that there are more than were weighed.

    ``whole`` of them say something of each part; those stand first. ``instead`` is the question that was answered where the
    one that was typed found nothing, in words; ``near`` are words that come near what was typed.
    ``choices`` count what there is per kind, theme, municipality, year and in easy language, each without its own narrowing.
    """

    question: Question
    results: tuple[Result, ...]
    total: int
    whole: int
    is_more: bool
    instead: str
    near: tuple[str, ...]
    choices: Mapping[str, Mapping[Any, int]]


def find(
    text: str,
    *,
    today: datetime.date,
    filters: Filters = Filters(),
    page: int = 1,
    size: int = rules.PAGE_SIZE,
    spellings: Spellings | None = None,
    places: Mapping[str, Filters] = MappingProxyType({}),
    is_newest: bool = False,
) -> Found:
    """What is found for ``text``: page ``page`` of the results, the one that fits best first.

    ``places`` are parts of the site, of which each is counted. ``is_newest``: what has a date and says all of it, the newest
    first. A fixed number of questions to the database, whatever is
    typed and however much there is.
    """
    asked = question(text, spellings=spellings)
    if asked.is_empty:
        return Found(asked, (), 0, 0, False, "", (), {})
    ids, is_more = _candidates(asked, filters)
    instead = ""
    near: tuple[str, ...] = ()
    if not ids:
        asked, instead, near = _otherwise(asked)
        ids, is_more = _candidates(asked, filters)
    elif any(part.guesses for part in asked.parts):
        near = nearby.corrections(asked)
    if _is_little(asked, len(ids)):
        ids = list(dict.fromkeys([*ids, *_with_some(asked, filters)]))[: rules.MOST]
    rows = _still_public(rows_of(ids))
    order = _order(asked, rows, today)
    groups = _groups([each for each in order if filters.keep(rows[each[0]])], rows)
    if is_newest:
        groups = [each for each in groups if each[0][1] and rows[each[0][0]].date]
        groups.sort(key=lambda parts: (rows[parts[0][0]].date or today, parts[0][0]), reverse=True)
    shown, gone = _public(groups[(page - 1) * size : page * size], rows)
    return Found(
        asked,
        tuple(_results(asked, shown)),
        total=max(0, len(groups) - gone),
        whole=sum(parts[0][1] for parts in groups),
        is_more=is_more,
        instead=instead,
        near=near,
        choices=_choices(rows, filters, places),
    )


def _is_little(asked: Question, count: int) -> bool:
    """Whether to look also for what says some of it: little says all, or so much is asked that the best may not say all."""
    if len(asked.parts) == 1:
        return count < rules.ENOUGH and bool(asked.parts[0].loose)
    return count < rules.ENOUGH or (len(asked.parts) >= rules.MUCH_ASKED and count < rules.MOST)


def _candidates(asked: Question, filters: Filters) -> tuple[list[int], bool]:
    """The documents that say all of it; where there are too many, first those whose titles do, then the last that came."""
    found = engine().find(asked.asked(), most=rules.MOST + 1)
    if len(found) <= rules.MOST:
        return found, False
    whole = replace(asked.asked(), labels=_labels(filters))
    if whole.labels:
        found = engine().find(whole, most=rules.MOST + 1)
    is_more = len(found) > rules.MOST
    if is_more:
        titles = engine().find(whole, most=rules.MOST, only_titles=True)
        found = list(dict.fromkeys([*titles, *found]))
    return found[: rules.MOST], is_more


def _with_some(asked: Question, filters: Filters) -> list[int]:
    """The documents that say some of it: all but one part, or, where these are few, any part in any way."""
    parts = range(len(asked.parts))
    labels = _labels(filters)
    found: list[int] = []
    if len(asked.parts) > 2:
        choices = tuple(combinations(parts, len(asked.parts) - 1))
        found = engine().find(replace(asked.asked(choices), labels=labels), most=rules.MOST)
    if len(found) < rules.ENOUGH:
        single = tuple((at,) for at in parts)
        found += engine().find(replace(asked.asked(single, is_loose=True), labels=labels), most=rules.MOST)
    return found


def _otherwise(asked: Question) -> tuple[Question, str, tuple[str, ...]]:
    """Another question where the one that was typed finds nothing: with its words completed, or written well."""
    parts: list[Part] = []
    said: list[str] = []
    near: list[str] = []
    for part, words in nearby.words_for(asked.parts):
        near += words[:3]
        better = guessed(part)
        if words:
            better = with_words(better, words, rules.COMPLETED)
        parts.append(better)
        near += [part.meant] if part.meant and not words else []
        said.append(words[0] if words else part.meant or part.written)
    instead = " ".join(said) if near else ""
    return replace(asked, parts=tuple(parts)), instead, tuple(dict.fromkeys(near))


def _labels(filters: Filters) -> tuple[tuple[str, ...], ...]:
    """What the index can tell of ``Filters.keep``, for where there is too much to look at (``indexing``)."""
    one_of = [tuple(label("kind", kind) for kind in filters.kinds)]
    chosen = {
        "group": filters.group.partition(":")[0],
        "theme": filters.theme,
        "municipality": filters.municipality,
        "year": filters.year,
        "easy": "yes" if filters.only_easy else "",
    }
    one_of += [(label(name, value),) for name, value in chosen.items() if value]
    return tuple(filter(None, one_of))


def rows_of(ids: Sequence[int]) -> dict[int, Row]:
    """The documents by their ids, in that order; of one that is gone since nothing."""
    columns = 'id, kind, key, "group", date, themes, municipalities, has_easy, worth, profile'
    found: dict[int, Row] = {}
    for part in in_parts(ids):
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {columns} FROM search_entry WHERE id IN ({', '.join(['%s'] * len(part))})",  # noqa: S608
                part,
            )
            for number, kind, key, group, date, themes, places, has_easy, worth, profile in cursor.fetchall():
                day = datetime.date.fromisoformat(date) if isinstance(date, str) else date
                found[number] = Row(
                    number,
                    kind,
                    key,
                    group,
                    day,
                    tuple(themes.split()),
                    tuple(places.split()),
                    bool(has_easy),
                    worth,
                    bytes(profile),
                )
    return {number: found[number] for number in ids if number in found}


def candidates_of(rows: Mapping[int, Row]) -> list[Candidate]:
    """What counts of documents, to tell which fit best."""
    priors = {source.kind: source.prior for source in sources()}
    return [Candidate(row.id, row.date, row.worth, priors.get(row.kind, 1.0), row.profile) for row in rows.values()]


def counted(parts: Sequence[Part]) -> tuple[dict[str, int], int]:
    """In how many documents each term of ``parts`` stands, where it is more than one; and how many there are."""
    last = Counted.objects.order_by("-at").first()
    counts = dict(Term.objects.filter(term__in=terms_in(parts)).values_list("term", "count"))
    return counts, last.documents if last else 0


def _order(asked: Question, rows: Mapping[int, Row], today: datetime.date) -> list[tuple[int, bool]]:
    counts, documents = counted(asked.parts)
    in_order = scored(asked.parts, candidates_of(rows), counts=counts, documents=documents, today=today)
    return [(each.id, each.has_all) for each in in_order]


def _groups(order: Sequence[Ordered], rows: Mapping[int, Row]) -> list[list[Ordered]]:
    """What is found as its groups, the one with the best part first; of each its parts, the best first."""
    groups: dict[str, list[Ordered]] = {}
    for each in order:
        groups.setdefault(rows[each[0]].group, []).append(each)
    return list(groups.values())


def _still_public(rows: dict[int, Row]) -> dict[int, Row]:
    """The rows without what is no longer public, where the index is behind: then counts are of what is there too.

    What changed is noted with the change itself, so nothing else is asked; unless so much is that all may well be.
    """
    noted = set(Change.objects.values_list("kind", "key")[: rules.MOST_NOTED + 1])
    behind = [row for row in rows.values() if len(noted) > rules.MOST_NOTED or (row.kind, row.key) in noted]
    gone = {(row.kind, row.key) for row in behind} - _public_of(behind)
    return {number: row for number, row in rows.items() if (row.kind, row.key) not in gone} if gone else rows


def _public(groups: Sequence[list[Ordered]], rows: Mapping[int, Row]) -> tuple[list[Ordered], int]:
    """Of each group of one page its best part that is public this moment, and how many groups have none."""
    public = _public_of(rows[number] for parts in groups for number, _has_all in parts[:PARTS_ASKED])
    shown = []
    for parts in groups:
        best = (each for each in parts[:PARTS_ASKED] if (rows[each[0]].kind, rows[each[0]].key) in public)
        shown += [each for each in (next(best, None),) if each]
    return shown, len(groups) - len(shown)


def _public_of(rows: Iterable[Row]) -> set[tuple[str, str]]:
    """(kind, key) of those rows that are public this moment; a query for each kind."""
    keys: dict[str, list[str]] = {}
    for row in rows:
        keys.setdefault(row.kind, []).append(row.key)
    return {
        (source.kind, key) for source in sources() if source.kind in keys for key in source.public(keys[source.kind])
    }


def _results(asked: Question, shown: Sequence[tuple[int, bool]]) -> list[Result]:
    entries = Entry.objects.defer("profile", "headings").in_bulk([number for number, _has_all in shown])
    results = []
    for number, has_all in shown:
        entry = entries.get(number)
        if entry is None:
            continue
        results.append(
            Result(
                kind=entry.kind,
                key=entry.key,
                url=entry.url,
                title=entry.title,
                date=entry.date,
                place=entry.place,
                themes=tuple(entry.themes.split()),
                has_easy=entry.has_easy,
                has_all=has_all,
                snippet=snippet(f"{entry.summary} {entry.body}", asked.parts),
            )
        )
    return results


def _choices(rows: Mapping[int, Row], filters: Filters, places: Mapping[str, Filters]) -> dict[str, Mapping[Any, int]]:
    """How many groups there are of each, were that chosen; each kind of choice without what was chosen of it now."""
    without = {
        "place": replace(filters, kinds=(), group=""),
        "kind": replace(filters, kinds=()),
        "theme": replace(filters, theme=""),
        "municipality": replace(filters, municipality=""),
        "year": replace(filters, year=0),
        "easy": replace(filters, only_easy=False),
    }
    there: dict[str, dict[tuple[Any, str], None]] = {name: {} for name in without}
    for row in rows.values():
        is_all_kept = filters.keep(row)
        for name, values in _chosen_of(row, places):
            if is_all_kept or without[name].keep(row):
                there[name].update(((value, row.group), None) for value in values)
    return {name: Counter(value for value, _group in pairs) for name, pairs in there.items()}


def _chosen_of(row: Row, places: Mapping[str, Filters]) -> Iterator[tuple[str, Sequence[Any]]]:
    """The choices of which a document is, by their kind."""
    yield "place", [name for name, place in places.items() if place.keep(row)]
    yield "kind", (row.kind,)
    if row.themes:
        yield "theme", row.themes
    if row.municipalities:
        yield "municipality", row.municipalities
    if row.date:
        yield "year", (row.date.year,)
    if row.has_easy:
        yield "easy", (True,)
