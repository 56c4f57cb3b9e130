"""Kim acts along with Ans: asked, confirmed, said, logged, mailed; and what Kim can never do."""

from datetime import timedelta

import pytest
from django.test import Client
from lxml import html as parser
from tests.people.standing.conftest import person
from tests.signed_in import HERE, newest_code, sign_in

from meedoen.activity.models import Follow
from meedoen.conversation.models import Contribution, Report, Thread
from meedoen.conversation.reading import thread_about, thread_page
from meedoen.kernel import clock
from meedoen.library.models import Article
from meedoen.mail.models import OutgoingMail
from meedoen.people.along import actions, rules
from meedoen.people.along.models import Bond, DoneAlong
from meedoen.people.models import PendingAct, Person
from meedoen.people.privacy import actions as privacy

DAY = timedelta(days=1)


def today():
    return clock.local_date(clock.now())


def text_of(response) -> str:
    return " ".join(parser.fromstring(response.content).find(".//main").text_content().split())


def last_mail():
    return OutgoingMail.objects.latest("pk")


def browser(who) -> Client:
    client = Client()
    sign_in(client, who.address.email)
    return client


def invitation(**changes):
    return {"name": "Kim", "email": "kim@voorbeeld.example", "ends_on": (today() + 300 * DAY).isoformat(), **changes}


@pytest.fixture
def article(db):
    now = clock.now()
    day = now.date()
    return Article.objects.create(
        slug="bericht",
        title="Een bericht",
        summary="Kort.",
        body="Tekst.",
        dated_on=day,
        written_on=day,
        published_at=now,
    )


@pytest.fixture
def kim(db):
    return person("Kim")


@pytest.fixture
def bond(ans, kim):
    """Kim may act along with Ans."""
    now = clock.now()
    found = Bond.objects.create(
        helped=ans, helper=kim, ends_on=today() + 300 * DAY, asked_at=now, confirmed_at=now, is_shown=False
    )
    ans.address.trusted_at = now
    ans.address.save()
    return found


@pytest.fixture
def along(bond, kim):
    """The browser of Kim, who acts along with Ans."""
    client = browser(kim)
    client.post(f"/mijn/hulp/{bond.pk}/meedoen/")
    return client


def react(client, bond=None, text="Wij doen mee."):
    """Send a reaction as the page that was shown does; the page on which it is checked."""
    sent = {"text": text} | ({"along": bond.pk} if bond else {})
    return client.post("/nieuws/bericht/reageren/", sent, **HERE)


