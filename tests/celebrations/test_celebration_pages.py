"""The pages as people get them: the wall, a page each, telling one, being named, the team's desk; and no word too much."""

import io
import re
from datetime import timedelta

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image
from tests.files.samples import picture
from tests.outbox import code_in
from tests.signed_in import newest_code, sign_in

from meedoen.celebrations import actions, card
from meedoen.celebrations.afterwards import actions as afterwards
from meedoen.celebrations.makers import actions as makers
from meedoen.celebrations.models import Celebration, Maker, Outcome, Picture, Question
from meedoen.celebrations.rules import State
from meedoen.conversation.models import Contribution
from meedoen.mail.models import OutgoingMail
from meedoen.pages.kept import store
from meedoen.people.models import PendingAct

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]
HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
DAY = timedelta(days=1)


@pytest.fixture
def page(client):
    """A function that gives the main part of a page, read as a tree."""

    def ask(address, status=200):
        store.clear()
        response = client.get(address)
        assert response.status_code == status, address
        return lxml.html.fromstring(response.content.decode()).get_element_by_id("inhoud")

    return ask


def words(element):
    return " ".join(element.text_content().split())


def headings(main, level):
    return [words(each) for each in main.cssselect(f"h{level}")]


def confirm(client, key):
    """Ask the code and type it; where that leads."""
    client.post(f"/bevestigen/{key}/versturen/", **HERE)
    return client.post(f"/bevestigen/{key}/code/", {"code": newest_code()}, **HERE)


def key_in(response):
    return re.search(r"/bevestigen/([^/]+)/", response["Location"])[1]


# The wall


def test_the_wall_stands_by_year_with_what_is_announced_apart(published, page):
    published("Oud", happened="2019")
    published("Nieuw", happened="2026-11")
    published("Straks", happened="2026-12-24")
    published("Ooit", happened="")
    main = page("/successen/")
    assert headings(main, 2) == ["Dit komt eraan", "2026", "2019", "Jaar niet bekend"]
    assert headings(main, 3) == ["Straks", "Nieuw", "Oud", "Ooit"]


def test_what_was_announced_comes_on_the_wall_on_its_day(published, page, client, at, now):
    published("Straks", happened="2026-12-04")
    assert "Dit komt eraan" in headings(page("/successen/"), 2)
    client.get("/successen/")
    at(now + DAY)
    main = lxml.html.fromstring(client.get("/successen/").content.decode()).get_element_by_id(
        "inhoud"
    )  # kept no longer
    assert headings(main, 2) == ["2026"]


def test_empty_says_what_to_do(db, published, page):
    assert "Hier staat nog geen succes" in words(page("/successen/"))
    published(happened="2019")
    assert headings(page("/successen/?jaar=2012"), 2) == ["Uit dit jaar kennen we nog geen succes"]
    assert headings(page("/successen/?jaar=2019"), 3) == ["De agenda is klaar"]
    assert "Dit jaar kennen we niet" in words(page("/successen/?jaar=onzin"))


def test_the_wall_pages_by_key(published, page):
    for number in range(13):
        published(f"Feest {number:02}", happened="2020")
    first = page("/successen/")
    assert len(headings(first, 3)) == 12
    older = first.cssselect("a[href*='voor=']")[0].get("href")
    second = page(older)
    assert headings(second, 3) == ["Feest 00"]
    assert headings(page(second.cssselect("a[href*='na=']")[0].get("href")), 3)[0] == "Feest 12"


@pytest.mark.parametrize(
    "address", ["/successen/", "/successen/feest-0/", "/feeds/successen.atom", "/gemeenten/utrecht/"]
)
def test_more_of_them_ask_no_more_queries(published, client, address):
    def asked():
        store.clear()
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    published("Feest 0", happened="2020")
    one = asked()
    for number in (1, 2, 3):
        published(f"Feest {number}", happened=f"202{number}", of=("Utrecht", "Stein"))
    assert asked() == one
    assert one <= 12


# A page each


