"""A small decoder of vector tiles, written apart from the encoder that it checks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Feature:
    x: int
    y: int
    tags: dict[str, Any]

    @property
    def ids(self) -> list[str]:
        return [self.tags["id"]] if "id" in self.tags else self.tags.get("ids", "").split()


def decode(content: bytes) -> list[Feature]:
    """Return the features of the layer `organisations`; every rule of the format that is broken fails an assertion."""
    layers = [dict_of(layer) for number, layer in messages(content) if number == 3]
    assert len(layers) <= 1
    return [feature for layer in layers for feature in features(layer)]


def features(layer: dict[int, list[Any]]) -> Iterator[Feature]:
    assert layer[1] == [b"organisations"]
    assert layer[15] == [2]
    assert layer[5] == [4096]
    keys = [key.decode() for key in layer[3]]
    assert len(set(keys)) == len(keys)
    values = [value_of(value) for value in layer[4]]
    for message in layer[2]:
        feature = dict_of(message)
        tags = list(numbers(feature[2][0]))
        command, x, y = numbers(feature[4][0])
        assert (feature[3], command, len(tags) % 2) == ([1], 9, 0)
        pairs = zip(tags[::2], tags[1::2], strict=True)
        yield Feature(unzigzag(x), unzigzag(y), {keys[key]: values[value] for key, value in pairs})


def value_of(message: bytes) -> str | int:
    ((number, value),) = messages(message)
    if number == 1:
        assert isinstance(value, bytes)
        return value.decode("utf-8")
    assert number == 5
    assert isinstance(value, int)
    return value


def dict_of(message: bytes) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for number, value in messages(message):
        found.setdefault(number, []).append(value)
    return found


def messages(content: bytes) -> Iterator[tuple[int, Any]]:
    place = 0
    while place < len(content):
        tag, place = number_at(content, place)
        value, place = number_at(content, place)
        if tag & 7 == 2:
            assert place + value <= len(content)
            yield tag >> 3, content[place : place + value]
            place += value
        else:
            assert tag & 7 == 0
            yield tag >> 3, value


def numbers(content: bytes) -> Iterator[int]:
    place = 0
    while place < len(content):
        value, place = number_at(content, place)
        yield value


def number_at(content: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        value |= (content[place] & 0x7F) << shift
        shift += 7
        place += 1
        if content[place - 1] < 0x80:
            return value, place


def unzigzag(value: int) -> int:
    return (value >> 1) ^ -(value & 1)
