"""The pages of the register: the list with its map, a page for each municipality, the manifest, the download."""

import csv
import io
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.kernel import dutch
from meedoen.kernel.identifiers import content_mark
from meedoen.pages.kept import KeptPage, store
from meedoen.pages.models import versions
from meedoen.pages.visitor import answer, visitor_page

from . import history, listing, map, register, rules
from .actions import AREA, successor
from .forms import MunicipalityFilter, choose_province
from .models import Municipality, OldSlug, Province, Signature

MAP_MODES = tuple(map.PALETTES)
YEAR = 365 * 24 * 3600  # seconds; a map's address changes with what it shows


@visitor_page(AREA, query=MunicipalityFilter)
def municipality_list(request: Any) -> HttpResponse:
    filters = request.query.cleaned_data
    provinces = list(Province.objects.all())
    choose_province(request.query, provinces)
    letters = listing.letters(listing.matching(filters))
    count = sum(len(letter.rows) for letter in letters)
    name = filters.get("naam") or ""
    former = listing.former_matching(name)
    context = {
        "form": request.query,
        "problems": request.query_problems,
        "count": count,
        "letters": letters,
        "former": former,
        "near_names": [] if count or former else listing.near_names(name),
        "active": _active_filters(filters, provinces),
        "name": name,
        "provinces": provinces,
        "map": map_context(),
    }
    return render(request, "municipalities/municipality_list.html", context)


@visitor_page(AREA)
def municipality(request: HttpRequest, slug: str) -> HttpResponse:
    found = Municipality.objects.select_related("province").filter(slug=slug).first()
    if found is None:  # a renamed one leads to its new address, for ever
        moved = get_object_or_404(OldSlug.objects.select_related("municipality"), slug=slug)
        return redirect(moved.municipality, permanent=True)
    if not found.is_current:
        target = successor(found)
        if target:  # so does one that went on as a whole in another
            return redirect(target, permanent=True)
    context = {
        "municipality": found,
        "signatures": list(found.signatures.all()),
        "history": history.told(found),
        "planned": history.planned(found),
        "parts": history.parts(found) if not found.is_current else [],
        "neighbours": history.alike(found),
        "province_url": f"{reverse('municipalities:list')}?{urlencode({'provincie': found.province.slug})}"
        if found.province
        else "",
    }
    return render(request, "municipalities/municipality.html", context)


@visitor_page(AREA)
def manifest(request: HttpRequest) -> HttpResponse:
    facts = register.manifest()
    signatures = list(Signature.objects.select_related("municipality"))
    of_kind = {kind: [each for each in signatures if each.kind == kind] for kind in Signature.Kind}
    context = {
        "facts": facts,
        "counts": facts["counts"],
        "front_runners": of_kind[Signature.Kind.FRONT_RUNNER],
        "later": of_kind[Signature.Kind.LATER],
        "afterwards": of_kind[Signature.Kind.AFTERWARDS],
        "intended": of_kind[Signature.Kind.INTENDED],
        "growth": [(dutch.partial_date_words(point["date"]), point["total"]) for point in facts["growth"]],
        "timeline": [(dutch.partial_date_words(each["date"]), each) for each in facts["timeline"]],
        "map": map_context(),
    }
    return render(request, "municipalities/manifest.html", context)


@visitor_page(AREA)
def download(request: HttpRequest) -> HttpResponse:
    """All present municipalities as CSV: UTF-8 with a mark at the start, so that spreadsheets read the accents."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(
        [
            "code",
            "naam",
            "officiele_naam",
            "provincie",
            "inwoners",
            "inwoners_jaar",
            "landoppervlakte_km2",
            "manifest",
            "adres",
        ]
    )
    places = {Signature.Kind.FRONT_RUNNER: "koploper", Signature.Kind.LATER: "ondertekenaar"}
    of_municipality = listing.places_in_manifest()
    for each in listing.matching({}).select_related("province"):
        writer.writerow(
            [
                each.code,
                each.name,
                each.official_name,
                each.province.name if each.province else "",
                each.population,
                each.population_year,
                each.land_area_km2,
                places.get(of_municipality.get(each.pk, ""), ""),
                each.get_absolute_url(),
            ]
        )
    return HttpResponse(
        "\ufeff" + text.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="gemeenten.csv"'},
    )


def map_picture(request: HttpRequest, mode: str, mark: str) -> HttpResponse:
    """The map in one colour mode; an address of an older map leads to the newest."""
    current = map_mark()
    if mark != current:
        return redirect(map_address(mode, current))
    key = ("map", mode, current)
    page = store.get(key)
    if page is None:
        front_runners = Municipality.objects.front_runners().values_list("code", flat=True)
        signed = Municipality.objects.signed().values_list("code", flat=True)
        drawing = map.draw(
            front_runners=_drawn_codes(front_runners), signed=_drawn_codes(signed), mode=mode, title=_("Kaart")
        )
        page = KeptPage.of(drawing.encode(), "image/svg+xml")
        store.keep(key, page)
    response = answer(request, page)
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    response["Vary"] = "Accept-Encoding"
    return response


def map_context() -> dict[str, Any]:
    """What a page needs to show the map: addresses, size, the sentence that says what stands on it."""
    mark = map_mark()
    front_runners = Municipality.objects.front_runners().count()
    signed = Municipality.objects.signed().count()
    return {
        **{mode: map_address(mode, mark) for mode in MAP_MODES},
        "width": map.WIDTH,
        "height": map.boundaries().height,
        "attribution": map.ATTRIBUTION,
        "front_runner_count": front_runners,
        "signed_count": signed,
        "summary": _(
            "%(front_runners)s gemeenten waren koploper (schuine strepen). Nog %(later)s gemeenten tekenden later (stippen)."
        )
        % {"front_runners": front_runners, "later": signed - front_runners},
    }


def map_address(mode: str, mark: str) -> str:
    """Where the map in a colour mode stands."""
    return reverse("municipalities:map", args=[mode, mark])


def map_mark() -> str:
    """The mark of what the map shows now: it changes with the register and with the code that draws."""
    return content_mark(repr(versions((AREA,))).encode(), map.BOUNDARIES.name.encode(), repr(map.PALETTES).encode())


def _drawn_codes(codes: Any) -> list[str]:
    """The areas to fill for municipalities: their own, and those of former ones that the boundaries still have."""
    found = set(codes)
    former = Municipality.objects.filter(is_current=False, code__in=map.boundaries().areas)
    for each in former:
        target = successor(each)
        if target and target.code in found:
            found.add(each.code)
    return sorted(found & set(map.boundaries().areas))


def _active_filters(filters: dict[str, str], provinces: list[Province]) -> list[tuple[str, str]]:
    """(words, address without it) for each filter that is on."""
    names = {each.slug: each.name for each in provinces}
    size = rules.size_class_by_id(filters.get("grootte") or "")
    words = {
        "naam": _("naam: %(name)s") % {"name": filters.get("naam")},
        "provincie": names.get(filters.get("provincie") or "", ""),
        "grootte": size.label if size else "",
        "manifest": {"koploper": _("koplopers"), "getekend": _("ondertekenaars")}.get(
            filters.get("manifest") or "", ""
        ),
    }
    active = []
    for name, value in filters.items():
        if value:
            rest = {other: filters[other] for other in filters if filters[other] and other != name}
            address = reverse("municipalities:list")
            active.append((words[name], f"{address}?{urlencode(rest)}" if rest else address))
    return active
