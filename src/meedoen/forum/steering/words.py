"""The words of what was done with a topic; nothing of titles that were changed, which may be why they were."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meedoen.forum.categories import CATEGORIES

from .models import Step
from .rules import Deed

# Each deed: the words of its link, above its page, and on its button.
DEEDS = {
    Deed.CLOSE: (gettext_lazy("Sluit het"), gettext_lazy("Onderwerp sluiten"), gettext_lazy("Sluit dit onderwerp")),
    Deed.REOPEN: (
        gettext_lazy("Open het weer"),
        gettext_lazy("Onderwerp weer openen"),
        gettext_lazy("Open dit onderwerp weer"),
    ),
    Deed.PIN: (
        gettext_lazy("Zet het bovenaan vast"),
        gettext_lazy("Onderwerp vastzetten"),
        gettext_lazy("Zet dit onderwerp vast"),
    ),
    Deed.UNPIN: (
        gettext_lazy("Maak het los"),
        gettext_lazy("Onderwerp losmaken"),
        gettext_lazy("Maak dit onderwerp los"),
    ),
    Deed.MOVE: (
        gettext_lazy("Verplaats het"),
        gettext_lazy("Onderwerp verplaatsen"),
        gettext_lazy("Verplaats dit onderwerp"),
    ),
    Deed.RENAME: (
        gettext_lazy("Verander de titel"),
        gettext_lazy("Titel veranderen"),
        gettext_lazy("Verander de titel van dit onderwerp"),
    ),
    Deed.ANNOUNCE: (
        gettext_lazy("Maak er een mededeling van"),
        gettext_lazy("Mededeling van het team"),
        gettext_lazy("Maak dit een mededeling"),
    ),
    Deed.MERGE: (
        gettext_lazy("Voeg het samen met een ander onderwerp"),
        gettext_lazy("Onderwerpen samenvoegen"),
        gettext_lazy("Voeg deze onderwerpen samen"),
    ),
    Deed.SPLIT: (
        gettext_lazy("Splits berichten af"),
        gettext_lazy("Onderwerp splitsen"),
        gettext_lazy("Maak een nieuw onderwerp van deze berichten"),
    ),
    Deed.SUMMARIZE: (
        gettext_lazy("Schrijf een samenvatting"),
        gettext_lazy("Samenvatting van het onderwerp"),
        gettext_lazy("Bewaar de samenvatting"),
    ),
}

# What each deed brings about, told before it is done.
EFFECTS = {
    Deed.CLOSE: gettext_lazy(
        "Iedereen kan het blijven lezen. Niemand kan nog antwoorden. Wie nu schrijft, houdt zijn tekst. Volgers horen het."
    ),
    Deed.REOPEN: gettext_lazy("Daarna kan iedereen weer antwoorden."),
    Deed.PIN: gettext_lazy("Het staat dan boven de andere onderwerpen van dit onderdeel."),
    Deed.UNPIN: gettext_lazy("Het staat dan weer tussen de andere onderwerpen."),
    Deed.MOVE: gettext_lazy("Het krijgt een nieuw adres. Het oude adres blijft werken. Volgers horen het."),
    Deed.RENAME: gettext_lazy(
        "Het krijgt een nieuw adres. Het oude adres blijft werken. De oude titel staat nergens meer op de site."
    ),
    Deed.ANNOUNCE: gettext_lazy("Er staat dan bij dat het een mededeling van het team is."),
    Deed.MERGE: gettext_lazy(
        "Alle berichten van dit onderwerp komen achteraan in het andere, met nieuwe nummers. Het oude adres leidt daarheen. Volgers gaan mee, en wie nu schrijft ook."
    ),
    Deed.SPLIT: gettext_lazy(
        "De berichten die je kiest, krijgen een eigen onderwerp. Hier staat dan dat ze verplaatst zijn, met een link."
    ),
    Deed.SUMMARIZE: gettext_lazy("De samenvatting staat boven de antwoorden, onder ‘In het kort’."),
}


def done(step: Step) -> str:
    """What was done, as a sentence without its point."""
    if step.is_undoing:
        return _("Teruggedraaid: %(what)s") % {"what": _lower(_did(step))}
    return _did(step)


def _did(step: Step) -> str:
    deed = Deed(step.deed)
    if deed == Deed.MOVE:
        before, after = (step.before, step.after) if not step.is_undoing else (step.after, step.before)
        return _("Verplaatst van %(old)s naar %(new)s") % {"old": _category(before), "new": _category(after)}
    if deed == Deed.MERGE:
        return _(
            "Samengevoegd met een ander onderwerp, waar bericht %(first)s tot en met %(last)s vandaan komt"
        ) % _span(step)
    if deed == Deed.SPLIT and "from" in _values(step):
        return _("Afgesplitst van een ander onderwerp")
    if deed == Deed.SPLIT:
        count = _values(step).get("count", 0)
        words = ngettext(
            "Gesplitst: %(count)s bericht kreeg een eigen onderwerp",
            "Gesplitst: %(count)s berichten kregen een eigen onderwerp",
            count,
        )
        return words % {"count": count}
    if deed == Deed.SUMMARIZE and not _values(step).get("summary"):
        return _("De samenvatting is weggehaald")
    return {
        Deed.CLOSE: _("Gesloten"),
        Deed.REOPEN: _("Weer geopend"),
        Deed.PIN: _("Vastgezet"),
        Deed.UNPIN: _("Losgemaakt"),
        Deed.RENAME: _("De titel is veranderd"),
        Deed.ANNOUNCE: _("Er is een mededeling van gemaakt"),
        Deed.SUMMARIZE: _("Er is een samenvatting geschreven"),
    }[deed]


def _values(step: Step) -> dict[str, Any]:
    values: dict[str, Any] = step.after or step.before
    return values


def _span(step: Step) -> dict[str, Any]:
    values = _values(step)
    return {"first": values.get("first", ""), "last": values.get("last", "")}


def _category(values: dict[str, str]) -> str:
    found = CATEGORIES.get(values.get("category", ""))
    return str(found.name) if found else _("een ander onderdeel")


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def told(step: Step, title: str) -> str:
    """What followers read of it."""
    return capfirst(_("%(what)s door het team: %(title)s") % {"what": done(step), "title": title})
