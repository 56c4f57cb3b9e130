"""A coupling of which something came becomes the draft of a practice example."""

from datetime import timedelta

import pytest
from tests.coupling.conftest import ans, answers, asked, at, carla, now, person, themes, utrecht  # noqa: F401
from tests.coupling.introducing.conftest import (  # noqa: F401
    ask,
    bram,
    coupling,
    introduce,
    mails_to,
    offer,
    party,
    state,
    yes,
)
from tests.library.conftest import article  # noqa: F401
from tests.signed_in import sign_in

from meedoen.coupling.actions import CannotDo
from meedoen.coupling.introducing import actions
from meedoen.coupling.introducing.actions import Told
from meedoen.coupling.introducing.models import Coupling, FollowUp
from meedoen.coupling.introducing.rules import Milestone, Talked, Worth
from meedoen.library.models import Version, Work
from meedoen.people.privacy import actions as privacy
from meedoen.team import practices
from meedoen.team.privacy import PRACTICES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]
# The fixed questions of a practice example, as who offers one is asked.
NINE = ("title", "municipalities", "body", "happened", "with_whom", "residents", "cost", "result", "pitfalls")
TOLD = Told(Worth.MUCH, "We keken samen rond.", may_share=True)


@pytest.fixture
def tell(now):  # noqa: F811
    """A function that lets all in a coupling say yes, and one of them tell what came of it."""

    def do(coupling, told=TOLD, *, place=0):  # noqa: F811
        parties = list(coupling.parties.whole().order_by("pk"))
        for each in parties:
            actions.say_yes(each, person=each.person, turn=each.turn, now=now)
        asked, _new = FollowUp.objects.get_or_create(  # noqa: F811
            party=parties[place], milestone=Milestone.WEEKS, defaults={"asked_at": now}
        )
        actions.answer(asked, Talked.YES, now=now)
        actions.tell(asked, told, now=now)
        return Coupling.objects.get(pk=coupling.pk)

    return do


def filled(work):
    return [name for name in NINE if work.content[name]]


def test_six_of_nine_are_filled_from_a_few_words(coupling, tell, carla, now):  # noqa: F811
    work = practices.make_practice(tell(coupling), by=carla, now=now)
    assert filled(work) == [name for name in NINE if name not in ("cost", "pitfalls")]
    assert (work.content["title"], work.content["body"]) == ("Hoe kiezen we stembureaus?", "We keken samen rond.")
    assert work.content["with_whom"] == "Deze mensen leerden van elkaar: een inwoner en de gemeente Utrecht."
    assert (work.content["municipalities"], work.content["themes"]) == (["GM0344"], ["openbare-ruimte"])
    assert work.content["happened"] == "2026-11"
    assert "Ans" not in str(work.content)  # no name without a yes
    assert (work.is_published, work.publish_at, work.kind) == (False, None, "praktijkvoorbeeld")
    assert f"/team/koppelen/lopend/{coupling.pk}/" in work.remarks.get().text


def test_of_two_residents_six_of_nine_too(introduce, asked, person, tell, carla, now):  # noqa: F811
    made = introduce(*(asked(who=person(name), text=f"{name}.") for name in ("Fatima", "Gijs")))
    assert len(filled(practices.make_practice(tell(made), by=carla, now=now))) >= 6


def test_what_both_told_stands_together_and_what_may_not_be_shared_does_not(coupling, tell, carla, now):  # noqa: F811
    tell(coupling)
    made = tell(coupling, Told(Worth.SOME, "Bram leerde ook.", "Zes inwoners.", "Begin op tijd.", True), place=1)
    assert practices._content(made, list(FollowUp.objects.all()))["body"] == "We keken samen rond.\n\nBram leerde ook."
    first = FollowUp.objects.get(party__person__name="Ans")
    actions.tell(first, Told(Worth.MUCH, "Alleen voor jullie.", may_share=False), now=now)
    work = practices.make_practice(made, by=carla, now=now)
    assert (work.content["body"], work.content["pitfalls"]) == ("Bram leerde ook.", "Begin op tijd.")


