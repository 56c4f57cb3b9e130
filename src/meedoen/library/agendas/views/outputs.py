"""Agendas as data: an Atom feed of what changed last, and a CSV of all (OD1)."""

import csv
import io
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.kernel import clock, sheets
from meedoen.library.agendas.models import AREA, InclusionAgenda
from meedoen.library.agendas.reading import STAGES, present_municipality, stage_words, steps_done
from meedoen.library.agendas.rules import Stage
from meedoen.municipalities.actions import AREA as MUNICIPALITIES
from meedoen.pages import feeds
from meedoen.pages.visitor import visitor_page
from meedoen.themes.models import AREA as THEME_NAMES

# The columns of the download, each with what stands in it; the page shows them beside the link.
COLUMNS = (
    ("code", gettext_lazy("code van CBS van de gemeente van nu")),
    ("gemeente", gettext_lazy("naam van de gemeente van nu")),
    ("gemeente_toen", gettext_lazy("naam van de gemeente die de agenda maakte")),
    ("provincie", gettext_lazy("naam van de provincie")),
    ("naam", gettext_lazy("hoe de gemeente de agenda noemt")),
    ("jaar_van", gettext_lazy("eerste jaar, of leeg als we het niet weten")),
    ("jaar_tot", gettext_lazy("laatste jaar, of leeg als we het niet weten")),
    ("fase", gettext_lazy("hoe ver de gemeente is")),
    ("fase_op", gettext_lazy("wanneer het zo stond")),
    ("fase_bron", gettext_lazy("hoe we dat weten")),
    ("vastgesteld_op", gettext_lazy("dag, maand of jaar, of leeg als we het niet weten")),
    ("vastgesteld_door", gettext_lazy("wie de agenda vaststelde")),
    ("themas", gettext_lazy("thema’s, met een puntkomma ertussen")),
    ("pagina", gettext_lazy("adres van de pagina over de agenda")),
    ("document", gettext_lazy("adres van de agenda zelf")),
    ("nagekeken_op", gettext_lazy("dag waarop wij het nakeken")),
    ("adres", gettext_lazy("pagina van de agenda op deze site")),
)


@visitor_page(AREA, MUNICIPALITIES, THEME_NAMES, impersonal=True)
def feed(request: Any) -> HttpResponse:
    """``/feeds/agendas.atom``: the agendas that changed last."""
    filled = feeds.feed(_("Lokale Inclusie Agenda’s"), page=reverse("library:agendas"), here=request.path)
    found = InclusionAgenda.objects.published(clock.now()).with_summary().prefetch_related("sources")
    for each in found.last_changed_first()[: feeds.ENTRIES]:
        words = [stage_words(each), each.summary, ", ".join(theme.short for theme in each.themes.all())]
        filled.add_item(
            title=feeds.clean(each.title),
            link=f"{settings.BASE_URL}{each.get_absolute_url()}",
            description=feeds.clean(
                format_html_join("", "<p>{}</p>", ((said,) for said in words if said))
                + format_html_join("", '<p><a href="{}">{}</a></p>', ((it.url, it.text) for it in each.sources.all()))
                + (format_html("<p>{}</p>", _("Verzonnen voorbeeld.")) if each.is_example else "")
            ),
            author_name=feeds.clean(each.owner or settings.SITE_NAME),
            unique_id=feeds.tag(f"inclusion-agenda-{each.pk}"),
            pubdate=each.published_at,
            updateddate=each.updated_at,
        )
    return feeds.answer(filled)


@visitor_page(AREA, MUNICIPALITIES, THEME_NAMES, impersonal=True)
def download(request: Any) -> HttpResponse:
    """All agendas as CSV: UTF-8 with a mark at the start, so that spreadsheets read the accents."""
    steps = steps_done()
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow([name for name, _meaning in COLUMNS])
    for each in InclusionAgenda.objects.published(clock.now()).with_summary().newest_first():
        present = present_municipality(each.municipality, steps)
        row = (
            present.code,
            present.name,
            each.municipality.name,
            present.province.name if present.province else "",
            each.name,
            each.year_from,
            each.year_to,
            str(STAGES[Stage(each.stage)]),
            each.stage_on,
            each.stage_from,
            each.adopted_on,
            each.adopted_by,
            ";".join(theme.id for theme in each.themes.all()),
            each.page_url,
            each.document_url,
            each.checked_on.isoformat() if each.checked_on else "",
            f"{settings.BASE_URL}{each.get_absolute_url()}",
        )
        writer.writerow([sheets.cell(value) for value in row])
    return HttpResponse(
        "\ufeff" + text.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="agendas.csv"'},
    )
