"""The list of words at the team's desk: what is written stands on the site, no spelling twice, nothing of a colleague lost."""

import pytest
from lxml import html as parser
from tests.signed_in import HERE, sign_in

from meedoen.kernel import clock
from meedoen.people.models import Address, Person
from meedoen.terms import actions
from meedoen.terms.models import Term

pytestmark = pytest.mark.django_db
DREMPEL = {
    "word": "drempel",
    "spellings": "",
    "explanation": "Iets waardoor je niet mee kunt doen.",
    "is_in_texts": "on",
}


@pytest.fixture
def carla(client):
    address = Address.objects.create(email="carla@voorbeeld.example", verified_at=clock.now())
    Person.objects.create(address=address, name="Carla", joined_at=clock.now(), is_team=True)
    sign_in(client, "carla@voorbeeld.example")
    return client


def text_of(response) -> str:
    return " ".join(parser.fromstring(response.content).find(".//main").text_content().split())


def send(client, address, **given):
    return client.post(f"/team/woorden/{address}", given, **HERE)


def opened(client, name) -> dict[str, str]:
    """What the form of a word says."""
    form = parser.fromstring(client.get(f"/team/woorden/{name}/").content).find(".//main//form")
    return {name: value.strip() for name, value in form.form_values() if name != "csrfmiddlewaretoken"}


def test_a_new_word_stands_on_the_site(carla, client):
    assert "Er staan geen woorden" in text_of(carla.get("/team/woorden/"))
    done = send(carla, "nieuw/", **{**DREMPEL, "spellings": " hindernis \n\nDrempel\nhindernis"})
    assert done["Location"] == "/team/woorden/?klaar=bewaard&woord=drempel"
    assert Term.objects.values_list("id", "word", "forms", "is_in_texts").get() == (
        "drempel",
        "drempel",
        "hindernis",
        True,
    )
    assert "‘drempel’ staat op de site" in text_of(carla.get(done["Location"]))
    client.logout()
    assert "Iets waardoor je niet mee kunt doen." in text_of(client.get("/kennisbank/woorden/"))


def test_what_is_hard_to_read_is_said_after_it_is_kept(carla):
    done = send(carla, "nieuw/", **{**DREMPEL, "explanation": "Een belemmering conform de vigerende regelgeving."})
    said = text_of(carla.get(done["Location"]))
    assert "De uitleg kan makkelijker" in said
    assert "vigerende" in said
    assert "kan makkelijker" not in text_of(carla.get("/team/woorden/"))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"word": ""}, "Vul het woord in dat je uitlegt."),
        ({"word": "123"}, "In ‘123’ staat geen letter."),
        ({"word": "a|b"}, "Zet in het woord geen |."),
        ({"word": "a" * 81}, "Dit woord is 81 tekens lang. Er passen er 80 in."),
        ({"explanation": "..."}, "Schrijf wat het woord betekent."),
        ({"explanation": "a" * 401}, "Je uitleg is 401 tekens lang. Er passen er 400 in. Maak hem korter."),
        ({"spellings": "hobbel\n?!"}, "In ‘?!’ staat geen letter."),
        ({"spellings": "a" * 301}, "Hier staan 301 tekens. Er passen er 300 in. Haal een woord weg."),
        ({"word": "Hek"}, "‘Hek’ leggen we al uit, bij ‘obstakel’."),
        ({"spellings": "HEK"}, "‘HEK’ leggen we al uit, bij ‘obstakel’."),
        ({"word": "Stoep"}, "‘stoep’ stond eerder op de lijst en is weggehaald."),
    ],
)
def test_what_cannot_be_kept_is_said_and_stays_typed(carla, given, said):
    now = clock.now()
    actions.write(None, word="obstakel", spellings=["hek"], explanation="Staat in de weg.", is_in_texts=True, now=now)
    gone = actions.write(None, word="stoep", spellings=[], explanation="Naast de weg.", is_in_texts=True, now=now)
    actions.show(gone, is_shown=False, now=now)
    response = send(carla, "nieuw/", **{**DREMPEL, **given})
    assert said in text_of(response)
    form = next(each for each in parser.fromstring(response.content).findall(".//main//form") if "word" in each.fields)
    assert {name: (form.fields[name] or "").removeprefix("\n") for name in given} == given
    assert set(Term.objects.values_list("word", flat=True)) == {"obstakel", "stoep"}


