"""What a page shows of a thread: the contributions of one page as its template needs them; a fixed number of queries."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meedoen.kernel import dutch
from meedoen.kernel.text import plain_text
from meedoen.people.models import Person
from meedoen.people.standing.reading import capacity, with_standing

from . import quotes, rules, threads
from .models import Contribution, ContributionQuerySet, FormerPlace, Thanks, Thread, number_url, page_url
from .news import NO_NEWS, News
from .rules import State
from .text import REMEMBERED, render

FIRST_LETTERS = 60  # of a text, to know it by
OPENING = "opening"  # says something of the thread itself, and is no item beside others
HIDDEN_NAME = gettext_lazy("Naam bekend bij het team")


@dataclass(frozen=True, slots=True)
class Deed:
    """What can be done with a contribution: a link, or a button that does it at once."""

    text: str
    url: str
    is_press: bool = False


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a thread: what is new to them, and which deeds its feature offers them beside the usual ones.

    ``item`` says what a contribution is to search engines: a property of schema.org that the thread's feature names,
    ``OPENING`` for what all others speak about, or nothing.
    """

    person: Person | None = None  # signed in
    is_along: bool = False  # under the name of somebody else: some things only they do themselves
    news: News = NO_NEWS
    deeds: Callable[[Contribution], list[Deed]] = lambda contribution: []
    item: Callable[[Contribution], str] = lambda contribution: ""


VISITOR = Reader()


@dataclass(frozen=True, slots=True)
class Shown:
    """A contribution on the page, or the gap that it left."""

    id: int
    number: int
    anchor: str
    heading: str
    name: str
    at: datetime.datetime
    edited_at: datetime.datetime | None
    html: SafeString | str
    gap: bool
    reply_to: tuple[int, str] | None  # the number that it answers, and where that stands
    thanked: str  # how many said thank you, in words
    deeds: tuple[Deed, ...]
    more: str  # what the deeds are called that are asked less often
    more_deeds: tuple[Deed, ...]
    item: str = ""  # what it is in structured data
    url: str = ""
    answers_elsewhere: bool = False  # what it answers stands in another thread now

    @property
    def item_prop(self) -> str:
        """The property of its thread that it is; none for what opens the thread."""
        return "" if self.item == OPENING else self.item

    @property
    def item_type(self) -> str:
        """The type that schema.org gives that property."""
        return "Comment" if self.item == "comment" else "Answer"

    def on_paper(self) -> "Shown":
        """It as it is printed: nothing to press."""
        return replace(self, deeds=(), more_deeds=())

    def as_section(self) -> SafeString:
        """It as HTML, with a heading of the second level."""
        return _html(self, 2)

    def as_part(self) -> SafeString:
        """It as HTML, with a heading of the third level."""
        return _html(self, 3)


@lru_cache(maxsize=REMEMBERED)
def _html(shown: Shown, level: int) -> SafeString:
    """What stands on the page of a contribution; remembered by all that it shows, in this process alone.

    Nearly everybody sees nearly every contribution the same way, so a page is mostly put together of these.
    """
    return render_to_string("conversation/contribution.html", {"each": shown, "level": level})


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """One page of a thread, with what is needed to turn to the others."""

    contributions: list[Shown]
    count: int
    page: int
    page_count: int
    is_closed: bool
    url: str
    news: News = NO_NEWS
    opening: Shown | None = None  # what all others speak about, where that stands on this page

    @property
    def news_url(self) -> str:
        """The address of the first contribution that is new; none when nothing is."""
        return number_url(self.url, self.news.first) if self.news.first else ""

    @property
    def page_links(self) -> list[tuple[int, str]]:
        """The pages that are named with their address, a gap without one between; none when there is one page."""
        if self.page_count == 1:
            return []
        named = rules.pages_named(self.page, self.page_count)
        return [(number, page_url(self.url, number) if number else "") for number in named]


NOTHING = ThreadPage([], count=0, page=1, page_count=1, is_closed=False, url="")


def thread_about(kind: str, key: str) -> Thread | None:
    """The thread about a thing, once somebody wrote in it."""
    return Thread.objects.filter(kind=kind, key=key).first()


def thread_page(thread: Thread | None, *, page: int | None, reader: Reader = VISITOR) -> ThreadPage:
    """A page of a thread; the last one when ``page`` lies beyond it. One query, and one where something was moved."""
    if thread is None:
        return NOTHING
    page_count = max(1, rules.page_of(thread.last_number))
    asked = min(page or 1, page_count)
    shown = show(thread, thread.contributions.standing().on_page(asked), reader)
    if thread.has_gaps:
        shown = sorted([*shown, *_gaps(thread, asked)], key=lambda each: each.number)
    opening = shown.pop(0) if threads.kind_of(thread).has_opening and shown and shown[0].number == 1 else None
    return ThreadPage(
        shown,
        count=thread.shown_count,
        page=asked,
        page_count=page_count,
        is_closed=thread.is_closed,
        url=thread.url,
        news=reader.news,
        opening=opening,
    )


