"""The deeds of the desk: what changed, what was kept, what was refused."""

import datetime

import pytest

from meedoen.library.desk import actions
from meedoen.library.desk.checking import gaps_of
from meedoen.library.desk.content import of_article, shown, whole
from meedoen.library.desk.reading import desk_of, editor_of, may_begin
from meedoen.library.models import Article, LoadedFile, OldAddress, Typing, Version, Withdrawal, Work
from meedoen.library.privacy import MADE, TYPED
from meedoen.library.rules import Kind
from meedoen.mail.models import OutgoingMail
from meedoen.municipalities.models import Municipality, Succession
from meedoen.people.privacy.register import Erasing

HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)


def published(work, now, by, **more):
    work.refresh_from_db()
    return actions.publish(work, number=work.number, by=by, now=now, **more)


def blocking(work):
    return [gap.field for gap in gaps_of(work) if gap.blocks]


def test_a_text_is_published_as_it_was_saved(saved, carla, full, utrecht, now):
    work = saved(
        municipality=utrecht, convention=[9, 30], sources=[["VNG, 2023", "https://vng.nl"]], happened="2026-08"
    )
    article = published(work, now, carla)
    article = Article.objects.get(pk=article.pk)
    assert (article.slug, article.published_at) == ("een-speeltuin-voor-iedereen", now)
    assert of_article(article) == whole(work.content)
    assert article.dated_on == datetime.date(2026, 8, 1)
    work.refresh_from_db()
    assert (work.article_id, work.published_number, work.stand) == (article.pk, 1, "published")
    assert [(each.number, each.is_public, each.by) for each in work.versions.all()] == [(1, True, carla)]


def test_readers_keep_what_they_have_until_a_change_is_published(saved, carla, full, now):
    work = saved()
    article = published(work, now, carla)
    work.refresh_from_db()
    actions.save(work, full(body="Een heel andere tekst."), base=1, by=carla, now=now)
    article.refresh_from_db()
    assert article.body == "We begonnen op school."
    later = now + 3 * DAY
    published(work, later, carla, sentence="De tekst is nieuw.")
    article = Article.objects.get(pk=article.pk)
    assert (article.body, article.changes) == ("Een heel andere tekst.", "De tekst is nieuw.")
    assert (article.published_at, article.updated_on) == (now, later.date())


def test_saves_between_two_publications_go_and_what_readers_had_stays(saved, carla, full, now):
    work = saved()
    published(work, now, carla)
    for number, words in enumerate(("twee", "drie", "vier"), 1):
        work = actions.save(work, full(body=words), base=number, by=carla, now=now)
    assert [each.number for each in work.versions.all()] == [4, 3, 2, 1]
    published(work, now, carla, sentence="Beter.")
    assert [(each.number, each.sentence) for each in work.versions.all()] == [(4, "Beter."), (1, "")]


def test_a_text_with_gaps_is_not_published(saved, carla, now):
    work = saved(contact="", checked_on="", summary="")
    with pytest.raises(actions.HasGaps) as refused:
        published(work, now, carla)
    assert [gap.field for gap in refused.value.gaps] == ["summary", "contact", "checked_on"]
    assert not Article.objects.exists()


def test_what_somebody_saved_meanwhile_is_not_published_unseen(saved, carla, full, now):
    work = saved()
    actions.save(work, full(body="Intussen."), base=1, by=carla, now=now)
    with pytest.raises(actions.CannotDo):
        actions.publish(work, number=1, by=carla, now=now)
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("## Kop\n\n#### Te klein", "body"),
        ("Lees [klik hier](https://vng.nl).", "body"),
        ("Lees [hier](https://vng.nl).", "body"),
        ("Lees [https://vng.nl](https://vng.nl).", "body"),
        ("Lees [](https://vng.nl).", "body"),
        ("![](https://vng.nl/foto.png)", "body"),
        ("| | |\n| --- | --- |\n| a | b |", "body"),
        ("Zie [onze routekaart](/kennisbank/bestaat-niet/).", "body"),
        ("Zie [de gemeenten](/gemeentes/).", "body"),
    ],
)
def test_what_blocks_in_the_words(saved, text, field):
    assert blocking(saved(body=text)) == [field]


def test_what_is_right_blocks_nothing(saved, carla, now):
    published(saved(title="De routekaart"), now, carla)
    text = (
        "## Kop\n\n### Kleine kop\n\n## Kop\n\nZie [onze routekaart](/kennisbank/de-routekaart/), [de"
        " gemeenten](/gemeenten/) en [het verdrag](https://wetten.nl).\n\n| Wie | Wat |\n| --- | --- |\n| raad | beslist |"
    )
    assert blocking(saved(body=text)) == []


