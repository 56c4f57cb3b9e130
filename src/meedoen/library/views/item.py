"""A text of the library, news or from the knowledge base, in either of its versions; reacting to it and following it."""

import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from meedoen.activity import views as following
from meedoen.activity.models import Subject
from meedoen.conversation import writing
from meedoen.conversation.actions import subject_of
from meedoen.conversation.models import AREA as CONVERSATION
from meedoen.conversation.models import Thread
from meedoen.conversation.reading import thread_about, thread_page
from meedoen.kernel import clock
from meedoen.kernel.dutch import date_words
from meedoen.kernel.text import plain_text, render_markdown
from meedoen.library import actions, rules
from meedoen.library.contents import contents_of, with_chapters
from meedoen.library.desk.rules import MAX_LINKS_ON
from meedoen.library.facts import ARTICLE
from meedoen.library.forms import HelpedForm, ReadingForm
from meedoen.library.inserts.reading import filled, marked, shared_picture
from meedoen.library.inserts.rules import without_lines
from meedoen.library.models import Article, OldAddress
from meedoen.library.reading import KINDS, facts_of, parts_of, related
from meedoen.library.reuse.reading import chain_of
from meedoen.library.rules import THREAD, Kind, Reading
from meedoen.library.takeaway.views import reading_of, take_address
from meedoen.municipalities.facts.rules import source_of
from meedoen.municipalities.facts.ways import ways
from meedoen.pages.missing import Missing
from meedoen.pages.origin import anonymous_post, network
from meedoen.pages.query import read_query
from meedoen.pages.visitor import visitor_page
from meedoen.people.models import AREA as PEOPLE
from meedoen.terms.models import AREA as TERMS
from meedoen.terms.reading import explained
from meedoen.themes.models import AREA as THEME_NAMES
from meedoen.themes.records import CONVENTION

CONVENTION_TITLES = {record.number: record.title for record in CONVENTION}
AREAS = ("news", "municipalities", THEME_NAMES, CONVERSATION, PEOPLE, TERMS)


@visitor_page(*AREAS, query=ReadingForm, until=Article.objects.next_publication)
def article(request: Any, slug: str) -> HttpResponse:
    """``/nieuws/<slug>/``: news, as it is or in easy language, on the same address."""
    return _page(request, slug)


@visitor_page(*AREAS, query=ReadingForm, until=Article.objects.next_publication)
def item(request: Any, slug: str) -> HttpResponse:
    """``/kennisbank/<slug>/``: a guide, a practice example or a tool, the same way."""
    return _page(request, slug)


def _page(request: Any, slug: str) -> HttpResponse:
    now = clock.now()
    published = Article.objects.published(now)
    found = (
        published.select_related("practice")
        .prefetch_related("themes", "municipalities", "sources")
        .filter(slug=slug)
        .first()
    )
    if found is None:
        return _led_to_new_address(request, slug, now=now)
    if found.kind != Kind.NEWS:
        prefetch_related_objects([found], "touches")  # asked more than once below
    address = found.get_absolute_url()
    if request.path != address:
        query = request.GET.urlencode()
        return redirect(f"{address}?{query}" if query else address, permanent=True)
    asked = request.query.cleaned_data
    reading = reading_of(request, found)
    thread = thread_page(thread_about(THREAD, str(found.pk)), page=asked.get("pagina"))
    context = {
        **_text(request, found, reading),
        **_beside(found, reading),
        "problems": request.query_problems,
        "thread": thread,
        **writing.box(
            request,
            kind=THREAD,
            key=str(found.pk),
            title=found.title,
            url=address,
            action=_address_of("comment", found),
            writers=thread.writers,
        ),
    }
    if found.kind == Kind.NEWS:
        context |= {"related": related(found, published), **_neighbours(found, published.news())}
        return render(request, "library/article.html", context)
    context |= _of_the_shelf(found, published)
    context |= {
        "chain": chain_of(found),
        "use_url": reverse("library:use", args=[found.slug]),
        "helped_url": reverse("library:helped", args=[found.slug]),
        "offer_url": reverse("library:offer") if found.kind == Kind.PRACTICE else "",
        "was_told": asked.get("geholpen", ""),
        "ways": ways(request, source_of(ARTICLE, found.pk)) if found.kind == Kind.PRACTICE else [],
    }
    return render(request, "library/item.html", context)


