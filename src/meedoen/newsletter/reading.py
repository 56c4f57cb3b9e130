"""A letter in words: what stands in it in which order, in either version, as it is true now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext as _

from meedoen.activity.models import Follow, FollowQuerySet
from meedoen.activity.rules import BY_MAIL

from . import sources
from .models import Entry, Letter
from .sources import SOURCES, Told

KIND = "newsletter"  # the kind of what is followed


@dataclass(frozen=True, slots=True)
class Item:
    """Something that happened, as it stands in a letter. ``note`` says what is missing in the easy version."""

    entry: Entry
    number: int
    title: str
    words: str
    told: Told
    note: str
    can_be_answered: bool

    @property
    def helped(self) -> str:
        """What helped who asked; easy words of the team tell that too."""
        return "" if self.entry.easy_words else self.told.helped

    @property
    def share(self) -> str:
        """What begins a mail to somebody else about it."""
        address = settings.BASE_URL + self.told.path
        return f"mailto:?subject={quote(self.title, safe='')}&body={quote(address, safe='')}"


@dataclass(frozen=True, slots=True)
class Section:
    """Items of one kind; ``all_path`` leads to all of that kind."""

    name: str
    heading: str
    items: list[Item]
    all_path: str


def subscribed() -> FollowQuerySet:
    """Who gets the letter."""
    return Follow.objects.alive().filter(subject__kind=KIND, rhythm__in=BY_MAIL)


def entries_of(letter: Letter) -> list[tuple[Entry, Told]]:
    """What is in a letter and can still be read, in its order, also what the team took out."""
    entries = list(letter.entries.all())
    told = _told(entries)
    known = [(each, told[each.source, each.key]) for each in entries if (each.source, each.key) in told]
    order = {source.name: number for number, source in enumerate(SOURCES)}
    return sorted(known, key=lambda pair: (order[pair[0].source], pair[0].position, pair[0].pk))


def sections_of(letter: Letter, *, is_easy: bool) -> list[Section]:
    """The letter; a number that is not given yet is counted."""
    shown = [(entry, told) for entry, told in entries_of(letter) if not entry.is_out]
    items = [
        _item(entry, told, entry.number or count, is_easy=is_easy) for count, (entry, told) in enumerate(shown, start=1)
    ]
    found = []
    for name, group in groupby(items, key=lambda item: item.entry.source):
        source = sources.named(name)
        assert source is not None  # noqa: S101  what has none is not told
        found.append(Section(name, str(source.heading), list(group), source.all_path()))
    return found


def foreword_of(letter: Letter, *, is_easy: bool) -> str:
    """What the team wrote above it, in the version that there is."""
    return (letter.easy_foreword or letter.foreword) if is_easy else letter.foreword


def titles_of(letters: Sequence[Letter]) -> dict[int, list[str]]:
    """What letters that went tell, by their keys: the titles of what can still be read. As many queries for all as for one."""
    entries = list(Entry.objects.filter(letter__in=letters, number__isnull=False).order_by("letter", "number"))
    told = _told(entries)
    titles: dict[int, list[str]] = {letter.pk: [] for letter in letters}
    for entry in entries:
        if found := told.get((entry.source, entry.key)):
            titles[entry.letter_id].append(found.title)
    return titles


def _told(entries: Iterable[Entry]) -> dict[tuple[str, str], Told]:
    keys: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        keys[entry.source].append(entry.key)
    found: dict[tuple[str, str], Told] = {}
    for name, ours in keys.items():
        source = sources.named(name)
        told: Mapping[str, Told] = source.told(ours) if source else {}
        found |= {(name, key): told[key] for key in ours if key in told}
    return found


def _item(entry: Entry, told: Told, number: int, *, is_easy: bool) -> Item:
    source = sources.named(entry.source)
    title, words, note = told.title, told.words, ""
    if is_easy:
        title = told.easy_title or told.title
        words = entry.easy_words or told.easy_words
        if not words:
            words = told.summary or told.words
            note = _("Dit stuk is er nog niet in makkelijke taal. Je leest hier het kort.") if told.summary else ""
            note = note or _("Dit stuk is er nog niet in makkelijke taal.")
    if told.is_example:
        mark = _("Voorbeeld:")
        title = title if title.startswith(mark) else f"{mark} {title}"
    can_be_answered = source is not None and source.can_be_answered
    return Item(entry, number, title, words, told, note, can_be_answered)
