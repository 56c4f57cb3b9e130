"""Changing by mail what one asked or offered: lines or new words become a draft, and the code lets it stand."""

from datetime import date

import pytest
from django.conf import settings as ours
from tests.incoming_mail import DOMAIN, MINUTE, SERVER, answers, arrive
from tests.outbox import as_read, code_in

from meedoen.coupling import actions
from meedoen.coupling.introducing import actions as introducing
from meedoen.coupling.models import CouplingRequest
from meedoen.coupling.rules import For, Length, Side, State, Way
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
    return say(f"{code_in(newest())}\n{below}", now)


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
        "- Wie ben je: inwoner",
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
        "Hallo,\n\nwie ben je: een duo\n- Gemeente: Utrecht\nhoe: bezoek of online\nhoe lang: langer\n"
        "thema: Zorg en welzijn, Werk\nvanaf: 1 maart 2027\nhoeveel: 3\ntekst: Wij delen\nhoe het ging."
    )
    assert say(lines, now) == "coupling: code asked to change"
    assert stands().text == "Hoe kiezen we stembureaus?"
    told = newest()
    assert "> Wij delen hoe het ging." in told.text
    for row in (
        "- Wie ben je: duo",
        "- Gemeente: Utrecht",
        "- Thema: Werk en Zorg en welzijn",
        "- Vanaf: 1 maart 2027",
    ):
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


@pytest.mark.parametrize(
    ("words", "text", "ways"),
    [
        ("Ik wil niet bellen.", "Hoe kiezen we stembureaus?", ["visit", "online"]),
        (
            "Hoe testen jullie een buurtbus? Graag alleen online.",
            "Hoe testen jullie een buurtbus? Graag alleen online.",
            ["online"],
        ),
    ],
)
def test_below_the_word_plain_words_of_how_change_that(asked, now, words, text, ways):
    asked(ways=tuple(Way))
    assert say(f"Veranderen\n\n{words}", now) == "coupling: code asked to change"
    assert confirm(now) == "act: done"
    assert (stands().text, stands().ways) == (text, ways)


def test_lines_below_the_code_mend_it_once_more(asked, now):
    asked()
    say("tekst: Hoe testen jullie een bus?", now)
    code = newest()
    assert say(f"{code_in(code)}\nhoe: fietsen", now) == "not taken"
    assert "Dit begrepen we niet: hoe: fietsen." in newest().text
    assert say(f"{code_in(code)}\nhoe: online", now, to=code.reply_to) == "act: done"
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
        ("wie ben je: gemeente", "Kies welke gemeente het is."),
        ("voor wie: gemeente", "We vragen wie jij bent, niet wie je wilt helpen."),
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
    assert say(code_in(code), now + MINUTE) == "not taken"
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
    assert say(code_in(code), now, to=code.reply_to) == "not taken"
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


def told():
    return newest().text.replace("\n", " ")


ILL = "Ik ben ziek en kan tot mei niet. Kunnen jullie me bellen?"


def test_what_a_mail_says_beside_its_lines_is_read_by_a_person(asked, now):
    asked()
    assert say(f"Beste Carla,\n\n{ILL}\nvanaf: 1 mei 2027\n\nGroet,\nAns", now) == "coupling: code asked to change"
    assert "Wat je verder schreef, leest iemand van ons team." in told()
    passed = OutgoingMail.objects.get(template="mail/incoming/help.md")
    assert (passed.to, passed.reply_to) == (ours.HELP_EMAIL, ANS)
    assert bytes(Incoming.objects.latest("pk").raw)  # it leaves with the mail to who helps, and is erased then
    assert confirm(now) == "act: done"
    assert stands().not_before == date(2027, 5, 1)


def test_what_is_not_understood_goes_with_the_sentences_beside_it(asked, now):
    asked()
    assert say(f"hoe: fietsen\n{ILL}", now) == "coupling: how to change"
    assert "Dit begrepen we niet: hoe: fietsen." in told()
    assert "Wat je verder schreef, leest iemand van ons team." in told()
    assert OutgoingMail.objects.filter(to=ours.HELP_EMAIL).count() == 1


