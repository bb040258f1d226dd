#!/usr/bin/env python3
"""Writes jinja_cases.jsonl: templates with what Jinja2's sandbox makes of them, for what packs seldom write.

One JSON object a line: `template`, `context` (values that JSON cannot carry as {"$type", "value"}), and either `text` or
`error`, the class of the exception. Methods of Python's types, format() and %, and statements. Run it again only to
change the cases.
"""
import base64
import datetime
import json
import pathlib
import random

import jinja2
from jinja2.sandbox import SandboxedEnvironment

ZONE = datetime.timezone(datetime.timedelta(hours=5, minutes=30))
VALUES = {
    "text": "Hello Wörld", "long": "a,b,,c\td\n e ", "number": 1234567, "small": -5, "flag": True, "real": 1234.5678, "tiny": -0.04,
    "items": [3, 1, 2], "names": ["b", "A", "a"], "pairs": {"b": 1, "a": "x"}, "pair": (1, "b"), "one": {5}, "bytes": b"a B,c\xff\n d",
    "moment": datetime.datetime(2020, 2, 29, 13, 4, 5, 678), "zoned": datetime.datetime(2021, 12, 31, 23, 59, 59, tzinfo=ZONE),
    "day": datetime.date(2019, 12, 30), "span": datetime.timedelta(days=1, seconds=2), "none": None,
}
METHODS = {
    "one": "copy() union([6],[7])|sort intersection([5,1]) difference([1]) symmetric_difference([5]) issubset([5,6]) issuperset([]) "
           "isdisjoint([5]) isdisjoint(1) union({}) union([[]])",
    "bytes": "decode() decode('latin-1') decode('utf-8','replace') decode('x') decode(1) hex() hex('-') hex('-',2) hex('-',-2) hex('ab') upper() "
             "lower() title() swapcase() capitalize() strip() rstrip() split() split(bytes) split('a') splitlines() partition(bytes) "
             "replace(bytes,bytes) find(66) find(bytes) find('a') count(97) index(1) startswith(bytes) endswith((bytes,)) join([bytes]) "
             "join(['a']) isalpha() isascii() center(12) zfill(12) ljust(12) expandtabs() removeprefix(bytes) fromhex('0aFF') fromhex('0') nope()",
    "moment": "isoformat() isoformat(' ') isoformat('T','hours') isoformat('T','milliseconds') isoformat('T','x') isoformat('ab') weekday() "
              "isoweekday() isocalendar() toordinal() ctime() timetuple() utcoffset() dst() tzname() tzinfo date() time() timetz() "
              "replace(day=1) replace(2021,1,1,0) replace(month=13) replace(year='x') replace(day=30,month=2) strftime('%Y/%j_%U') timestamp(1) fold",
    "zoned": "isoformat() utcoffset() tzname() tzinfo date() timetz() replace(tzinfo=none) astimezone(zoned.tzinfo) utctimetuple() timestamp() "
             "strftime('%z_%Z') dst()",
    "day": "isoformat() isocalendar() isocalendar()[1] isocalendar().week weekday() ctime() replace(year=2020) replace(0) timetuple() hour time() strftime('%A')",
    "span": "total_seconds() days seconds microseconds hours isoformat()",
    "number": "bit_length() bit_count() to_bytes(4) to_bytes(2) to_bytes(4,'little') to_bytes(4,'x') conjugate() as_integer_ratio() "
              "from_bytes(bytes) from_bytes(bytes,'little',signed=true) numerator denominator real imag",
    "small": "to_bytes(2,signed=true) to_bytes(2) to_bytes() bit_length()",
    "flag": "to_bytes() bit_length() real",
    "real": "is_integer() as_integer_ratio() hex() real imag conjugate()",
    "pair": "count(1) index('b') index(9)",
}
EXPRESSIONS = [
    "range(5).count(3)", "range(5).count(\"a\")", "range(5).index(4)", "range(5).index(7)", "range(2,9,3).start", "range(2,9,3).step",
    "'ŉßİǆﬁ'.title()", "'ŉa'.capitalize()", "'ᾳ ᾲ'.title()", "-2**small", "-2**2", "(-2)**flag", "2**-1", "- 2**flag", "-real**2",
    "items|batch(0)|list", "items|batch(false)|list", "items|batch(2,0)|list", "text|attr(5)", "text|attr('upper')()", "items|sort('x')",
    "items|sort(none)", "names|sort(1)", "items.sort(reverse='x')", "number|round(method=[])", "real|round(1,'up')",
    "{1:1,'a':2,2.5:3}|pprint", "{'b':1,none:2,true:3}|pprint", "text|tojson(items)", "items|tojson('x')", "items|tojson(1.5)",
    "'see www.x.org'|urlize(5)", "'see www.x.org'|urlize(-2)", "'see www.x.org'|urlize(1.5)", "'x'|urlize(1.5)",
    "'tel:123'|urlize(extra_schemes=['tel:'])", "'x'|urlize(extra_schemes='ab')", "'x'|urlize(rel=5)",
    "'&eacute &hellip; &#150; &amp'|striptags", "'&copy;&copyx;&notit;&#0;&#x110000;'|striptags", "'%s %s'|format(1)",
    "'%(a)s'|format(a=1)", "'%(a)s' % 5", "'%(a' % pairs", "'%(b)d%%' % pairs", "'%5%' % 1", "'%z' % 1", "'%z' % ()", "'%ld' % 1",
    "'%hhd' % 1", "'%.3d|%+x|%#o|%c' % (5,255,8,65)", "'%*d' % (4,2)", "'%.*f' % (1,real)", "'%d' % missing", "'%s' % missing",
    "'{}'.format(missing)", "'{:5}'.format(missing)", "'{:%Y-%m}'.format(moment)", "'{:%Y}'.format(span)", "'{!r:>9}'.format('a')",
    "'{0}{}'.format(1)", "'{a[b]}'.format(a={'b':1})", "'{:{}}'.format(1,4)", "36[-2:]", "none.x", "items if none", "bytes|string",
    "one|list", "pairs.get([])", "text.encode().hex()", "text.encode('utf-8').decode('ascii','ignore')",
]
SPECS = [fill + sign + alternate + zero + width + group + precision + kind
         for fill in ("", "*>", "^", "=") for sign in ("", "+", "-", " ") for alternate in ("", "#") for zero in ("", "0")
         for width in ("", "11") for group in ("", ",", "_") for precision in ("", ".2") for kind in ("", "d", "s", "x", "b", "c", "e", "g", "%", "n", "z")]