def test_who_told_it_hears_that_nothing_is_on_the_site_yet(coupling, tell, carla, now):  # noqa: F811
    made = tell(coupling)
    before = {name: len(mails_to(name)) for name in ("Ans", "Bram")}
    for _twice in range(2):
        practices.make_practice(made, by=carla, now=now)
    assert mails_to("Ans")[before["Ans"] :] == ["We schrijven een voorbeeld over wat je vertelde"]
    assert len(mails_to("Bram")) == before["Bram"]
    assert Work.objects.count() == 1


BRAM_TOLD = Told(Worth.SOME, "Bram leerde iets.", may_share=True)


def test_who_asked_and_did_not_say_yes_is_not_in_the_title(coupling, tell, carla, now):  # noqa: F811
    work = practices.make_practice(tell(coupling, BRAM_TOLD, place=1), by=carla, now=now)
    assert work.title == "Wat een koppeling over straat en gebouw in Utrecht opleverde"
    assert "stembureaus" not in str(list(Version.objects.values_list("content", flat=True)))


@pytest.mark.parametrize("with_texts", [True, False])
def test_a_draft_goes_with_who_told_it_and_can_be_made_anew(coupling, tell, bram, carla, now, with_texts):  # noqa: F811
    tell(coupling)
    made = tell(coupling, BRAM_TOLD, place=1)
    work = practices.make_practice(made, by=carla, now=now)
    assert "Bram leerde iets." in work.content["body"]
    privacy.erase(bram, with_texts=with_texts, now=now)
    assert not Work.objects.exists()
    assert not Version.objects.exists()
    anew = practices.make_practice(Coupling.objects.get(), by=carla, now=now)
    assert anew.content["body"] == "We keken samen rond."


def test_a_draft_stays_when_somebody_goes_who_told_nothing(coupling, tell, bram, carla, now):  # noqa: F811
    work = practices.make_practice(tell(coupling), by=carla, now=now)
    assert len(PRACTICES.export(bram)) == 1
    privacy.erase(bram, with_texts=True, now=now)
    assert Work.objects.get() == work


def test_what_was_on_the_site_stays(coupling, tell, bram, carla, article, now):  # noqa: F811
    work = practices.make_practice(tell(coupling, BRAM_TOLD, place=1), by=carla, now=now)
    Work.objects.filter(pk=work.pk).update(article=article("voorbeeld"))
    privacy.erase(bram, with_texts=True, now=now)
    assert Work.objects.get().content["body"] == "Bram leerde iets."


def test_who_takes_the_yes_back_is_heard_at_the_desk_before_it_is_published(coupling, tell, carla, now):  # noqa: F811
    work = practices.make_practice(tell(coupling), by=carla, now=now)
    Work.objects.filter(pk=work.pk).update(publish_at=now + timedelta(days=1), plan=work.content)
    last = FollowUp.objects.create(party=FollowUp.objects.get().party, milestone=Milestone.MONTHS, asked_at=now)
    for _twice in range(2):
        actions.tell(last, Told(), now=now)
    assert not FollowUp.objects.filter(may_share=True).exists()
    *_first, said = work.remarks.all()
    assert (work.remarks.count(), said.by.name) == (2, "Ans")
    assert said.text.startswith("Ik wil toch niet dat hiervan een voorbeeld komt.")
    assert Work.objects.get().publish_at is None
    assert mails_to("Carla")[-1] == "Ans zegt iets over: Hoe kiezen we stembureaus?"


@pytest.mark.parametrize("told", [Told(Worth.MUCH, "Woorden."), Told(Worth.MUCH, "", may_share=True)])
def test_without_words_or_a_yes_there_is_no_example(coupling, tell, carla, now, told):  # noqa: F811
    with pytest.raises(CannotDo):
        practices.make_practice(tell(coupling, told), by=carla, now=now)
    assert not Work.objects.exists()


def test_from_the_page_and_back_to_it(client, coupling, tell, carla):  # noqa: F811
    sign_in(client, "carla@voorbeeld.example")
    address = f"/team/koppelen/lopend/{coupling.pk}/"
    assert "Maak er een praktijkvoorbeeld van" not in client.get(address).content.decode()
    assert client.post(f"{address}voorbeeld/").status_code == 409
    tell(coupling)
    assert "Maak er een praktijkvoorbeeld van" in client.get(address).content.decode()
    work = client.post(f"{address}voorbeeld/")
    assert "Hoe kiezen we stembureaus?" in client.get(work["Location"]).content.decode()
    assert "Ga verder met het praktijkvoorbeeld" in client.get(address).content.decode()
