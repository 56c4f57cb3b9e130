"""What goes: files that no text names any more."""

from datetime import datetime
from typing import Any

from django.db import transaction

from meedoen.files import store
from meedoen.library.inserts import rules
from meedoen.library.models import Article, InsertFile, Version

ERASED_AT_ONCE = 200  # files in one round


def erase_old(*, now: datetime) -> None:
    """Erase files of texts that are gone, and those that no kept version has named for a while."""
    found = list(InsertFile.objects.of_no_text().order_by("pk")[:ERASED_AT_ONCE])
    long_gone = InsertFile.objects.filter(work__isnull=False, removed_at__lte=now - rules.KEEP_UNNAMED)
    for file in long_gone.select_related("work__article").order_by("pk")[:ERASED_AT_ONCE]:
        if not _is_named(file):
            found.append(file)
    names = [name for each in found for name in each.names]
    InsertFile.objects.filter(pk__in=[each.pk for each in found]).delete()
    if names:
        transaction.on_commit(lambda: store.forget(*names))


def _is_named(file: InsertFile) -> bool:
    """Whether a version that is kept, a plan, or readers have it."""
    work: Any = file.work
    article: Article | None = work.article
    contents = [work.content, work.plan.get("content") or {}, {"inserts": article.inserts if article else []}]
    contents += Version.objects.filter(work=work).values_list("content", flat=True)
    return any(file.key in rules.keys_of(content.get("inserts") or ()) for content in contents)
