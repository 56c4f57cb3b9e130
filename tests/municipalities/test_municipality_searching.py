"""What search finds of municipalities: present, former and other names, and what is known of them."""

from tests.municipalities.test_facts import known as known
from tests.municipalities.test_facts import source, told
from tests.search.sourced import found, noted, notes, queries

from meedoen.municipalities.facts import actions
from meedoen.municipalities.models import Fact, Municipality, MunicipalityName, Province, Succession
from meedoen.search.documents import Document

from .conftest import NOW


def key_of(slug) -> str:
    return str(Municipality.objects.get(slug=slug).pk)


def test_a_municipality_is_found_by_all_its_names_and_by_what_it_did():
    actions.tell(source(told("west-betuwe", says="West Betuwe deelt een voorbeeld over werk.")), now=NOW)
    key = key_of("west-betuwe")
    document = found("municipality")[key]
    assert document == Document(
        key=key,
        url="/gemeenten/west-betuwe/",
        title="West Betuwe",
        headings=document.headings,
        body="West Betuwe deelt een voorbeeld over werk.",
        place="Gelderland",
        municipalities=("west-betuwe",),
    )
    assert {"Geldermalsen", "Neerijnen", "Lingewaal"} <= set(document.headings.split("\n"))


def test_each_has_a_page_and_one_that_went_on_in_another_has_none():
    documents = found("municipality")
    gone = Municipality.objects.get(slug="geldermalsen")
    in_parts = [
        str(pk)
        for pk in Municipality.objects.filter(is_current=False).values_list("pk", flat=True)
        if Succession.objects.done().filter(old=pk).count() > 1
    ]
    assert str(gone.pk) not in documents
    assert in_parts
    assert len(documents) == Municipality.objects.current().count() + len(in_parts)


def test_what_a_municipality_withdrew_is_not_found():
    actions.tell(source(told("utrecht")), now=NOW)
    key = key_of("utrecht")
    assert found("municipality", key)[key].body
    with notes(("municipality", key)):
        Fact.objects.update(withdrawn_at=NOW, withdrawn_for="team")
    assert found("municipality", key)[key].body == ""


def test_all_that_is_known_of_it_notes_that_it_changed():
    key, old = key_of("west-betuwe"), Municipality.objects.get(slug="geldermalsen")
    for change in (
        lambda: Municipality.objects.filter(pk=key).update(name="Anders"),
        lambda: Municipality.objects.filter(pk=old.pk).update(name="Anders"),
        lambda: MunicipalityName.objects.create(municipality_id=key, name="Xyz", folded="xyz", kind="alias"),
        lambda: Province.objects.filter(name="Gelderland").update(name="Anders"),
        lambda: actions.tell(source(told("geldermalsen")), now=NOW),
    ):
        with notes(("municipality", key)):
            change()
    noted()
    Municipality.objects.update(population=1000, population_year=2026)
    assert noted() == set()


def test_it_asks_as_much_of_one_as_of_many():
    keys = [key_of(slug) for slug in ("utrecht", "west-betuwe", "stein")]
    assert queries("municipality", keys[:1]) == queries("municipality", keys) == (4, 1)


def test_the_manifest_is_found():
    document = found("page", "manifest")["manifest"]
    assert (document.url, document.title) == ("/manifest/", "Het manifest Iedereen doet mee!")
    assert document.headings
    assert document.body
