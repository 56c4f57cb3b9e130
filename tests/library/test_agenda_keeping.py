"""Keeping agendas right: who may, what changes, who hears of it, two at once, undo, and what stays of a person."""

import datetime

import pytest
from django.test import Client
from lxml import html as parser
from tests.signed_in import sign_in

from meedoen.activity.models import Happening
from meedoen.library.agendas import actions
from meedoen.library.agendas.models import AgendaChange, InclusionAgenda
from meedoen.library.agendas.privacy import CHANGES
from meedoen.municipalities.models import Municipality, Succession
from meedoen.people.models import Address, Person
from meedoen.people.privacy.register import Erasing
from meedoen.people.standing.models import Contact

LIST = "/kennisbank/agendas/"
TYPED = {"name": "Lokale Inclusie Agenda", "stage": "concept", "stage_from": "De gemeente mailde het."}


def person(name: str, now, **fields) -> Person:
    address = Address.objects.create(email=f"{name.lower()}@voorbeeld.example", verified_at=now)
    return Person.objects.create(address=address, name=name, joined_at=now, **fields)


@pytest.fixture
def carla(db, now):
    """Of the project team."""
    return person("Carla", now, is_team=True)


@pytest.fixture
def bram(register, carla, now):
    """The contact of Zuidplas."""
    found = person("Bram", now)
    zuidplas = Municipality.objects.get(slug="zuidplas")
    Contact.objects.create(person=found, municipality=zuidplas, made_by=carla, made_at=now)
    return found


@pytest.fixture
def zuidplas(register):
    return Municipality.objects.get(slug="zuidplas")


@pytest.fixture
def made(zuidplas, now):
    """The agenda of Zuidplas, of which little is known."""
    return InclusionAgenda.objects.create(
        slug="zuidplas", municipality=zuidplas, name="Agenda", published_at=now, updated_at=now, file_mark="uit-bestand"
    )


def client_of(who: Person) -> Client:
    client = Client()
    sign_in(client, who.address.email)
    return client


def words(response) -> str:
    return " ".join(parser.fromstring(response.content).find(".//main").text_content().split())


def post(client, url, **fields):
    return client.post(url, fields, headers={"sec-fetch-site": "same-origin"})


# Who may ----------------------------------------------------------------------------------------------------


def test_a_visitor_is_led_to_sign_in(client, made):
    for path in (f"{LIST}nieuw/", f"{LIST}zuidplas/bijwerken/"):
        assert client.get(path).url.startswith("/inloggen/")
    assert client.post(f"{LIST}zuidplas/terugzetten/", {"seen": "1"}).status_code in (302, 403)


def test_somebody_else_is_told_who_may_and_sees_nothing_of_what_is_hidden(made, ans, bram, now):
    client = client_of(ans)
    assert client.get(f"{LIST}nieuw/").status_code == 403
    refused = client.get(f"{LIST}zuidplas/bijwerken/")
    assert refused.status_code == 403
    assert "Alleen de contactpersoon van deze gemeente en het projectteam" in refused.content.decode()
    assert post(client, f"{LIST}zuidplas/bijwerken/", **TYPED).status_code == 403
    assert post(client, f"{LIST}zuidplas/terugzetten/", seen="1").status_code == 403
    InclusionAgenda.objects.update(published_at=None)
    assert client.get(f"{LIST}zuidplas/bijwerken/").status_code == 404
    assert client_of(bram).get(f"{LIST}zuidplas/bijwerken/").status_code == 200


def test_a_contact_keeps_their_own_municipality_only(made, bram, now):
    other = Municipality.objects.get(slug="stein")
    theirs = InclusionAgenda.objects.create(
        slug="stein", municipality=other, name="A", published_at=now, updated_at=now
    )
    client = client_of(bram)
    assert client.get(f"{LIST}stein/bijwerken/").status_code == 403
    with pytest.raises(actions.Refused):
        actions.update(theirs, TYPED, seen=0, by=bram, now=now)
    with pytest.raises(actions.Refused):
        actions.create(other, TYPED, by=bram, now=now)
    refused = post(client, f"{LIST}nieuw/", municipality=other.pk, **TYPED)
    assert refused.status_code == 400
    assert "Kies een gemeente uit de lijst." in words(refused)
    assert not AgendaChange.objects.exists()


