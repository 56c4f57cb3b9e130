"""The house: couplings that an import check cannot see, and what must not be in templates."""

import ast
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps
from django.template import engines
from django.template.loader import get_template
from django.urls import URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "meedoen"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
FLOORS = [[name.strip(" ()") for name in floor.split("|")] for floor in CONTRACTS[0]["layers"]]
HEIGHT = {name: -number for number, floor in enumerate(FLOORS) for name in floor}
TEMPLATES = sorted(SOURCE.glob("*/templates/**/*.html"))
MAILS = {"mail/shell.html"}  # a mail has no stylesheet to link to: its few rules stand inside it

# A message about what somebody just did takes the focus, without script too; nothing else ever does.
TAKE_FOCUS = {"ui/components/error_summary.html", "ui/components/notification.html"}


def package_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0]


def name_of(template: Path) -> str:
    return "/".join(template.relative_to(SOURCE).parts[2:])


def may_know(package: str, other: str) -> bool:
    """Whether ``package`` may know ``other``: itself and what stands on floors below."""
    return package == other or HEIGHT[package] > HEIGHT[other]


def test_the_picture_of_the_floors_is_that_of_the_contracts():
    picture = re.search(
        r"```floors\n(.*?)```", (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8"), re.DOTALL
    )
    assert [line.split()[0] for line in picture[1].splitlines()] == [name for floor in FLOORS for name in floor]


def test_every_package_has_its_floor():
    packages = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    assert packages == set(HEIGHT)


def test_no_foreign_key_points_upstairs():
    found = []
    for model in apps.get_models():
        if not model.__module__.startswith("meedoen."):
            continue
        package = model.__module__.split(".")[1]
        for field in model._meta.get_fields():
            related = getattr(field, "related_model", None)
            if related is not None and not field.auto_created and related.__module__.startswith("meedoen."):
                found.append((package, related.__module__.split(".")[1]))
    assert found
    assert [pair for pair in found if not may_know(*pair)] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_a_template_compiles_and_keeps_to_its_floor(template):
    get_template(name_of(template))
    text = template.read_text(encoding="utf-8")
    package = package_of(template)
    for other in re.findall(r'{%-?\s*(?:include|extends)\s+"([a-z]+)/', text):
        assert may_know(package, other), f"{{% include %}} of {other}"
    for namespace in re.findall(r'{%-?\s*url\s+"([a-z]+):', text):
        assert may_know(package, namespace), f"{{% url %}} of {namespace}"


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_a_template_holds_no_style_script_or_vanishing_message(template):
    text = re.sub(r"{%.*?%}|{{.*?}}", "", template.read_text(encoding="utf-8"), flags=re.DOTALL)
    if name_of(template) in MAILS:
        return
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"toast|snackbar|setTimeout|aria-live=\"assertive\"|accesskey|target=\"_blank\"", text)
    if name_of(template) not in TAKE_FOCUS:
        assert not re.search(r"\sautofocus", text)
    assert not re.search(r"<(marquee|blink|dialog)\b|http-equiv=\"refresh\"", text)


def test_rules_models_and_deeds_know_no_request():
    rooms = [*SOURCE.glob("*/rules.py"), *SOURCE.glob("*/models.py"), *SOURCE.glob("*/actions.py")]
    assert len(rooms) >= 8
    for room in rooms:
        for node in ast.walk(ast.parse(room.read_text(encoding="utf-8"))):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                modules = [node.module or ""]
            assert not [
                name for name in modules if name.startswith(("django.http", "django.shortcuts", "django.views"))
            ], room


def test_every_module_says_in_a_sentence_what_lives_there():
    for path in SOURCE.rglob("*.py"):
        if "migrations" in path.parts or not path.read_text(encoding="utf-8").strip():
            continue
        docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        assert docstring, path
        assert docstring.splitlines()[0].endswith((".", "!", "?", ":", ";")), path


def test_places_that_trust_html_are_few_and_known():
    found = {}
    for path in SOURCE.rglob("*.py"):
        count = len(re.findall(r"\bmark_safe\(|\bSafeString\((?!\))|\|safe\b", path.read_text(encoding="utf-8")))
        if count:
            found[str(path.relative_to(SOURCE))] = count
    assert found == TRUSTED


# Each is read before its number here is raised: what comes out must have been escaped or cleaned on the same line.
TRUSTED = {
    "kernel/text.py": 1,
    "conversation/text.py": 1,
    "mail/rendering.py": 1,
    "ui/components.py": 1,
    "terms/reading.py": 1,
    "library/inserts/reading.py": 3,  # cleaned before it came; what is put in are a slug, our own templates and bold
    "library/contents.py": 1,  # cleaned before it came; what is put in is a slug
}


def test_the_tags_are_at_hand_in_every_template():
    assert "meedoen.ui.templatetags.components" in engines["django"].engine.builtins


def test_no_two_addresses_have_one_name():
    """Of two with one name, a link takes the one whose numbers and keys fit, whichever that is."""
    names = Counter(named_addresses(get_resolver()))
    assert [name for name, count in names.items() if count > 1] == []


def named_addresses(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from named_addresses(pattern, f"{pattern.namespace}:" if pattern.namespace else prefix)
        elif pattern.name:
            yield f"{prefix}{pattern.name}"
