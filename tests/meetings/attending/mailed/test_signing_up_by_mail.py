"""Signing up from a mailbox: the list, the lines, one word, the code; and what is refused."""

from datetime import timedelta

import pytest
from tests.incoming_mail import DOMAIN
from tests.meetings.attending.mailed.conftest import PASSES, code, coming, newest, of, told, writes
from tests.outbox import code_in

from meedoen.mail.incoming.models import Incoming, ReplyAddress
from meedoen.mail.models import OutgoingMail
from meedoen.meetings.attending import actions
from meedoen.meetings.attending.actions import Coming
from meedoen.meetings.attending.models import Attendee
from meedoen.meetings.attending.needs import Needs, needs_of
from meedoen.meetings.attending.rules import Way
from meedoen.meetings.rules import Need
from meedoen.people.models import PendingAct

pytestmark = pytest.mark.django_db
LIST = f"bijeenkomst@{DOMAIN}"
DAY = timedelta(days=1)


@pytest.fixture
def lines(both):
    """The mail with the lines to sign up with, mailed to Elif, whom nobody knows."""
    writes(str(both.pk), "Elif", to=LIST)
    return newest("Elif")


def test_a_mail_to_the_address_brings_the_list_with_numbers(both, meeting, now):
    meeting("Vorige keer", begins=now - DAY)
    meeting("Nog geheim", published_at=None)
    assert writes("Welke bijeenkomsten zijn er?", "Elif", to=LIST, subject="Vraag") == "meetings: listed"
    assert f"Nummer {both.pk}: Praat mee" in newest("Elif").text
    assert "Vorige keer" not in newest("Elif").text
    assert "Nog geheim" not in newest("Elif").text


def test_a_number_brings_the_lines_of_that_meeting(both):
    writes("", "Elif", to=LIST, subject="Welke zijn er?")
    assert writes(str(both.pk), "Elif") == "meetings: told"
    text = newest("Elif").text
    for line in (
        "- Naam:",
        "- Hoe kom je (zaal of online):",
        "- Met wie (naam en e-mailadres):",
        "- Begeleiders (hoeveel):",
    ):
        assert f"\n{line}\n" in text


def test_a_number_in_the_subject_is_enough(both):
    assert writes("", "Elif", to=LIST, subject=str(both.pk)) == "meetings: told"
    assert told("Elif") == "sign_up_lines"


def test_an_unknown_number_brings_the_list_and_says_so(both):
    assert writes("99999", "Elif", to=LIST) == "meetings: listed"
    assert "nummer 99999 kennen we niet" in newest("Elif").text


def test_who_is_new_signs_up_with_one_word_and_a_code(lines):
    assert writes("online", "Elif") == "meetings: code asked"
    assert coming() == []
    assert "Je doet online mee." in newest("Elif").text
    assert writes(code("Elif"), "Elif") == "act: done"
    assert coming() == [("Elif", "online", 0, "placed")]
    assert told("Elif") == "placed"


@pytest.mark.parametrize("quote", ["> ", ""])
def test_lines_filled_in_inside_the_quote_count(lines, quote):
    filled = (
        lines.text.replace("Naam:", "Naam: Elif Demir")
        .replace("(zaal of online):", "(zaal of online): zaal")
        .replace("(hoeveel):", "(hoeveel): 1")
    )
    head = "Graag!\n\nOp do 3 dec. 2026 om 14:00 schreef Iedereen doet mee! <noreply@voorbeeld.example>:\n"
    writes(head + "\n".join(quote + line for line in filled.splitlines()), "Elif")
    writes(code("Elif"), "Elif")
    assert coming() == [("Elif Demir", "zaal", 1, "placed")]


def test_how_one_comes_may_be_said_beside_the_code(lines):
    assert writes("Ik kom graag", "Elif") == "meetings: code asked"
    assert "zaal of online" in newest("Elif").text
    to, six = newest("Elif").reply_to, code("Elif")
    assert writes(six, "Elif", to=to) == "not taken"
    assert coming() == []
    assert writes(f"{six}\nonline", "Elif", to=to) == "act: done"
    assert coming() == [("Elif", "online", 0, "placed")]


@pytest.mark.parametrize(
    ("below", "way", "companions", "mailed", "to_carla"),
    [
        ("zaal\nIk heb een gebarentolk nodig", "zaal", 0, "needs_code", []),
        ("zaal, met 2 begeleiders", "zaal", 2, "placed", []),
        ("online, dank je wel", "online", 0, "placed", []),
        ("zaal\nFijne dag!\nGroeten, Anja", "zaal", 0, "placed", []),
        ("zaal\nKan ik er parkeren?", "zaal", 0, "stands", ["passed_on"]),
        ("zaal\nMet Bram bram@voorbeeld.example", "zaal", 0, "stands", ["passed_on"]),
    ],
)
def test_what_else_stands_below_the_code_is_done_or_read_by_a_person(lines, below, way, companions, mailed, to_carla):
    writes("Ik kom graag", "Elif")
    assert writes(f"{code('Elif')}\n{below}", "Elif") == "act: done"
    assert coming() == [("Elif", way, companions, "placed")]
    assert told("Elif") == mailed
    assert [each.template.rpartition("/")[2][:-3] for each in OutgoingMail.objects.filter(to=of("Carla"))] == to_carla
    assert OutgoingMail.objects.filter(to=of("Elif"), template="mail/meetings/placed.md").count() == 1