@pytest.mark.parametrize(
    "text", ["Beste mensen,\n\nhoe: online\n\nMet vriendelijke groet,\nAns", "Hallo!\nhoe: online"]
)
def test_a_greeting_and_a_name_bother_nobody(asked, now, text):
    asked()
    assert say(text, now) == "coupling: code asked to change"
    assert "Wat je verder schreef" not in told()
    assert not OutgoingMail.objects.filter(to=ours.HELP_EMAIL).exists()


def test_a_sentence_that_begins_like_a_line_is_read_by_a_person(asked, now):
    asked()
    assert say("Vanaf: volgende week ben ik er niet.", now) == "help"
    assert not PendingAct.objects.exists()


def test_what_is_more_than_is_passed_on_in_a_day_waits_for_a_person_and_is_not_said_to_be_read(asked, now):
    asked()
    to = newest().reply_to
    for number in range(5):
        say(f"Vraag {number}: mag het ook met een tolk?", now, to=to)
    say(f"hoe: online\n{ILL}", now, to=to)
    row = Incoming.objects.latest("pk")
    assert (row.state, row.reason) == (Incoming.State.ASIDE, "more asked for help in a day than is passed on")
    assert "Wat je verder schreef" not in told()


def test_words_below_the_code_that_change_nothing_are_named(asked, now):
    asked()
    say("hoe: online", now)
    words = "Ik ben op reis. Kunnen jullie me bellen?"
    assert confirm(now, f"hoe lang: langer\n{words}") == "act: done"
    assert (stands().length, stands().text) == (Length.LONGER, "Hoe kiezen we stembureaus?")
    told = " ".join(as_read(newest()).body.split())
    assert f"We deden er niets mee, en niemand las het: ‘{words}’" in told
    assert words not in newest().text


@pytest.mark.parametrize(
    ("below", "ways", "length"),
    [
        ("maar ik wil niet bellen", ["visit", "online"], Length.ONCE),
        ("graag alleen online, en langer dan één keer", ["online"], Length.LONGER),
    ],
)
def test_plain_words_below_the_code_change_it(asked, now, below, ways, length):
    asked(ways=tuple(Way))
    say("thema: Werk", now)
    assert confirm(now, below) == "act: done"
    assert (stands().ways, stands().length) == (ways, length)
    assert "niemand las het" not in told()


@pytest.mark.parametrize("below", [ILL, "toch maar niet", "ik wil niet bellen", "Ik ben zelf inwoner van Utrecht."])
def test_words_below_the_code_that_may_change_it_are_asked_about(asked, utrecht, now, below):
    asked(kind=For.MUNICIPALITY, municipality=utrecht)
    say("thema: Werk", now)
    code = newest()
    assert say(f"{code_in(code)}\n{below}", now) == "not taken"
    assert not stands().themes.exists()
    assert "hoe: online" in told() or "Kies een of meer manieren." in told()


def test_a_strangers_words_are_not_mailed_to_who_made_it(asked, now):
    asked()
    assert say("gemeente: ga naar evil.example\nhoe: fietsen", now, proof="") == "coupling: how to change"
    assert newest().to == ANS
    assert "Dit begrepen we niet: gemeente; hoe. Er is niets veranderd." in told()
    assert "evil" not in newest().text + newest().html


@pytest.mark.parametrize("above", ["", "Hallo,\n\n"])
def test_the_word_is_no_part_of_the_new_words_and_they_replace_the_old(asked, now, above):
    asked()
    assert say(f"{above}Aanpassen graag\n\nHoe testen jullie een bus?", now) == "coupling: code asked to change"
    assert "Deze tekst komt in de plaats van je oude tekst." in told()
    assert confirm(now) == "act: done"
    assert stands().text == "Hoe testen jullie een bus?"
    assert "Dit was eerst je tekst: > Hoe kiezen we stembureaus?" in " ".join(told().split())


