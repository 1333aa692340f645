"""What is compared in a pair, and the outcomes each comparison can have, best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

# DuckDB macros that the outcomes below use; they are given to a connection before Splink reads the model.
MACROS: tuple[str, ...] = (
    "shared_weight(a, b) AS coalesce(list_sum(list_transform(list_intersect(a, b), lambda x: x.w)), 0)",
    "total_weight(a) AS coalesce(list_sum(list_transform(a, lambda x: x.w)), 0)",
    "overlap(a, b) AS shared_weight(a, b) / greatest(total_weight(a), total_weight(b), 0.001)",
    """best_overlap(a, b) AS list_max(flatten(list_transform(a, lambda x: list_transform(b, lambda y: overlap(x, y)))))""",
    """best_spelling(a, b) AS list_max(flatten(list_transform(a,
        lambda x: list_transform(b, lambda y: jaro_winkler_similarity(x, y)))))""",
    "holds(a, b) AS len(b) > 1 AND len(list_intersect(a, b)) = len(b)",
    """one_holds_other(a, b) AS list_max(flatten(list_transform(a,
        lambda x: list_transform(b, lambda y: CASE WHEN holds(x, y) OR holds(y, x) THEN 1 ELSE 0 END)))) = 1""",
    """starts_other(a, b) AS list_max(flatten(list_transform(a, lambda x: list_transform(b,
        lambda y: CASE WHEN least(len(x), len(y)) > 7 AND (starts_with(x, y) OR starts_with(y, x)) THEN 1 ELSE 0 END)))) = 1""",
    "rarest_shared(a, b) AS coalesce(list_min(list_transform(list_intersect(a, b), lambda x: x.n)), 1000000000)",
    """nearly_same_identifier(a, b) AS coalesce(list_max(flatten(list_transform(a, lambda x: list_transform(b,
        lambda y: CASE WHEN len(x) > 8 AND damerau_levenshtein(x, y) = 1 THEN 1 ELSE 0 END)))) = 1, false)""",
    # DuckDB's `least` passes over nulls, hence the CASE: two records without a point are not half a world apart.
    """kilometres(x1, y1, x2, y2) AS CASE WHEN x1 IS NOT NULL AND x2 IS NOT NULL THEN 12742 * asin(sqrt(least(1,
        pow(sin(radians(y2 - y1) / 2), 2) + cos(radians(y1)) * cos(radians(y2)) * pow(sin(radians(x2 - x1) / 2), 2)))) END""",
)
_SAME_NAME = "list_has_any(core_l, core_r)"
_ELSEWHERE = "(town_l <> town_r OR kilometres(longitude_l, latitude_l, longitude_r, latitude_r) >= 20)"
_KILOMETRES = "kilometres(longitude_l, latitude_l, longitude_r, latitude_r)"


@dataclass(frozen=True)
class Outcome:
    """One outcome of a comparison.

    Attributes:
        name: its code, shown as a sentence by the catalogues.
        condition: DuckDB condition over the two rows of features (`_l`, `_r`).
        is_silent: True when it says nothing (a value is missing): its weight is nought and is not learnt.
        leaning: 1 when its weight may not speak against, -1 when it may not speak for one thing, 0 when it is free.
    """

    name: str
    condition: str
    is_silent: bool = False
    leaning: int = 0


@dataclass(frozen=True)
class Comparison:
    """One comparison: its outcomes are tried in order, and what fits none is `otherwise`, which leans against."""

    name: str
    outcomes: tuple[Outcome, ...]
    otherwise: str = "different"


def _missing(*columns: str) -> Outcome:
    parts = [f"{column}_{side} IS NULL" for column in columns for side in "lr"]
    return Outcome("unknown", " OR ".join(parts), is_silent=True)


def _empty(*lists: str) -> Outcome:
    parts = [f"len({column}_{side}) = 0" for column in lists for side in "lr"]
    return Outcome("unknown", " OR ".join(parts), is_silent=True)


COMPARISONS: tuple[Comparison, ...] = (
    Comparison(
        "name",
        (
            _empty("full_name"),
            Outcome("same_rare_full_name", "list_has_any(full_name_rare_l, full_name_rare_r)", leaning=1),
            Outcome("same_rare_words", "list_has_any(core_rare_l, core_rare_r)", leaning=1),
            Outcome("same_common_full_name", "list_has_any(full_name_l, full_name_r)", leaning=1),
            Outcome("same_common_words", "list_has_any(core_l, core_r)", leaning=1),
            Outcome("nearly_same_spelling", "best_spelling(spelled_l, spelled_r) >= 0.95", leaning=1),
            Outcome("nearly_same_words", "best_overlap(words_l, words_r) >= 0.8", leaning=1),
            Outcome("one_begins_the_other", "starts_other(spelled_l, spelled_r)"),
            Outcome("one_holds_the_other", "one_holds_other(words_l, words_r)"),
            Outcome("close_spelling", "best_spelling(spelled_l, spelled_r) >= 0.88"),
            Outcome("many_shared_words", "best_overlap(words_l, words_r) >= 0.5"),
            Outcome("some_shared_words", "best_overlap(words_l, words_r) >= 0.2"),
        ),
    ),
    Comparison(
        "rarest_shared_word",
        (
            _empty("all_words"),
            Outcome("borne_by_two", "rarest_shared(all_words_l, all_words_r) <= 2", leaning=1),
            Outcome("borne_by_few", "rarest_shared(all_words_l, all_words_r) <= 6"),
            Outcome("borne_by_some", "rarest_shared(all_words_l, all_words_r) <= 20"),
            Outcome("borne_by_many", "rarest_shared(all_words_l, all_words_r) < 1000000000"),
        ),
        otherwise="none_shared",
    ),
    Comparison(
        "acronym",
        (
            Outcome("same", "list_has_any(short_l, short_r)", leaning=1),
            Outcome("initials_of_the_other", "list_has_any(short_l, initials_r) OR list_has_any(initials_l, short_r)", leaning=1),
            _empty("short"),
        ),
    ),
    Comparison("arm", (Outcome("same", "arms_l = arms_r", is_silent=True),)),
    Comparison(
        "place_in_name",
        (
            Outcome("none", "len(places_l) = 0 AND len(places_r) = 0", is_silent=True),
            Outcome("same", "list_has_any(places_l, places_r)", leaning=1),
            Outcome(
                "town_of_the_other",
                "(len(places_l) = 0 OR len(places_r) = 0) AND "
                "(list_contains(places_l, town_r) OR list_contains(places_r, town_l))",
                leaning=1,
            ),
            Outcome("only_one", "len(places_l) = 0 OR len(places_r) = 0", leaning=-1),
        ),
    ),
    Comparison(
        "legal_form",
        (_empty("legal_class"), Outcome("same", "list_has_any(legal_class_l, legal_class_r)", leaning=1)),
    ),
    Comparison(
        "place",
        (
            Outcome(
                "same_street_and_town",
                "street_l = street_r AND len(street_l) > 5 AND (town_l = town_r OR postcode_l = postcode_r)",
                leaning=1,
            ),
            Outcome("same_street", "street_l = street_r AND len(street_l) > 5", leaning=1),
            Outcome("within_150_m", f"{_KILOMETRES} < 0.15", leaning=1),
            Outcome("same_postcode", "postcode_l = postcode_r AND country_l = country_r", leaning=1),
            Outcome("within_2_km", f"{_KILOMETRES} < 2", leaning=1),
            Outcome("same_town", "town_l = town_r", leaning=1),
            Outcome("within_20_km", f"{_KILOMETRES} < 20"),
            Outcome("other_town", "town_l <> town_r", leaning=-1),
            Outcome("further_than_20_km", f"{_KILOMETRES} >= 20", leaning=-1),
            Outcome("other_postcode", "postcode_l <> postcode_r", leaning=-1),
        ),
        otherwise="unknown",
    ),
    Comparison(
        "same_name_elsewhere",
        (
            Outcome("rare_name", f"{_SAME_NAME} AND {_ELSEWHERE} AND rarest_shared(all_words_l, all_words_r) <= 6", leaning=-1),
            Outcome("usual_name", f"{_SAME_NAME} AND {_ELSEWHERE}", leaning=-1),
        ),
        otherwise="no",
    ),
    Comparison(
        "house",
        (
            _missing("street"),
            Outcome("same", "street_l = street_r", leaning=1),
            Outcome("alike", "jaro_winkler_similarity(street_l, street_r) >= 0.9", leaning=1),
        ),
    ),
    Comparison("country", (_missing("country"), Outcome("same", "country_l = country_r", is_silent=True))),
    Comparison("domain", (_missing("domain"), Outcome("same", "domain_l = domain_r", leaning=1))),
    Comparison("phone", (_missing("phone"), Outcome("same", "phone_l = phone_r", leaning=1))),
    Comparison(
        "identifier",
        (
            Outcome("same", "list_has_any(identifiers_l, identifiers_r)", leaning=1),
            Outcome("one_sign_apart", "nearly_same_identifier(identifiers_l, identifiers_r)"),
            Outcome("clash", "list_has_any(schemes_l, schemes_r)", leaning=-1),
        ),
        otherwise="unknown",
    ),
    Comparison("source", (Outcome("another", "source_id_l <> source_id_r", is_silent=True),), otherwise="same"),
)
# `otherwise` says nothing either in these: what fits no outcome has a value missing.
SILENT_OTHERWISE = frozenset({"place", "identifier", "same_name_elsewhere"})


def outcomes(comparison: Comparison) -> list[Outcome]:
    """Return every outcome of a comparison, the last one included, in the order they are tried."""
    return [*comparison.outcomes, Outcome(comparison.otherwise, "ELSE", comparison.name in SILENT_OTHERWISE, -1)]


def level_value(comparison: Comparison, index: int) -> int:
    """Return Splink's number of an outcome: the last is 0, the first the greatest."""
    return len(comparison.outcomes) - index


def splink_settings(weights: Sequence[Sequence[float]], prior: float) -> dict[str, Any]:
    """Write the settings that Splink scores with.

    A weight w becomes m = 2^w / (1 + 2^w) and u = 1 / (1 + 2^w): only their ratio enters a score.

    Args:
        weights: for each comparison the weight of each outcome, in bits (log2), in the order of `outcomes`.
        prior: the probability that a candidate pair is one thing before anything is compared.
    """
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "unique_id",
        "probability_two_random_records_match": prior,
        "blocking_rules_to_generate_predictions": ["l.record_key = r.record_key"],
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": False,
        "comparisons": [_comparison(one, bits) for one, bits in zip(COMPARISONS, weights, strict=True)],
    }


def _comparison(comparison: Comparison, weights: Sequence[float]) -> dict[str, Any]:
    levels = [
        {
            "sql_condition": outcome.condition,
            "label_for_charts": outcome.name,
            "m_probability": 2.0**bits / (1 + 2.0**bits),
            "u_probability": 1 / (1 + 2.0**bits),
        }
        for outcome, bits in zip(outcomes(comparison), weights, strict=True)
    ]
    return {"output_column_name": comparison.name, "comparison_levels": levels}
