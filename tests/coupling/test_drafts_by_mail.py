"""A mail to ``koppel@…``: the mail with the code shows the whole draft, and lines below the code mend it."""

import pytest
from tests.incoming_mail import ANS, DOMAIN, NOW, SERVER, arrive
from tests.outbox import as_read, code_in

from meedoen.coupling.models import CouplingRequest
from meedoen.mail.models import OutgoingMail
from meedoen.people import actions as people
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


def parts_of(text):
    """What a mail with a draft says that we read, and that we filled in."""
    text = text.partition("Het komt niet op de site.")[0]
    read = text.partition("Dit vertelde je:")[2].partition("Dit vulden wij zelf in:")[0]
    filled_in = text.partition("Dit vulden wij zelf in:")[2]
    return [[line for line in part.splitlines() if line.startswith("- ")] for part in (read, filled_in)]


def made():
    found = CouplingRequest.objects.get()
    return (found.side, found.kind, found.municipality and found.municipality.name, found.ways, found.length)


def test_the_mail_shows_all_that_goes_to_the_team():
    assert arrive(WORDS, to=TO, subject="Wie helpt ons?") == "coupling: drafted"
    text = newest().text
    assert "> Wij zoeken een gemeente met een adviesraad." in text
    assert "Hallo" not in text.partition("Wat moet je doen?")[0]  # its first words are what it is called
    read, filled_in = parts_of(text)
    assert read == ["- Soort: vraag"]
    assert filled_in == [
        "- Wie ben je: inwoner",
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
    lines = "Soort: aanbod\n- wie ben je: een duo\ngemeente: Gemeente Utrecht\nhoe: alleen bellen\nhoe lang: langer\ntekst: Wij delen\nonze ervaring."
    assert answer(lines) == "act: done"
    assert made() == ("offer", "duo", "Utrecht", ["call"], "longer")
    assert CouplingRequest.objects.get().text == "Wij delen\nonze ervaring."


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("gemeente: Utrgt", "Dit begrepen we niet: gemeente: Utrgt."),
        ("soort: allebei", "Dit begrepen we niet: soort: allebei."),
        ("wie ben je: gemeente of inwoner", "Dit begrepen we niet: wie ben je: gemeente of inwoner."),
        ("hoe: niet bellen", "Dit begrepen we niet: hoe: niet bellen."),
        ("wie ben je: geen inwoner, wel duo", "Dit begrepen we niet: wie ben je: geen inwoner, wel duo."),
        ("wie ben je: gemeente", "Welke gemeente is het?"),
        ("voor wie: gemeente", "We vragen wie jij bent, niet wie je wilt helpen."),
    ],
)
def test_what_is_not_understood_is_asked_and_goes_nowhere(utrecht, line, told):
    arrive(WORDS, to=TO, subject="Wie helpt ons?")
    assert answer(line) == "not taken"
    assert not CouplingRequest.objects.exists()
    assert (newest().to, newest().reply_to.endswith(DOMAIN)) == (ANS, True)
    assert told in newest().text.replace(" \n", " ")
    assert answer("gemeente: Utrecht\nwie ben je: gemeente") == "act: done"
    assert made()[1:3] == ("municipality", "Utrecht")


def test_other_words_below_the_code_change_nothing_and_are_named():
    arrive(WORDS, to=TO, subject="Wie helpt ons?")
    assert answer("hoe: alleen bellen\nIk werk op dinsdag.\n\nGroet,\nAns") == "act: done"
    mail = OutgoingMail.objects.get(template="mail/coupling/received.md")
    told = " ".join(as_read(mail).body.split())
    assert "We deden er niets mee, en niemand las het: ‘Ik werk op dinsdag.’ Wil je dat" in told
    assert "dinsdag" not in mail.text
    assert "dinsdag" not in CouplingRequest.objects.get().text


@pytest.mark.parametrize("below", ["Groet,\nAns", "Klopt, graag!", "Nee hoor, alles goed zo."])
def test_without_other_words_there_are_none_named(below):
    arrive(WORDS, to=TO, subject="Wie helpt ons?")
    assert answer(below) == "act: done"
    assert "niemand las het" not in OutgoingMail.objects.get(template="mail/coupling/received.md").text


def test_the_subject_is_a_part_of_it_and_the_name_is_theirs():
    arrive(
        "Kunnen we bellen?", to=TO, subject="Wie heeft een ringleiding?", author=f'"Bakker, Karin (Utrecht)" <{ANS}>'
    )
    act = PendingAct.objects.get()
    assert (act.payload["text"], act.name) == ("Wie heeft een ringleiding?\n\nKunnen we bellen?", "Karin Bakker")


