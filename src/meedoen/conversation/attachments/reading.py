"""The files beside a contribution as people see and hear them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from meedoen.conversation.models import Attachment, Contribution, Offer
from meedoen.conversation.rules import State, may_be_read
from meedoen.kernel import dutch
from meedoen.people import acts
from meedoen.people.models import PendingAct, Person

from .rules import KEEP_REMOVED, Described

TITLE_AS_FILE = 60  # characters of a title that name the file on somebody's own disk


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A picture or document beside a text."""

    is_picture: bool
    text: str  # what is on the picture, or the title of the document with its kind and size
    url: str
    look: str = ""  # the words of the link to the large picture
    small_url: str = ""
    width: int = 0
    height: int = 0
    is_decorative: bool = False
    describe_url: str = ""  # where somebody can say what is on it; only when nobody did
    describe: str = ""


def own_mark(contribution: Contribution) -> str:
    """What opens the files of a contribution for its writer, and nothing else: such an address is soon passed on."""
    return salted_hmac("meedoen.conversation.attachments", contribution.key, algorithm="sha256").hexdigest()[:32]


def of(contribution: Contribution) -> tuple[ShownFile, ...]:
    """The files beside a contribution; no query."""
    rows = contribution.shown_files
    return shown((Attachment(**row) for row in rows), beside=contribution.number) if rows else ()


def shown(
    attachments: Iterable[Attachment], *, beside: int | None = None, own: str = "", is_sent: bool = True
) -> tuple[ShownFile, ...]:
    """Files of one text, numbered where there is more than one picture; ``beside`` is the number of the contribution.

    ``own`` opens them also where everybody else may not see them now. What is not ``is_sent`` yet is shown small, and
    cannot be opened.
    """
    files = list(attachments)
    pictures = [each.key for each in files if each.is_picture]
    made = []
    for each in files:
        if not each.is_picture:
            made.append(
                ShownFile(is_picture=False, text=document_words(each), url=_address(each, own) if is_sent else "")
            )
            continue
        which = _which(pictures.index(each.key) + 1 if len(pictures) > 1 else None, beside)
        asks = each.described == Described.ASKED and beside is not None
        made.append(
            ShownFile(
                is_picture=True,
                text=each.description or _("Een foto. Er staat nog niet bij wat erop staat."),
                url=_address(each, own) if is_sent else "",
                look=_("Bekijk %(which)s groot") % {"which": which},
                small_url=_address(each, own, small=True),
                width=each.small_width,
                height=each.small_height,
                is_decorative=each.described == Described.DECORATIVE,
                describe_url=reverse("conversation:describe_picture", args=[each.key]) if asks else "",
                describe=_("Beschrijf %(which)s") % {"which": which} if asks else "",
            )
        )
    return tuple(made)


def to_describe(attachments: Iterable[Attachment]) -> list[acts.Place]:
    """Where each of these pictures is described of which its writer asked somebody else to say what is on it."""
    asked = [each for each in attachments if each.is_picture and each.described == Described.ASKED]
    return [
        acts.Place(
            _("Beschrijf foto %(place)s") % {"place": place} if len(asked) > 1 else _("Beschrijf de foto"),
            reverse("conversation:describe_picture", args=[each.key]),
        )
        for place, each in enumerate(asked, 1)
    ]


def beside_url(attachment: Attachment, contribution: Contribution) -> str:
    """Where a picture stands; as long as that waits for the team, its own address."""
    return contribution.url if contribution.number else _address(attachment, "")


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file on the page of its writer, with the press that takes it away or puts it back."""

    file: ShownFile
    is_removed: bool
    press: str
    url: str


def own(contribution: Contribution) -> list[OwnFile]:
    """The files of a contribution for its writer, also what they took away and can put back; one query.

    None of what the team took away: that is passed on by nobody.
    """
    if contribution.state == State.REMOVED:
        return []
    listed = list(contribution.attachments.order_by("pk"))
    made = []
    for each, file in zip(listed, shown(listed, own=own_mark(contribution)), strict=True):
        words = _("Zet terug: %(name)s") if each.removed_at else _("Haal weg: %(name)s")
        name = "conversation:put_back_own_file" if each.removed_at else "conversation:remove_own_file"
        address = reverse(name, args=[contribution.key, each.key])
        made.append(OwnFile(file, bool(each.removed_at), words % {"name": name_of(each)}, address))
    return made


def own_done(contribution: Contribution, file_key: str) -> tuple[str, str] | None:
    """What was just done with a file of one's own, and what can be done about it; nothing for no file of it."""
    found = contribution.attachments.filter(key=file_key).first() if file_key else None
    if found is None:
        return None
    if found.removed_at is None:
        back = (
            _("Je kunt hem hieronder weer weghalen.") if found.is_picture else _("Je kunt het hieronder weer weghalen.")
        )
        return (_("De foto staat er weer bij") if found.is_picture else _("Het document staat er weer bij")), back
    day = dutch.date_words(found.removed_at + KEEP_REMOVED)
    if found.is_picture:
        return _("De foto is weggehaald"), _("Je kunt hem hieronder terugzetten, tot %(day)s.") % {"day": day}
    return _("Het document is weggehaald"), _("Je kunt het hieronder terugzetten, tot %(day)s.") % {"day": day}


def html_of(files: Iterable[ShownFile], *, shows_images: bool = True) -> SafeString:
    """Files as HTML, as they stand below a text; nothing for none."""
    found = tuple(files)
    return _html(found, shows_images) if found else SafeString()


