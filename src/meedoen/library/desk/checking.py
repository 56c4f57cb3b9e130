"""What a text still misses before readers get it: gaps that block, and advice that does not (KB8)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from meedoen.language.checking import Draft, check
from meedoen.language.checking.findings import Kind as FoundKind
from meedoen.language.checking.findings import sentence
from meedoen.language.level import Level
from meedoen.library.inserts import rules as inserts
from meedoen.library.inserts.reading import lacking
from meedoen.library.inserts.rules import without_lines
from meedoen.library.models import Article
from meedoen.library.rules import Kind
from meedoen.municipalities.actions import successor
from meedoen.municipalities.models import Municipality

from .content import ANSWERS, PLACES, whole
from .models import Work

BODIES = ("body", *ANSWERS, "proposal", "easy_body")
MOST_ADVICE = 8  # about one part of a text: more is not read

_LINK = re.compile(r"(?<!!)\[([^\]\n]*)\]\(\s*<?([^)\s>]*)>?[^)]*\)")
_IMAGE = re.compile(r"!\[[^\]\n]+\]\([^)\n]*\)")


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing or wrong, in a sentence that says what to do; ``field`` is where in the form, ``insert`` the picture,
    document or video that it is about. Advice blocks nothing."""

    words: str
    field: str
    blocks: bool = True
    insert: str = ""

    def url(self, work: Work) -> str:
        """Where it is mended."""
        if self.insert:
            return reverse("library:insert", args=[work.pk, self.insert])
        at = "id_themes_0" if self.field == "themes" else f"id_{self.field}"
        return f"{reverse('library:edit', args=[work.pk])}#{at}"


def gaps_of(work: Work) -> list[Gap]:
    """All of them for a text as it was saved, what blocks first."""
    content = whole(work.content)
    found = [*_missing(content, work.kind), *_as_read(content), *_dead_links(content), *_about(content, work.kind)]
    found += [*_inserts(content), *_twin(content)]
    return sorted(found, key=lambda gap: not gap.blocks)


def _missing(content: Mapping[str, Any], kind: str) -> Iterator[Gap]:
    if not content["title"].strip():
        yield Gap(_("Er is nog geen titel."), "title")
    if not content["summary"].strip():
        yield Gap(_("Er is nog geen samenvatting."), "summary")
    if not content["body"].strip():
        yield Gap(_("Er is nog geen tekst."), "body")
    if kind == Kind.PRACTICE:
        if not content["contact"].strip():
            yield Gap(_("Schrijf wie je naar dit voorbeeld kunt vragen."), "contact")
        if not content["checked_on"]:
            yield Gap(_("Vul in wanneer dit voorbeeld is nagekeken."), "checked_on")
        for name in ANSWERS:
            if not content[name].strip():
                yield Gap(
                    _("Een van de vaste vragen heeft nog geen antwoord. Lezers zien dan: dat weten we nog niet."),
                    name,
                    False,
                )
                break
    if kind == Kind.TOOL and not content["url"]:
        yield Gap(_("Vul het adres van het hulpmiddel in."), "url")
    if not content["themes"]:
        yield Gap(_("Kies een thema. Dan vinden mensen de tekst."), "themes", False)
    if kind != Kind.NEWS and not content["check_by"]:
        yield Gap(_("Kies een dag waarop we dit weer nakijken."), "check_by", False)


def _as_read(content: Mapping[str, Any]) -> Iterator[Gap]:
    """What stands in the way of who reads or hears a text: headings, links, tables, and hard words and sentences."""
    for name in BODIES:
        body = content[name]
        if not body.strip():
            continue
        goal = Level.A2 if name.startswith("easy") else Level.B1
        checked = check(Draft(title="-", summary="-", body=without_lines(body), goal=goal))
        gaps = [each for each in checked.gaps if each.kind is not FoundKind.BODY_MISSING]  # a picture is something
        for finding in (*gaps, *checked.advice[:MOST_ADVICE]):
            yield Gap(sentence(finding), name, finding.blocks)
        if _IMAGE.search(body):
            yield Gap(_("Zo komt een foto niet in de tekst. Voeg hem toe bij Beelden en bestanden."), name, False)


