"""What a guest can do in a conversation before confirming who they are: react, and change a reaction."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.language import hints as plainer
from meedoen.mail import actions as mail
from meedoen.mail.incoming import addresses
from meedoen.mail.references import Reference
from meedoen.mail.rendering import Written
from meedoen.people import acts
from meedoen.people.along import actions as along
from meedoen.people.along.rules import What
from meedoen.people.models import PendingAct, Person

from . import actions, beside_code, mentions, personal_data, reading
from .attachments import actions as attachments
from .attachments import reading as files
from .forms import CommentForm, MemberCommentForm, TextForm
from .models import Contribution, Thread
from .rules import MAX_TEXT_LENGTH, State
from .scoring import DROP_FROM, HOLD_FROM, score
from .text import own_words, render

COMMENT = "conversation.comment"
MEMBER_COMMENT = "conversation.member_comment"
OWN = "conversation.own"  # the purpose of answers to the mail that tells that it stands; ``mailed`` handles them
EDIT = "conversation.edit"
ALONG_TOLD = gettext_lazy("Wie je helpt, krijgt een mail met een link om het te veranderen of weg te halen.")


def place(act: PendingAct) -> acts.Place:
    """The thing that the thread is about."""
    said = act.outcome if act.state == PendingAct.State.DONE else act.payload
    if "contribution" in said:
        thread = Contribution.objects.select_related("thread").get(pk=said["contribution"]).thread
    else:
        thread = Thread.objects.get(pk=said["thread"]).present
    return acts.Place(thread.title, thread.url)


def preview(act: PendingAct) -> SafeString:
    """The words as they will stand on the site, with the name beside them."""
    name = reading.HIDDEN_NAME if act.payload.get("hides_name") else act.name
    words = render(reading.words_of(act.payload["text"]))
    return format_html("{}<p><strong>{}</strong></p>{}{}", _moved(act), name, words, files.preview(act))


def _moved(act: PendingAct) -> SafeString | str:
    """Where it comes, when the conversation was brought to another one meanwhile."""
    thread = Thread.objects.filter(pk=act.payload.get("thread"), moved_to__isnull=False).first()
    if thread is None:
        return ""
    return format_html(
        "<p>{}</p>",
        _("Dit gesprek is samengevoegd met een ander: ‘%(title)s’. Je tekst komt daar te staan.")
        % {"title": thread.present.title},
    )


def edit_preview(act: PendingAct) -> SafeString:
    """The changed words as they will stand, with all that stays: the name, whom it is for, the files."""
    contribution = Contribution.objects.select_related("person", "thread").get(pk=act.payload["contribution"])
    named = reading.named(contribution)
    return format_html(
        "<p><strong>{}</strong></p>{}{}{}",
        reading.name_shown(contribution),
        format_html("<p>{}</p>", _("Voor: %(names)s") % {"names": named}) if named else "",
        render(reading.words_of(act.payload["text"])),
        files.preview_with(act, contribution),
    )


def warnings(payload: Mapping[str, Any]) -> list[str]:
    """What the writer may want to think about once more before everybody can read it (MO8)."""
    return [personal_data.sentence(find) for find in personal_data.found(payload["text"])]


def hints(payload: Mapping[str, Any]) -> list[str]:
    """What its writer may say more plainly, in their own words alone (FW7)."""
    text = own_words(payload["text"][:MAX_TEXT_LENGTH])
    return [plainer.sentence(each) for each in plainer.found(text, title=payload.get("title", ""))]


def notes(act: PendingAct) -> list[str]:
    """What its writer chose beside the words."""
    follows = [_("Je krijgt mail als er een nieuw bericht bij komt.")] if act.payload.get("mail_me") else []
    return [*mentions.notes(act), *follows, *_read_first(act)]


def _read_first(act: PendingAct) -> list[str]:
    """That the team reads it first; of a guest it is not said whether we know the address, which may be another's."""
    person = act.person
    if person is None:
        return [_("Is dit je eerste bericht hier? Dan leest het team het eerst. Daarna staat het op de site.")]
    if person.is_team or (person.address and person.address.trusted_at):
        return []
    return [_("Het team leest je eerste bericht eerst. Daarna staat het op de site.")]


