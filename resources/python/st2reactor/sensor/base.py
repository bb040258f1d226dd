"""The base classes of sensors."""

import abc
import time


class _Sensor(abc.ABC):
    def __init__(self, sensor_service, config=None):
        self.sensor_service = sensor_service
        self.config = {} if config is None else config
        # Their names in old sensors.
        self._sensor_service = self.sensor_service
        self._config = self.config

    @abc.abstractmethod
    def setup(self):
        """Called once before anything else."""

    @abc.abstractmethod
    def cleanup(self):
        """Called once at the end."""

    @abc.abstractmethod
    def add_trigger(self, trigger):
        """A trigger of one of the sensor's types exists from now on."""

    @abc.abstractmethod
    def update_trigger(self, trigger):
        """A trigger has changed."""

    @abc.abstractmethod
    def remove_trigger(self, trigger):
        """A trigger is gone."""


class Sensor(_Sensor):
    """A sensor with a loop of its own."""

    @abc.abstractmethod
    def run(self):
        """Watches the world; the sensor ends when this returns."""


class PollingSensor(_Sensor):
    """A sensor that is asked to look, again and again."""

    def __init__(self, sensor_service, config=None, poll_interval=5):
        super().__init__(sensor_service, config)
        self._poll_interval = poll_interval

    @abc.abstractmethod
    def poll(self):
        """Looks once."""

    def run(self):
        while True:
            self.poll()
            time.sleep(self._poll_interval)

    def get_poll_interval(self):
        return self._poll_interval

    def set_poll_interval(self, poll_interval):
        self._poll_interval = poll_interval