def test_what_stands_below_the_code_of_an_invitation_is_heard_too(lines):
    writes("zaal\nmet Bram bram@voorbeeld.example", "Elif")
    writes(code("Elif"), "Elif")
    assert writes(f"Ja, {code('Bram')}\nIk heb een schrijftolk nodig", "Bram") == "act: done"
    assert told("Bram") == "needs_code"


def test_the_subject_of_a_code_says_what_it_is_for_and_names_no_need(lines):
    writes("online", "Elif")
    assert newest("Elif").subject.endswith("is je code: je aanmelding voor Praat mee")
    writes(code("Elif"), "Elif")
    writes("Ik heb een schrijftolk nodig", "Elif")
    assert newest("Elif").subject.endswith("is je code voor je aanmelding")


def test_who_is_known_and_surely_sent_it_is_signed_up_at_once(both, person):
    person("Ans")
    writes(str(both.pk), to=LIST)
    assert writes("zaal") == "meetings: signed up"
    assert coming() == [("Ans", "zaal", 0, "placed")]
    assert told() == "placed"
    assert "afmelden: je komt niet." in newest().text
    assert writes("zaal", to=OutgoingMail.objects.get(template="mail/meetings/sign_up_lines.md").reply_to) == "meetings: signed up before"  # fmt: skip
    assert told() == "stands"


@pytest.mark.parametrize("words", ["zaal", "Naam: Annie\nHoe kom je: zaal", "zaal\nmet Bram bram@voorbeeld.example", "zaal\nIk neem ook taart mee voor iedereen"])  # fmt: skip
def test_anything_less_sure_asks_the_code(both, person, words):
    person("Ans")
    writes(str(both.pk), to=LIST)
    proof = "" if words == "zaal" else writes.__kwdefaults__["proof"]
    assert writes(words, proof=proof) == "meetings: code asked"
    assert coming() == []


def test_the_mail_with_the_code_repeats_nothing_that_was_typed(lines):
    writes("Naam: Zwenkwiek\nHoe: zaal\nMet wie: Wallebroek w@voorbeeld.example\nHet is feest", "Elif", proof="")
    text = newest("Elif").text
    assert [word for word in ("Zwenkwiek", "Wallebroek", "w@", "feest") if word in text] == []
    assert "Je vraagt iemand mee" in text
    assert "iets wat we niet begrepen" in text


def test_a_duo_by_mail_and_the_other_says_yes_by_mail(lines):
    writes("Naam: Elif\nHoe kom je: zaal\nMet wie: Bram (bram@voorbeeld.example)", "Elif")
    writes(code("Elif"), "Elif")
    assert coming() == [("Elif", "zaal", 0, "placed")]
    assert told("Bram") == "invited"
    assert writes("Ja!", "Bram") == "act: no code"
    invitation = OutgoingMail.objects.get(template="mail/meetings/invited.md")
    assert writes(f"Ja, {code_in(invitation)}", "Bram", to=invitation.reply_to) == "act: done"
    assert [name for name, *_ in coming()] == ["Elif", "Bram"]
    assert told("Elif") == "partner"


def test_the_other_says_no_by_one_word_and_yes_after_all_by_the_code(lines, now):
    writes("Hoe kom je: zaal\nMet wie: Bram (bram@voorbeeld.example)", "Elif")
    writes(code("Elif"), "Elif")
    six, to = code("Bram"), newest("Bram").reply_to
    assert writes("Nee, bedankt", "Bram", to=to) == "act: nee"
    assert Attendee.objects.get(email=of("Bram")).cancelled_at is not None
    assert writes(six, "Bram", to=to, now=now + timedelta(minutes=30)) == "act: done"
    assert [name for name, *_ in coming()] == ["Elif", "Bram"]


def test_an_address_without_a_name_is_asked_for_kindly(lines):
    assert writes("zaal\nmet bram@voorbeeld.example", "Elif") == "meetings: not taken"
    assert "Vul in hoe wie met je meekomt heet" in newest("Elif").text
    assert "- Met wie (naam en e-mailadres):" in newest("Elif").text