def points_of(text: str) -> int:
    """How much a text looks like spam. Raises ``CannotDo`` for what the form would have refused: a draft may be anything."""
    points = score(text, trap_filled=False).total
    if points >= DROP_FROM:
        raise acts.CannotDo(_("Je tekst lijkt op reclame van een robot. Haal links weg die niet nodig zijn."))
    return points


def comment(act: PendingAct, person: Person, now: datetime) -> acts.Done:
    """Put the reaction in its thread, and tell the writer where it is."""
    payload = act.payload
    beside_code.must_be_understood(act)
    must_be_described(act)
    form = TextForm({"text": payload["text"]})
    if not form.is_valid():  # a draft may be anything
        raise acts.CannotDo(" ".join(map(str, form.errors["text"])))
    points = points_of(payload["text"])
    thread = Thread.objects.get(pk=payload["thread"])
    try:
        writer, bond = along.for_whom(payload.get(along.BOND), person, now=now)
        contribution = actions.contribute(
            thread,
            person=writer,
            bond=bond,
            text=form.cleaned_data["text"],
            hides_name=bool(payload.get("hides_name")),
            mentioned=payload.get("mentions") or (),
            score=points,
            looks_like_spam=points >= HOLD_FROM,
            reply_to=Contribution.objects.readable().filter(pk=payload.get("reply_to")).first(),
            now=now,
        )
    except (actions.CannotWrite, along.Refused) as problem:
        raise acts.CannotDo(str(problem)) from problem
    bring_files(act, contribution, now)
    return tell_writer(
        contribution,
        now,
        mail_me=bool(payload.get("mail_me")),
        is_signed_in=is_signed_in(act),
        left_out=payload.get(beside_code.LEFT_OUT, ()),
        not_understood=beside_code.not_understood(act),
    )


def must_be_described(act: PendingAct) -> None:
    """Raise ``CannotDo`` as long as it is not said what is on a picture, or what a document is called (FW6).

    What came by mail stands meanwhile, without its pictures: these are asked about by mail.
    """
    if act.payload.get(beside_code.BY_MAIL):
        return
    if problems := files.problems(act):
        raise acts.CannotDo(" ".join(problems))


def bring_files(act: PendingAct, contribution: Contribution, now: datetime) -> None:
    """Let the files of an act stand beside what came of it. Raises ``CannotDo`` when there is no room for them."""
    try:
        attachments.go_along(act, contribution, now=now)
    except attachments.CannotAdd as problem:
        raise acts.CannotDo(str(problem)) from problem


def is_signed_in(act: PendingAct) -> bool:
    """Whether its doer is signed in, and needed no code."""
    return act.person_id is not None and act.code_sent_at is None


def tell_writer(
    contribution: Contribution,
    now: datetime,
    *,
    mail_me: bool = False,
    is_signed_in: bool = False,
    left_out: Iterable[str] = (),
    not_understood: Reference | str = "",
    theme: str = "",
) -> acts.Done:
    """Mail the writer the way to change and take back, and lead them there; not who wrote it along with them.

    ``mail_me``: they want to hear of what others write there; who helps somebody does not choose that for them.
    ``left_out`` says of files that came by mail why they were not taken, ``not_understood`` is what stood beside the code;
    ``theme`` is where it stands. Who ``is_signed_in`` and sees it stand is mailed nothing: the way is on their own page.
    """
    own_page = reverse("conversation:own", args=[contribution.key])
    writer, bond, thread = contribution.person, contribution.bond, contribution.thread
    if mail_me and bond is None:
        actions.hear_answers(contribution, now=now)
    knows = is_signed_in and bond is None and contribution.state == State.SHOWN
    if writer.address and not knows:
        reply_to = addresses.answer_to(OWN, owner=writer.pk, about=contribution.pk, now=now)
        mail.send(
            "mail/conversation/contributed.md",
            to=writer.address.email,
            context={
                "place": thread.title,
                "path": own_page,
                "is_waiting": contribution.state == State.WAITING,
                "helper": bond.helper_name if bond else "",
                "words": Written(reading.words_of(contribution.text)) if reply_to else "",
                "name": "" if contribution.hides_name else reading.name_shown(contribution),
                "theme": theme,
                "picture_count": len(attachments.to_describe(contribution)) if reply_to else 0,
                "left_out": list(left_out),
                "not_understood": not_understood,
            },
            key=f"contribution-{contribution.pk}-written",
            now=now,
            reply_to=reply_to,
        )
    if bond:
        url = contribution.url if contribution.number else thread.url
        along.note(bond, What.WRITE, title=thread.title, url=url, now=now, is_told=True)
        return acts.Done({"contribution": contribution.pk, "along": True}, then="")
    return acts.Done({"contribution": contribution.pk}, then=own_page)


