import os
import sys

from st2common.runners.base_action import Action

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "lib"))

from hosts_config import Config  # noqa: E402


class ListAction(Action):
    def run(self):
        return [{
            "name": host.name,
            "address": host.address or "here",
            "services": host.services,
            "ports": host.ports,
            "pages": [page.url for page in host.pages],
            "logs": [log.path for log in host.logs],
            "thresholds": host.thresholds,
        } for host in Config(self.config).hosts]
