import pytest
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from lxml import html as lxml_html

from meedoen.mail import postbox
from meedoen.mail.backends import FileBackend

HERE = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost:8000"}


@pytest.fixture
def folder(settings, tmp_path):
    settings.MAIL_DIR = tmp_path
    settings.POSTBOX = True
    return tmp_path


@pytest.fixture
def page(client):
    """The page at an address, read as a browser does."""

    def get(address, status=200, **more):
        response = client.get(address, **{**HERE, **more})
        assert response.status_code == status
        return lxml_html.document_fromstring(response.content)

    return get


def write(
    subject, to="ans@voorbeeld.example", text="De tekst (https://a.example/stop).\n\nTot ziens:\nhttps://a.example/\n"
):
    message = EmailMultiAlternatives(subject, text, to=[to], headers={"Message-ID": "<1@x>", "Date": "nu"})
    message.attach_alternative('<p>De <a href="https://a.example/">tekst</a>.</p><script>x()</script>', "text/html")
    FileBackend().send_messages([message])


def name_of_newest(folder):
    return postbox.letters(folder)[0].name


def links(page, path="//main//a"):
    return [(" ".join(link.text_content().split()), link.get("href")) for link in page.xpath(path)]


def test_an_empty_postbox_says_what_to_do(folder, page):
    found = page("/postbus/")
    assert found.xpath("//h1/text()") == ["Postbus"]
    assert found.xpath("//main//h2/text()") == ["Nog geen mail"]
    assert found.xpath("//main//form | //main//table") == []
    assert "meedoen send-test-mail" in found.find(".//main").text_content()


def test_the_postbox_lists_the_newest_first(folder, page):
    write("Een", to="ans@voorbeeld.example")
    write("Twee", to="elif@voorbeeld.example")
    rows = [
        [" ".join(cell.text_content().split()) for cell in row.xpath("th | td")][:2]
        for row in page("/postbus/").xpath("//main//tbody/tr")
    ]
    assert [row[1] for row in rows] == ["elif@voorbeeld.example", "ans@voorbeeld.example"]
    assert [row[0].split()[0] for row in rows] == ["Twee", "Een"]


def test_search_finds_a_receiver_and_says_when_there_is_none(folder, page):
    write("Een", to="ans@voorbeeld.example")
    write("Twee", to="elif@voorbeeld.example")
    found = page("/postbus/?zoek=elif@")
    assert len(found.xpath("//main//tbody/tr")) == 1
    assert found.xpath("//main//input[@name='zoek']/@value") == ["elif@"]
    none = page("/postbus/?zoek=dirk")
    assert none.xpath("//main//h2/text()") == ["Geen mail gevonden"]
    assert ("Bekijk alle mails", "/postbus/") in links(none)


def test_a_search_that_is_too_long_shows_all_with_a_kind_sentence(folder, page):
    write("Een")
    found = page(f"/postbus/?zoek={'x' * 150}")
    assert len(found.xpath("//main//tbody/tr")) == 1
    assert "Je zoekt met te veel letters." in found.find(".//main").text_content()


def test_a_letter_shows_head_and_text_with_links(folder, page):
    write("Je code is 123 456 <b>")
    found = page(f"/postbus/{name_of_newest(folder)}/")
    main = found.find(".//main")
    assert main.xpath(".//h1/text()") == ["Je code is 123 456 <b>"]
    assert {"Aan", "Gemaakt op", "Message-ID", "From"} <= {
        " ".join(term.text_content().split()) for term in main.xpath(".//dt")
    }
    text = [" ".join(part.text_content().split()) for part in main.xpath(".//div[contains(@class, 'mee-prose')]/p")]
    assert text == ["De tekst (https://a.example/stop).", "Tot ziens:https://a.example/"]  # a line end between
    assert ("https://a.example/stop", "https://a.example/stop") in links(found)
    assert ("Bekijk de mail met opmaak", f"/postbus/{name_of_newest(folder)}/opgemaakt/") in links(found)


def test_the_html_part_stands_alone_and_can_do_nothing(folder, client):
    write("Een")
    response = client.get(f"/postbus/{name_of_newest(folder)}/opgemaakt/", **HERE)
    policy = dict(part.partition(" ")[::2] for part in response["Content-Security-Policy"].split("; "))
    assert policy.pop("style-src").startswith("'sha256-")
    assert policy == {
        "default-src": "'none'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "sandbox": "allow-popups allow-popups-to-escape-sandbox",
    }
    assert "<p>De " in response.content.decode()


@pytest.mark.parametrize("name", ["x", "..%2fsecret-key", "20261203-130000000000-0123456789abcdef", "%00"])
def test_a_letter_that_is_not_there_is_not_found(folder, page, name):
    page(f"/postbus/{name}/", status=404)
    page(f"/postbus/{name}/opgemaakt/", status=404)


def test_emptying_asks_first_and_then_empties(folder, page, client):
    write("Een")
    write("Twee")
    asked = page("/postbus/leegmaken/")
    assert "Er zijn 2 mails." in asked.find(".//main").text_content()
    assert postbox.count(folder) == 2
    done = client.post("/postbus/leegmaken/", headers={"Sec-Fetch-Site": "same-origin"}, **HERE)
    assert (done.status_code, done["Location"]) == (302, "/postbus/")
    assert postbox.count(folder) == 0


def test_another_site_cannot_empty_the_box(folder, client):
    write("Een")
    refused = client.post("/postbus/leegmaken/", headers={"Sec-Fetch-Site": "cross-site"}, **HERE)
    assert (refused.status_code, postbox.count(folder)) == (403, 1)


ADDRESSES = ["/postbus/", "/postbus/leegmaken/", "/postbus/{name}/", "/postbus/{name}/opgemaakt/"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    "where",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": ""},
        {"REMOTE_ADDR": "::ffff:192.0.2.7"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=192.0.2.7"},
        {"HTTP_X_REAL_IP": "192.0.2.7"},
        {"HTTP_HOST": "meedoen.example"},
    ],
)
def test_from_elsewhere_there_is_no_postbox(folder, client, settings, address, where):
    settings.ALLOWED_HOSTS = ["*"]
    write("Een")
    address = address.format(name=name_of_newest(folder))
    assert client.get(address, **HERE).status_code == 200
    assert client.get(address, **{**HERE, **where}).status_code == 404


@pytest.mark.parametrize("address", ADDRESSES)
def test_without_the_file_backend_there_is_no_postbox(folder, client, settings, address):
    write("Een")
    settings.POSTBOX = False
    assert client.get(address.format(name=name_of_newest(folder)), **HERE).status_code == 404


@pytest.mark.parametrize("remote", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
def test_all_of_loopback_is_this_machine(folder, client, remote):
    assert client.get("/postbus/", **{**HERE, "REMOTE_ADDR": remote}).status_code == 200


def test_the_postbox_is_not_kept_and_needs_no_database(folder, client, django_assert_num_queries):
    response = client.get(reverse("mail:postbox"), **HERE)
    assert "no-store" in response["Cache-Control"]
    assert response.cookies == {}
