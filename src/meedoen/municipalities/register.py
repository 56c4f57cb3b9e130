"""Reading the register's files: CSV and JSON in, checked rows out, every problem told at once; writes nothing."""

import csv
import datetime
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from meedoen.kernel.text import slug

from . import rules

DATA = Path(__file__).parent / "data"
MUNICIPALITIES = DATA / "municipalities.csv"
SUCCESSIONS = DATA / "municipality_successions.csv"
MANIFEST = DATA / "manifest.json"
YEAR_OF_DATA = 2026  # the municipalities of our own file are those of 2023 up to and including this year

_POPULATION_COLUMN = re.compile(r"population_(\d{4})")
_KINDS = {"merged", "absorbed", "split", "renamed"}
_STATUSES = {"done", "planned"}
MAX_PROBLEMS = 20  # told at once; who has more has another file


class RegisterProblem(ValueError):
    """The file is not fit to load; ``problems`` has a line for each reason."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class MunicipalityRow:
    """A line of the municipalities' file."""

    code: str
    name: str
    official_name: str
    slug: str
    province: str
    province_code: str
    population: int | None
    population_year: int | None
    land_area_km2: Decimal | None
    longitude: float | None
    latitude: float | None
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SuccessionRow:
    """A line of the successions' file."""

    effective_on: datetime.date
    old_code: str
    old_name: str
    new_code: str
    new_name: str
    kind: str
    status: str
    note: str
    sources: tuple[str, ...]


def read_municipalities(text: str) -> list[MunicipalityRow]:
    """The rows of a municipalities' CSV. Raises ``RegisterProblem`` with all that is wrong."""
    lines = _lines(text)
    problems: list[str] = []
    rows = []
    if not lines:
        raise RegisterProblem(["the file has no rows"])
    missing = {"code", "name", "province", "province_code"} - set(lines[0])
    if missing:
        raise RegisterProblem([f"the file has no column {name}" for name in sorted(missing)])
    for number, line in enumerate(lines, start=2):
        try:
            rows.append(_municipality(line))
        except ValueError as error:
            problems.append(f"line {number}: {error}")
    for what in ("code", "slug"):
        seen = Counter(getattr(row, what) for row in rows)
        problems += [f"{what} {value} stands in the file {count} times" for value, count in seen.items() if count > 1]
    problems += _two_faced_provinces(rows)
    if problems:
        raise RegisterProblem(problems[:MAX_PROBLEMS])
    return rows


def read_successions(text: str) -> list[SuccessionRow]:
    """The rows of a successions' CSV; a municipality that keeps its code is no succession and left out."""
    problems: list[str] = []
    rows = []
    for number, line in enumerate(_lines(text), start=2):
        try:
            row = _succession(line)
        except KeyError as error:
            raise RegisterProblem([f"the file has no column {error.args[0]}"]) from error
        except ValueError as error:
            problems.append(f"line {number}: {error}")
            continue
        if row.old_code != row.new_code:
            rows.append(row)
    if problems:
        raise RegisterProblem(problems[:MAX_PROBLEMS])
    return rows


@cache
def manifest() -> Mapping[str, Any]:
    """The manifest's history, points and signatures, as shipped."""
    facts: Mapping[str, Any] = json.loads(MANIFEST.read_text(encoding="utf-8"))
    return facts


def _two_faced_provinces(rows: list[MunicipalityRow]) -> list[str]:
    """A sentence for each code with two names, and each name with two codes."""
    pairs = {(row.province_code, row.province) for row in rows}
    counts = Counter(word for pair in pairs for word in pair)
    return [
        f"province {word} stands in the file with different {_other(word)}"
        for word, count in counts.items()
        if count > 1
    ]


def _other(word: str) -> str:
    return "names" if rules.PROVINCE_CODE.fullmatch(word) else "codes"


def _lines(text: str) -> list[dict[str, str | None]]:
    try:
        return list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    except csv.Error as error:
        raise RegisterProblem([f"the file is no CSV: {error}"]) from error


