"""The deed: write the whole public site in a folder, to be read in twenty years with nothing but a browser."""

import hashlib
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string
from lxml.html import HtmlElement  # type: ignore[import-untyped]

from meedoen.ui.site import current_site

from . import crawling, documents, rules
from .crawling import Found, Site

CONTENTS = "archief/index.html"
SUMS = "sha256sums.txt"
READ_ME = "LEESMIJ.txt"
# The parts of the site in the list of all pages, by how their addresses begin.
PARTS = (
    ("Nieuws", "nieuws/"),
    ("Kennisbank", "kennisbank/"),
    ("Forum", "forum/"),
    ("Bijeenkomsten", "bijeenkomsten/"),
    ("Gemeenten", "gemeenten/"),
    ("Successen", "successen/"),
)
SHORT = 8  # characters
REST = "Over het netwerk"
_URL = re.compile(rb"url\(\s*(['\"]?)([^'\")]+)\1\s*\)")

Tell = Callable[[str], None]


class CannotArchive(Exception):
    """No archive was made; the text says why, in one line."""


@dataclass(frozen=True)
class Made:
    """An archive that is there, whole. ``failed``: addresses that did not come, with their status."""

    folder: Path
    pages: int
    files: int
    failed: dict[str, int]


def archive(folder: Path, *, within: Sequence[str] = ("/",), now: datetime, tell: Tell) -> Made:
    """Write what every visitor may read in ``folder``, which is not there yet or is empty. Raises ``CannotArchive``.

    ``within``: only the parts of the site whose addresses begin so. A folder that was not there appears when all of
    it is there; one that was is filled then, and nothing beside it is touched. Everybody may read what is in it.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotArchive(f"{folder} is not empty: name a folder that is not there yet")
    if not getattr(staticfiles_storage, "hashed_files", True):
        raise CannotArchive("this site is not ready to be opened: say 'meedoen prepare' first")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        room = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder if folder.exists() else folder.parent))
    except OSError as problem:
        raise CannotArchive(f"{problem.filename}: {problem.strerror}") from problem
    try:
        (room / "raw").mkdir()
        site = crawling.crawl(room / "raw", within=within, tell=tell)
        if "/" not in site.found:
            raise CannotArchive(f"the start page does not come (status {site.failed.get('/')}): is the site prepared?")
        made = _write(site, room / "whole", now, tell)
        _put(room / "whole", folder)
    except OSError as problem:
        raise CannotArchive(f"{problem.filename or folder}: {problem.strerror or problem}") from problem
    finally:
        shutil.rmtree(room, ignore_errors=True)
    return Made(folder, made.pages, made.files, made.failed)


def _put(whole: Path, folder: Path) -> None:
    """Let it be read by any web server, whatever files of ours are like; and put it in its place."""
    for path in (whole, *whole.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    if not folder.exists():
        whole.rename(folder)
        return
    for path in whole.iterdir():
        path.rename(folder / path.name)


def _write(site: Site, root: Path, now: datetime, tell: Tell) -> Made:
    tell("Writing the pages …")
    pages: list[tuple[str, str]] = []
    for address, found in site.found.items():
        target = root / found.file
        target.parent.mkdir(parents=True, exist_ok=True)
        if found.kind == "text/html":
            pages.append((_write_page(address, found, target, site, now), found.file))
        else:
            shutil.move(found.raw, target)
    statics = _write_statics(site.statics, root)
    _write_contents(root, pages, now)
    told = {"name": current_site().name, "now": now, "address": settings.BASE_URL}
    (root / READ_ME).write_text(render_to_string("handover/read_me.txt", told), encoding="utf-8")
    _write_sums(root)
    return Made(root, len(pages) + 1, len(site.found) - len(pages) + statics, site.failed)


def _write_page(address: str, found: Found, target: Path, site: Site, now: datetime) -> str:
    """Write a page of the archive; its title."""
    document = documents.read(found.raw.read_bytes())
    documents.archive(
        document,
        where=lambda link: _where(link, address, found.file, site),
        drawing=_drawing,
        banner=render_to_string("handover/banner.html", {"now": now, "contents": rules.way(CONTENTS, at=found.file)}),
    )
    target.write_bytes(documents.written(document))
    return documents.title_of(document)


def _where(link: str, address: str, file: str, site: Site) -> str | None:
    """How the page in ``file``, which stood at ``address``, names what a link of it leads to."""
    if link.startswith("#"):
        return link
    target = rules.address_of(link, at=address, site=settings.BASE_URL)
    if target is None:
        return link  # elsewhere, a telephone number, a mail
    if name := crawling.static_name(target):
        return rules.way(f"static/{name}", at=file) + rules.place_in(link)
    kept = site.file_for(target)
    return rules.way(kept, at=file) + rules.place_in(link) if kept else None


def _drawing(link: str) -> HtmlElement | None:
    """The drawing that a link such as ``/static/ui/pictograms.svg#werk`` names."""
    name, place = crawling.static_name(link), rules.place_in(link)[1:]
    if not name or (source := _static_source(name)) is None:
        return None
    found = documents.read(source.read_bytes()).xpath("//*[@id=$place]", place=place)
    return found[0] if found else None


