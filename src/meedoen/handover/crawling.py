"""Asking all public pages of this very site, as a visitor gets them."""

import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import resolve

from meedoen.pages.visitor import is_visitor_page

from . import documents, rules

Tell = Callable[[str], None]
TELL_EACH = 250  # pages


@dataclass(frozen=True)
class Found:
    """What stands at an address: where its bytes wait, in which file it comes, what kind it is."""

    raw: Path
    file: str
    kind: str


@dataclass
class Site:
    """All that was found: what stands where, which addresses lead on, which static files are needed, what did not come."""

    found: dict[str, Found] = field(default_factory=dict)
    leads_to: dict[str, str] = field(default_factory=dict)
    statics: set[str] = field(default_factory=set)  # names below STATIC_URL
    failed: dict[str, int] = field(default_factory=dict)

    def file_for(self, address: str) -> str | None:
        """The file in which an address is found, also by the way that redirects lead; None for what is not kept."""
        for _step in range(5):  # redirects that lead in a circle end here
            if address in self.found:
                return self.found[address].file
            if address not in self.leads_to:
                return None
            address = self.leads_to[address]
        return None


def crawl(folder: Path, *, within: Sequence[str], tell: Tell) -> Site:
    """Ask the start page, and all that its links lead to; the bytes wait in ``folder``."""
    site, client = Site(), Client(raise_request_exception=False, SERVER_NAME=_host())
    waiting, known = deque(["/"]), {"/"}
    while waiting:
        address = waiting.popleft()
        for link in _ask(client, address, site, folder):
            if link in known or not _is_wanted(link, within):
                continue
            known.add(link)
            waiting.append(link)
        if len(site.found) % TELL_EACH == 0 and site.found:
            tell(f"{len(site.found)} pages and files, {len(waiting)} to go …")
    return site


def static_name(address: str) -> str | None:
    """The name of a static file, below STATIC_URL; None for any other address."""
    path = urlsplit(address).path
    return path.removeprefix(settings.STATIC_URL) if path.startswith(settings.STATIC_URL) else None


def _ask(client: Client, address: str, site: Site, folder: Path) -> Iterator[str]:
    """Keep what stands there; the addresses on this site to which it leads."""
    answer = client.get(address, secure=settings.HTTPS)
    if answer.status_code in (301, 302, 303, 307, 308):
        if target := rules.address_of(answer["Location"], at=address, site=settings.BASE_URL):
            site.leads_to[address] = target
            yield target
        return
    if answer.status_code != 200:
        site.failed[address] = answer.status_code
        return
    kind = answer["Content-Type"].partition(";")[0].strip()
    raw = _keep(answer, folder)
    site.found[address] = Found(raw, rules.file_of(address, kind), kind)
    if kind != "text/html":
        return
    for link in documents.links(documents.read(raw.read_bytes())):
        target = rules.address_of(link, at=address, site=settings.BASE_URL)
        if target is None:
            continue
        if name := static_name(target):
            site.statics.add(name)
        else:
            yield target


def _keep(answer: HttpResponseBase, folder: Path) -> Path:
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
        for piece in answer:
            file.write(piece)
    return Path(file.name)


def _is_wanted(address: str, within: Sequence[str]) -> bool:
    parts = urlsplit(address)
    try:
        match = resolve(parts.path)
    except Http404:
        return False
    return (
        rules.is_kept(match.view_name, is_a_visitors_page=is_visitor_page(match.func))
        and rules.is_kept_query(parts.query)
        and (match.view_name in rules.FILES or rules.is_within(parts.path, within))
    )


def _host() -> str:
    return next((name for name in settings.ALLOWED_HOSTS if name.strip(".*")), "localhost").lstrip(".")