def test_a_page_tells_it_with_its_picture_to_share(published, page, client):
    found = published("De agenda is <klaar>", place="In de bibliotheek", sources=(("De raad", "https://raad.example"),))
    main = page(found.get_absolute_url())
    told = words(main)
    for said in ("Dit was op 12 november 2026.", "In de bibliotheek", "De hele raad stemde voor.", "De raad"):
        assert said in told
    head = client.get(found.get_absolute_url()).content.decode()
    image = re.search(r'property="og:image" content="https?://[^/]+(/[^"]+)"', head)[1]
    assert 'property="og:image:alt" content="Utrecht viert: De agenda is &lt;klaar&gt;"' in head
    response = client.get(image)
    assert response["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(response.content)).size == card.SIZE
    assert len(response.content) < 40_000
    assert client.get(f"{found.get_absolute_url()}plaatje/ouder.png")["Location"] == image


def test_any_title_fits_on_the_picture():
    for title in ("Feest", "w" * 120, "Hottentottententententoonstelling " * 4, "Súdwest-Fryslân & 's-Hertogenbosch"):
        drawn = Image.open(io.BytesIO(card.draw(names=title, title=title, what=title, site=title)))
        assert drawn.size == card.SIZE


def test_an_older_address_leads_on(published, client, now):
    found = published()
    actions.rename(found, slug="klaar", now=now)
    assert client.get("/successen/de-agenda-is-klaar/")["Location"] == "/successen/klaar/"
    actions.withdraw(found, now=now)
    for address in ("/successen/de-agenda-is-klaar/", "/successen/klaar/"):
        assert client.get(address).status_code == 404


def test_a_guest_congratulates(published, client, page):
    found = published()
    assert "Er zijn nog geen felicitaties" in words(page(found.get_absolute_url()))
    sent = client.post(
        f"{found.get_absolute_url()}feliciteren/",
        {"text": "Gefeliciteerd!", "name": "Elif", "email": "elif@voorbeeld.example"},
        **HERE,
    )
    confirm(client, key_in(sent))
    contribution = Contribution.objects.select_related("thread").get()
    assert (contribution.thread.kind, contribution.thread.title) == ("celebration", found.title)
    assert "Gefeliciteerd!" not in words(page(found.get_absolute_url()))  # the first of somebody waits for the team


def test_following_begins_on_the_page_and_on_the_wall(published, client):
    found = published()
    for address in (f"{found.get_absolute_url()}volgen/", "/volgen/successen/alle/"):
        assert client.get(address).status_code == 200


def test_the_municipality_and_the_start_page_show_it(published, page):
    found = published()
    links = {each.get("href") for each in page("/gemeenten/utrecht/").iter("a")}
    assert {found.get_absolute_url(), "/successen/vertellen/?gemeente=utrecht"} <= links
    assert "Het nieuwste succes" in headings(page("/"), 2)


# Telling


def told_form(municipality, **more):
    return {
        "kind": "prijs",
        "municipality": municipality.pk,
        "title": "Wij wonnen een prijs",
        "text": "Met de hele buurt.",
        "happened": "oktober 2026",
        "place": "",
        "name": "Elif",
        "email": "elif@voorbeeld.example",
        **more,
    }


def test_a_guest_tells_one_and_comes_to_its_own_page(client, municipality, page):
    sent = client.post("/successen/vertellen/", told_form(municipality()), **HERE)
    assert "Wij wonnen een prijs" in words(page(sent["Location"]))
    then = confirm(client, key_in(sent))["Location"]
    found = Celebration.objects.get()
    assert (found.state, found.happened, then) == (State.WAITING, "2026-10", f"{found.own_url}?klaar=verteld")
    assert "Het team kijkt er nog naar" in words(page(then))
    assert client.get(found.get_absolute_url()).status_code == 404


def test_what_is_wrong_is_said_and_kept(client, municipality):
    response = client.post("/successen/vertellen/", told_form(municipality(), happened="toen", title="x"), **HERE)
    body = response.content.decode()
    assert "Deze datum begrijpen we niet" in body
    assert "Maak je zin iets langer" in body
    assert "Met de hele buurt." in body
    assert not PendingAct.objects.exists()


def test_a_robot_is_told_so(client, municipality):
    sent = client.post("/successen/vertellen/", told_form(municipality(), website="https://x.example"), **HERE)
    assert sent.status_code == 422
    assert not PendingAct.objects.exists()


def test_the_municipality_that_somebody_came_from_is_chosen(client, municipality):
    made = municipality()
    body = client.get("/successen/vertellen/?gemeente=utrecht").content.decode()
    assert re.search(rf'<option value="{made.pk}"\s+selected', body)


def test_a_member_keeps_a_draft(client, ans, municipality):
    sign_in(client)
    half = {"title": "Wij wonnen", "text": "Half", "municipality": "", "kind": "", "happened": "", "tab": "t"}
    client.post("/successen/vertellen/bewaren/", half, **HERE)
    assert "Wij wonnen" in client.get("/successen/vertellen/").content.decode()
    assert client.get(f"/bevestigen/{PendingAct.objects.get(kind='celebrations.member_offer').key}/").status_code == 200


def test_it_is_changed_withdrawn_and_put_back_with_the_key(offered, client, page):
    found = offered()
    form = page(f"{found.own_url}veranderen/").cssselect("main form")[0]
    fields = {name: value or "" for name, value in form.fields.items()} | {
        "title": "Anders gezegd",
        "municipalities": "Utrecht",
    }
    assert client.post(f"{found.own_url}veranderen/", fields, **HERE).status_code == 302
    assert client.post(f"{found.own_url}veranderen/", fields, **HERE).status_code == 409  # as it stood before
    assert Celebration.objects.get().title == "Anders gezegd"
    client.post(f"{found.own_url}intrekken/", **HERE)
    assert "Je trok dit in" in words(page(found.own_url))
    client.post(f"{found.own_url}terugzetten/", **HERE)
    assert Celebration.objects.get().state == State.WAITING


def test_with_the_key_nothing_of_what_stands_can_change(published, client):
    found = published()
    for address in ("veranderen/", "maker/", "foto/"):
        assert client.get(f"{found.own_url}{address}").status_code == 404
    assert client.get("/successen/aanbod/verzonnen/").status_code == 404


# Who made it, and pictures


def test_a_name_comes_with_a_code_and_goes_with_a_press(offered, carla, client, page, now):
    found = offered()
    client.post(f"{found.own_url}maker/", {"name": "Jan", "role": "inwoner", "email": "elif@voorbeeld.example"}, **HERE)
    actions.decide(found, actions.Deed.PUBLISH, by=carla, seen=found.mark, now=now)
    url = found.get_absolute_url()
    assert "Jan" not in words(page(url))
    assert "inwoner" not in words(page(url))
    mail = OutgoingMail.objects.filter(to="elif@voorbeeld.example").get()
    act = re.search(r"/bevestigen/([^/]+)/", mail.text)[1]
    assert "De agenda is klaar" in words(page(f"/bevestigen/{act}/"))
    client.post(f"/bevestigen/{act}/code/", {"code": code_in(mail)}, **HERE)
    assert "Jan, inwoner" in words(page(url))
    maker = Maker.objects.get()
    assert "Haal mijn naam weg" in words(page(maker.url))
    assert "Jan" in words(page(url))
    client.post(f"{maker.url}weghalen/", **HERE)
    assert "Jan" not in words(page(url))
    client.post(f"{maker.url}terug/", **HERE)
    assert "Jan" not in words(page(url))  # a code first


def test_at_my_own_page_a_name_goes_too(published, client, ans, now):
    maker = makers.ask(published(by=ans), name="Ans", role="", email="x@voorbeeld.example", network="n", now=now)
    makers.consent(maker, ans, name="Ans", role="", now=now)
    sign_in(client)
    body = client.get("/successen/mijn/").content.decode()
    assert f"{maker.url}weghalen/" in body
    assert "/successen/mijn/" in client.get("/mijn/").content.decode()


def test_a_picture_is_seen_by_everybody_only_once_it_is_placed_and_described(offered, carla, client, page, now):
    found = offered()
    sent = {"file": SimpleUploadedFile("feest.jpg", picture()), "described": "written", "description": ""}
    response = client.post(f"{found.own_url}foto/", sent, **HERE)
    assert "Schrijf op wat er op de foto staat" in response.content.decode()
    kept = Picture.objects.get()
    address = f"/successen/foto/{kept.key}/"
    client.post(f"{found.own_url}foto/{kept.key}/", {"described": "written", "description": "Een taart."}, **HERE)
    assert client.get(address).status_code == 404
    assert client.get(f"{address}?eigen={found.secret}").status_code == 200
    actions.decide(found, actions.Deed.PUBLISH, by=carla, seen=found.mark, now=now)
    assert client.get(f"{address}klein/").status_code == 200
    assert page(found.get_absolute_url()).cssselect("img[alt='Een taart.']")
    assert found.secret not in client.get(found.get_absolute_url()).content.decode()


# What became of it


def test_the_answer_takes_a_code_and_stands_with_its_date(published, client, page, now, at):
    found = published()
    at(now + 366 * DAY)
    afterwards.ask(now=now + 366 * DAY)
    question = Question.objects.get()
    sent = client.post(question.url, {"text": "De **helft** is gelukt."}, **HERE)
    assert not Outcome.objects.exists()
    assert confirm(client, key_in(sent))["Location"] == f"{found.get_absolute_url()}#geworden"
    told = words(page(found.get_absolute_url()))
    assert "Wie dit succes vertelde, schreef op 4 december 2027:" in told
    assert "De helft is gelukt." in told
    client.post(f"{question.url}weghalen/", **HERE)
    assert "De helft" not in words(page(found.get_absolute_url()))


def test_opening_stop_does_nothing_and_the_press_of_a_mail_program_does(published, client, now):
    published()
    afterwards.ask(now=now + 366 * DAY)
    question = Question.objects.get()
    mail = OutgoingMail.objects.latest("pk")
    assert f"{question.url}stop/" in mail.headers["List-Unsubscribe"]
    client.get(f"{question.url}stop/")
    assert Question.objects.get().stopped_at is None
    client.post(f"{question.url}stop/", {"List-Unsubscribe": "One-Click"})
    assert Question.objects.get().stopped_at is not None
    client.post(f"{question.url}verder/", **HERE)
    assert Question.objects.get().stopped_at is None


# The team's desk


def test_the_team_reads_and_places(offered, carla, client):
    found = offered()
    sign_in(client, "carla@voorbeeld.example")
    assert "Lees 1 succes dat wacht" in client.get("/team/").content.decode()
    assert found.title in client.get("/team/successen/").content.decode()
    assert client.get(f"/team/successen/{found.pk}/").status_code == 200
    client.post(f"/team/successen/{found.pk}/weigeren/", {"seen": found.mark, "reason": ""}, **HERE)
    assert Celebration.objects.get().state == State.WAITING
    client.post(f"/team/successen/{found.pk}/vragen/", {"seen": found.mark, "reason": "Korter."}, **HERE)
    assert Celebration.objects.get().state == State.ASKED
    seen = Celebration.objects.get().mark
    client.post(f"/team/successen/{found.pk}/plaatsen/", {"seen": seen}, **HERE)
    assert Celebration.objects.get().state == State.PUBLISHED


def test_the_desk_is_of_the_team_alone(offered, ans, client):
    found = offered(by=ans)
    for address in ("/team/successen/", f"/team/successen/{found.pk}/"):
        assert client.get(address).status_code == 302
    sign_in(client)
    for address in ("/team/successen/", f"/team/successen/{found.pk}/"):
        assert client.get(address).status_code == 403


# Nothing leaks


def test_what_waits_or_is_withdrawn_and_names_without_a_yes_stand_nowhere(
    offered, published, client, now, municipality
):
    offered("Geheim plan", text="Nog niet vertellen.")
    gone = published("Ingetrokken feest")
    makers.ask(gone, name="Jan Geheim", role="geheime rol", email="jan@voorbeeld.example", network="n", now=now)
    actions.withdraw(gone, now=now)
    stands = published("Gewoon feest")
    makers.ask(stands, name="Jan Geheim", role="geheime rol", email="jan@voorbeeld.example", network="n", now=now)
    store.clear()
    addresses = ("/", "/successen/", "/feeds/successen.atom", "/gemeenten/utrecht/", stands.get_absolute_url())
    for address in addresses:
        body = client.get(address).content.decode()
        assert "Gewoon feest" in body
        for secret in ("Geheim", "geheime rol", "Ingetrokken", "jan@", stands.secret, "ans@"):
            assert secret not in body, (address, secret)
