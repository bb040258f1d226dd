import os
import sys

from st2common.runners.base_action import Action

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "lib"))

from hosts_running import run_on  # noqa: E402
from hosts_shell import quoted  # noqa: E402


class TailAction(Action):
    def run(self, host, path, lines=50):
        return run_on(self.config, host, "tail -n %d -- %s" % (max(1, int(lines)), quoted(path)))
