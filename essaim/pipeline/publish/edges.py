"""Memberships between organisations: each edge once, with every source, its dates, and what is odd about it told."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from essaim.model.record import Aside
from essaim.model.record_key import source_of
from essaim.model.statement import Statement
from essaim.pipeline.normalise.record import Record
from essaim.pipeline.publish.inputs import Published

Page = dict[str, Any]


class Edges:
    """The memberships of a release.

    Attributes:
        edges: one mapping an edge: member_id, network_id, role, dates, certainty, note, the records that say so.
        asides: membership records that could not be used.
        cycles: networks that are members of each other, directly or through others, as sorted lists of lasting ids.
    """

    def __init__(self, published: Published) -> None:
        self.published = published
        self.edges: list[Page] = []
        self.asides: list[Aside] = []
        for key, record in published.records.items():
            if record.kind == "membership":
                self._add(key, record)
        self.cycles = find_cycles([(edge["member_id"], edge["network_id"]) for edge in self.edges])

    def _add(self, key: str, record: Record) -> None:
        said = {statement.property: statement for statement in reversed(record.statements)}
        ends = {name: self._resolve(record, said.get(name)) for name in ("member", "network")}
        if None in ends.values():
            missing = ", ".join(
                f"{name} {said[name].value if name in said else ''}".strip() for name, id in ends.items() if id is None
            )
            self.asides.append(_aside(record, "membership_unknown_end", {"found": missing}))
        elif ends["member"] == ends["network"]:
            self.asides.append(_aside(record, "membership_of_itself", {"found": said["member"].value}))
        else:
            self.edges.append(self._edge(key, record, said, str(ends["member"]), str(ends["network"])))

    def _resolve(self, record: Record, said: Statement | None) -> str | None:
        return self.published.clusters.get(said.value) if said is not None else None

    def _edge(self, key: str, record: Record, said: dict[str, Statement], member: str, network: str) -> Page:
        def value(name: str) -> str:
            return said[name].value if name in said else ""

        doubted = [statement for statement in record.statements if statement.certainty != "sourced"]
        return {
            "membership_key": key,
            "member_id": member,
            "network_id": network,
            "role": value("role") or "member",
            "since": value("since"),
            "until": value("until"),
            "seen": value("seen"),
            "certainty": doubted[0].certainty.value if doubted else "sourced",
            "note": value("note"),
            "evidence": record.evidence[0].url if record.evidence else "",
            "is_evidence_shown": record.evidence[0].is_shown if record.evidence else True,
            "record": record,
        }

    def add_to(self, pages: dict[str, Page]) -> dict[str, list[Page]]:
        """Write the networks above into each page; return network id -> the members below, by title."""
        below: dict[str, list[Page]] = defaultdict(list)
        for edge in self.edges:
            member, network = pages[edge["member_id"]], pages[edge["network_id"]]
            member["memberships"].append(self._told(edge, "in", network, member))
            below[edge["network_id"]].append(self._told(edge, "has", member, None))
        for page in pages.values():
            page["memberships"].sort(key=lambda told: (told["other"]["slug"], told["role"]))
        for network_id, told in below.items():
            told.sort(key=lambda one: (one["other"]["slug"], one["role"]))
            pages[network_id]["members_total"] = len({one["other"]["id"] for one in told})
        return below

    def _told(self, edge: Page, direction: str, other: Page, page: Page | None) -> Page:
        record: Record = edge["record"]
        source: Page = {
            "source_id": source_of(record.key),
            "record_id": record.key.partition(":")[2],
            "source_title": self.published.by_id[source_of(record.key)].source.title,
            "position": record.position,
            "evidence": [{"url": seen.url, "is_shown": seen.is_shown} for seen in record.evidence],
            "licence": self.published.by_id[source_of(record.key)].source.licence.id,
            "gathered": self.published.by_id[source_of(record.key)].day,
        }
        numbers = []
        if page is not None:
            source["number"] = len(page["sources"]) + 1
            page["sources"].append(source)
            numbers = [source["number"]]
        return {
            "direction": direction,
            "other": {"id": other["id"], "slug": other["slug"], "titles": other["titles"]},
            **{name: edge[name] for name in ("role", "since", "until", "seen", "certainty", "note")},
            "sources": numbers,
            "source": source,
        }


def _aside(record: Record, code: str, parameters: dict[str, str]) -> Aside:
    fields = {statement.property: statement.value for statement in record.statements}
    return Aside(source_of(record.key), record.position, code, parameters, fields)


def find_cycles(edges: list[tuple[str, str]]) -> list[list[str]]:
    """Return the groups of networks that reach themselves by going up (strongly connected parts), each sorted.

    Iterative form of Tarjan's algorithm, so that deep chains cannot exhaust the stack.
    """
    above: dict[str, list[str]] = defaultdict(list)
    for member, network in edges:
        above[member].append(network)
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    cycles = []
    for start in sorted(above):
        if start in order:
            continue
        work = [(start, iter(above[start]))]
        order[start] = low[start] = len(order)
        stack.append(start)
        on_stack.add(start)
        while work:
            node, rest = work[-1]
            following = next((other for other in rest if other not in order or other in on_stack), None)
            if following is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == order[node]:
                    part = []
                    while True:
                        part.append(stack.pop())
                        on_stack.discard(part[-1])
                        if part[-1] == node:
                            break
                    if len(part) > 1:
                        cycles.append(sorted(part))
            elif following in on_stack:
                low[node] = min(low[node], order[following])
            else:
                order[following] = low[following] = len(order)
                stack.append(following)
                on_stack.add(following)
                work.append((following, iter(above.get(following, ()))))
    return cycles
