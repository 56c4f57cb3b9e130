"""Every sentence that the platform itself says stays within the limits of docs/plain-dutch.md."""

import ast
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from django.template.base import Lexer, TokenType

from meedoen.language.plain import judge

SOURCE = Path(__file__).resolve().parents[2] / "src" / "meedoen"

GETTEXT = {"_": 1, "gettext": 1, "gettext_lazy": 1, "gettext_noop": 1}
GETTEXT |= {"ngettext": 2, "ngettext_lazy": 2, "pgettext": -1, "pgettext_lazy": -1}

_LITERAL = re.compile(r"""^(?:translate|trans)\s+("[^"]*"|'[^']*')|_\(("[^"]*"|'[^']*')\)""")
_PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\{.*?\}\}|\{\w*\}")
_MARKDOWN_LINK = re.compile(r"\]\([^)]*\)")


class Said(NamedTuple):
    """A text of the interface and where it stands."""

    where: str
    text: str


def said_in_template(path: Path) -> Iterator[Said]:
    """The texts between translation tags; the parts of a plural apart."""
    parts: list[str] | None = None
    for token in Lexer(path.read_text(encoding="utf-8")).tokenize():
        where = f"{path.relative_to(SOURCE)}:{token.lineno}"
        if token.token_type is TokenType.BLOCK and token.contents.startswith(("blocktranslate", "blocktrans")):
            parts = [""]
        elif parts is not None and token.token_type is TokenType.BLOCK:
            if token.contents == "plural":
                parts.append("")
            else:
                yield from (Said(where, " ".join(part.split())) for part in parts)
                parts = None
        elif parts is not None:
            parts[-1] += token.contents if token.token_type is TokenType.TEXT else "{{ x }}"
        elif token.token_type in (TokenType.BLOCK, TokenType.VAR):
            for found in _LITERAL.finditer(token.contents):
                yield Said(where, (found[1] or found[2])[1:-1])


def said_in_python(path: Path) -> Iterator[Said]:
    """The literal arguments of gettext and its family."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        count = GETTEXT.get(name, 0)
        for argument in node.args[:count] if count > 0 else node.args[1:2] if count else []:
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield Said(f"{path.relative_to(SOURCE)}:{node.lineno}", argument.value)


def said_in_statement(path: Path) -> Iterator[Said]:
    """A statement as one text, so that its reading ease counts too."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        yield Said(str(path.relative_to(SOURCE)), "\n".join(_strings(json.loads(text))))
        return
    facts, _dashes, body = text.removeprefix("---\n").partition("\n---\n")
    heads = [line.partition(": ")[2] for line in facts.splitlines()]
    lines = [line.strip() for line in body.splitlines()]
    yield Said(str(path.relative_to(SOURCE)), "\n".join([*heads, *lines]))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def as_read(text: str) -> str:
    """``text`` as it is read: a name where a name comes, no tags, links by their words."""
    text = _MARKDOWN_LINK.sub("", _PLACE.sub("Naam", text)).replace("[", "").replace("**", "")
    return html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"<br ?/?>", "\n", text)))


def all_said() -> list[Said]:
    """Everything, in the order of the files."""
    templates = [
        path for path in sorted(SOURCE.rglob("templates/**/*")) if path.suffix in (".html", ".md", ".txt", ".svg")
    ]
    statements = [
        path
        for path in sorted((SOURCE / "home" / "data").glob("*"))
        if path.suffix in (".md", ".json") and path.stem != "SOURCES"
    ]
    return [
        *(said for path in templates for said in said_in_template(path)),
        *(said for path in sorted(SOURCE.rglob("*.py")) for said in said_in_python(path)),
        *(said for path in statements for said in said_in_statement(path)),
    ]


def test_every_sentence_of_the_interface_is_plain_dutch():
    over = [
        f"{said.where}: {remark.kind}: {remark.where} → {remark.instead}"
        for said in all_said()
        for remark in judge(as_read(said.text)).remarks
    ]
    assert over == [], "\n" + "\n".join(over)


def test_every_kind_of_place_is_read():
    places = {(said.where.partition("/")[0], Path(said.where.partition(":")[0]).suffix) for said in all_said()}
    assert places >= {("ui", ".html"), ("mail", ".md"), ("mail", ".py"), ("home", ".md"), ("home", ".json")}


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ('{% translate "Een" %}', ["Een"]),
        ('{% translate "Een \'a\'" as x %}{% heading text=_("Twee") %}', ["Een 'a'", "Twee"]),
        ("{% blocktranslate trimmed %}\n  Van {{ a }}.\n{% endblocktranslate %}", ["Van {{ x }}."]),
        ("{% blocktranslate count n=n %}Een{% plural %}{{ n }} veel{% endblocktranslate %}", ["Een", "{{ x }} veel"]),
        ("<p>{% if a %}Niets{% endif %}</p>", []),
    ],
)
def test_texts_are_found_in_templates(tmp_path, monkeypatch, source, texts):
    monkeypatch.setitem(globals(), "SOURCE", tmp_path)
    (tmp_path / "x.html").write_text(source)
    assert [said.text for said in said_in_template(tmp_path / "x.html")] == texts


def test_texts_are_found_in_python(tmp_path, monkeypatch):
    monkeypatch.setitem(globals(), "SOURCE", tmp_path)
    (tmp_path / "x.py").write_text('_("Een" " twee")\nngettext("A", "B", n)\npgettext("waar", "C")\n_(x)\nother("D")')
    assert [said.text for said in said_in_python(tmp_path / "x.py")] == ["Een twee", "A", "B", "C"]


def test_a_text_is_judged_as_it_is_read():
    text = "Hallo %(name)s, <strong>lees</strong> [dit]({{ url }}) &amp; {dat}.<br>Klaar"
    assert as_read(text) == "Hallo Naam, lees dit & Naam.\nKlaar"
