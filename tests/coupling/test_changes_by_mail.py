"""Changing by mail what one asked or offered: lines or new words become a draft, and the code lets it stand."""

from datetime import date

import pytest
from django.conf import settings as ours
from tests.incoming_mail import DOMAIN, MINUTE, SERVER, answers, arrive

from meedoen.coupling import actions
from meedoen.coupling.introducing import actions as introducing
from meedoen.coupling.models import CouplingRequest
from meedoen.coupling.rules import For, Length, Side, Way
from meedoen.mail.incoming.models import Incoming
from meedoen.mail.models import OutgoingMail
from meedoen.people.models import PendingAct

pytestmark = pytest.mark.django_db
ANS = "ans@voorbeeld.example"
SURE = f"{SERVER}; dmarc=pass header.from=voorbeeld.example"


@pytest.fixture(autouse=True)
def _open(settings):
    settings.MAIL_IN_DOMAIN = DOMAIN
    settings.MAIL_IN_TRUSTED = [SERVER]


def newest(to=ANS):
    return OutgoingMail.objects.filter(to=to).latest("pk")


def say(words, now, *, to=None, author=ANS, proof=SURE):
    return arrive(words, to=to or newest().reply_to, author=author, proof=proof, now=now)


def confirm(now, below=""):
    return say(f"{newest().subject[:6]}\n{below}", now)


def stands():
    return CouplingRequest.objects.get()


def test_the_mail_that_it_came_says_how_and_the_word_brings_the_lines(asked, now):
    asked(Side.OFFER, at_most=2)
    assert "Veranderen: antwoord op deze mail met het woord: veranderen." in newest().text
    assert say("Veranderen, graag.", now) == "coupling: how to change"
    told = newest()
    assert told.subject == "Zo verander je je aanbod"
    rows = [line for line in told.text.splitlines() if line.startswith("- ")][:7]
    assert rows == [
        "- Voor wie: inwoner",
        "- Gemeente: niet ingevuld",
        "- Hoe: bellen",
        "- Hoe lang: één keer",
        "- Thema: niet gekozen",
        "- Vanaf: nu",
        "- Hoeveel: 2",
    ]
    assert "> Hoe kiezen we stembureaus?" in told.text


def test_lines_become_a_draft_and_the_code_changes_it(asked, utrecht, now):
    asked(Side.OFFER, at_most=2)
    lines = (
        "Hallo,\n\nvoor wie: een duo\n- Gemeente: Utrecht\nhoe: bezoek of online\nhoe lang: langer\n"
        "thema: Zorg en welzijn, Werk\nvanaf: 1 maart 2027\nhoeveel: 3\ntekst: Wij delen\nhoe het ging."
    )
    assert say(lines, now) == "coupling: code asked to change"
    assert stands().text == "Hoe kiezen we stembureaus?"
    told = newest()
    assert "> Wij delen hoe het ging." in told.text
    for row in ("- Voor wie: duo", "- Gemeente: Utrecht", "- Thema: Werk en Zorg en welzijn", "- Vanaf: 1 maart 2027"):
        assert f"\n{row}\n" in told.text
    assert confirm(now) == "act: done"
    found = stands()
    assert (found.kind, found.municipality, found.ways, found.length) == (For.DUO, utrecht, ["visit", "online"], Length.LONGER)  # fmt: skip
    assert (found.text, found.not_before, found.at_most) == ("Wij delen\nhoe het ging.", date(2027, 3, 1), 3)
    assert {theme.short for theme in found.themes.all()} == {"Werk", "Zorg en welzijn"}
    assert newest().subject == "Je aanbod is veranderd"
    assert "- Hoeveel: 3" in newest().text
    assert say("stop", now) == "coupling: stopped"


def test_below_the_word_stand_new_words(asked, now):
    asked()
    assert say("Veranderen\n\nHoe testen jullie een buurtbus?\n\n-- \nAns", now) == "coupling: code asked to change"
    assert confirm(now) == "act: done"
    assert stands().text == "Hoe testen jullie een buurtbus?"


