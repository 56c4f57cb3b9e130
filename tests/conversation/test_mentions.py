"""Letting somebody know by choosing them: who is offered, what is shown, who hears of it when, and what leaks nowhere."""

import re

import pytest
from django.test import Client
from lxml import html as parser
from tests.conversation.conftest import DAY, HOUR, MINUTE, NOW, approve, decide
from tests.conversation.test_pages import article, code_mailed, text_of
from tests.forum.conftest import begin
from tests.signed_in import sign_in

from meedoen.activity import actions as activity
from meedoen.activity.models import Follow, Happening, Subject
from meedoen.activity.rules import Rhythm
from meedoen.conversation import actions, quotes, rules
from meedoen.conversation.mentions import notes
from meedoen.conversation.models import Contribution, Mention, Thread
from meedoen.conversation.moderation.rules import Deed, Ground
from meedoen.conversation.reading import offered, show
from meedoen.conversation.rules import State
from meedoen.forum.models import Topic
from meedoen.forum.rules import Kind
from meedoen.forum.steering import actions as steering
from meedoen.forum.steering import rules as steering_rules
from meedoen.kernel import clock
from meedoen.mail.models import OutgoingMail
from meedoen.people.models import PendingAct, Person
from meedoen.people.privacy import actions as privacy

__all__ = ["article", "begin"]
pytestmark = pytest.mark.django_db

HERE = {"headers": {"sec-fetch-site": "same-origin"}}
GUEST = {"text": "Weet jij dit?", "name": "Elif", "email": "elif@voorbeeld.example"}


@pytest.fixture
def say(thread):
    """A function that writes in the thread, for those who wrote what is given."""

    def add(by, *to, now=NOW, text="Kijk eens.", thread=thread, **more):
        usual = {"hides_name": False, "score": 0, "looks_like_spam": False}
        ids = [each.pk if isinstance(each, Contribution) else each for each in to]
        return actions.contribute(thread, person=by, text=text, mentioned=ids, now=now, **{**usual, **more})

    return add


@pytest.fixture
def cast(person, say):
    """Bram, and what he wrote; Fatima, and what she wrote; and Ans, who writes now."""
    bram, fatima = person("Bram", role="ambtenaar"), person("Fatima")
    return bram, say(bram), fatima, say(fatima), person("Ans")


def names(thread, **more) -> list[str]:
    return [label for _id, label in offered(thread.kind, thread.key, **more)]


def shown(thread) -> dict[int, str]:
    """For whom each contribution is, as its page says it."""
    rows = show(thread, thread.contributions.standing().order_by("number"))
    return {each.number: each.mentioned for each in rows if each.mentioned}


def told(now=NOW + 11 * MINUTE) -> list[tuple[str, str]]:
    """Who is mailed in this round, and the subject of the mail."""
    before = OutgoingMail.objects.count()
    activity.tell(now=now)
    return [(each.to.split("@")[0], each.subject) for each in OutgoingMail.objects.order_by("pk")[before:]]


# Who is offered ---------------------------------------------------------------------------------------------


def test_those_who_wrote_are_offered_once_who_wrote_last_first(thread, cast, say):
    bram = cast[0]
    assert names(thread) == ["Fatima", "Bram, ambtenaar"]
    newer = say(bram)
    assert offered(thread.kind, thread.key)[0] == (str(newer.pk), "Bram, ambtenaar")
    assert names(thread, but=[bram.pk]) == ["Fatima"]


def test_a_hidden_name_is_offered_by_what_it_stands_below_and_for_itself(thread, cast, say):
    say(cast[0], hides_name=True)
    say(cast[0], hides_name=True)
    assert names(thread) == ["Wie bericht 4 schreef", "Wie bericht 3 schreef", "Fatima", "Bram, ambtenaar"]


def test_two_of_one_name_are_told_apart(thread, person, say):
    say(person("Bram"))
    other = person("Joost")
    other.name = "Bram"
    other.save()
    say(other)
    assert names(thread) == ["Bram (schreef bericht 2)", "Bram (schreef bericht 1)"]


def test_who_left_or_cannot_be_read_or_was_sent_away_is_not_offered(thread, cast, say, person, now):
    _bram, by_bram, fatima, _by_fatima, _ans = cast
    privacy.erase(fatima, with_texts=False, now=now)
    actions.retract(by_bram, now=now)
    say(person("Elif", trusted=False))
    joost = person("Joost")
    say(joost)
    joost.banned_at = now
    joost.save()
    assert names(thread) == []
    actions.put_back(by_bram, now=now)
    assert names(thread) == ["Bram, ambtenaar"]


