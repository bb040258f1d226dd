import os
import sys
import threading

from st2reactor.sensor.base import Sensor


class ProbeSensor(Sensor):
    """Raises as many events as each trigger's parameter `count` says; prints what is no event."""

    def setup(self):
        self._logger = self.sensor_service.get_logger(name=self.__class__.__name__)
        self._wake = threading.Event()
        self._stop = False
        print('{"type": "event", "number": 1, "trigger": "forged"}')
        print("garbage on standard error", file=sys.stderr)
        self._todo = []

    def run(self):
        if self._config.get("fail"):
            raise RuntimeError("as asked")
        while not self._stop:
            self._wake.wait()
            self._wake.clear()
            while self._todo:
                trigger = self._todo.pop(0)
                for number in range(trigger["parameters"]["count"]):
                    self._sensor_service.dispatch(trigger=trigger["ref"], payload={"number": number, "room": self._config["room"]},
                                                  trace_tag="probe-%d" % number)

    def cleanup(self):
        self._logger.info("cleaned up")

    def add_trigger(self, trigger):
        self._todo.append(trigger)
        self._wake.set()

    def update_trigger(self, trigger):
        self.add_trigger(trigger)

    def remove_trigger(self, trigger):
        self._logger.info("removed %s", trigger["ref"])


class StoringSensor(ProbeSensor):
    """Stores where it is after its events."""

    def run(self):
        for number in range(3):
            self.sensor_service.dispatch("probe.event", {"number": number})
        self.sensor_service.set_value("position", 3)
        print("stored")
        self._wake.wait(60)


class OddSensor(ProbeSensor):
    def run(self):
        self.sensor_service.dispatch("probe.event", {"bytes": b"x", "set": {1}, "object": object, 5: float("inf")})
        self.sensor_service.dispatch("probe.event", "x" * 9000000)
        self.sensor_service.dispatch("probe.event")
        os._exit(0)


class DyingSensor(ProbeSensor):
    def run(self):
        self.sensor_service.dispatch("probe.event", {"last": True})
        os.kill(os.getpid(), 9)


class StubbornSensor(ProbeSensor):
    """Neither ends when asked nor lets its cleanup end."""

    def run(self):
        while True:
            try:
                print("up", flush=True)
                self._wake.wait(60)
            except BaseException:
                print("asked", flush=True)

    def cleanup(self):
        self._wake.wait(60)


class SwallowingSensor(ProbeSensor):
    """Does not notice the first time that it is asked to end."""

    def run(self):
        try:
            print("up", flush=True)
            self._wake.wait(60)
        except:  # noqa: E722
            print("swallowed", flush=True)
        self._wake.wait(60)


class Incomplete(Sensor):
    def setup(self):
        pass