def test_a_twin_that_is_not_whole_blocks(saved):
    assert blocking(saved(easy_body="Kort.")) == ["easy_title", "easy_summary"]


def test_two_editors_lose_nothing(saved, carla, bram, full, utrecht, now):
    work = saved(municipality=utrecht)
    actions.save(work, full(body="Van Carla.", municipalities=[utrecht.code]), base=1, by=carla, now=now)
    mine = {"body": "Van Bram."}
    with pytest.raises(actions.ChangedMeanwhile):
        actions.save(work, full(**mine), base=1, by=bram, now=now)
    kept = actions.keep_typing(work, mine, key="", seen="", tab="een", base=1, by=bram, now=now)
    work.refresh_from_db()
    assert (work.content["body"], kept.typing.fields) == ("Van Carla.", mine)
    again = actions.save(work, full(**mine), base=2, by=bram, now=now, key=kept.typing.key)
    assert (again.number, again.content["body"], Typing.objects.count()) == (3, "Van Bram.", 0)
    assert [each.content["body"] for each in work.versions.all()] == [
        "Van Bram.",
        "Van Carla.",
        "We begonnen op school.",
    ]


def test_two_open_pages_of_one_person_never_write_over_each_other(saved, carla, now):
    work = saved()
    first = actions.keep_typing(work, {"body": "a"}, key="", seen="", tab="een", base=1, by=carla, now=now).typing
    seen = first.changed_at.isoformat()
    actions.keep_typing(work, {"body": "b"}, key=first.key, seen=seen, tab="een", base=1, by=carla, now=now + HOUR)
    other = actions.keep_typing(
        work, {"body": "c"}, key=first.key, seen=seen, tab="twee", base=1, by=carla, now=now + HOUR
    )
    assert other.is_copy
    assert sorted(each.fields["body"] for each in Typing.objects.all()) == ["b", "c"]


def test_an_earlier_version_is_restored_and_what_stood_there_kept(saved, carla, full, now):
    work = saved()
    work = actions.save(work, full(body="Slechter."), base=1, by=carla, now=now)
    work = actions.restore(work, Version.objects.get(work=work, number=1), by=carla, now=now)
    assert (work.number, work.content["body"]) == (3, "We begonnen op school.")
    assert [each.number for each in work.versions.all()] == [3, 2, 1]


def test_a_planned_text_comes_at_its_moment_as_it_was_then(saved, carla, full, now):
    work = saved()
    actions.plan(work, number=1, at=now + DAY, by=carla, now=now)
    work.refresh_from_db()
    actions.save(work, full(body="Later getypt."), base=1, by=carla, now=now + HOUR)
    assert actions.publish_due(now=now + HOUR) == 0
    assert actions.publish_due(now=now + DAY) == 1
    assert actions.publish_due(now=now + DAY) == 0
    article = Article.objects.get()
    assert (article.body, article.published_at) == ("We begonnen op school.", now + DAY)
    work.refresh_from_db()
    assert (work.publish_at, work.stand) == (None, "changed")


def test_a_plan_can_be_called_off(saved, carla, now):
    work = saved()
    actions.plan(work, number=1, at=now + DAY, by=carla, now=now)
    actions.stop_plan(work)
    assert actions.publish_due(now=now + DAY) == 0


def test_one_text_that_fails_keeps_no_other_back(saved, carla, now):
    broken, fine = saved(title="Kapot"), saved(title="Heel")
    for work in (broken, fine):
        actions.plan(work, number=1, at=now + HOUR, by=carla, now=now)
    Work.objects.filter(pk=broken.pk).update(plan={})
    assert actions.publish_due(now=now + HOUR) == 1
    assert [each.title for each in Article.objects.all()] == ["Heel"]