def test_a_long_thread_offers_twenty_in_one_query(thread, person, say, django_assert_num_queries):
    for number in range(rules.MENTIONS_OFFERED + 3):
        say(person(f"Ans{number}"))
    with django_assert_num_queries(1):
        found = names(thread)
    assert found == [f"Ans{number}" for number in range(22, 2, -1)]


def test_what_was_chosen_stays_so_when_its_writer_wrote_again(thread, cast, say):
    bram, by_bram, _fatima, by_fatima, _ans = cast
    say(bram)
    chosen = [str(by_bram.pk), "999"]
    assert offered(thread.kind, thread.key, chosen=chosen) == [
        (str(by_bram.pk), "Bram, ambtenaar"),
        (str(by_fatima.pk), "Fatima"),
    ]


# What is shown ----------------------------------------------------------------------------------------------


def test_it_stands_at_the_contribution_for_whom_it_is(thread, cast, say):
    _bram, by_bram, _fatima, by_fatima, ans = cast
    say(ans, by_fatima, by_bram)
    assert shown(thread) == {3: "Bram en Fatima"}


def test_it_shows_the_name_as_it_is_now(thread, cast, say, now):
    bram, by_bram, fatima, by_fatima, ans = cast
    say(ans, by_bram, by_fatima)
    bram.name = "Bram de Wit"
    bram.save()
    assert shown(thread) == {3: "Bram de Wit en Fatima"}
    actions.retract(by_bram, now=now)
    assert shown(thread) == {3: "Fatima"}
    actions.put_back(by_bram, now=now)
    privacy.erase(fatima, with_texts=False, now=now)
    assert shown(thread) == {3: "Bram de Wit"}


def test_a_hidden_name_is_not_tied_to_the_same_name_shown(thread, cast, say):
    bram, by_bram, _fatima, _by_fatima, ans = cast
    hidden = say(bram, hides_name=True)
    say(ans, by_bram, hidden)
    assert shown(thread) == {4: "Bram en wie bericht 3 schreef"}
    assert told() == [("bram", "Ans noemt jou in ‘Een bericht’")]


@pytest.mark.parametrize("value", ["", "x", "-1", "0", "9" * 15, "9" * 40, "1e3", "\u0663", None, 999])
def test_what_is_no_choice_is_left_out(thread, cast, say, value):
    _bram, by_bram, _fatima, _by_fatima, ans = cast
    say(ans, value, by_bram, by_bram)
    assert shown(thread) == {3: "Bram"}


def test_nobody_of_another_thread_nor_oneself_can_be_chosen(thread, cast, say, now):
    bram, _by_bram, _fatima, _by_fatima, ans = cast
    elsewhere = Thread.objects.about("article", "2", title="Ander", url="/nieuws/ander/", now=now)
    mine = say(ans)
    assert not say(ans, say(bram, thread=elsewhere), mine).mentioned
    assert not Mention.objects.exists()


def test_more_than_five_is_no_choice(thread, person, say):
    written = [say(person(f"Ans{number}")) for number in range(7)]
    say(person("Bram"), *written)
    assert Mention.objects.count() == rules.MAX_MENTIONS


def test_mentions_cost_a_page_one_query(thread, cast, say, django_assert_num_queries):
    _bram, by_bram, _fatima, by_fatima, ans = cast
    rows = thread.contributions.standing().order_by("number")
    with django_assert_num_queries(1):
        show(thread, rows.all())
    for _each in range(3):
        say(ans, by_bram, by_fatima)
    with django_assert_num_queries(2):
        show(thread, rows.all())


def test_changed_words_are_for_the_same_people_and_nobody_is_told_again(thread, cast, say, now):
    _bram, by_bram, _fatima, _by_fatima, ans = cast
    written = say(ans, by_bram)
    assert len(told()) == 1
    actions.edit(written, text="Anders.", now=now + HOUR)
    assert (shown(thread), told(now + 2 * HOUR)) == ({3: "Bram"}, [])


# Who hears of it --------------------------------------------------------------------------------------------


def test_they_hear_of_it_once_after_the_undo_time(cast, say):
    _bram, by_bram, _fatima, _by_fatima, ans = cast
    say(ans, by_bram)
    assert told(NOW + 9 * MINUTE) == []
    assert told() == [("bram", "Ans noemt jou in ‘Een bericht’")]
    assert told(NOW + HOUR) == []
    say(ans, by_bram, now=NOW + HOUR)
    assert told(NOW + 2 * HOUR) == [("bram", "Ans noemt jou in ‘Een bericht’")]


