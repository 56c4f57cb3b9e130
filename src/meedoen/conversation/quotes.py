"""Quoting by reference: who is quoted, and whether that can still be read, is looked up when the words are shown.

A quote is written in the text as people can read and change it: a line that names the contribution, and the words.

    > [Bericht 4](/reacties/12/):
    >
    > De drempel is te hoog.

No name stands in it, so that one that is hidden or erased later is not left behind here. Where the contribution cannot
be read any more, its words are not shown here either.
"""

import re
from collections.abc import Callable, Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from .models import Contribution

NameOf = Callable[[Contribution], str]
MAX_QUOTED = 20  # contributions in one text that are looked up; what names more is shown without these words

_HEAD = re.compile(r"^((?:>[ \t]?)+)\[[^\]\n]*\]\(/reacties/(\d{1,15})/\):?[ \t]*$")
_DEPTH = re.compile(r"^(?:[ \t]{0,3}>)*")
_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~&])")


def parts_of(text: str) -> list[str]:
    """The paragraphs of a text that can be quoted one by one; what it quotes itself is no part of it."""
    parts = re.split(r"\n\s*\n", text.strip())
    return [part for part in parts if part.strip() and not part.lstrip().startswith(">")]


def quote(contribution: Contribution, parts: Iterable[str]) -> str:
    """The text that quotes ``parts`` of a contribution, to write below."""
    address = reverse("conversation:address", args=[contribution.pk])
    head = f"[{_('Bericht %(number)s') % {'number': contribution.number}}]({address}):"
    lines = [head, "", *"\n\n".join(parts).splitlines()]
    return "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n"


def quoted_in(texts: Iterable[str]) -> set[int]:
    """The ids of what these texts quote."""
    return {number for text in texts if "(/reacties/" in text for number in _ids(text)}


def known(ids: Iterable[int]) -> dict[int, Contribution]:
    """Those that can be read now, by id; one query, and none when nothing is quoted."""
    wanted = set(ids)
    if not wanted:
        return {}
    found = Contribution.objects.readable().filter(pk__in=wanted).select_related("thread", "person")
    return {each.pk: each for each in found}


def as_shown(text: str, quoted: Mapping[int, Contribution], *, name_of: NameOf) -> str:
    """``text`` with each quote as it is now: under the name that is shown now, or without its words."""
    if "(/reacties/" not in text:
        return text
    looked_up = set(_ids(text))
    lines: list[str] = []
    hidden_depth = 0
    for line in text.split("\n"):
        depth = _depth(line)
        if hidden_depth and depth >= hidden_depth:
            continue
        hidden_depth = 0
        head = _HEAD.match(line)
        if head is None:
            lines.append(line)
            continue
        original = quoted.get(int(head[2])) if int(head[2]) in looked_up else None
        if original is not None:
            lines.append(f"{head[1]}{_said(original, name_of)}")
        else:
            hidden_depth = depth
            lines.append(f"{head[1]}{_('Hier stond een citaat. Dat bericht is niet meer te lezen.')}")
    return "\n".join(lines)


def _ids(text: str) -> list[int]:
    """What a text quotes, the first ones."""
    heads = (_HEAD.match(line) for line in text.split("\n") if "(/reacties/" in line)
    return list(dict.fromkeys(int(head[2]) for head in heads if head))[:MAX_QUOTED]


def _depth(line: str) -> int:
    """How many quotes a line stands in."""
    found = _DEPTH.match(line)
    return found[0].count(">") if found else 0


def _said(original: Contribution, name_of: NameOf) -> str:
    words = {"name": _MARKS.sub(r"\\\1", name_of(original)), "number": original.number}
    return _("%(name)s in [bericht %(number)s](%(url)s):") % {**words, "url": original.url}