def show(thread: Thread, contributions: ContributionQuerySet, reader: Reader = VISITOR) -> list[Shown]:
    """Contributions of one thread as everybody may see them; one query.

    One more where they quote, and one where they answer what was moved.
    """
    found = with_standing(contributions.select_related("person__municipality", "reply_to", "bond__helper"))
    if reader.person:
        mine = Thanks.objects.filter(contribution=OuterRef("pk"), person=reader.person)
        found = found.annotate(is_thanked=Exists(mine))
    for each in found:
        each.thread = thread  # known already: no query for each
    away = [each.reply_to for each in found if each.reply_to and each.reply_to.thread_id != thread.pk]
    known = Thread.objects.in_bulk({each.thread_id for each in away}) if away else {}
    for each in away:
        each.thread = known[each.thread_id]
    quoted = quotes.known(quotes.quoted_in(each.text for each in found if rules.may_be_read(each)))
    return [shown_as(each, reader, quoted) for each in found]


def shown_as(
    contribution: Contribution, reader: Reader = VISITOR, quoted: Mapping[int, Contribution] | None = None
) -> Shown:
    """A contribution as everybody may see it: nothing of who hides their name, no words of what was taken away.

    ``quoted`` is what it quotes and can be read, where that is known already.
    """
    is_readable = rules.may_be_read(contribution)
    number = {"number": contribution.number}
    return Shown(
        id=contribution.pk,
        number=contribution.number or 0,
        anchor=contribution.anchor,
        heading=f"{contribution.number}. {_heading(contribution, is_new=reader.news.includes(contribution))}",
        name=name_shown(contribution),
        at=contribution.created_at,
        edited_at=contribution.edited_at if is_readable else None,
        html=render(words_of(contribution.text, quoted)) if is_readable else "",
        gap=not is_readable,
        reply_to=_replied(contribution) if is_readable else None,
        thanked=_thanked(contribution) if is_readable else "",
        deeds=tuple(_deeds(contribution, reader)),
        more=_("Meer bij bericht %(number)s: bedanken, citeren, melden") % number,
        more_deeds=tuple(_more_deeds(contribution, reader, number)) if is_readable else (),
        item=reader.item(contribution) if is_readable else "",
        url=contribution.url,
        answers_elsewhere=_answers_elsewhere(contribution),
    )


def _gaps(thread: Thread, page: int) -> list[Shown]:
    """What stood on a page and was moved; nothing of what it says, which its new place tells who may read it."""
    places = FormerPlace.objects.filter(thread=thread, number__range=rules.numbers_on(page)).select_related(
        "contribution__thread"
    )
    return [
        Shown(
            id=place.contribution_id,
            number=place.number or 0,
            anchor=rules.anchor_of(place.number or 0),
            heading=_("%(number)s. Dit bericht is verplaatst.") % {"number": place.number},
            name="",
            at=place.contribution.created_at,
            edited_at=None,
            html="",
            gap=True,
            reply_to=None,
            thanked="",
            deeds=(_to_new_place(place),),
            more="",
            more_deeds=(),
        )
        for place in places
    ]


def _to_new_place(place: FormerPlace) -> Deed:
    return Deed(_("Lees bericht %(number)s op de nieuwe plek") % {"number": place.number}, place.contribution.url)


def _deeds(contribution: Contribution, reader: Reader) -> list[Deed]:
    deeds = reader.deeds(contribution)
    if contribution.thread.is_closed or not rules.may_be_read(contribution):
        return deeds
    words = _("Antwoord op %(number)s") % {"number": contribution.number}
    return [Deed(words, _address("answer", contribution)), *deeds]


def _more_deeds(contribution: Contribution, reader: Reader, number: dict[str, int | None]) -> list[Deed]:
    report = f"{_reversed('report_new')}?reactie={contribution.pk}"
    deeds = [
        Deed(_("Vast adres van bericht %(number)s") % number, _address("address", contribution)),
        Deed(_("Meld bericht %(number)s") % number, report),
    ]
    if not contribution.thread.is_closed:
        quote = _address("quote", contribution)
        deeds.insert(0, Deed(_("Citeer bericht %(number)s") % number, quote))
    person = reader.person
    if reader.is_along or (person and person.pk == contribution.person_id):
        return deeds
    if vars(contribution).get("is_thanked"):
        take_back = _address("unthank", contribution)
        return [Deed(_("Neem je dank voor bericht %(number)s terug") % number, take_back, is_press=True), *deeds]
    thank = _address("thank", contribution)
    return [Deed(_("Zeg dank je wel voor bericht %(number)s") % number, thank, is_press=person is not None), *deeds]


