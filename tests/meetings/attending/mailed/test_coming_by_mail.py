"""Answers to the mails of who comes: cancel, come back, change, take a place, ask along; and what is passed on."""

from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.core import mail as postman
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.incoming_mail import NOW, take_in
from tests.meetings.attending.mailed.conftest import PASSES, code, coming, newest, of, told, writes

from meedoen.mail import actions as mail
from meedoen.mail.incoming import actions as incoming
from meedoen.mail.incoming.models import Incoming, ReplyAddress
from meedoen.mail.models import OutgoingMail
from meedoen.meetings.attending import actions, reminding
from meedoen.meetings.attending.actions import Coming
from meedoen.meetings.attending.models import Attendee
from meedoen.meetings.attending.rules import Way

pytestmark = pytest.mark.django_db
HOUR, MINUTE, DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)
ROOM = Coming(Way.ROOM)


@pytest.fixture
def full(both, ans, person, now):
    """Ans, Bram and Dirk have the three chairs; Elif waits."""
    for name in ("Bram", "Dirk", "Elif"):
        actions.sign_up(both, person(name), ROOM, network=name, now=now)


def test_each_mail_to_who_comes_can_be_answered_and_says_how(ans, both):
    assert newest().reply_to.startswith("antwoord+")
    for line in ("afmelden: je komt niet.", "online: je doet online mee.", "nodig: je vertelt"):
        assert f"\n- {line}" in newest().text
    assert "zaal: je komt naar de zaal." not in newest().text


def test_without_mail_that_comes_in_answers_go_to_who_organises(both, person, now, settings):
    settings.MAIL_IN_DOMAIN = ""
    actions.sign_up(both, person("Ans"), ROOM, network="", now=now)
    assert newest().reply_to == "carla@voorbeeld.example"
    assert "afmelden: je komt niet." not in newest().text


@pytest.mark.parametrize(
    "words", ["afmelden", "Afmelden graag!", "Ik kom niet", "Helaas kan ik niet komen.\n\nGroet, Ans"]
)
def test_one_word_cancels_without_proof_and_its_owner_is_told(ans, words):
    assert writes(words, proof="") == "meeting: cancelled"
    assert coming() == []
    assert told() == "cancelled"
    assert "terug: je komt toch." in newest().text


@pytest.mark.parametrize(
    "words", ["Ik wil me niet afmelden", "Ik kom niet als er geen lift is", "Afmelden graag.\n\nGroet,\nAns\n\nOf kan ik ook online meedoen?"]
)  # fmt: skip
def test_what_may_mean_no_cancels_nothing_is_asked_and_is_read_by_a_person(ans, now, settings, words):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert writes(words) == "meeting: passed on"
    assert coming() == [("Ans", "zaal", 0, "placed")]
    assert "We hebben je niet afgemeld. Wil je dat wel? Antwoord dan met één woord: afmelden." in newest().text
    mail.deliver(newest("Carla").pk, now=now)
    assert words.splitlines()[-1] in postman.outbox[-1].body


def test_a_place_that_is_offered_is_not_let_go_by_a_no_with_more_below_the_name(full, now):
    writes("afmelden")
    actions.look_after(now=now + HOUR)
    said = writes("Nee\n\nGroet,\nElif\n\nOf kan ik er ook later bij komen?", "Elif", now=now + HOUR)
    assert (said, coming()[-1]) == ("meeting: passed on", ("Elif", "zaal", 0, "offered"))


@pytest.mark.parametrize("words", ["terug", "Toch wel", "ongedaan maken", "ja"])
def test_who_cancelled_comes_back_within_the_hour(ans, now, words):
    writes("afmelden")
    assert writes(words, proof="", now=now + HOUR - MINUTE) == "meeting: comes after all"
    assert coming() == [("Ans", "zaal", 0, "placed")]
    assert told() == "placed"


def test_after_the_hour_they_hear_that_they_can_sign_up_anew(ans, now):
    writes("afmelden")
    to = newest().reply_to
    actions.look_after(now=now + HOUR)
    assert writes("terug", to=to, now=now + HOUR) == "meeting: not done"
    assert "niet meer voor je vastgehouden" in newest().text


