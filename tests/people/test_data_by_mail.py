"""``gegevens@``: get all that is known of you, or have it erased, from a mailbox alone; never without the code."""

import json
import re
import time

import pytest
from tests.incoming_mail import ANS, DAY, DOMAIN, HOUR, MINUTE, NOW, answers, arrive, known, thread_address
from tests.outbox import as_read, code_in

from meedoen.conversation import actions as conversation
from meedoen.conversation.models import Contribution, Thread
from meedoen.kernel import clock
from meedoen.mail.incoming import addresses, routes
from meedoen.mail.incoming.models import Incoming
from meedoen.mail.models import OutgoingMail
from meedoen.people.models import PendingAct, Person
from meedoen.people.privacy import handing
from meedoen.people.privacy.mailed import Wish, wish_in

TO = f"gegevens@{DOMAIN}"


@pytest.fixture(autouse=True)
def _open(settings):
    settings.MAIL_IN_DOMAIN = DOMAIN
    settings.MAIL_IN_TRUSTED = ["mx.voorbeeld.example"]


@pytest.fixture
def ans(db):
    return known("Ans", ANS, NOW)


@pytest.fixture
def written(ans):
    thread = Thread.objects.about("article", "1", title="Een stembureau", url="/nieuws/een-stembureau/", now=NOW)
    return conversation.contribute(
        thread, person=ans, text="Toen dat.", hides_name=False, score=0, looks_like_spam=False, now=NOW
    )


def newest():
    return OutgoingMail.objects.latest("pk")


def beside(mail):
    """The code that stands beside the link."""
    return re.search(r"Typ daar: (\d{6})\b", as_read(mail).body)[1]


def types(client, path, code):
    return client.post(path, {"code": code}, HTTP_ORIGIN="http://testserver")


def link_in(mail):
    return re.search(r"(/mijn/gegevens/link/[\w:-]+/)", mail.text)[1]


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("Stuur mij mijn gegevens", Wish.DATA),
        ("Mijn gegevens", Wish.DATA),
        ("Ik wil graag weten wat jullie van mij hebben", Wish.DATA),
        ("Wis mij", Wish.ERASE),
        ("Verwijder al mijn gegevens a.u.b.", Wish.ERASE),
        ("Ik wil niet meer meedoen. Wis alles.", Wish.ERASE),
        ("Stuur mijn gegevens en wis mij daarna", None),
        ("Verbeter mijn gegevens: ik heet Anne", None),
        ("Hallo", None),
        ("", None),
    ],
)
def test_what_a_mail_asks(text, wish):
    assert wish_in(text) == wish


