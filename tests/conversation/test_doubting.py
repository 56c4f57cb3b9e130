"""Which words of a mail may be meant for us alone, and which are for everybody."""

import pytest

from meedoen.conversation.doubting import Meant, asked, is_doubtful, meant_in


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Stop met mailen naar mijn moeder", Meant.STOP),
        ("Ik wil echt heel graag met alles stoppen", Meant.STOP),
        ("Ik krijg veel te veel! Geen e-mails meer, graag.", Meant.STOP),
        ("Schrijf mij daar maar uit", Meant.STOP),
        ("Hoe kan ik me afmelden?", Meant.STOP),
        ("Krijg ik de mail liever wekelijks?", Meant.OFTEN),
        ("Doe mij maar per week", Meant.OFTEN),
        ("Haal mijn naam weg", Meant.AWAY),
        ("Bericht 3 is reclame", Meant.REPORT),
        ("Kunt u mijn bericht verwijderen", Meant.AWAY),
        ("Help, ik snap het niet", Meant.HELP),
        ("Beste mensen,\n\nik begrijp dit echt niet\n\nGroetjes", Meant.HELP),
        ("Vertrouwelijk: kunnen jullie mij bellen", Meant.TEAM),
        ("Niet voor publicatie: ik heb MS", Meant.TEAM),
        ("Niet voor publicatie. " + "Ik vertel jullie hoe het met mij gaat. " * 20, Meant.TEAM),
        ("Ik wil Piet melden, hij scheldt mij elke dag uit", Meant.REPORT),
        ("Ik wil Piet aangeven want hij liegt", Meant.REPORT),
        ("Graag het hele verhaal van bericht 3 weghalen", Meant.REPORT),
        ("Hierbij een melding: hij scheldt", Meant.REPORT),
        ("Melden hij scheldt", Meant.REPORT),
        ("Hallo, ik wil graag stoppen.", Meant.STOP),
        ("Wij willen stoppen met meedoen", Meant.STOP),
        ("Ik stop ermee.", Meant.STOP),
        ("Hoe kan ik stoppen?", Meant.STOP),
        ("Hoe stop ik hiermee?", Meant.STOP),
        ("Ik wil mijn naam eraf", Meant.AWAY),
        ("Graag uitschrijven", Meant.STOP),
        ("Kunnen jullie mijn moeder afmelden?", Meant.STOP),
        ("Wij willen niet meer zoveel mail", Meant.STOP),
        ("Stuur mij de mail wekelijks", Meant.OFTEN),
        ("Ik wil dat jullie mij wekelijks de nieuwsbrief sturen", Meant.OFTEN),
        ("Wis mij", Meant.ERASE),
        ("Haal me van de site", Meant.ERASE),
        ("Kunt u mij helemaal verwijderen?", Meant.ERASE),
        ("Mag mijn profielfoto weg? Kun je mijn profielfoto verwijderen?", Meant.AWAY),
        ("Ik wil melden dat hij scheldt", Meant.REPORT),
        ("Ik wil graag melden dat bericht 3 reclame is", Meant.REPORT),
        ("Kun je me even bellen?", Meant.TEAM),
        ("Willen jullie mij morgen terugbellen", Meant.TEAM),
        ("Niet op de site graag: ik heb MS", Meant.TEAM),
        ("Ik wil dit niet op de site", Meant.TEAM),
        ("Dit is niet openbaar", Meant.TEAM),
        ("Wekelijks is voldoende", Meant.OFTEN),
        ("Eén keer per week is wel genoeg hoor", Meant.OFTEN),
        ("Doe maar eens per maand", Meant.OFTEN),
        ("Elke dag vind ik echt te vaak hoor, liever een keer per week", Meant.OFTEN),
        ("Ik wil alleen antwoorden aan mij krijgen", Meant.OFTEN),
        ("Graag alleen reacties op mijn vraag", Meant.OFTEN),
        ("Ik wil alleen mail als iemand mij noemt", Meant.OFTEN),
        ("Alleen als iemand op mij reageert", Meant.OFTEN),
        ("Ja", Meant.BARE),
        ("Hallo,\n\nNee, bedankt.\n\nGroetjes", Meant.BARE),
        ("Ja graag!", Meant.BARE),
        ("Nu niet", Meant.BARE),
        ("Kan iemand van jullie mij bellen? Ik wil graag vertrouwelijk praten over een medewerker", Meant.TEAM),
        ("Ik zou graag door iemand gebeld worden over hoe het gaat in de groep waar ik bij hoor", Meant.TEAM),
        ("Kan ik hier met iemand over praten?", Meant.TEAM),
        ("Mag ik dit met jullie onder vier ogen bespreken? Het gaat over mijn begeleider van de gemeente.", Meant.TEAM),
        ("Willen jullie contact met mij opnemen?", Meant.TEAM),
        ("haal me nummer weg aub", Meant.AWAY),
        ("Verwijder m'n achternaam", Meant.AWAY),
        ("Verwijder al mijn persoonsgegevens", Meant.ERASE),
        ("Niet op de site. " + "Ik vertel jullie hoe het met mij gaat. " * 20, Meant.TEAM),
    ],
)
def test_a_short_mail_that_asks_something_of_us_is_doubtful(text, meant):
    assert meant_in(text)[0] == meant
    assert is_doubtful(text)
    assert asked(text, tells_words=False).startswith("Let op:")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Bij ons hielp een rustig uur.",
        "De bus stopt hier niet meer.",
        "Bij ons is er wekelijks een inloopuur voor iedereen.",
        "Meld dit bij de gemeente, die lost het op.",
        "Bij ons kun je het melden: bel 14 024.",
        "Ik wil graag aangeven dat de lift stuk is.",
        "Ik las antwoord 3 en ben het ermee eens.",
        "Dat helpt ons ook.",
        "Wij hebben geen mail gekregen over de bijeenkomst.",
        "Wij gebruiken wekelijks de buurtbus, en dat gaat graag en goed.",
        "Bij ons staat een reclamebord op de stoep.",
        "Wij vragen mensen bij de ingang of ze hulp willen. Wie niet wil stoppen voor een praatje, loopt door.",
        "De gemeente stuurt mensen eerst een brief en daarna een mail. Wie geen mail meer wil, kan bellen. Dat werkt bij ons al jaren goed.",
        "We verwijderen elk jaar de drempels in mijn straat. Dat doen we samen met de mensen die er wonen, en met de aannemer.",
        "> Ik wil stoppen\n\nDat snap ik goed.",
        "Wij willen niet stoppen met het project.",
        "Mijn bericht is weg.",
        "Wij willen stoppen met plastic bekers.",
        "Wij zouden daar nooit mee willen stoppen.",
        "Ik vind dat ze moeten stoppen met bouwen.",
        "Je kunt je bij het loket afmelden.",
        "Bij ons kun je je bij het loket afmelden.",
        "Ik haal mijn kinderen op in de buurt.",
        "Verwijder drempels in mijn straat.",
        "Wij kunnen niet meer zonder mail.",
        "Wij sturen wekelijks een nieuwsbrief.",
        "Elke week sturen we een mail.",
        "De gemeente stuurt elke week een mail.",
        "Kun je me het document mailen?",
        "Dat staat niet op de site van de gemeente.",
        "Dit staat niet op de site.",
        "Die vergadering is niet openbaar.",
        "Ik wil graag melden dat onze raad begint.",
        "Ja, dat doen wij ook.",
        "Nee, bij ons mag dat niet.",
        "Dat doen wij wekelijks.",
        "Bij ons is het een keer per week open.",
        "Ons panel komt elke maand bij elkaar.",
        "De bus rijdt hier maar een keer per dag.",
        "Alleen Zwolle gaf antwoord op mijn vraag.",
        "Ik kreeg alleen een reactie op mijn brief van de wethouder.",
        "Wij bellen elke week alle mensen uit het panel op.",
        "Neem gerust contact met ons op, we vertellen er graag meer over.",
        "Bij het loket kan iedereen vertrouwelijk praten over een medewerker van de gemeente, ook zonder afspraak.",
        "Wij willen dat mensen in vertrouwen kunnen vertellen wat er misging, en dat er iemand naar luistert.",
        "Wie niet kan mailen, kan gebeld worden door een vrijwilliger. Dat werkt bij ons al twee jaar goed.",
        "In ons dorp weet je wie je kunt bellen.",
        "Bedankt voor de tip!",
        "Wij hebben de namen van de straten weggehaald van de kaart.",
        "Prima idee, dat gaan wij ook proberen.",
        "Later kwam er bij ons een panel.",
    ],
)
def test_what_tells_something_is_for_everybody(text):
    assert meant_in(text) == []
    assert not is_doubtful(text)
    assert asked(text, tells_words=True) == ""


