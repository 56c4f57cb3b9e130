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
    ADDRESS = "address"
    BIRTH = "birth"


@dataclass(frozen=True)
class Find:
    """Words that look like somebody's data."""

    kind: Kind
    words: str


NEAR = 40  # characters before a number in which a word says what the number is

_GAP = r"[\s.()/–—-]{0,3}"  # what people put between digits
# A number of ten digits with its area or mobile code, or with the country's in front; people leave out the plus.
_PHONE = re.compile(
    rf"(?<![\d+,.-])(?:(?:\+|00)31{_GAP}(?:\(?0\)?)?|31{_GAP}(?=6)|\(?0){_GAP}[1-9](?:{_GAP}\d){{7,8}}(?![\d,.]?\d)"
)
# Numbers that everybody may call: free and paid ones, and those of organisations with many places.
_PUBLIC_PHONES = ("0800", "0900", "0906", "0909", "088")
_MOBILE = "06"
_NINE = re.compile(r"(?<![\d.,/€-])\d(?:[\s.–-]?\d){7,8}(?![\d.,/–-]?\d)")
# Looks from the first letter of a name only: else a long line of letters is read again from each of them.
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]*\w")
_IBAN = re.compile(r"\b(?:NL|BE|DE)\d\d(?:\s?[A-Z0-9]){12,18}\b", re.IGNORECASE)
_STREET = re.compile(
    r"(?<![\w’'-])[A-Z][\w’'-]*(?:\s[\w’'-]+){0,3}?\s?"
    r"(?i:straat|str\.|laan|weg|plein|gracht|kade|singel|dijk|hof|pad|dreef|steeg|plantsoen|markt|wal|baan|veld|akker)"
    r"\s\d{1,4}\s?(?:[a-zA-Z]\b|-\d{1,3}\b|bis\b|hs\b)?"
)
_BEFORE_POSTCODE = re.compile(
    r"(?<![\w’'-])[A-Z][\w’'-]*(?:\s[\w’'-]+){0,3}\s\d{1,4}\s?[a-zA-Z]?,?\s(?=[1-9]\d{3}\s?[A-Z]{2}\b)"
)
_POSTCODE = re.compile(r"\b[1-9]\d{3}\s?[A-Z]{2}\b")
_BIRTH = re.compile(
    r"\b(?:geboren|geboortedatum|geb\.)\D{0,25}?(\d{1,2}[\s./-](?:\d{1,2}|[a-z]{3,9})[\s./-]\d{2,4})", re.IGNORECASE
)
# Mailboxes of organisations: whoever publishes one means it to be read.
_PUBLIC_BOX = re.compile(
    r"(?:info|contact|hulp|help|helpdesk|gemeente|secretariaat|redactie|post|mail|loket|wmo|griffie|inclusie|klacht\w*"
    r"|vragen|vraag|team|projectteam|klantenservice|klantcontact|sociaal|toegankelijk\w*|bestuur|meldpunt|meedoen"
    r"|ervaringsdeskundig\w*|participatie|communicatie|privacy|fg|raad\w*|clienten\w*|support|aanmelden|inschrijv\w*)"
    r"(?:[._+-][\w.+-]*)?@",
    re.IGNORECASE,
)
# What a word shortly before says: a number of an office, an amount, a case; or somebody's own.
_OFFICE = re.compile(
    r"gemeente|loket|stadhuis|gemeentehuis|meldpunt|stichting|vereniging|centrum|bibliotheek|buurthuis|kantoor|museum"
    r"|school|station|balie|receptie|klantcontact|organisatie|vergader|bijeenkomst|zaal|theater",
    re.IGNORECASE,
)
_AMOUNT_OR_CASE = re.compile(
    r"€|euro|kvk|rsin|isbn|zaak|dossier|kenmerk|nummer van|besluit|artikel|stb|inwoners|ordernummer|factuur|btw"
    r"|subsidie|polis|lidnummer|serienummer|kenteken|banner|versie",
    re.IGNORECASE,
)
_BSN_WORD = re.compile(r"bsn|burgerservice|sofi", re.IGNORECASE)
_AT_HOME = re.compile(
    r"\bwoon|\bwoont|\bwonen|mijn (?:adres|huis|flat)|bij mij|bij (?:haar|hem|ons) thuis|huisadres|adres:|adres is",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\s*(?:euro|mensen|inwoners|keer|kinderen|huishoudens|stemmen|m2|kilometer)", re.IGNORECASE)


def found(text: str) -> list[Find]:
    """What looks like personal data, each once, in the order of the kinds.

    Measured on the half of tests/conversation/data/personal_data.txt that it was not tuned on: all phone and citizen
    service numbers and four in five home addresses found, none of the clean texts warned about. The corpus is
    invented, and by the hand that wrote this: texts of strangers will do less well.
    """
    finds = []
    rest = text
    for find, match in _ibans(text):
        finds.append(find)
        rest = rest.replace(match, " " * len(match))
    finds += [Find(Kind.EMAIL, match[0]) for match in _EMAIL.finditer(rest) if not _PUBLIC_BOX.match(match[0])]
    rest = _EMAIL.sub(_blank, rest)
    phones = [match for match in _PHONE.finditer(rest) if _is_phone(match[0])]
    finds += [Find(Kind.PHONE, match[0].strip()) for match in phones if _is_somebodys(match, rest)]
    rest = _PHONE.sub(_blank, rest)
    finds += [Find(Kind.BSN, match[0]) for match in _NINE.finditer(rest) if _may_be_bsn(match, rest)]
    streets = [*_STREET.finditer(rest), *_BEFORE_POSTCODE.finditer(rest)]
    finds += [Find(Kind.ADDRESS, match[0].strip(" ,")) for match in streets if _is_home(match, rest)]
    finds += [Find(Kind.BIRTH, match[1]) for match in _BIRTH.finditer(rest)]
    return list(dict.fromkeys(finds))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _ibans(text: str) -> list[tuple[Find, str]]:
    """Account numbers of the Netherlands, Belgium and Germany that pass their test (ISO 7064, mod 97-10)."""
    found = []
    for match in _IBAN.finditer(text):
        words = match[0]
        while len(words) > 15 and not is_iban(words):
            words = words[:-1]  # letters of the next word may hang on
        if is_iban(words):
            found.append((Find(Kind.IBAN, words.strip()), words))
    return found


def is_iban(text: str) -> bool:
    """Whether letters and digits pass the test of an account number."""
    compact = "".join(text.split()).upper()
    lengths = {"NL": 18, "BE": 16, "DE": 22}
    if len(compact) != lengths.get(compact[:2]) or not compact.isalnum() or not compact.isascii():
        return False
    turned = compact[4:] + compact[:4]
    return int("".join(str(int(char, 36)) for char in turned)) % 97 == 1


def _national(words: str) -> str:
    """The digits of a phone number as they are called inside the country: ``0612345678``."""
    digits = "".join(char for char in words if char.isdigit())
    for country in ("0031", "31"):
        if digits.startswith(country):
            return "0" + digits.removeprefix(country).removeprefix("0")
    return digits


def _is_phone(words: str) -> bool:
    digits = _national(words)
    return len(digits) == 10 and digits[0] == "0" and not digits.startswith(_PUBLIC_PHONES)


def _is_somebodys(match: re.Match[str], text: str) -> bool:
    """Whether a phone number may be a person's: a mobile one is; an area's is not when an office stands before it."""
    before = text[max(0, match.start() - NEAR) : match.start()]
    if _AMOUNT_OR_CASE.search(before):
        return False
    return _national(match[0]).startswith(_MOBILE) or not _OFFICE.search(before)


def _may_be_bsn(match: re.Match[str], text: str) -> bool:
    """Whether nine digits may be a citizen service number; eight only where a word says so."""
    digits = sum(char.isdigit() for char in match[0])
    before = text[max(0, match.start() - NEAR) : match.start()]
    if _BSN_WORD.search(before):
        return True
    if digits != 9 or _AMOUNT_OR_CASE.search(before) or _COUNTED.match(text, match.end()):
        return False
    return is_bsn(match[0])


def _is_home(match: re.Match[str], text: str) -> bool:
    """Whether a street with a number is where somebody lives: words say so, or a whole postcode follows."""
    before = text[max(0, match.start() - NEAR) : match.start()] + match[0]
    if _OFFICE.search(before):
        return False
    return bool(_AT_HOME.search(before) or _POSTCODE.search(text[match.end() : match.end() + NEAR // 2]))


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
    if find.kind is Kind.ADDRESS:
        return (
            _("In je tekst staat misschien waar iemand woont: %(words)s. Iedereen kan dat straks lezen. Wil je dat?")
            % words
        )
    if find.kind is Kind.BIRTH:
        return _("In je tekst staat een geboortedatum: %(words)s. Iedereen kan dat straks lezen. Wil je dat?") % words
    return _("In je tekst staat een rekeningnummer: %(words)s. Haal het liever weg.") % words


def sentence_without_words(kind: Kind) -> str:
    """The same, where what was found may not be repeated: it is not sure who wrote it."""
    if kind is Kind.BSN:
        return _("In je tekst staat iets wat lijkt op een BSN. Anderen kunnen daar misbruik van maken.")
    if kind is Kind.PHONE:
        return _("In je tekst staat een telefoonnummer. Iedereen kan dat straks lezen. Wil je dat?")
    if kind is Kind.EMAIL:
        return _("In je tekst staat een e-mailadres. Iedereen kan dat straks lezen. Wil je dat?")
    if kind is Kind.ADDRESS:
        return _("In je tekst staat misschien waar iemand woont. Iedereen kan dat straks lezen. Wil je dat?")
    if kind is Kind.BIRTH:
        return _("In je tekst staat een geboortedatum. Iedereen kan dat straks lezen. Wil je dat?")
    return _("In je tekst staat een rekeningnummer. Iedereen kan dat straks lezen. Wil je dat?")
