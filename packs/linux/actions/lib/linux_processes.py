"""The processes of this machine, as /proc tells of them."""

import os
import re


class Process:
    def __init__(self, number):
        self.number = number
        with open("/proc/%s/stat" % number, encoding="utf-8", errors="replace") as file:
            stat = file.read()
        # The name may hold anything, so fields count from its last parenthesis.
        begin, end = stat.index("("), stat.rindex(")")
        self.state = stat[end + 2]
        with open("/proc/%s/cmdline" % number, encoding="utf-8", errors="replace") as file:
            self.command = file.read().replace("\0", " ").strip() or stat[begin + 1:end]


def processes():
    """All but this one, lowest number first. Those that end meanwhile are left out."""
    for name in sorted((name for name in os.listdir("/proc") if name.isdigit()), key=int):
        if int(name) == os.getpid():
            continue
        try:
            yield Process(name)
        except (OSError, ValueError, IndexError):
            continue


def found(search, criteria):
    """Those whose state or number is `criteria`, or whose command holds it as a regular expression."""
    if search == "name":
        pattern = re.compile(criteria or "")
        return [process for process in processes() if pattern.search(process.command)]
    if search not in ("state", "pid"):
        raise ValueError("search must be state, name or pid, not %s" % search)
    attribute = "state" if search == "state" else "number"
    return [process for process in processes() if getattr(process, attribute) == criteria]