def _write_contents(root: Path, pages: list[tuple[str, str]], now: datetime) -> None:
    """The list of all pages, in the frame of the start page: what the search was."""
    document = documents.read((root / "index.html").read_bytes())
    documents.archive(document, where=_from_the_start, drawing=_drawing, banner="")
    parts = [
        {
            "name": name,
            "id": f"deel-{number}",
            "place": f"#deel-{number}",
            "said": f"{name} ({len(found)})",
            "pages": [(_told(title, name), rules.way(file, at=CONTENTS)) for title, file in found],
        }
        for number, (name, found) in enumerate(_in_parts(pages), 1)
        if found
    ]
    content = render_to_string("handover/contents.html", {"parts": parts, "now": now, "address": settings.BASE_URL})
    documents.put_in(document, content, title="Alles in dit archief", site=current_site().name)
    target = root / CONTENTS
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(documents.written(document))


def _told(title: str, part: str) -> str:
    """A title in a list; one word says little there, and is hard to hit with a finger."""
    return title if len(title) >= SHORT else f"{title} ({part.lower()})"


def _from_the_start(link: str) -> str:
    """A link of the start page, seen from the list of all pages."""
    return link if link.startswith("#") or ":" in link.partition("/")[0] else rules.way(link, at=CONTENTS)


def _in_parts(pages: list[tuple[str, str]]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The pages by part of the site, each by its title; of lists only their first page."""
    own = [(title, file) for title, file in pages if title and rules.is_listed(file)]
    for name, beginning in PARTS:
        yield name, sorted((page for page in own if page[1].startswith(beginning)), key=_by_title)
    beginnings = tuple(beginning for _name, beginning in PARTS)
    yield REST, sorted((page for page in own if not page[1].startswith(beginnings)), key=_by_title)


def _by_title(page: tuple[str, str]) -> tuple[str, str]:
    return page[0].casefold(), page[1]


def _write_statics(names: set[str], root: Path) -> int:
    """Write the static files and what stylesheets among them name; how many."""
    waiting, done = sorted(names), set[str]()
    while waiting:
        name = waiting.pop()
        source = _static_source(name)
        if name in done or name.endswith(".js") or source is None:
            continue
        done.add(name)
        target = root / "static" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        body = source.read_bytes()
        target.write_bytes(body)
        if name.endswith(".css"):
            waiting += [named for named in _named_in(body, name) if named not in done]
    return len(done)


def _named_in(stylesheet: bytes, name: str) -> Iterator[str]:
    """The static files that a stylesheet names, by their names below STATIC_URL."""
    for _quote, said in _URL.findall(stylesheet):
        target = rules.address_of(
            said.decode().partition("#")[0], at=settings.STATIC_URL + name, site=settings.BASE_URL
        )
        if target and (found := crawling.static_name(target)):
            yield found


def _static_source(name: str) -> Path | None:
    gathered = Path(settings.STATIC_ROOT, name)
    if gathered.is_file():
        return gathered
    found = finders.find(name)
    return Path(found) if isinstance(found, str) else None


def _write_sums(root: Path) -> None:
    """What each file was, so that who reads it later can see that nothing changed: ``sha256sum -c sha256sums.txt``."""
    files = sorted(path for path in root.rglob("*") if path.is_file())
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(root).as_posix()}\n" for path in files
    ]
    (root / SUMS).write_text("".join(lines), encoding="utf-8")
