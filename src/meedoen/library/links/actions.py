"""The deeds: reading which links stand in our texts, and asking one of them."""

import datetime
import html
import re
from collections.abc import Callable, Iterable, Iterator

from django.conf import settings
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce

from meedoen.kernel.text import render_markdown
from meedoen.library.models import Article
from meedoen.library.reading import QUESTIONS

from . import rules
from .models import LinksRead, OutsideLink
from .rules import Problem
from .visiting import visit

_HREF = re.compile(r'href="(https?://[^"]+)"')
_WORDS = ("body", "easy_body", "proposal")


def look_after(*, now: datetime.datetime, ask: Callable[[str], Problem | None] = visit) -> None:
    """Read some texts whose turn it is, and ask one link; called once a minute."""
    read_texts(now=now)
    ask_one(now=now, ask=ask)


def read_texts(*, now: datetime.datetime) -> None:
    """Keep the list of links right for the texts that were read longest ago."""
    due = Article.objects.published(now).exclude(links_read__at__gt=now - rules.READ_AGAIN)
    found = due.order_by(F("links_read__at").asc(nulls_first=True), "pk").prefetch_related("sources", "practice")
    for article in found[: rules.READ_AT_ONCE]:
        _read(article, now=now)


@transaction.atomic
def _read(article: Article, *, now: datetime.datetime) -> None:
    there = set(outside_links(article))
    known = set(article.outside_links.values_list("url", flat=True))
    article.outside_links.filter(url__in=known - there).delete()
    OutsideLink.objects.bulk_create(
        [OutsideLink(article=article, url=url) for url in sorted(there - known)], ignore_conflicts=True
    )
    LinksRead.objects.update_or_create(article=article, defaults={"at": now})


def ask_one(*, now: datetime.datetime, ask: Callable[[str], Problem | None] = visit) -> None:
    """Ask one link whose turn it is, and write down for all texts that have it how it was found.

    No transaction is open while we wait. When nothing at all answered for a day, it is our own line: then silence is
    no news of anybody.
    """
    url = OutsideLink.objects.to_ask(now).values_list("url", flat=True).first()
    if url is None:
        return
    problem = ask(url)
    rows = OutsideLink.objects.filter(url=url)
    if problem is None:
        rows.update(checked_at=now, worked_at=now, failed_since=None, problem="")
    elif problem == Problem.AWAY and not _are_online(now):
        rows.update(checked_at=now)
    else:
        rows.update(checked_at=now, problem=problem, failed_since=Coalesce("failed_since", Value(now)))


def outside_links(article: Article) -> Iterator[str]:
    """The addresses of others that a text sends people to, each once; ``article`` with its practice and sources."""
    met: set[str] = set()
    for url in _all(article):
        if url not in met and len(url) <= 500 and not url.startswith(settings.BASE_URL) and len(met) < rules.MAX_LINKS:
            met.add(url)
            yield url


def _all(article: Article) -> Iterator[str]:
    yield from filter(None, [article.url])
    yield from (source.url for source in article.sources.all())
    yield from (insert["url"] for insert in article.inserts if insert.get("url"))
    for text in _texts(article):
        yield from (html.unescape(url) for url in _HREF.findall(render_markdown(text)))


def _texts(article: Article) -> Iterable[str]:
    practice = getattr(article, "practice", None)
    answers = [getattr(practice, name) for name in QUESTIONS] if practice else []
    return [*(getattr(article, name) for name in _WORDS), *answers]


def _are_online(now: datetime.datetime) -> bool:
    return OutsideLink.objects.filter(worked_at__gte=now - rules.WE_ARE_ONLINE).exists()