def _inserts(content: Mapping[str, Any]) -> Iterator[Gap]:
    """Lines that name what is not there, and pictures, documents and videos of which not enough is said."""
    there = {each["name"]: each for each in content["inserts"]}
    shown: set[str] = set()
    for field in BODIES:
        placed = inserts.placed(content[field]) if field in PLACES else []
        shown.update(placed)
        for name in dict.fromkeys(inserts.named(content[field])):
            if field not in PLACES:
                yield Gap(_("In deze tekst kan ‘%(name)s’ niet staan. Haal de regel weg.") % {"name": name}, field)
            elif name not in placed:
                yield Gap(_("Zet ‘%(name)s’ op een eigen regel in de tekst.") % {"name": name}, field)
            elif name not in there:
                yield Gap(_("De tekst noemt ‘%(name)s’. Dat beeld of bestand is er niet.") % {"name": name}, field)
    titles: dict[str, str] = {}
    for name, insert in there.items():
        title = insert.get("title", "").casefold()
        if title and titles.setdefault(title, name) != name and name in shown:
            yield Gap(_("Geef ‘%(name)s’ een eigen titel. Iets anders heet ook zo.") % {"name": name}, "", insert=name)
        if name not in shown:
            yield Gap(_("‘%(name)s’ staat nog niet in de tekst.") % {"name": name}, "", False, insert=name)
            continue
        for words, blocks in lacking(insert):
            yield Gap(words, "", blocks, insert=name)


def _dead_links(content: Mapping[str, Any]) -> Iterator[Gap]:
    """Links to pages of this site that are not there; pages of others are not asked."""
    wanted: dict[str, str] = {}
    for name in BODIES:
        for found in _LINK.finditer(content[name]):
            path = _own_path(found[2])
            if path:
                wanted.setdefault(path, name)
    slugs = {path: _slug_of_text(path) for path in wanted}
    asked = [slug for slug in slugs.values() if slug]
    there = set(
        Article.objects.filter(Q(slug__in=asked) | Q(old_addresses__slug__in=asked), published_at__isnull=False)
        .values_list("slug", flat=True)
        .union(
            Article.objects.filter(published_at__isnull=False, old_addresses__slug__in=asked).values_list(
                "old_addresses__slug", flat=True
            )
        )
        if asked
        else ()
    )
    for path, name in wanted.items():
        slug = slugs[path]
        if (slug and slug not in there) or not (slug or _is_address(path)):
            yield Gap(_("De link naar %(path)s gaat naar een pagina die er niet is.") % {"path": path[:80]}, name)


def _own_path(url: str) -> str:
    """The path of an address on this site; empty for any other."""
    if url.startswith(settings.BASE_URL):
        url = url.removeprefix(settings.BASE_URL) or "/"
    if not url.startswith("/") or url.startswith("//"):
        return ""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _slug_of_text(path: str) -> str:
    parts = [part for part in path.split("/") if part]
    return parts[1] if len(parts) == 2 and parts[0] in ("nieuws", "kennisbank") else ""


def _is_address(path: str) -> bool:
    try:
        resolve(path if path.endswith("/") else f"{path}/")
    except Resolver404:
        return False
    return True


def _about(content: Mapping[str, Any], kind: str) -> Iterator[Gap]:
    """Municipalities that are no more: history may speak of them, a practice is of the one that goes on."""
    gone = Municipality.objects.filter(code__in=content["municipalities"], is_current=False)
    for each in gone:
        present = successor(each)
        words = (
            _("De gemeente %(old)s heet nu %(new)s. Zet die naam erbij.") % {"old": each.name, "new": present.name}
            if present
            else _("De gemeente %(old)s bestaat niet meer.") % {"old": each.name}
        )
        yield Gap(words, "municipalities", False)


def _twin(content: Mapping[str, Any]) -> Iterator[Gap]:
    parts = {name: content[name].strip() for name in ("easy_title", "easy_summary", "easy_body")}
    if not any(parts.values()):
        yield Gap(_("Er is nog geen tekst in makkelijke taal."), "easy_title", False)
        return
    for name, words in (
        ("easy_title", _("De makkelijke tekst heeft nog geen titel.")),
        ("easy_summary", _("De makkelijke tekst heeft nog geen samenvatting.")),
        ("easy_body", _("De makkelijke tekst is nog leeg.")),
    ):
        if not parts[name]:
            yield Gap(words, name)