def test_the_mail_has_the_words_the_place_and_the_way_to_stop(cast, say):
    bram, by_bram, _fatima, _by_fatima, ans = cast
    say(ans, by_bram, text="Weet jij dit?")
    told()
    mail = OutgoingMail.objects.get()
    stop = f"/volgen/{Follow.objects.get(person=bram).key}/stop/>"
    text = mail.text
    assert [
        part in text for part in ("Weet jij dit?", "/nieuws/een-bericht/#reactie-3", "Ik wil niet meer genoemd")
    ] == [True] * 3
    assert mail.headers["List-Unsubscribe"].endswith(stop)


def test_who_follows_as_well_gets_one_mail(thread, cast, say):
    bram, by_bram, _fatima, _by_fatima, ans = cast
    activity.follow(bram, actions.subject_of(thread), rhythm=Rhythm.EACH, now=NOW + MINUTE)
    say(ans, by_bram, now=NOW + HOUR)
    found = told(NOW + 2 * HOUR)
    assert found == [("bram", "Ans noemt jou in ‘Een bericht’")]
    assert "Je volgt ook het gesprek over" in OutgoingMail.objects.latest("pk").text


def test_to_be_named_is_not_to_follow(thread, cast, say):
    _bram, by_bram, _fatima, _by_fatima, ans = cast
    say(ans, by_bram)
    say(ans)
    assert [name for name, _subject in told()] == ["bram"]
    assert not Follow.objects.filter(subject=actions.subject_of(thread)).exists()
    assert list(Follow.objects.values_list("person__name", "subject__kind")) == [("Bram", "mention")]


def test_who_hides_their_name_is_not_named_to_whom_they_name(cast, say):
    _bram, by_bram, _fatima, _by_fatima, ans = cast
    say(ans, by_bram, hides_name=True)
    assert told() == [("bram", "Iemand noemt jou in ‘Een bericht’")]
    assert "Ans" not in OutgoingMail.objects.get().text


def test_what_is_taken_back_in_time_is_told_to_nobody_and_put_back_it_is(cast, say, now):
    _bram, by_bram, _fatima, _by_fatima, ans = cast
    written = say(ans, by_bram)
    actions.retract(written, now=now + MINUTE)
    assert told() == []
    actions.put_back(written, now=now + HOUR)
    assert told(now + HOUR) == [("bram", "Ans noemt jou in ‘Een bericht’")]


def test_what_waits_is_told_when_it_is_first_shown(thread, cast, say, person, now):
    _bram, by_bram, _fatima, _by_fatima, _ans = cast
    waits = say(person("Elif", trusted=False), by_bram)
    assert (waits.state, told(now + DAY), shown(thread)) == (State.WAITING, [], {})
    desk = Client()
    person("Carla", is_team=True)
    sign_in(desk, "carla@voorbeeld.example")
    assert "Voor: Bram" in text_of(desk.get(f"/team/bericht/{waits.pk}/"))
    approve(waits, now=now + DAY)
    assert shown(thread) == {3: "Bram"}
    assert told(now + DAY + HOUR) == [("bram", "Elif noemt jou in ‘Een bericht’")]


def test_what_the_team_takes_away_is_told_to_nobody_and_shows_no_name(thread, cast, say, now):
    _bram, by_bram, _fatima, _by_fatima, ans = cast
    written = say(ans, by_bram)
    decide(written, Deed.REMOVE, now=now, ground=Ground.UNKIND, reason="Nee.")
    assert (told(), shown(thread)) == ([], {})


def test_who_was_chosen_by_what_is_taken_away_meanwhile_is_not_told(thread, cast, say, person, now):
    _bram, by_bram, _fatima, _by_fatima, _ans = cast
    waits = say(person("Elif", trusted=False), by_bram)
    actions.retract(by_bram, now=now)
    approve(waits, now=now + HOUR)
    assert (told(now + DAY), shown(thread)) == ([], {})


