"""Which pairs are worth scoring: keys that two records share, as data, with a cap on each key's blocks."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

# Words of all names, rarest first, of which the rarest stand for a name.
_RARE = "list_transform(all_words[:{n}], lambda x: x.t)"
# About 600 m at the equator; a record stands in its own cell of two grids shifted by half a cell.
_CELLS = """CASE WHEN longitude IS NOT NULL THEN [
    concat(floor(latitude / 0.005), ' ', floor(longitude / 0.008)),
    concat('b ', floor(latitude / 0.005 + 0.5), ' ', floor(longitude / 0.008 + 0.5))] ELSE [] END"""


@dataclass(frozen=True)
class Key:
    """One way in which two records of a thing may meet.

    Attributes:
        name: what figures call it.
        values: DuckDB expression over a row of features that gives a list of texts; nulls and empty texts are no keys.
        cap: blocks of more records than this are too common to be compared and are counted as lost; the keys that add
            a place or a further word stand in for them.
    """

    name: str
    values: str
    cap: int


def _with(words: int, value: str) -> str:
    """Return the expression for each rare word joined with a value."""
    return f"CASE WHEN {value} IS NOT NULL THEN list_transform({_RARE.format(n=words)}, lambda w: concat(w, '|', {value})) END"


KEYS: tuple[Key, ...] = (
    Key("identifier", "identifiers", 200),
    Key("domain", "[domain]", 60),
    Key("phone", "[phone]", 60),
    Key("name", "list_concat(full_name, core)", 40),
    Key("name_country", "list_transform(core, lambda x: concat(x, '|', country))", 60),
    Key("name_postcode", "list_transform(core, lambda x: concat(x, '|', postcode))", 60),
    Key("name_town", "list_transform(core, lambda x: concat(x, '|', town))", 60),
    Key("acronym", "list_concat(short, initials)", 12),
    Key("acronym_country", "list_transform(list_concat(short, initials), lambda x: concat(x, '|', country))", 30),
    Key("acronym_postcode", "list_transform(list_concat(short, initials), lambda x: concat(x, '|', postcode))", 30),
    Key("rare_word", _RARE.format(n=3), 12),
    Key("two_rare_words", "CASE WHEN len(all_words) > 1 THEN [concat(all_words[1].t, '|', all_words[2].t)] END", 30),
    Key("word_country", _with(3, "country"), 20),
    Key("word_postcode", _with(8, "postcode"), 30),
    Key("word_town", _with(8, "town"), 25),
    Key("word_street", _with(8, "street"), 30),
    Key("street_postcode", "[CASE WHEN len(street) > 6 THEN concat(street, '|', postcode) END]", 12),
    Key(
        "word_cell",
        f"flatten(list_transform({_CELLS}, lambda c: list_transform({_RARE.format(n=6)}, lambda w: concat(c, '|', w))))",
        30,
    ),
    Key("start_postcode", "list_transform(spelled, lambda x: concat(x[:5], '|', postcode))", 30),
    Key("start_town", "list_transform(spelled, lambda x: concat(x[:6], '|', town))", 25),
)


def block(connection: duckdb.DuckDBPyConnection, keys: tuple[Key, ...] = KEYS) -> dict[str, dict[str, int]]:
    """Write the table `candidate` of pairs (left_id < right_id) that share a key.

    Args:
        connection: holds the table `feature`.
        keys: the keys.

    Returns:
        Key name to counts: blocks used, blocks lost to the cap, and the records in lost blocks.
    """
    connection.execute("CREATE OR REPLACE TEMP TABLE key (name VARCHAR, value VARCHAR, unique_id BIGINT)")
    for key in keys:
        connection.execute(
            f"""INSERT INTO key SELECT '{key.name}', value, unique_id FROM (
                SELECT DISTINCT unique_id, unnest({key.values}) AS value FROM feature) WHERE value <> ''"""
        )
    caps = ", ".join(f"('{key.name}', {key.cap})" for key in keys)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE bucket AS
            SELECT name, value, count(*) AS size, count(*) <= any_value(cap) AS is_used
            FROM key JOIN (VALUES {caps}) AS caps (name, cap) USING (name) GROUP BY name, value HAVING count(*) > 1"""
    )
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE candidate AS SELECT DISTINCT a.unique_id AS left_id, b.unique_id AS right_id
           FROM key a JOIN bucket USING (name, value) JOIN key b USING (name, value)
           WHERE is_used AND a.unique_id < b.unique_id"""
    )
    counts = connection.execute(
        """SELECT name, count(*) FILTER (is_used), count(*) FILTER (NOT is_used), coalesce(sum(size) FILTER (NOT is_used), 0)
           FROM bucket GROUP BY name ORDER BY name"""
    ).fetchall()
    return {name: {"blocks": used, "lost_blocks": lost, "lost_records": int(records)} for name, used, lost, records in counts}
