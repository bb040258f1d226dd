import os
import sys

from st2reactor.sensor.base import PollingSensor

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "lib"))

from hosts_config import Config  # noqa: E402
from hosts_watch import Outside  # noqa: E402


class OutsideSensor(PollingSensor):
    """Looks at servers from here."""

    def setup(self):
        self._watch = Outside(self.sensor_service, Config(self.config), self.sensor_service.get_logger("outside"))

    def poll(self):
        self._watch.poll()

    def cleanup(self):
        pass

    def add_trigger(self, trigger):
        pass

    def update_trigger(self, trigger):
        pass

    def remove_trigger(self, trigger):
        pass
