"""Inserts as people see and hear them: in the place of their line in a text, and in a sentence where there are only words."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meedoen.files.rules import Described
from meedoen.files.verdict import Verdict
from meedoen.kernel.dutch import size_words
from meedoen.kernel.languages import LANGUAGES, OWN
from meedoen.kernel.text import render_markdown

from .rules import CAPTIONS_MAY_END, SHARED_SIZE, Insert, Kind, apart, line_of, name_in

COLUMN = "(min-width: 48rem) 42rem, 92vw"  # how wide a picture in a text stands
KINDS: dict[Kind, Promise] = {
    Kind.PICTURE: gettext_lazy("Beeld"),
    Kind.DOCUMENT: gettext_lazy("Bestand"),
    Kind.VIDEO: gettext_lazy("Video"),
}
# A line in a text, as ``render_markdown`` leaves it; and what marks its place until it is filled.
_PARAGRAPH = re.compile(r"<p>\[(?:beeld|bestand|video):[ \t]*([^\[\]<>\n]{1,80}?)[ \t]*\]</p>", re.IGNORECASE)
_HEADING = re.compile(r"<(/?)h[2-6]>")
_MARK = re.compile(r'<hr data-insert="([a-z0-9-]+)">')


def marked(text: str, inserts: Iterable[Insert], *, heading_from: int = 2) -> SafeString:
    """The HTML of ``text`` with a mark where each insert comes; the mark lets everything that reads HTML pass.

    A line that names what is not there stays as it was typed. ``filled`` puts the inserts in.
    """
    known = {insert["name"] for insert in inserts}

    def mark(paragraph: re.Match[str]) -> str:
        name = name_in(paragraph[1])
        return f'<hr data-insert="{escape(name)}">' if name in known else paragraph[0]

    # Cleaned before it came here, without any attribute that is ours: what is put in is a slug.
    return mark_safe(_PARAGRAPH.sub(mark, render_markdown(apart(text), heading_from=heading_from)))


def filled(html: SafeString | str, inserts: Sequence[Insert], *, shows_images: bool, secret: str = "") -> SafeString:
    """``html``, made from ``marked``, with the inserts in their places.

    ``secret`` is the key of a link to read along, which opens the files of what is not on the site yet.
    """
    by_name = {insert["name"]: insert for insert in inserts}
    met: list[str] = []

    def shown(mark: re.Match[str]) -> str:
        insert = by_name[mark[1]]
        is_first = insert["kind"] == Kind.PICTURE and not met
        if insert["kind"] == Kind.PICTURE:
            met.append(mark[1])
        return _html(insert, shows_images=shows_images, secret=secret, loading="eager" if is_first else "lazy")

    # What is put in comes from our own templates, which escape what people wrote.
    return mark_safe(_MARK.sub(shown, html) if by_name else html)


def with_inserts(
    text: str, inserts: Sequence[Insert], *, heading_from: int = 2, shows_images: bool, secret: str = ""
) -> SafeString:
    """The HTML of ``text`` with its inserts."""
    return filled(marked(text, inserts, heading_from=heading_from), inserts, shows_images=shows_images, secret=secret)


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture as a page shows it."""

    src: str
    width: int
    height: int
    small_width: int  # of ``src``
    small_height: int
    sources: str  # its renditions with their widths
    alt: str
    is_decorative: bool
    caption: str


def shown_picture(insert: Mapping[str, Any], *, secret: str = "") -> ShownPicture:
    """The picture with its renditions and what stands below it."""
    widths = ", ".join(f"{address_of(insert, width, secret=secret)} {width}w" for width in insert["widths"])
    return ShownPicture(
        src=address_of(insert, "klein", secret=secret),
        width=insert["width"],
        height=insert["height"],
        small_width=insert["small"][0],
        small_height=insert["small"][1],
        sources=widths,
        alt=insert["description"] or _("Een foto. Er staat nog niet bij wat erop staat."),
        is_decorative=insert["described"] == Described.DECORATIVE,
        caption=caption_of(insert),
    )


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """A document as a page shows it: a link that says what one gets."""

    url: str
    words: str
    language: str  # where it is another than that of the page
    can_be_read_aloud: bool


def shown_document(insert: Mapping[str, Any], *, secret: str = "") -> ShownDocument:
    """The link, and whether who hears it has to be warned."""
    return ShownDocument(
        url=address_of(insert, secret=secret),
        words=document_words(insert),
        language="" if insert["language"] == OWN else insert["language"],
        can_be_read_aloud=can_be_read_aloud(insert),
    )


@dataclass(frozen=True, slots=True)
class ShownVideo:
    """A video as a page shows it: to play here, or a link to where it stands."""

    title: str
    words: str  # of the link, or below it
    url: str
    is_elsewhere: bool
    width: int
    height: int
    captions_url: str
    transcript: SafeString
    summary: str  # of what opens the transcript
    sign_url: str
    sign_words: str
    is_sign_elsewhere: bool


