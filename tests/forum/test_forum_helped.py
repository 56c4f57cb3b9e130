"""What helped, and thank you: who may say so, where it stands, and how it is taken back."""

import pytest
from django.test import Client
from lxml import html as parser
from tests.conversation.conftest import decide
from tests.forum.test_forum_pages import headings, text_of
from tests.signed_in import HERE, newest_code, sign_in

from meedoen.conversation import actions as conversation
from meedoen.conversation import thanking
from meedoen.conversation.models import Contribution, Thanks
from meedoen.conversation.moderation.rules import Deed, Ground
from meedoen.forum import actions
from meedoen.forum.models import Shelf, Topic
from meedoen.forum.rules import Kind
from meedoen.kernel import clock
from meedoen.people.models import Address
from meedoen.people.privacy import actions as privacy

WHY = {"ground": Ground.UNKIND, "reason": "Dit mag niet."}


@pytest.fixture
def asker(ans, monkeypatch, now):
    """Ans, whose words the team knows."""
    Address.objects.filter(pk=ans.address_id).update(trusted_at=now)
    monkeypatch.setattr(clock, "now", lambda: now)
    return ans


@pytest.fixture
def asked(asker, begin, answer, person):
    """A question of Ans with two answers."""
    topic = begin(asker)
    answer(topic, person("Bram"), "Maak de deur breder.")
    answer(topic, person("Fatima"), "Leg een plaat neer.")
    return topic


def contribution(topic, number) -> Contribution:
    return Contribution.objects.select_related("thread", "person").get(thread=topic.thread_id, number=number)


def buttons(response) -> list[str]:
    return [each.text_content() for each in parser.fromstring(response.content).cssselect("main article button")]


def is_answered(topic) -> bool:
    return Topic.objects.get(pk=topic.pk).is_answered


def test_who_asked_says_what_helped_and_takes_it_back(client, asked):
    address = asked.get_absolute_url()
    sign_in(client)
    assert "Bericht 3 hielp mij" in buttons(client.get(address))
    done = client.post(f"/forum/hielp/{contribution(asked, 3).pk}/ja/", **HERE)
    assert done.url == f"{address}#reactie-3"
    page = client.get(address)
    assert "3. Fatima, dit hielp" in headings(page)
    assert "Dit hielp wie de vraag stelde: Bericht 3 van Fatima: ‘Leg een plaat neer.’" in text_of(page)
    assert "Bericht 3 hielp toch niet" in buttons(page)
    visitor = Client()
    assert "Een antwoord hielp" in text_of(visitor.get("/forum/"))
    assert Shelf.objects.get().open_count == 0
    client.post(f"/forum/hielp/{contribution(asked, 3).pk}/nee/", **HERE)
    assert "Een antwoord hielp" not in text_of(visitor.get("/forum/"))
    assert Shelf.objects.get().open_count == 1


def test_only_who_asked_and_the_team_say_what_helped(client, asked, begin, person):
    answer = contribution(asked, 2)
    assert Client().post(f"/forum/hielp/{answer.pk}/ja/", **HERE).status_code == 302  # to sign in
    assert not is_answered(asked)
    bram = person("Gijs")
    sign_in(client, "gijs@voorbeeld.example")
    assert client.post(f"/forum/hielp/{answer.pk}/ja/", **HERE).status_code == 404
    assert not is_answered(asked)
    bram.is_team = True
    bram.save()
    client.post(f"/forum/hielp/{answer.pk}/ja/", **HERE)
    assert is_answered(asked)


def test_the_question_itself_and_what_is_gone_did_not_help(asked, now):
    with pytest.raises(actions.CannotSay):
        actions.say_helped(contribution(asked, 1), helped=True, now=now)
    conversation.retract(contribution(asked, 2), now=now)
    with pytest.raises(actions.CannotSay):
        actions.say_helped(contribution(asked, 2), helped=True, now=now)


def test_nothing_helps_an_experience(client, asker, begin, answer, person):
    topic = begin(asker, "Wij maakten een filmpje over stemmen", kind=Kind.EXPERIENCE)
    written = answer(topic, person("Bram"))
    sign_in(client)
    assert client.post(f"/forum/hielp/{written.pk}/ja/", **HERE).status_code == 404


def test_what_helped_and_was_taken_away_does_not_count(asked, now):
    actions.say_helped(contribution(asked, 2), helped=True, now=now)
    assert is_answered(asked)
    conversation.retract(contribution(asked, 2), now=now)
    assert not is_answered(asked)
    conversation.put_back(contribution(asked, 2), now=now)
    assert is_answered(asked)


def test_a_guest_who_asked_says_so_by_the_link_to_their_own_page(client, asked):
    key = contribution(asked, 1).key
    own = client.get(f"/bericht/{key}/")
    assert "Zeg welk antwoord je hielp" in text_of(own)
    page = client.get(f"/forum/hielp/{key}/")
    assert headings(page) == ["Welk antwoord hielp je?", "3. Fatima", "2. Bram"]
    assert not is_answered(asked)  # opening does nothing
    said = client.post(f"/forum/hielp/{key}/", {"bericht": "2", "hielp": "ja"}, **HERE)
    assert "Bericht 2 hielp je" in text_of(client.get(said.url))
    assert is_answered(asked)
    client.post(f"/forum/hielp/{key}/", {"bericht": "2", "hielp": "nee"}, **HERE)
    assert not is_answered(asked)


@pytest.mark.parametrize(
    "sent", [{}, {"bericht": "99"}, {"bericht": "onzin", "hielp": "ja"}, {"bericht": "1", "hielp": "ja"}]
)
def test_nonsense_helps_nobody(client, asked, sent):
    key = contribution(asked, 1).key
    assert client.post(f"/forum/hielp/{key}/", sent, **HERE).status_code == 404
    assert not is_answered(asked)


