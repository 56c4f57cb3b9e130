"""The statements as texts and data: whole, with the organisation's names, and marked where these are examples."""

import json

import pytest

from meedoen.home import statements

NAMES = ["about", "contact", "privacy", "rules"]


@pytest.mark.parametrize("name", NAMES)
def test_every_named_value_is_filled_in(name):
    statement = statements.read_statement(name)
    assert statement.title
    assert statement.description
    assert "{" not in statement.body


@pytest.fixture
def own_names(settings):
    """An organisation that has put its own names."""
    settings.ORGANISATION = settings.CONTROLLER = "Vereniging van Dorpen"
    settings.HELP_PHONE, settings.HELP_EMAIL = "+31 70 373 83 93", "hulp@dorpen.example"
    settings.DSA_CONTACT, settings.SECURITY_CONTACT = "meld@dorpen.example", "https://dorpen.example/lek"


@pytest.mark.parametrize("name", NAMES)
def test_only_examples_are_marked(name, own_names):
    assert "(voorbeeld)" not in statements.read_statement(name).body


def test_examples_are_marked_at_the_value(own_names, settings):
    settings.HELP_EMAIL = "hulp@voorbeeld.example"
    assert statements.named_values() == {
        "organisation": "Vereniging van Dorpen",
        "controller": "Vereniging van Dorpen",
        "help_name": settings.HELP_NAME,
        "help_phone": "[+31 70 373 83 93](tel:+31703738393)",
        "help_email": "[hulp@voorbeeld.example](mailto:hulp@voorbeeld.example) (voorbeeld)",
        "dsa_contact": "[meld@dorpen.example](mailto:meld@dorpen.example)",
        "security_contact": "[https://dorpen.example/lek](https://dorpen.example/lek)",
        "cookie_name": "voorkeuren",
        "cookie_days": "365",
        "session_cookie": "sessie",
        "form_cookie": "formulier",
        "data_by_mail": "",
        "session_days": "30",
    }


def test_the_way_to_ask_ones_data_by_mail_is_told_where_mail_comes_in(settings):
    settings.MAIL_IN_DOMAIN = ""
    assert "gegevens@" not in statements.read_statement("privacy").body
    settings.MAIL_IN_DOMAIN = "post.dorpen.example"
    assert "gegevens@post.dorpen.example" in statements.read_statement("privacy").body


def test_a_name_that_does_not_exist_is_refused():
    with pytest.raises(KeyError, match="minister"):
        statements.fill_in("Vraag het {minister}.")


def test_the_accessibility_statement_is_honest():
    statement = statements.read_accessibility_statement()
    assert (statement.status, statement.audit) == ("not_audited", None)
    assert statement.prepared_on <= statement.checked_on
    assert statement.limitations
    for limitation in statement.limitations:
        assert all([limitation.what, limitation.cause, limitation.effect, limitation.measure])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"status": "A"}, "a status needs the address of the audit that found it"),
        ({"status": "prima"}, "no such status: 'prima'"),
    ],
)
def test_a_status_without_an_audit_is_refused(change, message, tmp_path, monkeypatch):
    facts = json.loads((statements.DATA / "accessibility.json").read_text(encoding="utf-8"))
    (tmp_path / "accessibility.json").write_text(json.dumps({**facts, **change}), encoding="utf-8")
    monkeypatch.setattr(statements, "DATA", tmp_path)
    with pytest.raises(ValueError, match=message):
        statements.read_accessibility_statement()


def test_the_results_of_our_own_tests_are_whole():
    results = statements.read_access_results()
    assert results.looks >= results.pages == results.by_keyboard > 200
    assert results.looks_with_findings <= results.looks
    assert all([results.version, results.ways, results.checkers, results.levels, results.aaa, results.not_covered])