def test_lines_below_the_code_mend_it_once_more(asked, now):
    asked()
    say("tekst: Hoe testen jullie een bus?", now)
    code = newest()
    assert say(f"{code.subject[:6]}\nhoe: fietsen", now) == "not taken"
    assert "Dit begrepen we niet: hoe: fietsen." in newest().text
    assert say(f"{code.subject[:6]}\nhoe: online", now, to=code.reply_to) == "act: done"
    assert (stands().text, stands().ways) == ("Hoe testen jullie een bus?", [Way.ONLINE])


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("gemeente: Utrgt", "Dit begrepen we niet: gemeente: Utrgt. Er is niets veranderd."),
        ("thema: Wonen en raketten", "Dit begrepen we niet: thema: Wonen en raketten."),
        ("vanaf: 31 februari 2027", "Dit begrepen we niet: vanaf: 31 februari 2027."),
        ("vanaf: 1-1-2031", "Deze dag is verder dan twee jaar weg."),
        ("hoeveel: 3", "Dit begrepen we niet: hoeveel: dat zeg je alleen bij een aanbod."),
        ("soort: aanbod", "Dit begrepen we niet: soort: stop dit, en mail ons opnieuw wat je vraagt of aanbiedt."),
        ("voor wie: gemeente", "Kies welke gemeente het is."),
        ("hoe: bellen", "Zo stond het al. Er is niets veranderd."),
    ],
)
def test_what_changes_nothing_is_told_with_how_it_is_written(asked, now, line, why):
    asked()
    assert say(line, now) in ("coupling: how to change", "coupling: as it was")
    assert why in newest().text.replace("\n", " ")
    assert "Zo staat het nu" in newest().text
    assert not PendingAct.objects.exists()


def test_nobody_changes_it_for_another_or_has_their_words_mailed_to_who_made_it(asked, now):
    asked()
    to = newest().reply_to
    assert say("tekst: Koop hier.", now, author="boef@elders.example", proof="") == "help"
    assert not PendingAct.objects.exists()
    assert say("tekst: Koop hier.", now, to=to, proof="") == "coupling: code asked to change"
    assert (newest().to, "Koop" in newest().text) == (ANS, False)
    assert "Je nieuwe tekst staat niet in deze mail." in newest().text
    assert stands().text == "Hoe kiezen we stembureaus?"


def test_no_leaves_it_as_it_was(asked, now):
    asked()
    say("hoe: online", now)
    assert say("nee", now) == "act: discarded"
    assert stands().ways == [Way.CALL]


def test_what_changed_meanwhile_is_not_overwritten(asked, answers, now):
    request = asked()
    say("hoe: online", now)
    actions.change(request, answers(text="Iets anders?"), seen=stands().mark, now=now + MINUTE)
    code = newest()
    assert say(code.subject[:6], now + MINUTE) == "not taken"
    assert "Dit veranderde intussen op een andere plek." in newest().text
    assert say("veranderen", now + MINUTE, to=code.reply_to) == "act: wijzigen"
    assert "> Iets anders?" in newest().text
    assert say("hoe: online", now + MINUTE) == "coupling: code asked to change"
    assert confirm(now + MINUTE) == "act: done"
    assert (stands().text, stands().ways) == ("Iets anders?", [Way.ONLINE])


def test_what_was_proposed_to_somebody_is_changed_by_a_person(asked, person, carla, now):
    ask, offer = asked(), asked(Side.OFFER, who=person("Bram"), text="Wij hebben een raad.")
    to = OutgoingMail.objects.get(to=ANS).reply_to
    introducing.introduce([ask, offer], reasons=(), words="Jullie passen.", by=carla, now=now)
    assert say("hoe: online", now, to=to) == "help"
    assert newest(ours.HELP_EMAIL).reply_to == ANS
    assert "We stelden al iemand aan je voor." in newest().text
    assert newest().subject == "Je mail is bij ons"


def test_what_was_proposed_after_the_code_was_asked_stays(asked, person, carla, now):
    ask, offer = asked(), asked(Side.OFFER, who=person("Bram"), text="Wij hebben een raad.")
    say("hoe: online", now)
    code = newest()
    introducing.introduce([ask, offer], reasons=(), words="Jullie passen.", by=carla, now=now)
    assert say(code.subject[:6], now, to=code.reply_to) == "not taken"
    assert "We stelden intussen iemand aan je voor." in newest().text
    assert CouplingRequest.objects.get(pk=ask.pk).ways == [Way.CALL]


def test_what_was_stopped_is_put_back_first(asked, now):
    request = asked()
    actions.withdraw(request, now=now)
    assert say("hoe: online", now) == "not taken"
    assert "Antwoord eerst: ongedaan maken." in newest().text


def test_who_asks_often_how_is_not_answered_without_end(asked, now):
    asked()
    to = newest().reply_to
    for _time in range(8):
        say("veranderen", now, to=to)
    assert answers().count(("change_lines.md", ANS)) == 5


def test_the_mail_that_changed_it_is_erased(asked, now):
    asked()
    say("tekst: Hoe testen jullie een bus?", now)
    assert bytes(Incoming.objects.latest("pk").raw) == b""
