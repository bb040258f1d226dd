"""One look at a server: a script that measures everything, and the reading of what it prints."""

import base64
import re

from hosts_shell import HostError, quoted

# What a look takes of a log at most; the rest comes with the next.
LOG_CHUNK = 64 * 1024
# In front of each line that is ours: a banner may print anything else.
MARK = "@sg:"
# File systems that are on no disk.
NO_DISKS = "tmpfs devtmpfs overlay squashfs proc sysfs cgroup cgroup2 efivarfs ramfs iso9660 fuse.lxcfs"

LOAD_AND_MEMORY = r"""
LC_ALL=C; export LC_ALL
read one five fifteen rest < /proc/loadavg
echo "@sg:load $one $five $fifteen $(grep -c ^processor /proc/cpuinfo)"
awk '/^(MemTotal|MemAvailable|SwapTotal|SwapFree):/ { printf "@sg:memory %s %s\n", substr($1, 1, length($1) - 1), $2 }' /proc/meminfo
"""
# Used and available space count without what is kept for root, as df shows them.
DISKS = r"""
df -P -T -k 2>/dev/null | awk 'NR > 1 { mount = $7; for (i = 8; i <= NF; i++) mount = mount " " $i
    printf "@sg:disk %s %s %s %s %s\n", $2, $3, $4, $5, mount }'
df -P -i 2>/dev/null | awk 'NR > 1 { mount = $6; for (i = 7; i <= NF; i++) mount = mount " " $i
    printf "@sg:inodes %s %s %s\n", $2, $3, mount }'
"""


class Look:
    """What was seen of one server."""

    def __init__(self):
        self.load = {}
        self.memory = {}
        self.disks = {}
        self.services = {}
        # By path: (inode, position, text).
        self.logs = {}
        self.faults = []
        self.kernel_memory = {}

    def measurements(self):
        """(what, subject, value) of everything that has thresholds."""
        if self.load:
            yield "load", "", round(self.load["1"] / max(1, self.load["processors"]), 3)
        for what in ("memory", "swap"):
            if what in self.memory:
                yield what, "", self.memory[what]["used"]
        for mount, disk in sorted(self.disks.items()):
            yield "disk", mount, disk["used"]
            if "inodes_used" in disk:
                yield "inodes", mount, disk["inodes_used"]

    def document(self):
        return {"load": self.load, "memory": self.memory, "disks": self.disks, "services": self.services}


def script_for(host, positions):
    """`positions` of its logs by path: (inode, position), or nothing for one not read yet."""
    parts = [LOAD_AND_MEMORY, DISKS]
    for unit in host.services:
        # Only what the manager says: `inactive` of a unit that is not there is told by its load state.
        parts.append("printf '@sg:service %%s %%s\\n' %(unit)s \"$(systemctl show -p LoadState,ActiveState,SubState --value "
                     "-- %(unit)s 2>&1 | tr '\\n' ' ')\"" % {"unit": quoted(unit)})
    for number, log in enumerate(host.logs):
        inode, position = positions.get(log.path) or ("-", 0)
        parts.append(_log_script(number, log.path, inode, position))
    return "\n".join(parts) + "\nexit 0\n"


def _log_script(number, path, inode, position):
    """A file that was replaced or cut is read from its beginning; one seen for the first time from its end."""
    return """
if facts=$(stat -L -c '%%i %%s' -- %(path)s 2>/dev/null) && [ -r %(path)s ]; then
    inode=${facts%% *}; size=${facts#* }; from=%(position)d
    if [ %(inode)s = - ]; then from=$size; elif [ "$inode" != %(inode)s ] || [ "$size" -lt "$from" ]; then from=0; fi
    echo "@sg:log %(number)d $inode $from $(tail -c +$((from + 1)) -- %(path)s | head -c %(chunk)d | base64 | tr -d '\\n')"
else
    echo "@sg:fault cannot read" %(path)s
fi""" % {"path": quoted(path), "position": int(position), "inode": quoted(str(inode)), "number": number,
         "chunk": LOG_CHUNK}


def look(shells, host, positions=None):
    outcome = shells.run(host, script_for(host, positions or {}))
    seen = Look()
    for line in outcome.stdout.splitlines():
        if line.startswith(MARK):
            kind, _, rest = line[len(MARK):].partition(" ")
            _take(seen, host, kind, rest)
    if not seen.load:
        raise HostError("it said nothing that could be understood: %s" % (outcome.stderr.strip() or outcome.stdout)[:300])
    return seen


def _take(seen, host, kind, rest):
    try:
        _TAKERS[kind](seen, host, rest)
    except (KeyError, ValueError, IndexError):
        seen.faults.append("cannot understand: %s %s" % (kind, rest[:100]))


def _take_load(seen, _, rest):
    one, five, fifteen, processors = rest.split()
    seen.load = {"1": float(one), "5": float(five), "15": float(fifteen), "processors": int(processors)}


def _take_memory(seen, _, rest):
    name, kibibytes = rest.split()
    raw = seen.kernel_memory
    raw[name] = int(kibibytes) * 1024
    for what, total, free in (("memory", "MemTotal", "MemAvailable"), ("swap", "SwapTotal", "SwapFree")):
        if total in raw and free in raw and raw[total] > 0:
            seen.memory[what] = {"total": raw[total], "available": raw[free],
                                 "used": round(100.0 * (raw[total] - raw[free]) / raw[total], 1)}


def _take_disk(seen, host, rest):
    kind, size, used, available, mount = rest.split(" ", 4)
    if not _is_watched(host, kind, mount):
        return
    room = int(used) + int(available)
    seen.disks[mount] = {"size": int(size) * 1024, "available": int(available) * 1024, "type": kind,
                         "used": round(100.0 * int(used) / room, 1) if room > 0 else 0.0}


def _is_watched(host, kind, mount):
    if host.disks:
        return mount in host.disks
    return kind not in NO_DISKS.split() and not re.match(r"^/(proc|sys|dev|run|snap)(/|$)", mount)


def _take_inodes(seen, _, rest):
    total, used, mount = rest.split(" ", 2)
    if mount in seen.disks and total != "-" and int(total) > 0:
        seen.disks[mount]["inodes_used"] = round(100.0 * int(used) / int(total), 1)


def _take_service(seen, _, rest):
    unit, *states = rest.split()
    if len(states) < 2 or states[0] not in ("loaded", "not-found", "masked", "error", "bad-setting", "stub", "merged"):
        seen.services[unit] = {"state": "unknown", "detail": " ".join(states)[:200]}
    elif states[0] != "loaded":
        seen.services[unit] = {"state": states[0], "detail": ""}
    else:
        seen.services[unit] = {"state": states[1], "detail": states[2] if len(states) > 2 else ""}


def _take_log(seen, host, rest):
    number, inode, begin, *encoded = rest.split(" ")
    text = base64.b64decode(encoded[0]) if encoded and encoded[0] else b""
    # A line that is not finished waits, unless it alone fills the chunk.
    end = text.rfind(b"\n") + 1
    taken = text if end == 0 and len(text) >= LOG_CHUNK else text[:end]
    seen.logs[host.logs[int(number)].path] = (inode, int(begin) + len(taken), taken.decode("utf-8", "replace"))


def _take_fault(seen, _, rest):
    seen.faults.append(rest)


_TAKERS = {"load": _take_load, "memory": _take_memory, "disk": _take_disk, "inodes": _take_inodes,
           "service": _take_service, "log": _take_log, "fault": _take_fault}
