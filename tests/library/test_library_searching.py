"""What search finds of the library: texts, agendas and the Convention, and what notes that they changed."""

from datetime import date, timedelta

import pytest
from tests.conversation.conftest import person as person
from tests.conversation.conftest import thread as thread
from tests.conversation.conftest import write as write
from tests.library.desk.conftest import carla as carla
from tests.library.desk.conftest import full as full
from tests.library.desk.conftest import saved as saved
from tests.library.test_agendas import agenda as agenda
from tests.library.test_agendas import merge
from tests.search.sourced import found, noted, notes, queries

from meedoen.conversation.models import Contribution, Thread
from meedoen.kernel import clock
from meedoen.library import actions
from meedoen.library.agendas import actions as agendas
from meedoen.library.agendas.models import InclusionAgenda
from meedoen.library.desk import actions as desk
from meedoen.library.models import Article, Practice, Reuse, Source
from meedoen.library.rules import Kind
from meedoen.municipalities.models import Municipality
from meedoen.search.documents import Document
from meedoen.themes.actions import load_convention
from meedoen.themes.models import ConventionArticle

PICTURE = {
    "kind": "beeld",
    "name": "helling",
    "key": "k",
    "description": "Een helling",
    "caption": "Bij ons",
    "credit": "",
}
DOCUMENT = {"kind": "bestand", "name": "plan", "key": "d", "type": "pdf", "title": "Het plan", "language": "nl"}
VIDEO = {"kind": "video", "name": "film", "key": "", "title": "De film", "transcript": "Er *klinkt* een bel."}


@pytest.fixture(autouse=True)
def _now(monkeypatch, now):
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.fixture
def practice(article, easy, register, now):
    made = article(
        "speeltuin",
        kind="praktijkvoorbeeld",
        contact="Team",
        checked_on=date(2026, 11, 1),
        body="Zie [onze site](https://x.example).\n\n## Wie deed mee?\n\n- Kinderen\n- Ouders\n\n[beeld: helling]\n\nEn **klaar**.",
        proposal="Wij stellen voor:",
        publisher="De gemeente",
        inserts=[PICTURE, DOCUMENT, VIDEO],
        themes=["openbare-ruimte"],
        **{**easy, "easy_body": "## Kort\n\nIedereen speelt."},
    )
    made.municipalities.set(Municipality.objects.filter(slug__in=["utrecht", "almere"]))
    Practice.objects.create(article=made, cost="Bijna niets.")
    Source.objects.create(article=made, position=1, text="De krant", url="https://krant.example")
    gouda, zeist = Municipality.objects.get(slug="gouda"), Municipality.objects.get(slug="zeist")
    Reuse.objects.create(article=made, municipality=gouda, changed="Wij deden het kleiner.", state="shown", at=now)
    Reuse.objects.create(article=made, municipality=zeist, changed="Nog niet gezien.", state="waiting", at=now)
    return made


def test_a_practice_says_all_that_readers_find_in_it(practice):
    assert found("practice") == {
        str(practice.pk): Document(
            key=str(practice.pk),
            url="/kennisbank/speeltuin/",
            title="Titel van speeltuin",
            summary="Samenvatting van speeltuin.",
            headings="Wie deed mee?\nWat kostte het?\nMakkelijke titel\nKort",
            body=(
                "Zie onze site.\nKinderen\nOuders\nEn klaar.\nBijna niets.\nWij stellen voor:\nEen helling\nBij ons\n"
                "Het plan\nDe film\nEr klinkt een bel.\nKort gezegd.\nIedereen speelt.\nDe gemeente\nDe krant\n"
                "Gouda: Wij deden het kleiner."
            ),
            group=f"article:{practice.pk}",
            date=date(2026, 11, 20),
            place="Almere en Utrecht",
            themes=("openbare-ruimte",),
            municipalities=("almere", "utrecht"),
            has_easy=True,
            worth=1,
        )
    }
    assert found("news") == found("guide") == found("tool") == {}


def test_each_kind_of_text_is_found_as_what_it_is(article, themes):
    made = {kind: article(kind.value, kind=kind.value) for kind in (Kind.NEWS, Kind.GUIDE, Kind.TOOL)}
    for kind, name in ((Kind.NEWS, "news"), (Kind.GUIDE, "guide"), (Kind.TOOL, "tool")):
        assert [each.url for each in found(name).values()] == [made[kind].get_absolute_url()]


