"""One contribution as a page shows it, with what can be done with it; or the gap that it left."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meedoen.conversation import rules, threads
from meedoen.conversation.attachments.reading import ShownFile
from meedoen.conversation.attachments.reading import of as files_of
from meedoen.conversation.models import Contribution, FormerPlace
from meedoen.conversation.news import NO_NEWS, News
from meedoen.conversation.text import REMEMBERED, render
from meedoen.kernel import dutch
from meedoen.people.models import Person

from .mentioned import named
from .names import capacity_shown, gap_words, help_shown, name_shown, words_of

OPENING = "opening"  # says something of the thread itself, and is no item beside others


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
    ``OPENING`` for what all others speak about, or nothing. ``began`` says what it began as, where that was a thread of
    its own.
    """

    person: Person | None = None  # signed in
    is_along: bool = False  # under the name of somebody else: some things only they do themselves
    news: News = NO_NEWS
    deeds: Callable[[Contribution], list[Deed]] = lambda contribution: []
    item: Callable[[Contribution], str] = lambda contribution: ""
    began: Callable[[Contribution], str] = lambda contribution: ""


VISITOR = Reader()


@dataclass(frozen=True, slots=True)
class Shown:
    """A contribution on the page, or the gap that it left."""

    id: int
    number: int
    anchor: str
    heading: str
    gap: bool
    deeds: tuple[Deed, ...]
    name: str = ""
    at: datetime.datetime | None = None
    edited_at: datetime.datetime | None = None
    html: SafeString | str = ""
    reply_to: tuple[int, str] | None = None  # the number that it answers, and where that stands
    mentioned: str = ""  # for whom it is, in words
    thanked: str = ""  # how many said thank you, in words
    more: str = ""  # what the deeds are called that are asked less often
    more_deeds: tuple[Deed, ...] = ()
    item: str = ""  # what it is in structured data
    began: str = ""  # as what it began, in words, before that was brought here
    url: str = ""  # its page and place
    answers_elsewhere: bool = False  # what it answers stands in another thread now
    files: tuple[ShownFile, ...] = ()  # pictures and documents beside the words

    @property
    def item_prop(self) -> str:
        """The property of its thread that it is; none for what opens the thread."""
        return "" if self.item == OPENING else self.item

    @property
    def item_type(self) -> str:
        """The type that schema.org gives that property."""
        return "Comment" if self.item == "comment" else "Answer"

    @property
    def time_prop(self) -> str:
        """The property that its time is, where it is something to search engines."""
        return "dateCreated" if self.item else ""

    def on_paper(self) -> "Shown":
        """It as it is printed: nothing to press."""
        return replace(self, deeds=(), more_deeds=())

    def as_html(self, *, level: int, shows_images: bool) -> SafeString:
        """It as HTML, with a heading of that level."""
        return _html(self, level, shows_images or not self.files)


@lru_cache(maxsize=REMEMBERED)
def _html(shown: Shown, level: int, shows_images: bool) -> SafeString:
    """What stands on the page of a contribution; remembered by all that it shows, in this process alone.

    Nearly everybody sees nearly every contribution the same way, so a page is mostly put together of these.
    """
    preferences = {"shows_images": shows_images}
    return render_to_string(
        "conversation/contribution.html", {"each": shown, "level": level, "preferences": preferences}
    )


