"""Following an article's reactions, and stopping: as a guest, signed in, and by the mail program's own button."""

import datetime
import json
import re

import pytest
from lxml import html as parser
from tests.outbox import code_in
from tests.signed_in import HERE, sign_in
from tests.starting import load_once

from meedoen.activity import actions as activity
from meedoen.activity import rules
from meedoen.activity.models import Follow, Follower, Happening, Subject, Told
from meedoen.activity.rules import Rhythm
from meedoen.conversation import actions as conversation
from meedoen.conversation.models import Thread
from meedoen.kernel import clock
from meedoen.library.models import Article
from meedoen.mail.models import OutgoingMail
from meedoen.municipalities.actions import load_register
from meedoen.people.models import Address, Person
from meedoen.people.privacy import actions as privacy


@pytest.fixture
def article(db):
    day = datetime.date(2026, 11, 20)
    return Article.objects.create(
        slug="bericht",
        title="Een bericht",
        summary="Kort.",
        body="Tekst.",
        dated_on=day,
        written_on=day,
        published_at=datetime.datetime(2026, 11, 20, 12, 0, tzinfo=datetime.UTC),
    )


@pytest.fixture
def register(db):
    """The register of municipalities."""
    load_once("register", lambda: load_register(now=clock.now()))


def text_of(response) -> str:
    return " ".join(parser.fromstring(response.content).find(".//main").text_content().split())


def follow_as_guest(client) -> Follow:
    act = client.post(
        "/nieuws/bericht/volgen/",
        {"rhythm": "meteen", "name": "Elif", "email": "elif@voorbeeld.example"},
        **HERE,
    ).url
    client.post(f"{act}versturen/", **HERE)
    code = code_in(OutgoingMail.objects.latest("pk"))
    client.post(f"{act}code/", {"code": code}, **HERE)
    return Follow.objects.get()


def test_a_guest_follows_and_hears_of_a_reaction(client, article, ans):
    followed = follow_as_guest(client)
    assert (followed.person.name, followed.rhythm) == ("Elif", "meteen")
    now = clock.now()
    Address.objects.filter(pk=ans.address_id).update(trusted_at=now)
    conversation.contribute(
        Thread.objects.get(), person=ans, text="Nieuw!", hides_name=False, score=0, looks_like_spam=False, now=now
    )
    activity.tell(now=now + datetime.timedelta(minutes=11))
    mail = OutgoingMail.objects.latest("pk")
    assert (mail.to, mail.subject) == ("elif@voorbeeld.example", "Nieuw bij: Een bericht")
    assert "Bericht 1 van Ans" in mail.text


def test_looking_makes_nothing(client, article):
    assert "Volgen" in text_of(client.get("/nieuws/bericht/volgen/"))
    assert not Thread.objects.exists()


def test_opening_the_link_does_not_stop_and_a_press_does(client, article):
    followed = follow_as_guest(client)
    stop = f"/volgen/{followed.key}/stop/"
    assert "Stoppen met volgen?" in text_of(client.get(stop))
    followed.refresh_from_db()
    assert followed.rhythm == Rhythm.EACH
    after = client.post(stop, **HERE)
    assert "Je volgt dit niet meer" in text_of(client.get(after.url))
    client.post(after.url, {"rhythm": "week"}, **HERE)
    followed.refresh_from_db()
    assert followed.rhythm == Rhythm.WEEKLY


def test_the_mail_programs_own_button_stops_without_a_page_of_ours(client, article):
    followed = follow_as_guest(client)
    client.post(f"/volgen/{followed.key}/stop/", {"List-Unsubscribe": "One-Click"})
    followed.refresh_from_db()
    assert followed.rhythm == Rhythm.NEVER


def test_who_is_signed_in_follows_by_a_press_and_sees_it(client, article, ans):
    sign_in(client)
    client.post("/nieuws/bericht/volgen/", {"rhythm": "dag"}, **HERE)
    page = text_of(client.get("/mijn/volgen/"))
    assert "Een bericht. Een keer per dag, in de ochtend." in page
    assert "Je volgt nog niets" not in page


def test_nobody_sees_what_another_follows(client, article, ans):
    follow_as_guest(client)
    sign_in(client)
    assert "Je volgt nog niets" in text_of(client.get("/mijn/volgen/"))


@pytest.mark.parametrize("rhythm", ["", "onzin"])
def test_a_wrong_choice_is_told(client, article, rhythm):
    page = client.post("/nieuws/bericht/volgen/", {"rhythm": rhythm, "name": "Elif", "email": "e@v.example"}, **HERE)
    assert "Kies hoe vaak je mail wilt." in text_of(page)


