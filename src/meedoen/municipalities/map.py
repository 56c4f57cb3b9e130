"""The map as one drawing: boundaries projected once, areas filled by pattern and colour; knows no database."""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from meedoen.kernel.identifiers import content_mark

from .register import DATA

BOUNDARIES = DATA / "municipalities-light.topojson"
ATTRIBUTION = (
    "Bron: CBS / Kadaster, CBS Gebiedsindelingen 2022 (CC BY 4.0), "
    "samengevoegd tot de indeling vanaf 2023 en vereenvoudigd."
)
WIDTH = 1000  # units of the drawing; one unit is about 270 metres
MARGIN = 8
MARGIN_OF_PROVINCE = 12  # units around a province on its own
PARALLEL = math.radians(52.0)  # where a degree of longitude is given its true length

Ring = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of the drawing in one mode: paper, land, lines, and the two fills with their patterns."""

    land: str
    border: str
    province: str
    front_runner: str
    front_runner_mark: str
    signed: str
    signed_mark: str


PALETTES: Mapping[str, Palette] = {
    "light": Palette("#e9e4d8", "#8d8a80", "#3d4a4d", "#0b5563", "#ffffff", "#f2b632", "#3a2a00"),
    "dark": Palette("#2b3639", "#718085", "#c9d3d5", "#7fd0df", "#08252b", "#f4c04d", "#3a2a00"),
    "contrast": Palette("#ffffff", "#000000", "#000000", "#000000", "#ffffff", "#ffd34d", "#000000"),
}


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Every area as rings of whole numbers, the lines between areas and provinces, and the height."""

    height: int
    areas: Mapping[str, list[Ring]]
    borders: list[Ring]
    province_borders: list[Ring]


@cache
def mark() -> str:
    """What changes when the boundaries or the way of drawing change."""
    return content_mark(BOUNDARIES.read_bytes(), Path(__file__).read_bytes())


@cache
def boundaries() -> Boundaries:
    """The boundaries of all municipalities, projected to the drawing."""
    topology = json.loads(BOUNDARIES.read_text(encoding="utf-8"))
    arcs = _degrees(topology)
    west = min(x for arc in arcs for x, _ in arc)
    east = max(x for arc in arcs for x, _ in arc)
    south = min(y for arc in arcs for _, y in arc)
    north = max(y for arc in arcs for _, y in arc)
    scale = (WIDTH - 2 * MARGIN) / ((east - west) * math.cos(PARALLEL))
    drawn = [
        _without_repeats(
            (
                round(MARGIN + (x - west) * math.cos(PARALLEL) * scale),
                round(MARGIN + (north - y) * scale),
            )
            for x, y in arc
        )
        for arc in arcs
    ]
    provinces = topology["objects"]["provincies"]["geometries"]
    return Boundaries(
        height=round((north - south) * scale + 2 * MARGIN),
        areas={
            area["id"]: [_ring(drawn, ring) for polygon in _polygons(area) for ring in polygon]
            for area in topology["objects"]["gemeenten"]["geometries"]
        },
        borders=drawn,
        province_borders=[drawn[index] for index in sorted(_used(provinces))],
    )


def draw(*, front_runners: Iterable[str], signed: Iterable[str], mode: str, title: str) -> str:
    """The SVG of all municipalities in a colour mode; ``front_runners`` and ``signed`` are codes.

    Fills are one path a kind, so that a browser paints three shapes and not 342. No style element and no script:
    the drawing keeps to the strictest content policy.
    """
    palette, map_ = PALETTES[mode], boundaries()
    first, second = set(front_runners), set(signed) - set(front_runners)
    rest = set(map_.areas) - first - second
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {map_.height}" role="img" '
        f"aria-label={quoteattr(title)}>"
        f"<defs>{_stripes(palette, 14)}"
        f'<pattern id="o" width="14" height="14" patternUnits="userSpaceOnUse">'
        f'<path fill="{palette.signed}" d="M0 0h14v14H0z"/>'
        f'<circle cx="7" cy="7" r="3" fill="{palette.signed_mark}"/></pattern>'
        "</defs>"
        f'<path fill="{palette.land}" d="{_areas_path(map_, rest)}"/>'
        f'<path fill="url(#k)" d="{_areas_path(map_, first)}"/>'
        f'<path fill="url(#o)" d="{_areas_path(map_, second)}"/>'
        f'<path fill="none" stroke="{palette.border}" stroke-width="1" d="{_lines_path(map_.borders)}"/>'
        f'<path fill="none" stroke="{palette.province}" stroke-width="3" stroke-linejoin="round" '
        f'd="{_lines_path(map_.province_borders)}"/>'
        "</svg>"
    )