def shown_as(
    contribution: Contribution, reader: Reader = VISITOR, known: Mapping[int, Contribution] | None = None
) -> Shown:
    """A contribution as everybody may see it: nothing of who hides their name, no words of what was taken away.

    ``known`` is what it quotes, and by what it names people, as far as that can be read; where that is known already.
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
        html=render(words_of(contribution.text, known)) if is_readable else "",
        gap=not is_readable,
        reply_to=_replied(contribution) if is_readable else None,
        mentioned=named(contribution, known) if is_readable else "",
        thanked=_thanked(contribution) if is_readable else "",
        deeds=tuple(_deeds(contribution, reader)),
        more=_("Meer bij bericht %(number)s: bedanken, citeren, melden") % number,
        more_deeds=_more_deeds(contribution, reader) if is_readable else (),
        item=reader.item(contribution) if is_readable else "",
        began=reader.began(contribution) if is_readable else "",
        url=contribution.url,
        answers_elsewhere=_answers_elsewhere(contribution),
        files=files_of(contribution) if is_readable else (),
    )


def gap_of(place: FormerPlace) -> Shown:
    """What stands where a contribution was before it was moved: nothing of what it says, only the way to it."""
    number = {"number": place.number}
    way = Deed(_("Lees bericht %(number)s op de nieuwe plek") % number, _address("address", place.contribution_id))
    return Shown(
        id=place.contribution_id,
        number=place.number or 0,
        anchor=rules.anchor_of(place.number or 0),
        heading=_("%(number)s. Dit bericht is verplaatst.") % number,
        gap=True,
        deeds=(way,),
    )


def _deeds(contribution: Contribution, reader: Reader) -> list[Deed]:
    deeds = reader.deeds(contribution)
    if contribution.thread.is_closed or not rules.may_be_read(contribution):
        return deeds
    words = _("Antwoord op %(number)s") % {"number": contribution.number}
    return [Deed(words, _address("answer", contribution.pk)), *deeds]


def _more_deeds(contribution: Contribution, reader: Reader) -> tuple[Deed, ...]:
    person = reader.person
    thanks = "link" if person is None else "press"
    if reader.is_along or (person and person.pk == contribution.person_id):
        thanks = ""
    elif vars(contribution).get("is_thanked"):
        thanks = "take back"
    return _usual_deeds(contribution.pk, contribution.number or 0, contribution.thread.is_closed, thanks)


@lru_cache(maxsize=4 * REMEMBERED)
def _usual_deeds(pk: int, number: int, is_closed: bool, thanks: str) -> tuple[Deed, ...]:
    """What nearly everybody can do with nearly every contribution: a page has a hundred of them."""
    words = {"number": number}
    deeds = [
        Deed(_("Vast adres van bericht %(number)s") % words, _address("address", pk)),
        Deed(_("Meld bericht %(number)s") % words, f"{_reversed('report_new')}?reactie={pk}"),
    ]
    if not is_closed:
        deeds.insert(0, Deed(_("Citeer bericht %(number)s") % words, _address("quote", pk)))
    if thanks == "take back":
        take_back = _address("unthank", pk)
        deeds.insert(0, Deed(_("Neem je dank voor bericht %(number)s terug") % words, take_back, is_press=True))
    elif thanks:
        thank = _("Zeg dank je wel voor bericht %(number)s") % words
        deeds.insert(0, Deed(thank, _address("thank", pk), is_press=thanks == "press"))
    return tuple(deeds)


def _address(name: str, pk: int) -> str:
    return _reversed(name, 0).replace("/0/", f"/{pk}/")


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
    if replied and _answers_elsewhere(contribution):
        answers = _("antwoord op een bericht in een ander onderwerp")
    helped = _("dit hielp") if contribution.helped_at else ""
    new = _("nieuw bericht") if is_new else ""
    parts = (name_shown(contribution), capacity_shown(contribution), help_shown(contribution), answers, helped, new)
    return ", ".join(part for part in parts if part)


def _replied(contribution: Contribution) -> tuple[int, str] | None:
    """The number that it answers, and its address; none for what answers the thread itself, or its opening."""
    answered = contribution.reply_to
    if answered is None or answered.number is None:
        return None
    if _answers_elsewhere(contribution):
        return answered.number, _address("address", answered.pk)  # leads there as long as that can be read
    answered.thread = contribution.thread
    return None if threads.is_opening(answered) else (answered.number, answered.url)


def _answers_elsewhere(contribution: Contribution) -> bool:
    answered = contribution.reply_to
    return answered is not None and answered.thread_id != contribution.thread_id
