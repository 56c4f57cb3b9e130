"""The kinds of things that can be followed; features put theirs in at start-up. Municipalities are known here.

What a thing is, only its own feature knows. Here stands how it is called, and how it is found by its address.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meedoen.municipalities.models import Municipality, Succession
from meedoen.people.models import Person

from .models import Follow, Happening, Subject

Words = str | Promise
Ways = dict[int, list[tuple[str, str]]]  # words and paths, by the key of who they are for
STOP_HEADING = _("Stoppen met volgen?")
STOP_BUTTON = _("Stop met volgen")


@dataclass(frozen=True)
class Thing:
    """Something that can be followed: the key it is known by here, its name, and where it is read."""

    key: str
    title: str
    url: str


@dataclass(frozen=True)
class Kind:
    """A kind of thing.

    ``heading`` stands above several in a list. ``alone`` and ``inside`` are its name, with ``%(title)s`` in it, at
    the start of a line and inside a sentence. Where ``find`` is given, following begins at ``/volgen/<path>/<text>/``;
    it finds the thing by that text, or None. ``fresh`` makes of an address, and of the moment up to which somebody
    was told, the address of a page that says what is new to them. What ``is_personal`` happens to who follows it
    themselves: it goes before their other reasons to be told. ``letter`` is the template of a mail about it alone,
    ``stopping`` what stopping does beside ending the mails, ``stop_heading`` and
    ``stop_button`` how stopping is called. ``ways`` are words and paths for one follower alone, in
    the mail about it; ``replies_to`` are the addresses at which their answers to that mail are taken: both are asked
    for many followers at once, by their keys, and tell of those who have any. A kind that is told by
    its own feature has a ``page`` on which one follow is changed, and ``rhythm`` says in words how often one hears.
    """

    name: str
    heading: Words
    alone: Words
    inside: Words
    path: str = ""
    find: Callable[[str], Thing | None] | None = None
    fresh: Callable[[str, datetime], str] = lambda url, since: url
    is_personal: bool = False
    letter: str = "mail/activity/notice.md"
    stopping: Words = ""
    stop_heading: Words = STOP_HEADING
    stop_button: Words = STOP_BUTTON
    ways: Callable[[Subject, Collection[int]], Ways] = lambda subject, people: {}
    replies_to: Callable[[Subject, Collection[int], datetime], dict[int, str]] = lambda subject, people, now: {}
    page: Callable[[Follow], str] = lambda follow: ""
    rhythm: Words = ""


_kinds: dict[str, Kind] = {}


@dataclass(frozen=True)
class AnswersToSeveral:
    """Who takes answers to a mail about several things, or about one that takes no answer itself.

    ``replies_to`` are the addresses of these people, by their keys. ``number_of`` tells of the mark of a happening by
    which number an answer names it; nothing of what takes none. ``place_of`` tells of its address which number it has in
    its conversation, by which an answer to a mail about that alone names it.
    """

    replies_to: Callable[[Collection[int], datetime], dict[int, str]]
    number_of: Callable[[str], str]
    place_of: Callable[[str], str] = lambda url: ""


_answers_to_several: list[AnswersToSeveral] = []


def register(kind: Kind) -> Kind:
    """Make a kind known. Two kinds of one name or path are a mistake of ours."""
    if any(kind.name == each.name or (kind.path and kind.path == each.path) for each in _kinds.values()):
        raise ValueError(f"two kinds to follow are called {kind.name} or {kind.path}")
    _kinds[kind.name] = kind
    return kind


def kinds() -> list[Kind]:
    """All kinds, in no order."""
    return list(_kinds.values())


def kind_at(path: str) -> Kind | None:
    """The kind that is followed at ``/volgen/<path>/``."""
    return next((kind for kind in _kinds.values() if kind.find and kind.path == path), None)


def find(kind: str, text: str) -> Subject | None:
    """The subject of what ``text`` says in an address, made when it is new; None when there is no such thing."""
    finder = _kinds[kind].find
    thing = finder(text) if finder else None
    return Subject.objects.of(kind, thing.key, title=thing.title, url=thing.url) if thing else None


def alone(subject: Subject) -> str:
    """What it is called at the start of a line: ``Thema Wonen``."""
    kind = _kinds.get(subject.kind)  # a feature may be gone; what was followed of it keeps its title
    return str(kind.alone) % {"title": subject.title} if kind else subject.title


def inside(subject: Subject) -> str:
    """What it is called inside a sentence: ``het thema Wonen``."""
    kind = _kinds.get(subject.kind)
    return str(kind.inside) % {"title": subject.title} if kind else f"‘{subject.title}’"


def fresh(subject: Subject, url: str, since: datetime) -> str:
    """The address ``url`` of something in a subject, for who was told of it up to ``since``."""
    kind = _kinds.get(subject.kind)
    return kind.fresh(url, since) if kind else url


def is_personal(subject: Subject) -> bool:
    """Whether what happens to it happens to who follows it themselves."""
    kind = _kinds.get(subject.kind)
    return bool(kind and kind.is_personal)


def sentence(happening: Happening, of: Iterable[Subject]) -> str:
    """What happened, told to who follows these subjects."""
    return happening.naming if happening.naming and any(map(is_personal, of)) else happening.sentence


def letter(subject: Subject) -> str:
    """The template of a mail that is about nothing else."""
    kind = _kinds.get(subject.kind)
    return kind.letter if kind else Kind.letter


def stopping(subject: Subject) -> Words:
    """What stopping does beside ending the mails; nothing for most."""
    kind = _kinds.get(subject.kind)
    return kind.stopping if kind else ""


def stop_words(subject: Subject) -> tuple[Words, Words]:
    """What stopping is called, above its page and on its button."""
    kind = _kinds.get(subject.kind)
    return (kind.stop_heading, kind.stop_button) if kind else (Kind.stop_heading, Kind.stop_button)


def ways(subject: Subject, people: Collection[int]) -> Ways:
    """What the mail about it offers to each of these followers alone: words and paths."""
    kind = _kinds.get(subject.kind)
    return kind.ways(subject, people) if kind else {}


def reply_to(subject: Subject, person: Person, now: datetime) -> str:
    """Where an answer of one follower to a mail about it goes; empty where none is taken."""
    return replies_to(subject, [person.pk], now).get(person.pk, "")


def replies_to(subject: Subject, people: Collection[int], now: datetime) -> dict[int, str]:
    """Where the answers of these followers to a mail about it go; nothing where none is taken."""
    kind = _kinds.get(subject.kind)
    return kind.replies_to(subject, people, now) if kind else {}


def answer_several(answers: AnswersToSeveral) -> None:
    """Say where such answers go; at start-up."""
    _answers_to_several[:] = [answers]


def replies_to_several(people: Collection[int], now: datetime) -> dict[int, str]:
    """Where the answers of these followers to such a mail go; nothing where none is taken."""
    return next((each.replies_to(people, now) for each in _answers_to_several), {})


def answer_number(happening: Happening) -> str:
    """By which number an answer to such a mail names it; nothing of what takes no answer."""
    return next((each.number_of(happening.mark) for each in _answers_to_several), "")


def place_number(happening: Happening) -> str:
    """Which number it has in its conversation; nothing of what has none."""
    return next((each.place_of(happening.url) for each in _answers_to_several), "")


def page(follow: Follow) -> str:
    """The page of its feature on which it is changed; empty where that is the usual one."""
    kind = _kinds.get(follow.subject.kind)
    return kind.page(follow) if kind else ""


def rhythm(subject: Subject) -> Words:
    """How often one hears of it, where that is no choice; empty where it is."""
    kind = _kinds.get(subject.kind)
    return kind.rhythm if kind else ""


def of_municipality(municipality: Municipality) -> list[Subject]:
    """Its subject, and those of former ones that went on in it: who follows these goes on hearing."""
    codes, found = set(), {municipality.pk}
    while found:
        steps = Succession.objects.done().filter(new__in=found).values_list("old_id", "old__code")
        found = {pk for pk, code in steps if code not in codes}
        codes |= {code for _pk, code in steps}
    thing = _thing(municipality)
    own = Subject.objects.of(MUNICIPALITY.name, thing.key, title=thing.title, url=thing.url)
    return [own, *Subject.objects.filter(kind=MUNICIPALITY.name, key__in=codes).order_by("pk")]


def _thing(municipality: Municipality) -> Thing:
    return Thing(municipality.code, municipality.name, municipality.get_absolute_url())


def _municipality(slug: str) -> Thing | None:
    found = Municipality.objects.current().filter(slug=slug).first()
    return _thing(found) if found else None


MUNICIPALITY = Kind(
    name="municipality",
    heading=_("Gemeenten"),
    alone=_("Gemeente %(title)s"),
    inside=_("de gemeente %(title)s"),
    path="gemeente",
    find=_municipality,
)
