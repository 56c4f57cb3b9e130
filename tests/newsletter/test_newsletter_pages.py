"""The pages of the newsletter: the archive, asking for it, one's own way, and the team's desk."""

import pytest
from tests.newsletter.conftest import DAY, MADE, SENT
from tests.signed_in import HERE, newest_code, sign_in

from meedoen.activity import actions as following
from meedoen.activity.models import Follow
from meedoen.activity.rules import Rhythm
from meedoen.library.models import Article
from meedoen.mail.models import OutgoingMail
from meedoen.newsletter.actions import sending
from meedoen.newsletter.models import Choice, Letter
from meedoen.newsletter.reading import subscribed
from meedoen.people.models import PendingAct, Person
from meedoen.people.privacy.register import Erasing, holdings

pytestmark = pytest.mark.django_db

LETTER = "/nieuwsbrief/2026-12-01/"


def page(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def ways():
    """Of each who gets it: easy, plain."""
    return list(subscribed().order_by("pk").values_list("letter_choice__is_easy", "letter_choice__is_plain"))


def test_an_empty_archive_says_when_the_first_letter_may_come(client, at):
    shown = page(client, "/nieuwsbrief/")

    assert "Er is nog geen nieuwsbrief" in shown
    assert "dinsdag 8 december 2026" in shown


def test_a_letter_stands_in_the_archive_and_a_draft_does_not(client, letter, at):
    assert (LETTER in page(client, "/nieuwsbrief/"), client.get(LETTER).status_code) == (False, 404)
    at(SENT)
    sending.begin_due(now=SENT)

    assert LETTER in page(client, "/nieuwsbrief/")
    shown = page(client, LETTER)
    assert [
        shown.count(each) for each in ("<h1", "1. Een stembureau zonder drempels", "Het <strong>stembureau</strong>")
    ] == [1, 1, 1]
    assert "2. Hoe maken we een stembureau toegankelijk?" in shown


@pytest.mark.parametrize("day", ["2026-12-02", "20261201", "onzin", "2026-99-01"])
def test_a_day_without_a_letter_is_not_found(client, sent, day):
    assert client.get(f"/nieuwsbrief/{day}/").status_code == 404


def test_it_can_be_read_in_easy_language(client, sent):
    plain, easy = page(client, LETTER), page(client, f"{LETTER}?taal=makkelijk")

    assert ("Je kunt nu stemmen." in plain, "Je kunt nu stemmen." in easy) == (False, True)
    assert "Dit stuk is er nog niet in makkelijke taal." in easy


def test_what_is_gone_from_the_site_is_gone_from_the_archive(client, sent):
    before = page(client, LETTER)
    Article.objects.update(published_at=None)
    from meedoen.pages.actions import changed

    changed("news", now=SENT)
    after = page(client, LETTER)

    assert ("Een stembureau zonder drempels" in before, "Een stembureau zonder drempels" in after) == (True, False)
    assert "1 stuk uit deze nieuwsbrief staat niet meer op de site." in after
    assert "2. Hoe maken we een stembureau toegankelijk?" in after  # it keeps the number by which people answered


def test_the_feed_has_the_letters(client, sent):
    feed = client.get("/feeds/nieuwsbrief.atom")

    assert feed["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert feed.content.decode().count("<entry>") == 1
    assert "Een stembureau zonder drempels; Hoe maken we een stembureau toegankelijk?" in feed.content.decode()


def test_a_guest_gives_an_address_and_types_the_code(client, at):
    sent = client.post(
        "/nieuwsbrief/aanvragen/",
        {"email": "Elif@mail.example", "version": "makkelijk", "shape": "tekst"},
        **HERE,
    )
    act = PendingAct.objects.get()
    client.post(f"{sent.url}versturen/", **HERE)
    assert (ways(), OutgoingMail.objects.count()) == ([], 1)
    done = client.post(f"{sent.url}code/", {"code": newest_code()}, **HERE)

    assert (ways(), act.name) == ([(True, True)], "")
    assert done.status_code in (200, 302)
    assert Person.objects.get().address.email == "elif@mail.example"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"email": "", "version": "gewoon", "shape": "tekst"}, "Vul je e-mailadres in, zoals naam@voorbeeld.nl."),
        ({"email": "elif", "version": "gewoon", "shape": "tekst"}, "Dit is geen e-mailadres."),
        ({"email": "elif@mail.example", "shape": "tekst"}, "Kies welke tekst je wilt."),
        ({"email": "elif@mail.example", "version": "onzin", "shape": "tekst"}, "Kies welke tekst je wilt."),
        ({"email": "elif@mail.example", "version": "gewoon"}, "Kies hoe de mail eruit moet zien."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, given, said):
    shown = client.post("/nieuwsbrief/aanvragen/", given, **HERE).content.decode()

    assert said in shown
    assert f'value="{given["email"]}"' in shown or not given["email"]
    assert PendingAct.objects.count() == 0


