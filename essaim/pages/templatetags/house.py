"""The tags and filters of every template: built files, certainty, sources, numbers and dates by language, maps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext

from essaim.pages import assets, wording
from essaim.pages.charts import place, world

register = template.Library()


@register.simple_tag
def asset(entry: str) -> SafeString:
    """Write the style sheets and the module script of an entry of the build: `{% asset "main" %}`."""
    return assets.tags(entry)


@register.simple_tag
def asset_address(source: str) -> str:
    """Write the address of a built file by its path in `frontend/`."""
    return assets.source_address(source)


@register.simple_tag
def mark(certainty: str) -> SafeString:
    """Draw the certainty mark, with its meaning in words for those who hear the page.

    Args:
        certainty: sourced, unverified, disputed or unexamined.
    """
    return format_html(
        '<span class="mark {}" title="{}"><span class="spoken">{} </span></span>',
        certainty,
        wording.certainty(certainty),
        wording.certainty(certainty) + pgettext("between a certainty and the value", ":"),
    )


@register.simple_tag
def src(numbers: Iterable[int]) -> SafeString:
    """Write the numbers of the sources of a value as raised links to the numbered list of the page."""
    label = gettext("Source {number}")
    return format_html_join(
        "",
        '<a class="src" href="#source-{}" aria-label="{}">{}</a>',
        ((number, label.format(number=number), number) for number in numbers),
    )


@register.simple_tag
def svg_world(counts: Mapping[str, int], href: str = "") -> SafeString:
    """Draw the world with a proportional circle for each country.

    Args:
        counts: ISO 3166-1 alpha-3 code to number; the sum should be told beside the map with its coverage.
        href: address whose `{country}` is replaced by the code, for links; empty draws no links.
    """
    return world.draw(counts, href)


@register.simple_tag
def world_table(counts: Mapping[str, int], href: str = "") -> SafeString:
    """Write the numbers of `svg_world` as a table."""
    return world.table(counts, href)


@register.simple_tag
def svg_place(
    country: str = "", longitude: float | None = None, latitude: float | None = None, precision: str = "country"
) -> SafeString:
    """Draw where a thing is: its country, and a point only when the place is known more closely than that."""
    return place.draw(country, longitude, latitude, precision)


@register.filter
def number(value: Any) -> str:
    """Write a number as the reader's language writes it; text that is no number stays."""
    return wording.number(value)


@register.filter
def precise_date(value: Any) -> str:
    """Write a date as precisely as it is known: `2013`, `2013-05` and `2013-05-28` each in the reader's words."""
    return wording.precise_date(str(value or ""))


@register.filter
def country_name(code: Any) -> str:
    """Write the name of a country given by its alpha-3 code."""
    return wording.country_name(str(code or ""))


@register.filter
def language_name(code: Any) -> str:
    """Write the name of a language given by its BCP 47 code."""
    return wording.language_name(str(code or ""))


@register.filter
def title_of(titles: Mapping[str, str]) -> str:
    """Choose the title to show from language to title: the reader's language, English, then any."""
    return wording.choose(titles)[1]


@register.filter
def lang_of(titles: Mapping[str, str]) -> str:
    """Tell the language of the title that `title_of` chooses, when it is another than the page's; else nothing."""
    code = wording.choose(titles)[0]
    return "" if code in (get_language(), "und") else code


@register.filter
def direction_of(code: Any) -> str:
    """Tell the direction of writing of a language: rtl or ltr."""
    return wording.direction(str(code or ""))


@register.filter
def item(mapping: Mapping[Any, Any], key: Any) -> Any:
    """Look a key up in a mapping; None when it is not there."""
    return mapping.get(key) if mapping else None


@register.inclusion_tag("pages/components/pager.html", takes_context=True)
def pager(context: template.Context, total: int, page: int, per_page: int) -> dict[str, Any]:
    """Write links to the neighbouring pages of a list; the other filters of the address stay."""
    last = max(1, -(-total // per_page))
    near = [one for one in range(1, last + 1) if one in (1, last) or abs(one - page) <= 2]
    steps: list[int | None] = []
    for one in near:
        if steps and steps[-1] is not None and one - steps[-1] > 1:
            steps.append(None)
        steps.append(one)
    return {
        "request": context.get("request"),
        "steps": steps,
        "page": page,
        "last": last,
        "previous": page - 1 if page > 1 else None,
        "next": page + 1 if page < last else None,
    }


@register.filter
def listed(values: Sequence[str]) -> str:
    """Join words as the reader's language lists them: `a, b and c`."""
    return wording.listed(values)
