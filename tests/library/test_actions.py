"""Deeds in the library: what changed, what was told, what was refused."""

import datetime

import pytest
from django.db import IntegrityError

from meedoen.activity import actions as activity
from meedoen.activity import subjects
from meedoen.activity.models import Happening
from meedoen.activity.rules import Rhythm
from meedoen.library import actions, starting
from meedoen.library.models import Article, LoadedFile, OldAddress
from meedoen.mail.models import OutgoingMail
from meedoen.municipalities.models import Municipality
from meedoen.pages.models import Area
from meedoen.people.models import Address, Person

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = datetime.timedelta(minutes=1), datetime.timedelta(hours=1), datetime.timedelta(days=1)

FILE = """---
title: Een bericht
summary: In het kort.
written: 2026-11-23
happened: 2020-08
themes: werk, vervoer
municipalities: GM0014
source: Een krant, 2020 | https://krant.example/bericht
---
De tekst.
"""


def version():
    return dict(Area.objects.values_list("name", "number")).get("news", 0)


def test_publishing_gives_the_article_its_day_in_the_netherlands(article, now):
    late = datetime.datetime(2026, 12, 2, 23, 30, tzinfo=datetime.UTC)  # half past midnight on the 3rd
    draft = article(published_at=None)
    actions.publish(draft, at=late, now=now)
    draft.refresh_from_db()
    assert (draft.published_at, draft.dated_on, version()) == (late, datetime.date(2026, 12, 3), 1)


def test_a_look_back_keeps_the_day_it_tells_about(article, now):
    draft = article(published_at=None, happened="2020-08-31", dated_on=datetime.date(2020, 8, 31))
    actions.publish(draft, at=now, now=now)
    draft.refresh_from_db()
    assert (draft.published_at, draft.dated_on) == (now, datetime.date(2020, 8, 31))


def test_renaming_keeps_the_old_address(article, now):
    renamed = article("eerst")
    actions.rename(renamed, slug="later", now=now)
    assert list(Article.objects.values_list("slug")) == [("later",)]
    assert list(OldAddress.objects.values_list("slug", "article")) == [("eerst", renamed.pk)]
    assert version() == 1


def test_renaming_back_takes_the_old_address_in_again(article, now):
    renamed = article("eerst")
    actions.rename(renamed, slug="later", now=now)
    actions.rename(renamed, slug="eerst", now=now)
    assert renamed.slug == "eerst"
    assert list(OldAddress.objects.values_list("slug", flat=True)) == ["later"]


def test_renaming_to_the_same_address_changes_nothing(article, now):
    actions.rename(article("eerst"), slug="eerst", now=now)
    assert (OldAddress.objects.count(), version()) == (0, 0)


def test_an_address_of_another_article_is_refused(article, now):
    other, mine = article("ander"), article("mijn")
    actions.rename(other, slug="nieuw", now=now)
    for taken in ("nieuw", "ander"):  # has, and had
        with pytest.raises(actions.AddressTaken, match="al van een ander artikel"):
            actions.rename(mine, slug=taken, now=now)
    mine.refresh_from_db()
    assert mine.slug == "mijn"


def test_the_starting_news_loads_once(register, now, django_assert_num_queries):
    count = len(starting.starting_files())
    assert actions.load_starting_content(now=now, examples=True) == count
    assert (Article.objects.count(), version()) == (count, 1)
    with django_assert_num_queries(3):  # begin, what was loaded, commit
        assert actions.load_starting_content(now=now + DAY, examples=True) == 0
    assert (Article.objects.filter(updated_on=None).count(), version()) == (count, 1)


