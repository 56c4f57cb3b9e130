"""A letter is made of what happened in its week and can be read, once; and the team hears of it."""

from datetime import UTC, datetime

import pytest
from tests.newsletter.conftest import DAY, EASY, HOUR, MADE, SENT

from meedoen.conversation.quiet import actions as quiet
from meedoen.forum import actions as forum
from meedoen.mail.models import OutgoingMail
from meedoen.newsletter.actions import composing, sending
from meedoen.newsletter.models import Letter
from meedoen.newsletter.reading import sections_of
from meedoen.newsletter.rules import State, Why
from meedoen.newsletter.sources.telling import fitting
from meedoen.team import newsletter

pytestmark = pytest.mark.django_db


def stands(letter, *, is_easy=False):
    """What stands in it: (heading, titles)."""
    return [(each.heading, [item.title for item in each.items]) for each in sections_of(letter, is_easy=is_easy)]


def test_what_happened_stands_in_it_and_what_came_before_or_after_does_not(
    at, now, news, meeting, person, begin, answer
):
    news()
    news("oud", title="Oud nieuws", published_at=MADE - 8 * DAY)
    news("later", title="Later nieuws", published_at=MADE + HOUR)
    news("gids", title="Een gids", kind="handreiking")
    meeting()
    meeting("Al geweest", starts=MADE - HOUR)
    meeting("Gaat niet door", cancelled_at=now, cancelled_reason="De zaal is dicht.")
    ans, bram = person("Ans"), person("Bram")
    begin(ans, title="Wie heeft er een lift?")
    helped = begin(bram, title="Hoe regel je een tolk?")
    said = answer(helped, ans, "Vraag het op tijd aan.")
    forum.say_helped(said, True, now=now)

    assert stands(composing.compose(now=MADE)) == [
        ("Nieuws", ["Een stembureau zonder drempels"]),
        ("Bijeenkomsten die komen", ["Praat mee over wonen"]),
        ("Weet jij het antwoord?", ["Wie heeft er een lift?"]),
        ("Vragen met een antwoord dat hielp", ["Hoe regel je een tolk?"]),
        ("Nieuw in de kennisbank", ["Een gids"]),
    ]


def test_it_is_made_once_and_goes_the_next_morning(letter):
    assert (letter.day.isoformat(), letter.sends_at, letter.state) == ("2026-12-01", SENT, State.DRAFT)
    assert composing.compose(now=MADE + HOUR) is None
    assert Letter.objects.count() == 1


def test_the_next_letter_begins_where_this_one_ended(sent, at, news):
    news("nieuw", title="Het volgende nieuws", published_at=MADE + HOUR)
    at(MADE + 7 * DAY)

    assert stands(composing.compose(now=MADE + 7 * DAY)) == [("Nieuws", ["Het volgende nieuws"])]


def test_what_was_not_sent_is_told_by_the_next_one(letter, at):
    at(MADE + 7 * DAY)
    following = composing.compose(now=MADE + 7 * DAY)
    letter.refresh_from_db()

    assert (letter.state, letter.why) == (State.SKIPPED, Why.HELD)
    assert stands(following) == stands(letter)


def test_a_week_in_which_nothing_happened_has_no_letter_and_the_team_hears_so(at, person):
    person("Carla", is_team=True)
    newsletter.look_after(now=MADE)
    newsletter.look_after(now=MADE + HOUR)

    assert list(Letter.objects.values_list("state", "why")) == [(State.SKIPPED, Why.EMPTY)]
    assert list(OutgoingMail.objects.values_list("to", "subject")) == [
        ("carla@mail.example", "Gaat niet door: Nieuwsbrief van dinsdag 1 december 2026")
    ]


def test_the_team_hears_of_the_draft_once(at, news, person, reader):
    person("Carla", is_team=True)
    person("Ans")
    reader()
    news()
    newsletter.look_after(now=MADE)
    newsletter.look_after(now=MADE + HOUR)
    told = OutgoingMail.objects.get()

    assert (told.to, told.subject) == ("carla@mail.example", "Kijk nog even: Nieuwsbrief van dinsdag 1 december 2026")
    assert told.text.partition("Deze mail komt")[0] == (
        "Kijk nog even: Nieuwsbrief van dinsdag 1 december 2026\n\n"
        "De nieuwsbrief is gemaakt. Hij gaat vanzelf weg op dinsdag 1 december 2026, 09.00 uur. 1 mens krijgt hem.\n\n"
        "Je hoeft niets te doen. Je kunt iets eruit halen, iets anders bovenaan zetten, of er een voorwoord bij schrijven.\n\n"
        "Dit staat erin\n\n"
        "- Een stembureau zonder drempels\n\n"
        "Bekijk de nieuwsbrief:\nhttp://localhost:8000/team/nieuwsbrief/\n\n"
        "Kies of je zulke mail krijgt:\nhttp://localhost:8000/team/mail/\n\n"
    )


