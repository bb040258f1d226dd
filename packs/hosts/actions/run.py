import os
import sys

from st2common.runners.base_action import Action

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "lib"))

from hosts_running import run_on  # noqa: E402


class RunAction(Action):
    def run(self, host, command, seconds=60):
        return run_on(self.config, host, command, seconds)
