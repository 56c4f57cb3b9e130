"""What somebody writes beside the code of their message: their text anew, a greeting, or what we do not understand."""

import pytest
from tests.incoming_mail import arrive, thread_address
from tests.outbox import as_read, code_in

from meedoen.conversation.beside_code import asks_no_name, fit_name, left_over, must_be_understood, shown
from meedoen.conversation.models import Contribution
from meedoen.mail.models import OutgoingMail
from meedoen.people import actions as people
from meedoen.people.acts import BESIDE, CannotDo
from meedoen.people.models import PendingAct

WAS = "Bij ons hielp een rustig uur. Bel Piet."


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("", ""),
        ("Hallo,\n\nGroetjes Ans", ""),
        ("Mijn code is", ""),
        ("Ja, dit klopt", ""),
        ("Ans de Boer", ""),
        ("De laatste zin moet weg.", "De laatste zin moet weg."),
        ("Fijne dag!", ""),
        ("Geen dank", ""),
        ("Ik laat het zo", ""),
        ("Ja, laat maar staan", ""),
        ("Ja graag, anoniem", "Ja graag, anoniem"),
        ("Bedankt, nee", "Bedankt, nee"),
        ("Dank, graag anoniem", "Dank, graag anoniem"),
        ("Hoi\nEn doe de groeten aan het team!", "En doe de groeten aan het team!"),
    ],
)
def test_what_only_greets_or_agrees_says_nothing(text, left):
    assert left_over(text, "Ans de Boer") == left


@pytest.mark.parametrize(
    "text",
    ["nee", "Graag anoniem", "Mijn naam eraf graag", "Ik trek het in", "Annuleer dit", "Dit is vertrouwelijk",
     "Alleen voor het team", "Plaats het nergens", "Ongedaan maken", "Wis het maar", "Ik twijfel", "Ik heb me bedacht", "Liever prive", "Bedankt, nee",
     "Ik laat het zo niet staan", "Geen haast, het moet anders", "Verander maar in morgen", "Laat maar", "Kunnen jullie mij bellen"],
)  # fmt: skip
def test_who_may_want_no_text_or_another_is_not_understood(text):
    act = PendingAct(payload={BESIDE: left_over(text, "Ans de Boer")})
    with pytest.raises(CannotDo):
        must_be_understood(act)


@pytest.mark.parametrize(
    "text",
    ["Ik laat het zo", "Laat het maar zo", "Laat maar weten of het gelukt is", "Helemaal goed, niets aan te veranderen",
     "Er staat geen fout in", "Sorry dat het laat is, ik had het niet gezien", "Geen dank", "Geen haast",
     "Nee hoor, alles is goed", "Het lukte eerst niet", "Mooi dat dit bestaat zeg"],
)  # fmt: skip
def test_who_takes_nothing_back_is_not_refused(text):
    must_be_understood(PendingAct(payload={BESIDE: left_over(text, "Ans de Boer")}))
    must_be_understood(PendingAct(payload={BESIDE: text}))


def test_a_name_that_sounds_like_a_refusal_is_a_name():
    assert left_over("Groetjes, Anders", "Anders Boer") == ""


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Anja de Boer 0612345678", "Anja de Boer"),
        ("Ab1963", "Ab"),
        ("Jan +31 6 12 34 56 78", "Jan"),
        ("Ans", "Ans"),
        ("1963", "1963"),
    ],
)
def test_a_name_holds_no_number(said, name):
    assert fit_name(said) == name


@pytest.mark.parametrize(
    ("line", "asks"),
    [
        ("zonder naam", True),
        ("Graag anoniem", True),
        ("Ja graag, anoniem", True),
        ("Mijn naam eraf graag", True),
        ("Zet mijn naam er niet bij alsjeblieft", True),
        ("Liever zonder mijn naam, Ans", True),
        ("niet anoniem", False),
        ("Plaats het maar niet zonder naam", False),
        ("Mijn naam is Ans", False),
        ("Anoniem, en de laatste zin moet weg", False),
        ("", False),
    ],
)
def test_no_name_is_asked_for_where_nothing_else_is(line, asks):
    assert asks_no_name(line, "Ans") is asks


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Ans de Boer", "Erbij staat je naam: Ans de Boer."),
        ("Win nu op casino.example", "met de naam uit je mail."),
        ("Lees dit want er is heel veel te winnen voor iedereen", "met de naam uit je mail."),
    ],
)
def test_the_code_mail_says_the_name_where_it_is_one(name, told):
    said = shown(PendingAct(name=name, email="ans@mail.example", payload={"by_mail": True, "text": WAS}))["before"]
    assert "Iedereen kan het straks lezen" in said
    assert (told in said, name in said) == (True, "Ans" in name)


@pytest.fixture
def asked(thread, ans):
    arrive(WAS, to=thread_address(thread, ans), proof="")
    return OutgoingMail.objects.get()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("beside", "stands", "told"),
    [
        ("\nHallo,\ntekst: Bij ons hielp een uur.", "Bij ons hielp een uur.", ""),
        ("\nDank je wel!\nAns", WAS, ""),
        ("\nMooi dat dit bestaat zeg", WAS, "Mooi dat dit bestaat zeg"),
    ],
)
def test_a_text_is_mended_below_a_greeting_and_other_words_are_named(asked, beside, stands, told):
    assert arrive(code_in(asked) + beside, to=asked.reply_to, proof="") == "act: done"
    assert Contribution.objects.get().text == stands
    mail = OutgoingMail.objects.latest("pk")
    sent = as_read(mail).body
    assert ("Dit begrepen we niet" in sent, told in sent) == (bool(told), True)
    assert not told or told not in mail.text  # it may tell of a need


@pytest.mark.django_db
@pytest.mark.parametrize("beside", ["De laatste zin moet weg.", "Wacht, ik wil het anders", "Piet niet noemen!", "nee"])
def test_who_asks_for_another_text_is_not_given_the_old_one(asked, beside):
    assert arrive(f"{code_in(asked)}\n{beside}", to=asked.reply_to, proof="") == "not taken"
    assert not Contribution.objects.exists()
    assert "Typ dan onder de code: tekst:" in " ".join(OutgoingMail.objects.latest("pk").text.split())
    assert arrive(code_in(asked), to=asked.reply_to, proof="") == "act: done"
    assert Contribution.objects.get().text == WAS


@pytest.mark.django_db
def test_on_the_page_the_text_is_seen_and_the_code_does(asked):
    arrive(f"{code_in(asked)}\nDe laatste zin moet weg.", to=asked.reply_to, proof="")
    act = PendingAct.objects.get()
    people.confirm(act, typed=code_in(asked), network="n", now=act.changed_at)
    assert Contribution.objects.get().text == WAS


@pytest.mark.django_db
def test_who_types_so_beside_the_code_stands_there_without_a_name(asked):
    assert "Typ dan onder de code: zonder naam." in " ".join(asked.text.split())
    assert arrive(f"{code_in(asked)}\nGraag zonder naam", to=asked.reply_to, proof="") == "act: done"
    assert Contribution.objects.get().hides_name
    sent = " ".join(OutgoingMail.objects.latest("pk").text.split())
    assert ("Je naam staat er niet bij. Zo staat het er:" in sent, "Dit begrepen we niet" in sent) == (True, False)
