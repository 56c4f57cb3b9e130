"""The start page, the statements, and the small files that programs ask for."""

import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from meedoen.barriers import reading as barriers
from meedoen.barriers.models import AREA as BARRIERS
from meedoen.celebrations.models import AREA as CELEBRATIONS
from meedoen.celebrations.models import Celebration
from meedoen.celebrations.reading import cards, listed
from meedoen.kernel import clock
from meedoen.kernel.dutch import count, date_words, number
from meedoen.library.models import Article
from meedoen.meetings.models import AREA as MEETINGS
from meedoen.meetings.models import Meeting
from meedoen.meetings.reading import next_ones
from meedoen.municipalities.rules import SIGNATORIES_BY_COUNT
from meedoen.municipalities.views import map_context
from meedoen.pages.visitor import visitor_page
from meedoen.themes.models import AREA as THEME_NAMES

from . import rules, statements
from .forms import FindMunicipality
from .statements import AccessibilityStatement, AccessResults, Limitation

CONTACT = "- E-mail: {help_email}\n- Telefoon: {help_phone}\n"  # Markdown, with named values
BARRIERS_SHOWN = 10  # in the statement; the list has all of them
NEWEST_COUNT = 3  # articles on the start page: a row on a wide screen


def _until(now: datetime.datetime) -> datetime.datetime | None:
    """When time alone changes the start page."""
    moments = [
        Article.objects.next_publication(now),
        Celebration.objects.all().next_change(now),
        Meeting.objects.all().next_change(now),
    ]
    return min(filter(None, moments), default=None)


@visitor_page("news", "municipalities", CELEBRATIONS, MEETINGS, THEME_NAMES, until=_until)
def start(request: Any) -> HttpResponse:
    """``/``: what this is, what you can do, what is new."""
    now = clock.now()
    celebrated = Celebration.objects.published().been(clock.local_date(now)).newest_first()
    context = {
        "celebrations": cards(listed(celebrated)[:1]),
        "meetings": next_ones(now),
        "search": FindMunicipality(),
        "actions": _actions(),
        "ask_url": reverse("forum:ask"),
        "newest": Article.objects.published(now).news().newest_first().with_themes()[:NEWEST_COUNT],
        "map": map_context(),
        "signed_in_all": SIGNATORIES_BY_COUNT,
        "news_url": reverse("library:news"),
        "manifest_url": reverse("municipalities:manifest"),
        "about_url": reverse("home:about"),
    }
    return render(request, "home/start.html", context)


@visitor_page()
def about(request: Any) -> HttpResponse:
    """``/over/``."""
    return _statement(request, "about")


@visitor_page()
def contact(request: Any) -> HttpResponse:
    """``/contact/``."""
    return _statement(request, "contact")


@visitor_page()
def privacy(request: Any) -> HttpResponse:
    """``/privacy/``."""
    return _statement(request, "privacy")


@visitor_page()
def rules_of_conduct(request: Any) -> HttpResponse:
    """``/spelregels/``."""
    return _statement(request, "rules")


@visitor_page(BARRIERS, until=barriers.next_change)
def accessibility(request: Any) -> HttpResponse:
    """``/toegankelijkheid/``: the statement in the Dutch model, with open barriers and our own tests as appendices."""
    statement = statements.read_accessibility_statement()
    results = statements.read_access_results()
    context = {
        "statement": statement,
        "facts": _statement_facts(statement),
        "limitations": [
            {"what": limitation.what, "rows": _limitation_rows(limitation)} for limitation in statement.limitations
        ],
        "contact": statements.fill_in(CONTACT),
        "barriers": barriers.open_ones(today=clock.local_date(clock.now()), limit=BARRIERS_SHOWN),
        "barrier_words": barriers.counted().words,
        "results": results,
        "result_rows": _result_rows(results),
        "has_examples": settings.EXAMPLE_SITE,
        "trail": [],
    }
    return render(request, "home/accessibility.html", context)


@visitor_page(until=lambda now: rules.next_month(timezone.localtime(now)), impersonal=True)
def security_file(request: Any) -> HttpResponse:
    """``/.well-known/security.txt``: whom to tell about a weak spot (RFC 9116)."""
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {rules.security_file_expires(timezone.localtime(clock.now())).isoformat()}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.BASE_URL}{reverse('home:security')}",
        f"Policy: {settings.BASE_URL}{reverse('home:contact')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@visitor_page(impersonal=True)