def preview(request: Any, found: Article, *, here: str, beside: dict[str, Any], secret: str = "") -> HttpResponse:
    """A text as readers will get it, by the same templates, without what they can do with it.

    ``here`` is the address of the preview, ``beside`` what stands above it, ``secret`` the key of a link to read along.
    """
    request.query, request.query_problems, _canonical = read_query(ReadingForm, request.GET)
    reading = reading_of(request, found)
    context = {
        **_text(request, found, reading, here=here, secret=secret),
        **_beside(found, reading),
        "preview": beside,
        "problems": request.query_problems,
    }
    if found.kind == Kind.NEWS:
        return render(request, "library/article.html", context)
    return render(request, "library/item.html", context | _of_the_shelf(found, Article.objects.published(clock.now())))


def _of_the_shelf(found: Article, published: Any) -> dict[str, Any]:
    return {"kind": KINDS[Kind(found.kind)], "facts": facts_of(found), "related": related(found, published)}


def _text(request: Any, found: Article, reading: Reading, *, here: str = "", secret: str = "") -> dict[str, Any]:
    """The words, in the version that is read, with what stands in them; ``secret`` opens that before it is public."""
    is_easy = reading is Reading.EASY
    body = found.easy_body if is_easy else found.body
    other = Reading.PLAIN if is_easy else Reading.EASY
    placed, chapters = with_chapters(marked(body, found.inserts))
    text = explained(placed, version=getattr(request, "area_versions", {}).get(TERMS))

    def whole(html: SafeString | str) -> SafeString:
        return filled(html, found.inserts, shows_images=request.preferences.shows_images, secret=secret)

    return {
        "article": found,
        "title": found.easy_title if is_easy else found.title,
        "summary": found.easy_summary if is_easy else found.summary,
        "body": whole(text.html),
        "words": text.words,
        # The fixed questions of a practice are chapters too, and few and the same on each page.
        "contents": () if found.kind == Kind.PRACTICE else contents_of(chapters),
        "parts": [] if is_easy else [(question, answer and whole(answer)) for question, answer in parts_of(found)],
        "proposal": "" if is_easy or not found.proposal else render_markdown(found.proposal),
        "is_easy": is_easy,
        "other_url": f"{here or found.get_absolute_url()}?taal={other}",
        "misses_easy_version": request.preferences.easy_first and not found.has_easy_version,
        "minutes": rules.reading_minutes(plain_text(without_lines(body))),
        "written": date_words(found.written_on, weekday=False),
        "updated": date_words(found.updated_on, weekday=False) if found.updated_on else "",
        "happened": rules.happened_words(found.happened),
    }


def _beside(found: Article, reading: Reading) -> dict[str, Any]:
    """What it is about, where it comes from, and the ways to do something with it."""
    lists = reverse("library:news" if found.kind == Kind.NEWS else "library:shelf")
    return {
        "themes": [
            (theme.id, theme.short, f"{lists}?{urlencode({'thema': theme.id})}") for theme in found.themes.all()
        ],
        "municipalities": found.municipalities.all(),
        "touches": []
        if found.kind == Kind.NEWS
        else [
            (
                _("Artikel %(number)s: %(title)s") % {"number": touch.number, "title": CONVENTION_TITLES[touch.number]},
                reverse("library:convention_article", args=[touch.number]),
            )
            for touch in found.touches.all()
        ],
        "sources": [(source.text, source.url) for source in found.sources.all()],
        "shared_picture": shared_picture(found.inserts),
        "share_url": settings.BASE_URL + found.get_absolute_url(),
        "follow_url": _address_of("follow", found),
        "take_url": take_address(found, reading),
        "trail": [(_("Nieuws"), lists)] if found.kind == Kind.NEWS else [(_("Kennisbank"), lists)],
    }


