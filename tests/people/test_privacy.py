"""What we know of somebody: covered whole, handed over whole, and gone whole."""

import json
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.test import Client
from lxml import html as parser
from tests.conversation.conftest import approve, standing
from tests.people.conftest import code_mailed
from tests.signed_in import HERE, sign_in, sign_in_by_code

from meedoen.conversation import actions as conversation
from meedoen.conversation.models import Contribution, Thread
from meedoen.conversation.rules import UNDO_WINDOW
from meedoen.kernel import clock
from meedoen.people.models import Address, Person
from meedoen.people.privacy import actions
from meedoen.people.privacy.register import holdings

# Tables that hold nothing of people, each with why; a new table stands here or in a declaration.
IMPERSONAL = {
    "home": set(),
    "library": {
        "Article",
        "Practice",
        "Touch",
        "Source",
        "OldAddress",
        "LoadedFile",
        "InsertFile",
        "InsertWords",
        "OutsideLink",
        "LinksRead",
    },  # the editors' words, about municipalities
    "themes": {"Theme", "ConventionArticle"},
    "terms": {"Term"},
    "meetings": {"Evaluation", "Ticket", "Figures"},  # what nobody knows whose it is, and counts
    "team": {"CelebrationMeeting"},  # which meeting celebrates what
    "newsletter": {"Letter", "Entry", "Edition"},  # what everybody gets; who does stands elsewhere
    "finding": {"Missed", "Followed"},  # words that found nothing, and searches; not who looks for them
    "forum": {"Shelf"},
    "keeping": {"Borne"},  # names of migrations
    "municipalities": {
        "Province",
        "Municipality",
        "MunicipalityName",
        "OldSlug",
        "Succession",
        "Signature",
        "RegisterImport",
        "Fact",  # of a municipality, not of who of it did something
    },
    "pages": {"Area"},
    "health": {"Look", "Pulse", "Trial"},  # servers and domains, and a mail of ours to ourselves
    "search": {"Entry", "Change", "Word", "Term", "Counted"},  # what is public elsewhere, and gone when it goes there
    "vault": {"Wording", "Key", "Count"},  # the words on a page, that a key exists, sums of a year
    "activity": {"Subject"},  # what is followed, not who does
    "conversation": {"Thread", "FormerPlace"},  # what is talked about and where it stood, not who does
    "auth": {"Permission", "Group"},  # not used: there are persons and a team
    "contenttypes": {"ContentType"},
    "account": {"EmailAddress", "EmailConfirmation"},  # django-allauth's; a test below holds them empty
    "django_tasks_database": {"DBTaskResult"},  # the ids of rows to work on
}


@pytest.fixture
def written(ans):
    """What Ans wrote: shown, changed later, and waiting."""
    now = clock.now()
    thread = Thread.objects.about("article", "1", title="Een bericht", url="/nieuws/een-bericht/", now=now)

    def write(text):
        return conversation.contribute(
            thread, person=ans, text=text, hides_name=False, score=0, looks_like_spam=False, now=now
        )

    shown = approve(write("Eerst dit."), now=now)
    shown = conversation.edit(shown, text="Toen dat.", now=now + UNDO_WINDOW)
    waiting = write("Dit wacht.")
    Contribution.objects.filter(pk=waiting.pk).update(**standing("waiting"), shown_at=None, number=None)
    return shown


def text_of(response) -> str:
    return " ".join(parser.fromstring(response.content).find(".//main").text_content().split())


def everything_stored() -> str:
    """All values of all tables that have a text in them."""
    found = []
    for model in apps.get_models():
        fields = [field.attname for field in model._meta.concrete_fields]
        found += [str(value) for row in model.objects.values_list(*fields) for value in row if isinstance(value, str)]
    return "\n".join(found)


def test_every_table_is_declared_or_said_to_hold_nothing_of_people():
    declared = {table for holding in holdings() for table in holding.tables}
    missing = [
        model._meta.label
        for model in apps.get_models()
        if model not in declared and model.__name__ not in IMPERSONAL.get(model._meta.app_label, set())
    ]
    assert missing == []


def test_whatever_points_at_a_person_is_declared():
    declared = {table for holding in holdings() for table in holding.tables}
    pointing = {
        relation.related_model
        for model in (Person, Address)
        for relation in model._meta.get_fields()
        if isinstance(relation, models.ForeignObjectRel)
    }
    assert Contribution in pointing
    assert pointing - declared <= {apps.get_model("account", "EmailAddress")}


