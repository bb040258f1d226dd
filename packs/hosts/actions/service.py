import os
import sys

from st2common.runners.base_action import Action

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "lib"))

from hosts_config import unit  # noqa: E402
from hosts_running import AS_ROOT, run_on  # noqa: E402
from hosts_shell import quoted  # noqa: E402


class ServiceAction(Action):
    def run(self, host, service, act="status"):
        name = quoted(unit(service, "service"))
        if act == "status":
            return run_on(self.config, host, "systemctl --no-pager --lines=20 status -- " + name)
        if act not in ("start", "stop", "restart", "reload"):
            raise ValueError("act must be status, start, stop, restart or reload, not %s" % act)
        return run_on(self.config, host, "%s\nas_root systemctl %s -- %s" % (AS_ROOT, act, name))
