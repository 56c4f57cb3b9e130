"""The pages of the register: the list with its map, a page for each municipality, the manifest, the download."""

import csv
import datetime
import io
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from meedoen.kernel import dutch
from meedoen.kernel.identifiers import content_mark
from meedoen.pages.kept import KeptPage, store
from meedoen.pages.models import versions
from meedoen.pages.visitor import answer, visitor_page
from meedoen.ui.site import current_site

from . import beside, history, listing, map, register, rules
from .actions import AREA, successor
from .forms import MunicipalityFilter, choose_province
from .models import Municipality, OldSlug, Province, Signature, day_words

MAP_MODES = tuple(map.PALETTES)
# The columns of the download, each with what stands in it; the page shows them beside the link.
CSV_COLUMNS = (
    ("code", _lazy("code van CBS, zoals GM0014")),
    ("naam", _lazy("naam van de gemeente")),
    ("officiele_naam", _lazy("naam zoals CBS die schrijft")),
    ("provincie", _lazy("naam van de provincie")),
    ("inwoners", _lazy("aantal inwoners op 1 januari")),
    ("inwoners_jaar", _lazy("jaar van dat aantal")),
    ("landoppervlakte_km2", _lazy("land in vierkante kilometer, zonder water")),
    ("manifest", _lazy("koploper, ondertekenaar, of leeg als we het niet weten")),
    ("adres", _lazy("pagina van de gemeente op deze site")),
)
YEAR = 365 * 24 * 3600  # seconds; a map's address changes with what it shows


@visitor_page(AREA, query=MunicipalityFilter)
def municipality_list(request: Any) -> HttpResponse:
    filters = request.query.cleaned_data
    provinces = list(Province.objects.all())
    choose_province(request.query, provinces)
    name = filters.get("naam") or ""
    letters = listing.short(
        listing.letters(listing.matching(filters), asked=name, with_province=not filters.get("provincie"))
    )
    count = sum(len(letter.rows) for letter in letters)
    former = listing.former_matching(name)
    province_asked = listing.province_named(name, provinces)
    near = [] if count or former or province_asked else listing.near_names(name)
    province = next((each for each in provinces if each.slug == filters.get("provincie")), None)
    page_heading = _("Gemeenten in %(name)s") % {"name": province.name} if province else _("Gemeenten")
    context = {
        "page_heading": page_heading,
        "title": _("Gemeenten met ‘%(name)s’ in de naam") % {"name": name} if name else page_heading,
        "outcome": _outcome(name, count, former, province_asked),
        "province_asked": province_asked,
        "province_asked_url": province_url(province_asked) if province_asked else "",
        "form": request.query,
        "problems": request.query_problems,
        "count": count,
        "letters": letters,
        "former": former,
        "near_names": near,
        "active": _active_filters(filters, provinces),
        "name": name,
        "provinces": provinces,
        "map": map_context(),
        "columns": CSV_COLUMNS,
    }
    return render(request, "municipalities/municipality_list.html", context)


@visitor_page(AREA, beside.AREA, until=beside.next_change)
def municipality(request: HttpRequest, slug: str) -> HttpResponse:
    found = history.with_asides(Municipality.objects.select_related("province")).filter(slug=slug).first()
    if found is None:  # a renamed one leads to its new address, for ever
        moved = get_object_or_404(OldSlug.objects.select_related("municipality"), slug=slug)
        return redirect(moved.municipality, permanent=True)
    if not found.is_current:
        target = successor(found)
        if target:  # so does one that went on as a whole in another
            return redirect(target, permanent=True)
    told = history.told(found)
    signatures = list(found.signatures.all())
    in_province = list(Municipality.objects.current().filter(province=found.province_id)) if found.province else []
    sections = beside.sections(request, found)
    context = {
        "municipality": found,
        "ended_on": day_words(found.ended_on) if found.ended_on else "",
        "other_names": listing.other_names(found) if found.has_other_names else [],
        "signatures": signatures,
        "density": round(found.density) if found.density else None,
        "signed_count": None if signatures else Signature.objects.counted().count(),
        "counted": rules.SIGNATORIES_BY_COUNT,
        "history": told,
        "is_added_up": any(each.on > datetime.date(found.population_year, 1, 1) for each in told)
        if found.population_year
        else False,
        "planned": history.planned(found) if found.has_plan else [],
        "parts": history.parts(found) if not found.is_current else [],
        "neighbours": history.alike(found, in_province) if found.is_current else [],
        "offers": beside.offers(request, found),
        "agenda": next((each for each in sections if each.about == "agenda"), None),
        "sections": [each for each in sections if not each.about],
        "trail": [(_("Gemeenten"), reverse("municipalities:list")), *_province_link(found)],
        "locator": locator_context(found, in_province),
    }
    return render(request, "municipalities/municipality.html", context)


