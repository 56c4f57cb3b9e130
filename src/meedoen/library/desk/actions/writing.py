"""Begin a text, keep what is typed, save it so that nobody's words are lost, go back to an earlier version, throw away."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from meedoen.library.desk import rules
from meedoen.library.desk.content import empty, of_article, whole
from meedoen.library.inserts.rules import Insert, keys_of
from meedoen.library.models import Article, InsertFile, PracticeOffer, Typing, Version, Work
from meedoen.municipalities.models import Municipality
from meedoen.people.models import Person


class CannotDo(Exception):
    """This cannot be done with the text as it stands now; the text of this is fit to show an editor."""


class ChangedMeanwhile(Exception):
    """Somebody else saved the text since this editor began; nothing was saved, and nothing is lost."""


@dataclass(frozen=True)
class Kept:
    """What was typed and is kept; ``is_copy`` when another page of the same person had written in it, and both are."""

    typing: Typing
    is_copy: bool = False


@transaction.atomic
def begin(kind: str, *, municipality: Municipality | None, by: Person, now: datetime.datetime) -> Work:
    """Begin a text with nothing in it; ``municipality`` is the one it is of, None for the network's own."""
    content = empty()
    if municipality:
        content["municipalities"] = [municipality.code]
    return Work.objects.create(
        kind=kind, municipality=municipality, content=content, begun_by=by, begun_at=now, changed_by=by, changed_at=now
    )


@transaction.atomic
def begin_from(article: Article, *, municipality: Municipality | None, by: Person, now: datetime.datetime) -> Work:
    """Bring a text that stands on the site to the desk; its first version is what readers have now."""
    article = Article.objects.select_for_update().get(pk=article.pk)
    found = Work.objects.filter(article=article).first()
    if found:
        return found
    content = of_article(article)
    work = Work.objects.create(
        kind=article.kind, municipality=municipality, article=article, title=article.title, content=content, number=1,
        published_number=1, begun_by=by, begun_at=now, changed_at=article.published_at or now,
    )  # fmt: skip
    Version.objects.create(work=work, number=1, content=content, is_public=True, at=article.published_at or now)
    return work


@transaction.atomic
def keep_typing(
    work: Work,
    fields: Mapping[str, Any],
    *,
    key: str,
    seen: str,
    tab: str,
    base: int,
    by: Person,
    now: datetime.datetime,
) -> Kept:
    """Keep what somebody is typing, right or wrong; beside it when another page of theirs wrote in it meanwhile."""
    typing = Typing.objects.select_for_update().filter(work=work, person=by, key=key).first() if key else None
    if typing and (typing.changed_at.isoformat() == seen or typing.tab == tab or typing.fields == fields):
        typing.fields, typing.tab, typing.changed_at = dict(fields), tab, now
        typing.save(update_fields=["fields", "tab", "changed_at"])
        return Kept(typing)
    made = Typing.objects.create(
        work=work, person=by, base=base, fields=dict(fields), tab=tab, begun_at=now, changed_at=now
    )
    return Kept(made, is_copy=typing is not None)


@transaction.atomic
def save(
    work: Work, content: Mapping[str, Any], *, base: int, by: Person, now: datetime.datetime, key: str = ""
) -> Work:
    """Save a text that was begun from number ``base``; what was typed under ``key`` is then saved.

    Raises ``ChangedMeanwhile`` when somebody saved another text since.
    """
    work = Work.objects.select_for_update().get(pk=work.pk)
    content = whole(content)
    if work.number != base and not is_behind(work, base):
        content["inserts"] = whole(work.content)["inserts"]  # which no form of a text asks
        base = work.number
    is_same = content == whole(work.content)
    if work.number != base and not is_same:
        raise ChangedMeanwhile
    if not is_same or not work.number:
        _write(work, content, by=by, now=now)
    if key:
        Typing.objects.filter(work=work, person=by, key=key).delete()
    return work


def is_behind(work: Work, base: int) -> bool:
    """Whether somebody saved other words since number ``base``; a picture that came is no other word."""
    if work.number == base:
        return False
    before = work.versions.filter(number=base).first()
    return before is None or {**whole(before.content), "inserts": []} != {**whole(work.content), "inserts": []}


