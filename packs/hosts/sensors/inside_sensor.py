import os
import sys

from st2reactor.sensor.base import PollingSensor

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "lib"))

from hosts_config import Config  # noqa: E402
from hosts_shell import Shells  # noqa: E402
from hosts_watch import Inside  # noqa: E402


class InsideSensor(PollingSensor):
    """Looks at servers from inside."""

    def setup(self):
        config = Config(self.config)
        self._shells = Shells(config.connect_timeout, config.command_timeout)
        self._watch = Inside(self.sensor_service, config, self.sensor_service.get_logger("inside"), self._shells)

    def poll(self):
        self._watch.poll()

    def cleanup(self):
        self._shells.close()

    def add_trigger(self, trigger):
        pass

    def update_trigger(self, trigger):
        pass

    def remove_trigger(self, trigger):
        pass