def _html(files: tuple[ShownFile, ...], shows_images: bool) -> SafeString:
    preferences = {"shows_images": shows_images}
    return render_to_string("conversation/attachments/files.html", {"files": files, "preferences": preferences})


def as_links(files: Iterable[ShownFile]) -> SafeString:
    """Files as links with whole addresses, for a feed."""
    return format_html_join(
        "", '<p><a href="{}{}">{}</a></p>', ((settings.BASE_URL, each.url, in_words(each)) for each in files)
    )


def in_words(file: ShownFile) -> str:
    """A file in a sentence, for where there are only words."""
    if not file.is_picture:
        return _("Document: %(title)s") % {"title": file.text}
    return _("Foto, alleen versiering") if file.is_decorative else _("Foto: %(text)s") % {"text": file.text}


def words_with(text: str, files: Iterable[ShownFile]) -> str:
    """A text with its files in words below it, for a mail."""
    told = [in_words(each) for each in files]
    return "\n\n".join([text, *told])


def document_words(attachment: Attachment) -> str:
    """The title of a document, with what one gets: ``Verslag (pdf, 240 kB)``."""
    size = dutch.size_words(attachment.byte_count)
    return _("%(title)s (%(type)s, %(size)s)") % {"title": attachment.title, "type": attachment.type, "size": size}


def called(attachment: Attachment) -> str:
    """What the file is called on somebody's own disk."""
    return (attachment.title or _("foto"))[:TITLE_AS_FILE].strip()


def export_of(person: Person) -> list[dict[str, Any]]:
    """What somebody sent and offered, with where each file can be fetched."""
    theirs = Attachment.objects.filter(Q(contribution__person=person) | Q(act__person=person))
    sent = theirs.select_related("contribution").order_by("pk")
    offered = Offer.objects.filter(person=person).order_by("pk")
    return [
        *(
            {
                "soort": each.type,
                "titel": each.title,
                "wat erop staat": each.description,
                "bytes": each.byte_count,
                "adres": settings.BASE_URL + _address(each, own_mark(each.contribution)) if each.contribution else "",
                "gestuurd op": each.created_at.isoformat(timespec="seconds"),
                "weggehaald": each.removed_at is not None,
            }
            for each in sent
        ),
        *(
            {"soort": "beschrijving van een foto", "tekst": each.text, "op": each.at.isoformat(timespec="seconds")}
            for each in offered
        ),
    ]


def preview(act: PendingAct) -> SafeString:
    """The files of an act, as they will stand below its text."""
    return html_of(shown(act.attachments.present(), is_sent=False))


def preview_with(act: PendingAct, contribution: Contribution) -> SafeString:
    """The files of a contribution and those that an act adds to it, as they will stand below its changed text.

    What nobody may see now is only named: the key that opens it is not of who sees the act.
    """
    kept = [each for each in contribution.attachments.present() if each.is_complete]
    added = list(act.attachments.present())
    new = html_of(shown(added, is_sent=False))
    if may_be_read(contribution):
        return html_of(shown(kept)) + new
    return format_html_join("", "<p>{}</p>", ((in_words(each),) for each in shown(kept))) + new


def problems(act: PendingAct) -> list[str]:
    """What has yet to be said of its files before it can be sent."""
    return [
        _("Zeg nog wat er op je foto staat.") if each.is_picture else _("Geef je document nog een titel.")
        for each in act.attachments.present()
        if not each.is_complete
    ]


def ways(act: PendingAct) -> list[acts.Place]:
    """What can be done with the files of an act: add one, change one, take one away or put it back."""
    places = []
    for each in act.attachments.order_by("pk"):
        name = name_of(each)
        if each.removed_at:
            places.append(acts.Place(_("Zet terug: %(name)s") % {"name": name}, _of_act("file_removed", act, each)))
        else:
            places.append(acts.Place(_("Verander of haal weg: %(name)s") % {"name": name}, _of_act("file", act, each)))
    places.append(acts.Place(_("Voeg een foto toe"), reverse("conversation:add_picture", args=[act.key])))
    places.append(acts.Place(_("Voeg een document toe"), reverse("conversation:add_document", args=[act.key])))
    return places


def name_of(attachment: Attachment) -> str:
    """What to call it among others of the same text."""
    if not attachment.is_picture:
        return _("document ‘%(title)s’") % {"title": attachment.title or _("zonder titel")}
    if attachment.described == Described.DECORATIVE:
        return _("foto die versiering is")
    if not attachment.description:
        return _("foto zonder beschrijving")
    return _("foto ‘%(text)s’") % {"text": shortened(attachment.description)}


def shortened(text: str, letters: int = 50) -> str:
    """The first words."""
    return text if len(text) <= letters else f"{text[:letters].rsplit(' ', 1)[0]}…"


def _of_act(name: str, act: PendingAct, attachment: Attachment) -> str:
    return reverse(f"conversation:{name}", args=[act.key, attachment.key])


def _address(attachment: Attachment, own: str, *, small: bool = False) -> str:
    address = reverse(f"conversation:{'small_file' if small else 'kept_file'}", args=[attachment.key])
    return f"{address}?eigen={own}" if own else address


def _which(place: int | None, beside: int | None) -> str:
    """Which picture it is, in words: ``foto 2 bij bericht 4``."""
    words = _("foto %(place)s") % {"place": place} if place else _("de foto")
    return _("%(picture)s bij bericht %(number)s") % {"picture": words, "number": beside} if beside else words
