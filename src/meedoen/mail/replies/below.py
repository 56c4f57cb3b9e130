"""What somebody says below their name, in what was left out of a mail as a signature: such a sentence is read too. Pure."""

import re

from meedoen.kernel.text import fold

from . import wording
from .lines import from_plain, joined
from .quotes import Kind, sort
from .reply import Reply

MAX_LOOKED_AT = 400  # lines left out: of a quote below them nothing counts here
SENTENCE_WORDS = 4  # "Is er een lift?"; fewer with a full stop are a name or a wish
# Of a signature, or of our own lists in a quote that nothing marks.
_IS_AROUND = re.compile(r"^\s*[-*•·|]\s")
_NOT_SAID = (wording.CONTACT, wording.WORKDAYS, wording.DEVICE, wording.SCANNED, wording.LIST_FOOTER, wording.RULE)
_NEEDS = re.compile(r"\bnodig\b|\bgraag\b")


def said_below(reply: Reply) -> list[str]:
    """Its sentences; where it is not sure what was somebody's own, all of them, else only those that ask for something."""
    found = sort(from_plain(reply.left_out.splitlines()[:MAX_LOOKED_AT]))
    own = [line for line, kind in zip(found.lines, found.kinds, strict=True) if kind is Kind.OWN]
    lines = []
    for line in joined(own, is_wrapped=True).splitlines():
        looked_at = line[: wording.MAX_LINE_LOOKED_AT]
        if wording.DISCLAIMER.search(looked_at) or wording.FIELD.match(looked_at):
            break
        if _is_said(looked_at, is_sure=reply.sure):
            lines.append(line)
    return lines


def _is_said(line: str, *, is_sure: bool) -> bool:
    if _IS_AROUND.match(line) or any(each.search(line) for each in _NOT_SAID):
        return False
    speaks = bool(wording.SAID.search(line))
    if wording.STAFF.search(line) and not speaks:
        return False
    if _NEEDS.search(fold(line)):
        return True
    return not is_sure and (speaks or (len(line.split()) >= SENTENCE_WORDS and line.rstrip()[-1:] in ".?!"))
