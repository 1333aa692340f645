"""`essaim show`: one thing, with every value and its sources."""

from __future__ import annotations

from typing import Any

import click


@click.command("show")
@click.argument("key", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON on a terminal too.")
def command(key: tuple[str, ...], as_json: bool) -> None:
    """Show one thing by its lasting id, its record key or its readable id.

    \b
    Examples:
      essaim show ripess
      essaim show organisations:ripess
      essaim show network ripess --json
    """
    from essaim.cli.output import is_terminal, show_json
    from essaim.config import configuration
    from essaim.errors import ReleaseError
    from essaim.release import current

    served = current(configuration().releases)
    if served is None:
        raise ReleaseError("no release is served yet", next_step="Run essaim build")
    *kinds, name = key
    asked = {"network": "organisation"}.get(kinds[0], kinds[0]) if kinds else ""
    page = next((found for kind in ([asked] if asked else ["organisation", "work"]) if (found := served.page(kind, name))), None)
    if page is None:
        raise click.UsageError(f"nothing in release {served.number} answers to {name!r}; try: essaim search {name!r}")
    if page["kind"] == "organisation" and page["members_total"]:
        page["members"] = served.members(page["id"], limit=10_000)[0]
    if as_json or not is_terminal():
        show_json(page)
    else:
        _print(page)


def _print(page: dict[str, Any]) -> None:
    for language, title in page["titles"].items():
        click.echo(f"{title}  [{language}]")
    click.echo(f"{page['kind']} {page['id']}  ({', '.join(page['record_keys'])})")
    for answer in page.get("classifications", ()):
        click.echo(
            f"is it SSE, {answer['framework']}: {answer['answer']} ({', '.join(reason['code'] for reason in answer['reasons'])})"
        )
    for name, values in page["values"].items():
        for value in values:
            dates = " ".join(part for part in (value["since"], value["until"]) if part)
            marks = "".join(f"[{number}]" for number in value["sources"])
            sure = "" if value["certainty"] == "sourced" else f" {value['certainty']}"
            click.echo(f"  {name}: {value['value']} {value['unit']} {dates}{sure} {marks}".replace("  ", " ").rstrip())
    for membership in page.get("memberships", ()):
        click.echo(f"  member of: {next(iter(membership['other']['titles'].values()), membership['other']['id'])}")
    for source in page["sources"]:
        links = ", ".join(seen["url"] + ("" if seen["is_shown"] else " (kept as evidence)") for seen in source["evidence"])
        click.echo(f"[{source['number']}] {source['source_id']}, {source['position']}, {source['licence']} {links}")
