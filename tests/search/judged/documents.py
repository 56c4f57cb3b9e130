"""All that is public in the starting content as plain documents, for searches that are not ours.

Read from the features' own tables and nothing of the search, so that what ours is compared with has the same words.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from django.test import Client
from django.urls import reverse

from meedoen.celebrations.models import Celebration
from meedoen.conversation.models import Contribution
from meedoen.forum.models import Topic
from meedoen.kernel import clock
from meedoen.kernel.text import headings_and_words
from meedoen.library.agendas.models import InclusionAgenda
from meedoen.library.convention.explanations import explanations
from meedoen.library.models import Article
from meedoen.library.reading import QUESTIONS
from meedoen.meetings.models import Meeting
from meedoen.meetings.words import NEEDS
from meedoen.municipalities.models import Municipality, Signature
from meedoen.terms.models import Term
from meedoen.themes.models import ConventionArticle

# Pages that are no row of a table, read as they are shown.
PAGES = (
    "/over/", "/contact/", "/privacy/", "/spelregels/", "/toegankelijkheid/",
    "/koppelen/", "/koppelen/vragen/", "/koppelen/aanbieden/", "/manifest/", "/kennisbank/vn-verdrag/", "/kennisbank/agendas/",
    "/gemeenten/", "/successen/", "/inloggen/",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Readable:
    """Something public in plain words."""

    address: str
    title: str
    text: str
    dated_on: datetime.date | None = None


def documents() -> list[Readable]:
    """Everything that everybody may read now; words that are explained share the address of their list."""
    return [
        *_texts(), *_agendas(), *_convention(), *_topics(), *_meetings(), *_celebrations(), *_municipalities(),
        *_words(), *_pages(),
    ]  # fmt: skip


def _texts() -> Iterator[Readable]:
    rows = Article.objects.published(clock.now()).select_related("practice")
    for each in rows.prefetch_related("municipalities", "sources"):
        practice = getattr(each, "practice", None)
        answers = [getattr(practice, name, "") for name in QUESTIONS]
        marked = (each.body, *answers, each.proposal, each.easy_body)
        plain = (
            each.summary, *map(_plain, marked), each.easy_title, each.easy_summary, each.publisher,
            *(place.name for place in each.municipalities.all()), *(source.text for source in each.sources.all()),
        )  # fmt: skip
        yield Readable(each.get_absolute_url(), each.title, _joined(*plain), each.dated_on or each.written_on)


def _agendas() -> Iterator[Readable]:
    for each in (
        InclusionAgenda.objects.published(clock.now()).select_related("municipality").prefetch_related("sources")
    ):
        said = (each.summary, each.get_stage_display(), each.stage_from, each.adopted_by, each.made_with)
        words = _joined(*said, *(source.text for source in each.sources.all()))
        yield Readable(each.get_absolute_url(), each.title, words, each.checked_on)


def _convention() -> Iterator[Readable]:
    explained = explanations()
    for each in ConventionArticle.objects.filter(number__in=list(explained)):
        told = explained[each.number]
        marked = map(_plain, (told.says, told.municipality, told.easy_says, told.easy_municipality))
        address = reverse("library:convention_article", args=[each.number])
        yield Readable(
            address, f"Artikel {each.number}: {each.title}", _joined(each.sentence, told.easy_title, *marked)
        )


def _topics() -> Iterator[Readable]:
    for each in Topic.objects.readable().select_related("municipality"):
        said = Contribution.objects.readable().filter(thread=each.thread_id).order_by("number")
        words = _joined(each.summary, *(_plain(one.text) for one in said))
        yield Readable(each.get_absolute_url(), each.title, words, clock.local_date(each.begun_at))


def _meetings() -> Iterator[Readable]:
    rows = Meeting.objects.published(clock.now()).select_related("place_municipality")
    for each in rows.prefetch_related("programme", "provisions", "sources"):
        names = {need.value: str(name) for need, name in NEEDS.items()}
        place = each.place_municipality.name if each.place_municipality else ""
        plain = (
            each.summary, _plain(each.body), each.for_whom, each.organiser, each.place_name, place, each.route,
            each.public_transport, each.parking, each.entrance, each.toilet, each.quiet_room, each.assistance_dogs,
            each.companion, each.breaks, each.costs, each.expert_pay_words, each.expert_travel_words,
            *(item.title for item in each.programme.all()),
            *(f"{names.get(one.need, '')} {one.words}" for one in each.provisions.all()),
            *(source.text for source in each.sources.all()),
        )  # fmt: skip
        on = clock.local_date(each.starts_at) if each.starts_at else None
        yield Readable(each.get_absolute_url(), each.title, _joined(*plain), on)


def _celebrations() -> Iterator[Readable]:
    for each in Celebration.objects.published().prefetch_related("municipalities", "sources"):
        plain = (
            _plain(each.text), each.place, each.uncertain, *(place.name for place in each.municipalities.all()),
            *(source.text for source in each.sources.all()),
        )  # fmt: skip
        yield Readable(each.get_absolute_url(), each.title, _joined(*plain), each.dated_on)


def _municipalities() -> Iterator[Readable]:
    signed = {each.municipality_id: each for each in Signature.objects.all()}
    rows = Municipality.objects.filter(is_current=True).select_related("province")
    for each in rows.prefetch_related("names", "predecessions__old"):
        signature = signed.get(each.pk)
        manifest = f"Het manifest Iedereen doet mee! {signature.name_then} {signature.note}" if signature else ""
        before = (str(one.old.name) for one in each.predecessions.all())
        names = (one.name for one in each.names.all())
        province = f"Gemeente {each.name} ligt in {each.province.name}." if each.province else ""
        yield Readable(each.get_absolute_url(), each.name, _joined(province, manifest, *names, *before))


def _words() -> Iterator[Readable]:
    for each in Term.objects.shown():
        yield Readable(reverse("terms:words"), each.word, _joined(*each.forms.split("|"), each.explanation))


def _pages() -> Iterator[Readable]:
    client = Client(SERVER_NAME="localhost")
    for address in PAGES:
        page = client.get(address).content.decode()
        main = page.partition("<main")[2].partition(">")[2].partition("</main>")[0]
        title = re.search(r"<h1[^>]*>(.*?)</h1>", main, re.DOTALL)
        yield Readable(address, _without_tags(title[1] if title else ""), _without_tags(main))


def _plain(text: str) -> str:
    return _joined(*headings_and_words(text))


def _without_tags(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def _joined(*parts: str | None) -> str:
    return "\n".join(part for part in parts if part)