TEMPLATES = [
    "{% for loop in items %}{% endfor %}", "{% for a in items %}{% set loop = 1 %}{% endfor %}", "{% set loop = 1 %}{{ loop }}",
    "{% for a in items %}{% with loop = a %}{{ loop }}{% endwith %}{% endfor %}", "{% set x.y = missing %}", "{% set text.y = 1 %}",
    "{% set n = namespace(a=1) %}{% set n.b = n.a + 1 %}{{ n.b }}{{ n.c }}", "{% set n = namespace(a=1) %}{% set n.a = n %}{{ n.a.a is defined }}",
    "{% for k, v in pairs.items() %}{{ k }}={{ v }};{% endfor %}", "{% for a in [] %}{% else %}none{% endfor %}",
    "{% for a in items recursive %}{{ loop(items) if loop.depth < 2 else a }}{% endfor %}",
    "{% macro m(a, b=2) %}{{ a }}{{ b }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1) }}{{ m(1, 2, 3) }}{{ m(1, c=4) }}",
    "{% macro m() %}{{ caller(1) }}{% endmacro %}{% call(x) m() %}<{{ x }}>{% endcall %}", "{% filter upper %}a{{ text }}{% endfilter %}",
    "{% set x %}a{{ 1 }}{% endset %}{{ x }}", "{% set a, b = pair %}{{ b }}{{ a }}", "{% set a, b = items %}", "a\n  {%- if 1 %}\n b {% endif +%}\n c",
    "{{ items.append(items.pop) }}{{ items|length }}", "{{ items.append(items|map('string')) }}", "{{ pairs.update(c=pairs.items()) }}",
]


def untyped(value):
    if isinstance(value, dict):
        return {key: untyped(item) for key, item in value.items()}
    kinds = {datetime.datetime: "datetime", datetime.date: "date"}
    if type(value) in kinds:
        return {"$type": kinds[type(value)], "value": value.isoformat()}
    if isinstance(value, datetime.timedelta):
        return {"$type": "timedelta", "value": value.total_seconds()}
    if isinstance(value, bytes):
        return {"$type": "bytes", "value": base64.b64encode(value).decode()}
    if isinstance(value, (tuple, set)):
        return {"$type": type(value).__name__, "value": list(value)}
    return value


def rendered(template):
    environment = SandboxedEnvironment(undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    try:
        return {"text": environment.from_string(template).render(copies())}
    except Exception as error:  # whatever Python raises is the case
        return {"error": type(error).__name__}


def copies():
    return {name: list(value) if isinstance(value, list) else dict(value) if isinstance(value, dict) else value
            for name, value in VALUES.items()}


def main():
    rnd = random.Random(20240812)
    templates = list(TEMPLATES)
    for owner, calls in METHODS.items():
        templates += ["{{ %s.%s }}" % (owner, call) for call in calls.split(" ") if call]
    templates += ["{{ %s }}" % expression for expression in EXPRESSIONS if expression]
    for spec in rnd.sample(SPECS, 330):
        templates.append("[{{ '{:%s}'.format(%s) }}]" % (spec, rnd.choice(["number", "small", "flag", "real", "tiny", "text", "'é'", "none", "items"])))
    with open(pathlib.Path(__file__).with_name("jinja_cases.jsonl"), "w", encoding="utf-8") as out:
        for template in templates:
            found = rendered(template)
            if " at 0x" in found.get("text", ""):
                continue
            used = {name: untyped(value) for name, value in VALUES.items() if name in template}
            out.write(json.dumps({"template": template, "context": used, **found}, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
