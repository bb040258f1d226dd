#!/usr/bin/env python3
"""Writes yaml_cases.jsonl: documents with what PyYAML's safe loader (the one on LibYAML) makes of them.

One JSON object a line: `yaml`, and either `value` (values that JSON cannot carry as {"$type", "value"}) with `written`,
the text of PyYAML's safe dumper, or `error`, the class of the exception. Run it again only to change the cases.
"""
import base64
import datetime
import json
import math
import pathlib
import random

import yaml

SCALARS = """
yes|no|On|off|OFF|true|True|TRUE|tRue|false|~|null|Null|nULL|y|n|Y|N||0|-0|+1|0o7|010|08|00|0_|0777|-010|0x1F|-0xff|0b101
0b_|0x_|1_000|1__0|_1|1_|+_1|1.5|1e3|1.0e+3|1.e+5|1.5e3|.5|-.5|.5e-3|0.|1._5|._|.|1:30|1:60|-1:30|1:30:20|1:30:20.5|0:1
01:30|12:30:45|.inf|-.INF|+.Inf|.nan|.NaN|-.nan|inf|nan|2024-01-02|2024-1-2|2024-01-02 3:04:05|2024-01-02t03:04:05
2024-01-02T03:04:05.123456789Z|2024-01-02 03:04:05 +5|2024-01-02 03:04:05-05:30|2024-01-02 03:04:05 Z|2024-01-02 03:04
2024-01-02T03:04:05+24:00|2024-13-01|2024-02-30|0000-01-01|9999-12-31|<<|=|foo|foo bar|a: b|a:b|'q''q'|"d\\n\\u00e9\\x41"
"\\U0001F600"|"\\q"|'1'|"yes"|!!str 1|!!str|!!int '7'|!!int abc|!!int 1_0|!!float 3|!!float abc|!!float inf|!!bool yes
!!bool x|!!null x|!!binary aGVsbG8=|!!binary a|!!binary "aGVs\\n bG8="|!!binary é|!foo x|!!foo x|! 12|!!timestamp 2024-01-02
!!seq x|!!map [a]|!!str [a]|!!str {=: x}|!!int {a: b}|!<tag:yaml.org,2002:int> 3|!x!y z|é|日本|\U0001F600|#c|a#b|a #b|@x|`x`
%x|&a x|&a|*a|&1 x|- x|? x|-|--|---|...|:|: x|x:|[a|]|{|}|[a, b,]|[a,, b]|[,]|{a: b}|{a: b, c}|[a, b, {c: d}]|{a, b: , ? c}
[a: b, c: d]|{[a]: b}|{{ trigger.body }}|{a: {{ x }}}|"{{ x }}"|!!set {a}|!!set [a]|!!set {a: 1}|!!omap [a: 1, b: 2]
!!omap {a: 1}|!!omap [a]|!!omap [{a: 1, b: 2}]|!!pairs [a: 1, a: 2]|123456789012345678901234567890|-0x1ffffffffffffffffff
9223372036854775807|9223372036854775808|-9223372036854775808|0.1e-400|1.0e+999|'multi\n  line'|plain\n  multi|a\n\n  b
x\ty|a:\tb|\ta: b|"\t"|"unclosed|'unclosed|1,2|1 2|>|'' |"" |it's|a, b|a]|x{y|-x|-1x|?x|:x|!|!!|&|*|x: y: z|"x" y|'x': y
""".strip("\n").replace("\n", "|").split("|")

DOCUMENTS = [
    "a: 1\nb: 2\na: 3\n", "1: a\n1.0: b\ntrue: c\n", "yes: 1\nno: 2\n~: 3\n2024-01-02: 4\n1.5: 5\n", "? a\n: b\n? [x]\n: c\n",
    "a: &x {p: 1, q: 2}\nb:\n  <<: *x\n  q: 3\n", "b: {q: 3, <<: {q: 2, r: 1}}\n", "a: &a {x: 1}\nb: &b {x: 2, y: 2}\nc: {<<: [*a, *b], z: 3}\n",
    "<<: 1\n", "<<: [1]\n", "<<: []\n", "- <<\n", "{'<<': {a: 1}}\n", "{!!merge x: {a: 1}}\n", "=: 1\n", "a: [*b]\nb: &b 1\n", "a: &a [*a]\n",
    "a: &x 1\nb: &x 2\n", "- &x [1]\n- *x\n- *x\n", "a: |\n  line\n   more\n\n  end\n\n", "a: |-\n  x\n", "a: |+\n  x\n\n\nb: 1\n", "a: >\n  x\n  y\n\n  z\n   k\n",
    "a: >-\n  x\n  y\n", "a: |2\n    x\n", "a: |9\n x\n", "|\n x\n", ">\n", "a: |\nb: 1\n", "a: | # c\n  x\n", "a: |x\n", "--- 1\n--- 2\n", "1\n...\n2\n", "---\n...\n", "---\n---\n", "# c\n", "", "\n\n",
    "%YAML 1.1\n---\na\n", "%YAML 1.2\n---\na\n", "%YAML 2.0\n---\na\n", "%TAG !e! tag:yaml.org,2002:\n---\n!e!int '3'\n", "%FOO\n---\na\n", "a: 1\n b: 2\n", "a:\n  b: 1\n c: 2\n", "a: 1\n\tb: 2\n",
    "a:\n\tb: 2\n", "-\t- a\n", "- a\n-b\n", "- a\n b\n", "a: - b\n", "- a: 1\n  b: 2\n-\n  c: 3\n", "a:\n- 1\n- 2\nb: 3\n", "a:\n  - 1\n - 2\n", "a: [1,\n  2\n]\n", "a: [1,\n2\n", "{a: 1\n", "a: {b: 1}}\n",
    "key with spaces: 1\n\"quoted key\": 2\n'single': 3\n", "a: \"x\n  y\n\n  z\\\n  w\"\n", "a: 'x\n\n  y'\n", "\ufeffa: 1\n", "a: 1\r\nb: 2\r\n", "a: 1\rb: 2\r", "a: x\x85b: y\n", "a: \x07\n", "a: \"\\x07\"\n", "a: \x00\n",
    "a: 1 # comment\nb: '#no'\nc: x#no\n", "a: b: c\n", "a: b\nc\n", "a\nb: c\n", "? - a\n: b\n", "!!map {a: 1}\n", "!!omap\n- a: 1\n- b: 2\n", "!!set\n? a\n", "- !!python/object:os.system x\n",
    "a: {b: [c, {d: e}], f: \"g\"}\n", "[a, [b, [c, []]], {}]\n", "- \n- ~\n-\n", "a:\nb:\n", "x: &a\ny: *a\n", "&a a: &b b\n*a : *b\n", "- &a a\n- *a\n- ? *a\n  : b\n",
]

