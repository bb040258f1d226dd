"""Moments in UTC."""

import datetime

__all__ = ["get_datetime_utc_now", "add_utc_tz", "convert_to_utc", "parse"]


def get_datetime_utc_now():
    return datetime.datetime.now(datetime.timezone.utc)


def add_utc_tz(dt):
    """The same wall clock, said to be UTC; refuses one that has another zone."""
    if dt.tzinfo is not None and dt.utcoffset():
        raise ValueError("%s is not in UTC" % dt)
    return dt.replace(tzinfo=datetime.timezone.utc)


def convert_to_utc(dt):
    return add_utc_tz(dt) if dt.tzinfo is None else dt.astimezone(datetime.timezone.utc)


def parse(value):
    """A moment written in ISO 8601; UTC where it does not say."""
    from st2common.util import isotime

    return isotime.parse(value)