def test_another_site_cannot_ask_for_it(client):
    assert client.post("/nieuwsbrief/aanvragen/", {}, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403


def test_who_is_signed_in_needs_no_address_and_finds_it_with_the_rest(client, ans):
    sign_in(client)
    assert 'name="email"' not in page(client, "/nieuwsbrief/")
    client.post("/nieuwsbrief/aanvragen/", {"version": "gewoon", "shape": "opgemaakt"}, **HERE)
    follow = Follow.objects.get()
    mine = page(client, "/mijn/volgen/")

    assert ways() == [(False, False)]
    assert ("Een keer per week, op dinsdag" in mine, f"/volgen/{follow.key}/" in mine) == (True, True)
    assert client.get(f"/volgen/{follow.key}/").url == f"/nieuwsbrief/mijn/{follow.key}/"
    assert "Je krijgt de nieuwsbrief." in page(client, "/nieuwsbrief/")


def test_a_reader_changes_how_stops_and_undoes_that(client, reader):
    follow = reader()
    own = f"/nieuwsbrief/mijn/{follow.key}/"
    client.post(own, {"version": "makkelijk", "shape": "tekst"}, **HERE)
    assert ways() == [(True, True)]
    client.get(f"/volgen/{follow.key}/stop/")
    assert ways() == [(True, True)]
    client.post(f"/volgen/{follow.key}/stop/")
    assert ways() == []
    assert "Je krijgt de nieuwsbrief niet meer" in page(client, own)
    client.post(f"/volgen/{follow.key}/terug/", **HERE)
    assert ways() == [(True, True)]


def test_who_stopped_can_begin_again(client, reader):
    follow = reader()
    following.change(follow, rhythm=Rhythm.NEVER, now=SENT)
    client.post(f"/nieuwsbrief/mijn/{follow.key}/", {"version": "gewoon", "shape": "opgemaakt"}, **HERE)

    assert ways() == [(False, False)]


def test_a_key_of_something_else_that_is_followed_opens_nothing(client, ans, now):
    from meedoen.activity.models import Subject

    subject = Subject.objects.of("theme", "werk", title="Werk", url="/nieuws/?thema=werk")
    follow = following.follow(ans, subject, rhythm=Rhythm.DAILY, now=now)

    assert client.get(f"/nieuwsbrief/mijn/{follow.key}/").status_code == 404


def test_what_we_hold_is_handed_over_and_erased(reader):
    follow = reader(is_easy=True)
    holding = next(each for each in holdings() if Choice in each.tables)

    assert holding.export(follow.person) == [{"makkelijke taal": True, "alleen platte tekst": False}]
    holding.erase(follow.person, Erasing(with_texts=True, now=SENT))
    assert Choice.objects.count() == 0


@pytest.mark.parametrize("path", ["/nieuwsbrief/", LETTER, "/feeds/nieuwsbrief.atom"])
def test_pages_ask_a_number_of_queries_that_more_letters_do_not_change(
    client, sent, news, path, django_assert_max_num_queries
):
    for number in range(1, 4):
        earlier = Letter.objects.create(
            day=sent.day - number * 7 * DAY,
            since=MADE,
            until=MADE,
            sends_at=MADE,
            state="sent",
            sent_at=SENT,
        )
        earlier.entries.create(source="news", key="1", position=0, number=1)
    with django_assert_max_num_queries(12):
        page(client, path)


# The desk --------------------------------------------------------------------------------------------------


@pytest.fixture
def carla(person):
    return person("Carla", is_team=True)


@pytest.fixture
def desk(client, carla):
    sign_in(client, "carla@mail.example")
    return client


def test_the_team_takes_out_puts_in_and_writes(desk, letter):
    here = f"/team/nieuwsbrief/{letter.pk}/"
    first = letter.entries.get(source="news")
    shown = page(desk, here)
    assert ("Haal ‘Een stembureau zonder drempels’ eruit" in shown, "dinsdag 1 december 2026, 09.00 uur" in shown) == (
        True,
        True,
    )

    out = desk.post(f"{here}{first.pk}/eruit/")
    assert (out.status_code, out.url) == (302, f"{here}?klaar=eruit#stuk-{first.pk}")
    assert "Zet ‘Een stembureau zonder drempels’ er weer in" in page(desk, f"{here}?klaar=eruit")
    desk.post(f"{here}{first.pk}/erin/")
    desk.post(f"{here}voorwoord/", {"foreword": "Een **mooie** week.\r\nEcht.", "easy_foreword": ""})
    desk.post(f"{here}{first.pk}/woorden/", {"words": "Stemmen kan nu."})
    first.refresh_from_db()
    letter.refresh_from_db()

    assert (first.is_out, first.easy_words, letter.foreword) == (False, "Stemmen kan nu.", "Een **mooie** week.\nEcht.")
    draft = desk.get(here).content.decode()
    assert ("<strong>mooie</strong>" in draft, "Verander het voorwoord" in draft) == (True, True)


def test_the_team_holds_it_lets_it_go_and_tries_it_out(desk, letter):
    here = f"/team/nieuwsbrief/{letter.pk}/"
    desk.post(f"{here}tegenhouden/")
    letter.refresh_from_db()
    assert letter.held_at == MADE
    assert "Deze nieuwsbrief wacht tot iemand hem doorlaat." in page(desk, here)
    desk.post(f"{here}doorlaten/")
    desk.post(f"{here}proef/")
    letter.refresh_from_db()

    assert letter.held_at is None
    assert OutgoingMail.objects.filter(template="mail/newsletter/letter.md", to="carla@mail.example").count() == 2


def test_a_foreword_that_is_too_long_is_said_and_kept(desk, letter):
    answer = desk.post(f"/team/nieuwsbrief/{letter.pk}/voorwoord/", {"foreword": "a" * 1501})

    assert answer.status_code == 400
    assert "Je voorwoord is te lang. Er passen 1500 tekens in." in answer.content.decode()
    assert "a" * 1501 in answer.content.decode()


def test_what_went_cannot_be_changed_and_says_so(desk, sent):
    first = sent.entries.first()
    answer = desk.post(f"/team/nieuwsbrief/{sent.pk}/{first.pk}/eruit/")

    assert answer.status_code == 409
    assert "Je kunt hem niet meer veranderen." in answer.content.decode()


def test_an_item_of_another_letter_is_not_found(desk, letter):
    first = letter.entries.first()

    assert desk.post(f"/team/nieuwsbrief/{letter.pk + 1}/{first.pk}/eruit/").status_code == 404


def test_others_do_not_come_at_the_desk(client, letter, ans):
    assert client.get("/team/nieuwsbrief/").status_code == 302
    sign_in(client)
    assert client.get("/team/nieuwsbrief/").status_code == 403
    assert client.post(f"/team/nieuwsbrief/{letter.pk}/tegenhouden/").status_code == 403


def test_the_list_tells_how_many_read_it_and_what_went(desk, sent, reader):
    reader()
    reader("bo@mail.example", is_easy=True)
    sending.spread(now=SENT)
    shown = page(desk, "/team/nieuwsbrief/")

    assert ("2 mensen krijgen de nieuwsbrief." in shown, "In makkelijke taal: 1." in shown, "2 mails." in shown) == (
        True,
    ) * 3
