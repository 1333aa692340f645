"""What a score may not decide: pairs that rules keep apart, each with its reason's code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_SITES = frozenset({"site"})
_NETWORKS = frozenset({"network", "federation"})
# Outcomes of the comparison `name` that say the two bear one name, whatever else they bear.
_SAME_NAME = frozenset({"same_rare_full_name", "same_rare_words", "same_common_full_name", "same_common_words"})
_ALIKE = frozenset({"nearly_same_spelling", "nearly_same_words", "one_begins_the_other", "one_holds_the_other"})
# What is often housed with the organisation whose name it bears, and is not that organisation.
_ARMS_AT_ONE_ADDRESS = frozenset({"foundation", "friends", "sport", "club", "housing", "trading", "mutual"})
_NEAR = frozenset({"same_street_and_town", "same_street", "within_150_m", "same_postcode", "within_2_km", "same_town"})

# Pairs that these codes mark are not merged for their own sake, but are not enemies.
NOT_ALONE = frozenset({"one_source_unsure"})


def kept_apart(left: Mapping[str, Any], right: Mapping[str, Any], outcomes: Mapping[str, str]) -> str:
    """Return the code of the rule that keeps a pair apart, or empty text.

    Args:
        left: one row of features.
        right: the other row.
        outcomes: comparison to its outcome for this pair.

    Returns:
        identifiers_clash: both have an identifier of one scheme, and none is the same.
        kinds_differ: one is a site, the other a body.
        one_source: one source lists both, and neither an identifier nor name and place (or domain) are the same.
        one_source_unsure: the same, but domain or phone is the same: the two may still meet through a third record.
        arm_or_branch: the name of one is the other's with the words of an arm or a place, and nothing else agrees.
        network_and_member: one is a network, the other none; they share words but not a name.
    """
    if outcomes["identifier"] == "same":
        return ""
    if outcomes["identifier"] == "clash":
        return "identifiers_clash"
    if (left["kind"] in _SITES) != (right["kind"] in _SITES):
        return "kinds_differ"
    if left["source_id"] == right["source_id"] and not _is_listed_twice(outcomes):
        reached = outcomes["domain"] == "same" or outcomes["phone"] == "same"
        return "one_source_unsure" if reached else "one_source"
    if outcomes["name"] in _SAME_NAME:
        return ""
    if _is_arm_or_branch(left, right, outcomes):
        return "arm_or_branch"
    if (left["kind"] in _NETWORKS) != (right["kind"] in _NETWORKS) and not _agree_elsewhere(outcomes):
        return "network_and_member"
    return ""


def _is_listed_twice(outcomes: Mapping[str, str]) -> bool:
    """Tell whether name and place (or contact) are the same, or two contacts are and the names are alike."""
    agreeing = sum((outcomes["house"] == "same", outcomes["domain"] == "same", outcomes["phone"] == "same"))
    if outcomes["name"] in _SAME_NAME:
        return agreeing > 0 or outcomes["place"] in _NEAR
    return agreeing > 1 and outcomes["name"] in _ALIKE


def _agree_elsewhere(outcomes: Mapping[str, str]) -> bool:
    return outcomes["domain"] == "same" or outcomes["phone"] == "same" or outcomes["house"] in ("same", "alike")


def _is_arm_or_branch(left: Mapping[str, Any], right: Mapping[str, Any], outcomes: Mapping[str, str]) -> bool:
    """Tell whether the names differ by an arm or a place, with no contact or town that speaks for one thing."""
    if outcomes["domain"] == "same" or outcomes["phone"] == "same":
        return False
    if outcomes["place"] not in _NEAR and outcomes["place_in_name"] in ("only_one", "different"):
        return True
    arms = set(left["arms"].split()) ^ set(right["arms"].split())
    if outcomes["place"] in _NEAR:
        arms &= _ARMS_AT_ONE_ADDRESS
    return bool(arms) and _one_holds_other(left["words"], right["words"])


def _one_holds_other(left: list[list[Mapping[str, Any]]], right: list[list[Mapping[str, Any]]]) -> bool:
    """Tell whether the words of one name are all among those of the other, which has more."""
    ours, theirs = [{word["t"] for word in name} for name in left], [{word["t"] for word in name} for name in right]
    return any(a < b or b < a for a in ours for b in theirs)