def test_the_team_is_asked_sends_back_and_publishes(saved, carla, bram, utrecht, now):
    work = saved(by=bram, municipality=utrecht)
    actions.ask(work, by=bram, now=now)
    headings = [group.id for group in desk_of(editor_of(carla), carla, now)]
    assert "wacht" in headings
    work.refresh_from_db()
    actions.send_back(work, "Wie deed mee?\nSchrijf het erbij.", by=carla, now=now)
    work.refresh_from_db()
    assert (work.asked_at, work.remarks.get().text) == (None, "Wie deed mee?\nSchrijf het erbij.")
    mail = OutgoingMail.objects.get(to="bram@voorbeeld.example", template="mail/library/remarked.md")
    assert "Wie deed mee?" in mail.text
    actions.ask(work, by=bram, now=now)
    published(work, now, carla)
    mail = OutgoingMail.objects.get(template="mail/library/published.md")
    assert (mail.to, "/kennisbank/een-speeltuin-voor-iedereen/" in mail.text) == ("bram@voorbeeld.example", True)


def test_nothing_is_no_text_to_look_at(carla, register, now):
    work = actions.begin(Kind.NEWS, municipality=None, by=carla, now=now)
    with pytest.raises(actions.CannotDo):
        actions.ask(work, by=carla, now=now)


def test_a_text_is_taken_down_with_another_in_its_place_and_put_back(saved, carla, now):
    old, new = published(saved(title="Oud"), now, carla), published(saved(title="Nieuw"), now, carla)
    actions.withdraw(old.work, reason="Er is een betere.", to=new, by=carla, now=now + DAY)
    with pytest.raises(actions.LeadsRound):
        actions.withdraw(new.work, reason="Terug.", to=old, by=carla, now=now + DAY)
    old.refresh_from_db()
    assert (old.published_at, Withdrawal.objects.get().to) == (None, new)
    work = Work.objects.get(article=old)
    assert work.stand == "withdrawn"
    actions.put_back(work, now=now + DAY)
    old.refresh_from_db()
    assert (old.published_at, Withdrawal.objects.count()) == (now, 0)


def test_pages_of_municipalities_show_a_change_and_what_was_put_back_at_once(saved, carla, full, utrecht, client, now):
    def shown():
        return client.get("/gemeenten/utrecht/").content.decode()

    work = saved(municipality=utrecht, title="Eerst")
    published(work, now, carla)
    assert ">Eerst<" in shown()
    work.refresh_from_db()
    actions.save(work, full(title="Daarna"), base=1, by=carla, now=now)
    published(work, now + HOUR, carla, sentence="Een andere titel.")
    assert ">Daarna<" in shown()
    work.refresh_from_db()
    actions.withdraw(work, reason="Even weg.", to=None, by=carla, now=now + HOUR)
    assert ">Daarna<" not in shown()
    actions.put_back(work, now=now + HOUR)
    assert ">Daarna<" in shown()


def test_a_text_gets_another_address_and_a_taken_one_is_refused(saved, carla, now):
    first, second = published(saved(title="Een"), now, carla), published(saved(title="Twee"), now, carla)
    actions.rename(first.work, "eerste", now=now)
    assert OldAddress.objects.get().slug == "een"
    with pytest.raises(actions.CannotDo):
        actions.rename(second.work, "een", now=now)
    third = published(saved(title="Een"), now, carla)
    assert third.slug == "een-2"


def test_what_starting_content_wrote_is_written_by_it_no_more(starting_news, carla, now):
    article = LoadedFile.objects.filter(article__isnull=False).first().article
    work = actions.begin_from(article, municipality=None, by=carla, now=now)
    assert actions.begin_from(article, municipality=None, by=carla, now=now) == work
    assert work.versions.get().is_public
    changed = {**work.content, "title": "Een andere titel"}
    work = actions.save(work, changed, base=1, by=carla, now=now)
    published(work, now, carla, sentence="Andere titel.")
    article.refresh_from_db()
    assert (article.title, LoadedFile.objects.filter(article=article).exists()) == ("Een andere titel", False)


def test_the_easy_version_lags_until_somebody_sees_to_it(saved, carla, full, now):
    easy = {"easy_title": "Makkelijk", "easy_summary": "Kort.", "easy_body": "Korter."}
    work = saved(**easy)
    published(work, now, carla)
    work = actions.save(work, full(body="Anders.", **easy), base=1, by=carla, now=now)
    published(work, now + HOUR, carla, sentence="Anders.")
    work.refresh_from_db()
    assert work.easy_lags_since == now + HOUR
    assert "makkelijk" in [group.id for group in desk_of(editor_of(carla), carla, now)]
    work = actions.save(work, full(body="Anders.", **{**easy, "easy_body": "Ook anders."}), base=2, by=carla, now=now)
    published(work, now, carla, sentence="Ook makkelijk.")
    work.refresh_from_db()
    assert work.easy_lags_since is None


