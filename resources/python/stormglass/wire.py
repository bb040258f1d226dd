"""JSON lines over descriptors, and the conversion of what pack code returns into JSON."""

import dataclasses
import datetime
import enum
import json
import math
import os
import uuid

READ_SIZE = 65536


class LineReader:
    """Lines of a descriptor, as bytes without their ends. An unfinished last line counts as none."""

    def __init__(self, descriptor):
        self._descriptor = descriptor
        self._buffer = bytearray()

    def read(self):
        """The next line, or None at the end."""
        searched = 0
        while True:
            end = self._buffer.find(b"\n", searched)
            if end >= 0:
                line = bytes(self._buffer[:end])
                del self._buffer[: end + 1]
                return line
            searched = len(self._buffer)
            chunk = os.read(self._descriptor, READ_SIZE)
            if not chunk:
                return None
            self._buffer += chunk


def write_all(descriptor, data):
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view):]


def encode(value):
    """One line of JSON. What UTF-8 cannot carry (lone surrogates) is replaced."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode("utf-8", "replace") + b"\n"


def plain(value):
    """A value as JSON can carry it: times in ISO 8601, UUIDs as text, enums by value, data classes as objects, NaN as
    null. TypeError for anything else, and for keys that are not text."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, enum.Enum):
        return plain(value.value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        for key in value:
            if not isinstance(key, str):
                raise TypeError("a key must be text, not %s" % type(key).__name__)
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return _plain_object(value)


def _plain_object(value):
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return plain(dataclasses.asdict(value))
    raise TypeError("%s cannot be written as JSON" % type(value).__name__)


def plain_at_any_price(value):
    """The same, but what JSON cannot carry becomes text: for payloads of events, which must not be lost."""
    if isinstance(value, dict):
        return {key if isinstance(key, str) else str(key): plain_at_any_price(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain_at_any_price(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return [plain_at_any_price(item) for item in value]
    if isinstance(value, (bytes, bytearray)):
        return bytes(value).decode("utf-8", "replace")
    try:
        return plain(value)
    except TypeError:
        return str(value)
