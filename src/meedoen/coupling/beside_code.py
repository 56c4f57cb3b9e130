"""What somebody asks or offers, in lines as they are mailed and answered: ``gemeente: Zeist``, ``hoe: bellen``.

The mail with the code shows a draft so, and lines below the code mend it.
"""

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from meedoen.conversation.beside_code import SHOWN_TO, without_keys
from meedoen.kernel.dutch import MONTHS, date_words, join
from meedoen.kernel.text import fold
from meedoen.mail.references import Reference
from meedoen.mail.rendering import Written
from meedoen.mail.replies import Word, first_word
from meedoen.mail.replies.courtesies import without_formalities
from meedoen.mail.secret_words import secret
from meedoen.people.acts import BESIDE
from meedoen.people.beside_code import taking_back
from meedoen.people.models import PendingAct
from meedoen.themes.records import THEMES

from . import hearing, places, words
from .actions import READ
from .hearing import AIM, KIND, LENGTH, MUNICIPALITY, WAYS
from .lines import FOR, LENGTHS, WAY, Row, row, rows
from .rules import MOST_AT_A_TIME, Side, needs_municipality

UNCLEAR = (
    "unclear"  # in what is kept: sentences about lines that were not understood; as long as there are, nothing is sent
)
UNREAD = "unread"  # in what is kept: words below the code that say nothing of what is asked or offered
# In what is kept: words below the code may want it otherwise. Who wrote them is asked; who types it on the page sees it.
IN_DOUBT = BESIDE
MAX_UNREAD = 1_000  # characters of them that are mailed back
MAX_SHOWN = 100  # characters of a line that was not understood
MOST_UNCLEAR = 4  # words behind a label that are not understood; with more of them the line is a sentence
_LINE = re.compile(
    r"^[\s>*-]*(soort|tekst|wie ben (?:je|jij)\??|voor wie|gemeente|hoe lang|hoeveel|hoe|thema|vanaf)\s*:[ \t]*(.*)$",
    re.IGNORECASE,
)
_SENTENCE_AFTER = re.compile(r"[.?!;] +\S|\b(?:want|omdat|maar|ik|jullie|wij|we)\b", re.IGNORECASE)
_TURNS = re.compile(r"\b(?:niet|geen|nooit|behalve|zonder)\b")  # *hoe: niet bellen* chooses no way
_DAY = re.compile(r"(\d{1,2}) (\d{1,2}|[a-z]+) (\d{4})")
_SIDES = {Side.ASK: ("vraag", "leren"), Side.OFFER: ("aanbod", "delen")}
_FOR_WHOM = "voor wie"
_ALL = (AIM, KIND, MUNICIPALITY, WAYS, LENGTH)


@dataclass(frozen=True)
class Below:
    """What free words below a code change of what is ``told``, and which of them say nothing of it."""

    changes: dict[str, Any] = field(default_factory=dict)
    unread: str = ""
    in_doubt: bool = False


def shown(act: PendingAct) -> dict[str, object]:
    """The draft as it was understood: what the mail says, what we filled in, and what is asked. Somebody's words are
    mailed to who surely sent them, and nobody else."""
    told, to = act.payload, act.payload.get(SHOWN_TO)
    asked = [name for name in _ALL if _is_asked(name, told)]
    known = [name for name in _ALL if name not in asked]
    read = told.get(READ, _ALL)  # who changed it on its page saw all of it
    return {
        "told": Written(str(told.get("text", ""))) if to and to == act.email else "",
        "is_cut": bool(told.get("is_cut")),
        "read_rows": _rows(told, [name for name in known if name in read]),
        "filled_rows": _rows(told, [name for name in known if name not in read]),
        "asked_lines": [_line_of(name) for name in asked],
    }


def is_filled_in(act: PendingAct) -> bool:
    """Whether we filled something in that the mail does not say."""
    return bool(set(_ALL) - set(act.payload.get(READ, _ALL)))


