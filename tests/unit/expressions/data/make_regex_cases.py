#!/usr/bin/env python3
"""Writes regex_cases.jsonl: patterns with what Python 3.11's re makes of them on a few subjects.

One JSON object a line: `pattern`, `flags`, and either `error`, the class of the exception, with `place`, its position;
or `groups`, `replacement` and `results`, one for each subject: the spans of all groups for search, match and fullmatch,
the spans of all matches, and the results of split and sub. Spans count code points.
"""
import json
import pathlib
import random
import re
import signal
import warnings

ALPHABET = "aabbcAB12_ -\n.é\u0130ıſKkΣσς\u0301日\x1c\x85\u180e\U0001F600"
ATOMS = r"""
a b c A B 1 . \d \w \s \D \W \S [abc] [^a] [a-c] [\w] [\W] [^\W\d] [\s1] [^\s] [a\-c] [-a] [a-] []a] [^]a] [[:alpha:]] [\d-a] [b-a] \. \n
\t \x41 \u00e9 \U0001F600 \101 \0 \08 \1 \2 \12 (?P=n) é İ ı ſ K k i I Σ ς [i-k] [k] [^i] 日 - _ # \# { } {1 {,2 a{ ] \é \- \_ [\b] \a \v \f
& ~ @ / \/ ' " , < > = ! : [a&&b] [a--b] [a||b] [\W\d] [^\W_] [\ud800] \ud800 [^\ud800] [\ud800-\udfff] [\x00-\U0010ffff] [^\x00-\U0010ffff]
""".split() + [" ", "\\ "]
ANCHORS = ["^", "$", "\\A", "\\Z", "\\b", "\\B"]
WRONG = r"""
\Q \K \h \G \R \X \p{L} \z \x4 \u12 \8 \9 (?R) (?1) (*FAIL) (?|a) (?<n>a) (?'n'a) (?&n) (?i) (?L) (?z) (?P<1>a) (?P<n> (?P=q) (?(9)a)
(?(n)a|b|c) [a ( (a a) ) * + ? ** a** a*+ a+* a??? a{2,1} a{1}{2} {2} [z-a] (?# (?#c) (?: (? (?P (?Px) (?P>n) (?-i) (?i-i:a) (?a-u:b) (?au:b)
\400 \477 [\400] [\8] [\Z] [\A] [\q] (?<=a*) (?<!a|bc) (?<=(a))\1 (?P<n>a)(?P<n>b) (?(1)a)(b) (?(0)a) (?(+1)a)() (?i-) (?-:a) (?x)
(?P<é>a) (?P<a-b>a) (?P<>a) (?(<1>)a) \U00110000 (?P<n>a)(?P=n) (?<=a|b)c (?<=(?P<n>a))b (?<!^)a (?<=^|a)b
""".split() + ["\\", "(?sx:a b #c\n)"]
REPEATS = "* + ? *? +? ?? *+ ++ ?+ {2} {1,2} {0,2} {,2} {1,} {,} {2}? {1,3}? {1,2}+ {0} {3,}".split()
FLAG_GROUPS = "i s m x a u i-s -i is ai -m imsx- -s".split()
GLOBAL_FLAGS = ["(?i)", "(?m)", "(?s)", "(?x)", "(?a)", "(?im)", "(?ai)", "(?u)", "(?i)(?s)", "(?#x)(?i)", " (?i)"]
REPLACEMENTS = ["<\\g<0>>", "x", "", "\\1", "[\\1\\2]", "\\g<n>", "\\g<1>", "\\n\\t", "\\\\", "\\0", "\\101", "\\07", "\\q", "\\", "\\g",
                "\\g<", "\\g<>", "\\g<1", "\\g<-1>", "\\g< 1>", "\\g<99>", "\\.", "\\-", "\\b", "\\18", "\\é", "é\\1", "\\g<é>", "\\400"]
FLAGS = {"i": re.I, "m": re.M, "s": re.S, "x": re.X, "a": re.A}
WRITTEN = [  # as packs and their rules write them
    (r"^\d{1,3}(?:\.\d{1,3}){3}$", ["10.0.0.1", "10.0.0", "1.2.3.4\n", "١.2.3.4"]),
    (r"(?P<host>[\w.-]+):(?P<port>\d+)", ["web-01.example.com:8080", "é:1", ":80"]),
    (r"^(?!.*(?:error|fail)).*$", ["all is well", "an error", "line\nfail"]),
    (r"(?<=\[)[^\]]*(?=\])", ["[a] [b]", "[]"]),
    (r"(?i)(warn(?:ing)?|crit(?:ical)?)\b", ["WARNING: x", "criticality", "warn"]),
    (r"\s*(\"([^\"]*)\"|'([^']*)'|(\S+))\s*", ["a \"b c\" 'd'", "'x", ""]),
    (r"(\w+)\s+\1", ["the the", "the then", "a b b"]),
    (r"x*", ["axb", "", "xx"]), (r"(?m)^", ["a\nb\n", "\n", ""]), (r"(?m)$", ["a\nb\n", "\n"]), (r"$", ["a\n", "a\n\n", ""]),
    (r"(a*)*", ["aa", "b"]), (r"(a|b*)*c", ["abac", "c"]), (r"(?:(a)|b)*", ["ab", "ba"]), (r"(a)?(?(1)b|c)", ["ab", "c", "b"]),
    (r"\B", ["", "a", "ab", " "]), (r"\b", ["a b", "é", "", "a\u0301b"]), (r"[[a]", ["[", "a"]), (r"a{,2}b", ["aab", "b", "a{,2}b"]),
]


