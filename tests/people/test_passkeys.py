"""A passkey in a real browser, with a virtual authenticator: made, used, mailed about, taken away."""

import re

import pytest
from playwright.sync_api import expect
from tests.signed_in import HERE, sign_in_by_code

from meedoen.people.entrance import flow

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def come_in(page, site, email, name):
    page.goto(f"{site.url}/inloggen/")
    page.get_by_label("Je e-mailadres").fill(email)
    page.get_by_role("button", name="Stuur mij een code").click()
    page.get_by_label("De code uit de mail").fill(site.code(email))
    page.get_by_role("button", name="Log in").click()
    page.get_by_label("Je naam").fill(name)
    page.get_by_role("button", name="Ga verder met deze naam").click()
    expect(page).to_have_url(f"{site.url}/mijn/")


@pytest.mark.browser
def test_a_passkey_is_made_used_and_taken_away(visit, site):
    visited = visit("/")
    page, devtools = visited.page, visited.devtools
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    come_in(page, site, "sleutel@voorbeeld.example", "Ans")

    page.goto(f"{site.url}/mijn/sleutels/")
    expect(page.get_by_text("Je hebt nog geen sleutel")).to_be_visible()
    page.get_by_role("link", name="Maak een sleutel").click()
    page.get_by_role("button", name="Maak de sleutel").click()
    expect(page.get_by_role("alert")).to_contain_text("Geef je sleutel een naam")
    page.get_by_label("Hoe wil je deze sleutel noemen?").fill("Mijn telefoon")
    page.get_by_role("button", name="Maak de sleutel").click()
    expect(page.get_by_role("heading", name="Mijn telefoon")).to_be_visible()
    assert "nieuwe sleutel" in site.newest_subject("sleutel@voorbeeld.example")

    page.goto(f"{site.url}/uitloggen/")
    page.get_by_role("button", name="Log uit").click()
    expect(page.get_by_role("heading", name="Je bent uitgelogd")).to_be_visible()
    assert page.context.cookies() == []

    page.goto(f"{site.url}/inloggen/?next=/mijn/sleutels/")
    page.get_by_role("button", name="Log in met een sleutel").click()
    page.get_by_role("button", name="Gebruik mijn sleutel").click()
    expect(page).to_have_url(f"{site.url}/mijn/sleutels/")
    expect(page.get_by_text("Het laatst gebruikt op")).to_be_visible()

    page.get_by_role("link", name=re.compile("Haal weg")).click()
    page.get_by_role("button", name="Haal de sleutel weg").click()
    expect(page.get_by_text("Je sleutel is weg")).to_be_visible()

    page.goto(f"{site.url}/uitloggen/")
    page.get_by_role("button", name="Log uit").click()
    page.goto(f"{site.url}/inloggen/")
    page.get_by_role("button", name="Log in met een sleutel").click()
    page.get_by_role("button", name="Gebruik mijn sleutel").click()
    expect(page.get_by_text("Deze sleutel kennen we niet.")).to_be_visible()
    assert visited.complaints == []


@pytest.mark.browser
def test_without_script_the_page_says_that_a_code_will_do(visit, site):
    page = visit("/inloggen/", "without script").page
    page.get_by_role("button", name="Log in met een sleutel").click()
    expect(page.get_by_role("link", name="Log in met een code")).to_be_visible()


# What is sent in the place of a passkey ---------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    "credential",
    ["", "x", "null", "[]", "{}", '"x"', "1", '{"id": 1}', '{"response": {}}', '{"response": {"userHandle": "MQ"}}',
     '{"id":"a","rawId":"AA","type":"public-key","response":{"clientDataJSON":"AA","authenticatorData":"AA","signature":"AA","userHandle":"MQ"}}',
     '{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"","signature":"","userHandle":"////"}}',
     "[" * 2000, "x" * 30_000],
)  # fmt: skip
def test_what_is_no_passkey_is_refused_kindly(client, ans, credential):
    assert client.post("/inloggen/sleutel/", **HERE)["Location"] == "/inloggen/sleutel/"
    client.get("/inloggen/sleutel/")
    response = client.post("/inloggen/sleutel/", {"credential": credential}, **HERE)
    assert response.status_code == 200
    assert "Deze sleutel kennen we niet." in response.content.decode()
    sign_in_by_code(client)
    response = client.post("/mijn/sleutels/toevoegen/", {"name": "x", "credential": credential})
    assert response.status_code == 200
    assert flow.keys_of(ans.address) == []


@pytest.mark.django_db
def test_nobody_takes_away_the_passkey_of_another(client, ans):
    from allauth.mfa.webauthn.internal.auth import WebAuthn
    from django.test import Client

    key = WebAuthn.add(ans.address, "Van Ans", {}).instance
    fatima = Client()
    sign_in_by_code(fatima, "fatima@voorbeeld.example")
    fatima.post("/inloggen/wie/", {"name": "Fatima"})
    for ask in (fatima.get, fatima.post):
        assert ask(f"/mijn/sleutels/{key.pk}/weghalen/").status_code == 404
    assert flow.keys_of(ans.address) == [key]