def test_what_was_invented_or_is_past_its_day_is_worth_less(article, themes, now):
    old = article("oud", kind="handreiking", checked_on=date(2026, 1, 1), check_by=date(2026, 11, 22))
    made = article("verzonnen", kind="handreiking", is_example=True)
    today = article("vandaag", kind="handreiking", checked_on=date(2025, 11, 22), check_by=date(2026, 11, 23))
    worths = {each.key: each.worth for each in found("guide").values()}
    assert worths == {str(old.pk): -1, str(made.pk): -1, str(today.pk): 0}


def test_what_is_not_on_the_site_is_not_found(article, themes, now):
    article("concept", published_at=None)
    article("morgen", published_at=now + timedelta(days=1))
    shown = article("nu", published_at=now)
    assert set(found("news")) == {str(shown.pk)}
    with notes(("news", shown.pk)):
        actions.withdraw(shown, now=now)
    assert found("news", shown.pk) == found("news") == {}


def test_publishing_and_taking_down_at_the_desk_note_it(saved, carla, now):
    work = saved()
    noted()
    desk.publish(work, number=work.number, by=carla, now=now)
    work.refresh_from_db()
    key = str(work.article_id)
    assert ("practice", key) in noted()
    assert found("practice")[key].headings.startswith("Met wie deden ze dat?")
    with notes(("practice", key)):
        desk.withdraw(work, reason="Klopt niet meer.", to=None, by=carla, now=now)
    assert found("practice", key) == {}


def test_all_that_it_says_notes_that_it_changed_and_what_is_counted_does_not(practice, now):
    changes = [
        lambda: Article.objects.update(body="Anders."),
        lambda: Practice.objects.update(cost="Niets."),
        lambda: practice.themes.clear(),
        lambda: practice.municipalities.remove(Municipality.objects.get(slug="almere")),
        lambda: Source.objects.update(text="Een blad"),
        lambda: Municipality.objects.filter(slug="utrecht").update(name="Utereg"),
        lambda: Reuse.objects.create(article=practice, municipality=Municipality.objects.last(), state="shown", at=now),
        lambda: Reuse.objects.update(state="withdrawn"),
        lambda: Practice.objects.all().delete(),
    ]
    for change in changes:
        with notes(("practice", practice.pk)):
            change()
    noted()
    Article.objects.update(helped_count=3, not_helped_count=1)
    assert noted() == set()
    Article.objects.update(kind="handreiking")
    assert noted() == {("practice", str(practice.pk)), ("guide", str(practice.pk))}


def test_what_was_said_below_a_text_is_found_while_the_text_is(article, themes, person, write, now):
    shown = article("nu", themes=["democratie"])
    thread = Thread.objects.about("article", str(shown.pk), title=shown.title, url="/nieuws/nu/", now=now)
    said = write(person("Ans"), "Hier **werkt** het ook.", thread=thread, now=now)
    other = Thread.objects.about("unknown", "1", title="x", url="/x/", now=now)
    write(person("Bram"), "Van niets.", thread=other, now=now)
    assert found("contribution") == {
        str(said.pk): Document(
            key=str(said.pk),
            url="/nieuws/nu/#reactie-1",
            title="Hier werkt het ook.",
            body="Hier werkt het ook.",
            place="Titel van nu",
            group=f"article:{shown.pk}",
            date=date(2026, 11, 23),
            themes=("democratie",),
        )
    }
    with notes(("contribution", said.pk)):
        actions.withdraw(shown, now=now)
    assert found("contribution", said.pk) == {}


def test_what_was_said_below_a_text_goes_and_comes_with_it_at_the_desk(saved, carla, person, write, now):
    work = saved()
    desk.publish(work, number=work.number, by=carla, now=now)
    work.refresh_from_db()
    text = Article.objects.get(pk=work.article_id)
    # An agenda of the same number is another thing.
    said, other = (
        write(
            person(name),
            thread=Thread.objects.about(kind, str(text.pk), title="x", url="/x/", now=now),
            now=now,
        )
        for name, kind in (("Ans", "article"), ("Bram", "agenda"))
    )
    noted()
    desk.withdraw(work, reason="Klopt niet meer.", to=None, by=carla, now=now)
    told = noted()
    assert ("contribution", str(said.pk)) in told
    assert ("contribution", str(other.pk)) not in told
    assert found("contribution", said.pk) == {}
    with notes(("contribution", said.pk)):
        desk.put_back(work, now=now)
    assert set(found("contribution")) == {str(said.pk)}
    Article.objects.update(body="Anders.", helped_count=3)
    assert ("contribution", str(said.pk)) not in noted()
    gouda = Municipality.objects.get(slug="gouda")
    for change in (
        lambda: text.themes.set(["thuis"]),
        lambda: text.municipalities.set([gouda]),
        lambda: Municipality.objects.filter(slug="gouda").update(slug="goude"),
    ):
        with notes(("contribution", said.pk)):
            change()
    document = found("contribution")[str(said.pk)]
    assert (document.themes, document.municipalities) == (("thuis",), ("goude",))