@visitor_page(AREA)
def manifest(request: HttpRequest) -> HttpResponse:
    facts = register.manifest()
    signatures = list(Signature.objects.select_related("municipality"))
    of_kind = {kind: [each for each in signatures if each.kind == kind] for kind in Signature.Kind}
    later = of_kind[Signature.Kind.LATER]
    named = [*of_kind[Signature.Kind.FRONT_RUNNER], *later]
    least, most = rules.unknown_names(each.signed_on for each in named)
    context = {
        "facts": facts,
        "counted": rules.SIGNATORIES_BY_COUNT,
        "named_count": len(named),
        "unknown_least": least,
        "unknown_between": least + 1,
        "unknown_most": most,
        "signed_after_count": dutch.join([each.name_then for each in later if each.signed_on > rules.COUNTED_ON]),
        "principles_sources": rules.source_links(facts["principles_sources"]),
        "criteria_sources": rules.source_links(facts["criteria"]["sources"]),
        "front_runners": of_kind[Signature.Kind.FRONT_RUNNER],
        "later": later,
        "afterwards": of_kind[Signature.Kind.AFTERWARDS],
        "intended": of_kind[Signature.Kind.INTENDED],
        "growth": [(dutch.partial_date_words(point["date"]), point["total"]) for point in facts["growth"]],
        "growth_sources": rules.source_links(source for point in facts["growth"] for source in point["sources"]),
        "timeline": [
            (dutch.partial_date_words(each["date"]), each["text"], rules.source_links(each["sources"]))
            for each in facts["timeline"]
        ],
        "map": map_context(),
    }
    return render(request, "municipalities/manifest.html", context)


