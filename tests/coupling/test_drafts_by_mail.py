"""A mail to ``koppel@…``: the mail with the code shows the whole draft, and lines below the code mend it."""

import pytest
from tests.incoming_mail import ANS, DOMAIN, SERVER, arrive
from tests.outbox import as_read, code_in

from meedoen.coupling.models import CouplingRequest
from meedoen.mail.models import OutgoingMail
from meedoen.people.models import PendingAct

pytestmark = pytest.mark.django_db
TO = f"koppel@{DOMAIN}"
WORDS = "Hallo,\n\nWij zoeken een gemeente met een adviesraad."


@pytest.fixture(autouse=True)
def _open(settings, themes):
    settings.MAIL_IN_DOMAIN = DOMAIN
    settings.MAIL_IN_TRUSTED = [SERVER]


def newest():
    return OutgoingMail.objects.latest("pk")


def answer(below=""):
    """Answer the newest mail with a code, with that code and lines below it; what came of it."""
    asked = OutgoingMail.objects.filter(template="mail/coupling/drafted.md").latest("pk")
    return arrive(f"{code_in(asked)}\n{below}", to=asked.reply_to)


def made():
    found = CouplingRequest.objects.get()
    return (found.side, found.kind, found.municipality and found.municipality.name, found.ways, found.length)


def test_the_mail_shows_all_that_goes_to_the_team():
    assert arrive(WORDS, to=TO, subject="Wie helpt ons?") == "coupling: drafted"
    text = newest().text
    assert "> Wij zoeken een gemeente met een adviesraad." in text
    assert "Hallo" not in text.partition("Wat moet je doen?")[0]  # its first words are what it is called
    rows = [line for line in text.splitlines() if line.startswith("- ")][:5]
    assert rows == [
        "- Soort: vraag",
        "- Voor wie: inwoner",
        "- Gemeente: niet ingevuld",
        "- Hoe: bellen, bezoek en online",
        "- Hoe lang: één keer",
    ]
    assert answer() == "act: done"
    assert made() == ("ask", "resident", None, ["call", "visit", "online"], "once")


def test_nobody_has_their_words_mailed_to_a_stranger():
    arrive(WORDS, to=TO, proof="", subject="Wie helpt ons?")
    assert "adviesraad" not in newest().text
    assert "Je tekst staat niet in deze mail." in newest().text
    assert "- Soort: vraag" in newest().text


def test_who_offers_is_understood():
    arrive("Wij hebben een adviesraad.", to=TO, subject="Aanbod")
    assert "- Soort: aanbod" in newest().text
    assert answer() == "act: done"
    assert made()[0] == "offer"


def test_lines_below_the_code_mend_it(utrecht):
    arrive(WORDS, to=TO, subject="Wie helpt ons?")
    lines = "Soort: aanbod\n- voor wie: een duo\ngemeente: Gemeente Utrecht\nhoe: alleen bellen\nhoe lang: langer\ntekst: Wij delen\nonze ervaring."
    assert answer(lines) == "act: done"
    assert made() == ("offer", "duo", "Utrecht", ["call"], "longer")
    assert CouplingRequest.objects.get().text == "Wij delen\nonze ervaring."


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("gemeente: Utrgt", "Dit begrepen we niet: gemeente: Utrgt."),
        ("soort: allebei", "Dit begrepen we niet: soort: allebei."),
        ("voor wie: gemeente of inwoner", "Dit begrepen we niet: voor wie: gemeente of inwoner."),
        ("hoe: niet bellen", "Dit begrepen we niet: hoe: niet bellen."),
        ("voor wie: niet voor inwoners, wel duo", "Dit begrepen we niet: voor wie: niet voor inwoners, wel duo."),
        ("voor wie: gemeente", "Welke gemeente is het?"),
    ],
)
def test_what_is_not_understood_is_asked_and_goes_nowhere(utrecht, line, told):
    arrive(WORDS, to=TO, subject="Wie helpt ons?")
    assert answer(line) == "not taken"
    assert not CouplingRequest.objects.exists()
    assert (newest().to, newest().reply_to.endswith(DOMAIN)) == (ANS, True)
    assert told in newest().text.replace(" \n", " ")
    assert answer("gemeente: Utrecht\nvoor wie: gemeente") == "act: done"
    assert made()[1:3] == ("municipality", "Utrecht")


def test_other_words_below_the_code_change_nothing_and_are_named():
    arrive(WORDS, to=TO, subject="Wie helpt ons?")
    assert answer("hoe: alleen bellen\nBel me niet voor tien uur.\n\nGroet,\nAns") == "act: done"
    mail = OutgoingMail.objects.get(template="mail/coupling/received.md")
    told = " ".join(as_read(mail).body.split())
    assert "We deden er niets mee, en niemand las het: ‘Bel me niet voor tien uur.’ Wil je dat" in told
    assert "tien uur" not in mail.text
    assert "tien uur" not in CouplingRequest.objects.get().text


def test_without_other_words_there_are_none_named():
    arrive(WORDS, to=TO, subject="Wie helpt ons?")
    assert answer("Groet,\nAns") == "act: done"
    assert "niemand las het" not in OutgoingMail.objects.get(template="mail/coupling/received.md").text


def test_the_subject_is_a_part_of_it_and_the_name_is_theirs():
    arrive(
        "Kunnen we bellen?", to=TO, subject="Wie heeft een ringleiding?", author=f'"Bakker, Karin (Utrecht)" <{ANS}>'
    )
    act = PendingAct.objects.get()
    assert (act.payload["text"], act.name) == ("Wie heeft een ringleiding?\n\nKunnen we bellen?", "Karin Bakker")