def test_an_agenda_is_found_at_who_made_it_and_where_that_goes_on(agenda, now, person, write):
    made = agenda(
        "zuidplas", year_from=2024, stage="vastgesteld", summary="Met veel inwoners.", made_with="Het platform",
        checked_on=date(2026, 10, 1), themes=["democratie"], sources=[("De gemeente", "https://x.example")],
    )  # fmt: skip
    thread = Thread.objects.about("agenda", str(made.pk), title="Zuidplas", url=made.get_absolute_url(), now=now)
    said = write(person("Ans"), "Mooi.", thread=thread, now=now)
    with notes(("agenda", made.pk), ("contribution", said.pk)):
        merge("zuidplas", "gouda")
    document = Document(
        key=str(made.pk),
        url="/kennisbank/agendas/zuidplas/",
        title="Zuidplas: Lokale Inclusie Agenda, 2024",
        summary="Met veel inwoners.",
        body="de agenda is vastgesteld\nDe gemeente schreef het op haar site.\nHet platform\nDe gemeente",
        group=f"agenda:{made.pk}",
        date=date(2026, 10, 1),
        place="Zuidplas",
        themes=("democratie",),
        municipalities=("zuidplas", "gouda"),
        worth=1,
    )
    assert found("agenda") == {str(made.pk): document}
    assert found("contribution")[str(said.pk)].municipalities == ("zuidplas", "gouda")
    with notes(("agenda", made.pk), ("contribution", said.pk)):
        InclusionAgenda.objects.update(published_at=None)
    assert found("agenda", made.pk) == found("contribution", said.pk) == {}


def test_what_was_said_below_an_agenda_goes_and_comes_with_it(agenda, carla, now, person, write):
    made = agenda("zuidplas", stage="vastgesteld", stage_from="De gemeente schreef het.", themes=["democratie"])
    thread = Thread.objects.about("agenda", str(made.pk), title="Zuidplas", url=made.get_absolute_url(), now=now)
    said = write(person("Ans"), "Mooi.", thread=thread, now=now)
    with notes(("contribution", said.pk)):
        gone = agendas.update(made, {"is_published": False}, seen=0, by=carla, now=now)
    assert found("contribution", said.pk) == {}
    with notes(("contribution", said.pk)):
        back = agendas.undo(made, seen=gone.pk, by=carla, now=now)
    assert found("contribution")[str(said.pk)].themes == ("democratie",)
    with notes(("contribution", said.pk)):
        agendas.update(made, {"themes": ["thuis"]}, seen=back.pk, by=carla, now=now)
    assert found("contribution")[str(said.pk)].themes == ("thuis",)
    with notes(("contribution", said.pk)):
        Municipality.objects.filter(slug="zuidplas").update(slug="zuidplassen")
    noted()
    InclusionAgenda.objects.update(summary="Anders.")
    assert ("contribution", str(said.pk)) not in noted()


def test_an_article_of_the_convention_is_found_in_both_languages(themes, now):
    load_convention(now=now)
    document = found("convention")["9"]
    assert (document.url, document.title) == ("/kennisbank/vn-verdrag/9/", "Artikel 9: Toegankelijkheid")
    assert document.has_easy
    assert len(found("convention")) == ConventionArticle.objects.count()
    with notes(("convention", 9)):
        ConventionArticle.objects.filter(number=9).update(sentence="Anders.")
    with notes(("convention", 9)):
        ConventionArticle.objects.get(number=9).themes.clear()
    assert found("convention", "51", "x") == {}


def test_it_asks_as_much_of_one_as_of_many(article, agenda, easy, person, write, now):
    load_convention(now=now)
    texts = [article(f"t{number}", themes=["democratie"]).pk for number in range(3)]
    agendas = [agenda(slug, themes=["democratie"]).pk for slug in ("zuidplas", "gouda", "utrecht")]
    for pk in texts:
        thread = Thread.objects.about("article", str(pk), title="x", url="/x/", now=now)
        write(person(f"P{pk}"), thread=thread, now=now)
    said = list(Contribution.objects.values_list("pk", flat=True))
    for kind, keys, expected in (
        ("news", texts, (5, 1)),
        ("agenda", agendas, (4, 1)),
        ("convention", [1, 2, 3], (2, 1)),
        ("contribution", said, (5, 1)),
    ):
        assert queries(kind, keys) == expected, kind
        assert queries(kind, keys[:1]) == expected, kind