def test_a_full_meeting_offers_the_waiting_list_the_same_way(both, person, now):
    for name in ("Ans", "Bram", "Dirk"):
        actions.sign_up(both, person(name), Coming(Way.ROOM), network=name, now=now)
    writes(str(both.pk), "Elif", to=LIST)
    assert "In de zaal is alles bezet" in newest("Elif").text
    writes("zaal", "Elif")
    writes(code("Elif"), "Elif")
    assert coming()[-1] == ("Elif", "zaal", 0, "waiting")
    assert told("Elif") == "waiting"


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"sign_up_closes_at": -DAY}, "Aanmelden kan niet meer"),
        ({"cancelled_at": -DAY, "cancelled_reason": "De spreker is ziek."}, "gaat niet door"),
        ({"ends_at": -DAY, "starts_at": -2 * DAY}, "voorbij"),
    ],
)
def test_a_meeting_that_is_closed_off_or_over_says_so(both, lines, now, fields, says):
    for name, value in fields.items():
        setattr(both, name, now + value if isinstance(value, timedelta) else value)
    both.save()
    assert writes("online", "Elif", to=lines.reply_to) == "meetings: closed"
    assert says in newest("Elif").text
    assert "- Naam:" not in newest("Elif").text
    assert PendingAct.objects.count() == 0


def test_a_way_that_the_meeting_has_not_is_refused(meeting):
    online = meeting("Alleen online")
    writes(str(online.pk), "Elif", to=LIST)
    assert writes("zaal", "Elif") == "meetings: not taken"
    assert "Kies een andere manier" in newest("Elif").text


def test_what_is_not_understood_is_answered_with_the_lines(lines):
    assert writes("Is er een lift in het gebouw?", "Elif") == "meetings: told"
    assert "We begrepen je mail niet. Er is nog niets gebeurd." in newest("Elif").text
    assert "carla@voorbeeld.example" in newest("Elif").text


def test_a_stranger_in_somebodys_name_is_answered_once_a_day_of_each(both):
    writes("", "Ans", to=LIST, proof="")
    writes("", "Ans", to=LIST, proof="")
    assert OutgoingMail.objects.filter(to=of("Ans")).count() == 1


def test_nothing_of_what_was_mailed_is_kept(lines):
    writes("Ik kom naar de zaal. Ik heb een rolstoel.", "Elif")
    assert {bytes(each.raw) for each in Incoming.objects.all()} == {b""}
    assert [
        each.owner for each in ReplyAddress.objects.all() if "@" in each.owner and each.purpose != "people.act"
    ] == []


def test_the_page_of_a_meeting_says_its_number_and_where_to_mail_it(client, both, at):
    page = client.get(both.get_absolute_url()).content.decode()
    assert f"Stuur het nummer {both.pk} naar:" in page
    assert f'href="mailto:{LIST}?subject={both.pk}"' in page


def test_the_page_says_nothing_of_it_where_no_mail_comes_in(client, both, at, settings):
    settings.MAIL_IN_DOMAIN = ""
    assert "Stuur het nummer" not in client.get(both.get_absolute_url()).content.decode()


def test_who_follows_meetings_signs_up_by_answering_the_notice(both, person, carla, now):
    from meedoen.activity import actions as activity
    from meedoen.activity import subjects
    from meedoen.activity.models import Follow
    from meedoen.activity.rules import Rhythm
    from meedoen.meetings.organising.actions import changing

    activity.follow(person("Ans"), subjects.find("meetings", "alle"), rhythm=Rhythm.EACH, now=now - DAY)
    changing.announce(both, by=carla, at=now)
    assert activity.tell(now=now + timedelta(minutes=12)) == 1
    notice = newest()
    assert notice.template == "mail/meetings/news.md"
    assert f"Nummer {both.pk}. Aanmelden per mail: stuur dit nummer naar {LIST}." in notice.text
    assert writes(f"{both.pk} zaal", now=now + timedelta(minutes=20)) == "meetings: signed up"
    assert writes("stop", to=notice.reply_to, proof="") == "follow: nooit"
    assert Follow.objects.get().rhythm == Rhythm.NEVER


NEED = "Ik ben doof en heb een gebarentolk nodig"


