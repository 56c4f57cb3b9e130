"""Quoting by reference: under the name that is shown now, and without words that cannot be read any more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as parser
from tests.conversation.conftest import MINUTE, approve, decide
from tests.signed_in import HERE

from meedoen.activity.models import Happening
from meedoen.conversation import actions, quotes
from meedoen.conversation.models import Contribution
from meedoen.conversation.moderation.rules import Deed, Ground
from meedoen.conversation.reading import thread_page, words_of
from meedoen.people.privacy import actions as privacy

LONG = "De drempel is te **hoog**.\n\n> Een oud citaat.\n\nDe deur is te smal.\n\n- Een lift\n- Een plaat"
SECRET = "De drempel is te hoog"


@pytest.fixture
def quoted(write, person):
    return write(person("Bram"), LONG)


@pytest.fixture
def quoting(quoted, write, person):
    """An answer that quotes the first part."""
    return write(person("Fatima"), quotes.quote(quoted, ["De drempel is te hoog."]) + "Bij ons ook.")


def shown(thread, number) -> str:
    (found,) = [each for each in thread_page(thread_again(thread), page=None).contributions if each.number == number]
    return str(found.html)


def thread_again(thread):
    return type(thread).objects.get(pk=thread.pk)


def test_a_quote_says_who_and_where_as_it_is_now(thread, quoted, quoting):
    assert shown(thread, 2) == (
        '<blockquote>\n<p>Bram in <a href="/nieuws/een-bericht/#reactie-1" rel="nofollow ugc noopener noreferrer">'
        "bericht 1</a>:</p>\n<p>De drempel is te hoog.</p>\n</blockquote>\n<p>Bij ons ook.</p>\n"
    )
    quoted.person.name = "B. *de* Vries"
    quoted.person.save()
    assert "<p>B. *de* Vries in " in shown(thread, 2)


@pytest.mark.parametrize("way", ["retract", "remove", "hide", "erase"])
def test_words_that_cannot_be_read_any_more_are_in_no_quote(client, thread, quoted, quoting, way, now):
    assert SECRET in Happening.objects.get(mark=f"contribution-{quoting.pk}").words
    if way == "retract":
        actions.retract(quoted, now=now)
    elif way == "erase":
        privacy.erase(quoted.person, with_texts=True, now=now)
    else:
        decide(
            quoted,
            Deed.HIDE if way == "hide" else Deed.REMOVE,
            now=now,
            ground=Ground.UNKIND,
            reason="Nee.",
        )
    assert SECRET not in shown(thread, 2)
    assert "Hier stond een citaat. Dat bericht is niet meer te lezen." in shown(thread, 2)
    assert "Bij ons ook." in shown(thread, 2)
    own = client.get(f"/bericht/{quoting.key}/").content.decode()
    assert (SECRET in own, "Bij ons ook." in own) == (False, True)
    assert SECRET not in Happening.objects.get(mark=f"contribution-{quoting.pk}").words
    exported = str(privacy.everything_about(quoting.person, now=now))
    assert (SECRET in exported, "Bij ons ook." in exported) == (False, True)


def test_what_is_put_back_is_quoted_again(thread, quoted, quoting, now):
    actions.retract(quoted, now=now)
    actions.put_back(quoted, now=now)
    assert SECRET in shown(thread, 2)


def test_a_quote_in_what_stood_there_before_is_hidden_too(client, quoted, quoting, now):
    actions.edit(quoting, text="Bij ons niet meer.", now=now + 60 * MINUTE)
    actions.retract(quoted, now=now)
    page = client.get(f"/reacties/{quoting.pk}/eerder/").content.decode()
    assert ("Bij ons ook." in page, SECRET in page) == (True, False)


def test_parts_are_chosen_without_script(client, quoted):
    page = client.get(f"/reacties/{quoted.pk}/citeren/")
    labels = [each.text_content() for each in parser.fromstring(page.content).cssselect("fieldset label")]
    assert labels == ["De drempel is te hoog.", "De deur is te smal.", "Een lift Een plaat"]
    writing = client.get(f"/reacties/{quoted.pk}/antwoord/?deel=2&deel=alles")
    (box,) = parser.fromstring(writing.content).cssselect("textarea")
    assert box.text == f"\n> [Bericht 1](/reacties/{quoted.pk}/):\n>\n> De deur is te smal.\n\n"
    everything = client.get(f"/reacties/{quoted.pk}/antwoord/?deel=alles")
    (box,) = parser.fromstring(everything.content).cssselect("textarea")
    assert "> De drempel is te **hoog**." in box.text
    assert "oud citaat" not in box.text


def test_a_short_text_is_quoted_as_it_is(client, write, person):
    short = write(person("Bram"), "Kort.")
    assert client.get(f"/reacties/{short.pk}/citeren/").url == f"/reacties/{short.pk}/antwoord/?deel=alles"


def test_a_guest_checks_a_quote_as_it_will_stand(client, quoted, now):
    text = quotes.quote(quoted, ["De deur is te smal."]) + "Klopt."
    guest = {"name": "Elif", "email": "elif@voorbeeld.example"}
    act = client.post(f"/reacties/{quoted.pk}/antwoord/", {"text": text, **guest}, **HERE).url
    assert "Bram in" in client.get(act).content.decode()
    actions.retract(quoted, now=now)
    page = client.get(act).content.decode()
    assert ("Bram in" in page, "smal" in page, "Klopt." in page) == (False, False, True)


def test_a_lasting_address_leads_to_where_it_stands(client, thread, quoted, write, person, now):
    assert client.get(f"/reacties/{quoted.pk}/").url == "/nieuws/een-bericht/#reactie-1"
    actions.retract(quoted, now=now)
    assert client.get(f"/reacties/{quoted.pk}/").url == "/nieuws/een-bericht/#reactie-1"  # the gap
    waiting = write(person("Gijs", trusted=False))
    assert client.get(f"/reacties/{waiting.pk}/").status_code == 404
    approve(waiting, now=now)
    assert client.get(f"/reacties/{waiting.pk}/").url == "/nieuws/een-bericht/#reactie-2"


def test_hand_made_quotes_show_nothing_hidden(thread, quoted, write, person, now):
    actions.retract(quoted, now=now)
    address = f"(/reacties/{quoted.pk}/)"
    for text in (
        f"> > [x]{address}\n> > geheim\n> dit blijft",
        f">[x]{address}:\n>geheim\n\ndit blijft",
        f"> [Bericht 1]{address}:  \n> geheim\n> > geheim\ndit blijft",
    ):
        html = words_of(text)
        assert ("geheim" in html, "dit blijft" in html) == (False, True), text


def test_names_and_numbers_that_were_never_there_give_a_page(thread, write, person):
    for text in ("> [a](/reacties/999999999999999/):\n> weg", "> [a](/reacties/0/):", "[los](/reacties/1/) in een zin"):
        assert isinstance(words_of(text), str)


@given(st.text(alphabet="> []()/reacties1:\n*ab", max_size=300))
def test_any_text_comes_out_in_bounded_form(text):
    assert quotes.as_shown(text, {}, name_of=lambda each: "").count("\n") <= text.count("\n")


def test_of_ten_thousand_quotes_the_first_twenty_are_looked_up(thread, quoted, write, person):
    many = [write(person(f"Elif{number}"), "Ja.") for number in range(25)]
    text = "".join(f"> [Bericht](/reacties/{each.pk}/):\n> woorden {each.number}.\n\n" for each in [quoted, *many])
    shown = words_of(text + f"> [Bericht 1](/reacties/{quoted.pk}/):\n> a\n" * 5000)
    assert [number for number in range(1, 27) if f"> woorden {number}." in shown] == list(range(1, 21))


def test_pages_ask_one_query_more_where_they_quote(
    client, thread, quoted, write, person, django_assert_max_num_queries
):
    for number in range(5):
        write(person(f"Elif{number}"), quotes.quote(quoted, ["De deur."]) + "Ja.")
    again = thread_again(thread)
    with django_assert_max_num_queries(2):
        thread_page(again, page=None)
    assert Contribution.objects.count() == 6