def test_two_colleagues_at_one_word(carla):
    actions.write(None, word="drempel", spellings=["hobbel"], explanation="Oud.", is_in_texts=False, now=clock.now())
    first, second = opened(carla, "drempel"), opened(carla, "drempel")
    assert (first["word"], first["spellings"], first["explanation"]) == ("drempel", "hobbel", "Oud.")
    assert send(carla, "drempel/", **{**first, "explanation": "Van de een."}).status_code == 302
    clash = send(carla, "drempel/", **{**second, "explanation": "Van de ander."})
    assert "Een collega veranderde dit woord net. Er staat nu: Van de een." in text_of(clash)
    form = next(each for each in parser.fromstring(clash.content).findall(".//main//form") if "word" in each.fields)
    assert form.fields["explanation"].strip() == "Van de ander."
    assert send(carla, "drempel/", **dict(form.form_values())).status_code == 302
    assert Term.objects.get().explanation == "Van de ander."


def test_a_button_that_is_pressed_twice(carla):
    done = [send(carla, "nieuw/", **DREMPEL)["Location"] for _press in range(2)]
    assert done == ["/team/woorden/?klaar=bewaard&woord=drempel"] * 2
    better = {**opened(carla, "drempel"), "explanation": "Iets dat in de weg staat."}
    done = [send(carla, "drempel/", **better)["Location"] for _press in range(2)]
    assert done == ["/team/woorden/?klaar=bewaard&woord=drempel"] * 2
    assert Term.objects.get().explanation == "Iets dat in de weg staat."


def test_off_the_list_and_back(carla, client):
    actions.write(None, word="drempel", spellings=[], explanation="Oud.", is_in_texts=True, now=clock.now())
    done = send(carla, "drempel/weghalen/")
    assert "‘drempel’ is van de lijst" in text_of(carla.get(done["Location"]))
    assert "Oud." not in text_of(carla.get("/kennisbank/woorden/"))
    assert "van de lijst gehaald" in text_of(carla.get("/team/woorden/drempel/"))
    back = send(carla, "drempel/terugzetten/")
    assert "‘drempel’ staat weer op de lijst" in text_of(carla.get(back["Location"]))
    assert "Oud." in text_of(carla.get("/kennisbank/woorden/"))


def test_a_word_that_is_explained_elsewhere_by_now_does_not_come_back(carla):
    now = clock.now()
    old = actions.write(None, word="drempel", spellings=["hobbel"], explanation="Oud.", is_in_texts=True, now=now)
    actions.show(old, is_shown=False, now=now)
    actions.write(None, word="bult", spellings=["hobbel"], explanation="Nieuw.", is_in_texts=True, now=now)
    refused = send(carla, "drempel/terugzetten/")
    assert "‘hobbel’ leggen we al uit, bij ‘bult’." in text_of(carla.get(refused["Location"]))
    assert not Term.objects.get(pk="drempel").is_shown


def test_words_that_look_alike_in_an_address(carla):
    for word in ("nieuw", "Café", "!ça"):
        send(carla, "nieuw/", **{**DREMPEL, "word": word})
    assert dict(Term.objects.values_list("word", "id")) == {
        "nieuw": "nieuw-2",
        "Café": "cafe",
        "!ça": "ca",
    }


def test_the_page_asks_as_much_for_one_word_as_for_many(carla, django_assert_num_queries):
    actions.load_terms(now=clock.now())
    with django_assert_num_queries(4):
        carla.get("/team/woorden/")