def robots_file(request: Any) -> HttpResponse:
    """``/robots.txt``: search engines may read all; an example site stays out of them."""
    refused = "/" if settings.EXAMPLE_SITE else ""
    return HttpResponse(f"User-agent: *\nDisallow: {refused}\n", content_type="text/plain; charset=utf-8")


def favicon(request: HttpRequest) -> HttpResponse:
    """``/favicon.ico``, which some programs ask for unseen: our mark."""
    response = redirect(static("ui/mark.svg"))
    response["Cache-Control"] = "public, max-age=86400"
    return response


def _actions() -> list[tuple[str, str, str]]:
    """What people can do now, besides looking for their municipality: (what, why, address), the likeliest first."""
    return [
        (
            _("Lees het nieuws"),
            _("Lees wat er gebeurt in het netwerk. Veel berichten zijn er ook in makkelijke taal."),
            reverse("library:news"),
        ),
        (
            _("Zoek in de kennisbank"),
            _("Handreikingen en voorbeelden van anderen. Gebruik ze gerust."),
            reverse("library:shelf"),
        ),
        (
            _("Kies hoe je wilt lezen"),
            _("Grote letters, rustige kleuren of makkelijke taal: jij kiest. Een account is niet nodig."),
            reverse("ui:preferences"),
        ),
    ]


def _statement(request: Any, name: str) -> HttpResponse:
    context = {"statement": statements.read_statement(name), "has_examples": settings.EXAMPLE_SITE, "trail": []}
    return render(request, "home/statement.html", context)


def _statement_facts(statement: AccessibilityStatement) -> list[dict[str, str]]:
    """The fixed parts of the Dutch model, in its order."""
    organisation = statements.marked(settings.ORGANISATION)
    signed = statement.signed_by_role or _("Nog niet getekend")
    rows = [
        (_("Van wie is deze website?"), organisation),
        (_("Voor welk adres geldt dit?"), settings.BASE_URL),
        (_("Status"), statements.STATUSES[statement.status]),
        (_("Gemaakt op"), date_words(statement.prepared_on, weekday=False)),
        (_("Voor het laatst nagekeken op"), date_words(statement.checked_on, weekday=False)),
        (_("Getekend door"), signed),
        (_("Gebruikte techniek"), "; ".join(statement.techniques)),
        (_("In het register"), settings.STATEMENT_URL or _("Staat nog niet in het register van de overheid")),
    ]
    return [{"key": key, "value": value} for key, value in rows]


def _result_rows(results: AccessResults) -> list[dict[str, str]]:
    """What our own tests looked at and found."""

    def found(with_findings: int) -> str:
        if not with_findings:
            return _("Geen fout gevonden")
        return _("Fouten gevonden op %(places)s") % {"places": count(with_findings, "plek", "plekken")}

    looks = _("%(looks)s keer gekeken naar %(pages)s. %(found)s.") % {
        "looks": number(results.looks),
        "pages": count(results.pages, _("pagina"), _("pagina’s")),
        "found": found(results.looks_with_findings),
    }
    keyboard = _("%(pages)s doorlopen. %(found)s.") % {
        "pages": count(results.by_keyboard, _("pagina"), _("pagina’s")),
        "found": found(results.by_keyboard_with_findings),
    }
    rows = [
        (_("Welke versie van de site?"), results.version),
        (_("Wanneer getest?"), date_words(results.tested_on, weekday=False)),
        (_("Wat is bekeken?"), looks),
        (_("Met alleen het toetsenbord"), keyboard),
        (
            _("De code van de pagina’s"),
            _("Fouten gevonden.") if results.source_has_findings else _("Geen fout gevonden."),
        ),
        (_("Waarmee?"), ", ".join(results.checkers)),
        (_("Volgens welke regels?"), results.levels),
    ]
    return [{"key": key, "value": value} for key, value in rows]


def _limitation_rows(limitation: Limitation) -> list[dict[str, str]]:
    by = date_words(limitation.by, weekday=False) if limitation.by else _("Nog niet bekend")
    rows = [
        (_("Hoe komt dat?"), limitation.cause),
        (_("Wat merk je ervan?"), limitation.effect),
        (_("Wat doen we eraan?"), limitation.measure),
        (_("Wanneer is het klaar?"), by),
    ]
    return [{"key": key, "value": value} for key, value in rows]