def test_who_stopped_hears_nothing_and_is_named_no_more_until_they_undo_it(client, thread, cast, say):
    bram, by_bram, _fatima, _by_fatima, ans = cast
    say(ans, by_bram)
    told()
    key = Follow.objects.get(person=bram).key
    assert "Berichten waarin iemand jou noemt" in text_of(client.get(_stop_path()))
    assert "Wie iets schrijft, kan je naam er dan niet meer bij zetten." in text_of(client.get(_stop_path()))
    client.post(_stop_path(), {"List-Unsubscribe": "One-Click"})
    assert not say(ans, by_bram, now=NOW + HOUR).mentioned
    hidden = say(bram, hides_name=True, now=NOW + HOUR)
    assert say(ans, hidden, now=NOW + HOUR).mentioned, "else it would show whose the hidden name is"
    assert told(NOW + DAY) == []
    activity.undo(Follow.objects.get(key=key), now=NOW + DAY)
    say(ans, by_bram, now=NOW + 2 * DAY)
    assert [name for name, _subject in told(NOW + 3 * DAY)][-1:] == ["bram"]


def _stop_path() -> str:
    """Where the button of the mail program posts to."""
    header = OutgoingMail.objects.latest("pk").headers["List-Unsubscribe"]
    return re.search(r"https?://[^/]+(/[^>]+)>", header)[1]


def test_it_stands_on_their_own_page_and_beside_what_they_follow(client, cast, say):
    _bram, by_bram, _fatima, _by_fatima, ans = cast
    say(ans, by_bram, now=clock.now() - HOUR)
    sign_in(client, "bram@voorbeeld.example")
    assert "Ans noemt jou in ‘Een bericht’, " in text_of(client.get("/mijn/nieuw/"))
    page = text_of(client.get("/mijn/volgen/"))
    assert "Berichten aan jou Berichten waarin iemand jou noemt. Bij elk nieuw bericht. Verander" in page


def test_nobody_can_follow_what_is_somebody_elses(client, cast, say):
    bram, by_bram, _fatima, _by_fatima, ans = cast
    say(ans, by_bram)
    assert client.get(f"/volgen/mention/{bram.pk}/").status_code == 404


# Erasing, export, merge and split ---------------------------------------------------------------------------


def test_who_is_erased_is_named_nowhere(thread, cast, say, now):
    bram, by_bram, _fatima, _by_fatima, ans = cast
    say(ans, by_bram)
    privacy.erase(bram, with_texts=False, now=now)
    assert (shown(thread), told(), Mention.objects.count()) == ({}, [], 0)
    assert Contribution.objects.get(number=3).mentioned == []
    assert not Subject.objects.filter(kind="mention").exists()


@pytest.mark.parametrize(("with_texts", "left"), [(False, {3: "Bram"}), (True, {})])
def test_what_an_erased_writer_leaves_names_who_it_named(thread, cast, say, now, with_texts, left):
    _bram, by_bram, _fatima, _by_fatima, ans = cast
    say(ans, by_bram)
    privacy.erase(ans, with_texts=with_texts, now=now)
    assert (shown(thread), Mention.objects.count(), told()) == (left, len(left), [])


def test_both_take_along_what_is_theirs(thread, cast, say, now):
    bram, by_bram, _fatima, _by_fatima, ans = cast
    say(ans, by_bram)
    about_ans, about_bram = (str(privacy.everything_about(each, now=now)) for each in (ans, bram))
    assert "'voor': 'Bram'" in about_ans
    assert "'in': 'Een bericht', 'adres': '/nieuws/een-bericht/#reactie-3'" in about_bram


def test_a_merge_and_a_split_keep_who_was_named(person, say, begin, now):
    bram, ans, carla = person("Bram"), person("Ans"), person("Carla", is_team=True)
    source, target = begin(ans), begin(person("Fatima"), "Stembureaus: wie heeft een hellingbaan?")
    by_bram, hidden = (say(bram, thread=source.thread, hides_name=hides) for hides in (False, True))
    waiting = PendingAct(
        kind="conversation.member_comment", payload={"thread": source.thread_id, "mentions": [by_bram.pk]}
    )
    say(ans, by_bram, hidden, thread=source.thread)
    assert shown(source.thread) == {4: "Bram en wie bericht 3 schreef"}
    steering.merge(source, target, by=carla, reason="Het gaat over hetzelfde.", now=now)
    thread = Thread.objects.get(pk=target.thread_id)
    assert shown(thread) == {5: "Bram en wie bericht 4 schreef"}
    assert notes(waiting) == ["Je laat dit weten aan: Bram."]
    target = Topic.objects.get(pk=target.pk)
    new = {"title": "Iets anders", "category": "democratie", "kind": Kind.QUESTION}
    steering.split(target, [5], by=carla, reason="Een ander onderwerp.", now=now, **new)
    apart = Contribution.objects.get(text="Kijk eens.", person=ans).thread
    assert shown(apart) == {1: "Bram en iemand uit een ander onderwerp"}
    assert [name for name, _subject in told()] == ["bram"]