def test_a_municipality_that_merged_meanwhile(saved, carla, bram, fatima, utrecht, now):
    work = saved(by=bram, municipality=utrecht)
    almere = Municipality.objects.get(name="Almere")
    Succession.objects.create(
        effective_on=now.date(), old=utrecht, new=almere, kind=Succession.Kind.MERGED, status=Succession.Status.DONE
    )
    Municipality.objects.filter(pk=utrecht.pk).update(is_current=False, ended_on=now.date())
    assert not editor_of(bram).may_come_in  # who decides for the new one is for the team to arrange
    assert list(Work.objects.edited_by(editor_of(fatima))) == [work]
    assert "De gemeente Utrecht heet nu Almere. Zet die naam erbij." in [gap.words for gap in gaps_of(work)]
    article = published(Work.objects.get(pk=work.pk), now, carla)
    assert {each.name for each in article.municipalities.all()} == {"Utrecht", "Almere"}


def test_a_contact_takes_up_a_practice_of_their_own_municipality_alone(saved, article, carla, bram, utrecht, now):
    almere = Municipality.objects.get(name="Almere")
    fields = {"kind": Kind.PRACTICE, "contact": "Team", "checked_on": now.date()}
    theirs, shared, news = article("a", **fields), article("b", **fields), article("c")
    theirs.municipalities.set([utrecht])
    shared.municipalities.set([utrecht, almere])
    news.municipalities.set([utrecht])
    editor = editor_of(bram)
    assert [may_begin(editor, each) for each in (theirs, shared, news)] == [utrecht, False, False]
    assert may_begin(editor_of(carla), shared) is None


def test_a_text_is_thrown_away_and_brought_back_and_erased_in_the_end(saved, carla, now):
    work, other = saved(), saved(title="Op de site")
    actions.discard(work, by=carla, now=now)
    assert not Work.objects.kept().filter(pk=work.pk).exists()
    actions.take_back(work)
    assert Work.objects.kept().filter(pk=work.pk).exists()
    actions.discard(work, by=carla, now=now)
    published(other, now, carla)
    with pytest.raises(actions.CannotDo):
        actions.discard(other, by=carla, now=now)
    actions.keep_typing(other, {"body": "a"}, key="", seen="", tab="", base=1, by=carla, now=now)
    actions.erase_old(now=now + 29 * DAY)
    assert Work.objects.count() == 2
    actions.erase_old(now=now + 91 * DAY)
    assert (list(Work.objects.all()), Typing.objects.count()) == ([other], 0)


@pytest.mark.parametrize("with_texts", [True, False])
def test_an_erased_author_leaves_the_text_without_a_name(saved, carla, bram, utrecht, now, with_texts):
    work = saved(by=bram, municipality=utrecht)
    actions.ask(work, by=bram, now=now)
    actions.remark(work, "Mijn woorden.", by=bram, now=now)
    actions.keep_typing(work, {"body": "a"}, key="", seen="", tab="", base=1, by=bram, now=now)
    assert len([row for row in holdings_of(bram) if row.get("titel") == "Een speeltuin voor iedereen"]) >= 3
    holdings_erase(bram, with_texts=with_texts, now=now)
    work = Work.objects.get(pk=work.pk)
    assert (work.begun_by, work.changed_by, work.asked_by, work.versions.get().by) == (None, None, None, None)
    assert (work.remarks.get().by, work.remarks.get().text) == (None, "…" if with_texts else "Mijn woorden.")
    assert not Typing.objects.exists()
    published(work, now, carla)
    assert not OutgoingMail.objects.filter(template="mail/library/published.md").exists()


def holdings_of(person):
    return [*MADE.export(person), *TYPED.export(person)]


def holdings_erase(person, *, with_texts, now):
    for holding in (TYPED, MADE):
        holding.erase(person, Erasing(with_texts=with_texts, now=now))


def test_a_preview_is_an_article_that_is_not_stored(saved, utrecht, now, django_assert_num_queries):
    work = saved(municipality=utrecht, convention=[9], sources=[["VNG", "https://vng.nl"]])
    with django_assert_num_queries(2):  # themes and municipalities
        article = shown(work.content, work.kind, stored=None, now=now)
        assert [theme.pk for theme in article.themes.all()] == ["openbare-ruimte"]
        assert [touch.number for touch in article.touches.all()] == [9]
        assert [source.text for source in article.sources.all()] == ["VNG"]
        assert article.practice.cost == "Weinig."
    assert not Article.objects.exists()
