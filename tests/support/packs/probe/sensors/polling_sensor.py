from st2common.models.api.trace import TraceContext
from st2reactor.sensor.base import PollingSensor


class CountingSensor(PollingSensor):
    def __init__(self, sensor_service, config=None, poll_interval=5):
        super(CountingSensor, self).__init__(sensor_service=sensor_service, config=config, poll_interval=poll_interval)
        self._count = 0
        self._triggers = []

    def setup(self):
        pass

    def poll(self):
        self._count += 1
        self.sensor_service.dispatch_with_context("probe.poll", {"count": self._count, "triggers": self._triggers,
                                                                 "interval": self.get_poll_interval()},
                                                  TraceContext(trace_tag="poll"))

    def cleanup(self):
        print("cleaned up")

    def add_trigger(self, trigger):
        self._triggers.append(trigger["ref"])

    def update_trigger(self, trigger):
        raise ValueError("as asked")

    def remove_trigger(self, trigger):
        self._triggers.remove(trigger["ref"])
