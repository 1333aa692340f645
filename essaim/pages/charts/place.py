"""A small map of where one thing is: its country among its neighbours, and a point only where one is known."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from essaim.pages.charts.outline import Outline, Shape, outline, project
from essaim.pages.wording import country_name

RATIO = 4 / 3
LEAST_WIDTH = 26.0
COARSE_FROM = 160.0

Box = tuple[float, float, float, float]


def draw(country: str, longitude: float | None, latitude: float | None, precision: str) -> SafeString:
    """Draw the map.

    Args:
        country: alpha-3 code; empty or unknown draws the point alone, or the world when there is none.
        longitude: degrees of WGS 84, or None.
        latitude: degrees of WGS 84, or None.
        precision: point, town, country or unknown; a point is drawn for the first two only.
    """
    world = outline()
    home = next((shape for shape in world["countries"] if country and shape["iso3"] == country), None)
    point = None
    if precision in ("point", "town") and longitude is not None and latitude is not None:
        point = project(longitude, latitude)
    left, top, width, height = frame_around(world, home, point)
    is_coarse = width > COARSE_FROM
    near = [shape for shape in world["countries"] if _meets(shape["box"], (left, top, left + width, top + height))]
    land = format_html_join(
        "",
        '<path class="land{}" d="{}"/>',
        ((" home" if shape is home else "", (shape["coarse"] if is_coarse else "") or shape["path"]) for shape in near),
    )
    return format_html(
        '<svg class="place-map" viewBox="{} {} {} {}" role="img" aria-label="{}">{}{}</svg>',
        *(round(edge, 2) for edge in (left, top, width, height)),
        _words(country, precision),
        land,
        _pin(point, width, precision),
    )


def frame_around(world: Outline, home: Shape | None, point: tuple[float, float] | None) -> Box:
    """Return left, top, width and height of a frame of four by three around a country, or a point, or the world."""
    if home is None and point is None:
        return 0.0, 0.0, world["width"], world["height"]
    if home is not None and (point is None or _meets(home["box"], (*point, *point))):
        box = home["box"]
    else:
        assert point is not None  # both cases without a point are above
        box = (point[0] - 8, point[1] - 8, point[0] + 8, point[1] + 8)
    middle_x, middle_y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    width = min(max(LEAST_WIDTH, 1.35 * (box[2] - box[0]), 1.35 * RATIO * (box[3] - box[1])), world["width"])
    return middle_x - width / 2, middle_y - width / RATIO / 2, width, width / RATIO


def _meets(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _pin(point: tuple[float, float] | None, width: float, precision: str) -> SafeString:
    if point is None:
        return SafeString("")
    x, y = round(point[0], 2), round(point[1], 2)
    halo = format_html('<circle class="halo" cx="{}" cy="{}" r="{}"/>', x, y, round(width / 22, 2)) if precision == "town" else ""
    return format_html('{}<circle class="pin" cx="{}" cy="{}" r="{}"/>', halo, x, y, round(width / 60, 2))


def _words(country: str, precision: str) -> str:
    name = country_name(country) if country else gettext("the world")
    if precision == "point":
        return gettext("Small map of {country} with the place").format(country=name)
    if precision == "town":
        return gettext("Small map of {country} with the town").format(country=name)
    return gettext("Small map of {country}").format(country=name)
