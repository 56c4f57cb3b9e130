"""Finds what may be somebody's personal data in a text, to warn before everybody can read it; it never blocks (MO8)."""

import re
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _


class Kind(StrEnum):
    """What was found."""

    BSN = "bsn"
    PHONE = "phone"
    EMAIL = "email"
    IBAN = "iban"


@dataclass(frozen=True)
class Find:
    """Words that look like somebody's data."""

    kind: Kind
    words: str


# Dutch numbers with their area or mobile code, written with spaces, dashes or brackets. Numbers that everybody may
# call (0800, 0900, 14 + area code, 112) are no person's.
_PHONE = re.compile(r"(?<![\d+])(?:\+31|0031|\(?0(?!800|90\d))[\s().-]*[1-9](?:[\s().-]*\d){7,8}(?!\d)")
_NINE = re.compile(r"(?<![\d.,/-])\d(?:[\s.]?\d){7,8}(?![\d.,/-]?\d)")
# Looks from the first letter of a name only: else a long line of letters is read again from each of them.
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]*\w")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z]{4})(?:\s?\d){10}\b")
# Mailboxes of organisations: whoever publishes one means it to be read.
_PUBLIC_BOXES = ("info@", "contact@", "hulp@", "help@", "gemeente@", "secretariaat@", "redactie@")


def found(text: str) -> list[Find]:
    """What looks like personal data, each once, in the order of the kinds."""
    finds = [Find(Kind.IBAN, match[0]) for match in _IBAN.finditer(text)]
    finds += [
        Find(Kind.EMAIL, match[0]) for match in _EMAIL.finditer(text) if not match[0].lower().startswith(_PUBLIC_BOXES)
    ]
    rest = _IBAN.sub(" ", text)
    finds += [Find(Kind.PHONE, match[0].strip()) for match in _PHONE.finditer(rest)]
    rest = _PHONE.sub(" ", rest)
    finds += [Find(Kind.BSN, match[0]) for match in _NINE.finditer(rest) if is_bsn(match[0])]
    return list(dict.fromkeys(finds))


def is_bsn(text: str) -> bool:
    """Whether the digits pass the test of a citizen service number: 9×first + … + 2×eighth − ninth, by eleven."""
    digits = [int(char) for char in text if char.isdigit()]
    if len(digits) == 8:
        digits = [0, *digits]
    if len(digits) != 9 or not any(digits):
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * digit for weight, digit in zip(weights, digits, strict=True)) % 11 == 0


def sentence(find: Find) -> str:
    """What to think about before sending."""
    words = {"words": find.words}
    if find.kind is Kind.BSN:
        return (
            _(
                "In je tekst staat iets wat lijkt op een BSN: %(words)s. Haal het liever weg. Anderen kunnen er misbruik van maken."
            )
            % words
        )
    if find.kind is Kind.PHONE:
        return _("In je tekst staat een telefoonnummer: %(words)s. Iedereen kan dat straks lezen. Wil je dat?") % words
    if find.kind is Kind.EMAIL:
        return _("In je tekst staat een e-mailadres: %(words)s. Iedereen kan dat straks lezen. Wil je dat?") % words
    return _("In je tekst staat een rekeningnummer: %(words)s. Haal het liever weg.") % words