def edit(act: PendingAct, person: Person, now: datetime) -> acts.Done:
    """Change a reaction. The code proved the address; the address must be of its writer."""
    contribution = Contribution.objects.select_related("person").get(pk=act.payload["contribution"])
    if person.address_id is None or contribution.person.address_id != person.address_id:
        raise acts.CannotDo(_("Dit is een bericht van iemand anders. Dat kun je niet veranderen."))
    must_be_described(act)
    try:
        points = score(act.payload["text"], trap_filled=False).total
        actions.edit(
            contribution,
            text=act.payload["text"],
            score=points,
            looks_like_spam=points >= HOLD_FROM and not person.is_team,
            now=now,
        )
        bring_files(act, contribution, now)
    except actions.CannotWrite as problem:
        raise acts.CannotDo(str(problem)) from problem
    return acts.Done({"contribution": contribution.pk}, then=reverse("conversation:own", args=[contribution.key]))


def told(act: PendingAct) -> acts.Told:
    """What became of it, for whoever knows the address of the act: nothing that is not public."""
    contribution = Contribution.objects.select_related("thread").get(pk=act.outcome["contribution"])
    thread = contribution.thread
    if contribution.state == State.SHOWN:
        return acts.Told(
            _("Je bericht staat op de site"),
            str(ALONG_TOLD)
            if act.outcome.get("along")
            else _("Je kunt het veranderen of weghalen met de link in je mail."),
            acts.Place(_("Bekijk je bericht"), contribution.url),
        )
    if contribution.state == State.WAITING:
        return acts.Told(
            _("Je bericht is bij ons"),
            _(
                "Het team leest het eerst. Daarna staat het op de site. Met de link in je mail zie je hoe het ermee staat."
            ),
            acts.Place(thread.title, thread.url),
        )
    return acts.Told(
        _("Je bericht is niet te zien"), reading.gap_words(contribution.state), acts.Place(thread.title, thread.url)
    )


def register() -> None:
    """Make the kinds known; at start-up."""
    for name, form in ((COMMENT, CommentForm), (MEMBER_COMMENT, MemberCommentForm)):
        acts.register(
            acts.Kind(
                name=name,
                heading=gettext_lazy("Je bericht"),
                button=gettext_lazy("Plaats mijn bericht"),
                form=form,
                place=place,
                preview=preview,
                carry_out=comment,
                told=told,
                warnings=warnings,
                hints=hints,
                notes=notes,
                keeps_drafts=name == MEMBER_COMMENT,
                takes_files=True,
                adding=files.ways,
                missing=files.problems,
                letter_facts=beside_code.shown,
                filled=beside_code.filled,
                said=beside_code.said_by_word,
                unread=lambda act, text: "" if act.payload.get(beside_code.BY_MAIL) else text,
            )
        )
    acts.register(
        acts.Kind(
            name=EDIT,
            heading=gettext_lazy("Je veranderde bericht"),
            button=gettext_lazy("Bewaar mijn verandering"),
            form=TextForm,
            place=place,
            preview=edit_preview,
            carry_out=edit,
            told=told,
            warnings=warnings,
            hints=hints,
            takes_files=True,
            adding=files.ways,
            missing=files.problems,
        )
    )
