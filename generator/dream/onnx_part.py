"""The part of an ONNX model that some of its outputs need, as a model of its own.

ONNX Runtime runs all nodes of a model, whatever outputs are asked for: of 5.6 ms that a dream takes, judging
what it holds would need 2. (measured; `RunOptions.only_execute_path_to_fetches` changes nothing in the builds
that are published.) Field numbers: onnx.proto3 of ONNX, github.com/onnx/onnx.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from .onnx_guard import SuspectFile, fields_of

_GRAPH = 7
"""The field of a model."""
_NODE, _INITIALIZER, _OUTPUT, _VALUE_INFO = 1, 5, 12, 13
"""Fields of a graph; all others are kept."""
_NODE_INPUT, _NODE_OUTPUT, _NODE_ATTRIBUTE = 1, 2, 5
_ATTRIBUTE_GRAPH, _ATTRIBUTE_GRAPHS = 6, 11
_TENSOR_NAME, _VALUE_NAME = 8, 1
_LENGTH = 2
"""The wire type of all of these."""


def part(data: bytes, outputs: Collection[str]) -> bytes | None:
    """The model in these bytes with only these outputs, and only the nodes and weights that they need.

    None for a model whose nodes have graphs within them: what those need is not said by their inputs. The
    bytes must have passed `onnx_guard.inspect`.
    """
    parts: list[bytes] = []
    for number, first, last, whole in _parts(data, 0, len(data)):
        if number != _GRAPH:
            parts.append(whole)
            continue
        graph = _needed(data, first, last, outputs)
        if graph is None:
            return None
        parts.append(_key(_GRAPH) + _varint(len(graph)) + graph)
    return b"".join(parts)


def _needed(data: bytes, start: int, end: int, outputs: Collection[str]) -> bytes | None:
    """The contents of a graph, cut down; see `part`."""
    makers: dict[str, tuple[int, list[str]]] = {}  # of a value: the number of its node, and what that needs
    nodes = 0
    for number, first, last, _ in _parts(data, start, end):
        if number != _NODE:
            continue
        inputs, made = _texts(data, first, last, _NODE_INPUT), _texts(data, first, last, _NODE_OUTPUT)
        if _has_graph(data, first, last):
            return None
        makers |= dict.fromkeys(made, (nodes, inputs))
        nodes += 1
    used, todo, kept = set(outputs), list(outputs), set[int]()
    while todo:
        node, inputs = makers.get(todo.pop(), (-1, []))
        kept.add(node)
        todo += [name for name in inputs if name not in used]
        used.update(inputs)
    left, node = [], -1
    for number, first, last, whole in _parts(data, start, end):
        if number == _NODE:
            node += 1
            keep = node in kept
        elif number == _INITIALIZER:
            keep = not used.isdisjoint(_texts(data, first, last, _TENSOR_NAME))
        elif number == _OUTPUT:
            keep = not set(outputs).isdisjoint(_texts(data, first, last, _VALUE_NAME))
        else:
            keep = number != _VALUE_INFO
        if keep:
            left.append(whole)
    return b"".join(left)


def _has_graph(data: bytes, start: int, end: int) -> bool:
    """Whether a node has a graph within it."""
    return any(
        inner in (_ATTRIBUTE_GRAPH, _ATTRIBUTE_GRAPHS)
        for number, first, last, _ in _parts(data, start, end)
        if number == _NODE_ATTRIBUTE
        for inner, *_ in _parts(data, first, last)
    )


def _texts(data: bytes, start: int, end: int, wanted: int) -> list[str]:
    """The texts in a field of a message; "" stands for what is left out."""
    return [
        data[first:last].decode("utf-8", "replace")
        for number, first, last, _ in _parts(data, start, end)
        if number == wanted
    ]


def _parts(data: bytes, start: int, end: int) -> Iterator[tuple[int, int, int, bytes]]:
    """Field number, where its content lies, and all bytes of the field, key included. Content is that of
    messages and texts; of numbers it is empty."""
    at = start
    for number, wire_type, first, last in fields_of(data, start, end):
        inside = (first, last) if wire_type == _LENGTH else (last, last)
        yield number, *inside, data[at:last]
        at = last
    if at != end:
        raise SuspectFile("cut off, or not an ONNX file")


def _key(number: int) -> bytes:
    return _varint(number << 3 | _LENGTH)


def _varint(value: int) -> bytes:
    """An integer, base 128, the lowest digits first."""
    digits = bytearray()
    while value > 0x7F:
        digits.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*digits, value])
