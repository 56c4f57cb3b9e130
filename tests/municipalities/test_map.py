"""The map: one drawing of all municipalities, small, safe, in each colour mode."""

import brotli
import pytest
from lxml import etree

from meedoen.municipalities import map, register

CODES = {row.code for row in register.read_municipalities(register.MUNICIPALITIES.read_text(encoding="utf-8"))}
SVG = "{http://www.w3.org/2000/svg}"


def drawn(mode="light", front_runners=("GM0014",), signed=("GM0014", "GM0080")):
    return map.draw(front_runners=front_runners, signed=signed, mode=mode, title="Kaart")


def fills(svg):
    return {path.get("fill"): path.get("d") for path in etree.fromstring(svg.encode()).findall(f"{SVG}path")}


def test_every_municipality_has_its_area():
    assert set(map.boundaries().areas) == CODES
    shapes = sum(d.count("z") for fill, d in fills(drawn()).items() if fill != "none")
    assert shapes == sum(len(rings) for rings in map.boundaries().areas.values())
    assert shapes >= 342


def test_front_runners_and_later_signatories_have_a_pattern_each():
    paths = fills(drawn())
    assert paths["url(#k)"].count("z") == len(map.boundaries().areas["GM0014"])
    assert paths["url(#o)"].count("z") == len(map.boundaries().areas["GM0080"])


@pytest.mark.parametrize("mode", map.PALETTES)
def test_the_drawing_is_small_and_needs_no_style_or_script(mode):
    svg = drawn(mode)
    assert len(brotli.compress(svg.encode(), quality=6)) <= 25_000  # bytes over the line
    assert {element.tag.removeprefix(SVG) for element in etree.fromstring(svg.encode()).iter()} == {
        "svg", "defs", "pattern", "path", "circle",
    }  # fmt: skip
    assert "style" not in svg


def test_all_areas_lie_inside_the_drawing():
    for rings in map.boundaries().areas.values():
        for ring in rings:
            assert all(0 <= x <= map.WIDTH and 0 <= y <= map.boundaries().height for x, y in ring)


def province(code="PV23"):
    rows = register.read_municipalities(register.MUNICIPALITIES.read_text(encoding="utf-8"))
    return tuple(sorted(row.code for row in rows if row.province_code == code))


def test_one_municipality_stands_out_among_those_of_its_province():
    svg = etree.fromstring(map.draw_one("GM0193", province=province(), mode="light", title='Zwolle & "<').encode())
    land, own = svg.findall(f"{SVG}g/{SVG}path")
    areas = map.boundaries().areas
    assert own.get("fill") == "url(#k)"
    assert own.get("d").count("z") == len(areas["GM0193"])
    assert land.get("d").count("z") == sum(len(areas[code]) for code in province() if code != "GM0193")
    assert svg.get("aria-label") == 'Zwolle & "<'


@pytest.mark.parametrize("code", [f"PV{number}" for number in range(20, 32)])
def test_a_province_fits_its_frame_and_is_no_taller_than_wide(code):
    svg = map.draw_one(province(code)[0], province=province(code), mode="dark", title="Kaart")
    left, top, width, height = [int(part) for part in etree.fromstring(svg.encode()).get("viewBox").split()]
    assert (width, height) == map.frame_size(province(code))
    assert height <= width
    points = [point for each in province(code) for ring in map.boundaries().areas[each] for point in ring]
    assert all(left <= x <= left + width and top <= y <= top + height for x, y in points)
    assert len(brotli.compress(svg.encode(), quality=6)) <= 6_000  # bytes over the line
