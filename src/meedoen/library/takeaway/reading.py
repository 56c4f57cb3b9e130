"""What of a text goes along in a file: what its page says, in the version that somebody reads, and where that page is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from meedoen.kernel.dutch import date_words
from meedoen.kernel.text import render_markdown
from meedoen.library.inserts.reading import address_of, caption_of, marked, transcript_of
from meedoen.library.inserts.reading import in_words as insert_words
from meedoen.library.inserts.rules import Insert, file_of
from meedoen.library.inserts.rules import Kind as InsertKind
from meedoen.library.models import Article
from meedoen.library.reading import KINDS, facts_of, parts_of
from meedoen.library.rules import Kind, Reading, happened_words
from meedoen.pages.feeds import clean
from meedoen.terms.reading import ShownWord, explained
from meedoen.themes.records import CONVENTION

from .document import (
    Block,
    Document,
    Heading,
    Items,
    Paragraph,
    Picture,
    Quotation,
    Run,
    Runs,
    blocks_of,
    linked,
    plain,
    with_places_filled,
)

CONVENTION_TITLES = {record.number: record.title for record in CONVENTION}


@dataclass(frozen=True, slots=True)
class Version:
    """The words of a text as it is, or of its version in easy language."""

    title: str
    summary: str
    body: str


def version_of(article: Article, reading: Reading) -> Version:
    """The one that is read."""
    if reading is Reading.EASY:
        return Version(article.easy_title, article.easy_summary, article.easy_body)
    return Version(article.title, article.summary, article.body)


def document_of(article: Article, reading: Reading, *, terms: int | None) -> Document:
    """The text as everybody may take it along. ``terms`` is the number of that area, where the page knows it."""
    version = version_of(article, reading)
    base = settings.BASE_URL
    url = f"{base}{article.get_absolute_url()}"
    if article.has_easy_version:
        url += f"?taal={reading.value}"
    body = marked(clean(version.body), article.inserts)
    blocks: tuple[Block, ...] = (
        Heading(1, plain(clean(version.title))),
        *_above(article, clean(version.summary)),
        *blocks_of(body, base=base),
        *(() if reading is Reading.EASY else _more(article, base)),
        *_words(explained(body, version=terms).words),
        *_below(article, url),
    )
    inserts = {insert["name"]: insert for insert in article.inserts}
    blocks = with_places_filled(blocks, lambda name: _insert(inserts[name], base))
    return Document(
        title=clean(version.title),
        summary=clean(version.summary),
        author=clean(article.owner or settings.SITE_NAME),
        site=settings.SITE_NAME,
        url=url,
        changed_on=max(filter(None, (article.written_on, article.updated_on, article.checked_on))).isoformat(),
        blocks=blocks,
    )


def _above(article: Article, summary: str) -> list[Block]:
    blocks: list[Block] = []
    if article.is_example:
        example = (
            Run(_("Voorbeeld."), is_strong=True),
            Run(f" {_('Dit is verzonnen, om te laten zien hoe het werkt.')}"),
        )
        blocks.append(Paragraph(example))
    blocks.append(Paragraph((Run(summary, is_strong=True),)))
    if article.url:
        blocks.append(Paragraph(linked(clean(article.url_words), article.url)))
    return blocks


def _insert(insert: Insert, base: str) -> Iterator[Block]:
    """A picture as it is; a document as a link to where it is, a video with what is to be heard and seen in it too."""
    if insert["kind"] == InsertKind.PICTURE:
        yield Picture(
            file_of(insert), clean(insert["description"]), clean(caption_of(insert)), insert["width"], insert["height"]
        )
        return
    url = insert.get("url") or f"{base}{address_of(insert)}"
    yield Paragraph(linked(clean(insert_words(insert)), url))
    if insert["kind"] == InsertKind.VIDEO:
        said = _("Dit is in ‘%(title)s’ te horen en te zien:") % {"title": clean(insert["title"])}
        yield Paragraph(plain(said))
        yield Quotation(blocks_of(clean(transcript_of(insert)), base=base))


def _more(article: Article, base: str) -> list[Block]:
    """What an example answers, and the paragraph for a council proposal."""
    blocks: list[Block] = []
    for question, answer in parts_of(article):
        unknown = (Paragraph(plain(_("Dat weten we nog niet."))),)
        blocks += [_part(question), *(blocks_of(clean(answer), base=base) if answer else unknown)]
    if article.proposal:
        blocks += [
            _part(_("Voor je raadsvoorstel")),
            Paragraph(plain(_("Deze tekst mag je overnemen. Pas hem aan op je eigen gemeente."))),
            Quotation(blocks_of(render_markdown(clean(article.proposal)), base=base)),
        ]
    return blocks


def _words(words: Iterable[ShownWord]) -> list[Block]:
    told = [(Run(clean(each.word), is_strong=True), Run(f": {clean(each.explanation)}")) for each in words]
    return [_part(_("Woorden in deze tekst")), _list(told)] if told else []


def _below(article: Article, url: str) -> list[Block]:
    """Where it comes from, how old it is, and where the page stands on which it may be newer."""
    blocks: list[Block] = []
    touches = [] if article.kind == Kind.NEWS else [touch.number for touch in article.touches.all()]
    if touches:
        said = _("Artikel %(number)s: %(title)s")
        articles = [plain(said % {"number": number, "title": CONVENTION_TITLES[number]}) for number in touches]
        blocks += [_part(_("Dit past bij het VN-verdrag")), _list(articles)]
    sources = [linked(clean(source.text), source.url) for source in article.sources.all()]
    if sources:
        blocks += [_part(_("Bronnen")), _list(sources)]
    facts = [
        (Run(key if key.endswith("?") else f"{key}:", is_strong=True), Run(f" {clean(value)}"))
        for key, value in _facts(article)
    ]
    address = (Run(f"{_('Adres')}:", is_strong=True), Run(" "), *linked(url, url))
    return [*blocks, _part(_("Over deze tekst")), _list([*facts, address])]


def _facts(article: Article) -> list[tuple[str, str]]:
    written, updated = article.written_on, article.updated_on
    about = happened_words(article.happened)
    rows = [
        (_("Soort"), str(KINDS[Kind(article.kind)])),
        (_("Gaat over"), about if article.kind == Kind.NEWS else ""),
        (_("Gemeente"), ", ".join(municipality.name for municipality in article.municipalities.all())),
        (_("Geschreven op"), date_words(written, weekday=False)),
        (_("Aangepast op"), date_words(updated, weekday=False) if updated else ""),
    ]
    own = [] if article.kind == Kind.NEWS else [(row["key"], row["value"]) for row in facts_of(article)]
    return [(key, value) for key, value in [*rows, *own] if value]


def _part(text: str) -> Heading:
    return Heading(2, plain(clean(text)))


def _list(items: Sequence[Runs]) -> Items:
    return Items(tuple((Paragraph(runs),) for runs in items))
