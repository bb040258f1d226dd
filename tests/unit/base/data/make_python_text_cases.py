#!/usr/bin/env python3
"""Writes python_text_cases.jsonl: values with what Python's str() and repr() make of them.

One JSON object a line: `value` (what JSON cannot carry as {"$type", "value"}), `str`, `repr`, `type`. And
number_text_cases.jsonl: `text` with `float`, repr(float(text)), and `int`, str(int(text)), null where Python refuses.
"""
import base64
import datetime
import json
import math
import pathlib
import random
import struct

UTC = datetime.timezone.utc


def zone(**parts):
    return datetime.timezone(datetime.timedelta(**parts))


def tagged(value):
    def typed(name, inner):
        return {"$type": name, "value": inner}

    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return value if -(2**63) <= value < 2**63 else typed("int", str(value))
    if isinstance(value, float):
        return value if math.isfinite(value) else typed("float", repr(value))
    if isinstance(value, bytes):
        return typed("bytes", base64.b64encode(value).decode())
    if isinstance(value, (tuple, list)):
        items = [tagged(item) for item in value]
        return typed("tuple", items) if isinstance(value, tuple) else items
    if isinstance(value, set):
        return typed("set", [tagged(item) for item in value])
    if isinstance(value, dict):
        return typed("dict", [[tagged(key), tagged(item)] for key, item in value.items()])
    if isinstance(value, datetime.timedelta):
        return typed("timedelta", value.total_seconds())
    return typed(type(value).__name__, value.isoformat())


def values(rnd):
    yield from [None, True, False, 0, -1, 2**63 - 1, -(2**63), 2**63, 10**30, -(10**40)]
    yield from [0.0, -0.0, 1.0, 0.1, 1e15, 1e16, 1e17, 123456789012345680.0, 1e-4, 1e-5, 1.5e-5, 5e-324, 1.7976931348623157e308, 1e22, 1e23,
                2.0**53, 9007199254740993.0, 0.1 + 0.2, 1 / 3, 100.0, 1e100, math.inf, -math.inf, math.nan]
    for _ in range(600):
        number = struct.unpack("<d", rnd.randbytes(8))[0]
        yield number if rnd.random() < 0.5 else round(rnd.uniform(-1e6, 1e6), rnd.randint(0, 8))
    yield from ["", "a", "it's", 'say "x"', "both ' and \"", "\\", "\n\r\t\0\x1f\x7f", "é", "\xa0", "\xad", "\u200b", "\u2028", "\ue000",
                "\U0001F600", "\U000e0001", "\U0010ffff", "日本", "\u0378", "\ufeff", "\u0301", "\x85", "\u3000"]
    yield from (chr(rnd.choice([rnd.randrange(0xD800), rnd.randrange(0xE000, 0x30000)])) for _ in range(500))
    yield from [b"", b"abc", b"it's", b"'\"", b"\\\n\r\t\x00\x7f\xff"]
    yield from [[], [1, "a", None], (), (1,), (1, 2), {}, {"a": 1, 2: [True]}, {"x": {"y": (1.0,)}}, set(), {1}, {"a"}]
    day = datetime.datetime(2024, 4, 6)
    yield from [day, day.replace(hour=1), day.replace(second=3), day.replace(microsecond=5), day.replace(hour=1, tzinfo=UTC),
                day.replace(tzinfo=zone(hours=5, minutes=30)), day.replace(tzinfo=zone(hours=-3)), day.replace(tzinfo=zone(minutes=-90)),
                datetime.datetime(1, 1, 1), datetime.datetime(9999, 12, 31, 23, 59, 59, 999999), datetime.datetime(1969, 12, 31, 23, 59, 59, 1)]
    yield from [datetime.date(2024, 4, 6), datetime.date(1, 1, 1), datetime.date(1969, 12, 31)]
    yield from [datetime.time(), datetime.time(1, 2), datetime.time(1, 2, 3), datetime.time(0, 0, 0, 4), datetime.time(1, tzinfo=UTC),
                datetime.time(1, tzinfo=zone(hours=-1, minutes=-30))]
    delta = datetime.timedelta
    yield from [delta(), delta(seconds=1), delta(days=1), delta(days=-1), delta(days=2, seconds=3661), delta(microseconds=1),
                delta(microseconds=-1), delta(days=-2, hours=5, microseconds=7), delta(days=999, milliseconds=1)]


NUMBERS = """
|0|1|-1|+1|00|007|1_000|1__0|_1|1_| 1 |\t1\n|1.0|.5|5.|.|-.5|+.5e3|1e3|1E3|1e+3|1e-3|1e|e3|1_0.0_1|1_.0|1._0|1e1_0|inf|-inf|+Infinity|INF
nan|-nan|NaN|infin|0x10|1e400|-1e400|1e-400|-1e-400|1e99999999999999999999|1e-99999999999999999999|0e99999999999999999999|123456789012345678901234567890
-9223372036854775808|9223372036854775807|9223372036854775808|٣|٣.٥|１２|1\u00a0|\u30001|1 2|--1|+-1|1.2.3|1,5|½|²|0.1e1|0000.1|1e0|abc|True|None
999999999|1000000000|-999999999|-1000000000|12345678901|0.000000000000000000000000000001e30|1\x00|4.9406564584124654e-324|2.4703282292062327e-324
2.4703282292062328e-324|1.7976931348623158e308|1.7976931348623159e308|179769313486231590000000000000000000000e270|8.5e-324
""".strip("\n").replace("\n", "|").split("|")


def number(kind, text):
    try:
        return repr(kind(text))
    except ValueError:
        return None


def main():
    rnd = random.Random(20240406)
    here = pathlib.Path(__file__)
    with open(here.with_name("python_text_cases.jsonl"), "w", encoding="utf-8") as out:
        for value in values(rnd):
            line = {"value": tagged(value), "str": str(value), "repr": repr(value), "type": type(value).__name__}
            out.write(json.dumps(line, allow_nan=False) + "\n")
    with open(here.with_name("number_text_cases.jsonl"), "w", encoding="utf-8") as out:
        texts = NUMBERS + [repr(rnd.uniform(-1, 1) * 10.0 ** rnd.randint(-300, 300)) for _ in range(200)]
        for text in texts:
            out.write(json.dumps({"text": text, "float": number(float, text), "int": number(int, text)}) + "\n")


if __name__ == "__main__":
    main()