def _neighbours(found: Article, published: Any) -> dict[str, str]:
    newer = published.newer_than(found.key).oldest_first().first()
    older = published.older_than(found.key).newest_first().first()
    return {
        "newer_url": newer.get_absolute_url() if newer else "",
        "newer_text": _("Nieuwer bericht: %(title)s") % {"title": newer.title} if newer else "",
        "older_url": older.get_absolute_url() if older else "",
        "older_text": _("Ouder bericht: %(title)s") % {"title": older.title} if older else "",
    }


def _address_of(deed: str, found: Article) -> str:
    """Where something is done with a text: below its own address."""
    prefix = "" if found.kind == Kind.NEWS else "item_"
    return reverse(f"library:{prefix}{deed}", args=[found.slug])


@anonymous_post
@require_http_methods(["GET", "POST"])
def comment(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a reaction. Who comes here without one is led to the box to write it in."""
    found = get_object_or_404(Article.objects.published(clock.now()), slug=slug)
    url = found.get_absolute_url()
    if request.method != "POST":
        return redirect(f"{url}#reageren")
    return writing.begin(request, kind=THREAD, key=str(found.pk), title=found.title, url=url)


@anonymous_post
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    """Follow the reactions on a text."""
    now = clock.now()
    found = get_object_or_404(Article.objects.published(now), slug=slug)
    title, url = found.title, found.get_absolute_url()

    def subject() -> Subject:
        return subject_of(Thread.objects.about(THREAD, str(found.pk), title=title, url=url, now=now))

    thread = Thread.objects.filter(kind=THREAD, key=found.pk).first() if getattr(request, "person", None) else None
    followed = following.followed_by(request, "thread", str(thread.pk)) if thread else None
    return following.begin(request, title=title, url=url, subject_of=subject, followed=followed)


@anonymous_post
@require_POST
def helped(request: HttpRequest, slug: str) -> HttpResponse:
    """``/kennisbank/<slug>/geholpen/``: whether it helped; a count, and nothing of who said so."""
    found = get_object_or_404(Article.objects.published(clock.now()).shelved(), slug=slug)
    form = HelpedForm(request.POST)
    if form.is_valid():
        actions.tell_helped(found, form.cleaned_data["geholpen"] == "ja", network=network(request), now=clock.now())
        return redirect(f"{found.get_absolute_url()}?geholpen={form.cleaned_data['geholpen']}#geholpen")
    return redirect(f"{found.get_absolute_url()}#geholpen")


def _led_to_new_address(request: HttpRequest, slug: str, *, now: datetime.datetime) -> HttpResponse:
    """To where a text stands now, or to the one that took the place of a text that was taken down."""
    old = OldAddress.objects.select_related("article__withdrawal").filter(slug=slug).first()
    there = old.article if old else Article.objects.select_related("withdrawal").filter(slug=slug).first()
    if there is None:
        raise Http404
    is_moved = True  # for good; what was taken down may come back
    withdrawal = getattr(there, "withdrawal", None)
    for _step in range(MAX_LINKS_ON):
        if withdrawal is None or withdrawal.to_id is None or rules.may_be_read(there.published_at, now):
            break
        is_moved = False
        there = Article.objects.select_related("withdrawal").get(pk=withdrawal.to_id)
        withdrawal = getattr(there, "withdrawal", None)
    if not rules.may_be_read(there.published_at, now):
        if withdrawal:
            raise Missing(_("Deze tekst is weggehaald. De redactie zegt waarom: %(why)s") % {"why": withdrawal.reason})
        raise Http404
    reading = request.GET.get("taal", "")
    suffix = f"?taal={reading}" if reading in list(Reading) else ""
    return redirect(there.get_absolute_url() + suffix, permanent=is_moved)
