"""Words that lie sealed in the outbox, such as a code: nobody reads them in a row, and only who is mailed gets them."""

import json

import pytest
from django.core import mail as sent_by_django
from django.forms.models import model_to_dict
from tests.outbox import as_read, code_in

from meedoen.kernel import clock, sealing
from meedoen.mail import actions, references
from meedoen.mail.actions import Outcome
from meedoen.mail.models import OutgoingMail
from meedoen.mail.secret_words import secret

pytestmark = pytest.mark.django_db
CODE = "493027"


@pytest.fixture
def mail():
    context = {"code": secret(CODE), "until": clock.now()}
    return actions.send("mail/people/sign_in.md", to="ans@voorbeeld.example", context=context, key="c", now=clock.now())


def test_no_row_says_it_and_the_mail_does_in_subject_text_and_html(mail):
    assert CODE not in json.dumps(model_to_dict(OutgoingMail.objects.get()), default=str)
    assert (code_in(mail), CODE in mail.shown_text) == (CODE, False)
    assert actions.deliver(mail.pk, now=clock.now()) is Outcome.SENT
    (letter,) = sent_by_django.outbox
    assert letter.subject.startswith(f"{CODE} is je code")
    assert f"Je code is: {CODE}" in letter.body
    assert CODE in letter.alternatives[0].content
    assert CODE not in json.dumps(model_to_dict(OutgoingMail.objects.get()), default=str)


def test_a_secret_of_the_site_that_changed_opens_it_as_long_as_it_is_known(mail, settings):
    before, settings.SECRET_KEY = settings.SECRET_KEY, "een-ander-geheim-van-meer-dan-vijftig-letters-en-cijfers-0"
    settings.SECRET_KEY_FALLBACKS = [before]
    assert as_read(mail).subject.startswith(CODE)
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(references.NotNow, match="another secret"):
        as_read(mail)
    assert actions.deliver(mail.pk, now=clock.now()) is Outcome.WAITS
    assert sent_by_django.outbox == []


def test_what_is_sealed_opens_in_its_own_place_alone():
    found = sealing.sealed(b"woorden", use="proef", place="a")
    assert sealing.opened(found, use="proef", place="a") == b"woorden"
    assert sealing.sealed(b"woorden", use="proef", place="a") != found
    for use, place, lying in (
        ("proef", "b", found),
        ("anders", "a", found),
        ("proef", "a", found[:-1]),
        ("proef", "a", b""),
    ):
        with pytest.raises(sealing.Foreign):
            sealing.opened(lying, use=use, place=place)
