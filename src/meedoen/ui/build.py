"""Build the stylesheet, the fonts and the pictograms from their sources; run as ``python -m meedoen.ui.build``.

Needs ``npm ci`` in ``design/`` and the Python package lightningcss. What it writes is committed: running the site
needs neither. ADR-0004 has the reasons.
"""

import hashlib
import json
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parent
STYLES = HERE / "styles"
BUILT = HERE / "static" / "ui"
DESIGN = HERE.parents[2] / "design"
MODULES = DESIGN / "node_modules"
PICTOGRAMS = HERE / "pictograms.json"

STYLESHEET = BUILT / "meedoen.css"
FURTHER = BUILT / "further.css"  # of what stands on some pages only; a page that is long to read goes without
SPRITE = BUILT / "pictograms.svg"

# The oldest browsers that get the whole design: what a telephone of ten years old can still run. Older ones get
# the page without it, which reads in the right order.
BROWSERS = ["chrome >= 69", "edge >= 79", "firefox >= 68", "ios_saf >= 12.2", "safari >= 12.1", "samsung >= 10"]

# Where each palette holds: as somebody chose it on the page of preferences, or else as the device asks. The
# attribute may stand on any element, so that the page of preferences can show a sample. Paper is always light.
_AS_DEVICE = ':root:not([data-colours]), [data-colours="device"]'
PALETTES: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("light", (("", ':root, [data-colours="light"], [data-colours="device"]'),)),
    ("dark", (("screen and (prefers-color-scheme: dark)", _AS_DEVICE), ("screen", '[data-colours="dark"]'))),
    ("contrast-light", (("(prefers-contrast: more)", _AS_DEVICE), ("", '[data-colours="contrast"]'))),
    (
        "contrast-dark",
        (
            ("screen and (prefers-contrast: more) and (prefers-color-scheme: dark)", _AS_DEVICE),
            ("screen and (prefers-color-scheme: dark)", '[data-colours="contrast"]'),
        ),
    ),
)

# The candidate components of the NL Design System whose own CSS we use, and the variants of it that we leave out
# because no component of ours has them.
CANDIDATES = {
    "heading": r"$^",
    "link": r"--disabled|--inline-box",
    "paragraph": r"__lead",
    "skip-link": r"--visible(?!-on-focus)",
    "button": r"--(?:pressed|disabled|positive|negative|subtle|busy|icon-only)|__|:has\(",
}

FONTS = {
    "atkinson-hyperlegible-next.woff2": (
        "@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2"
    ),
    "atkinson-hyperlegible-next.LICENSE.txt": "@fontsource-variable/atkinson-hyperlegible-next/LICENSE",
    "opendyslexic.woff2": "@fontsource/opendyslexic/files/opendyslexic-latin-400-normal.woff2",
    "opendyslexic-bold.woff2": "@fontsource/opendyslexic/files/opendyslexic-latin-700-normal.woff2",
    "opendyslexic.LICENSE.txt": "@fontsource/opendyslexic/LICENSE",
}


def main() -> int:
    """Write everything that is built; says what is missing when it cannot."""
    if not MODULES.is_dir():
        print("meedoen.ui.build: first run 'npm ci' in design/", file=sys.stderr)  # noqa: T201
        return 1
    (BUILT / "fonts").mkdir(parents=True, exist_ok=True)
    for name, source in FONTS.items():
        shutil.copyfile(MODULES / source, BUILT / "fonts" / name)
    SPRITE.write_text(sprite(), encoding="utf-8")
    shutil.copyfile(MODULES / "@tabler/icons/LICENSE", BUILT / "pictograms.LICENSE.txt")
    STYLESHEET.write_text(stylesheet(), encoding="utf-8")
    FURTHER.write_text(further(), encoding="utf-8")
    return 0


def stylesheet() -> str:
    """What every page needs, small, with the mark of its sources in the first line."""
    return _small(source_text())


def further() -> str:
    """What stands on some pages only; it goes before the other in a page, so that the cascade is that of one file."""
    return _small("\n".join(text(path) for path in sorted((STYLES / "further").glob("*.css"))))


def _small(source: str) -> str:
    import lightningcss

    small = lightningcss.process_stylesheet(source, minify=True, browsers_list=BROWSERS)
    return f"/*! Meedoen {fingerprint()} EUPL-1.2 */\n{small}\n"


def fingerprint() -> str:
    """What the built files were made from, in 16 characters; needs no Node, so a test can compare it anywhere."""
    digest = hashlib.sha256()
    for path in [Path(__file__), DESIGN / "package-lock.json", PICTOGRAMS, *sorted(STYLES.rglob("*.css"))]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def source_text() -> str:
    """All sources of what every page needs, in the order of the cascade."""
    return "\n".join([
        *palette_rules(),
        *(text(STYLES / name) for name in ("tokens.css", "base.css", "shell.css")),
        *(candidate(name, left_out) for name, left_out in CANDIDATES.items()),
        *(text(path) for path in sorted((STYLES / "components").glob("*.css"))),
        *(text(STYLES / name) for name in ("layout.css", "preferences.css", "forced.css", "print.css")),
    ])  # fmt: skip


def palette_rules() -> Iterator[str]:
    """Every palette at each place where it holds."""
    for name, places in PALETTES:
        body = "".join(f"{token}:{value};" for token, value in palette(name).items())
        body += f"color-scheme:{'dark' if name.endswith('dark') else 'light'};"
        for media, selector in places:
            rule = f"{selector}{{{body}}}"
            yield f"@media {media}{{{rule}}}" if media else rule


def palette(name: str) -> Mapping[str, str]:
    """The tokens of one palette with their values."""
    return dict(re.findall(r"(--[a-z0-9-]+):\s*([^;]+);", text(STYLES / "palettes" / f"{name}.css")))


def candidate(name: str, left_out: str) -> str:
    """The CSS of a candidate component without the rules for variants that we do not have."""
    css = text(MODULES / f"@nl-design-system-candidate/{name}-css/dist/{name}.css")
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return re.sub(r"([^{}]+)\{([^{}]*)\}", lambda rule: _kept(rule, left_out), css)


def _kept(rule: re.Match[str], left_out: str) -> str:
    selectors = [each for each in _selectors(rule[1]) if not re.search(left_out, each)]
    return f"{','.join(selectors)}{{{rule[2]}}}" if selectors else ""


def _selectors(text_: str) -> list[str]:
    """The parts of a list of selectors; a comma within brackets does not divide."""
    return re.split(r",(?![^(]*\))", text_)


def sprite() -> str:
    """One drawing with a symbol for each life domain."""
    symbols = []
    for name, icon in json.loads(text(PICTOGRAMS)).items():
        drawing = text(MODULES / f"@tabler/icons/icons/outline/{icon}.svg")
        shapes = re.sub(r"\s+", " ", re.search(r"<svg.*?>(.*)</svg>", drawing, re.DOTALL)[1])  # type: ignore[index]
        shapes = re.sub(r'<path stroke="none"[^>]*/>', "", shapes).replace("> <", "><").replace(" />", "/>").strip()
        symbols.append(
            f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" '
            f'stroke-linecap="round" stroke-linejoin="round">{shapes}</symbol>'
        )
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'


def text(path: Path) -> str:
    """A source file's text."""
    return path.read_text(encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
