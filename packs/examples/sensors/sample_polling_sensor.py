import datetime

from st2reactor.sensor.base import PollingSensor


class SamplePollingSensor(PollingSensor):
    """Counts its polls, also over restarts: the count lies in the datastore."""

    def setup(self):
        self._logger = self.sensor_service.get_logger(__name__)

    def poll(self):
        count = int(self.sensor_service.get_value("polls") or 0) + 1
        self._logger.debug("poll %d", count)
        now = datetime.datetime.now(datetime.timezone.utc).isoformat()
        self.sensor_service.dispatch(trigger="examples.polling_event", payload={"count": count, "executed_at": now})
        self.sensor_service.set_value("polls", str(count))

    def cleanup(self):
        pass

    def add_trigger(self, trigger):
        pass

    def update_trigger(self, trigger):
        pass

    def remove_trigger(self, trigger):
        pass
