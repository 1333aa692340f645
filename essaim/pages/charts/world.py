"""The world with a proportional circle for each country, as SVG that CSS colours."""

from __future__ import annotations

from collections.abc import Mapping
from math import hypot, sqrt

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from essaim.pages.charts.outline import Shape, outline
from essaim.pages.wording import country_name, number

LEAST_RADIUS, GREATEST_RADIUS = 2.8, 22.0
LEAST_LABELLED = 8.5


def draw(counts: Mapping[str, int], href: str = "") -> SafeString:
    """Draw the map; areas of circles, not radii, stand for the numbers, and the greatest ones are labelled.

    Args:
        counts: alpha-3 code to number; codes without a shape are left to the table.
        href: address with `{country}` for links; empty for none.
    """
    world = outline()
    shapes = {shape["iso3"]: shape for shape in world["countries"]}
    shown = sorted(((count, code) for code, count in counts.items() if code in shapes and count > 0), reverse=True)
    greatest = shown[0][0] if shown else 1
    circles = [_circle(shapes[code], count, greatest, href) for count, code in shown]
    labels = _labels([(shapes[code]["centre"], radius(count, greatest), count) for count, code in shown])
    return format_html(
        '<svg class="world-map" viewBox="0 0 {} {}" role="{}" aria-label="{}">'
        '<path class="land" d="{}"/><path class="border" d="{}"/><path class="border unsettled" d="{}"/>{}</svg>',
        world["width"],
        world["height"],
        "group" if href else "img",
        description(counts),
        world["land"],
        world["borders"],
        world["unsettled"],
        mark_safe("".join(circles) + labels),  # each part is escaped by format_html
    )


def description(counts: Mapping[str, int]) -> str:
    """Say the map in one sentence, for those who cannot see it."""
    shown = [count for count in counts.values() if count > 0]
    if not shown:
        return gettext("World map with nothing on it")
    return ngettext(
        "World map: {total} in {countries} country; the table below says the same",
        "World map: {total} in {countries} countries; the table below says the same",
        len(shown),
    ).format(total=number(sum(shown)), countries=number(len(shown)))


def radius(count: int, greatest: int) -> float:
    """Return a radius whose circle's area is in proportion to the count, but never too small to see."""
    return round(max(LEAST_RADIUS, GREATEST_RADIUS * sqrt(count / greatest)), 1)


def table(counts: Mapping[str, int], href: str = "") -> SafeString:
    """Write the same numbers as a table, greatest first."""
    rows = sorted(
        ((count, country_name(code), code) for code, count in counts.items() if count > 0), key=lambda row: (-row[0], row[1])
    )
    body = format_html_join(
        "\n",
        '<tr><th scope="row">{}</th><td class="number">{}</td></tr>',
        (
            (format_html('<a href="{}">{}</a>', href.replace("{country}", code), name) if href else name, number(count))
            for count, name, code in rows
        ),
    )
    return format_html(
        '<table class="wide"><thead><tr><th scope="col">{}</th><th scope="col" class="number">{}</th></tr></thead>'
        "<tbody>{}</tbody></table>",
        gettext("Country"),
        gettext("Number"),
        body,
    )


def _circle(shape: Shape, count: int, greatest: int, href: str) -> str:
    x, y = shape["centre"]
    words = f"{country_name(shape['iso3'])}: {number(count)}"
    drawn = format_html('<circle cx="{}" cy="{}" r="{}"><title>{}</title></circle>', x, y, radius(count, greatest), words)
    if not href:
        return drawn
    return format_html('<a href="{}" aria-label="{}">{}</a>', href.replace("{country}", shape["iso3"]), words, drawn)


def _labels(circles: list[tuple[tuple[float, float], float, int]]) -> str:
    # Smaller circles lie on greater ones: a number is written only where nothing covers it.
    free = [
        (x, y, count)
        for place, ((x, y), size, count) in enumerate(circles)
        if size >= LEAST_LABELLED and not any(hypot(x - a, y - b) < other + 7 for (a, b), other, _count in circles[place + 1 :])
    ]
    return format_html_join(
        "", '<text x="{}" y="{}" aria-hidden="true">{}</text>', ((x, round(y + 3.6, 1), number(count)) for x, y, count in free)
    )