def test_what_keeps_its_words_does_not_say_that_they_go(asked, now):
    asked()
    say("hoe: online", now)
    assert "in de plaats" not in told()
    confirm(now)
    assert "Dit was eerst je tekst" not in told()


def test_only_the_name_below_the_word_is_no_new_text(asked, now):
    asked()
    assert say("Veranderen\n\nAns", now) == "coupling: how to change"


@pytest.mark.parametrize("state", [State.HANDLED, State.WITHDRAWN])
def test_what_the_team_ended_is_changed_with_a_person(asked, carla, now, state):
    request = asked()
    actions.end(request, state, reason="Jullie spraken elkaar.", by=carla, now=now)
    assert say("veranderen", now) == "help"
    assert newest(ours.HELP_EMAIL).reply_to == ANS


def test_who_asked_for_help_today_still_reads_why_a_person_changes_it(asked, person, carla, now):
    ask, offer = asked(), asked(Side.OFFER, who=person("Bram"), text="Wij hebben een raad.")
    to = OutgoingMail.objects.get(to=ANS).reply_to
    say("Mag het ook met een tolk?", now, to=to)
    introducing.introduce([ask, offer], reasons=(), words="Jullie passen.", by=carla, now=now)
    assert say("hoe: online", now, to=to) == "help"
    assert "We stelden al iemand aan je voor." in told()


@pytest.mark.parametrize(
    "line", ["Gemeente: niet ingevuld", "gemeente: geen", "thema: Zorg en welzijn, Werk", "vanaf: nu"]
)
def test_what_stands_already_changes_nothing_however_it_is_written(asked, now, line):
    asked(themes=("werk", "welzijn") if line.startswith("thema") else (), not_before=date(2026, 11, 1))
    assert say(line, now) == "coupling: as it was"
    assert "Zo stond het al. Er is niets veranderd." in told()


def test_a_municipality_can_be_left_out(asked, utrecht, now):
    asked(municipality=utrecht)
    say("gemeente: geen", now)
    assert "\n- Gemeente: niet ingevuld\n" in newest().text
    assert confirm(now) == "act: done"
    assert stands().municipality is None


def test_a_day_that_went_by_is_shown_as_it_is_kept(asked, now):
    asked()
    say("vanaf: 1 november 2026\nhoe: online", now)
    assert "\n- Vanaf: nu\n" in newest().text
    confirm(now)
    assert stands().not_before is None


@pytest.mark.parametrize("line", ["hoeveel: 2 of 3", "hoeveel: 0", "hoeveel: 21", "hoeveel: 1000"])
def test_how_many_is_one_number(asked, now, line):
    asked(Side.OFFER, at_most=1)
    assert say(line, now) == "coupling: how to change"
    assert f"Dit begrepen we niet: {line}." in told()


@pytest.mark.parametrize("line", ["vanaf: 1 mei 2027. Kunnen jullie me bellen?", "hoe: bellen, want ik ben ziek"])
def test_a_sentence_behind_a_line_is_read_by_a_person_too(asked, now, line):
    asked(ways=(Way.VISIT,))
    assert say(line, now) == "coupling: code asked to change"
    assert "Wat je verder schreef, leest iemand van ons team." in told()
    assert OutgoingMail.objects.filter(to=ours.HELP_EMAIL).count() == 1


@pytest.mark.parametrize(
    "line", ["hoe: bellen, op bezoek, of online.", "hoeveel: hooguit 3 mensen tegelijk, graag.", "thema: Zorg en welzijn; Werk", "vanaf: 1-5-2027."]
)  # fmt: skip
def test_an_answer_of_more_words_bothers_nobody(asked, now, line):
    asked(Side.OFFER, at_most=1, ways=(Way.VISIT,))
    assert say(line, now) == "coupling: code asked to change"
    assert not OutgoingMail.objects.filter(to=ours.HELP_EMAIL).exists()