def test_the_contact_of_the_new_municipality_keeps_the_agenda_of_the_old_one(bram, zuidplas, now):
    old = Municipality.objects.get(slug="waddinxveen")
    theirs = InclusionAgenda.objects.create(slug="w", municipality=old, name="A", published_at=now, updated_at=now)
    assert client_of(bram).get(f"{LIST}w/bijwerken/").status_code == 403
    Municipality.objects.filter(pk=old.pk).update(is_current=False, ended_on=datetime.date(2026, 1, 1))
    Succession.objects.create(
        old=old, new=zuidplas, effective_on=datetime.date(2026, 1, 1), kind="merged", status="done"
    )
    assert actions.update(theirs, TYPED, seen=0, by=bram, now=now).by_whom == "contact"
    assert client_of(bram).get(f"{LIST}w/bijwerken/").status_code == 200


def test_the_page_offers_it_to_who_may(made, bram, ans, client):
    assert "Werk deze agenda bij" in words(client_of(bram).get(f"{LIST}zuidplas/"))
    assert "Werk deze agenda bij" not in words(client_of(ans).get(f"{LIST}zuidplas/"))
    assert "Werk deze agenda bij" not in words(client.get(f"{LIST}zuidplas/"))


# What changes -----------------------------------------------------------------------------------------------


def test_a_contact_brings_the_agenda_up_to_date_and_everybody_sees_what_changed(made, bram, client, now):
    typed = {
        "name": "Inclusieagenda",
        "stage": "vastgesteld",
        "year_from": "2026",
        "year_to": "2029",
        "adopted_on": "12 oktober 2026",
        "adopted_by": "de gemeenteraad",
        "page_url": "zuidplas.nl/agenda",
        "themes": ["werk", "thuis"],
        "convention": "9, 19 en 9",
        "is_published": "on",
        "seen": "0",
    }
    saved = post(client_of(bram), f"{LIST}zuidplas/bijwerken/", **typed)
    assert saved.url == f"{LIST}zuidplas/bijwerken/?klaar=ja"
    made.refresh_from_db()
    assert (made.name, made.stage, made.stage_from) == (
        "Inclusieagenda",
        "vastgesteld",
        "De contactpersoon van de gemeente zegt het.",
    )
    assert (made.years, made.adopted_on, made.page_url) == (
        "2026 tot en met 2029",
        "2026-10-12",
        "https://zuidplas.nl/agenda",
    )
    assert made.file_mark == ""
    assert made.stage_on == made.checked_on.isoformat()
    assert [theme.id for theme in made.themes.all()] == ["thuis", "werk"]
    assert [touch.number for touch in made.touches.all()] == [9, 19]
    said = words(client.get(f"{LIST}zuidplas/"))
    assert ", door de contactpersoon van de gemeente:" in said
    assert "Hoe ver is de gemeente: eerst ‘niet bekend’, nu ‘de agenda is vastgesteld’." in said
    assert "Naam: aangepast." in said
    assert "Vastgesteld op: eerst ‘niet bekend’, nu ‘12 oktober 2026’." in said
    assert "Bram" not in said


def test_the_team_says_how_it_knows(made, carla):
    client = client_of(carla)
    refused = post(
        client, f"{LIST}zuidplas/bijwerken/", **{**TYPED, "stage_from": "", "seen": "0", "is_published": "on"}
    )
    assert refused.status_code == 400
    assert "Schrijf hoe je weet hoe ver de gemeente is." in words(refused)
    assert 'value="Lokale Inclusie Agenda"' in refused.content.decode()
    assert post(client, f"{LIST}zuidplas/bijwerken/", **TYPED, seen="0", is_published="on").status_code == 302
    assert post(
        client, f"{LIST}zuidplas/bijwerken/", **TYPED, seen=str(AgendaChange.objects.get().pk), is_published="on"
    ).url.endswith("zelfde")
    assert AgendaChange.objects.count() == 1


