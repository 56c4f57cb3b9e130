"""Of who mailed about coupling: what the mail with the code shows of the draft, and how lines below the code mend it."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from meedoen.conversation.beside_code import SHOWN_TO, without_keys
from meedoen.kernel.dutch import join
from meedoen.kernel.text import fold, slug
from meedoen.mail.rendering import Written
from meedoen.municipalities.models import Municipality
from meedoen.people.models import PendingAct

from . import words
from .rules import For, Length, Side, Way, needs_municipality

UNCLEAR = (
    "unclear"  # in what is kept: sentences about lines that were not understood; as long as there are, nothing is sent
)
MAX_SHOWN = 100  # characters of a line that was not understood
_LINE = re.compile(r"^[\s>*-]*(soort|tekst|voor wie|gemeente|hoe lang|hoe)\s*:[ \t]*(.*)$", re.IGNORECASE)
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
    place = Municipality.objects.filter(pk=told.get("municipality")).first() if told.get("municipality") else None
    return {
        "told": Written(str(told.get("text", ""))) if to and to == act.email else "",
        "is_cut": bool(told.get("is_cut")),
        "rows": [
            {"label": _("Soort"), "value": str(words.NAMES[Side(told.get("aim") or Side.ASK)]).lower()},
            {"label": _("Voor wie"), "value": _names(_FOR, [told["kind"]])},
            {"label": _("Gemeente"), "value": place.name if place else _("niet ingevuld")},
            {"label": _("Hoe"), "value": _names(_WAYS, told["ways"])},
            {"label": _("Hoe lang"), "value": _names(_LENGTHS, [told["length"]])},
        ],
    }


def filled(act: PendingAct, text: str) -> dict[str, Any]:
    """What lines such as ``gemeente: Zeist`` below the code change; the words after ``tekst:`` take the place of all."""
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


def problem_of(payload: Mapping[str, Any]) -> str:
    """Why a draft that came by mail cannot go to the team yet, and what to answer; empty when it can."""
    if unclear := payload.get(UNCLEAR):
        return _("Dit begrepen we niet: %(lines)s. Antwoord met de code, en zet het er anders onder.") % {
            "lines": "; ".join(unclear)
        }
    if needs_municipality(str(payload.get("kind", ""))) and not payload.get("municipality"):
        return _("Welke gemeente is het? Antwoord met de code, en zet eronder: gemeente: en dan de naam.")
    return ""


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
    called_so = Q(names__folded=name) | Q(slug=slug(name))
    found = Municipality.objects.current().filter(called_so).distinct().values_list("pk", flat=True)[:2]
    return {"municipality": found[0]} if len(found) == 1 else None


def _meant(value: str, meanings: Mapping[Any, tuple[str, ...]]) -> list[str]:
    said = f" {fold(value)} "
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
}
