"""What holds for municipalities: size classes, the forms of codes, when names are alike, how a source is named. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import unquote, urlsplit

from meedoen.kernel.text import fold

CODE = re.compile(r"GM[0-9]{4}")
PROVINCE_CODE = re.compile(r"PV[0-9]{2}")

# The Netherlands in Europe, with a margin, in degrees; a place outside is a slip of the pen.
LONGITUDES = (3.0, 7.5)
LATITUDES = (50.5, 53.8)

# What no municipality comes near; a larger figure is a slip of the pen and would not fit the database.
MAX_POPULATION = 5_000_000  # residents; Amsterdam has not yet a million
MAX_LAND_AREA = 10_000.0  # km²; all land of the country is 34,000
MAX_NAME_LENGTH = 80  # characters, of a name and of its place in the address
MAX_NOTE_LENGTH = 200  # characters

# VNG counted 58 signatories on this day (source: manifest.json).
SIGNATORIES_BY_COUNT = 58
COUNTED_ON = "2020-08-31"

YEAR_IN_ADDRESS = re.compile(r"[/_](?:\d-)?(20\d\d)/")  # as in /2019/10/, Juni_2018/ and 3-2019/
# Who publishes at a site, where its name says that to a reader; of any other the site itself is named.
ORGANISATIONS = {
    "vng.nl": "VNG",
    "magazine.biind.nl": "magazine Biind",
    "gemeentewesterveld.nl": "gemeente Westerveld",
    "gemeentehw.nl": "gemeente Hoeksche Waard",
    "drimmelen.nl": "gemeente Drimmelen",
    "rtvoost.nl": "RTV Oost",
    "rtvridderkerk.nl": "RTV Ridderkerk",
    "heerenveensdagblad.nl": "Heerenveens Dagblad",
    "lokaalfnv.nl": "FNV Lokaal",
    "lfb.nu": "LFB",
    "disabilitystudies.nl": "Disability Studies in Nederland",
    "nd.nl": "Nederlands Dagblad",
    "rijksoverheid.nl": "de Rijksoverheid",
    "tweedekamer.nl": "de Tweede Kamer",
}
MAX_SOURCE_WORDS = 9  # of an address; the rest says little more
# Words of addresses that are written otherwise; an address knows no capitals.
PROPER = {"vng": "VNG", "vn": "VN", "lfb": "LFB", "grave": "Grave"}
PROVINCE_NAMES = {"friesland": "fryslan"}  # folded Dutch name of a province: the one it is written by
NEAR = 0.6  # likeness from 0 to 1 at which a name is offered: slips measured 0.67 to 1; Velsen for geldermelsen 0.53


@dataclass(frozen=True, slots=True)
class SizeClass:
    """Municipalities with at least ``least`` and fewer than ``below`` residents; ``below`` None has no end."""

    id: str
    label: str
    least: int
    below: int | None


# The borders that CBS and the polls on the Convention use; 25,000 is too fine for a filter.
SIZE_CLASSES = (
    SizeClass("tot-20000", "minder dan 20.000 inwoners", 0, 20_000),
    SizeClass("20000-tot-50000", "20.000 tot 50.000 inwoners", 20_000, 50_000),
    SizeClass("50000-tot-100000", "50.000 tot 100.000 inwoners", 50_000, 100_000),
    SizeClass("100000-tot-250000", "100.000 tot 250.000 inwoners", 100_000, 250_000),
    SizeClass("vanaf-250000", "250.000 inwoners of meer", 250_000, None),
)


def size_class(population: int) -> SizeClass:
    """The class in which a municipality with so many residents falls."""
    for each in SIZE_CLASSES:
        if each.below is None or population < each.below:
            return each
    raise AssertionError("the last class has no end")


def size_class_by_id(id: str) -> SizeClass | None:
    """The class of that name, or None."""
    return next((each for each in SIZE_CLASSES if each.id == id), None)


def density(population: int | None, land_area_km2: Decimal | None) -> float | None:
    """Residents on a square kilometre of land; None where one of both is not known, or nobody lives there."""
    return population / float(land_area_km2) if population and land_area_km2 else None


def unknown_names(signed_on: Iterable[str]) -> tuple[int, int]:
    """How many of the 58 are not known by name: at least and at most, given when the known ones signed.

    Who signed after VNG counted may stand for a promise that was counted, or may not: that makes the difference.
    """
    dates = list(signed_on)
    after = sum(date > COUNTED_ON for date in dates)
    least = max(0, SIGNATORIES_BY_COUNT - len(dates))
    return least, least + after


def name_asked(text: str) -> str:
    """The folded name in what somebody typed: *gemeente Zwolle* asks for *zwolle*."""
    return fold(text).removeprefix("gemeente ")


def likeness(one: str, other: str) -> float:
    """How alike two folded names are, from 0 to 1: the share of their pairs of letters that both have (Dice)."""
    pairs, others = _pairs(one), _pairs(other)
    return 2 * len(pairs & others) / (len(pairs) + len(others))


def _pairs(name: str) -> set[str]:
    closed = f"^{name.replace(' ', '')}$"
    return {closed[place : place + 2] for place in range(len(closed) - 1)}


def source_words(address: str) -> str:
    """What to call a source without a title: who published it, and the words of its address.

    ``VNG: koplopergemeenten iedereen doet mee``; with the year where the address has one. The words keep links to
    one publisher apart; without words there is only the site.
    """
    parts = urlsplit(address)
    site = parts.netloc.removeprefix("www.")
    publisher = ORGANISATIONS.get(site, site)
    last = unquote(parts.path.rstrip("/").rpartition("/")[2]).removesuffix(".html")
    words = re.sub(r"^\d+-|-\d$", "", last).replace("-", " ").replace("_", " ").split()
    year = YEAR_IN_ADDRESS.search(parts.path)
    if not words or "." in last:
        said = publisher
    else:
        said = f"{publisher}: {' '.join(PROPER.get(word, word) for word in words[:MAX_SOURCE_WORDS])}"
        said += " …" if len(words) > MAX_SOURCE_WORDS else ""
    return f"{said} ({year[1]})" if year else said


def source_links(addresses: Iterable[str]) -> list[tuple[str, str]]:
    """(words, address) of each source that has an address."""
    return [(source_words(address), address) for address in addresses if address.startswith("http")]


def present_of(steps: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Where each former municipality goes on as a whole, by the (old, new) pairs of all mergers that took place.

    One that went on in parts stands where it stood: there is no one place that all of it went to.
    """
    gone: dict[int, set[int]] = {}
    for old, new in steps:
        gone.setdefault(old, set()).add(new)
    found = {}
    for old in gone:
        place, seen = old, {old}
        while len(gone.get(place, ())) == 1:
            (place,) = gone[place]
            if place in seen:  # a circle; the register refuses those
                break
            seen.add(place)
        if place not in gone and place != old:
            found[old] = place
    return found