def _address(name: str, contribution: Contribution) -> str:
    return _reversed(name, 0).replace("/0/", f"/{contribution.pk}/")


@cache
def _reversed(name: str, *arguments: int) -> str:
    """An address of ours, looked up once: a page has a hundred of them."""
    return reverse(f"conversation:{name}", args=arguments)


def _thanked(contribution: Contribution) -> str:
    """How many said thank you, in words, with the reader among them."""
    count = contribution.thanks_count
    if not vars(contribution).get("is_thanked"):
        words = ngettext("%(count)s mens zegt dank je wel.", "%(count)s mensen zeggen dank je wel.", count)
        return words % {"count": dutch.number(count)} if count else ""
    if count == 1:
        return _("Jij zegt dank je wel.")
    words = ngettext(
        "Jij en nog %(count)s mens zeggen dank je wel.", "Jij en nog %(count)s mensen zeggen dank je wel.", count - 1
    )
    return words % {"count": dutch.number(count - 1)}


def _heading(contribution: Contribution, *, is_new: bool) -> str:
    """Who wrote it, in what capacity, what it answers and whether it is new; or why nothing stands here."""
    if not rules.may_be_read(contribution):
        return gap_words(contribution.state)
    replied = _replied(contribution)
    answers = _("antwoord op %(number)s") % {"number": replied[0]} if replied else ""
    helped = _("dit hielp") if contribution.helped_at else ""
    if replied and _answers_elsewhere(contribution):
        answers = _("antwoord op een bericht in een ander onderwerp")
    new = _("nieuw") if is_new else ""
    parts = (name_shown(contribution), capacity_shown(contribution), help_shown(contribution), answers, helped, new)
    return ", ".join(part for part in parts if part)


def _replied(contribution: Contribution) -> tuple[int, str] | None:
    """The number that it answers, and its address; none for what answers the thread itself, or its opening."""
    answered = contribution.reply_to
    if answered is None or answered.number is None:
        return None
    if _answers_elsewhere(contribution):
        return answered.number, answered.url
    answered.thread = contribution.thread
    return None if threads.is_opening(answered) else (answered.number, answered.url)


def _answers_elsewhere(contribution: Contribution) -> bool:
    answered = contribution.reply_to
    return answered is not None and answered.thread_id != contribution.thread_id


def name_shown(contribution: Contribution) -> str:
    """The name beside the words (FW8)."""
    if contribution.person.erased_at:
        return _("Iemand die weg is")
    if contribution.hides_name:
        return str(HIDDEN_NAME)
    return contribution.person.name


def capacity_shown(contribution: Contribution) -> str:
    """Role and municipality in words, as far as the person chose to show them; nothing of who hides their name."""
    person = contribution.person
    if contribution.hides_name or person.erased_at:
        return ""
    return capacity(person, known=contribution)


def help_shown(contribution: Contribution) -> str:
    """With whose help it was written, where the writer chose to show that."""
    bond = contribution.bond
    if bond is None or not bond.is_shown or contribution.hides_name or contribution.person.erased_at:
        return ""
    name = bond.helper.name if bond.helper else ""
    return _("geschreven met hulp van %(name)s") % {"name": name} if name else ""


def words_of(text: str, quoted: Mapping[int, Contribution] | None = None) -> str:
    """A text as others may read it now: what it quotes and cannot be read any more is not in it. One query at most."""
    if quoted is None:
        quoted = quotes.known(quotes.quoted_in([text]))
    return quotes.as_shown(text, quoted, name_of=name_shown)


def first_words(text: str) -> str:
    """The beginning of a text, to know it by; nothing of what it quotes."""
    own = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(">"))
    words = plain_text(own[: 10 * FIRST_LETTERS])
    return words if len(words) <= FIRST_LETTERS else f"{words[:FIRST_LETTERS].rsplit(' ', 1)[0]}…"


def gap_words(state: str) -> str:
    """What stands where a contribution was."""
    if state == State.RETRACTED:
        return _("De schrijver haalde dit bericht weg.")
    if state == State.REMOVED:
        return _("Het team haalde dit bericht weg.")
    if state == State.ASKED:
        return _("Het team vroeg de schrijver om dit bericht te veranderen.")
    return _("Dit bericht is tijdelijk niet te zien. Het team kijkt ernaar.")


def usual_wait(now: datetime.datetime) -> datetime.timedelta | None:
    """How long first contributions waited lately: half of them shorter. None when too few did to say so (MO5)."""
    waits = sorted(
        each.shown_at - each.created_at
        for each in Contribution.objects.filter(shown_at__gt=now - rules.WAITS_LOOKED_AT, waited=True)
        if each.shown_at
    )
    return waits[len(waits) // 2] if len(waits) >= rules.WAITS_NEEDED else None
