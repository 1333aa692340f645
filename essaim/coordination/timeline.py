"""The meetings on a line of time, drawn once on the server as SVG."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from essaim.coordination.models import Meeting
from essaim.pages.fact_sheet import site_path
from essaim.pages.wording import precise_date

FIRST_YEAR = 2013
YEAR_WIDTH = 54
DOT = 5
BASE = 92


def position(text: str) -> float:
    """Return the years from the start of the line; a date known to the month or year stands in its middle.

    Args:
        text: ISO 8601 date, possibly partial.
    """
    year, month, day = (*(int(part) for part in text.split("-")), 0, 0)[:3]
    if not month:
        return year - FIRST_YEAR + 0.5
    if not day:
        return year - FIRST_YEAR + (month - 0.5) / 12
    return year - FIRST_YEAR + (date(year, month, day).timetuple().tm_yday - 1) / 366


def draw(meetings: Iterable[Meeting], until: int) -> SafeString:
    """Draw a dot a meeting from 2013 to a year; dots of the same weeks stand on one another, each leads to its page."""
    width = (until - FIRST_YEAR + 1) * YEAR_WIDTH
    stacks: dict[int, int] = defaultdict(int)
    dots = []
    for meeting in sorted((one for one in meetings if one.known_by), key=lambda one: one.known_by):
        x = position(meeting.known_by) * YEAR_WIDTH
        column = round(x / (2 * DOT + 2))
        y = BASE - 14 - stacks[column] * (2 * DOT + 2)
        stacks[column] += 1
        told = f"{precise_date(meeting.known_by)}: {meeting.title}"
        dots.append((site_path(f"/meetings/{meeting.id}"), told, round(x, 1), y, DOT, told))
    years = [(round((year - FIRST_YEAR) * YEAR_WIDTH + YEAR_WIDTH / 2), year) for year in range(FIRST_YEAR, until + 1)]
    ticks = [((year - FIRST_YEAR) * YEAR_WIDTH, BASE - 6, BASE) for year in range(FIRST_YEAR, until + 1)]
    return format_html(
        '<svg class="line-of-time" viewBox="0 0 {0} 112" width="{0}" height="112" role="group" aria-label="{1}">'
        '<path d="M0 {2}H{0}" stroke="currentColor" stroke-width="1"></path>{3}{4}{5}</svg>',
        width,
        gettext("Meetings from 2013 to today"),
        BASE,
        format_html_join("", '<path d="M{} {}V{}" stroke="currentColor" stroke-width="1"></path>', ticks),
        format_html_join("", '<text x="{}" y="108" text-anchor="middle" font-size="12" fill="currentColor">{}</text>', years),
        format_html_join("", '<a href="{}" aria-label="{}"><circle cx="{}" cy="{}" r="{}"><title>{}</title></circle></a>', dots),
    )