def test_the_key_of_an_answer_opens_nothing(client, asked):
    assert client.get(f"/forum/hielp/{contribution(asked, 2).key}/").status_code == 404
    assert client.get("/forum/hielp/zomaar-iets-dat-lijkt-op-een-sleutel/").status_code == 404


def test_thank_you_is_said_once_and_taken_back(client, asked, person):
    answer = contribution(asked, 2)
    sign_in(client)
    for _twice in range(2):
        assert client.post(f"/reacties/{answer.pk}/dank/", **HERE).url == f"/reacties/{answer.pk}/dank/"
    assert contribution(asked, 2).thanks_count == 1
    thanking.thank(answer, person("Gijs"), now=clock.now())
    assert "Jij en nog 1 mens zeggen dank je wel." in text_of(client.get(asked.get_absolute_url()))
    assert "2 mensen zeggen dank je wel." in text_of(Client().get(asked.get_absolute_url()))
    assert "Neem je dank voor bericht 2 terug" in buttons(client.get(asked.get_absolute_url()))
    for _twice in range(2):
        client.post(f"/reacties/{answer.pk}/dank/terug/", **HERE)
    assert "1 mens zegt dank je wel." in text_of(client.get(asked.get_absolute_url()))


def test_nobody_thanks_themselves_or_for_what_is_not_there(client, asked, asker, now):
    sign_in(client)
    client.post(f"/reacties/{contribution(asked, 1).pk}/dank/", **HERE)
    assert "Zeg dank je wel voor bericht 1" not in buttons(client.get(asked.get_absolute_url()))
    decide(contribution(asked, 2), Deed.REMOVE, now=now, **WHY)
    assert client.post(f"/reacties/{contribution(asked, 2).pk}/dank/", **HERE).status_code == 404
    with pytest.raises(thanking.CannotThank):
        thanking.thank(contribution(asked, 2), asker, now=now)
    assert not Thanks.objects.exists()


def test_a_guest_says_thank_you_with_a_code(client, asked):
    answer = contribution(asked, 2)
    assert client.get(f"/reacties/{answer.pk}/dank/").status_code == 200
    act = client.post(f"/reacties/{answer.pk}/dank/", {"name": "Elif", "email": "elif@voorbeeld.example"}, **HERE).url
    client.post(f"{act}versturen/", **HERE)
    assert contribution(asked, 2).thanks_count == 0
    done = client.post(f"{act}code/", {"code": newest_code()}, **HERE)
    assert done.url == f"{asked.get_absolute_url()}#reactie-2"
    page = client.get(asked.get_absolute_url())
    assert "1 mens zegt dank je wel." in text_of(page)
    assert "Elif" not in page.content.decode()
    assert "Je zei dank je wel" in text_of(client.get(act))


def test_the_buttons_of_a_page_work_without_a_token_in_it(asked):
    """A page that is put together of kept pieces holds nothing of who reads it; where a press comes from guards it."""
    browser = Client(enforce_csrf_checks=True)
    sign_in(browser)
    answer = contribution(asked, 3)
    presses = [f"/forum/hielp/{answer.pk}/ja/", f"/reacties/{answer.pk}/dank/", f"/reacties/{answer.pk}/dank/terug/"]
    assert [browser.post(each, **HERE).status_code for each in presses] == [302, 302, 302]
    assert is_answered(asked)
    assert [browser.post(each).status_code for each in presses] == [403, 403, 403]


def test_who_thanks_hears_that_it_worked(client, asked):
    answer = contribution(asked, 3)
    sign_in(client)
    page = client.post(f"/reacties/{answer.pk}/dank/", follow=True, **HERE)
    assert "Gelukt: Je zei dank je wel" in text_of(page)
    assert parser.fromstring(page.content).xpath("//main//a[contains(., 'Terug naar bericht 3')]/@href") == [answer.url]
    client.post(f"/reacties/{answer.pk}/dank/terug/", **HERE)
    assert client.get(f"/reacties/{answer.pk}/dank/").url == answer.url


def test_who_says_it_on_a_page_of_older_answers_stays_there(client, asked):
    page = f"/forum/hielp/{asked.opening.key}/"
    older = client.post(f"{page}?voor=3", {"bericht": "2", "hielp": "ja"}, **HERE).url
    assert older == f"{page}?gezegd=2&voor=3"
    assert buttons_of(client.get(older)) == ["Bericht 2 hielp toch niet"]


def buttons_of(response) -> list[str]:
    return [each.text_content() for each in parser.fromstring(response.content).cssselect("main form button")]


def test_who_thanked_for_what_went_meanwhile_is_told(client, asked, now):
    answer = contribution(asked, 2)
    act = client.post(f"/reacties/{answer.pk}/dank/", {"name": "Elif", "email": "elif@voorbeeld.example"}, **HERE).url
    client.post(f"{act}versturen/", **HERE)
    conversation.retract(answer, now=now)
    page = client.post(f"{act}code/", {"code": newest_code()}, **HERE)
    assert "Voor dit bericht kun je geen dank je wel zeggen." in text_of(page)
    assert "Bram" not in text_of(page)


def test_who_is_erased_thanks_no_more(asked, person, now):
    gijs = person("Gijs")
    thanking.thank(contribution(asked, 2), gijs, now=now)
    held = privacy.everything_about(gijs, now=now)["gegevens"]
    (rows,) = [each["rijen"] for each in held if each["naam"] == "Waarvoor je dank je wel zei"]
    assert [row["voor"] for row in rows] == [asked.title]
    privacy.erase(gijs, with_texts=False, now=now)
    assert contribution(asked, 2).thanks_count == 0