def test_cancelling_twice_is_once(ans):
    to = newest().reply_to
    writes("afmelden")
    assert writes("afmelden", to=to) == "meeting: cancelled before"
    assert OutgoingMail.objects.filter(template="mail/meetings/cancelled.md").count() == 1


def test_another_way_and_back(ans):
    assert writes("online", proof="") == "meeting: changed"
    assert coming() == [("Ans", "online", 0, "placed")]
    assert "terug: je gaat terug naar je oude plek." in newest().text
    assert writes("terug", proof="") == "meeting: changed back"
    assert coming() == [("Ans", "zaal", 0, "placed")]


def test_who_goes_online_reads_what_becomes_of_who_helps_and_how_they_come_back(ans, now):
    writes("met 2 begeleiders")
    assert writes("online") == "meeting: changed"
    assert coming() == [("Ans", "online", 0, "placed")]
    said = newest().text
    assert "Je zou 2 mensen meenemen die je helpen. Die staan er niet meer bij" in said
    assert "met plek voor wie je helpt" in said
    assert "Antwoord dan: zaal, met 2 begeleiders." in said
    assert writes("terug", now=now + HOUR - MINUTE) == "meeting: changed back"
    assert coming() == [("Ans", "zaal", 2, "placed")]
    assert "Je neemt 2 mensen mee die je helpen." in newest().text


def test_after_the_hour_who_helps_comes_back_by_the_words_that_the_mail_says(ans, now):
    writes("met 1 begeleider")
    writes("online")
    assert "Je zou 1 persoon meenemen die je helpt. Die staat er niet meer bij" in newest().text
    later = now + HOUR + MINUTE
    actions.look_after(now=later)
    assert writes("zaal, met 1 begeleider", now=later) == "meeting: changed"
    assert coming() == [("Ans", "zaal", 1, "placed")]


def test_who_is_online_hears_why_helpers_are_not_noted(ans):
    writes("online")
    assert writes("met 2 begeleiders") == "meeting: as it was"
    assert "Wie je helpt, heeft dan geen plek nodig." in newest().text
    assert "zaal, met 2 begeleiders" in newest().text.replace("\n", " ")
    assert "Er is niets veranderd." in newest().text


def test_more_than_may_come_along_is_read_by_a_person_and_offered_to_nobody(ans):
    writes("online")
    for words in ("met 50 begeleiders", "online, met 4 begeleiders"):
        assert writes(words) == "meeting: passed on"
        assert "begeleiders" not in newest().text
    assert coming() == [("Ans", "online", 0, "placed")]


def test_who_goes_online_and_names_who_helps_hears_that_they_are_not_noted(ans):
    assert writes("online, met 2 begeleiders") == "meeting: changed"
    assert coming() == [("Ans", "online", 0, "placed")]
    said = newest().text.replace("\n", " ")
    assert "Antwoord dan: zaal, met 2 begeleiders." in said
    assert "met plek voor wie je helpt" not in said  # who came alone has one place held


def test_who_waits_and_goes_online_hears_it_too(full):
    writes("met 1 begeleider", "Elif")
    assert coming()[-1] == ("Elif", "zaal", 1, "waiting")
    assert writes("online", "Elif") == "meeting: changed"
    assert coming()[-1][:3] == ("Elif", "online", 0)
    said = OutgoingMail.objects.filter(template="mail/meetings/stands.md").latest("pk").text.replace("\n", " ")
    assert "We hebben je aanmelding veranderd. Je doet online mee. Wie je helpt, heeft dan geen plek nodig." in said
    assert "Antwoord dan: zaal, met 1 begeleider." in said


def test_who_changes_reads_that_the_other_of_a_duo_keeps_their_place(ans, both, person, now):
    bram = actions.sign_up(both, person("Bram"), ROOM, network="Bram", now=now)
    Attendee.objects.filter(pk=bram.pk).update(party=Attendee.objects.get(person__name="Ans").party)
    writes("online")
    assert "Bram heeft een eigen plek. Daar verandert niets aan" in newest().text
    assert "Je komt samen met Bram" not in newest().text