def draw_one(code: str, *, province: tuple[str, ...], mode: str, title: str) -> str:
    """The SVG of one municipality among those of its ``province``: codes with boundaries, its own too."""
    palette, areas = PALETTES[mode], boundaries().areas
    others = sorted(set(province) - {code})
    left, top, width, height = _frame(province)
    stripe = max(6, round(width / 40))
    line = max(1, round(width / 300))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} {top} {width} {height}" role="img" '
        f"aria-label={quoteattr(title)}>"
        f"<defs>{_stripes(palette, stripe)}</defs>"
        f'<g stroke="{palette.border}" stroke-width="{line}" stroke-linejoin="round">'
        f'<path fill="{palette.land}" d="{_areas_path(boundaries(), others)}"/>'
        f'<path fill="url(#k)" stroke="{palette.province}" stroke-width="{2 * line}" '
        f'd="{"".join(_steps(ring) + "z" for ring in areas[code])}"/></g></svg>'
    )


def frame_size(codes: tuple[str, ...]) -> tuple[int, int]:
    """Width and height of the drawing of these areas."""
    _left, _top, width, height = _frame(codes)
    return width, height


@cache
def _frame(codes: tuple[str, ...]) -> tuple[int, int, int, int]:
    points = [point for code in codes for ring in boundaries().areas[code] for point in ring]
    left, top = min(x for x, _ in points), min(y for _, y in points)
    right, bottom = max(x for x, _ in points), max(y for _, y in points)
    margin = MARGIN_OF_PROVINCE
    width, height = right - left + 2 * margin, bottom - top + 2 * margin
    aside = max(0, height - width)  # a tall province stands in a square, or it would fill a page
    return left - margin - aside // 2, top - margin, width + aside, height


def _stripes(palette: Palette, size: int) -> str:
    return (
        f'<pattern id="k" width="{size}" height="{size}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><path fill="{palette.front_runner}" d="M0 0h{size}v{size}H0z"/>'
        f'<path fill="{palette.front_runner_mark}" d="M0 0h{max(1, round(size * 0.21))}v{size}H0z"/></pattern>'
    )


def _degrees(topology: Mapping[str, Any]) -> list[list[tuple[float, float]]]:
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for deltas in topology["arcs"]:
        x = y = 0
        arc = []
        for step_x, step_y in deltas:
            x, y = x + step_x, y + step_y
            arc.append((x * scale_x + move_x, y * scale_y + move_y))
        arcs.append(arc)
    return arcs


def _polygons(area: Mapping[str, Any]) -> list[list[list[int]]]:
    return [area["arcs"]] if area["type"] == "Polygon" else area["arcs"]


def _ring(arcs: list[Ring], indexes: list[int]) -> Ring:
    points: Ring = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return _without_repeats(points)


def _used(areas: Iterable[Mapping[str, Any]]) -> set[int]:
    return {
        index if index >= 0 else ~index
        for area in areas
        for polygon in _polygons(area)
        for ring in polygon
        for index in ring
    }


def _without_repeats(points: Iterable[tuple[int, int]]) -> Ring:
    kept: Ring = []
    for point in points:
        if not kept or point != kept[-1]:
            kept.append(point)
    return kept


def _areas_path(map_: Boundaries, codes: Iterable[str]) -> str:
    return "".join(_steps(ring) + "z" for code in sorted(codes) for ring in map_.areas[code])


def _lines_path(lines: Iterable[Ring]) -> str:
    return "".join(_steps(line) for line in lines if len(line) > 1)


def _steps(points: Ring) -> str:
    """A path in relative steps, which are short: ``M12 34l5-6``."""
    (x, y), rest = points[0], points[1:]
    text = f"M{x} {y}"
    steps = []
    for next_x, next_y in rest:
        steps.append(f"{next_x - x}{'' if next_y - y < 0 else ' '}{next_y - y}")
        x, y = next_x, next_y
    if steps:
        text += "l" + "".join(
            step if not index or step.startswith("-") else f" {step}" for index, step in enumerate(steps)
        )
    return text