def test_a_key_that_is_not_known_opens_nothing(client, db):
    assert client.get("/volgen/onbekend/").status_code == 404
    assert client.post("/volgen/onbekend/stop/").status_code == 404


def test_who_is_gone_is_not_mailed(client, article, ans):
    followed = follow_as_guest(client)
    Person.objects.filter(pk=followed.person_id).update(banned_at=clock.now())
    assert not Follow.objects.alive().exists()


HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def theme(db):
    return Subject.objects.of("theme", "thuis", title="Wonen", url="/nieuws/?thema=thuis")


@pytest.fixture
def town(register):
    return Subject.objects.of("municipality", "GM0014", title="Groningen", url="/gemeenten/groningen/")


def happen(*to, number=1, at=None, actor=None):
    at = at or clock.now() - HOUR
    activity.record(
        *to,
        mark=f"proef-{number}",
        sentence=f"Nieuw bericht: Titel {number}",
        words="Kort gezegd.",
        url=f"/nieuws/titel-{number}/",
        actor=actor,
        now=at,
    )


def follows(person, *to, rhythm=Rhythm.DAILY):
    began = clock.now() - datetime.timedelta(days=30)
    return [activity.follow(person, each, rhythm=rhythm, now=began) for each in to]


@pytest.mark.parametrize(
    ("page", "words", "address", "title"),
    [
        ("/nieuws/?thema=thuis", "Volg het thema Wonen", "/volgen/thema/thuis/", "Thema Wonen"),
        ("/gemeenten/groningen/", "Volg de gemeente Groningen", "/volgen/gemeente/groningen/", "Gemeente Groningen"),
    ],
)
def test_a_guest_follows_from_the_page_itself_with_a_code(client, register, page, words, address, title):
    links = parser.fromstring(client.get(page).content).xpath(f"//main//a[.='{words}']/@href")
    assert links == [address]
    assert title in text_of(client.get(address))
    assert not Subject.objects.exists()  # looking makes nothing
    act = client.post(address, {"rhythm": "week", "name": "Elif", "email": "elif@voorbeeld.example"}, **HERE).url
    client.post(f"{act}versturen/", **HERE)
    code = code_in(OutgoingMail.objects.latest("pk"))
    done = client.post(f"{act}code/", {"code": code}, **HERE)
    assert title in text_of(client.get(done.url))
    assert "Je volgt nu " in text_of(client.get(act))
    assert Follow.objects.values_list("person__name", "rhythm").get() == ("Elif", "week")
    assert Follow.objects.get().subject.url == page


@pytest.mark.parametrize(
    "address", ["/volgen/thema/onzin/", "/volgen/gemeente/haaren/", "/volgen/thread/1/", "/volgen/x/y/"]
)
def test_what_is_not_there_cannot_be_followed(client, register, address):
    assert client.get(address).status_code == 404


def test_a_municipality_that_ended_is_not_offered(client, register):
    assert "Volg de gemeente" not in text_of(client.get("/gemeenten/haaren/"))


def test_who_follows_already_comes_to_where_it_can_be_changed(client, ans, theme):
    sign_in(client)
    asked = client.post("/volgen/thema/thuis/", {"rhythm": "dag"}, **HERE)
    followed = Follow.objects.get()
    assert asked.url == client.get("/volgen/thema/thuis/").url == f"/volgen/{followed.key}/"
    client.post(f"/volgen/{followed.key}/stop/", **HERE)
    assert client.get("/volgen/thema/thuis/").status_code == 200


def test_pages_say_what_who_is_signed_in_follows_already(client, ans, theme, town):
    theme_follow, town_follow = follows(ans, theme, town)
    sign_in(client)
    for page, words, followed in [
        ("/nieuws/?thema=thuis", "Je volgt het thema Wonen. Verander het, of stop", theme_follow),
        ("/gemeenten/groningen/", "Je volgt de gemeente Groningen. Verander het, of stop", town_follow),
    ]:
        links = parser.fromstring(client.get(page).content).xpath(f"//main//a[.='{words}']/@href")
        assert links == [f"/volgen/{followed.key}/"]


def test_who_follows_the_reactions_already_comes_to_where_it_can_be_changed(client, article, ans):
    sign_in(client)
    assert client.get("/nieuws/bericht/volgen/").status_code == 200
    asked = client.post("/nieuws/bericht/volgen/", {"rhythm": "dag"}, **HERE)
    assert client.get("/nieuws/bericht/volgen/").url == asked.url


