"""What files say, for the search."""

from django.db import transaction
from django.db.models import F

from meedoen.files.kept import read
from meedoen.library.models import Article, InsertFile, InsertWords


def read_some(*, most: int) -> int:
    """Read what some files say, and let the texts that have them be found by it; how many files those were."""
    files = list(InsertFile.objects.to_read()[:most])
    for file in files:
        words = read(file)
        with transaction.atomic():
            if InsertFile.objects.select_for_update().filter(pk=file.pk).exists():
                InsertWords.objects.get_or_create(file=file, defaults={"words": words})
                Article.objects.filter(work=file.work_id).update(inserts=F("inserts"))  # search reads it anew
    return len(files)
