"""What those whom it concerns read about a decision: plain words for each ground, concern, deed and manner."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .models import Decision, Objection
from .rules import Concern, Deed, Found, Ground

# A ground as the writer reads it; the lines of /spelregels/.
GROUNDS = {
    Ground.UNKIND: _("Schelden, dreigen of iemand belachelijk maken mag niet."),
    Ground.DISCRIMINATION: _("Je mag niemand slechter behandelen om wie die is."),
    Ground.PERSONAL_DATA: _("Je mag geen gegevens van een ander delen."),
    Ground.ADVERTISING: _("Reclame maken mag niet, en steeds hetzelfde sturen ook niet."),
    Ground.SOMEBODY_ELSES: _("Je mag niets plaatsen wat van een ander is, als die dat niet goed vindt."),
    Ground.UNLAWFUL: _("Het mag niet volgens de wet."),
    Ground.UNCLEAR: _("Er is nog iets niet duidelijk. Of er staat nog niet bij wat er op een foto staat."),
}
# What somebody who reports can choose from; danger first, the law apart from our own rules.
CONCERNS = {
    Concern.DANGER: _("Iemand is in gevaar, of dreigt een ander iets aan te doen"),
    Concern.UNKIND: _("Er wordt gescholden, gedreigd of iemand wordt belachelijk gemaakt"),
    Concern.DISCRIMINATION: _("Iemand wordt slechter behandeld om wie die is"),
    Concern.PERSONAL_DATA: _("Er staan gegevens van iemand in, zoals een telefoonnummer of adres"),
    Concern.ADVERTISING: _("Het is reclame, of steeds hetzelfde"),
    Concern.SOMEBODY_ELSES: _("Het is van iemand anders, en die vindt dit niet goed"),
    Concern.UNLAWFUL: _("Het mag niet volgens de wet"),
    Concern.OTHER: _("Er is iets anders mis, of er klopt iets niet"),
}
# What happened, as the person it happened to reads it.
HAPPENED = {
    Deed.APPROVE: _("Je bericht staat op de site"),
    Deed.RESTORE: _("Je bericht staat weer op de site"),
    Deed.KEEP: _("Je bericht blijft zoals het is"),
    Deed.HIDE: _("Je bericht is tijdelijk niet te zien"),
    Deed.ASK: _("Verander je bericht, dan kan het erop"),
    Deed.REMOVE: _("Je bericht staat niet op de site"),
    Deed.WARN: _("Een waarschuwing van het projectteam"),
    Deed.PAUSE: _("Je kunt tijdelijk niet schrijven"),
    Deed.BAN: _("Je kunt hier niet meer schrijven"),
    Deed.LIFT: _("Je kunt weer schrijven"),
    Deed.ANSWER: _("We keken naar je melding"),
}
# What became of a report, as its reporter reads it; hiding for now answers nobody yet.
OUTCOMES = {
    Deed.APPROVE: _("Het bericht staat op de site. Volgens ons is het niet tegen de regels."),
    Deed.KEEP: _("We laten het bericht zoals het is. Volgens ons is het niet tegen de regels."),
    Deed.RESTORE: _("Het bericht staat weer op de site. Volgens ons is het niet tegen de regels."),
    Deed.ASK: _("Het bericht staat niet meer op de site. We vroegen de schrijver om het te veranderen."),
    Deed.REMOVE: _("We haalden het bericht weg."),
    Deed.ANSWER: _("We keken naar wat je meldde."),
}
# How it came to the decision.
FOUND = {
    Found.FIRST: _("We lazen je bericht omdat het je eerste was. Elk eerste bericht lezen we."),
    Found.REPORT: _("Iemand meldde je bericht. Wie dat was, zeggen we niet."),
    Found.SCORED: _("De computer hield je bericht tegen, omdat het op reclame lijkt. Daarom lazen we het eerst."),
    Found.TEAM: _("Iemand van ons team zag het."),
    Found.COUNTED: _("Meer mensen meldden je bericht. Wie dat waren, zeggen we niet."),
    Found.OBJECTION: _("Iemand maakte bezwaar. Daarom keek een ander van ons team opnieuw."),
}
NO_MORE_THERE = _("Het bericht stond al niet meer op de site. Daarom deden we verder niets.")
UPHELD = _("Je krijgt gelijk. We draaiden het besluit terug.")
UPHELD_ONLY = _("Je krijgt gelijk. Er was niets meer om terug te draaien.")
STAYS = _("Het besluit blijft zoals het was.")
BY_HUMAN = _("Een mens van ons team besloot dit. Er besloot geen computer mee.")
BY_HUMAN_IN_THE_END = _("Een mens van ons team besloot dit.")  # after a program held it
BY_COUNT = _(
    "De computer verborg je bericht. Geen mens keek er al naar. Het is tijdelijk: een mens van ons team leest het zo snel mogelijk."
)
# What the team reads after a decision of theirs.
DONE = {
    Deed.APPROVE: _("Dit bericht staat nu op de site"),
    Deed.KEEP: _("Dit bericht blijft zoals het is"),
    Deed.HIDE: _("Dit bericht is nu verborgen"),
    Deed.ASK: _("De schrijver is gevraagd om het bericht te veranderen"),
    Deed.REMOVE: _("Dit bericht is weggehaald"),
    Deed.RESTORE: _("Dit bericht staat weer op de site"),
    Deed.WARN: _("De waarschuwing is verstuurd"),
    Deed.PAUSE: _("Deze schrijver kan tijdelijk niet schrijven"),
    Deed.BAN: _("Deze schrijver kan niet meer schrijven"),
    Deed.LIFT: _("Deze schrijver kan weer schrijven"),
    Deed.ANSWER: _("De melding is beantwoord"),
}
# What a year's figures call each deed.
COUNTED = {
    Deed.APPROVE: _("Op de site gezet"),
    Deed.KEEP: _("Gemeld, en gelaten zoals het was"),
    Deed.HIDE: _("Tijdelijk verborgen"),
    Deed.ASK: _("Gevraagd om te veranderen"),
    Deed.REMOVE: _("Weggehaald"),
    Deed.RESTORE: _("Teruggezet"),
    Deed.WARN: _("Schrijver gewaarschuwd"),
    Deed.PAUSE: _("Schrijver tijdelijk gestopt"),
    Deed.BAN: _("Schrijver uitgesloten"),
    Deed.LIFT: _("Schrijver weer toegelaten"),
    Deed.ANSWER: _("Melding over een pagina beantwoord"),
}


def by_whom(decision: Decision) -> str | Promise:
    """Whether a human decided, and whether a program had a part in it (DSA art. 17(3)(c))."""
    if decision.is_automatic:
        return BY_COUNT
    return BY_HUMAN_IN_THE_END if decision.found == Found.SCORED else BY_HUMAN


def why(decision: Decision) -> str:
    """On what it rests, as a sentence: a rule, or what is not clear yet, which accuses nobody; empty for neither."""
    if not decision.ground:
        return ""
    ground = Ground(decision.ground)
    return (
        str(GROUNDS[ground])
        if ground == Ground.UNCLEAR
        else gettext("De regel is: %(rule)s") % {"rule": GROUNDS[ground]}
    )


def outcome(decision: Decision) -> str | Promise:
    """What became of a report, as its reporter reads it."""
    deed = Deed(decision.deed)
    return NO_MORE_THERE if deed == Deed.KEEP and not decision.mark else OUTCOMES[deed]


def settled(objection: Objection) -> str | Promise:
    """What became of an objection, as who objected reads it."""
    if not objection.is_upheld:
        return STAYS
    return UPHELD if objection.was_turned else UPHELD_ONLY