def test_without_examples_nothing_invented_is_loaded(register, now):
    assert actions.load_starting_content(now=now, examples=False) == len(starting.starting_files()) - 2
    assert list(Article.objects.filter(is_example=True)) == []
    assert actions.load_starting_content(now=now, examples=True) == 2


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of starting news with one file."""
    monkeypatch.setattr(starting, "DATA", tmp_path)
    for name in starting.FOLDERS:
        (tmp_path / name).mkdir()
    (tmp_path / "news" / "een-bericht.md").write_text(FILE, encoding="utf-8")
    return tmp_path / "news"


def test_a_file_becomes_an_article_with_all_it_says(folder, register, now):
    actions.load_starting_content(now=now, examples=True)
    made = Article.objects.get()
    assert (made.slug, made.title, made.summary, made.body) == (
        "een-bericht", "Een bericht", "In het kort.", "De tekst.",
    )  # fmt: skip
    assert (made.happened, made.dated_on) == ("2020-08", datetime.date(2020, 8, 1))
    assert (made.written_on, made.published_at, made.updated_on) == (datetime.date(2026, 11, 23), now, None)
    assert [theme.id for theme in made.themes.all()] == ["werk", "vervoer"]
    assert [place.code for place in made.municipalities.all()] == ["GM0014"]
    assert list(made.sources.values_list("text", "url")) == [("Een krant, 2020", "https://krant.example/bericht")]


def test_a_changed_file_changes_its_article_and_not_its_address(folder, register, now):
    actions.load_starting_content(now=now, examples=True)
    actions.rename(Article.objects.get(), slug="ander-adres", now=now)
    (folder / "een-bericht.md").write_text(FILE.replace("De tekst.", "Betere tekst."), encoding="utf-8")
    assert actions.load_starting_content(now=now + DAY, examples=True) == 1
    made = Article.objects.get()
    assert (made.slug, made.body) == ("ander-adres", "Betere tekst.")
    assert (made.published_at, made.updated_on) == (now, datetime.date(2026, 11, 24))
    assert made.sources.count() == 1


PRACTICE = """---
title: Een helling van hout
summary: De gemeente legde een helling neer.
written: 2026-11-23
convention: 9, 19
checked: 2026-11-20
check_by: 2027-11-20
owner: De redactie
contact: Het projectteam.
---
Ze legden een helling neer.

--- inwoners ---

Twaalf inwoners liepen mee.

--- kosten ---

Dat staat niet in de bron.

--- makkelijk ---