def test_asking_and_saying_yes_with_the_code(ans):
    client = browser(ans)
    answer = client.post("/mijn/hulp/vragen/", invitation())
    assert "We mailden de ander." in text_of(client.get(answer.url))
    assert "gevraagd, en nog geen antwoord" in text_of(client.get("/mijn/hulp/"))
    assert (last_mail().template, last_mail().to) == ("mail/people/along_asked.md", "kim@voorbeeld.example")
    assert "ans@" not in last_mail().text
    act, kims = PendingAct.objects.get(), Client()
    page = f"/bevestigen/{act.key}/"
    assert "Wat je schrijft, komt onder de naam Ans te staan." in text_of(kims.get(page))
    assert "ans@" not in kims.get(page).content.decode()
    assert kims.post(f"{page}code/", {"code": "000000"}, **HERE).status_code == 200
    assert Bond.objects.get().helper is None
    kims.post(f"{page}code/", {"code": newest_code()}, **HERE)
    assert "Je kunt nu helpen" in text_of(kims.get(page))
    bond = Bond.objects.get()
    assert (bond.helper.name, bond.helper.address.email, bond.email) == ("Kim", "kim@voorbeeld.example", "")
    assert (last_mail().template, last_mail().to) == ("mail/people/along_confirmed.md", "ans@voorbeeld.example")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "ans@voorbeeld.example"}, "Dit is je eigen adres."),
        ({"email": "geen adres"}, "Dit is geen e-mailadres."),
        ({"name": ""}, "Vul de naam in."),
        ({"ends_on": "2020-01-01"}, "Kies een dag tussen vandaag en twee jaar verder."),
        ({"ends_on": "3000-01-01"}, "Kies een dag tussen vandaag en twee jaar verder."),
        ({"ends_on": "straks"}, "Vul een dag in"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_asked(ans, changes, words):
    assert words in text_of(browser(ans).post("/mijn/hulp/vragen/", invitation(**changes)))
    assert (Bond.objects.count(), PendingAct.objects.count()) == (0, 0)


def test_a_yes_after_the_end_is_worth_nothing(ans):
    client = browser(ans)
    client.post("/mijn/hulp/vragen/", invitation())
    act, code = PendingAct.objects.get(), newest_code()
    client.post(f"/mijn/hulp/{Bond.objects.get().pk}/stoppen/")
    assert Client().post(f"/bevestigen/{act.key}/code/", {"code": code}, **HERE).status_code == 404
    assert Bond.objects.get().helper is None


def test_nobody_asks_half_the_world(ans):
    client = browser(ans)
    for number in range(rules.MAX_INVITES_PER_DAY + 1):
        page = client.post("/mijn/hulp/vragen/", invitation(email=f"kim{number}@voorbeeld.example"))
    assert "Je vroeg vandaag al veel mensen." in text_of(page)
    assert Bond.objects.count() == rules.MAX_INVITES_PER_DAY


def test_what_is_written_along_stands_under_the_others_name_is_logged_and_mailed(along, bond, ans, kim, article):
    page = along.get("/nieuws/bericht/")
    assert text_of(page).count("Je doet nu mee met Ans.") == 2  # above the page, and above its form
    check = react(along, bond).url
    assert "Het komt onder de naam Ans te staan." in text_of(along.get(check))
    assert "ans@" not in along.get(check).content.decode()
    done = along.post(f"{check}plaatsen/", **HERE)
    assert done.url == check  # not the writer's own page: its key is for Ans
    one = Contribution.objects.get()
    assert (one.person, one.bond, one.state) == (ans, bond, "shown")
    assert one.key not in along.get(check).content.decode()
    assert (last_mail().to, "Kim schreef het met jou mee" in last_mail().text) == ("ans@voorbeeld.example", True)
    assert [(each.what, each.title) for each in DoneAlong.objects.all()] == [("write", "Een bericht")]
    assert "Geschreven bij Een bericht" in text_of(browser(ans).get(f"/mijn/hulp/{bond.pk}/"))
    assert "Kim hielp hierbij." in text_of(Client().get(f"/bericht/{one.key}/"))


def test_the_name_of_the_helper_is_seen_only_where_it_was_chosen(along, bond, ans, article):
    along.post(f"{react(along, bond).url}plaatsen/", **HERE)

    def heading():
        return thread_page(thread_about("article", str(article.pk)), page=None).contributions[0].heading

    assert heading() == "1. Ans"
    client = browser(ans)
    client.post(f"/mijn/hulp/{bond.pk}/", {"ends_on": (today() + 9 * DAY).isoformat(), "is_shown": "on"})
    assert heading() == "1. Ans, geschreven met hulp van Kim"
    assert "geschreven met hulp van Kim" in text_of(Client().get("/nieuws/bericht/"))
    Contribution.objects.update(hides_name=True)
    assert heading() == "1. Naam bekend bij het team"


def test_following_and_reporting_along(along, bond, ans, kim, article):
    follow = "/nieuws/bericht/volgen/"
    answer = along.post(follow, {"rhythm": "dag", "along": bond.pk}, **HERE)
    assert "Ans volgt dit nu" in text_of(answer)
    assert Follow.objects.get().person == ans
    assert Follow.objects.get().key not in answer.content.decode()
    along.post("/melden/?pagina=/nieuws/", {"concern": "anders", "text": "Fout.", "along": bond.pk}, **HERE)
    assert Report.objects.get().person == ans
    assert [each.what for each in DoneAlong.objects.all()] == ["report", "follow"]
    assert {each.to for each in OutgoingMail.objects.filter(template="mail/people/along_done.md")} == {
        ans.address.email
    }


def test_what_was_typed_under_another_name_is_asked_once_more(along, bond, kim, article):
    other = react(along)  # the page that it was typed on said nothing of Ans
    assert "Je doet nu mee met Ans. Klopt dat?" in text_of(other)
    along.post("/mijn/hulp/klaar/")
    back = react(along, bond)
    assert "Je doet nu mee onder je eigen naam. Klopt dat?" in text_of(back)
    assert "Wij doen mee." in back.content.decode()
    assert not PendingAct.objects.exists()


def test_when_it_ends_nothing_more_comes_under_the_others_name(along, bond, ans, article):
    check = react(along, bond).url
    browser(ans).post(f"/mijn/hulp/{bond.pk}/stoppen/")
    assert along.post(f"{check}plaatsen/", **HERE).status_code == 404
    assert "Je doet nu mee met Ans." not in text_of(along.get("/nieuws/bericht/"))
    assert "Je doet nu mee onder je eigen naam." in text_of(react(along, bond))
    assert not Contribution.objects.exists()
    assert (last_mail().template, last_mail().to) == ("mail/people/along_ended.md", "kim@voorbeeld.example")


def test_an_act_that_was_kept_is_not_done_after_the_last_day(along, bond, article):
    check = react(along, bond).url
    Bond.objects.update(ends_on=today() - DAY)
    assert "Je doet niet meer mee met iemand anders." in text_of(along.post(f"{check}plaatsen/", **HERE))
    assert not Contribution.objects.exists()


def test_who_may_not_write_does_not_write_along_either(along, bond, kim, article):
    check = react(along, bond).url
    Person.objects.filter(pk=kim.pk).update(banned_at=clock.now())
    assert "Je kunt nu niet schrijven." in text_of(along.post(f"{check}plaatsen/", **HERE))


def test_the_helper_comes_at_nothing_of_the_helped(along, bond, ans, kim):
    for address in ("/mijn/", "/mijn/profiel/", "/mijn/apparaten/", "/mijn/sleutels/", "/mijn/gegevens/",
                    "/mijn/gegevens/alles.json", "/mijn/gegevens/wensen/", "/mijn/volgen/", "/mijn/gemeente/"):  # fmt: skip
        assert "ans@" not in along.get(address).content.decode(), address
    assert "Deze pagina gaat wel over jezelf." in text_of(along.get("/mijn/profiel/"))
    along.post("/mijn/profiel/", {"name": "Kim Anders"})
    ans.refresh_from_db()
    assert (ans.name, Person.objects.get(pk=kim.pk).name) == ("Ans", "Kim Anders")
    act = along.post("/mijn/gegevens/wissen/", {"texts": "laat"}, **HERE).url
    assert PendingAct.objects.get(key=act.split("/")[2]).person == kim
    along.post("/mijn/hulp/vragen/", invitation(email="nog@voorbeeld.example"))
    assert Bond.objects.latest("pk").helped == kim  # for oneself, never for the other
    for method in (along.get, along.post):
        assert method(f"/mijn/hulp/{bond.pk}/").status_code == 404


def test_nobody_else_acts_along_ends_or_sees_it(bond):
    fatima = browser(person("Fatima"))
    assert fatima.post(f"/mijn/hulp/{bond.pk}/meedoen/").status_code == 404
    for address in (f"/mijn/hulp/{bond.pk}/", f"/mijn/hulp/{bond.pk}/stoppen/"):
        for method in (fatima.get, fatima.post):
            assert method(address).status_code == 404
    bond.refresh_from_db()
    assert bond.ended_at is None


def test_a_number_put_into_the_act_by_another_is_worth_nothing(bond, article):
    fatima = person("Fatima")
    thread = Thread.objects.about(
        "article", str(article.pk), title="Een bericht", url="/nieuws/bericht/", now=clock.now()
    )
    with pytest.raises(actions.Refused):
        actions.for_whom(bond.pk, fatima, now=clock.now())
    client = browser(fatima)
    assert "Je doet nu mee onder je eigen naam." in text_of(react(client, bond))
    assert thread.contributions.count() == 0


def test_the_helper_ends_it_too(bond, kim, ans):
    client = browser(kim)
    assert "Het gaat om jou en Ans." in text_of(client.get(f"/mijn/hulp/{bond.pk}/stoppen/"))
    client.post(f"/mijn/hulp/{bond.pk}/stoppen/")
    assert (last_mail().template, last_mail().to) == ("mail/people/along_ended.md", "ans@voorbeeld.example")


def test_it_is_asked_again_before_the_end_once(bond):
    now = clock.now()
    actions.look_after(now=now)
    assert not OutgoingMail.objects.filter(template="mail/people/along_ends.md").exists()
    Bond.objects.update(ends_on=today() + rules.ASK_AGAIN)
    actions.look_after(now=now)
    actions.look_after(now=now)
    assert [each.to for each in OutgoingMail.objects.filter(template="mail/people/along_ends.md")] == [
        "ans@voorbeeld.example"
    ]


def test_what_ended_is_kept_a_year(bond, ans):
    now = clock.now()
    actions.note(bond, rules.What.WRITE, title="Een bericht", url="", now=now)
    actions.end(bond, by=ans, now=now)
    actions.look_after(now=now + rules.HISTORY_LIFE - DAY)
    assert DoneAlong.objects.count() == 1
    actions.look_after(now=now + rules.HISTORY_LIFE)
    assert (Bond.objects.count(), DoneAlong.objects.count()) == (0, 0)


def test_an_invitation_that_nobody_answered_goes(ans):
    browser(ans).post("/mijn/hulp/vragen/", invitation())
    actions.look_after(now=clock.now() + 8 * DAY)
    assert not Bond.objects.exists()


def test_who_was_helped_takes_everything_along_when_leaving(along, bond, ans, article):
    react(along, bond)
    actions.note(bond, rules.What.WRITE, title="Een bericht", url="", now=clock.now())
    privacy.erase(ans, with_texts=True, now=clock.now())
    assert (DoneAlong.objects.count(), PendingAct.objects.filter(payload__along=bond.pk).count()) == (0, 0)
    assert Bond.objects.get().ended_at
    assert "Je doet nu mee met" not in text_of(along.get("/mijn/"))


def test_the_helper_who_leaves_stands_nowhere_any_more(along, bond, ans, kim, article):
    along.post(f"{react(along, bond).url}plaatsen/", **HERE)
    Bond.objects.update(is_shown=True)
    privacy.erase(kim, with_texts=True, now=clock.now())
    assert thread_page(thread_about("article", str(article.pk)), page=None).contributions[0].heading == "1. Ans"
    assert "Hulp van Iemand die weg is" in text_of(browser(ans).get(f"/mijn/hulp/{bond.pk}/"))


def test_a_page_asks_one_query_more_for_who_acts_along(bond, kim, django_assert_max_num_queries):
    client = browser(kim)
    with django_assert_max_num_queries(8):
        client.get("/mijn/hulp/")
    client.post(f"/mijn/hulp/{bond.pk}/meedoen/")
    with django_assert_max_num_queries(9):
        client.get("/mijn/hulp/")