KEYS = ["a", "b", "c", "<<", "? a", "1", "1.0", "true", "'1'", "2024-01-02", "=", "a b", "[x]", '"k"', "&a k", "~", "x-y"]
NOISE = list(" \n\t:-?[]{}&*!|>'\"%@`#,=<~0x.\\") + ["\r\n", "\x85", "\u2028", "\ufeff", "\x07", "é"]


def block(rnd, indent, depth):
    pad, kind, out = " " * indent, rnd.random(), []
    if depth <= 0 or kind < 0.25:
        return None
    if kind < 0.65:
        for _ in range(rnd.randint(1, 4)):
            below = block(rnd, indent + rnd.choice([1, 2, 2, 4]), depth - 1)
            mark = rnd.choice([""] * 8 + ["&a ", "&b ", "!!omap ", "!!map ", "*a"])
            out.append(pad + rnd.choice(KEYS) + ": " + mark + ("\n" + below if below else rnd.choice(SCALARS)))
    elif kind < 0.9:
        for _ in range(rnd.randint(1, 4)):
            below = block(rnd, indent + 2, depth - 1)
            out.append(pad + "- " + (below.lstrip(" ") if below else rnd.choice(SCALARS)))
    else:
        out.append(pad + "- " + rnd.choice(["|", ">", "|-", "|+", ">-", ">+", "|2", ">1"]))
        out += [rnd.choice(["", pad + "   line", pad + "    more", pad + "  # c", "  "]) for _ in range(rnd.randint(0, 5))]
    return "\n".join(out)


def noisy(rnd, text):
    for _ in range(rnd.randint(1, 3)):
        at = rnd.randrange(len(text) + 1)
        cut = rnd.random() < 0.4
        text = text[:at] + (text[at + rnd.randint(1, 3):] if cut else rnd.choice(NOISE) + text[at:])
    return text


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
    if isinstance(value, tuple):
        return typed("tuple", [tagged(item) for item in value])
    if isinstance(value, list):
        return [tagged(item) for item in value]
    if isinstance(value, set):
        return typed("set", sorted((tagged(item) for item in value), key=repr))
    if isinstance(value, dict):
        if all(isinstance(key, str) for key in value):
            return {key: tagged(item) for key, item in value.items()}
        return typed("dict", [[tagged(key), tagged(item)] for key, item in value.items()])
    if isinstance(value, datetime.datetime):
        return typed("datetime", value.isoformat())
    return typed("date", value.isoformat())


class Dumper(yaml.CSafeDumper):
    def ignore_aliases(self, data):
        return True


def case(text):
    try:
        value = yaml.load(text, Loader=yaml.CSafeLoader)
        if "..." in repr(value) and "*a" in text:
            return {"yaml": text, "error": "ConstructorError"}  # a loop, which values here cannot hold
        result = {"yaml": text, "value": tagged(value)}
        if "!!set" not in text:
            result["written"] = yaml.dump(value, Dumper=Dumper, default_flow_style=False, allow_unicode=True, sort_keys=False)
        return result
    except Exception as error:  # whatever class it is, it is the answer
        name = type(error).__name__
        return {"yaml": text, "error": "ValueError" if name in ("AttributeError", "IndexError") else name}


def main():
    rnd = random.Random(20240406)
    texts = SCALARS + [form % scalar for scalar in SCALARS for form in ("a: %s\n", "[%s]", "{k: %s}")] + DOCUMENTS
    while len(texts) < 1900:
        text = block(rnd, 0, 3) or rnd.choice(SCALARS)
        text = noisy(rnd, text) if rnd.random() < 0.4 else text + "\n"
        # Which of several unfit values is told depends on the order of construction.
        if case(text).get("error") not in ("ConstructorError", "ValueError", "KeyError"):
            texts.append(text)
    with open(pathlib.Path(__file__).with_name("yaml_cases.jsonl"), "w", encoding="utf-8") as out:
        for text in dict.fromkeys(texts):
            out.write(json.dumps(case(text), ensure_ascii=True) + "\n")


if __name__ == "__main__":
    main()