def test_who_helps_comes_along_and_stays_home(ans):
    writes("met 2 begeleiders")
    assert coming() == [("Ans", "zaal", 2, "placed")]
    writes("alleen")
    assert coming() == [("Ans", "zaal", 0, "placed")]
    assert writes("Mijn tolk kan niet komen") == "meeting: passed on"  # a sentence is read by people
    assert "We hebben je niet afgemeld." in newest().text
    assert writes("zaal") == "meeting: as it was"


def test_no_place_there_keeps_the_one_they_have(both, ans, person, now):
    for name in ("Bram", "Dirk"):
        actions.sign_up(both, person(name), Coming(Way.ONLINE), network=name, now=now)
    assert writes("online") == "meeting: not done"
    assert "Online is geen plek meer vrij. Je houdt de plek die je hebt." in newest().text
    assert coming()[0] == ("Ans", "zaal", 0, "placed")


def test_an_offer_is_taken_by_yes_and_let_go_by_no(full, now):
    writes("afmelden")
    actions.look_after(now=now + HOUR)
    assert told("Elif") == "offered"
    assert "- ja: je neemt de plek." in newest("Elif").text
    assert writes("Ja graag!", "Elif", proof="", now=now + HOUR) == "meeting: took the place"
    assert coming()[-1] == ("Elif", "zaal", 0, "placed")


def test_no_to_an_offer_cancels(full, now):
    writes("afmelden")
    actions.look_after(now=now + HOUR)
    assert writes("nee", "Elif", now=now + HOUR) == "meeting: cancelled"


def test_an_offer_that_went_by_is_told_and_yes_waits_again(full, now):
    writes("afmelden")
    actions.look_after(now=now + HOUR)
    to = newest("Elif").reply_to
    until = Attendee.objects.get(person__name="Elif").party.offered_until
    assert writes("ja", "Elif", to=to, now=until) == "meeting: not done"
    assert "naar de volgende gegaan" in newest("Elif").text
    actions.look_after(now=until)
    assert writes("ja", "Elif", now=until) == "meeting: waits again"


def test_yes_to_a_place_changes_nothing(ans):
    assert writes("ja") == "meeting: told"
    assert told() == "stands"
    assert coming() == [("Ans", "zaal", 0, "placed")]


def test_somebody_is_asked_along_with_the_code_alone(ans):
    assert writes("met Bram bram@voorbeeld.example") == "meeting: code asked to invite"
    assert not OutgoingMail.objects.filter(to=of("Bram")).exists()
    assert writes(code()) == "act: done"
    assert told("Bram") == "invited"
    assert Attendee.objects.get(email=of("Bram")).party_id == ans.party_id


def test_whom_to_ask_is_asked_when_it_is_not_said(ans):
    assert writes("samen met Bram") == "meeting: whom to ask"
    assert "Vul het e-mailadres in" in newest().text


def test_somebody_elses_act_invites_nobody(ans, person, now):
    writes("met Bram bram@voorbeeld.example")
    six, to = code(), newest().reply_to
    Attendee.objects.filter(pk=ans.pk).update(person=person("Dirk"))
    assert writes(six, to=to) == "not taken"
    assert not OutgoingMail.objects.filter(to=of("Bram")).exists()


def test_a_meeting_that_is_off_or_over_changes_nothing(ans, both, now):
    both.cancelled_at, both.cancelled_reason = now, "De spreker is ziek."
    both.save()
    assert writes("online") == "meeting: over"
    assert "gaat niet door" in newest().text
    both.cancelled_at, both.cancelled_reason = None, ""
    both.save()
    assert writes("afmelden", now=both.ends_at) == "meeting: over"
    assert "voorbij" in newest().text
    assert coming() == [("Ans", "zaal", 0, "placed")]


