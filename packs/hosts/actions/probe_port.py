import os
import sys

from st2common.runners.base_action import Action

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "lib"))

from hosts_probes import probe_port  # noqa: E402


class ProbePortAction(Action):
    def run(self, address, port, seconds=10):
        found = probe_port(address, port, seconds)
        return found["state"] == "open", found
