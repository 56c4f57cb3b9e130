"""A network's own house style: its NL Design System tokens, measured, and worn where people can read them.

A theme is a CSS file with ``--basis-*`` tokens, such as municipalities publish. We take its colours and its corners.
Its letters stay out: ours were chosen for readers with low vision, and a theme's file does not hold the letters
themselves. What does not reach AA beside the rest is left out, token by token (decisions in ADR-0004).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from .build import palette

Colour = tuple[int, int, int]
Kind = Literal["text", "graphic", "tones"]

# What a pair needs at least (WCAG 2.2: 1.4.3 and 1.4.11 for AA, 1.4.6 for AAA). The two tones of the focus ring need
# nine between them: then one of the two has three on whatever colour lies behind it.
AA: Mapping[Kind, float] = {"text": 4.5, "graphic": 3, "tones": 9}
AAA: Mapping[Kind, float] = {"text": 7, "graphic": 4.5, "tones": 9}


@dataclass(frozen=True)
class Pair:
    """Two colours that stand on each other somewhere on our pages."""

    front: str
    back: str
    kind: Kind


def _pairs() -> Iterator[Pair]:
    grounds = ["default-bg-document", "default-bg-subtle", "default-bg-default"]
    tints = [f"{name}-bg-default" for name in ("info", "positive", "warning", "negative", "highlight")]
    petrol = "accent-1-inverse-bg-default"
    text = {
        "default-color-document": [*grounds, *tints, "default-bg-hover", "highlight-bg-subtle"],
        "default-color-subtle": [*grounds, "highlight-bg-default"],
        "action-1-color-default": [*grounds, *tints, "action-1-bg-default", "action-1-bg-hover"],
        "action-1-color-hover": [*grounds, *tints, "action-1-bg-default", "action-1-bg-hover"],
        "action-1-inverse-color-default": ["action-1-inverse-bg-default", "action-1-inverse-bg-hover"],
        "accent-1-inverse-color-default": [petrol, "accent-1-inverse-bg-hover"],
        "highlight-color-active": ["highlight-bg-active"],
        "negative-color-default": [*grounds, "negative-bg-default"],
        "negative-inverse-color-default": ["negative-inverse-bg-default", "negative-inverse-bg-hover"],
    }
    graphic = {
        "default-border-default": grounds,
        "action-1-border-default": grounds,
        "action-1-inverse-bg-default": grounds,
        "negative-border-default": [*grounds, "negative-bg-default"],
        "negative-inverse-bg-default": grounds,
        "accent-1-inverse-border-default": [petrol],
        "highlight-bg-active": [petrol],
        "highlight-border-default": ["highlight-bg-default", "highlight-bg-subtle", "default-bg-document"],
        **{f"{name}-border-default": [f"{name}-bg-default", grounds[0]] for name in ("info", "positive", "warning")},
    }
    for kind, table in (("text", text), ("graphic", graphic)):
        for front, backs in table.items():
            for back in backs:
                yield Pair(f"--basis-color-{front}", f"--basis-color-{back}", kind)  # type: ignore[arg-type]
    yield Pair("--basis-focus-color", "--basis-focus-background-color", "text")
    yield Pair("--basis-color-highlight-color-active", "--basis-focus-background-color", "text")
    yield Pair("--basis-focus-outline-color", "--basis-focus-inverse-outline-color", "tones")


STYLESHEET = "ui/theme.css"  # its name among the static files

PAIRS: tuple[Pair, ...] = tuple(_pairs())


@dataclass(frozen=True)
class Fit:
    """What of a theme is worn, and why the rest is not; a sentence for each token."""

    worn: Mapping[str, str] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)


class UnusableTheme(Exception):
    """The file of a theme cannot be read or holds no token that we use; the text says what to do."""


def fit(path: Path) -> Fit:
    """The theme in the file ``path``, measured beside our own light palette.

    Raises ``UnusableTheme`` when there is nothing to wear.
    """
    try:
        css = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnusableTheme(f"the theme {path} cannot be read: name a CSS file with MEEDOEN_THEME") from error
    found = measured(tokens(css), palette("light"))
    if not found.worn:
        raise UnusableTheme(f"the theme {path} holds no --basis- token that we use: name another with MEEDOEN_THEME")
    return found


def tokens(css: str) -> dict[str, str]:
    """The custom properties of a theme in its usual mode, with what they refer to filled in."""
    plain = _without_conditions(re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
    raw = {name: value.strip() for name, value in re.findall(r"(--[\w-]+)\s*:\s*([^;{}]+)", plain)}
    return {name: _filled_in(value, raw) for name, value in raw.items()}


def measured(theme: Mapping[str, str], own: Mapping[str, str]) -> Fit:
    """What of ``theme`` can be worn over the palette ``own``, so that every pair reaches AA."""
    left_out: dict[str, str] = {}
    worn: dict[str, str] = {}
    for token in [*filter(_is_colour, own), *CORNERS]:
        if token not in theme:
            continue
        value = _usable(token, theme[token])
        if value:
            worn[token] = value
        else:
            left_out[token] = f"we cannot read its value: {theme[token]}"
    dropped: dict[str, str] = {}
    while pair := _first_failing({**own, **worn}):
        token = pair.front if pair.front in worn else pair.back
        other = pair.back if token == pair.front else pair.front
        ratio = contrast(_colour_of(pair.front, worn, own), _colour_of(pair.back, worn, own))
        dropped[token] = worn.pop(token)
        left_out[token] = f"{ratio:.2f} beside {other}, needs {AA[pair.kind]:g}"
    # What was dropped before its partner was may fit after all.
    for token, value in dropped.items():
        if not _first_failing({**own, **worn, token: value}):
            worn[token] = value
            del left_out[token]
    return Fit(worn, left_out)


def stylesheet(worn: Mapping[str, str]) -> str:
    """A small stylesheet, to stand *before* ours: it wins in light mode and loses to any other choice."""
    colours = "".join(f"{token}:{value};" for token, value in worn.items() if token not in CORNERS)
    corners = "".join(f"{token}:{value};" for token, value in worn.items() if token in CORNERS)
    return (
        f':root:not([data-colours]),[data-colours="light"][data-colours]{{{colours}}}\n'
        "@media (prefers-color-scheme: light) and (prefers-contrast: no-preference)"
        f'{{[data-colours="device"][data-colours]{{{colours}}}}}\n'
        f":root:root{{{corners}}}\n"
    )


def write(path: Path, target: Path) -> Fit:
    """Write the stylesheet of the theme ``path`` to ``target``, if it is not already so."""
    found = fit(path)
    css = stylesheet(found.worn)
    if not target.exists() or target.read_text(encoding="utf-8") != css:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(css, encoding="utf-8")
    return found


# Reading CSS -----------------------------------------------------------------------------------------------

CORNERS = tuple(f"--basis-border-radius-{size}" for size in ("sm", "md", "lg", "round"))
_LENGTH = re.compile(r"\d{1,3}(\.\d+)?(px|rem|em)|0")
_REFERENCE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,\s*([^()]*))?\)")
MAX_DEPTH = 20  # references to references; a circle stops here


def _without_conditions(css: str) -> str:
    """``css`` without what stands in ``@media`` and the like: a theme's dark colours are not its own light ones."""
    kept, at, depth = [], 0, 0
    for rule in re.finditer(r"@(?:media|supports|container)[^{;]*\{|[{}]", css):
        if rule[0].startswith("@") and depth == 0:
            kept.append(css[at : rule.start()])
            depth = 1
        elif depth:
            depth += {"{": 1, "}": -1}.get(rule[0], 1)
            at = rule.end()
    return "".join(kept) + (css[at:] if depth == 0 else "")


