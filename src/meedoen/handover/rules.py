"""What of the site comes into its archive, and in which file. Pure: no database, no clock, no request."""

import hashlib
import mimetypes
import posixpath
import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit

# What a page's address may ask and still be kept. Each page is there once, and once for each single choice; all choices
# put together would be more pages than anybody reads.
PLACES = frozenset({"pagina", "bladzijde", "voor", "na"})  # where in a long list
CHOICES = frozenset({"jaar", "maand", "thema", "provincie", "soort", "wanneer", "toon", "fase", "artikel", "stand"})
LANGUAGE = "taal"
AS_WITHOUT = {("taal", "gewoon")}  # asks what comes unasked
MAX_QUERY = 120  # characters: ours are shorter

# Read on the live site only: what searches or reckons for who asks, what programs fetch again and again, what says how
# to reach who runs it.
LEFT_OUT = frozenset(
    {
        "finding:search",
        "finding:words",
        "finding:feed",
        "home:robots",
        "home:security",
        "library:agendas_compare",
        "municipalities:alike",  # of each municipality those like it, by seventeen pages; its own page names the first
    }
)
# Of what is no page: what pages show or offer, and where an address of a contribution leads.
FILES = frozenset(
    {
        "municipalities:map",
        "municipalities:locator",
        "celebrations:picture_file",
        "celebrations:small_picture",
        "celebrations:card",
        "conversation:kept_file",
        "conversation:small_file",
        "conversation:address",
        "conversation:history",
        "conversation:figures",
    }
)

# Parts of a page, or other sides of it, by the last part of their addresses.
BESIDE = frozenset({"meenemen", "feiten", "gesprek", "geschiedenis", "afdrukken", "eerder", "gemeente"})

MAX_NAME = 100  # characters of a file's name; archives travel over file systems that take 255 bytes
_ODD = re.compile(r"[^A-Za-z0-9._-]+")
_WINDOWS = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # names that open a device there


def is_kept(view: str, *, is_a_visitors_page: bool) -> bool:
    """Whether what that view shows comes into the archive."""
    return view in FILES or (is_a_visitors_page and view not in LEFT_OUT and not view.endswith("feed"))


def is_kept_query(query: str) -> bool:
    """Whether a page is kept with what its address asks: one choice, a place in a list, easy language."""
    asked = [name for name, _value in parse_qsl(query, keep_blank_values=True)]
    choices = [name for name in asked if name in CHOICES]
    return (
        len(query) <= MAX_QUERY
        and len(choices) <= 1
        and len(set(asked)) == len(asked)
        and all(name in PLACES | CHOICES | {LANGUAGE} for name in asked)
    )


def address_of(link: str, *, at: str, site: str) -> str | None:
    """The address on this site to which a link on the page ``at`` leads, in one spelling, without the place in the page.

    None for what leads elsewhere. ``site`` is the address of the site, such as ``https://meedoen.example``.
    """
    parts = urlsplit(urljoin(f"{site}{at}", link.strip()))
    if f"{parts.scheme}://{parts.netloc}" != site:
        return None
    query = urlencode(sorted(set(parse_qsl(parts.query, keep_blank_values=True)) - AS_WITHOUT))
    return f"{parts.path or '/'}?{query}" if query else parts.path or "/"


def place_in(link: str) -> str:
    """The place in the page that a link names, with its ``#``; empty for none."""
    _page, mark, place = link.partition("#")
    return mark + place


def file_of(address: str, kind: str) -> str:
    """The file for what stands at an address, from the archive's root: ``nieuws/jaar-2018.html``.

    ``kind`` is its content type, such as ``text/html``.
    """
    parts = urlsplit(address)
    *folders, name = unquote(parts.path).lstrip("/").split("/")
    asked = "-".join(f"{key}-{value}" for key, value in parse_qsl(parts.query))
    stem, ending = posixpath.splitext(name)
    ending = ending if ending and not parts.path.endswith("/") else _ending(kind)
    stem = "-".join(part for part in (stem, asked) if part) or "index"
    return "/".join([*map(_named, filter(None, folders)), _named(stem) + ending])


def way(to: str, *, at: str) -> str:
    """How a link in the file ``at`` names the file ``to``."""
    return posixpath.relpath(to, posixpath.dirname(at) or ".")


def is_within(path: str, parts: Iterable[str]) -> bool:
    """Whether an address stands in one of those parts of the site; the start page always does."""
    return path == "/" or any(path.startswith(part) for part in parts)


def is_listed(file: str) -> bool:
    """Whether a page stands in the list of all pages: as itself, not as a part or another side of one that does."""
    *folders, name = file.split("/")
    return name == "index.html" and not BESIDE & set(folders)


def _ending(kind: str) -> str:
    return {"text/html": ".html", "image/jpeg": ".jpg"}.get(kind) or mimetypes.guess_extension(kind) or ""


def _named(text: str) -> str:
    """A name that every file system takes; another for each text."""
    name = _ODD.sub("-", text).strip(".-")
    if name == text and len(name) <= MAX_NAME and not _WINDOWS.fullmatch(name):
        return name
    return f"{name[: MAX_NAME - 9]}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