def _rows(told: Mapping[str, Any], names: Sequence[str]) -> list[Row]:
    side = [row(_("Soort"), str(words.NAMES[Side(told[AIM])]).lower())] if AIM in names else []
    return [*side, *rows(told, names)]


def _is_asked(name: str, told: Mapping[str, Any]) -> bool:
    """Whether that has to be said still: it was not clear, or a municipality is missing."""
    if name == MUNICIPALITY:
        return not told.get(name) and needs_municipality(str(told.get(KIND, "")))
    return not told.get(name)


def _line_of(name: str) -> str:
    """How that is written below the code."""
    return {
        AIM: _("soort: vraag, of aanbod"),
        KIND: _(
            "wie ben je: inwoner, gemeente, of duo. Gemeente: als je daar werkt. Duo: een ambtenaar met een inwoner."
        ),
        MUNICIPALITY: _("gemeente: de naam van je gemeente"),
        WAYS: _("hoe: bellen, bezoek, of online"),
        LENGTH: _("hoe lang: één keer, of langer"),
    }[name]


def more_rows(told: Mapping[str, Any], side: Side) -> list[dict[str, str]]:
    """What is told beside that, of what stands already."""
    chosen = [theme.short for theme in THEMES if theme.id in (told.get("themes") or ())]
    day, count = told.get("not_before"), told.get("at_most")
    found = [
        row(_("Thema"), join(chosen) if chosen else _("niet gekozen")),
        row(_("Vanaf"), date_words(datetime.date.fromisoformat(str(day)), weekday=False) if day else _("nu")),
    ]
    return [*found, row(_("Hoeveel"), str(count) if count else _("geen grens"))] if side == Side.OFFER else found


def how_to(side: Side) -> list[str]:
    """The lines that can be written, each with what stands behind it."""
    return [
        *(_line_of(name) for name in (KIND, MUNICIPALITY, WAYS, LENGTH)),
        _("thema: bijvoorbeeld Wonen, of Werk en Vervoer"),
        _("vanaf: een dag, zoals 1 maart 2027. Of: nu"),
        *([_("hoeveel: hoeveel mensen of gemeenten tegelijk, zoals 2. Of: geen grens")] if side == Side.OFFER else []),
        _("tekst: en daarachter je hele tekst, zoals het moet worden. Zet die regel als laatste."),
    ]


def filled(act: PendingAct, text: str) -> dict[str, Any]:
    """What lines such as ``gemeente: Zeist`` below the code change, and plain words such as *ik wil niet bellen*; the
    words after ``tekst:`` take the place of all.

    Other words there change nothing, and are named to who wrote them: the mail itself is erased.
    """
    found = lines_in(text)
    told = {**act.payload, **found}
    free = below(left_over(text, act.name), told)
    said = [*act.payload.get(READ, _ALL), *(name for name in found if name in _ALL), *free.changes]
    return {**found, **free.changes, UNREAD: free.unread, IN_DOUBT: free.in_doubt, READ: sorted(set(said))}


def below(text: str, told: Mapping[str, Any]) -> Below:
    """What words below a code ask of what is ``told``; those that may ask something that is not clear are asked about."""
    said = hearing.heard("\n".join(line for line in text.splitlines() if not _is_fine(line)))
    changes: dict[str, Any] = {}
    ways = said.ways_of(told[WAYS])
    if ways is not None and WAYS not in said.unsure:
        changes[WAYS] = ways
    if said.length:
        changes[LENGTH] = said.length.value
    place = places.first_called(said.places) if said.places else None
    is_other = bool(said.aim and said.aim != told[AIM]) or bool(said.kind and said.kind != told[KIND])
    if is_other or said.wants_other or (place and place != told.get(MUNICIPALITY)):
        return Below(changes, in_doubt=True)
    return Below(changes, unread=(", ".join(said.left) if changes else text if said.left else "")[:MAX_UNREAD])