def _filled_in(value: str, raw: Mapping[str, str]) -> str:
    for _depth in range(MAX_DEPTH):
        if "var(" not in value:
            return value
        value = _REFERENCE.sub(lambda found: raw.get(found[1], found[2] or "").strip(), value)
    return ""


def _usable(token: str, value: str) -> str:
    """``value`` in the form in which we write it; nothing when it is none that we know."""
    if token in CORNERS:
        return value if _LENGTH.fullmatch(value) else ""
    found = colour(value)
    return "#{:02x}{:02x}{:02x}".format(*found) if found else ""


def _is_colour(token: str) -> bool:
    return token.startswith(("--basis-color-", "--basis-focus-"))


def colour(value: str) -> Colour | None:
    """An opaque colour written as ``#rgb``, ``#rrggbb``, ``rgb()`` or ``hsl()``; else None."""
    text = value.strip().lower()
    if found := re.fullmatch(r"#([0-9a-f]{3})([0-9a-f])?", text):
        text = "#" + "".join(char * 2 for char in text[1:])
    if found := re.fullmatch(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})(ff)?", text):
        return int(found[1], 16), int(found[2], 16), int(found[3], 16)
    number = r"\s*([\d.]+)(?:deg|%)?\s*[,\s]"
    if found := re.fullmatch(rf"(rgb|hsl)a?\({number}{number}\s*([\d.]+)%?\s*(?:[,/]\s*(?:1|1\.0|100%)\s*)?\)", text):
        try:
            first, second, third = (float(part) for part in found.groups()[1:])
        except ValueError:
            return None
        if found[1] == "rgb":
            scale = 2.55 if "%" in text.split("/")[0] else 1
            return _bytes(first * scale, second * scale, third * scale)
        return _from_hsl(first, second / 100, third / 100)
    return {"white": (255, 255, 255), "black": (0, 0, 0)}.get(text)


def _from_hsl(hue: float, saturation: float, lightness: float) -> Colour:
    amplitude = saturation * min(lightness, 1 - lightness)

    def part(offset: int) -> float:
        place = (offset + hue / 30) % 12
        return 255 * (lightness - amplitude * max(-1, min(place - 3, 9 - place, 1)))

    return _bytes(part(0), part(8), part(4))


def _bytes(red: float, green: float, blue: float) -> Colour:
    return tuple(max(0, min(255, round(part))) for part in (red, green, blue))  # type: ignore[return-value]


# Measuring --------------------------------------------------------------------------------------------------


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of WCAG: 1 for the same colour, 21 for black on white."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def failing(values: Mapping[str, str], level: Mapping[Kind, float]) -> list[tuple[Pair, float]]:
    """The pairs of a palette that stay below ``level``, with their ratio."""
    found = []
    for pair in PAIRS:
        ratio = contrast(_colour_of(pair.front, values), _colour_of(pair.back, values))
        if ratio < level[pair.kind]:
            found.append((pair, ratio))
    return found


def _first_failing(values: Mapping[str, str]) -> Pair | None:
    return next((pair for pair, _ratio in failing(values, AA)), None)


def _colour_of(token: str, *places: Mapping[str, str]) -> Colour:
    found = colour(next(place[token] for place in places if token in place))
    if found is None:
        raise ValueError(f"{token} is no colour")
    return found


def _luminance(value: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in value)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