# On the pages -----------------------------------------------------------------------------------------------


@pytest.fixture
def here(article, now):
    """The thread below the article."""
    return Thread.objects.about(
        "article", str(article.pk), title=article.title, url=article.get_absolute_url(), now=now
    )


def folded(response):
    """The folded group of ticks of a page, none where it is not there."""
    found = parser.fromstring(response.content).cssselect("details:has(input[name=mentions])")
    return found[0] if found else None


def test_where_nobody_wrote_there_is_nothing_to_choose(client, article):
    assert folded(client.get("/nieuws/bericht/")) is None


def test_the_choice_is_folded_and_nothing_is_chosen(client, here, person, say):
    say(person("Bram"), thread=here)
    group = folded(client.get("/nieuws/bericht/"))
    assert group.get("open") is None
    assert group.find("summary").text_content() == "Wie moet dit weten?"
    assert [each.get("checked") for each in group.cssselect("input")] == [None]
    assert group.cssselect("legend")[0].text_content() == "Kies iemand die hier schreef (mag je leeg laten)"


def test_a_guest_chooses_sees_who_it_is_for_and_it_is_told(client, here, person, say):
    by_bram = say(person("Bram"), thread=here, now=clock.now() - DAY)
    page = client.post("/nieuws/bericht/reageren/", {**GUEST, "mentions": [by_bram.pk]}, **HERE).url
    assert "Je laat dit weten aan: Bram." in text_of(client.get(page))
    change = client.get(f"{page}aanpassen/")
    assert folded(change).get("open") is not None
    assert [each.get("checked") is not None for each in folded(change).cssselect("input")] == [True]
    client.post(f"{page}versturen/", **HERE)
    own = client.post(f"{page}code/", {"code": code_mailed()}, **HERE).url
    assert "Voor: Bram" in text_of(client.get(own))
    written = Contribution.objects.get(text=GUEST["text"])
    assert [each for each in told(clock.now() + HOUR) if "noemt" in each[1]] == []
    approve(written, now=clock.now())
    assert "Voor: Bram" in text_of(client.get("/nieuws/bericht/"))
    found = told(clock.now() + HOUR)
    assert ("bram", "Elif noemt jou in ‘Een bericht’") in found


def test_who_unticks_names_nobody(client, here, person, say):
    by_bram = say(person("Bram"), thread=here)
    page = client.post("/nieuws/bericht/reageren/", {**GUEST, "mentions": [by_bram.pk]}, **HERE).url
    client.post(f"{page}aanpassen/", GUEST, **HERE)
    assert "Je laat dit weten aan" not in text_of(client.get(page))


def test_a_choice_that_went_meanwhile_is_told_kindly(client, here, person, say):
    bram, fatima = person("Bram"), person("Fatima")
    written = [say(each, thread=here) for each in (bram, fatima)]
    page = client.post("/nieuws/bericht/reageren/", {**GUEST, "mentions": [each.pk for each in written]}, **HERE).url
    actions.retract(written[0], now=clock.now())
    words = text_of(client.get(page))
    assert "Je laat dit weten aan: Fatima." in words
    assert "Iemand die je koos, kun je nu niet meer kiezen." in words
    assert folded(client.get(f"{page}aanpassen/")) is not None
    activity.follow(
        fatima, Subject.objects.of("mention", str(fatima.pk), title="", url="/"), rhythm=Rhythm.EACH, now=NOW
    )
    activity.change(Follow.objects.get(person=fatima), rhythm=Rhythm.NEVER, now=NOW)
    assert "Fatima wil niet genoemd worden, en krijgt dus geen bericht." in text_of(client.get(page))


def test_too_many_is_said_and_what_was_typed_stays(client, here, person, say):
    written = [say(person(f"Ans{number}"), thread=here).pk for number in range(6)]
    page = client.post("/nieuws/bericht/reageren/", {**GUEST, "mentions": written}, **HERE)
    assert "Je koos 6 mensen. Kies er niet meer dan 5." in text_of(page)
    assert folded(page).get("open") is not None
    assert [each.get("checked") is not None for each in folded(page).cssselect("input")] == [True] * 6


