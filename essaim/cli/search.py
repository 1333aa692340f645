"""`essaim search`: both indexes, merged, as the site answers."""

from __future__ import annotations

import click


@click.command("search")
@click.argument("words")
@click.option(
    "--lang", "language", default="en", show_default=True, type=click.Choice(["en", "fr", "es"]), help="Language of titles."
)
@click.option("--kind", multiple=True, help="Only this kind (organisation, work, instrument...). May be given again.")
@click.option("--country", multiple=True, help="Only this country (ISO 3166-1 alpha-3). May be given again.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 200))
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON on a terminal too.")
def command(words: str, language: str, kind: tuple[str, ...], country: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Search everything, blind to accents and tolerant of typos.

    \b
    Examples:
      essaim search ripess
      essaim search "économie solidaire" --lang fr --kind work
      essaim search co-operatives --country SEN --json | jq .
    """
    from essaim.cli.output import is_terminal, show_json, show_rows
    from essaim.config import configuration
    from essaim.errors import ReleaseError
    from essaim.release import current
    from essaim.text import Index, Query, merge

    here = configuration()
    served = current(here.releases)
    if served is None:
        raise ReleaseError("no release is served yet", next_step="Run essaim build")
    indexes = [served.index()] + ([Index.open(here.site_index)] if here.site_index.exists() else [])
    filters = {name: chosen for name, chosen in (("kind", kind), ("country", country)) if chosen}
    query = Query(words=words, language=language, filters=filters, limit=200)
    found = merge([index.search(query) for index in indexes], limit=limit, offset=0)
    rows = [
        {"id": f"{hit.kind}:{hit.id}", "title": hit.title, "why": ", ".join(hit.why), "address": f"/{language}{hit.address}"}
        for hit in found.hits
    ]
    if as_json or not is_terminal():
        show_json({"total": found.total, "corrected": found.corrected, "facets": found.facets, "results": rows})
        return
    click.echo(f"{found.total} found" + (", none exactly: these come near" if found.corrected else ""))
    show_rows(rows, ["id", "title", "why", "address"])
