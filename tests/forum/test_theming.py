"""Which theme a mail names, and which of the words around a code say nothing else."""

import pytest
from tests.incoming_mail import DOMAIN, SERVER, arrive
from tests.outbox import as_read, code_in

from meedoen.conversation.models import Contribution
from meedoen.forum.models import Topic
from meedoen.forum.theming import only_names
from meedoen.mail.models import OutgoingMail


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Vervoer", True),
        ("het gaat over vervoer denk ik", True),
        ("Mijn vraag hoort bij het thema De gemeente zelf", True),
        ("Straat en gebouw", True),
        ("Nee, liever bij Werk", True),
        ("Werk, maar wacht nog even", False),
        ("Niet bij vervoer", False),
        ("Bel me over vervoer", False),
        ("Dank je wel", False),
        ("", False),
    ],
)
def test_a_line_that_names_a_theme_and_no_more(line, names):
    assert only_names(line) is names


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("beside", "category", "text", "unread"),
    [
        ("\nHallo,\nhet gaat over vervoer denk ik, en dank\nAns", "vervoer", "Wie weet hier meer van?", ""),
        ("\nBij het thema De gemeente zelf", "bestuur", "Wie weet hier meer van?", ""),
        (" Straat en gebouw\ntekst: Wie weet iets van het werk aan de stoep?", "openbare-ruimte", "Wie weet iets van het werk aan de stoep?", ""),
        (" vervoer\nMooi dat dit hier zomaar bestaat zeg", "vervoer", "Wie weet hier meer van?", "Mooi dat dit hier zomaar bestaat zeg"),
    ],
)  # fmt: skip
def test_what_names_the_theme_is_not_said_to_be_unread(settings, beside, category, text, unread):
    settings.MAIL_IN_DOMAIN, settings.MAIL_IN_TRUSTED = DOMAIN, [SERVER]
    arrive(
        "Wie weet hier meer van?", to=f"vraag@{DOMAIN}", subject="Een vraag aan jullie", author="Ans <ans@mail.example>"
    )
    asked = OutgoingMail.objects.get()
    assert arrive(code_in(asked) + beside, to=asked.reply_to) == "act: done"
    assert (Topic.objects.get().category, Contribution.objects.get().text) == (category, text)
    told = as_read(OutgoingMail.objects.latest("pk")).body
    assert ("Dit begrepen we niet" in told, unread in told) == (bool(unread), True)
    assert "thema De gemeente zelf’" not in told


@pytest.mark.django_db
def test_a_theme_and_no_name_are_both_heard(settings):
    settings.MAIL_IN_DOMAIN, settings.MAIL_IN_TRUSTED = DOMAIN, [SERVER]
    arrive("Wie weet hier meer van?", to=f"vraag@{DOMAIN}", subject="Een vraag aan jullie")
    asked = OutgoingMail.objects.get()
    assert arrive(f"{code_in(asked)} Vervoer\nLiever anoniem", to=asked.reply_to) == "act: done"
    assert (Topic.objects.get().category, Contribution.objects.get().hides_name) == ("vervoer", True)


@pytest.mark.django_db
def test_who_answers_the_old_mail_with_a_new_question_reads_where_it_goes(settings):
    settings.MAIL_IN_DOMAIN, settings.MAIL_IN_TRUSTED = DOMAIN, [SERVER]
    arrive("Wie heeft ervaring met vervoer?", to=f"vraag@{DOMAIN}", subject="Een vraag over onze bus")
    asked = OutgoingMail.objects.get()
    arrive(code_in(asked), to=asked.reply_to)
    told = " ".join(OutgoingMail.objects.latest("pk").text.split())
    assert "Het komt bij het thema: Vervoer." in told
    assert arrive("En wie weet iets van de trein?", to=asked.reply_to) == "act: done before"
    told = " ".join(OutgoingMail.objects.latest("pk").text.split())
    assert f"Heb je een nieuwe vraag? Mail die naar vraag@{DOMAIN}." in told