def shown_video(insert: Mapping[str, Any], *, secret: str = "") -> ShownVideo:
    """The video, its captions, its transcript and the way to it in sign language."""
    title, is_elsewhere = insert["title"], bool(insert["url"])
    sign_words = _("‘%(title)s’ in gebarentaal") % {"title": title}
    if insert["sign_key"]:
        sign_words = f"{sign_words} ({size_words(insert['sign_bytes'])})"
    elif insert["sign_url"]:
        sign_words = _("%(words)s, op %(site)s") % {"words": sign_words, "site": site_of(insert["sign_url"])}
    words = video_words(insert)
    return ShownVideo(
        title=title,
        words=_("Bekijk de video: %(words)s") % {"words": words} if is_elsewhere else words,
        url=insert["url"] or address_of(insert, secret=secret),
        is_elsewhere=is_elsewhere,
        width=insert["width"],
        height=insert["height"],
        captions_url=_file_at(insert["captions"], secret),
        transcript=transcript_of(insert),
        summary=_("Lees wat er in ‘%(title)s’ te horen en te zien is") % {"title": title},
        sign_url=_file_at(insert["sign_key"], secret) or insert["sign_url"],
        sign_words=sign_words,
        is_sign_elsewhere=not insert["sign_key"],
    )


def caption_of(insert: Mapping[str, Any]) -> str:
    """What stands below a picture: its caption, and who made it."""
    credit = _("Foto: %(who)s.") % {"who": insert["credit"].rstrip(".")} if insert.get("credit") else ""
    caption = insert.get("caption", "")
    if caption and credit and caption[-1] not in ".!?":
        caption += "."
    return f"{caption} {credit}".strip()


def shared_picture(inserts: Iterable[Insert]) -> dict[str, Any] | None:
    """The picture that sites show beside a shared page: the first one that says something; None where there is none."""
    for insert in inserts:
        if insert["kind"] == Kind.PICTURE and insert["described"] == Described.WRITTEN:
            address = reverse("library:insert_cut", args=[insert["key"], insert["focus"]])
            width, height = SHARED_SIZE
            return {"url": settings.BASE_URL + address, "width": width, "height": height, "alt": insert["description"]}
    return None


def address_of(insert: Mapping[str, Any], form: object = "", *, secret: str = "") -> str:
    """Where its file is handed out, whole or in another form: ``klein``, or a width in pixels."""
    if not form:
        return _file_at(insert["key"], secret)
    address = reverse("library:insert_form", args=[insert["key"], str(form)])
    return f"{address}?link={secret}" if secret else address


def _file_at(key: str, secret: str) -> str:
    """Where the file under that key is handed out whole; empty for none."""
    if not key:
        return ""
    address = reverse("library:insert_file", args=[key])
    return f"{address}?link={secret}" if secret else address


def told(insert: Mapping[str, Any]) -> str:
    """All that is told of it, in words: for a comparison of versions."""
    parts = [line_of(insert), in_words(insert)]
    if insert["kind"] == Kind.PICTURE:
        parts += [caption_of(insert), _("Blijft in beeld: %(where)s.") % {"where": insert["focus"]}]
    if insert["kind"] == Kind.VIDEO:
        parts += [
            _("Met ondertiteling.") if insert["captions"] or insert["is_captioned"] else "",
            _("Ook in gebarentaal.") if insert["sign_key"] or insert["sign_url"] else "",
            insert["transcript"],
        ]
    return " ".join(part for part in parts if part)


def in_words(insert: Mapping[str, Any]) -> str:
    """It in a sentence, for where there are only words."""
    if insert["kind"] == Kind.DOCUMENT:
        return _("Bestand: %(title)s") % {"title": document_words(insert)}
    if insert["kind"] == Kind.VIDEO:
        return _("Video: %(title)s") % {"title": video_words(insert)}
    if insert["described"] == Described.DECORATIVE:
        return _("Beeld, alleen versiering.")
    return _("Beeld: %(text)s") % {"text": insert["description"] or _("er staat nog niet bij wat erop staat.")}


def document_words(insert: Mapping[str, Any]) -> str:
    """The title of a document, with what one gets: ``Begroting (pdf, 240 kB, in het Engels)``."""
    parts = [insert["type"], size_words(insert["bytes"])]
    if insert["language"] != "nl":
        parts.append(_("in het %(language)s") % {"language": LANGUAGES[insert["language"]]})
    return f"{insert['title']} ({', '.join(parts)})"


def video_words(insert: Mapping[str, Any]) -> str:
    """The title of a video, with what one gets: ``Een rondje (4 minuten, 30 MB)``, ``Een rondje (op npo.nl)``."""
    if insert["url"]:
        return _("%(title)s (op %(site)s)") % {"title": insert["title"], "site": site_of(insert["url"])}
    return f"{insert['title']} ({_length_words(insert['seconds'])}, {size_words(insert['bytes'])})"


