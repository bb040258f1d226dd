from st2reactor.sensor.base import PollingSensor


class FibonacciSensor(PollingSensor):
    def setup(self):
        self._before, self._last = 0, 1

    def poll(self):
        self.sensor_service.dispatch(trigger="examples.fibonacci", payload={"count": self._last})
        self._before, self._last = self._last, self._before + self._last
        if self._last > 10**15:
            self.setup()

    def cleanup(self):
        pass

    def add_trigger(self, trigger):
        pass

    def update_trigger(self, trigger):
        pass

    def remove_trigger(self, trigger):
        pass