class Generator:
    def __init__(self, rnd):
        self.rnd = rnd

    def atom(self, depth):
        rnd, kind = self.rnd, self.rnd.random()
        if depth <= 0 or kind < 0.6:
            return rnd.choice(ATOMS)
        if kind < 0.67:
            return rnd.choice(ANCHORS)
        openings = [(0.75, "("), (0.79, "(?P<%s>" % rnd.choice(["n", "m", "é", "_x"])), (0.84, "(?:"), (0.87, "(?>"), (0.89, "(?="),
                    (0.91, "(?!"), (0.935, "(?<="), (0.955, "(?<!"), (0.975, "(?%s:" % rnd.choice(FLAG_GROUPS))]
        for bound, opening in openings:
            if kind < bound:
                return opening + self.choice(min(depth - 1, 1) if "<=" in opening or "<!" in opening else depth - 1) + ")"
        if kind < 0.99:
            other = "|" + self.row(depth - 1) if rnd.random() < 0.7 else ""
            return "(?(%s)" % rnd.choice(["1", "1", "2", "n"]) + self.row(depth - 1) + other + ")"
        return rnd.choice(WRONG)

    def row(self, depth):
        count = self.rnd.randint(0 if self.rnd.random() < 0.1 else 1, 4)
        return "".join(self.atom(depth) + (self.rnd.choice(REPEATS) if self.rnd.random() < 0.35 else "") for _ in range(count))

    def choice(self, depth):
        return "|".join(self.row(depth) for _ in range(1 if self.rnd.random() < 0.7 else self.rnd.randint(2, 3)))

    def pattern(self):
        rnd = self.rnd
        pattern = self.choice(rnd.randint(0, 3))
        if rnd.random() < 0.1:
            pattern = rnd.choice(GLOBAL_FLAGS) + pattern
        if rnd.random() > 0.85 and pattern:
            at = rnd.randrange(len(pattern) + 1)
            extra = rnd.choice(WRONG + ATOMS + ANCHORS + REPEATS + list("()[]{}|\\?*+^$-,"))
            pattern = pattern[:at] + (pattern[at + 1:] if rnd.random() < 0.4 else extra + pattern[at:])
        return pattern


class TooLong(Exception):
    pass


def too_long(*_):
    raise TooLong()


def spans(match):
    return None if match is None else [list(span) if span[0] >= 0 else None for span in match.regs]


def substituted(regex, replacement, subject):
    try:
        return regex.sub(replacement, subject)
    except (re.error, IndexError) as error:
        return {"error": type(error).__name__}


def case(pattern, flags, subjects, replacement):
    result = {"pattern": pattern, "flags": flags}
    try:
        regex = re.compile(pattern, sum(FLAGS[flag] for flag in flags))
    except (re.error, ValueError, OverflowError) as error:
        position = getattr(error, "pos", None)
        return {**result, "error": type(error).__name__, "place": "" if position is None else str(position)}
    result.update(groups=regex.groups, replacement=replacement, results=[])
    for subject in subjects:
        result["results"].append({
            "subject": subject, "search": spans(regex.search(subject)), "match": spans(regex.match(subject)),
            "fullmatch": spans(regex.fullmatch(subject)), "all": [list(match.span()) for match in regex.finditer(subject)],
            "split": regex.split(subject), "sub": substituted(regex, replacement, subject)})
    return result


def letter_cases():
    """Every letter that has another case, without regard to it."""
    for first in range(0x41, 0x1F000, 0x100):
        letters = [chr(c) for c in range(first, min(first + 0x100, 0x1F000)) if chr(c).lower() != chr(c)]
        for letter in letters[:: max(1, len(letters) // 12)]:
            others = sorted({letter.lower(), letter.upper(), letter.casefold(), letter.title(), letter.swapcase()} - {letter})
            yield letter, [other for other in others if len(other) == 1]


def main():
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGALRM, too_long)
    rnd = random.Random(20240406)
    generator = Generator(rnd)
    wanted = [(pattern, "", subjects, "<\\g<0>>") for pattern, subjects in WRITTEN]
    wanted += [(pattern, flags, ["ab1", "A é"], "x") for pattern in ATOMS + ANCHORS + WRONG for flags in ("", "i", "x")]
    wanted += [("a" + repeat, "", ["", "aaaa", "b"], "-") for repeat in REPEATS]
    wanted += [(letter, "i", others, "x") for letter, others in letter_cases() if others]
    while len(wanted) < 3500:
        subjects = ["".join(rnd.choice(ALPHABET) for _ in range(rnd.randint(0, 10))) for _ in range(3)]
        wanted.append((generator.pattern(), rnd.choice(["", "", "", "i", "m", "s", "x", "a", "im", "ai", "is", "imsxa"]), subjects,
                       rnd.choice(REPLACEMENTS)))
    with open(pathlib.Path(__file__).with_name("regex_cases.jsonl"), "w", encoding="utf-8") as out:
        for arguments in wanted:
            if "\\N" in arguments[0]:
                continue
            signal.setitimer(signal.ITIMER_REAL, 1)
            try:
                line = json.dumps(case(*arguments), separators=(",", ":"))
                line.encode("ascii")
                out.write(line + "\n")
            except TooLong:
                continue
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)


if __name__ == "__main__":
    main()