def transcript_of(insert: Mapping[str, Any]) -> SafeString:
    """What is to be heard and seen, as HTML; a heading in it is a bold line, since it may stand under any heading."""
    html = render_markdown(insert["transcript"])
    return mark_safe(_HEADING.sub(lambda tag: "</strong></p>" if tag[1] else "<p><strong>", html))


def site_of(url: str) -> str:
    """The name of a site, as people say it."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _length_words(seconds: int) -> str:
    if seconds < 60:
        return _("%(count)s seconden") % {"count": seconds}
    minutes = round(seconds / 60)
    return ngettext("%(count)s minuut", "%(count)s minuten", minutes) % {"count": minutes}


def can_be_read_aloud(insert: Mapping[str, Any]) -> bool:
    """Whether a document is well for who hears it, as far as we know: only a PDF is looked into."""
    return not insert["verdict"] or Verdict(**insert["verdict"]).is_readable


def verdict_words(insert: Mapping[str, Any]) -> list[str]:
    """What an editor has to know of a document for who hears it, the worst first; empty when nothing is amiss."""
    if not insert["verdict"]:
        return []
    verdict = Verdict(**insert["verdict"])
    words = []
    if verdict.is_scan:
        words.append(
            _(
                "Deze pdf is een scan. Er staan alleen plaatjes van bladzijden in, dus een schermlezer leest niets voor. Maak een pdf van het document zelf."
            )
        )
    elif not verdict.is_tagged:
        words.append(
            _(
                "In deze pdf staat niet wat een kop, een lijst of een tabel is. Een schermlezer leest hem dan niet goed voor. Maak de pdf opnieuw en kies bij het opslaan voor ‘toegankelijk’."
            )
        )
    if verdict.undescribed:
        words.append(
            ngettext(
                "Bij %(count)s plaatje in de pdf staat niet wat erop staat.",
                "Bij %(count)s plaatjes in de pdf staat niet wat erop staat.",
                verdict.undescribed,
            )
            % {"count": verdict.undescribed}
        )
    if verdict.headless:
        words.append(
            ngettext(
                "In de pdf staat %(count)s tabel zonder kopregel.",
                "In de pdf staan %(count)s tabellen zonder kopregel.",
                verdict.headless,
            )
            % {"count": verdict.headless}
        )
    if verdict.lacks_headings:
        words.append(
            _("De pdf heeft %(count)s bladzijden en geen koppen. Wie luistert, kan niet bladeren.")
            % {"count": verdict.pages}
        )
    if not verdict.language:
        words.append(_("In de pdf staat niet in welke taal hij is. Een schermlezer kiest dan soms de verkeerde stem."))
    elif verdict.language.split("-")[0].lower() != insert["language"]:
        words.append(_("In de pdf staat een andere taal dan je hier koos."))
    return words


def lacking(insert: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    """(what is not said of it yet or is not well, whether readers have to wait for that)."""
    if insert["kind"] == Kind.PICTURE and insert["described"] not in (Described.WRITTEN, Described.DECORATIVE):
        yield _("Zeg wat er op ‘%(name)s’ staat, of dat het versiering is.") % {"name": insert["name"]}, True
    if insert["kind"] == Kind.DOCUMENT:
        if not insert["title"]:
            yield _("Geef ‘%(name)s’ een titel.") % {"name": insert["name"]}, True
        for words in verdict_words(insert):
            yield f"‘{insert['name']}’: {words}", False
    if insert["kind"] == Kind.VIDEO:
        for words, blocks in lacking_in_video(insert):
            yield f"‘{insert['name']}’: {words}", blocks


def lacking_in_video(insert: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    """The same for a video, without its name."""
    if insert["url"] and not insert["is_captioned"]:
        yield _("zeg dat de video op de andere site ondertiteling heeft. Zonder kan hij niet in de tekst."), True
    if not insert["url"] and not insert["captions"]:
        yield _("de video heeft nog geen ondertiteling."), True
    if not insert["transcript"]:
        yield _("schrijf nog uit wat er in de video te horen en te zien is."), True
    if insert["captions"] and insert["captions_end"] < insert["seconds"] * CAPTIONS_MAY_END:
        yield _("de ondertiteling stopt vroeg. Kijk of er een stuk mist."), False


def _html(insert: Mapping[str, Any], *, shows_images: bool, secret: str, loading: str) -> str:
    if insert["kind"] == Kind.VIDEO:
        return render_to_string("library/inserts/video.html", {"video": shown_video(insert, secret=secret)})
    if insert["kind"] == Kind.DOCUMENT:
        return render_to_string("library/inserts/document.html", {"document": shown_document(insert, secret=secret)})
    context = {
        "picture": shown_picture(insert, secret=secret),
        "loading": loading,
        "sizes": COLUMN,
        "preferences": {"shows_images": shows_images},
    }
    return render_to_string("library/inserts/picture.html", context)
