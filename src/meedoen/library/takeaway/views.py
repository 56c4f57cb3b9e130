"""A text to take along: the page that says what each file is good for, and the files themselves."""

import math
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.kernel import clock
from meedoen.kernel.dutch import number
from meedoen.library.forms import VersionForm
from meedoen.library.models import Article
from meedoen.library.rules import Kind, Reading, reading_shown
from meedoen.municipalities.actions import AREA as MUNICIPALITIES
from meedoen.pages.missing import Missing
from meedoen.pages.visitor import visitor_page
from meedoen.terms.models import AREA as TERMS

from .making import fits, made
from .reading import document_of, version_of
from .rules import MEDIA_TYPES, Form, form_in

AREAS = ("news", MUNICIPALITIES, TERMS)
BYTES_IN_KB = 1000
TOO_LONG = gettext_lazy("Deze tekst is te lang voor een pdf. Neem het e-boek of de kale tekst mee.")
# (heading, what it is good for, the words of the link) of each form, in the order of the page.
FORMS: dict[Form, tuple[Promise, Promise, Promise]] = {
    Form.PDF: (
        gettext_lazy("Pdf"),
        gettext_lazy("Om te printen, te mailen of te bewaren. Een schermlezer vindt de koppen, lijsten en tabellen."),
        gettext_lazy("Download de pdf (%(size)s kB)"),
    ),
    Form.LARGE: (
        gettext_lazy("Pdf met grote letters"),
        gettext_lazy("Voor wie minder goed ziet. De letters zijn groot (20 punten), met ruimte tussen de regels."),
        gettext_lazy("Download de pdf met grote letters (%(size)s kB)"),
    ),
    Form.EPUB: (
        gettext_lazy("E-boek"),
        gettext_lazy("Voor een e-reader, telefoon of tablet. Je kiest zelf de letters, de kleuren en de ruimte."),
        gettext_lazy("Download het e-boek, een EPUB-bestand (%(size)s kB)"),
    ),
    Form.TEXT: (
        gettext_lazy("Kale tekst"),
        gettext_lazy("Alleen de woorden. Goed voor een brailleleesregel, of om te plakken in een ander programma."),
        gettext_lazy("Download de kale tekst (%(size)s kB)"),
    ),
}


@visitor_page(*AREAS, query=VersionForm, until=Article.objects.next_publication)
def take(request: Any, slug: str) -> HttpResponse:
    """``/kennisbank/<slug>/meenemen/``: each form with what it is good for and how large it is."""
    found = _text_at(slug)
    reading = reading_of(request, found)
    if request.path != take_address(found):
        return redirect(take_address(found, reading), permanent=True)
    version = version_of(found, reading)
    document = document_of(found, reading, terms=_terms(request))
    is_news = found.kind == Kind.NEWS
    context = {
        "article": found,
        "title": version.title,
        "text_url": found.get_absolute_url() + _query(found, reading),
        "trail": [
            (_("Nieuws"), reverse("library:news")) if is_news else (_("Kennisbank"), reverse("library:shelf")),
            (version.title, found.get_absolute_url()),
        ],
        "forms": [
            (
                heading,
                use,
                words % {"size": number(math.ceil(len(made(document, form)) / BYTES_IN_KB))},
                file_address(found, form, reading),
            )
            for form, (heading, use, words) in FORMS.items()
            if fits(document, form)
        ],
        "too_long": "" if fits(document, Form.PDF) else TOO_LONG,
        "is_easy": reading is Reading.EASY,
        "other_url": take_address(found, Reading.PLAIN if reading is Reading.EASY else Reading.EASY),
        "has_proposal": bool(found.proposal) and reading is Reading.PLAIN,
        "problems": request.query_problems,
    }
    return render(request, "library/takeaway/take.html", context)


@visitor_page(*AREAS, query=VersionForm, until=Article.objects.next_publication, impersonal=True)
def file(request: Any, slug: str, file: str) -> HttpResponse:
    """``/kennisbank/<slug>/meenemen/<slug>.pdf``: the file, to keep; it says itself where its text stands."""
    form = form_in(file, slug)
    if form is None:
        raise Http404
    found = _text_at(slug)
    reading = reading_of(request, found)
    address = file_address(found, form)
    if request.path != address:
        return redirect(file_address(found, form, reading), permanent=True)
    document = document_of(found, reading, terms=_terms(request))
    if not fits(document, form):
        raise Missing(TOO_LONG)
    name = f"{found.slug}{'-makkelijk' if reading is Reading.EASY else ''}{form.value}"
    return HttpResponse(
        made(document, form),
        content_type=MEDIA_TYPES[form],
        headers={
            "Content-Disposition": content_disposition_header(True, name),
            "Link": f'<{document.url}>; rel="canonical"',
        },
    )


def take_address(found: Article, reading: Reading | None = None) -> str:
    """Where a text can be taken along, in that version."""
    prefix = "" if found.kind == Kind.NEWS else "item_"
    return reverse(f"library:{prefix}take", args=[found.slug]) + _query(found, reading)


def file_address(found: Article, form: Form, reading: Reading | None = None) -> str:
    """Where a file of a text stands, of that version."""
    return f"{take_address(found)}{found.slug}{form.value}{_query(found, reading)}"


def reading_of(request: Any, found: Article) -> Reading:
    """The version that the reader asked for or prefers."""
    return reading_shown(
        request.query.cleaned_data.get("taal", ""),
        easy_first=request.preferences.easy_first,
        has_easy=found.has_easy_version,
    )


def _text_at(slug: str) -> Article:
    """What everybody may read under that name, or under that name before. Raises ``Http404``."""
    published = Article.objects.published(clock.now()).select_related("practice")
    published = published.prefetch_related("municipalities", "sources", "touches")
    found = published.filter(slug=slug).first() or published.filter(old_addresses__slug=slug).first()
    if found is None:
        raise Http404
    return found


def _query(found: Article, reading: Reading | None) -> str:
    """The version in an address, where there is more than one."""
    return f"?taal={reading.value}" if reading and found.has_easy_version else ""


def _terms(request: Any) -> int | None:
    number: int | None = getattr(request, "area_versions", {}).get(TERMS)
    return number