@transaction.atomic
def tell_inserts(
    work: Work,
    change: Callable[[list[Insert]], list[Insert]] | None,
    *,
    line: tuple[str, str] | None = None,
    by: Person,
    now: datetime.datetime,
) -> None:
    """Save the working copy with other inserts, or with a ``line`` (field, words) at the end of one of its texts."""
    locked = Work.objects.select_for_update().get(pk=work.pk)
    content = whole(locked.content)
    if change:
        content["inserts"] = change(list(content["inserts"]))
    if line:
        field, words = line
        content[field] = ended(content[field], words)
    if content != whole(locked.content):
        _write(locked, content, by=by, now=now)
    work.content, work.number = locked.content, locked.number


def ended(text: str, line: str) -> str:
    """``text`` with that line as its last paragraph."""
    return f"{text.rstrip()}\n\n{line}".lstrip("\n")


@transaction.atomic
def restore(work: Work, version: Version, *, by: Person, now: datetime.datetime) -> Work:
    """Let the working copy be as it was in ``version``; what stood there stays a version. Readers see no change yet."""
    work = Work.objects.select_for_update().get(pk=work.pk)
    _write(work, whole(version.content), by=by, now=now)
    return work


@transaction.atomic
def discard(work: Work, *, by: Person, now: datetime.datetime) -> None:
    """Throw away a text that never was on the site. Raises ``CannotDo`` for any other."""
    work = Work.objects.select_for_update().get(pk=work.pk)
    if work.article_id:
        raise CannotDo(_("Deze tekst stond op de site. Haal hem van de site, dan blijft hij bewaard."))
    work.discarded_at, work.asked_at, work.asked_by, work.publish_at, work.plan = now, None, None, None, {}
    work.save()


@transaction.atomic
def erase(work: Work) -> None:
    """Erase a text and all its versions at once; what readers have or had stays."""
    Work.objects.select_for_update().filter(pk=work.pk, article__isnull=True).delete()


@transaction.atomic
def take_back(work: Work) -> None:
    """Bring back what was thrown away, or refused. Raises ``CannotDo`` when who offered it took it back."""
    work = Work.objects.select_for_update().get(pk=work.pk)
    must_not_be_taken_back(work)
    Work.objects.filter(pk=work.pk).update(discarded_at=None)
    PracticeOffer.objects.filter(work=work).update(refused_at=None, reason="")


def must_not_be_taken_back(work: Work) -> None:
    """Raises ``CannotDo`` for what somebody offered and took back: it is theirs to put back."""
    if PracticeOffer.objects.filter(work=work, withdrawn_at__isnull=False).exists():
        raise CannotDo(_("Wie dit voorbeeld aanbood, trok het in. Alleen die persoon kan het terugzetten."))


def forget_typing(work: Work, key: str, *, by: Person) -> None:
    """Throw away what somebody typed and did not save."""
    Typing.objects.filter(work=work, person=by, key=key).delete()


def erase_old(*, now: datetime.datetime) -> None:
    """Erase what was thrown away, and what was typed and never saved, past their end."""
    Work.objects.past_end(now).delete()
    Typing.objects.filter(changed_at__lte=now - rules.DRAFT_LIFE).delete()


def _write(work: Work, content: dict[str, Any], *, by: Person, now: datetime.datetime) -> None:
    work.number += 1
    _mark_unnamed(work, work.content, content, now)
    work.content, work.title = content, content["title"]
    work.changed_by, work.changed_at = by, now
    work.save(update_fields=["number", "content", "title", "changed_by", "changed_at"])
    Version.objects.create(work=work, number=work.number, content=content, by=by, at=now)


def _mark_unnamed(work: Work, before: Mapping[str, Any], after: Mapping[str, Any], now: datetime.datetime) -> None:
    """Remember since when the text names a file no more; ``inserts.actions.erase_old`` looks at those."""
    old, new = set(keys_of(before.get("inserts") or ())), set(keys_of(after.get("inserts") or ()))
    if old - new:
        InsertFile.objects.filter(work=work, key__in=old - new).update(removed_at=now)
    if new - old:
        InsertFile.objects.filter(work=work, key__in=new - old).update(removed_at=None)