def test_stopping_with_the_mail_programs_button_is_undone_with_one_press(client, article):
    followed = follow_as_guest(client)
    client.post(f"/volgen/{followed.key}/stop/", {"List-Unsubscribe": "One-Click"})
    page = client.get(f"/volgen/{followed.key}/")
    assert "Maak ongedaan" in text_of(page)
    client.post(f"/volgen/{followed.key}/terug/", **HERE)
    followed.refresh_from_db()
    assert followed.rhythm == Rhythm.EACH
    assert client.get(f"/volgen/{followed.key}/terug/").status_code == 405


def test_what_is_new_stands_in_words_with_where_and_when(client, ans, theme, town):
    follows(ans, theme, town)
    happen(theme, town, at=datetime.datetime(2026, 11, 20, 12, 0, tzinfo=datetime.UTC))
    sign_in(client)
    Follow.objects.update(created_at=datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC))
    assert "Er is 1 ding nieuw bij wat je volgt." in text_of(client.get("/mijn/"))
    page = client.get("/mijn/nieuw/")
    (link,) = parser.fromstring(page.content).xpath("//main//li/a")
    assert (link.text_content(), link.get("href")) == (
        "Nieuw bericht: Titel 1, bij het thema Wonen en de gemeente Groningen, vrijdag 20 november 2026, 13.00 uur",
        "/nieuws/titel-1/",
    )
    assert "Nieuw sinds je vorige keer" in text_of(page)
    assert "Er is niets nieuws bij wat je volgt." in text_of(client.get("/mijn/"))


def test_new_stays_new_for_one_look_and_is_earlier_at_the_next(client, ans, theme, monkeypatch):
    follows(ans, theme)
    happen(theme)
    sign_in(client)
    start = clock.now()
    for minutes, is_new in [(0, True), (20, True), (45, True), (90, False)]:
        monkeypatch.setattr(clock, "now", lambda minutes=minutes: start + datetime.timedelta(minutes=minutes))
        page = text_of(client.get("/mijn/nieuw/"))
        assert ("Nieuw sinds je vorige keer" in page, "Sinds je vorige keer is er niets nieuws." in page) == (
            is_new,
            not is_new,
        )


def test_what_stood_on_the_page_is_not_mailed_and_what_came_later_is(client, ans, theme):
    follows(ans, theme)
    happen(theme, number=1)
    happen(theme, number=2, at=clock.now())  # may still be taken back: it stands there in ten minutes
    sign_in(client)
    assert text_of(client.get("/mijn/nieuw/")).count("Nieuw bericht") == 1
    activity.tell(now=clock.now() + datetime.timedelta(days=2))
    mail = OutgoingMail.objects.latest("pk")
    assert ("Titel 1" in mail.text, "Titel 2" in mail.text) == (False, True)


def test_nobody_sees_what_is_new_for_another_nor_what_they_did_themselves(client, ans, theme):
    other = Person.objects.create(
        address=Address.objects.of("bram@voorbeeld.example"), name="Bram", joined_at=clock.now()
    )
    follows(other, theme)
    happen(theme)
    sign_in(client)
    assert "Je volgt nog niets" in text_of(client.get("/mijn/nieuw/"))
    follows(ans, theme)
    assert "Titel 1" in text_of(client.get("/mijn/nieuw/"))
    Happening.objects.update(actor=ans)
    assert "Er is nog niets nieuws" in text_of(client.get("/mijn/nieuw/"))