def test_a_stage_that_is_not_known_any_more_has_no_reason(made, carla, now):
    actions.update(made, TYPED, seen=0, by=carla, now=now)
    actions.update(made, {**TYPED, "stage": "niet-bekend"}, seen=actions.last_number(made), by=carla, now=now)
    made.refresh_from_db()
    assert (made.stage, made.stage_from, made.stage_on) == ("niet-bekend", "", "")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "Schrijf hoe de agenda heet."),
        ("name", "A" * 121, "Deze naam is te lang."),
        ("stage", "klaar", "Kies hoe ver de gemeente is."),
        ("year_from", "MMXX", "Schrijf een jaar met vier cijfers"),
        ("year_from", "9" * 40, "Schrijf een jaar met vier cijfers"),
        ("year_to", "2026", "Schrijf ook het eerste jaar."),
        ("adopted_on", "31 februari 2026", "Schrijf een dag, een maand of een jaar."),
        ("adopted_on", "1200", "Kijk het jaar nog eens na."),
        ("page_url", "javascript:alert(1)", "Dit is geen adres van een pagina."),
        ("document_url", "ftp//niets", "Dit is geen adres van een pagina."),
        ("themes", "onzin", "Kies uit de thema’s die hier staan."),
        ("convention", "9; drop table", "Schrijf alleen nummers"),
        ("convention", "51", "Het VN-verdrag heeft artikel 1 tot en met 50."),
        ("made_with", "x" * 501, "Je uitleg is 501 tekens lang."),
    ],
)
def test_what_cannot_be_is_told_at_the_field_and_nothing_is_lost(made, carla, field, value, said):
    answer = post(
        client_of(carla),
        f"{LIST}zuidplas/bijwerken/",
        **{**TYPED, "summary": "Wat ik typte.", "seen": "0", field: value},
    )
    assert answer.status_code == 400
    assert said in words(answer)
    assert "Wat ik typte." in answer.content.decode()
    assert not AgendaChange.objects.exists()


def test_what_somebody_writes_cannot_run(made, carla, client, now):
    values = {**TYPED, "summary": "<script>alert(1)</script>", "name": '"><img src=x onerror=alert(1)>'}
    actions.update(made, values, seen=0, by=carla, now=now)
    for path in (f"{LIST}zuidplas/", LIST, "/gemeenten/zuidplas/", f"{LIST}vergelijken/"):
        page = client.get(path).content
        assert b"<script>alert" not in page
        assert b"<img src=x" not in page


def test_two_who_save_at_once_lose_nothing(made, bram, carla):
    first, second = client_of(bram), client_of(carla)
    assert post(first, f"{LIST}zuidplas/bijwerken/", **TYPED, seen="0", is_published="on").status_code == 302
    behind = post(
        second, f"{LIST}zuidplas/bijwerken/", **{**TYPED, "name": "Mijn naam", "seen": "0", "is_published": "on"}
    )
    assert behind.status_code == 400
    assert "Iemand anders veranderde deze agenda net." in words(behind)
    form = parser.fromstring(behind.content).xpath("//form[.//input[@name='name']]")[0]
    assert form.fields["name"] == "Mijn naam"
    assert form.fields["seen"] == str(AgendaChange.objects.get().pk)
    again = post(
        second,
        f"{LIST}zuidplas/bijwerken/",
        **{**TYPED, "name": "Mijn naam", "seen": form.fields["seen"], "is_published": "on"},
    )
    assert again.status_code == 302
    made.refresh_from_db()
    assert made.name == "Mijn naam"


def test_the_last_change_is_undone_and_that_too(made, carla, client):
    team = client_of(carla)
    post(team, f"{LIST}zuidplas/bijwerken/", **TYPED, seen="0", is_published="on")
    back = post(team, f"{LIST}zuidplas/terugzetten/", seen=str(actions.last_number(made)))
    assert back.url == f"{LIST}zuidplas/bijwerken/?klaar=terug"
    made.refresh_from_db()
    assert (made.name, made.stage, made.stage_from, made.stage_on) == ("Agenda", "niet-bekend", "", "")
    assert not Happening.objects.exists()
    post(team, f"{LIST}zuidplas/terugzetten/", seen=str(actions.last_number(made)))
    made.refresh_from_db()
    assert (made.name, made.stage) == ("Lokale Inclusie Agenda", "concept")


def test_an_undo_of_what_is_not_the_last_does_nothing(made, carla, now):
    first = actions.update(made, TYPED, seen=0, by=carla, now=now)
    actions.update(made, {**TYPED, "name": "Anders"}, seen=first.pk, by=carla, now=now)
    assert (
        post(client_of(carla), f"{LIST}zuidplas/terugzetten/", seen=str(first.pk)).url == f"{LIST}zuidplas/bijwerken/"
    )
    assert post(client_of(carla), f"{LIST}zuidplas/terugzetten/", seen="onzin").status_code == 302
    made.refresh_from_db()
    assert made.name == "Anders"