@visitor_page(AREA, impersonal=True)
def download(request: HttpRequest) -> HttpResponse:
    """All present municipalities as CSV: UTF-8 with a mark at the start, so that spreadsheets read the accents."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([name for name, _meaning in CSV_COLUMNS])
    writer.writerows(listing.download_rows(current_site().url))
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
    return _picture(request, ("map", mode, current), lambda: _draw_map(mode))


def locator(request: HttpRequest, code: str, mode: str, mark: str) -> HttpResponse:
    """A municipality among those of its province; an address of an older drawing leads to the newest."""
    found = get_object_or_404(
        Municipality.objects.current().select_related("province"), code=code, code__in=map.boundaries().areas
    )
    province = _drawn(Municipality.objects.current().filter(province=found.province_id))
    current = locator_mark(found, province)
    if mark != current:
        return redirect("municipalities:locator", code=code, mode=mode, mark=current)
    return _picture(
        request,
        ("locator", code, mode, current),
        lambda: map.draw_one(code, province=province, mode=mode, title=found.name),
    )


def _picture(request: HttpRequest, key: tuple[str, ...], draw: Callable[[], str]) -> HttpResponse:
    """A drawing at an address that changes with it: drawn once, to be kept by whoever has it for as long as they like."""
    page = store.get(key)
    if page is None:
        page = KeptPage.of(draw().encode(), "image/svg+xml")
        store.keep(key, page)
    response = answer(request, page)
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    response["Vary"] = "Accept-Encoding"
    return response


def _draw_map(mode: str) -> str:
    front_runners = Municipality.objects.front_runners().values_list("code", flat=True)
    signed = Municipality.objects.signed().values_list("code", flat=True)
    return map.draw(front_runners=_drawn_codes(front_runners), signed=_drawn_codes(signed), mode=mode, title=_("Kaart"))


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
            "%(front_runners)s gemeenten waren koploper (schuine strepen). Nog %(later)s gemeenten tekenden later (stippen). "
            "Van de andere gemeenten weten we het niet."
        )
        % {"front_runners": front_runners, "later": signed - front_runners},
    }


def locator_context(municipality: Municipality, in_province: Iterable[Municipality]) -> dict[str, Any] | None:
    """What a municipality's page needs to show where it lies; None when there is no boundary of it."""
    if municipality.province is None or not municipality.is_current or municipality.code not in map.boundaries().areas:
        return None
    province = _drawn(in_province)
    mark = locator_mark(municipality, province)
    width, height = map.frame_size(province)
    words = {"name": municipality.name, "province": municipality.province.name}
    return {
        **{mode: reverse("municipalities:locator", args=[municipality.code, mode, mark]) for mode in MAP_MODES},
        "width": width,
        "height": height,
        "attribution": map.ATTRIBUTION,
        "title": _("Kaart van %(name)s in %(province)s") % words,
        "summary": _("De strepen laten zien waar %(name)s ligt in %(province)s.") % words,
        "list_url": province_url(municipality.province),
        "list_text": _("Bekijk alle gemeenten in %(province)s") % words,
    }


def locator_mark(municipality: Municipality, province: tuple[str, ...]) -> str:
    """The mark of a drawing: it changes with the municipality, those around it, and the code that draws."""
    own = (municipality.code, municipality.name)
    return content_mark(map.mark().encode(), *(each.encode() for each in (*own, *province)))


def _drawn(municipalities: Iterable[Municipality]) -> tuple[str, ...]:
    """The codes of those that have a boundary."""
    return tuple(sorted(each.code for each in municipalities if each.code in map.boundaries().areas))


def province_url(province: Province) -> str:
    """The list of a province's municipalities."""
    return f"{reverse('municipalities:list')}?{urlencode({'provincie': province.slug})}"


def _province_link(municipality: Municipality) -> list[tuple[str, str]]:
    return [(municipality.province.name, province_url(municipality.province))] if municipality.province else []


def map_address(mode: str, mark: str) -> str:
    """Where the map in a colour mode stands."""
    return reverse("municipalities:map", args=[mode, mark])


def map_mark() -> str:
    """The mark of what the map shows now: it changes with the register and with the code that draws."""
    return content_mark(repr(versions((AREA,))).encode(), map.mark().encode())


def _drawn_codes(codes: Any) -> list[str]:
    """The areas to fill for municipalities: their own, and those of former ones that the boundaries still have."""
    found = set(codes)
    former = Municipality.objects.filter(is_current=False, code__in=map.boundaries().areas)
    for each in former:
        target = successor(each)
        if target and target.code in found:
            found.add(each.code)
    return sorted(found & set(map.boundaries().areas))


def _outcome(name: str, count: int, former: list[listing.FormerMatch], province: Province | None) -> str:
    """The answer in a few words: how many, or what became of the one that was asked for."""
    if count:
        return ngettext("%(number)s gemeente", "%(number)s gemeenten", count) % {"number": dutch.number(count)}
    if province:
        return _("%(name)s is een provincie") % {"name": name}
    if len(former) == 1:
        (match,) = former
        words = {"old": match.name, "new": dutch.join([each.name for each in match.targets])}
        if match.is_renamed:
            return _("%(old)s heet nu %(new)s") % words
        return _("%(old)s hoort nu bij %(new)s") % words
    if former:
        return _("Deze gemeenten bestaan niet meer")
    if name:
        return _("We vonden ‘%(name)s’ niet") % {"name": name}
    return _("Geen gemeente past bij je keuzes")


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
