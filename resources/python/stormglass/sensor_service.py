"""What a sensor is handed as `sensor_service`: events out, with flow control, and the datastore."""

import threading

from stormglass import settings, wire
from stormglass.datastore import Datastore, DatastoreMethods, TrialDatastore

# A longer event is refused, as the engine would refuse it.
EVENT_LIMIT = 8 * 1024 * 1024
# For what is said on the side to find its turn.
SAYING_TIME = 1


class EventPipe:
    """Numbers events, writes them to the engine, and lets no more than a window of them wait for its word that they
    are stored. Any thread may put."""

    def __init__(self, descriptor, window):
        self._descriptor = descriptor
        # Zero: each is waited for.
        self._wait_for_each = window == 0
        self._window = max(1, window)
        self._changed = threading.Condition()
        self._sent = 0
        self._stored = 0
        self._broken = False
        self._paused = False

    def put(self, event):
        with self._changed:
            while (self._paused or self._sent - self._stored >= self._window) and not self._broken:
                self._changed.wait()
            if self._broken:
                raise SystemExit(1)
            self._sent += 1
            event["number"] = self._sent
            line = wire.encode(event)
            if len(line) > EVENT_LIMIT:
                self._sent -= 1
                raise ValueError("the event is too large: %d bytes" % len(line))
            wire.write_all(self._descriptor, line)
        if self._wait_for_each:
            self.settle()

    def say(self, message):
        with self._changed:
            wire.write_all(self._descriptor, wire.encode(message))

    def say_soon(self, message):
        """Does not wait for long: where a writer is busy, the engine hears its events, and asks again."""
        if self._changed.acquire(timeout=SAYING_TIME):
            try:
                wire.write_all(self._descriptor, wire.encode(message))
            finally:
                self._changed.release()

    def pause(self, paused):
        """While it lasts, whoever puts an event waits."""
        with self._changed:
            self._paused = paused
            self._changed.notify_all()

    def wait_while_paused(self):
        with self._changed:
            self._changed.wait_for(lambda: not self._paused or self._broken)

    def acknowledge(self, number):
        """All events up to this one are stored."""
        with self._changed:
            self._stored = max(self._stored, min(number, self._sent))
            self._changed.notify_all()

    def settle(self, timeout=None):
        """Waits until everything sent is stored."""
        with self._changed:
            self._changed.wait_for(lambda: self._stored >= self._sent or self._broken, timeout)

    def give_up(self):
        """The engine is gone: nobody waits any longer."""
        with self._changed:
            self._broken = True
            self._changed.notify_all()


class SensorService(DatastoreMethods):
    def __init__(self, pipe, pack, class_name, log_level, instance=None, stores=True):
        """`instance` names one of several sensors of a class; with `stores` false nothing is stored."""
        self._pipe = pipe
        self._pack = pack
        # What the datastore keeps for one of several must not meet what it keeps for another.
        self._class_name = "%s#%s" % (class_name, instance) if instance else class_name
        self._stores = stores
        self._name = "SensorWrapper.%s.%s" % (pack, self._class_name)
        self._log_level = log_level
        self._logger = settings.logger_to_stderr(self._name, log_level)
        self._datastore = None

    @property
    def datastore_service(self):
        # A stored position must never run ahead of the events it stands for.
        if self._datastore is None:
            kind = Datastore if self._stores else TrialDatastore
            self._datastore = kind(self._logger, self._pack, self._class_name, before_write=self._pipe.settle)
        return self._datastore

    def get_logger(self, name):
        return self._logger.getChild(name)

    def dispatch(self, trigger, payload=None, trace_tag=None):
        self._dispatch(trigger, payload, {"trace_tag": trace_tag} if trace_tag else None)

    def dispatch_with_context(self, trigger, payload=None, trace_context=None):
        context = None
        if trace_context is not None:
            context = {"id_": getattr(trace_context, "id_", None), "trace_tag": getattr(trace_context, "trace_tag", None)}
        self._dispatch(trigger, payload, context)

    def _dispatch(self, trigger, payload, trace_context):
        """Returns when the event is on its way; waits while too many are. What cannot be sent is logged, not raised."""
        event = {
            "type": "event",
            "trigger": wire.plain_at_any_price(trigger),
            "payload": wire.plain_at_any_price(payload),
            "trace_context": trace_context,
        }
        try:
            self._pipe.put(event)
        except (ValueError, RecursionError) as error:
            self._logger.warning("An event of %s is not dispatched: %s", trigger, error)