@pytest.mark.parametrize("holding", holdings(), ids=lambda holding: str(holding.name))
def test_each_kind_says_what_why_by_what_right_and_how_long(holding):
    for sentence in (holding.what, holding.why, holding.basis, holding.until):
        assert str(sentence).endswith((".", ")"))


def test_everything_is_handed_over(ans, written):
    known = actions.everything_about(ans, now=clock.now())
    assert json.loads(json.dumps(known)) == known
    rows = {kind["naam"]: kind["rijen"] for kind in known["gegevens"]}
    assert rows["Wie je bent"][0]["e-mailadres"] == "ans@voorbeeld.example"
    assert [(row["tekst"], row["stond er eerder"]) for row in rows["Wat je schreef"]] == [
        ("Toen dat.", ["Eerst dit."]),
        ("Dit wacht.", []),
    ]


def test_nobody_gets_anothers_data(client, ans, written):
    fatima = Address.objects.create(email="fatima@voorbeeld.example", verified_at=clock.now())
    Person.objects.create(address=fatima, name="Fatima", joined_at=clock.now())
    sign_in(client, "fatima@voorbeeld.example")
    for address in ("/mijn/gegevens/", "/mijn/gegevens/alles.json"):
        body = client.get(address).content.decode()
        assert "Fatima" in body
        assert "Toen dat." not in body
        assert "ans@" not in body


def test_a_visitor_is_asked_to_sign_in(client, db):
    for address in ("/mijn/gegevens/", "/mijn/gegevens/alles.json", "/mijn/gegevens/wissen/"):
        assert client.get(address).url.startswith("/inloggen/")


def erase_by_the_pages(client, texts):
    act = client.post("/mijn/gegevens/wissen/", {"texts": texts}, **HERE).url
    assert client.post(f"{act}plaatsen/", **HERE).url != "/gegevens-gewist/"  # being signed in is not enough
    return client.post(f"{act}code/", {"code": code_mailed()}, **HERE)


def test_who_leaves_leaves_nothing_but_texts_without_a_name(client, ans, written):
    sign_in(client)
    assert erase_by_the_pages(client, "laat").url == "/gegevens-gewist/"
    stored = everything_stored()
    for trace in ("ans@", "Ans", "Eerst dit.", "Dit wacht."):
        assert trace not in stored
    assert Contribution.objects.get().text == "Toen dat."
    assert "Je gegevens zijn gewist" in text_of(client.get("/gegevens-gewist/"))
    assert client.get("/mijn/").url.startswith("/inloggen/")


def test_who_wants_takes_the_texts_along_and_the_thread_stays_readable(client, ans, written):
    sign_in(client)
    erase_by_the_pages(client, "wis")
    one = Contribution.objects.get()
    assert (one.text, one.state, one.number) == ("", "retracted", 1)


def test_erasing_asks_what_to_do_with_the_texts(client, ans):
    sign_in(client)
    page = client.post("/mijn/gegevens/wissen/", {}, **HERE)
    assert "Kies wat we doen met wat je schreef." in text_of(page)


def test_erasing_needs_a_token_of_our_own_page(ans):
    client = Client(enforce_csrf_checks=True)
    sign_in(client)
    assert client.post("/mijn/gegevens/wissen/", {"texts": "wis"}).status_code == 403


def test_somebody_else_behind_the_address_stays(ans, written):
    joost = Person.objects.create(address=ans.address, name="Joost", joined_at=clock.now())
    actions.erase(ans, with_texts=False, now=clock.now())
    joost.refresh_from_db()
    assert (joost.name, joost.address.email) == ("Joost", "ans@voorbeeld.example")
    assert "Ans" not in everything_stored()


def test_erasing_twice_is_erasing_once(ans, written):
    actions.erase(ans, with_texts=True, now=clock.now())
    actions.erase(ans, with_texts=True, now=clock.now())
    assert Person.objects.get(pk=ans.pk).erased_at


def test_the_library_for_signing_in_keeps_no_addresses_of_its_own(client, ans):
    sign_in_by_code(client)
    assert not apps.get_model("account", "EmailAddress").objects.exists()


def test_the_register_of_processing_names_every_kind():
    out = StringIO()
    call_command("privacy_register", stdout=out)
    for holding in holdings():
        for sentence in (holding.name, holding.what, holding.why, holding.basis, holding.until):
            assert str(sentence) in out.getvalue()