def shown_unread(act: PendingAct) -> Reference | str:
    """The same, as it is mailed back, sealed: it may tell of a need. Empty for nothing."""
    words = str(act.payload.get(UNREAD, ""))
    return secret(" ".join(words.split())) if words else ""


def has_lines(text: str) -> bool:
    """Whether a mail says something in such lines; a sentence that begins like one is none."""
    return any(_labelled(line) for line in text.splitlines())


def left_over(text: str, name: str) -> str:
    """What somebody called ``name`` says beside such lines and *veranderen*: for a person to read, or to be named."""
    kept = []
    for line in without_formalities(text, name).splitlines():
        labelled = _labelled(line)
        if labelled and labelled[0] == "tekst":
            break
        says_more = not labelled or _says_more(labelled[1])
        if says_more and first_word(line) not in (Word.CHANGE, Word.YES):
            kept.append(line)
    return without_keys("\n".join(kept))


def lines_in(text: str) -> dict[str, Any]:
    """What such lines tell, and which of them were not understood."""
    found: dict[str, Any] = {}
    unclear: list[str] = []
    lines = text.splitlines()
    for number, line in enumerate(lines):
        said = _LINE.match(line)
        if said is None:
            continue
        label, value = _label(said[1]), said[2].strip()
        if label == "tekst":
            mended = without_keys("\n".join([value, *lines[number + 1 :]]))
            found |= {"text": mended} if mended else {}
            break
        meant = _READ[label](value)
        if meant is None:
            unclear.append(f"{label}: {value[:MAX_SHOWN]}")
        else:
            found |= meant
    return {**found, UNCLEAR: unclear}


def labels_of(unclear: Sequence[str]) -> list[str]:
    """Of lines that were not understood what stands before the colon: what may be told to who may not have sent them."""
    return [line.partition(":")[0] for line in unclear]


def problem_of(payload: Mapping[str, Any]) -> str:
    """Why a draft that came by mail cannot go to the team yet, and what to answer; empty when it can."""
    if unclear := payload.get(UNCLEAR):
        return f"{not_understood(unclear)} {again()}"
    if payload.get(IN_DOUBT):
        return doubted()
    asked = [name for name in _ALL if _is_asked(name, payload)]
    if asked == [MUNICIPALITY]:
        return _("Welke gemeente is het? Antwoord met de code, en zet eronder: gemeente: en dan de naam.")
    if asked:
        return _("Dit weten we nog niet. Antwoord met de code, en zet eronder: %(lines)s") % {
            "lines": " ".join(f"{_line_of(name).rstrip('.')}." for name in asked)
        }
    return ""


def _is_fine(line: str) -> bool:
    """Whether a line says that it is good so: *nee hoor, alles goed*."""
    return set(taking_back(line).split()) <= {"zo", "hoor", "verder"}


def not_understood(unclear: Sequence[str]) -> str:
    """Which lines were not understood; *voor wie* may be whom somebody wants to help, so it is asked who they are."""
    said = _("Dit begrepen we niet: %(lines)s.") % {"lines": "; ".join(unclear)}
    if any(line.startswith(_FOR_WHOM) for line in unclear):
        said += " " + _("We vragen wie jij bent, niet wie je wilt helpen. Ben je inwoner? Schrijf: wie ben je: inwoner. Werk je voor een gemeente? Schrijf: wie ben je: gemeente.")  # fmt: skip
    return said


def again() -> str:
    """How what was not understood is said anew."""
    return _("Antwoord met de code, en zet het er anders onder.")


def doubted() -> str:
    """What is asked where words below a code may want it otherwise; not which words, since they may tell of a need."""
    return _("Onder de code schreef je iets wat we niet begrepen. Daarom is er nog niets gebeurd. Moet er iets anders? Antwoord met de code, en zet eronder wat anders wordt. Bijvoorbeeld: hoe: online. Is het goed zo? Antwoord met alleen de code.")  # fmt: skip