def test_what_no_rule_understands_goes_to_who_organises_as_it_was_written(ans, now, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert (
        writes("Dag Carla,\n\nIs er een fietsenstalling?\nIk kom met de bakfiets.", subject="Re: fiets")
        == "meeting: passed on"
    )
    sent = newest("Carla")
    assert (sent.template, sent.reply_to) == ("mail/meetings/passed_on.md", of("Ans"))
    assert "fietsenstalling" not in sent.text + sent.subject + sent.html  # it may have told of a need
    mail.deliver(sent.pk, now=now)
    assert "Dag Carla,\n\nIs er een fietsenstalling?\n\nIk kom met de bakfiets." in postman.outbox[-1].body
    assert "Onderwerp: fiets" in postman.outbox[-1].body
    assert "We stuurden je mail door" in newest().text


def test_what_is_passed_on_says_when_it_is_not_sure_who_wrote_it(ans):
    writes("Is er een fietsenstalling?", proof="")
    assert "We weten niet zeker" in newest("Carla").text


def test_a_word_is_done_and_the_rest_is_passed_on(ans):
    assert writes("afmelden\n\nMag mijn zus wel komen? Zij heeft er veel over te vertellen.") == "meeting: cancelled"
    assert coming() == []
    assert told("Carla") == "passed_on"
    assert "We stuurden je mail door" in newest().text


def test_no_more_is_passed_on_than_a_talk(ans):
    to = newest().reply_to
    for number in range(5):
        assert writes(f"Is er nog iets nieuws? {number}", to=to) == "meeting: passed on"
    assert writes("En nu dan?", to=to) == "meeting: too many"
    assert "carla@voorbeeld.example" in newest().text


@pytest.mark.parametrize("words", ["Een heel verhaal. " * 400, "🚲" * 5_000, "Nog een regel\n" * 101])
def test_a_long_letter_is_not_cut(ans, words):
    assert writes(words) == "meeting: too long"
    assert not OutgoingMail.objects.filter(template="mail/meetings/passed_on.md").exists()


def test_a_stranger_with_the_address_reads_nothing_and_its_owner_is_told_once(ans):
    to = newest().reply_to
    for _time in range(2):
        assert writes("status", "Boef", to=to, proof="") == "meeting: told"
    assert not OutgoingMail.objects.filter(to=of("Boef")).exists()
    assert OutgoingMail.objects.filter(to=of("Ans"), template="mail/meetings/stands.md").count() == 1


@pytest.mark.parametrize(("words", "template"), [("status", "stands"), ("nodig", "needs_lines")])
def test_who_writes_her_name_on_many_mails_has_few_sent_and_takes_none_of_hers(ans, words, template):
    to = newest().reply_to
    for _time in range(8):
        writes(words, to=to, proof="")
    sent = OutgoingMail.objects.filter(to=of("Ans"), template=f"mail/meetings/{template}.md")
    assert sent.count() == 5
    for _time in range(7):
        writes(words, to=to)
    assert sent.count() == 12


def test_strangers_use_up_nothing_of_what_is_passed_on_for_her(ans):
    to = newest().reply_to
    for number in range(6):
        writes(f"Is er nog iets nieuws? {number}", to=to, proof="")
    assert writes("Is er een fietsenstalling?", to=to) == "meeting: passed on"


def test_who_left_is_asked_nothing(ans, now):
    to = newest().reply_to
    actions.forget(ans.person, now=now)
    assert writes("online", to=to) == "meeting: gone"


def test_an_empty_mail_is_answered(ans):
    assert writes(" ") == "empty"
    assert told() == "empty"


def test_nothing_of_any_answer_is_kept(ans):
    for words in ("afmelden", "terug", "online", "Is er een fietsenstalling?", " "):
        writes(words)
    assert {bytes(each.raw) for each in Incoming.objects.all()} == {b""}


def test_reminders_are_answered_too_in_a_fixed_number_of_queries(both, person, now):
    both.online_places = None
    both.save()
    counts = []
    for names in (("Ans",), ("Bram", "Dirk", "Elif")):
        for name in names:
            actions.sign_up(both, person(name), Coming(Way.ONLINE), network=name, now=now)
        for model in (ReplyAddress, OutgoingMail):
            model.objects.all().delete()
        Attendee.objects.update(informed_at=now)
        with CaptureQueriesContext(connection) as asked:
            reminding.remind_some(now=both.starts_at - DAY)
        counts.append(len(asked))
        assert {each.reply_to.partition("+")[0] for each in OutgoingMail.objects.all()} == {"antwoord"}
    assert counts[0] == counts[1]
    assert len({each.reply_to for each in OutgoingMail.objects.all()}) == 4
    assert writes("afmelden", "Dirk", now=both.starts_at - DAY) == "meeting: cancelled"
    assert [name for name, *_ in coming()] == ["Ans", "Bram", "Elif"]


@pytest.mark.parametrize("name", ["Annie Vink", "Kees de Boer"])
@pytest.mark.parametrize("proof", ["", PASSES])
def test_who_signs_with_another_name_is_signed_off_and_nothing_else(ans, name, proof):
    since = newest().pk
    assert writes(f"Afmelden graag\n\n{name}", proof=proof) == "meeting: cancelled"
    sent = OutgoingMail.objects.filter(pk__gt=since)
    assert [each.template.rpartition("/")[2] for each in sent] == ["cancelled.md"]


def test_what_stands_beside_it_is_passed_on_as_of_who_does_not_come(ans):
    writes("afmelden\n\nMag mijn zus wel komen? Zij heeft er veel over te vertellen.")
    assert "Ans heeft zich afgemeld voor deze bijeenkomst" in newest("Carla").text
    assert "Je hebt een plek" not in newest().text
    assert "We houden je plek vast tot" in newest().text


@pytest.mark.parametrize("words", ["Terug alsjeblieft. Ik kan toch!", "oeps ik kan toch wel komen!"])
def test_who_cancelled_comes_back_in_their_own_words(ans, words):
    writes("afmelden")
    assert writes(words, proof="") == "meeting: comes after all"
    assert coming() == [("Ans", "zaal", 0, "placed")]


def test_who_goes_back_reads_with_whom_and_nothing_of_going_back(ans, both, person, now):
    bram = actions.sign_up(both, person("Bram"), ROOM, network="Bram", now=now)
    Attendee.objects.filter(pk=bram.pk).update(party=Attendee.objects.get(person__name="Ans").party)
    writes("online")
    assert writes("terug") == "meeting: changed back"
    assert "Je komt samen met Bram" in newest().text
    assert [words for words in ("Vertel het zelf even", "terug: je gaat", "vergissing") if words in newest().text] == []


def test_what_was_so_already_and_a_question_is_told_to_be_passed_on(ans):
    assert writes("Ik kom naar de zaal. Is er een fietsenstalling?") == "meeting: passed on"
    assert "We stuurden je mail door" in newest().text
    assert "Zo stond het al." in newest().text


def by_calendar(subject, text, to):
    message = EmailMessage()
    message["Authentication-Results"] = PASSES
    message["From"], message["To"], message["Subject"] = of("Ans"), to, subject
    message["Message-ID"] = f"<{len(subject)}{len(text)}@voorbeeld.example>"
    message.set_content(text)
    message.add_alternative("BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n", subtype="calendar")
    row = take_in(message.as_bytes(), to)
    incoming.handle(row.pk, now=NOW)
    row.refresh_from_db()
    return row.outcome


@pytest.mark.parametrize(
    ("subject", "text", "came", "says"),
    [
        ("Geaccepteerd: Praat mee", "", "meeting: told", "Je agenda mailde ons dat je komt."),
        ("Accepted: Praat mee", "Ans heeft deze uitnodiging geaccepteerd.", "meeting: told", "dat je komt."),
        ("Geweigerd: Praat mee", "", "meeting: told", "We hebben je niet afgemeld."),
        ("Voorlopig: Praat mee", "", "meeting: told", "dat je misschien komt."),
        ("Geaccepteerd: Praat mee", "Kan ik er parkeren?", "meeting: passed on", "We stuurden je mail door"),
    ],
)
def test_a_press_in_a_calendar_is_read_by_nobody_and_changes_nothing(ans, subject, text, came, says):
    assert by_calendar(subject, text, newest().reply_to) == came
    assert says in newest().text
    assert coming() == [("Ans", "zaal", 0, "placed")]
    assert OutgoingMail.objects.filter(to=of("Carla")).exists() is (came == "meeting: passed on")


def test_the_mail_about_cancelling_says_until_when_one_comes_back(full):
    writes("afmelden")
    assert told() == "cancelled"
    assert "We houden je plek vast tot donderdag 3 december 2026" in newest().text
    writes("afmelden", "Elif")
    assert "houd je je beurt op de wachtlijst" in newest("Elif").text
