import os
import sys

from st2common.runners.base_action import Action

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "lib"))

from hosts_running import run_on  # noqa: E402
from hosts_shell import quoted  # noqa: E402

SECONDS = 300


class DiskUsageAction(Action):
    def run(self, host, path="/", count=15):
        script = "du -xk --max-depth=3 -- %s 2>/dev/null | sort -rn | head -n %d" % (quoted(path), max(1, int(count)))
        _, done = run_on(self.config, host, script, SECONDS)
        folders = []
        for line in done["stdout"].splitlines():
            kibibytes, _, folder = line.partition("\t")
            folders.append({"path": folder, "bytes": int(kibibytes) * 1024})
        return (True, folders) if folders else (False, done)