def test_data_are_asked_confirmed_and_read_from_a_mailbox_alone(ans, written, client, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    assert arrive("Dank je wel.", to=TO, subject="Stuur mij mijn gegevens", proof="") == "data: data asked"
    asked = newest()
    assert (asked.template, asked.to) == ("mail/people/code.md", ANS)
    assert "Je gegevens krijgen" in asked.text
    assert "Toen dat." not in asked.text
    assert arrive(code_in(asked), to=asked.reply_to, proof="", now=NOW + MINUTE) == "act: done"
    assert answers() == [("code.md", ANS), ("data.md", ANS)]
    mailed = link_in(newest())
    asks = client.get(mailed)
    assert (asks.status_code, asks["Cache-Control"]) == (200, "private, no-store")
    assert "Toen dat." not in asks.content.decode()  # a mail gateway opens links, and types no code
    assert client.get(f"{mailed}alles.json", follow=True).status_code == 404
    path = types(client, mailed, beside(newest())).url
    page = client.get(path)
    assert (page.status_code, page["Cache-Control"]) == (200, "private, no-store")
    assert "Toen dat." in page.content.decode()
    assert "Wis alles over mij" not in page.content.decode()  # that asks to sign in
    rows = {kind["naam"]: kind["rijen"] for kind in json.loads(client.get(f"{path}alles.json").content)["gegevens"]}
    assert rows["Wat je schreef"][0]["tekst"] == "Toen dat."


def test_the_code_on_the_page_leads_there_too(ans, client):
    arrive("", to=TO, subject="Stuur mij mijn gegevens")
    act = PendingAct.objects.get()
    answer = client.post(f"/bevestigen/{act.key}/code/", {"code": code_in(newest())}, HTTP_ORIGIN="http://testserver")
    assert "Jouw gegevens" in client.get(answer.url).content.decode()
    assert answer.url not in newest().text  # what needs no code stands in no mail


def test_only_the_code_beside_the_link_opens_it_and_not_by_guessing(ans, client):
    arrive("", to=TO, subject="Stuur mij mijn gegevens")
    arrive(code_in(newest()), to=newest().reply_to, now=NOW + MINUTE)
    mailed, code = link_in(newest()), beside(newest())
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    for _try in range(4):
        assert "Deze code klopt niet" in types(client, mailed, wrong).content.decode()
    assert types(client, mailed, f"{code[:3]} {code[3:]}").status_code == 302
    assert "te vaak een code getypt" in types(client, mailed, code).content.decode()


@pytest.mark.parametrize("words", ["Ja, stuur maar", "000000"])
def test_without_the_code_nothing_is_told(ans, written, words):
    arrive("", to=TO, subject="Stuur mij mijn gegevens")
    asked = newest()
    if code_in(asked) != words:
        arrive(words, to=asked.reply_to)
    assert not OutgoingMail.objects.filter(template="mail/people/data.md").exists()


def test_the_link_lives_a_day(ans, client, monkeypatch):
    arrive("", to=TO, subject="Stuur mij mijn gegevens")
    arrive(code_in(newest()), to=newest().reply_to, now=NOW + MINUTE)
    path = link_in(newest())
    assert client.get(path).status_code == 200
    later = time.time() + 24 * 60 * 60 + 1
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    gone = client.get(path, follow=True)
    assert (gone.status_code, "werkt een dag" in gone.content.decode()) == (404, True)


def test_a_link_that_was_changed_leads_nowhere(ans, client):
    token = handing.path_for(ans).split("/")[-2]
    path = f"/mijn/gegevens/link/{token}/"
    assert (
        client.get(path.replace(token, token[:-1] + ("a" if token[-1] != "a" else "b")), follow=True).status_code == 404
    )


def test_the_link_of_who_left_leads_nowhere(ans, client):
    arrive("", to=TO, subject="Stuur mij mijn gegevens")
    arrive(code_in(newest()), to=newest().reply_to, now=NOW + MINUTE)
    path = link_in(newest())
    Person.objects.update(address=None, name="", erased_at=NOW)
    assert client.get(path, follow=True).status_code == 404


def test_erasing_is_asked_and_confirmed_and_the_mail_that_asks_it_is_gone(ans, written):
    assert arrive("Ik wil dit niet meer.", to=TO, subject="Wis mij") == "data: erase asked"
    assert bytes(Incoming.objects.get().raw) == b""
    asked = newest()
    assert "niet terugdraaien" in asked.text
    assert arrive(code_in(asked), to=asked.reply_to, now=NOW + MINUTE) == "act: done"
    left = Person.objects.get(pk=ans.pk)
    assert (left.name, left.address, Contribution.objects.get().text) == ("", None, "Toen dat.")


def test_the_texts_go_too_for_who_says_so_behind_the_code(ans, written):
    arrive("", to=TO, subject="Wis mij")
    arrive(f"{code_in(newest())} met teksten", to=newest().reply_to, now=NOW + MINUTE)
    assert (Person.objects.get(pk=ans.pk).name, Contribution.objects.get().text) == ("", "")


def test_no_erases_nothing(ans, written):
    arrive("", to=TO, subject="Wis mij")
    assert arrive("Nee", to=newest().reply_to) == "act: discarded"
    assert Person.objects.get().name == "Ans"


def test_somebody_else_cannot_have_us_mail_or_erase(ans, written):
    boef = "boef@elders.example"
    assert arrive("Ik ben Ans.", to=TO, subject="Wis mij", author=boef, proof="") == "data: nobody"
    assert answers() == [("data_nobody.md", boef)]
    assert PendingAct.objects.count() == 0


def test_of_two_behind_one_address_the_named_one_is_meant(ans, written):
    karim = Person.objects.create(address=ans.address, name="Karim", joined_at=NOW)
    assert arrive("", to=TO, subject="Stuur mij mijn gegevens", author=f"Fam. Bos <{ANS}>") == "data: whose?"
    assert "Stuur mij mijn gegevens, Karim" in newest().text
    assert arrive("", to=TO, subject="Stuur mij mijn gegevens, Karim", author=f"Fam. Bos <{ANS}>") == "data: data asked"
    assert PendingAct.objects.get().person == karim


def test_what_is_not_understood_is_asked_back(ans):
    assert arrive("Ik heet nu Anne.", to=TO, subject="Verbeter mijn gegevens") == "data: which?"
    assert (answers(), PendingAct.objects.count()) == ([("data_which.md", ANS)], 0)


def test_asked_again_another_day_it_is_mailed_again(ans):
    for now in (NOW, NOW + DAY):
        arrive("", to=TO, subject="Stuur mij mijn gegevens", now=now)
        arrive(code_in(newest()), to=newest().reply_to, now=now + MINUTE)
    assert [template for template, _to in answers()] == ["code.md", "data.md", "code.md", "data.md"]


@pytest.mark.parametrize(
    ("words", "outcome"), [("Wis mij", "data: erase asked"), ("Mijn gegevens", "data: data asked")]
)
def test_said_in_answer_to_a_notice_it_is_no_comment(ans, written, words, outcome):
    assert arrive(words, to=thread_address(written.thread, ans), now=NOW + HOUR) == outcome
    assert Contribution.objects.count() == 1


@pytest.mark.parametrize("to", ["vraag", "hulp", "bijeenkomst", "koppel", "nieuwsbrief"])
def test_mailed_to_any_name_of_ours_it_is_heard(ans, to):
    assert arrive("Wis mij\n\nAns Jansen", to=f"{to}@{DOMAIN}") == "data: erase asked"
    assert bytes(Incoming.objects.get().raw) == b""


@pytest.mark.parametrize("purpose", sorted(routes._purposes))
def test_said_in_answer_to_any_mail_of_ours_it_is_heard(ans, purpose):
    to = addresses.answer_to(purpose, owner=ans.pk, about="1", now=NOW)
    assert arrive("Wis mij a.u.b.", to=to) == "data: erase asked"


def test_said_in_answer_to_an_old_mail_it_is_heard(ans):
    assert arrive("Wis mij", to=f"antwoord+{'a' * 26}@{DOMAIN}") == "data: erase asked"


def test_said_in_answer_to_another_code_it_is_heard_and_to_its_own_it_asks_that(ans):
    arrive("", to=TO, subject="Stuur mij mijn gegevens")
    assert arrive("Wis mij", to=newest().reply_to, now=NOW + MINUTE) == "data: erase asked"
    assert arrive("Wis mij", to=newest().reply_to, now=NOW + 2 * MINUTE) == "act: no code"
    assert PendingAct.objects.count() == 2


def test_the_mail_with_the_link_holds_none_of_it_and_can_be_answered(ans, written):
    arrive("", to=TO, subject="Stuur mij mijn gegevens")
    arrive(code_in(newest()), to=newest().reply_to, now=NOW + MINUTE)
    told = newest()
    assert "Toen dat." not in told.text + told.html
    assert "Kun je geen pagina openen? Bel" in told.text
    assert arrive("Ik kan de pagina niet openen.", to=told.reply_to, now=NOW + MINUTE) == "act: done before"
    assert newest().subject == "Dit was al klaar"
    assert "Dat las niemand. Mail het naar hulp@" in newest().text.replace("\n", " ")
    assert bytes(Incoming.objects.latest("pk").raw) == b""


@pytest.mark.parametrize(
    "words", ["Doe het toch maar niet. {code}", "{code}\nmet teksten, maar wacht nog", "Nee!\n{code}"]
)
def test_a_code_beside_words_of_doubt_erases_nothing(ans, written, words):
    arrive("", to=TO, subject="Wis mij")
    asked = newest()
    assert arrive(words.format(code=code_in(asked)), to=asked.reply_to, now=NOW + MINUTE) == "act: in doubt"
    assert Person.objects.filter(pk=ans.pk, erased_at=None).exists()
    assert newest().subject == "Wil je dit echt?"
    assert arrive(code_in(asked), to=newest().reply_to, now=NOW + MINUTE) == "act: done"
    assert not Person.objects.filter(pk=ans.pk, erased_at=None).exists()


@pytest.mark.parametrize(
    "words",
    [
        "ja doe maar {code} en me teksten ook",
        "{code} met teksten\n\nBel me op 06-12345678 als het klaar is.",
        "{code} wis ook de foto's",
    ],
)
def test_whatever_else_stands_beside_the_code_is_asked_about_before_anything_is_erased(ans, written, words):
    arrive("", to=TO, subject="Wis mij")
    asked = newest()
    assert arrive(words.format(code=code_in(asked)), to=asked.reply_to, now=NOW + MINUTE) == "act: in doubt"
    assert (Person.objects.get(pk=ans.pk).name, Contribution.objects.get().text) == ("Ans", "Toen dat.")
    assert "Moeten je teksten ook weg? Typ dan achter de code: met teksten." in newest().text.replace("\n", " ")
    assert "06-12345678" not in newest().text
    again = f"{code_in(asked)} met teksten"
    assert arrive(again, to=newest().reply_to, now=NOW + MINUTE) == "act: done"
    assert (Person.objects.get(pk=ans.pk).name, Contribution.objects.get().text) == ("", "")


def test_what_nobody_reads_beside_the_code_is_named_and_lies_nowhere_in_clear(ans, written):
    arrive("", to=TO, subject="Stuur mij mijn gegevens")
    asked = newest()
    arrive(f"{code_in(asked)}\n\nBel me op 06-12345678 als het klaar is.", to=asked.reply_to, now=NOW + MINUTE)
    assert "las niemand: ‘Bel me op 06-12345678 als het klaar is.’" in as_read(newest()).body.replace("\n", " ")
    assert "06-12345678" not in newest().text


@pytest.mark.parametrize(
    "words",
    [
        "{code} met teksten",
        "Ja, hierbij de code: {code}\n\nGroetjes,\nAns",
        "{code}\nTruus Jansen",
        "Ja wis mij maar aub. {code}",
        "Doe maar, dank je wel!\n{code}",
    ],
)
def test_what_only_brings_the_code_is_not_named(ans, written, words):
    arrive("", to=TO, subject="Wis mij")
    asked = newest()
    assert arrive(words.format(code=code_in(asked)), to=asked.reply_to, now=NOW + MINUTE) == "act: done"
    assert "las niemand" not in newest().text


@pytest.mark.parametrize("words", ["Stuur mij mijn gegevens", "Wis mij"])
def test_the_subject_says_nothing_of_it_on_a_locked_screen(ans, words):
    arrive("", to=TO, subject=words)
    assert as_read(newest()).subject == f"{code_in(newest())} is je code voor Iedereen doet mee!"


def test_a_code_that_stands_in_the_subject_alone_counts_where_it_was_typed_there(ans, written):
    arrive("", to=TO, subject="Wis mij")
    asked, code = newest(), code_in(newest())
    assert arrive("", to=asked.reply_to, subject=f"Re: {code}", now=NOW + MINUTE) == "act: no code"
    assert arrive("Maar niet mijn teksten", to=asked.reply_to, subject=code, now=NOW + MINUTE) == "act: no code"
    assert arrive("Groetjes Ans", to=asked.reply_to, subject=code, now=NOW + MINUTE) == "act: done"


def test_a_sentence_that_says_no_keeps_it_from_happening(ans, written):
    arrive("", to=TO, subject="Wis mij")
    assert arrive("Nee nee, dat moet niet!!\n\nAns", to=newest().reply_to) == "act: discarded"
