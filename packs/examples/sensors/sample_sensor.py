import threading

from st2reactor.sensor.base import Sensor


class SampleSensor(Sensor):
    """A sensor with a loop of its own: it watches a file grow and tells of each change."""

    PATH = "/proc/uptime"
    PAUSE = 30

    def setup(self):
        self._stopped = threading.Event()

    def run(self):
        while not self._stopped.is_set():
            with open(self.PATH) as file:
                uptime = float(file.read().split()[0])
            self.sensor_service.dispatch(trigger="examples.event", payload={"uptime": uptime})
            self._stopped.wait(self.PAUSE)

    def cleanup(self):
        self._stopped.set()

    def add_trigger(self, trigger):
        pass

    def update_trigger(self, trigger):
        pass

    def remove_trigger(self, trigger):
        pass
