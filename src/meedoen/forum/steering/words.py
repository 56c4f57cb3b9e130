"""The words of what was done with a topic; nothing of titles that were changed, which may be why they were."""

from typing import Any

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


# What each deed is called once it is done; as the first sentence of its line.
DONE = {
    Deed.CLOSE: gettext_lazy("Het team sloot dit onderwerp"),
    Deed.REOPEN: gettext_lazy("Het team opende dit onderwerp weer"),
    Deed.PIN: gettext_lazy("Het team zette dit onderwerp bovenaan vast"),
    Deed.UNPIN: gettext_lazy("Het team maakte dit onderwerp los"),
    Deed.RENAME: gettext_lazy("Het team veranderde de titel"),
    Deed.ANNOUNCE: gettext_lazy("Het team maakte hier een mededeling van"),
    Deed.MERGE: gettext_lazy("Het team voegde hier een ander onderwerp bij"),
    Deed.SPLIT: gettext_lazy("Het team maakte dit los van een ander onderwerp"),
    Deed.SUMMARIZE: gettext_lazy("Het team schreef een samenvatting"),
}

# The same, of the step that takes it back.
UNDONE = {
    Deed.CLOSE: gettext_lazy("Het team draaide het sluiten terug"),
    Deed.REOPEN: gettext_lazy("Het team draaide het openen terug"),
    Deed.PIN: gettext_lazy("Het team draaide het vastzetten terug"),
    Deed.UNPIN: gettext_lazy("Het team draaide het losmaken terug"),
    Deed.MOVE: gettext_lazy("Het team zette dit terug waar het stond"),
    Deed.RENAME: gettext_lazy("Het team zette de oude titel terug"),
    Deed.ANNOUNCE: gettext_lazy("Het team draaide terug dat dit een mededeling is"),
    Deed.MERGE: gettext_lazy("Het team haalde de onderwerpen weer uit elkaar"),
    Deed.SPLIT: gettext_lazy("Het team zette de berichten hier terug"),
    Deed.SUMMARIZE: gettext_lazy("Het team draaide de samenvatting terug"),
}


def done(step: Step) -> str:
    """What was done, as a sentence without its point."""
    deed = Deed(step.deed)
    if step.is_undoing:
        return str(UNDONE[deed])
    values = _values(step)
    if deed == Deed.MOVE:
        names = {"old": _category(step.before), "new": _category(step.after)}
        return _("Het team verplaatste dit van %(old)s naar %(new)s") % names
    if deed == Deed.SPLIT and "from" not in values:
        count = values.get("count", 0)
        words = ngettext(
            "Het team gaf %(count)s bericht een eigen onderwerp",
            "Het team gaf %(count)s berichten een eigen onderwerp",
            count,
        )
        return words % {"count": count}
    if deed == Deed.SUMMARIZE and not values.get("summary"):
        return _("Het team haalde de samenvatting weg")
    return str(DONE[deed])


def further(step: Step) -> str:
    """What more has to be known of it, as a sentence; nothing for most."""
    if step.deed != Deed.MERGE or step.is_undoing:
        return ""
    first, last = step.after.get("first"), step.after.get("last")
    if first == last:
        return _("Bericht %(number)s komt daarvandaan.") % {"number": first}
    return _("Bericht %(first)s tot en met %(last)s komen daarvandaan.") % {"first": first, "last": last}


def _values(step: Step) -> dict[str, Any]:
    values: dict[str, Any] = step.after or step.before
    return values


def _category(values: dict[str, str]) -> str:
    found = CATEGORIES.get(values.get("category", ""))
    return str(found.name) if found else _("een ander onderdeel")


def told(step: Step, title: str) -> str:
    """What followers read of it."""
    return _("%(what)s: %(title)s") % {"what": done(step), "title": title}
