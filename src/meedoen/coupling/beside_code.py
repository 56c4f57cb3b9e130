"""What somebody asks or offers, in lines as they are mailed and answered: ``gemeente: Zeist``, ``hoe: bellen``.

The mail with the code shows a draft so, and lines below the code mend it.
"""

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from meedoen.conversation.beside_code import SHOWN_TO, without_keys
from meedoen.kernel.dutch import MONTHS, date_words, join
from meedoen.kernel.text import fold, slug
from meedoen.mail.references import Reference
from meedoen.mail.rendering import Written
from meedoen.mail.replies import Word, first_word
from meedoen.mail.replies.courtesies import without_formalities
from meedoen.mail.secret_words import secret
from meedoen.municipalities.models import Municipality
from meedoen.people.models import PendingAct
from meedoen.themes.records import THEMES

from . import words
from .rules import MOST_AT_A_TIME, For, Length, Side, Way, needs_municipality

UNCLEAR = (
    "unclear"  # in what is kept: sentences about lines that were not understood; as long as there are, nothing is sent
)
UNREAD = "unread"  # in what is kept: words below the code that say nothing of what is asked or offered
MAX_UNREAD = 1_000  # characters of them that are mailed back
MAX_SHOWN = 100  # characters of a line that was not understood
MOST_UNCLEAR = 4  # words behind a label that are not understood; with more of them the line is a sentence
_LINE = re.compile(
    r"^[\s>*-]*(soort|tekst|voor wie|gemeente|hoe lang|hoeveel|hoe|thema|vanaf)\s*:[ \t]*(.*)$", re.IGNORECASE
)
_SENTENCE_AFTER = re.compile(r"[.?!;] +\S|\b(?:want|omdat|maar|ik|jullie|wij|we)\b", re.IGNORECASE)
_TURNS = re.compile(r"\b(?:niet|geen|nooit|behalve|zonder)\b")  # *hoe: niet bellen* chooses no way
_DAY = re.compile(r"(\d{1,2}) (\d{1,2}|[a-z]+) (\d{4})")
_SIDES = {Side.ASK: ("vraag", "leren"), Side.OFFER: ("aanbod", "delen")}
_FOR = {For.DUO: ("duo",), For.MUNICIPALITY: ("gemeente",), For.RESIDENT: ("inwoner", "inwoners", "mij", "mezelf")}
_WAYS = {
    Way.CALL: ("bellen", "telefoon", "telefonisch"),
    Way.VISIT: ("bezoek", "langskomen"),
    Way.ONLINE: ("online", "beeldbellen", "digitaal"),
}
_LENGTHS = {Length.ONCE: ("een keer", "eenmalig", "1 keer"), Length.LONGER: ("langer", "langere tijd")}


def shown(act: PendingAct) -> dict[str, object]:
    """The draft as it was understood; somebody's words are mailed to who surely sent them, and nobody else."""
    told, to = act.payload, act.payload.get(SHOWN_TO)
    return {
        "told": Written(str(told.get("text", ""))) if to and to == act.email else "",
        "is_cut": bool(told.get("is_cut")),
        "rows": [_row(_("Soort"), str(words.NAMES[Side(told.get("aim") or Side.ASK)]).lower()), *rows(told)],
    }


def rows(told: Mapping[str, Any]) -> list[dict[str, str]]:
    """How it is told, each row as it can be written back in an answer."""
    number = told.get("municipality")
    place = Municipality.objects.filter(pk=number).first() if number else None
    return [
        _row(_("Voor wie"), _names(_FOR, [told["kind"]])),
        _row(_("Gemeente"), place.name if place else _("niet ingevuld")),
        _row(_("Hoe"), _names(_WAYS, told["ways"])),
        _row(_("Hoe lang"), _names(_LENGTHS, [told["length"]])),
    ]


def more_rows(told: Mapping[str, Any], side: Side) -> list[dict[str, str]]:
    """What is told beside that, of what stands already."""
    chosen = [theme.short for theme in THEMES if theme.id in (told.get("themes") or ())]
    day, count = told.get("not_before"), told.get("at_most")
    found = [
        _row(_("Thema"), join(chosen) if chosen else _("niet gekozen")),
        _row(_("Vanaf"), date_words(datetime.date.fromisoformat(str(day)), weekday=False) if day else _("nu")),
    ]
    return [*found, _row(_("Hoeveel"), str(count) if count else _("geen grens"))] if side == Side.OFFER else found


