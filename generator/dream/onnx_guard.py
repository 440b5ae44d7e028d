"""The guard of ONNX files: looks into a stranger's file before ONNX Runtime opens it.

External data makes the runtime open any path that the file names, and operators of a foreign domain make it
load foreign code. Both are refused. The `onnx` package could tell, but players do not have it, and the
protobuf wire format is small enough to walk (https://protobuf.dev/programming-guides/encoding). Field
numbers: onnx.proto3 of ONNX, github.com/onnx/onnx. How large a file may be is said in network.py.
"""

from __future__ import annotations

from collections.abc import Iterator

OWN_DOMAINS = frozenset({"", "ai.onnx"})
"""Domains of the standard's own operators; all others are foreign."""
MAX_DEPTH = 24
"""Deepest nesting of messages (a graph within a node within a graph ...) in a file that is not refused."""
MAX_FIELDS = 1 << 19
"""Most fields of a file that is not refused; a DCGAN has some thousands."""

_NESTED: dict[str, dict[int, str]] = {
    "model": {7: "graph", 8: "opset", 20: "training", 25: "function"},
    "training": {1: "graph", 2: "graph"},
    "graph": {1: "node", 5: "tensor", 15: "sparse"},
    "function": {7: "node", 9: "opset", 11: "attribute"},
    "node": {5: "attribute"},
    "attribute": {5: "tensor", 6: "graph", 10: "tensor", 11: "graph", 22: "sparse", 23: "sparse"},
    "sparse": {1: "tensor", 2: "tensor"},
    "tensor": {},
    "opset": {},
}
"""The messages within messages: kind -> {field number: kind of the message in it}."""
_DOMAIN_FIELD = {"node": 7, "function": 10, "opset": 1}
_GRAPH_FIELD, _METADATA_FIELD = 7, 14
_EXTERNAL_DATA_FIELD, _DATA_LOCATION_FIELD = 13, 14
"""Field numbers of a tensor."""
_VARINT, _FIXED64, _LENGTH, _FIXED32 = 0, 1, 2, 5
"""Wire types."""


class SuspectFile(ValueError):
    """What is wrong with the bytes, in a few words."""


def inspect(data: bytes) -> None:
    """Raises SuspectFile where the bytes are no ONNX model, or one that needs anything outside of its
    file."""
    fields = 0
    has_graph = False
    stack = [("model", 0, len(data), 0)]
    while stack:
        kind, start, end, depth = stack.pop()
        if depth > MAX_DEPTH:
            raise SuspectFile("nested too deeply")
        for number, wire_type, first, last in fields_of(data, start, end):
            fields += 1
            if fields > MAX_FIELDS:
                raise SuspectFile("far too many parts")
            if kind == "tensor" and (
                number == _EXTERNAL_DATA_FIELD or (number == _DATA_LOCATION_FIELD and first != 0)
            ):
                raise SuspectFile("keeps weights outside of the file (external data)")
            if wire_type != _LENGTH:
                continue
            if number == _DOMAIN_FIELD.get(kind):
                domain = data[first:last].decode("utf-8", "replace")
                if domain not in OWN_DOMAINS:
                    raise SuspectFile(f"uses operators of a foreign domain ({printable(domain)})")
            nested = _NESTED[kind].get(number)
            if nested is not None:
                has_graph |= kind == "model" and number == _GRAPH_FIELD
                stack.append((nested, first, last, depth + 1))
    if not has_graph:
        raise SuspectFile("not an ONNX file")


def metadata(data: bytes) -> dict[str, str]:
    """The metadata of an ONNX file, untrusted text. Raises SuspectFile for other bytes."""
    found = {}
    for count, (number, wire_type, first, last) in enumerate(fields_of(data, 0, len(data))):
        if count > MAX_FIELDS:
            raise SuspectFile("far too many parts")
        if number == _METADATA_FIELD and wire_type == _LENGTH:
            entry = {key: data[a:b] for key, kind, a, b in fields_of(data, first, last) if kind == _LENGTH}
            name, value = (entry.get(key, b"").decode("utf-8", "replace") for key in (1, 2))
            found[name] = value
    return found


def printable(text: str, length: int = 40) -> str:
    """Untrusted text, shortened, with nothing in it that could move a terminal's cursor or break the line."""
    clean = "".join(c if c.isprintable() else "?" for c in text[: length + 1])
    return clean if len(text) <= length else clean[:length] + "..."


def fields_of(data: bytes, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """Field number, wire type, and where the content of each field lies (first, last); for a varint its value
    instead of first."""
    at = start
    while at < end:
        key, at = _varint(data, at, end)
        number, wire_type = key >> 3, key & 7
        if wire_type == _VARINT:
            value, at = _varint(data, at, end)
            yield number, wire_type, value, at
            continue
        if wire_type == _LENGTH:
            size, at = _varint(data, at, end)
        elif wire_type in (_FIXED32, _FIXED64):
            size = 4 if wire_type == _FIXED32 else 8
        else:
            raise SuspectFile("not an ONNX file")
        if number == 0:
            raise SuspectFile("not an ONNX file")
        if at + size > end:
            raise SuspectFile("cut off, or not an ONNX file")
        yield number, wire_type, at, at + size
        at += size


def _varint(data: bytes, at: int, end: int) -> tuple[int, int]:
    """A base-128 integer, and where the next byte lies. Raises SuspectFile."""
    value = shift = 0
    while at < end and shift < 70:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
    raise SuspectFile("cut off, or not an ONNX file")