def test_many_are_spread_over_pages_by_key_at_the_same_cost(client, ans, theme, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(rules, "PAGE_SIZE", 2)
    follows(ans, theme)
    happen(theme, number=1, at=clock.now() - 10 * HOUR)
    sign_in(client)
    client.get("/mijn/nieuw/")
    with django_assert_num_queries(9):
        client.get("/mijn/nieuw/")
    for number in (2, 3, 4, 5):
        happen(theme, number=number, at=clock.now() - (10 - number) * HOUR)
    with django_assert_num_queries(9):
        first = client.get("/mijn/nieuw/")
    seen, page = [], first
    for _page in range(3):
        seen.append(re.findall(r"Titel (\d)", text_of(page)))
        older = parser.fromstring(page.content).xpath("//main//nav/a[@rel='next']/@href")
        page = client.get(f"/mijn/nieuw/{older[0]}") if older else page
    assert seen == [["5", "4"], ["3", "2"], ["1"]]
    (newer,) = parser.fromstring(page.content).xpath("//main//nav/a[@rel='prev']/@href")
    assert re.findall(r"Titel (\d)", text_of(client.get(f"/mijn/nieuw/{newer}"))) == ["3", "2"]
    assert "Deze plek in de lijst kennen we niet." in text_of(client.get("/mijn/nieuw/?voor=onzin"))


def test_all_that_i_follow_stands_by_kind(client, ans, theme, town, django_assert_num_queries):
    follows(ans, theme)
    sign_in(client)
    client.get("/mijn/volgen/")
    with django_assert_num_queries(5):
        client.get("/mijn/volgen/")
    follows(ans, town, Subject.objects.of("thread", "1", title="Een bericht", url="/over/"), rhythm=Rhythm.SITE)
    with django_assert_num_queries(5):
        page = client.get("/mijn/volgen/")
    headings = [each.text_content() for each in parser.fromstring(page.content).xpath("//main//h2")]
    assert headings[:3] == ["Gemeenten", "Gesprekken", "Thema’s"]
    assert "Groningen. Geen mail. Ik kijk zelf op mijn pagina. Verander" in text_of(page)


def of_all(person) -> str:
    return f"/volgen/alles/{Follower.objects.of(person).key}/"


def test_all_can_be_changed_paused_and_stopped_at_once_and_each_is_undone(client, ans, theme, town):
    follows(ans, theme, town)
    door = of_all(ans)

    def press(what, **fields):
        done = client.post(f"{door}{what}/", fields, **HERE)
        return text_of(client.get(done.url))

    assert "Bewaard. Zo vaak krijg je nu mail." in press("vaak", rhythm="week")
    assert set(Follow.objects.values_list("rhythm", flat=True)) == {"week"}
    assert "Het is weer zoals het was" in press("terug")
    assert set(Follow.objects.values_list("rhythm", flat=True)) == {"dag"}
    assert "Je krijgt geen mail tot en met" in press("pauze", weeks="2")
    assert "Je krijgt weer mail" in press("weer-mail")
    stopped = press("stop")
    assert "Je volgt nu niets meer" in stopped
    assert "Hier stopte je mee" in stopped
    assert "Maak ongedaan" in stopped
    assert "Zet terug hoe het was" in text_of(client.get(door))  # a day long, also without having just come from there
    press("terug")
    assert "Zet terug hoe het was" not in text_of(client.get(door))
    assert set(Follow.objects.values_list("rhythm", flat=True)) == {"dag"}


@pytest.mark.parametrize(
    ("what", "words"), [("vaak", "Kies hoe vaak je mail wilt."), ("pauze", "Kies hoe lang je geen mail wilt.")]
)
def test_a_choice_that_was_not_made_is_told(client, ans, theme, what, words):
    follows(ans, theme)
    page = client.post(f"{of_all(ans)}{what}/", {}, **HERE)
    assert words in text_of(page)


def test_the_door_from_a_mail_leads_who_is_signed_in_to_their_own_page(client, ans, theme):
    follows(ans, theme)
    door = of_all(ans)
    assert "Wonen" in text_of(client.get(door))
    sign_in(client)
    assert client.get(door).url == "/mijn/volgen/"
    assert client.post(f"{door}vaak/", {"rhythm": "week"}, **HERE).url == "/mijn/volgen/?klaar=vaak"


def test_opening_what_stops_all_does_nothing_and_the_mail_programs_button_does(client, ans, theme):
    follows(ans, theme)
    door = f"{of_all(ans)}stop/"
    assert "Stoppen met alles wat je volgt?" in text_of(client.get(door))
    assert Follow.objects.get().rhythm == Rhythm.DAILY
    client.post(door, {"List-Unsubscribe": "One-Click"})
    assert Follow.objects.get().rhythm == Rhythm.NEVER


@pytest.mark.parametrize("what", ["vaak", "pauze", "weer-mail", "terug"])
def test_a_form_of_another_site_changes_nothing(client, ans, theme, what):
    follows(ans, theme)
    answer = client.post(
        f"{of_all(ans)}{what}/", {"rhythm": "week", "weeks": "2"}, headers={"sec-fetch-site": "cross-site"}
    )
    assert answer.status_code == 403


def test_a_door_that_is_not_known_or_of_who_is_gone_opens_nothing(client, ans, theme):
    follows(ans, theme)
    door = of_all(ans)
    assert client.get("/volgen/alles/onbekend/").status_code == 404
    Follower.objects.all().delete()
    assert client.get(door, follow=True).status_code == 404


def test_erasing_somebody_erases_what_they_followed_and_saw(client, ans, theme):
    follows(ans, theme)
    happen(theme)
    sign_in(client)
    client.get("/mijn/nieuw/")
    assert (Follower.objects.count(), Told.objects.count()) == (1, 1)
    known = json.dumps(privacy.everything_about(ans, now=clock.now()), ensure_ascii=False)
    assert "Nieuw bericht: Titel 1" in known
    privacy.erase(ans, with_texts=True, now=clock.now())
    assert (Follow.objects.count(), Follower.objects.count(), Told.objects.count()) == (0, 0, 0)
