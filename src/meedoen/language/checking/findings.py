"""What can be found in a text before it goes public, and how that is said to the editor."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

_QUOTED = 70  # letters of what is quoted


class Kind(StrEnum):
    """What a finding is about, in the order in which they are told."""

    TITLE_MISSING = "title missing"
    SUMMARY_MISSING = "summary missing"
    BODY_MISSING = "body missing"
    HEADING_EMPTY = "heading empty"
    HEADING_SKIPS = "heading skips a level"
    LINK_EMPTY = "link without words"
    LINK_NOWHERE = "link without address"
    LINK_VAGUE = "link that does not say where it goes"
    LINK_BARE = "address as the words of a link"
    TABLE_WITHOUT_HEADER = "table without header"
    IMAGE_WITHOUT_DESCRIPTION = "image without description"
    LEVEL = "level"
    LONG_SENTENCE = "long sentence"
    TANGLED = "tangled sentence"
    FOREIGN = "words in another language"
    HARD_WORD = "hard word"
    RARE_WORD = "rare word"
    PASSIVE = "passive"
    CALLOUT_UNKNOWN = "callout of no kind"
    CALLOUT_EMPTY = "callout without words"
    HEADING_IN_BOLD = "bold line as heading"
    FEW_HEADINGS = "long without headings"
    LINK_DOUBLE = "same words, another address"
    ADDRESS_IN_TEXT = "address in the text"
    EASY_MISSING = "no easy version"


BLOCKING = frozenset(kind for kind in Kind if list(Kind).index(kind) < list(Kind).index(Kind.LEVEL))


@dataclass(frozen=True)
class Finding:
    """One thing: ``where`` quotes the text, ``line`` is where that stands in the body (0: nowhere), ``instead`` helps."""

    kind: Kind
    where: str = ""
    line: int = 0
    instead: str = ""

    @property
    def blocks(self) -> bool:
        """Whether the text has to wait for it."""
        return self.kind in BLOCKING


def quoted(text: str) -> str:
    """The beginning of ``text``, with a mark when there is more."""
    text = " ".join(text.split())
    return text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1].rstrip(' ,.;:')}…"


def sentence(finding: Finding) -> str:
    """The finding in words: what is the matter, and what the editor can do."""
    said = {"where": finding.where, "instead": finding.instead}
    return _sentence_of(finding) % said


def _sentence_of(finding: Finding) -> str:
    if finding.kind is Kind.LINK_VAGUE and not finding.instead:
        return _("De link ‘%(where)s’ zegt niet waar je heen gaat. Noem wat er op die pagina staat.")
    if finding.kind is Kind.TABLE_WITHOUT_HEADER and finding.where:
        return _("In de tabel met ‘%(where)s’ mist een kop. Zet boven elke kolom wat erin staat.")
    return {
        Kind.TITLE_MISSING: _("Er is nog geen titel. Schrijf in een paar woorden waar het over gaat."),
        Kind.SUMMARY_MISSING: _(
            "Er is nog geen korte samenvatting. Vertel in één of twee zinnen wat mensen hier vinden."
        ),
        Kind.BODY_MISSING: _("Er is nog geen tekst. Schrijf eerst wat je wilt vertellen."),
        Kind.HEADING_EMPTY: _("Er staat een kop zonder woorden. Vul hem in, of haal hem weg."),
        Kind.HEADING_SKIPS: _("De kop ‘%(where)s’ slaat een stap over. Begin de regel met %(instead)s."),
        Kind.LINK_EMPTY: _("Een link naar ‘%(where)s’ heeft geen woorden. Schrijf op waar je heen gaat."),
        Kind.LINK_NOWHERE: _("De link ‘%(where)s’ gaat nergens heen. Vul het adres in, of haal de link weg."),
        Kind.LINK_VAGUE: _("De link ‘%(where)s’ zegt niet waar je heen gaat. Noem wat er staat op %(instead)s."),
        Kind.LINK_BARE: _("De link ‘%(where)s’ is een adres. Dat leest niet fijn. Schrijf in woorden wat daar staat."),
        Kind.TABLE_WITHOUT_HEADER: _("Een tabel heeft geen koppen. Zet boven elke kolom wat erin staat."),
        Kind.IMAGE_WITHOUT_DESCRIPTION: _(
            "Bij het beeld ‘%(where)s’ staat niet wat je ziet. Vertel dat in één of twee zinnen."
        ),
        Kind.LEVEL: _("Je tekst is %(where)s. Met korte zinnen en gewone woorden kom je dichter bij %(instead)s."),
        Kind.LONG_SENTENCE: _("Deze zin is lang: ‘%(where)s’. Misschien kun je er twee van maken."),
        Kind.TANGLED: _("Hier staat veel tussen woorden die bij elkaar horen: ‘%(where)s’. Maak er twee zinnen van."),
        Kind.FOREIGN: _(
            "Dit lijkt %(instead)s: ‘%(where)s’. Typ [%(instead)s: en dan de woorden]. Dan zegt een voorleesstem het goed."
        ),
        Kind.HARD_WORD: _("In plaats van ‘%(where)s’ kun je ook schrijven: ‘%(instead)s’."),
        Kind.RARE_WORD: _("Niet iedereen kent het woord ‘%(where)s’. Leg het uit, of kies een gewoon woord."),
        Kind.PASSIVE: _("Vaak staat er niet wie iets doet, zoals hier: ‘%(where)s’. Noem wie het doet, als dat kan."),
        Kind.CALLOUT_UNKNOWN: _("Het kader ‘%(where)s’ kennen we niet. Je kunt kiezen uit: %(instead)s."),
        Kind.CALLOUT_EMPTY: _("In het kader ‘%(where)s’ staat niets. Typ op de regel eronder > en dan je tekst."),
        Kind.HEADING_IN_BOLD: _("‘%(where)s’ lijkt op een kop. Begin de regel met ##. Dan is het er echt een."),
        Kind.FEW_HEADINGS: _("Er komt een lang stuk zonder kop. Zet er een bij ‘%(where)s’, of daar in de buurt."),
        Kind.LINK_DOUBLE: _(
            "Twee links heten ‘%(where)s’, en gaan elk ergens anders heen. Geef ze elk een eigen naam."
        ),
        Kind.ADDRESS_IN_TEXT: _("Het adres ‘%(where)s’ staat los in de tekst. Maak er een link van, met woorden."),
        Kind.EASY_MISSING: _("Er is nog geen tekst in makkelijke taal. Veel mensen zijn daar blij mee."),
    }[finding.kind]