def test_off_the_site_and_back(made, bram, client):
    contact = client_of(bram)
    post(contact, f"{LIST}zuidplas/bijwerken/", **TYPED, seen="0")
    assert client.get(f"{LIST}zuidplas/").status_code == 404
    assert "De agenda staat nu niet op de site" in words(contact.get(f"{LIST}zuidplas/bijwerken/"))
    post(contact, f"{LIST}zuidplas/terugzetten/", seen=str(actions.last_number(made)))
    assert client.get(f"{LIST}zuidplas/").status_code == 200


def test_earlier_words_are_kept_only_while_they_can_be_put_back(made, carla, client, now):
    first = actions.update(made, {**TYPED, "summary": "Belt u Jan."}, seen=0, by=carla, now=now)
    second = actions.update(made, {**TYPED, "summary": "Beter."}, seen=first.pk, by=carla, now=now)
    assert "Belt u Jan" in str(second.fields)  # to put back
    actions.update(made, {**TYPED, "name": "Nog beter"}, seen=second.pk, by=carla, now=now)
    assert "Belt u Jan" not in str(list(AgendaChange.objects.values_list("fields", flat=True)))
    said = words(client.get(f"{LIST}zuidplas/"))
    assert "Jan" not in said
    assert "Wat weten we nog meer: aangepast." in said


# A new one --------------------------------------------------------------------------------------------------


def test_a_contact_puts_the_first_agenda_on_the_site(bram, zuidplas, client):
    page = client_of(bram)
    form = parser.fromstring(page.get(f"{LIST}nieuw/").content).xpath("//form[.//input[@name='name']]")[0]
    choices = [each.text_content() for each in form.xpath(".//select[@name='municipality']/option")]
    assert choices == ["Kies een gemeente", "Zuidplas"]
    typed = {"municipality": zuidplas.pk, "name": "Inclusieagenda", "stage": "maakt", "year_from": "2027"}
    saved = post(page, f"{LIST}nieuw/", **typed)
    assert saved.url == f"{LIST}zuidplas-2027/bijwerken/?klaar=nieuw"
    said = words(client.get(f"{LIST}zuidplas-2027/"))
    assert "De gemeente maakt de agenda." in said
    assert "Wie houdt dit bij?de gemeente Zuidplas" in said
    assert "De agenda kwam op de site." in said
    assert post(page, f"{LIST}nieuw/", **typed).url == f"{LIST}zuidplas-2027-2/bijwerken/?klaar=nieuw"


def test_who_follows_hears_of_a_new_agenda_and_of_another_stage(carla, zuidplas, now):
    agenda = actions.create(zuidplas, {**TYPED, "themes": ["werk"]}, by=carla, now=now)
    actions.update(agenda, {**TYPED, "stage": "vastgesteld"}, seen=actions.last_number(agenda), by=carla, now=now)
    actions.update(
        agenda,
        {**TYPED, "stage": "vastgesteld", "summary": "Meer."},
        seen=actions.last_number(agenda),
        by=carla,
        now=now,
    )
    told = list(Happening.objects.order_by("pk"))
    assert [each.sentence for each in told] == [
        "Nieuw in de kennisbank: de agenda van Zuidplas",
        "De agenda van Zuidplas: de agenda is vastgesteld",
    ]
    assert sorted(told[0].subjects.values_list("kind", "key")) == [("municipality", "GM1892"), ("theme", "werk")]


# What stays of a person -------------------------------------------------------------------------------------


def test_what_somebody_changed_is_handed_over_and_stays_without_them(made, bram, now):
    actions.update(made, TYPED, seen=0, by=bram, now=now)
    (handed,) = CHANGES.export(bram)
    assert handed["agenda"] == "Zuidplas: Lokale Inclusie Agenda"
    assert "stage" in handed["wat je veranderde"]
    CHANGES.erase(bram, Erasing(with_texts=True, now=now))
    assert AgendaChange.objects.get().by is None
    made.refresh_from_db()
    assert made.stage == "concept"
