"""What holds for municipalities: size classes, the forms of codes, what a partial date is. Pure."""

import re
from dataclasses import dataclass

CODE = re.compile(r"GM[0-9]{4}")
PROVINCE_CODE = re.compile(r"PV[0-9]{2}")
PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")

# The Netherlands in Europe, with a margin, in degrees; a place outside is a slip of the pen.
LONGITUDES = (3.0, 7.5)
LATITUDES = (50.5, 53.8)

# What no municipality comes near; a larger figure is a slip of the pen and would not fit the database.
MAX_POPULATION = 5_000_000  # residents; Amsterdam has not yet a million
MAX_LAND_AREA = 10_000.0  # km²; all land of the country is 34,000
MAX_NAME_LENGTH = 80  # characters, of a name and of its place in the address
MAX_NOTE_LENGTH = 200  # characters

# In its seat in the manifest: VNG counted 58 on 31 August 2020 (source: manifest.json).
SIGNATORIES_BY_COUNT = 58


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
