"""JSON as packs import it."""

import json

from stormglass import wire

__all__ = ["json_encode", "json_decode", "json_loads", "try_loads"]


def json_encode(obj, indent=None, sort_keys=False):
    return json.dumps(wire.plain(obj), indent=indent, sort_keys=sort_keys)


def json_decode(data):
    return json.loads(data)


def try_loads(text):
    try:
        return json.loads(text) if text and isinstance(text, str) else text
    except ValueError:
        return text


def json_loads(obj, keys=None):
    """The same object, its values (of these keys, or all) read as JSON where they are."""
    for key in keys or list(obj):
        if key in obj:
            obj[key] = try_loads(obj[key])
    return obj