def _municipality(line: Mapping[str, str | None]) -> MunicipalityRow:
    code = (line.get("code") or "").strip()
    name = (line.get("name") or "").strip()
    if not rules.CODE.fullmatch(code):
        raise ValueError(f"'{code}' is no code such as GM0014")
    if not name:
        raise ValueError(f"{code} has no name")
    province_code = (line.get("province_code") or "").strip()
    if not rules.PROVINCE_CODE.fullmatch(province_code) or not (line.get("province") or "").strip():
        raise ValueError(f"{code} has no province")
    population, year = _population(line)
    address = (line.get("slug") or "").strip() or slug(name)
    if address != slug(address):
        raise ValueError(f"{code}: '{address}' is not fit for an address")
    official_name = (line.get("official_name") or "").strip() or name
    aliases = tuple(alias.strip() for alias in (line.get("aliases") or "").split("|") if alias.strip())
    for text in (name, official_name, address, *aliases):
        if len(text) > rules.MAX_NAME_LENGTH:
            raise ValueError(f"{code}: '{text[:20]}…' is longer than {rules.MAX_NAME_LENGTH} characters")
    return MunicipalityRow(
        code=code,
        name=name,
        official_name=official_name,
        slug=address,
        province=(line.get("province") or "").strip(),
        province_code=province_code,
        population=population,
        population_year=year,
        land_area_km2=_area(line.get("land_area_km2"), code),
        longitude=_degrees(line.get("lon"), rules.LONGITUDES, code),
        latitude=_degrees(line.get("lat"), rules.LATITUDES, code),
        aliases=aliases,
    )


def _population(line: Mapping[str, str | None]) -> tuple[int | None, int | None]:
    """The number of residents of the newest year that has one, and that year."""
    newest: tuple[int | None, int | None] = (None, None)
    for column, value in line.items():
        found = _POPULATION_COLUMN.fullmatch(column or "")
        if found and value and value.strip():
            if not value.strip().isdecimal() or int(value) > rules.MAX_POPULATION:
                raise ValueError(f"'{value}' is no number of residents")
            if newest[1] is None or int(found[1]) > newest[1]:
                newest = (int(value), int(found[1]))
    return newest


def _area(value: str | None, code: str) -> Decimal | None:
    if not value or not value.strip():
        return None
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", value.strip()) or float(value) > rules.MAX_LAND_AREA:
        raise ValueError(f"{code}: '{value}' is no area in km²")
    return Decimal(value.strip())


def _degrees(value: str | None, within: tuple[float, float], code: str) -> float | None:
    if not value or not value.strip():
        return None
    degrees = float(value)
    if not within[0] <= degrees <= within[1]:
        raise ValueError(f"{code}: {value} lies outside the Netherlands")
    return degrees


def _succession(line: Mapping[str, str | None]) -> SuccessionRow:
    codes = [(line["old_code"] or "").strip(), (line["new_code"] or "").strip()]
    for code in codes:
        if not rules.CODE.fullmatch(code):
            raise ValueError(f"'{code}' is no code such as GM0014")
    names = [(line["old_name"] or "").strip(), (line["new_name"] or "").strip()]
    for code, name in zip(codes, names, strict=True):
        if not name or len(name) > rules.MAX_NAME_LENGTH:
            raise ValueError(f"{code} has no name, or one longer than {rules.MAX_NAME_LENGTH} characters")
    note = (line.get("note") or "").strip()
    if len(note) > rules.MAX_NOTE_LENGTH:
        raise ValueError(f"{codes[0]}: the note is longer than {rules.MAX_NOTE_LENGTH} characters")
    kind, status = (line["kind"] or "").strip(), (line["status"] or "").strip()
    if kind not in _KINDS or status not in _STATUSES:
        raise ValueError(f"'{kind}' and '{status}' are no kind and status")
    return SuccessionRow(
        effective_on=datetime.date.fromisoformat((line["effective_date"] or "").strip()),
        old_code=codes[0],
        old_name=names[0],
        new_code=codes[1],
        new_name=names[1],
        kind=kind,
        status=status,
        note=note,
        sources=tuple(part.strip() for part in (line.get("source") or "").split(" ; ") if part.strip()),
    )


def codes(rows: Iterable[MunicipalityRow]) -> set[str]:
    """The codes in a file."""
    return {row.code for row in rows}