def how_to(side: Side) -> list[str]:
    """The lines that can be written, each with what stands behind it."""
    return [
        _("voor wie: inwoner, gemeente, of duo. Een duo is een ambtenaar met een inwoner."),
        _("gemeente: de naam van je gemeente"),
        _("hoe: bellen, bezoek, of online"),
        _("hoe lang: één keer, of langer"),
        _("thema: bijvoorbeeld Wonen, of Werk en Vervoer"),
        _("vanaf: een dag, zoals 1 maart 2027. Of: nu"),
        *([_("hoeveel: hoeveel mensen of gemeenten tegelijk, zoals 2. Of: geen grens")] if side == Side.OFFER else []),
        _("tekst: en daarachter je hele tekst, zoals het moet worden. Zet die regel als laatste."),
    ]


def filled(act: PendingAct, text: str) -> dict[str, Any]:
    """What lines such as ``gemeente: Zeist`` below the code change; the words after ``tekst:`` take the place of all.

    Other words there change nothing, and are named to who wrote them: the mail itself is erased.
    """
    return {**lines_in(text), UNREAD: unread(text, act.name)}


def unread(text: str, name: str) -> str:
    """What stands below a code and says nothing of what is asked or offered, cut off where it is long."""
    return left_over(text, name)[:MAX_UNREAD]


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
        label, value = said[1].lower(), said[2].strip()
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
        return _("Dit begrepen we niet: %(lines)s. Antwoord met de code, en zet het er anders onder.") % {
            "lines": "; ".join(unclear)
        }
    if needs_municipality(str(payload.get("kind", ""))) and not payload.get("municipality"):
        return _("Welke gemeente is het? Antwoord met de code, en zet eronder: gemeente: en dan de naam.")
    return ""


def _labelled(line: str) -> tuple[str, str] | None:
    """The label of such a line and what stands behind it; None for *Vanaf: volgende week ben ik er niet*."""
    found = _LINE.match(line)
    if found is None:
        return None
    label, value = found[1].lower(), found[2].strip()
    is_sentence = label != "tekst" and len(value.split()) > MOST_UNCLEAR and _READ[label](value) is None
    return None if is_sentence else (label, value)


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
    meant = _meant(value, _WAYS)
    return {"ways": meant} if meant else None


def _municipality(value: str) -> dict[str, Any] | None:
    name = re.sub(r"^gemeente ", "", fold(value))
    if name in ("geen", "niet ingevuld"):
        return {"municipality": None}
    called_so = Q(names__folded=name) | Q(slug=slug(name))
    found = Municipality.objects.current().filter(called_so).distinct().values_list("pk", flat=True)[:2]
    return {"municipality": found[0]} if len(found) == 1 else None


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


def _row(label: str, value: str) -> dict[str, str]:
    return {"label": label, "value": value}


def _meant(value: str, meanings: Mapping[Any, tuple[str, ...]]) -> list[str]:
    said = f" {fold(value)} "
    if _TURNS.search(said):
        return []
    return [str(key.value) for key, names in meanings.items() if any(f" {name} " in said for name in names)]


def _names(meanings: Mapping[Any, tuple[str, ...]], chosen: list[str]) -> str:
    """As they are typed in an answer, so that each can be written back as it is read."""
    spoken = {"een keer": _("één keer"), "langer": _("langer")}
    found = [names[0] for key, names in meanings.items() if key.value in chosen]
    return join([spoken.get(each, each) for each in found])


_READ: dict[str, Callable[[str], dict[str, Any] | None]] = {
    "soort": _one_of("aim", _SIDES),
    "voor wie": _one_of("kind", _FOR),
    "gemeente": _municipality,
    "hoe": _ways,
    "hoe lang": _one_of("length", _LENGTHS),
    "thema": _themes,
    "vanaf": _not_before,
    "hoeveel": _at_most,
}