def test_who_is_signed_in_is_not_offered_and_a_draft_keeps_the_choice(client, here, person, say):
    by_bram = say(person("Bram"), thread=here)
    say(person("Ans"), thread=here)
    sign_in(client)
    page = client.get("/nieuws/bericht/")
    assert [each.text_content() for each in folded(page).cssselect("label")] == ["Bram"]
    form = next(form for form in parser.fromstring(page.content).forms if "text" in form.fields)
    given = {**dict(form.form_values()), "text": "Half", "mentions": [by_bram.pk]}
    saved = client.post("/concepten/bewaren/", given, **HERE).url
    for path in ("/nieuws/bericht/", saved):
        group = folded(client.get(path))
        assert [(each.get("value"), each.get("checked") is not None) for each in group.cssselect("input")] == [
            (str(by_bram.pk), True)
        ]


def test_who_has_to_sign_in_again_finds_their_choice(client, here, person, say):
    written = [say(person(name), thread=here).pk for name in ("Bram", "Fatima")]
    person("Ans")
    sign_in(client)
    page = client.get("/nieuws/bericht/")
    form = next(form for form in parser.fromstring(page.content).forms if "text" in form.fields)
    client.post("/uitloggen/")
    given = {**dict(form.form_values()), "text": "Half", "mentions": written}
    back = client.post("/nieuws/bericht/reageren/", given, **HERE).url
    assert Person.objects.filter(name="Ans").exists()
    assert back.startswith("/inloggen/")
    act = PendingAct.objects.get(kind="people.returning")
    assert act.payload["fields"]["mentions"] == [str(each) for each in written]
    sign_in(client)
    group = folded(client.get(f"/concepten/verder/?ingevuld={act.key}"))
    assert [each.get("checked") is not None for each in group.cssselect("input")] == [True, True]


def test_a_topic_its_feed_and_its_print_say_for_whom(client, begin, person, say):
    topic, bram = begin(person("Ans")), person("Bram")
    by_bram = say(bram, thread=topic.thread)
    say(person("Fatima"), by_bram, say(bram, thread=topic.thread, hides_name=True), thread=topic.thread)
    line = "Voor: Bram en wie bericht 3 schreef"
    assert line in text_of(client.get(topic.get_absolute_url()))
    assert line in text_of(client.get(topic.steering_url("paper")))
    assert line in client.get(f"/feeds/onderwerp/{topic.pk}.atom").content.decode()
    answer = client.get(f"/reacties/{by_bram.pk}/antwoord/")
    assert [each.text_content() for each in folded(answer).cssselect("label")] == [
        "Fatima",
        "Wie bericht 3 schreef",
        "Bram",
        "Ans",
    ]


@pytest.mark.parametrize(("signed_in", "most"), [(False, 8), (True, 12)])
def test_a_topic_with_names_and_quotes_stays_within_its_queries(
    client, begin, person, say, django_assert_max_num_queries, signed_in, most
):
    topic = begin(person("Fatima"))
    begin(person("Joost"), "Hoe maken we een stembureau goed toegankelijk?")
    by_bram = say(person("Bram"), thread=topic.thread)
    quoted = quotes.quote(by_bram, ["Kijk eens."])
    for number in range(16):
        say(person(f"Kim{number}"), by_bram, thread=topic.thread, text=f"{quoted}{'Ja. ' * 200}")
    if signed_in:
        person("Ans")
        sign_in(client)
        client.get(topic.get_absolute_url())
    with django_assert_max_num_queries(most):
        page = client.get(topic.get_absolute_url())
    assert text_of(page).count("Voor: Bram") == 16
    assert "antwoordden." in text_of(page)
    assert "In het kort" not in text_of(page)  # there is nothing to tell under such a heading


@pytest.mark.parametrize("how", ["taken back", "renamed"])
def test_who_is_named_reads_no_title_that_is_gone(person, begin, say, how):
    bram = person("Bram")
    topic = begin(person("Ans"), title="Waar vindt mijn zoon Piet hulp?")
    say(person("Fatima"), say(bram, thread=topic.thread), thread=topic.thread)
    if how == "taken back":
        actions.retract(topic.thread.contributions.get(number=1), now=NOW)
    else:
        carla = person("Carla", is_team=True)
        steering.steer(
            Topic.objects.get(pk=topic.pk),
            steering_rules.Deed.RENAME,
            by=carla,
            reason="Een naam van een kind.",
            now=NOW,
            title="Waar vind ik hulp?",
        )
    assert "Piet" not in "".join(Happening.objects.values_list("naming", flat=True))
    assert ("bram", "Fatima noemt jou") in [(who, words[:16]) for who, words in told()]
    assert "Piet" not in "".join(f"{mail.subject} {mail.text}" for mail in OutgoingMail.objects.all())