def test_somebodys_data_is_named_only_where_words_may_be():
    text = "Wij doen dat ook. Bel mijn buurvrouw: 06-12345678."
    assert is_doubtful(text)
    assert "06-12345678" in asked(text, tells_words=True)
    told = asked(text, tells_words=False)
    assert ("06-12345678" in told, "In je tekst staat een telefoonnummer. Iedereen kan dat straks lezen." in told) == (
        False,
        True,
    )


@pytest.mark.parametrize("text", ["Stop met mailen", "Wekelijks is voldoende"])
def test_a_word_is_said_to_be_heard_only_where_it_is(text):
    assert "Antwoord dan op een andere mail van ons, met alleen het woord:" in asked(text, tells_words=False)
    assert "Antwoord dan op deze mail, met alleen het woord:" in asked(text, tells_words=False, takes_words=True)


def test_each_kind_of_data_is_named_once_and_without_its_words():
    text = "Bel 06-12345678 of 06-87654321, mail ans@thuis.example, rekening NL91 ABNA 0417 1643 00."
    told = asked(text, tells_words=False)
    assert [told.count(each) for each in ("een telefoonnummer", "een e-mailadres", "een rekeningnummer")] == [1, 1, 1]
    assert not any(each in told for each in ("0612", "06-1", "thuis", "NL91"))
