"""Mail that was put aside, at the team's desk: read safely, tried again, settled."""

import pytest
from lxml import html as parser
from tests.incoming_mail import ANS, DOMAIN, SERVER, arrive, mail, take_in
from tests.people.standing.conftest import carla as carla
from tests.people.standing.conftest import person
from tests.signed_in import HERE, sign_in

from meedoen.kernel import clock
from meedoen.mail.incoming import actions, routes, rules
from meedoen.mail.incoming.models import Incoming
from meedoen.mail.incoming.routes import Came

pytestmark = pytest.mark.django_db
POST = "/team/post/"
FALLING = f"vallen@{DOMAIN}"


@pytest.fixture(autouse=True)
def _open(settings, monkeypatch):
    settings.MAIL_IN_DOMAIN, settings.MAIL_IN_TRUSTED = DOMAIN, [SERVER]

    def fall(letter, now):
        raise RuntimeError("a fault of ours")

    monkeypatch.setitem(routes._names, "vallen", fall)


@pytest.fixture
def desk(client, carla):
    sign_in(client, carla.address.email)
    return client


def aside(text="Ik kom er niet uit.", **more):
    """A mail that failed as often as it may."""
    now = clock.now()
    row = take_in(mail(text, to=FALLING, **more), FALLING, now=now)
    Incoming.objects.filter(pk=row.pk).update(attempts=rules.MAX_ATTEMPTS - 1)
    actions.handle(row.pk, now=now)
    return row


def main(response):
    return " ".join(parser.fromstring(response.content).find(".//main").text_content().split())


def test_what_was_put_aside_is_counted_and_listed_with_why(desk):
    assert "bleef liggen" not in main(desk.get("/team/"))
    assert "Er ligt geen mail" in main(desk.get(POST))
    aside()
    aside(author="elif@mail.example", proof="")
    assert "Lees 2 mails die bleven liggen" in main(desk.get("/team/"))
    page = main(desk.get(POST))
    assert page.index(f"van {ANS}") < page.index("van elif@mail.example")
    assert page.count("Er ging bij ons iets mis. We probeerden het zes keer.") == 2
    assert page.count("Het is niet zeker dat de mail echt van dit adres komt.") == 1


def test_a_mail_is_read_as_text_and_tells_no_token(desk):
    token = "a" * 26
    row = aside("<script>alert(1)</script> **Hallo**\n\n<img src=x onerror=y>", subject="<b>Hulp</b>")
    Incoming.objects.filter(pk=row.pk).update(recipient=f"antwoord+{token}@{DOMAIN}")
    page = desk.get(f"{POST}{row.pk}/")
    assert "<script>alert(1)</script> **Hallo**" in main(page)
    assert not parser.fromstring(page.content).cssselect("main script, main img, main b")
    assert "een antwoord op een mail van ons" in main(page)
    assert token not in page.content.decode()
    assert f'href="mailto:{ANS}?subject=Re%3A%20%3Cb%3EHulp%3C/b%3E"' in page.content.decode()


def test_it_is_tried_again_and_gone_when_that_works(desk, monkeypatch):
    row = aside()
    monkeypatch.setitem(routes._names, "vallen", lambda letter, now: Came("risen"))
    answer = desk.post(f"{POST}{row.pk}/opnieuw/", **HERE)
    assert "We proberen de mail nog een keer." in main(desk.get(answer.url))
    actions.handle(row.pk, now=clock.now())
    row.refresh_from_db()
    assert (row.state, row.outcome) == ("handled", "risen")
    for again in (desk.post(f"{POST}{row.pk}/opnieuw/", **HERE), desk.get(f"{POST}{row.pk}/")):
        assert "Deze mail staat hier niet meer." in main(desk.get(again.url))


def test_what_was_seen_to_is_erased_after_asking(desk):
    row = aside(subject="Hulp")
    page = f"{POST}{row.pk}/afgehandeld/"
    assert f"Het gaat om de mail van {ANS}: Hulp." in main(desk.get(page))
    assert Incoming.objects.aside().count() == 1
    answer = desk.post(page, **HERE)
    assert "De mail is gewist" in main(desk.get(answer.url))
    row.refresh_from_db()
    assert (row.state, row.outcome, bytes(row.raw), row.author, row.recipient) == ("handled", "settled", b"", "", "")
    assert desk.post(page, **HERE).url.endswith("?klaar=al-weg")  # a colleague, or a second press


def test_a_reason_of_ours_is_said_in_words(desk):
    arrive(to=FALLING, author="een@mail.example, twee@mail.example")
    assert "We weten niet wie deze mail stuurde." in main(desk.get(POST))
    Incoming.objects.update(outcome="of another feature")
    assert "De computer wist niet wat hij met deze mail moest doen." in main(desk.get(POST))


def test_forgeries_are_counted_and_lie_nowhere(desk):
    for _ in range(2):
        arrive(to=FALLING, proof=f"{SERVER}; dmarc=fail header.from=mail.example", now=clock.now())
    page = main(desk.get(POST))
    assert "Er ligt geen mail" in page
    assert "De laatste zeven dagen kwamen er 2 mails met een valse afzender." in page


def test_many_stand_on_pages_and_cost_as_much_as_one(desk, django_assert_num_queries):
    now = clock.now()

    def make(count):
        Incoming.objects.bulk_create(
            Incoming(mark=f"{count}-{number}", door="lmtp", raw=b"x", author=f"{number}@mail.example", state="aside",
                     received_at=now, due_at=now, closed_at=now) for number in range(count)
        )  # fmt: skip

    make(1)
    with django_assert_num_queries(5):
        desk.get(POST)
    make(45)
    with django_assert_num_queries(5):
        page = desk.get(POST)
    seen = []
    for _ in range(3):
        tree = parser.fromstring(page.content)
        seen += [each.text_content() for each in tree.cssselect("main h2")]
        further = [link.get("href") for link in tree.cssselect("main nav a") if "na=" in link.get("href")]
        page = desk.get(POST + further[0]) if further else page
    assert (len(seen), len(set(seen))) == (46, 45)  # two of the same sender


def test_nobody_but_the_team_reads_it(client):
    row = aside()
    person("Fatima")
    sign_in(client, "fatima@voorbeeld.example")
    for page in (POST, f"{POST}{row.pk}/", f"{POST}{row.pk}/afgehandeld/"):
        assert client.get(page).status_code == 403
    assert client.post(f"{POST}{row.pk}/afgehandeld/", **HERE).status_code == 403
    assert Incoming.objects.aside().count() == 1


def test_a_mail_of_which_the_key_is_away_is_said_to_be_locked_and_stays(desk, settings, tmp_path):
    row = aside()
    settings.VAULT_KEY, settings.VAULT_KEY_FILE = "", tmp_path / "away"
    for page in (f"{POST}{row.pk}/", f"{POST}{row.pk}/afgehandeld/"):
        answer = desk.get(page)
        assert (answer.status_code, answer.url) == (302, f"{POST}?klaar=op-slot")
    told = desk.get(f"{POST}?klaar=op-slot").content.decode()
    assert "Deze mail ligt op slot" in told
    assert "mee-notification--success" not in told
    row.refresh_from_db()
    assert row.erased_at is None
