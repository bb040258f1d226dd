"""Moments as ISO 8601 text."""

import datetime
import re

__all__ = ["format", "validate", "parse"]

_TEXT = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?(Z|[+-]\d{2}(?::?\d{2})?)?"
)


def format(dt, usec=True, offset=True):
    """The moment in UTC, with microseconds and offset unless told otherwise. Takes a datetime or nanoseconds."""
    if isinstance(dt, int):
        dt = datetime.datetime.fromtimestamp(dt / 1e9, datetime.timezone.utc)
    if dt.tzinfo is None:
        dt = dt.replace(tzinfo=datetime.timezone.utc)
    text = dt.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S" + (".%f" if usec else ""))
    return text + ("Z" if offset else "")


def validate(value, raise_exception=True):
    if _TEXT.fullmatch(value):
        return True
    if raise_exception:
        raise ValueError("%s is not a date in ISO 8601" % value)
    return False


def parse(value):
    """A moment in UTC."""
    match = _TEXT.fullmatch(value.strip())
    if not match:
        raise ValueError("%s is not a date in ISO 8601" % value)
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    moment = datetime.datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0),
                               int((fraction or "0").ljust(6, "0")[:6]), tzinfo=datetime.timezone.utc)
    return moment - _offset(zone)


def _offset(zone):
    if zone in (None, "Z"):
        return datetime.timedelta()
    digits = zone[1:].replace(":", "").ljust(4, "0")
    amount = datetime.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -amount if zone[0] == "-" else amount