Er ligt een helling.
"""


def test_a_practice_has_its_answers_and_articles_of_the_convention(folder, register, now):
    file = PRACTICE.replace("owner:", "easy_title: Een helling\neasy_summary: Er is een helling.\nowner:")
    (folder.parent / "practices" / "een-helling.md").write_text(file, encoding="utf-8")
    actions.load_starting_content(now=now, examples=True)
    made = Article.objects.get(slug="een-helling")
    assert (made.kind, made.contact, made.owner) == ("praktijkvoorbeeld", "Het projectteam.", "De redactie")
    assert (made.checked_on, made.check_by) == (datetime.date(2026, 11, 20), datetime.date(2027, 11, 20))
    assert (made.body, made.easy_body) == ("Ze legden een helling neer.", "Er ligt een helling.")
    assert [touch.number for touch in made.touches.all()] == [9, 19]
    answers = made.practice
    assert (answers.residents, answers.cost) == ("Twaalf inwoners liepen mee.", "Dat staat niet in de bron.")
    assert (answers.with_whom, answers.result, answers.pitfalls) == ("", "", "")


@pytest.mark.parametrize("missing", ["contact: Het projectteam.\n", "checked: 2026-11-20\n"])
def test_a_practice_without_contact_or_date_is_refused_by_the_database(folder, register, now, missing):
    (folder.parent / "practices" / "een-helling.md").write_text(
        PRACTICE.replace(missing, "").replace("--- makkelijk ---\n\nEr ligt een helling.\n", ""), encoding="utf-8"
    )
    with pytest.raises(IntegrityError, match="library_practice_has_contact_and_date"):
        actions.load_starting_content(now=now, examples=True)


def test_a_part_that_nobody_knows_is_refused(folder, register, now):
    (folder / "een-bericht.md").write_text(f"{FILE}\n--- onzin ---\n\nHoi.\n", encoding="utf-8")
    with pytest.raises(ValueError, match="unknown part onzin"):
        actions.load_starting_content(now=now, examples=True)


@pytest.mark.parametrize("helped", [True, False])
def test_who_says_that_it_helped_is_counted_once_a_day(article, now, helped):
    found = article(kind="handreiking")
    for network in ("a", "a", "b"):
        actions.tell_helped(found, helped, network=network, now=now)
    actions.tell_helped(found, helped, network="a", now=now + DAY)
    found.refresh_from_db()
    assert (found.helped_count, found.not_helped_count) == ((3, 0) if helped else (0, 3))


def test_an_article_that_was_removed_stays_away(folder, register, now):
    actions.load_starting_content(now=now, examples=True)
    Article.objects.get().delete()
    assert list(LoadedFile.objects.filter(name="een-bericht.md").values_list("article")) == [(None,)]
    (folder / "een-bericht.md").write_text(FILE.replace("De tekst.", "Betere tekst."), encoding="utf-8")
    assert actions.load_starting_content(now=now, examples=True) == 0
    assert Article.objects.count() == 0


def test_an_article_of_the_site_itself_is_never_overwritten(folder, register, article, now):
    article("een-bericht", body="Van de redactie.")
    assert actions.load_starting_content(now=now, examples=True) == 0
    assert Article.objects.get().body == "Van de redactie."


def test_without_the_themes_nothing_is_loaded(folder, db, now):
    with pytest.raises(LookupError, match=r"een-bericht\.md: no theme vervoer, werk; load the themes first"):
        actions.load_starting_content(now=now, examples=True)
    assert (Article.objects.count(), LoadedFile.objects.count()) == (0, 0)


def test_without_the_register_nothing_is_loaded(folder, themes, now):
    with pytest.raises(LookupError, match=r"een-bericht\.md: no municipality GM0014; load the register first"):
        actions.load_starting_content(now=now, examples=True)
    assert (Article.objects.count(), LoadedFile.objects.count()) == (0, 0)


@pytest.fixture
def reader(themes, register, now):
    """Ans, who follows a theme, a municipality and not the rest."""
    ans = Person.objects.create(address=Address.objects.of("ans@voorbeeld.example"), name="Ans", joined_at=now)
    for kind, text in [("theme", "thuis"), ("municipality", "groningen")]:
        activity.follow(ans, subjects.find(kind, text), rhythm=Rhythm.EACH, now=now - DAY)
    return ans


@pytest.fixture
def draft(article, register):
    """An article about living in Groningen that nobody can read yet."""
    made = article("bericht", themes=["thuis", "werk"], published_at=None, title="Wonen in Groningen")
    made.municipalities.set(Municipality.objects.filter(slug="groningen"))
    return made


def told():
    return [(mail.to, mail.subject) for mail in OutgoingMail.objects.order_by("pk")]


def test_who_follows_what_it_is_about_is_told_once_ten_minutes_later(reader, draft, now):
    actions.publish(draft, at=now, now=now)
    assert activity.tell(now=now + 9 * MINUTE) == 0
    assert activity.tell(now=now + 10 * MINUTE) == 1
    assert told() == [("ans@voorbeeld.example", "Nieuw bij: Thema Wonen")]
    text = OutgoingMail.objects.get().text
    for part in (
        "Nieuw bericht: Wonen in Groningen",
        "Samenvatting van bericht.",
        "/nieuws/bericht/",
        "Want je volgt het thema Wonen en de gemeente Groningen.",
    ):
        assert part in text


def test_what_is_published_later_is_told_then(reader, draft, now):
    actions.publish(draft, at=now + DAY, now=now)
    assert activity.tell(now=now + HOUR) == 0
    actions.publish(draft, at=now + 2 * DAY, now=now + HOUR)  # later still
    assert activity.tell(now=now + DAY + HOUR) == 0
    assert activity.tell(now=now + 2 * DAY + HOUR) == 1


def test_what_is_withdrawn_in_time_is_told_to_nobody(reader, draft, now):
    actions.publish(draft, at=now, now=now)
    actions.withdraw(draft, now=now + 9 * MINUTE)
    assert activity.tell(now=now + DAY) == 0
    assert list(Article.objects.published(now + DAY)) == []
    assert version() == 2


def test_what_is_changed_in_time_is_told_as_it_is_then(reader, draft, now):
    actions.publish(draft, at=now, now=now)
    draft.title, draft.summary = "Beter wonen", "Nu goed."
    draft.save()
    actions.announce(draft, now=now + 9 * MINUTE)
    activity.tell(now=now + 10 * MINUTE)
    text = OutgoingMail.objects.get().text
    assert ("Beter wonen" in text, "Nu goed." in text, "Wonen in Groningen" in text) == (True, True, False)


def test_published_again_after_it_was_told_it_is_no_second_mail(reader, draft, now):
    actions.publish(draft, at=now, now=now)
    activity.tell(now=now + HOUR)
    actions.withdraw(draft, now=now + HOUR)
    actions.publish(draft, at=now + 2 * HOUR, now=now + 2 * HOUR)
    activity.tell(now=now + 3 * HOUR)
    assert len(told()) == 1


def test_what_is_old_or_loaded_at_the_start_mails_nobody(reader, draft, now):
    actions.publish(draft, at=now - DAY - MINUTE, now=now)
    actions.load_starting_content(now=now, examples=True)
    assert activity.tell(now=now + DAY) == 0
    assert not Happening.objects.exists()