def test_while_the_site_is_quiet_nothing_goes(letter, person, at):
    carla = person("Carla", is_team=True)
    quiet.begin(notice="We zijn even weg.", last_day=SENT.date(), by=carla, now=MADE)
    at(SENT)
    newsletter.look_after(now=SENT)
    letter.refresh_from_db()

    assert (letter.state, letter.why) == (State.SKIPPED, Why.QUIET)
    assert OutgoingMail.objects.latest("pk").subject == "Gaat niet door: Nieuwsbrief van dinsdag 1 december 2026"


def test_what_is_gone_before_it_goes_is_not_in_it(letter, at):
    from meedoen.library.models import Article

    Article.objects.update(published_at=None)
    at(SENT)

    assert stands(sending.begin_due(now=SENT)) == [
        ("Weet jij het antwoord?", ["Hoe maken we een stembureau toegankelijk?"])
    ]


def test_the_easy_version_has_the_easy_twin_and_else_says_that_there_is_none(at, news):
    news(**EASY)
    news("zonder", title="Zonder twin", published_at=MADE - HOUR)
    items = [item for each in sections_of(composing.compose(now=MADE), is_easy=True) for item in each.items]

    assert [(item.title, item.words, item.note) for item in items] == [
        (
            "Zonder twin",
            "In de wijk kan iedereen naar binnen.",
            "Dit stuk is er nog niet in makkelijke taal. Je leest hier het kort.",
        ),
        ("Stemmen kan", "Je kunt nu stemmen.", ""),
    ]


def test_a_long_text_has_its_summary_its_beginning_and_what_the_rest_is_about(at, news):
    paragraph = "Dit is een zin over het stembureau. " * 20
    news(body=f"{paragraph}\n\n## Waarom\n\n{paragraph}\n\n## Hoe\n\n{paragraph}\n\n{paragraph}")
    item = sections_of(composing.compose(now=MADE), is_easy=False)[0].items[0]

    assert item.words == (
        f"**In de wijk kan iedereen naar binnen.**\n\n{paragraph.strip()}\n\nDe rest gaat over: ‘Waarom’ en ‘Hoe’."
    )


def test_weeks_without_letters_are_told_as_far_as_four_weeks(at, news):
    Letter.objects.create(
        day=datetime(2026, 9, 1).date(),  # noqa: DTZ001  a day
        since=datetime(2026, 8, 24, tzinfo=UTC),
        until=datetime(2026, 8, 31, tzinfo=UTC),
        sends_at=datetime(2026, 9, 1, tzinfo=UTC),
        sent_at=datetime(2026, 9, 1, tzinfo=UTC),
        state=State.SENT,
    )
    news("drie", title="Drie weken oud", published_at=MADE - 21 * DAY)
    news("vijf", title="Vijf weken oud", published_at=MADE - 35 * DAY)

    assert stands(composing.compose(now=MADE)) == [("Nieuws", ["Drie weken oud"])]


def test_a_meeting_tells_all_that_one_needs_to_come(at, meeting):
    meeting(costs="Niets.")
    item = sections_of(composing.compose(now=MADE), is_easy=False)[0].items[0]

    assert item.told.facts == (
        ("Wanneer", "donderdag 10 december 2026, 14.00 tot 16.00 uur"),
        ("Waar", "Online"),
        ("Wie organiseert dit?", "Het projectteam"),
        ("Wat kost het?", "Niets."),
        ("Vragen? Bel of mail", "Carla, carla@voorbeeld.example"),
    )
    assert item.told.ways == (
        ("Meld je aan", "/bijeenkomsten/praat-mee-over-wonen/aanmelden/"),
        ("Lees alles over deze bijeenkomst", "/bijeenkomsten/praat-mee-over-wonen/"),
    )


def test_what_a_mail_cannot_show_is_told_in_words():
    insert = {"name": "helling", "kind": "beeld", "description": "Een helling van hout.", "described": "written"}
    text = (
        "Zie [de gids](/kennisbank/) over [Engels: design for all].\n\n### Zo *ging* het\n\n[beeld: helling]\n\n"
        "[beeld: weg]\n\n> [Let op]\n> Begin op tijd.\n\n> Zei iemand."
    )

    assert fitting(text, [insert]) == (
        "Zie [de gids](http://localhost:8000/kennisbank/) over design for all.\n\n**Zo ging het**\n\n"
        "Beeld: Een helling van hout.\n\n> **Let op**\n>\n> Begin op tijd.\n\n> Zei iemand."
    )


def test_what_was_made_up_says_so_once(at, news):
    news(is_example=True)
    news("al", title="Voorbeeld: een stembureau", is_example=True, published_at=MADE - HOUR)

    assert stands(composing.compose(now=MADE)) == [
        ("Nieuws", ["Voorbeeld: een stembureau", "Voorbeeld: Een stembureau zonder drempels"])
    ]