def _labelled(line: str) -> tuple[str, str] | None:
    """The label of such a line and what stands behind it; None for *Vanaf: volgende week ben ik er niet*."""
    found = _LINE.match(line)
    if found is None:
        return None
    label, value = _label(found[1]), found[2].strip()
    is_sentence = label != "tekst" and len(value.split()) > MOST_UNCLEAR and _READ[label](value) is None
    return None if is_sentence else (label, value)


def _label(said: str) -> str:
    return said.lower().rstrip("?").replace("ben jij", "ben je")


def _says_more(value: str) -> bool:
    """Whether more stands behind a label than an answer: *1 mei 2027. Kunnen jullie me bellen?*"""
    return bool(_SENTENCE_AFTER.search(value)) and not _themes(value)


def _one_of(name: str, meanings: Mapping[Any, tuple[str, ...]]) -> Callable[[str], dict[str, Any] | None]:
    """A reader of one choice; None for none of them, or several."""

    def read(value: str) -> dict[str, Any] | None:
        meant = _meant(value, meanings)
        return {name: meant[0]} if len(meant) == 1 else None

    return read


def _ways(value: str) -> dict[str, Any] | None:
    meant = _meant(value, WAY)
    return {WAYS: meant} if meant else None


def _municipality(value: str) -> dict[str, Any] | None:
    if fold(value) in ("geen", "niet ingevuld"):
        return {MUNICIPALITY: None}
    found = places.called(value)
    return {MUNICIPALITY: found} if found else None


def _themes(value: str) -> dict[str, Any] | None:
    """The themes that are named, where nothing else is; the longest names first, since some hold *en*."""
    ids = {fold(theme.short): theme.id for theme in THEMES} | {fold(theme.label): theme.id for theme in THEMES}
    if fold(value) in ("geen", "niet gekozen"):
        return {"themes": []}
    rest, found = f" {fold(value)} ", []
    for name in sorted(ids, key=len, reverse=True):
        if f" {name} " in rest:
            rest = rest.replace(f" {name} ", "  ")
            found.append(ids[name])
    is_whole = bool(found) and not set(rest.split()) - {"en"}
    return {"themes": [theme.id for theme in THEMES if theme.id in found]} if is_whole else None


def _not_before(value: str) -> dict[str, Any] | None:
    """The first day: ``28-12-2026`` or ``28 december 2026``; ``nu`` for none."""
    said = fold(value)
    if said in ("nu", "meteen", "direct"):
        return {"not_before": ""}
    found = _DAY.search(said)
    if found is None:
        return None
    month = MONTHS.index(found[2]) + 1 if found[2] in MONTHS else int(found[2]) if found[2].isdecimal() else 0
    try:
        return {"not_before": datetime.date(int(found[3]), month, int(found[1])).isoformat()}
    except ValueError:
        return None


def _at_most(value: str) -> dict[str, Any] | None:
    said = fold(value)
    if said in ("geen", "geen grens", "zonder grens"):
        return {"at_most": None}
    found = re.findall(r"\d+", said)
    is_one = len(found) == 1 and found[0] in map(str, range(1, MOST_AT_A_TIME + 1))
    return {"at_most": int(found[0])} if is_one else None


def _meant(value: str, meanings: Mapping[Any, tuple[str, ...]]) -> list[str]:
    said = f" {fold(value)} "
    if _TURNS.search(said):
        return []
    return [str(key.value) for key, names in meanings.items() if any(f" {name} " in said for name in names)]


_READ: dict[str, Callable[[str], dict[str, Any] | None]] = {
    "soort": _one_of(AIM, _SIDES),
    "wie ben je": _one_of(KIND, FOR),
    _FOR_WHOM: lambda value: None,  # as our mails asked it until now, and as it was understood in two ways
    "gemeente": _municipality,
    "hoe": _ways,
    "hoe lang": _one_of(LENGTH, LENGTHS),
    "thema": _themes,
    "vanaf": _not_before,
    "hoeveel": _at_most,
}