def test_what_is_plainly_said_is_read_and_the_rest_is_said_to_be_filled_in(utrecht):
    arrive(
        "Gemeente Utrecht wil vertellen hoe onze adviesraad werkt.\nWe komen graag langs, langer dan één keer.",
        to=TO,
        subject="Onze adviesraad",
    )
    assert parts_of(newest().text) == [
        ["- Soort: aanbod", "- Wie ben je: gemeente", "- Gemeente: Utrecht", "- Hoe: bezoek", "- Hoe lang: langer"],
        [],
    ]
    assert "vulden wij" not in newest().text
    assert answer() == "act: done"
    assert made() == ("offer", "municipality", "Utrecht", ["visit"], "longer")
    told = OutgoingMail.objects.get(template="mail/coupling/received.md").text
    assert "- Hoe: bezoek\n- Hoe lang: langer\n" in told


def test_what_somebody_does_not_want_is_not_filled_in():
    arrive("Wij zoeken een ringleiding. Ik wil niet bellen.", to=TO, subject="Een ringleiding")
    assert "- Hoe: bezoek en online" in parts_of(newest().text)[1]
    assert answer() == "act: done"
    assert made()[3] == ["visit", "online"]


@pytest.mark.parametrize(
    ("words", "asked", "line"),
    [
        ("Wij zoeken een ringleiding. Bel me niet voor tien uur.", "hoe: bellen", "hoe: online"),
        ("Wij zoeken een ringleiding, en wij bieden een lift.", "soort: vraag", "soort: aanbod"),
        ("Wij zoeken een ringleiding. Wij als gemeente willen bellen.", "gemeente: de naam", "gemeente: Utrecht"),
        ("Gemeente Utrecht zoekt testers, mag ik meedoen?", "wie ben je: inwoner", "wie ben je: inwoner"),
    ],
)
def test_what_is_not_clear_is_asked_before_anything_goes(utrecht, words, asked, line):
    arrive(words, to=TO, subject="Toegankelijk")
    part = newest().text.partition("Dit weten we niet zeker. Schrijf het onder de code:")[2]
    assert f"- {asked}" in part.partition("Het komt niet op de site.")[0]
    assert answer() == "not taken"
    assert answer(line) == "act: done"


def test_a_line_below_the_code_is_said_and_no_longer_filled_in(utrecht):
    arrive("Wij als gemeente zoeken een ringleiding.", to=TO, subject="Een ringleiding")
    answer("hoe: online")
    act = PendingAct.objects.get()
    assert {"ways", "kind", "aim"} <= set(act.payload["read"])


@pytest.mark.parametrize(
    ("below", "ways", "length"),
    [
        ("maar ik wil niet bellen", ["visit", "online"], "once"),
        ("Liever online dan bellen.", ["online"], "once"),
        ("Het mag ook vaker.", ["call", "visit", "online"], "longer"),
    ],
)
def test_plain_words_below_the_code_change_it(below, ways, length):
    arrive(WORDS, to=TO, subject="Wie helpt ons?")
    assert answer(below) == "act: done"
    assert made()[3:] == (ways, length)
    assert "niemand las het" not in OutgoingMail.objects.get(template="mail/coupling/received.md").text


@pytest.mark.parametrize(
    "below",
    [
        "Bel me niet voor tien uur.",
        "maar eerst wil ik iemand spreken",
        "Ik werk bij de gemeente Utrecht.",
        "Dat moet anders.",
        "Bellen kan, maar alleen op dinsdag.",
        "niet bellen, niet langskomen en niet online",
    ],
)
def test_words_below_the_code_that_may_change_it_are_asked_about(utrecht, below):
    arrive(WORDS, to=TO, subject="Wie helpt ons?")
    assert answer(below) == "not taken"
    assert not CouplingRequest.objects.exists()
    assert "Antwoord met" in newest().text
    assert "tien uur" not in newest().text
    assert answer("hoe: online") == "act: done"


def test_who_was_asked_about_words_below_the_code_confirms_on_the_page():
    arrive(WORDS, to=TO, subject="Wie helpt ons?")
    assert answer("Dat moet anders.") == "not taken"
    act, code = PendingAct.objects.get(), code_in(OutgoingMail.objects.get(template="mail/coupling/drafted.md"))
    assert people.confirm(act, typed=code, network="page", now=NOW).act.state == PendingAct.State.DONE