@pytest.mark.parametrize("proof", ["", PASSES])
@pytest.mark.parametrize("words", [f"Ik kom graag naar de zaal. {NEED}", f"Ik kom graag naar de zaal.\r\n{NEED}\r\n"])
def test_a_need_in_the_mail_by_which_who_is_new_signs_up_is_sealed_and_asked_about(both, proof, words):
    writes(str(both.pk), "Elif", to=LIST, proof=proof)
    assert writes(words, "Elif", proof=proof) == "meetings: code asked"
    assert "gebarentolk" not in repr(PendingAct.objects.get().payload)
    assert "Je schreef ook wat je nodig hebt om mee te doen." in newest("Elif").text
    assert "iets wat we niet begrepen" not in newest("Elif").text
    assert writes(code("Elif"), "Elif", proof=proof) == "act: done"
    assert coming() == [("Elif", "zaal", 0, "placed")]
    asked = OutgoingMail.objects.get(template="mail/meetings/needs_code.md")
    assert ("Wat je zelf schreef" in asked.text) is (proof == "")  # a code does not tell who wrote it
    assert writes(code_in(asked), "Elif", to=asked.reply_to, proof=proof) == "act: done"
    assert needs_of(Attendee.objects.get()) == Needs((Need.SIGN_LANGUAGE,), NEED)
    assert not OutgoingMail.objects.filter(to=of("Carla")).exists()


@pytest.mark.parametrize("words", ["zaal met Joop joop@voorbeeld.example", "Ik kom. Is er een fietsenstalling?"])
def test_the_form_answered_in_a_sentence_brings_a_code_where_no_sender_is_trusted(both, words):
    writes(str(both.pk), "Elif", to=LIST, proof="")
    assert writes(words, "Elif", proof="") == "meetings: code asked"
    assert told("Elif") == "sign_up_code"


def test_who_is_not_understood_reads_so_though_the_form_was_mailed_that_day(both):
    writes(str(both.pk), "Elif", to=LIST, proof="")
    assert writes("Wat is dit?", "Elif", proof="") == "meetings: told"
    assert "We begrepen je mail niet." in newest("Elif").text
    assert "de bijeenkomst waar je over mailde" in newest("Elif").text


@pytest.mark.parametrize(
    ("below", "came"),
    [("Ik kom toch niet", "act: in doubt"), ("afmelden graag", "not taken"), ("Helaas ben ik verhinderd", "not taken")],
)
def test_who_says_below_the_code_that_they_do_not_come_gets_no_place(lines, below, came):
    writes("zaal", "Elif")
    to, six = newest("Elif").reply_to, code("Elif")
    assert writes(f"{six}\n{below}", "Elif", to=to, proof="") == came
    assert coming() == []
    assert writes(six, "Elif", to=to, proof="") == "act: done"


def test_who_is_asked_along_and_says_so_below_the_code_does_not_come_either(lines):
    writes("zaal\nmet Bram bram@voorbeeld.example", "Elif")
    writes(code("Elif"), "Elif")
    assert writes(f"{code('Bram')}\nIk ben helaas verhinderd", "Bram", proof="") == "not taken"
    assert [name for name, *_ in coming()] == ["Elif"]


@pytest.mark.parametrize(
    "below", ["Ik ben blind en neem mijn geleidehond mee, is er water?", "Is er een gebarentolk?", "Mijn tolk komt ook"]
)
def test_what_tells_of_health_below_the_code_is_sealed_and_mailed_to_nobody(lines, below):
    writes("zaal", "Elif", proof="")
    assert writes(f"{code('Elif')}\n{below}", "Elif", proof="") == "act: done"
    assert told("Elif") == "needs_code"
    assert not OutgoingMail.objects.filter(to=of("Carla")).exists()


def test_what_is_passed_on_from_below_a_code_says_that_a_code_was_typed(lines):
    writes("zaal", "Elif", proof="")
    writes(f"{code('Elif')}\nKan ik er parkeren?", "Elif", proof="")
    assert "In de mail stond de code die we naar dit adres mailden." in newest("Carla").text
    assert "mailserver" not in newest("Carla").text


def test_who_is_asked_along_reads_by_whom_unless_it_could_be_a_message(both):
    for name, shown in (("Elif Demir", "Elif Demir meldde zich"), ("Win 500 euro op prijs nu", "Iemand meldde zich")):
        writes(str(both.pk), "Elif", to=LIST)
        Attendee.objects.all().delete()
        writes(f"Naam: {name}\nHoe kom je: zaal\nMet wie: Bram bram@voorbeeld.example", "Elif")
        writes(code("Elif"), "Elif")
        assert shown in newest("Bram").text


def test_who_says_yes_after_the_first_cancelled_is_told_so(lines):
    writes("Hoe kom je: zaal\nMet wie: Bram (bram@voorbeeld.example)", "Elif")
    writes(code("Elif"), "Elif")
    writes("afmelden", "Elif")
    invitation = OutgoingMail.objects.get(template="mail/meetings/invited.md")
    writes(f"Ja, {code_in(invitation)}", "Bram", to=invitation.reply_to)
    assert newest("Bram").subject == "Elif komt niet: Praat mee"


def test_an_address_that_is_missing_is_asked_for_in_words_that_fit_a_mail(lines):
    assert writes("zaal\nsamen met Bram", "Elif") == "meetings: not taken"
    assert "Kom je alleen? Laat ‘Met wie’ dan leeg." in newest("Elif").text
