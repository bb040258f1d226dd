import os
import sys

from st2common.runners.base_action import Action

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "lib"))

from hosts_config import UNITS, Config  # noqa: E402
from hosts_levels import level_of  # noqa: E402
from hosts_measuring import look  # noqa: E402
from hosts_shell import HostError, Shells  # noqa: E402


class CheckAction(Action):
    def run(self, host=None):
        config = Config(self.config)
        hosts = [config.host(host)] if host else config.hosts
        shells = Shells(config.connect_timeout, config.command_timeout)
        try:
            return {each.name: self._check(shells, each) for each in hosts}
        finally:
            shells.close()

    @staticmethod
    def _check(shells, host):
        try:
            seen = look(shells, host)
        except HostError as error:
            return {"reachable": False, "reason": str(error)}
        levels = [{"what": what, "subject": subject, "value": value, "unit": UNITS[what],
                   "level": level_of(value, host.thresholds[what])} for what, subject, value in seen.measurements()]
        return dict(seen.document(), reachable=True, levels=levels, faults=seen.faults)
